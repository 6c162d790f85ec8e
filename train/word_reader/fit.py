"""Fitting the network of a word reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...classify.word_reader.network import WordPieces
from ...classify.word_reader.pieces import WINDOW, Window, windows
from ...classify.word_reader.reads import KIND, MAIN, ROLES, SOURCE_TYPE, TAGS, TYPE, WIDTH, distance_class
from ...data.articles.notices import Say
from .network import Network, encoder_weights
from .targets import UNKNOWN, Targets

_BATCH = 8  # windows
_SHUFFLED = 16  # batches whose windows are sorted by length, so that little is padding
_RATE, _NEW_RATE = 1.5e-4, 1e-3  # of what is pretrained, of what is new
_WARM_UP = 0.1
_DECAY = 0.01
_CLIPPED = 1.0
_MOST_SHIFT = 64  # pieces: from the second pass on, windows begin elsewhere
_EVERY = 50
_TAGS_WEIGHT, _MAIN_WEIGHT, _LINKS_WEIGHT, _TYPE_WEIGHT, _SENTENCES_WEIGHT = 3.0, 3.0, 9.0, 0.5, 0.7
"""Each loss is a mean; a sentence's labels and links count for as much as the tags of its words."""


@dataclass(frozen=True, slots=True)
class Passes:
    """How the network is fitted.

    Parameters
    ----------
    weights : Path
        Folder of all-MiniLM-L6-v2.
    epochs : int
    seed : int
    """

    weights: Path
    epochs: int = 3
    seed: int = 0


class _Row(NamedTuple):
    window: Window
    article: Targets


def fit_network(articles: Sequence[Targets], pieces: Mapping[str, Sequence[int]], how: Passes, notice: Say) -> Network:
    """Fit on articles, in half precision where the processor multiplies it faster (bfloat16; the sums stay single).

    Parameters
    ----------
    articles : sequence of Targets
    pieces : mapping of str to sequence of int
        The pieces of all their words: see `network.WordPieces`.
    how : Passes
    notice : callable of str
        Told how far it is.
    """
    torch.manual_seed(how.seed)
    network = Network()
    encoder_weights(network, how.weights)
    network.word.weight.requires_grad_(False)  # so few articles only spoil what it knows of rare words
    batches = list(_batches(articles, pieces, how))
    optimizer, rates = _optimizer(network)
    running = 0.0
    network.train()
    for number, batch in enumerate(batches):
        done = number / len(batches)
        warm = min((number + 1) / (_WARM_UP * len(batches)), (1 - done) / (1 - _WARM_UP))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * warm
        optimizer.zero_grad()
        loss = _loss(network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIPPED)
        optimizer.step()
        running = 0.95 * running + 0.05 * loss.item() if number else loss.item()
        if number % _EVERY == 0:
            notice(f"{number:,} of {len(batches):,} batches, loss {running:.2f}")
    network.eval()
    return network


def learn_pieces(pieces: WordPieces, articles: Sequence[Targets]) -> None:
    """Cut the words of articles."""
    for article in articles:
        pieces.learn(article.view.words)


def _optimizer(network: Network) -> tuple[torch.optim.Optimizer, tuple[float, float]]:
    new = network.new_parts()
    numbers = {id(weight) for weight in new}
    old = [w for w in network.parameters() if id(w) not in numbers and w.requires_grad]
    groups = [{"params": old, "lr": _RATE}, {"params": new, "lr": _NEW_RATE}]
    return torch.optim.AdamW(groups, weight_decay=_DECAY), (_RATE, _NEW_RATE)


def _batches(articles: Sequence[Targets], pieces: Mapping[str, Sequence[int]], how: Passes) -> Iterator[list[_Row]]:
    """Cut the articles anew for each pass, and put windows of like length together."""
    random = np.random.default_rng(how.seed)
    for number in range(how.epochs):
        rows = [
            _Row(window, article)
            for article in articles
            for window in windows(article.view, pieces, WINDOW - (int(random.integers(_MOST_SHIFT)) if number else 0))
        ]
        order = random.permutation(len(rows))
        for first in range(0, len(rows), _BATCH * _SHUFFLED):
            together = [rows[i] for i in order[first : first + _BATCH * _SHUFFLED]]
            together.sort(key=lambda row: len(row.window.pieces))
            batches = [together[i : i + _BATCH] for i in range(0, len(together), _BATCH)]
            yield from (batches[i] for i in random.permutation(len(batches)))


def _loss(network: Network, batch: Sequence[_Row]) -> Tensor:
    """Add up what is wrong with a batch."""
    with torch.autocast("cpu", torch.bfloat16):
        found = network(*(_padded([getattr(row.window, name) for row in batch]) for name in ("pieces", "case", "quoted")))
    outputs, asks, answers = (part.float() for part in found)
    of_words = torch.cat([outputs[i, row.window.at] for i, row in enumerate(batch)])
    tags = torch.from_numpy(np.concatenate([row.article.tags[row.window.tokens] for row in batch]))
    main = torch.from_numpy(np.concatenate([row.article.main[row.window.tokens] for row in batch]))
    types = torch.from_numpy(np.concatenate([row.article.source_type[row.window.tokens] for row in batch]))
    loss = _TAGS_WEIGHT * functional.cross_entropy(of_words[:, TAGS].reshape(-1, 3), tags.reshape(-1))
    loss = loss + _MAIN_WEIGHT * functional.binary_cross_entropy_with_logits(of_words[:, MAIN], main)
    if (known := types != UNKNOWN).any():
        loss = loss + _TYPE_WEIGHT * functional.cross_entropy(of_words[known][:, SOURCE_TYPE], types[known])
    loss = loss + _SENTENCES_WEIGHT * _of_sentences(of_words, batch)
    links = [part for i, row in enumerate(batch) if (part := _of_links(network, row, asks[i], answers[i])) is not None]
    if links:
        loss = loss + _LINKS_WEIGHT * sum(total for total, _ in links) / sum(n for _, n in links)
    return loss


def _padded(rows: Sequence[np.ndarray]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)


def _of_sentences(of_words: Tensor, batch: Sequence[_Row]) -> Tensor:
    """Kinds and source types of the sentences, by the mean of their words in the window."""
    numbers, kinds, types, weights = [], [], [], []
    n = 0
    for row in batch:
        home = np.array(row.article.view.home)[row.window.tokens]
        sentences, which = np.unique(home, return_inverse=True)
        numbers.append(which + n)
        n += len(sentences)
        kinds.append(row.article.kinds[sentences])
        types.append(row.article.types[sentences])
        weights.append(np.full(len(sentences), row.article.weight, np.float32))
    which = torch.from_numpy(np.concatenate(numbers))
    sums = torch.zeros(n, of_words.shape[1]).index_add(0, which, of_words)
    means = sums / torch.bincount(which, minlength=n)[:, None]
    losses = sum(
        functional.cross_entropy(
            means[:, part], torch.from_numpy(np.concatenate(labels)), ignore_index=UNKNOWN, reduction="none"
        )
        for part, labels in ((KIND, kinds), (TYPE, types))
    )
    weight = torch.from_numpy(np.concatenate(weights))
    return (losses * weight).sum() / weight.sum()


def _of_links(network: Network, row: _Row, asks: Tensor, answers: Tensor) -> tuple[Tensor, int] | None:
    """Links from the marked cues of a window to all of its words; None where it has no cue."""
    tokens = row.window.tokens
    at = [i for i, token in enumerate(tokens.tolist()) if token in row.article.by_cue]
    if not at:
        return None
    cues = tokens[at]
    truth = torch.from_numpy(np.stack([row.article.linked(cue, tokens) for cue in cues.tolist()]).astype(np.float32))
    n = len(ROLES) * WIDTH
    asked = asks[row.window.at[at]].view(len(at), len(ROLES), WIDTH)
    answered = answers[row.window.at]
    odds = torch.einsum("ark,trk->atr", asked, answered[:, :n].reshape(len(tokens), len(ROLES), WIDTH)) / WIDTH**0.5
    odds = odds + answered[None, :, n:] + network.far(torch.from_numpy(distance_class(tokens[None, :] - cues[:, None])))
    return functional.binary_cross_entropy_with_logits(odds, truth, reduction="sum"), truth.numel()
