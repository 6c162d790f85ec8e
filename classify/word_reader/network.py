"""The word reader's network at work: onnxruntime runs it, one window at a time."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from ...data.arrays import Floats32
from ..language.article_tokens import View
from .pieces import MOST_PIECES, Window, windows
from .reads import N_ANSWERS, N_OUTPUTS, ROLES, WIDTH, Read

_UNKNOWN = 100
_SORTS = {"model": "WordPiece", "normalizer": "BertNormalizer", "pre_tokenizer": "BertPreTokenizer"}
"""The parts of a tokenizer of BERT: others could be slow without end, and some stop the process where they are broken."""
_ELSEWHERE = b"location"
"""The key that names another file, which stands in such a network as it is."""
_FATAL = 4  # of onnxruntime's levels
_MOST_WORDS = 50_000  # whose pieces are remembered
Outputs = tuple[Floats32, Floats32, Floats32]
Run = Callable[[Window], Outputs]


class WordPieces(dict[str, tuple[int, ...]]):
    """The pieces of words, cut when they are first met.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
    """

    def __init__(self, tokenizer: Any) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def learn(self, words: Sequence[str]) -> None:
        """Cut the words that are new."""
        if len(self) > _MOST_WORDS:
            self.clear()
        for word in words:
            if word not in self:  # one by one: together would start threads, and take longer
                plain = word.encode(errors="replace").decode()  # half of a character is no text to the tokenizer
                self[word] = tuple(self._tokenizer.encode(plain, add_special_tokens=False).ids[:MOST_PIECES]) or (_UNKNOWN,)


def read_article(view: View, pieces: WordPieces, run: Run) -> Read:
    """Read an article window by window; its words are among the pieces.

    Windows are not read together: the network rounds by what it reads at once, so an article would depend on the others.
    """
    return joined(len(view.words), ((window, run(window)) for window in windows(view, pieces)))


def joined(n: int, read: Iterable[tuple[Window, Outputs]]) -> Read:
    """Put together what is read of the windows of an article of ``n`` tokens, one after the other: outputs are large."""
    outputs = np.zeros((n, N_OUTPUTS), np.float32)
    asks, answers = np.zeros((n, len(ROLES) * WIDTH), np.float16), np.zeros((n, N_ANSWERS), np.float16)
    numbers = np.zeros(n, np.int64)
    for number, (window, parts) in enumerate(read):
        outputs[window.tokens], asks[window.tokens], answers[window.tokens] = (part[window.at] for part in parts)
        numbers[window.tokens] = number
    return Read(outputs, asks, answers, numbers)


def open_tokenizer(tokenizer: bytes) -> tuple[WordPieces, int]:
    """Load what cuts words into pieces.

    Parameters
    ----------
    tokenizer : bytes
        A ``tokenizer.json``.

    Returns
    -------
    WordPieces, int
        The highest number of a piece.

    Raises
    ------
    ValueError
        If it is of another sort than those of BERT.
    """
    about = json.loads(tokenizer)
    for part, sort in _SORTS.items():
        if about.get(part, {}) and about[part]["type"] != sort:
            raise ValueError(f"{part} of another type")
    from tokenizers import Tokenizer

    cut = Tokenizer.from_buffer(tokenizer)
    cut.no_truncation()
    cut.no_padding()
    return WordPieces(cut), max(cut.get_vocab().values(), default=0)


def open_network(network: bytes) -> Run:
    """Load what reads windows.

    Parameters
    ----------
    network : bytes
        In the format of ONNX.

    Raises
    ------
    ValueError
        If it keeps weights in other files: onnxruntime would look for them in the current folder.
    """
    if _ELSEWHERE in network:
        raise ValueError("weights in other files")
    import onnxruntime

    onnxruntime.set_default_logger_severity(_FATAL)  # errors are raised, too
    options = onnxruntime.SessionOptions()
    options.log_severity_level = _FATAL
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # who wants more processors takes --jobs
    # without a second try, which onnxruntime announces on standard output
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"], enable_fallback=0)

    def run(window: Window) -> Outputs:
        given = {"pieces": window.pieces, "case": window.case, "quoted": window.quoted}
        outputs, asks, answers = session.run(
            ("outputs", "asks", "answers"), {name: values[None] for name, values in given.items()}
        )
        return outputs[0], asks[0], answers[0]

    return run
