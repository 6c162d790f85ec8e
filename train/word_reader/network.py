"""The network of a word reader: the encoder all-MiniLM-L6-v2, with what it is told of each piece, and the scores on top.

All-MiniLM-L6-v2 is a BERT of six layers (Devlin et al., NAACL 2019; Wang et al., NeurIPS 2020). Two more embeddings are
added to its input, which begin at zero: the case of the word's letters, which the encoder's own pieces do not show, and
whether it stands in quotation marks, which may have been opened far away.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from ...classify.word_reader.pieces import N_CASES, N_QUOTED
from ...classify.word_reader.reads import N_ANSWERS, N_FAR, N_OUTPUTS, ROLES, WIDTH

SIZE, N_HEADS, N_INNER, N_LAYERS = 384, 12, 1536, 6
_N_PIECES, _N_PLACES = 30_522, 512
_EPSILON = 1e-12
_BETWEEN = 192
_MASKED = -1e4  # what is added to the attention to padding


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(SIZE, 3 * SIZE)
        self.out = nn.Linear(SIZE, SIZE)
        self.norm = nn.LayerNorm(SIZE, _EPSILON)
        self.inner = nn.Linear(SIZE, N_INNER)
        self.outer = nn.Linear(N_INNER, SIZE)
        self.last_norm = nn.LayerNorm(SIZE, _EPSILON)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Let every piece look at the others; written out, so that it can be exported."""
        n, length = x.shape[0], x.shape[1]
        parts = self.qkv(x).split(SIZE, -1)
        q, k, v = (part.view(n, length, N_HEADS, SIZE // N_HEADS).transpose(1, 2) for part in parts)
        seen = torch.softmax(q @ k.transpose(-1, -2) * (SIZE // N_HEADS) ** -0.5 + mask, -1) @ v
        x = self.norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(n, length, SIZE))))
        rows: Tensor = self.last_norm(x + self.drop(self.outer(functional.gelu(self.inner(x)))))
        return rows


class Network(nn.Module):
    """Scores the words of windows.

    Parameters
    ----------
    dropout : float
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(_N_PIECES, SIZE)
        self.place = nn.Embedding(_N_PLACES, SIZE)
        self.case = nn.Embedding(N_CASES, SIZE)
        self.quoted = nn.Embedding(N_QUOTED, SIZE)
        self.norm = nn.LayerNorm(SIZE, _EPSILON)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(N_LAYERS))
        self.score = nn.Linear(SIZE, N_OUTPUTS)
        self.between = nn.Linear(SIZE, 2 * _BETWEEN)
        self.asks = nn.Linear(_BETWEEN, len(ROLES) * WIDTH)
        self.answers = nn.Linear(_BETWEEN, N_ANSWERS)
        self.far = nn.Embedding(N_FAR, len(ROLES))
        for new in (self.case, self.quoted, self.far):
            nn.init.zeros_(new.weight)

    def forward(self, pieces: Tensor, case: Tensor, quoted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score each piece: see `reads.Read`; all of shape (n_windows, n_pieces), 0 for what is padding."""
        mask = ((pieces == 0).float() * _MASKED)[:, None, None, :]
        places = self.place.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.word(pieces) + places + self.case(case) + self.quoted(quoted)))
        for layer in self.layers:
            x = layer(x, mask)
        asks, answers = functional.gelu(self.between(x)).split(_BETWEEN, -1)
        return self.score(x), self.asks(asks), self.answers(answers)

    def new_parts(self) -> list[nn.Parameter]:
        """Give the weights that the encoder does not have: they learn faster."""
        new = (self.case, self.quoted, self.score, self.between, self.asks, self.answers, self.far)
        return [weight for part in new for weight in part.parameters()]


def encoder_weights(network: Network, folder: Path) -> None:
    """Start from the weights of all-MiniLM-L6-v2; the two kinds of text that its pretraining knew are one here.

    Parameters
    ----------
    network : Network
    folder : Path
        With ``model.safetensors``.
    """
    from safetensors.torch import load_file

    given = {name.removeprefix("bert."): weight for name, weight in load_file(folder / "model.safetensors").items()}
    with torch.no_grad():
        network.word.weight.copy_(given["embeddings.word_embeddings.weight"])
        kind_of_text = given["embeddings.token_type_embeddings.weight"][0]
        network.place.weight.copy_(given["embeddings.position_embeddings.weight"] + kind_of_text)
        _copy(network.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            at = f"encoder.layer.{number}"
            for what in ("weight", "bias"):
                three = [given[f"{at}.attention.self.{part}.{what}"] for part in ("query", "key", "value")]
                layer.qkv.get_parameter(what).copy_(torch.cat(three))
            _copy(layer.out, given, f"{at}.attention.output.dense")
            _copy(layer.norm, given, f"{at}.attention.output.LayerNorm")
            _copy(layer.inner, given, f"{at}.intermediate.dense")
            _copy(layer.outer, given, f"{at}.output.dense")
            _copy(layer.last_norm, given, f"{at}.output.LayerNorm")


def _copy(part: nn.Module, given: dict[str, Tensor], name: str) -> None:
    for what in ("weight", "bias"):
        part.get_parameter(what).copy_(given[f"{name}.{what}"])
