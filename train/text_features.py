"""The wording of a sentence as features: runs of words and of characters, each with its share of the sentence."""

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .features import Features

WORDS, CHARS, VECTOR = "gram: ", "chars: ", "vector "
_WORD = re.compile(r"[#@]?\w+(?:['’]\w+)*|[^\w\s]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
OTHER, IS_WORDS, IS_CHARS, IS_VECTOR = range(4)


def text_features(text: str, words: tuple[int, int], chars: tuple[int, int]) -> Features:
    """Describe the wording of a sentence.

    Parameters
    ----------
    text : str
    words, chars : (int, int)
        Shortest and longest run; ``(0, 0)`` for none.

    Returns
    -------
    dict of str to float
        The runs of either sort have length 1 as a vector; one that stands twice counts for less than two.

    Examples
    --------
    >>> {name: round(value, 2) for name, value in text_features("No, no.", (1, 2), (0, 0)).items()}
    {'gram: no': 0.6, 'gram: ,': 0.36, 'gram: .': 0.36, 'gram: no ,': 0.36, 'gram: , no': 0.36, 'gram: no .': 0.36}
    """
    lower = _DIGITS.sub("0", _SPACE.sub(" ", text.lower().replace("’", "'")).strip())
    found: Features = {}
    if words[1]:
        tokens = _WORD.findall(lower)
        runs = (" ".join(tokens[i : i + n]) for n in range(words[0], words[1] + 1) for i in range(len(tokens) - n + 1))
        _weigh(found, WORDS, runs)
    if chars[1]:
        padded = f" {lower} "
        runs = (padded[i : i + n] for n in range(chars[0], chars[1] + 1) for i in range(len(padded) - n + 1))
        _weigh(found, CHARS, runs)
    return found


def _weigh(found: Features, prefix: str, runs: Iterable[str]) -> None:
    counts = Counter(runs)
    if not counts:
        return
    values = 1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))
    values /= np.sqrt((values**2).sum())
    found.update(zip((prefix + run for run in counts), values.tolist(), strict=True))


def sort_of(names: Iterable[str]) -> NDArray[np.int8]:
    """Tell of each feature's name which block it belongs to, also where it is a target's own.

    Returns
    -------
    ndarray of shape (n_features,)
        ``IS_WORDS``, ``IS_CHARS``, ``IS_VECTOR`` or ``OTHER``.
    """
    return np.fromiter((_sort(name) for name in names), np.int8)


def _sort(name: str) -> int:
    if name.startswith("towards "):
        name = name.partition("| ")[2]
    if name.startswith(CHARS):
        return IS_CHARS
    return IS_WORDS if name.startswith(WORDS) else IS_VECTOR if name.startswith(VECTOR) else OTHER


def run_length(name: str) -> int:
    """Give how many words or characters a run has.

    >>> run_length("gram: no ,"), run_length("chars: no ")
    (2, 3)
    """
    if name.startswith("towards "):
        name = name.partition("| ")[2]
    return len(name) - len(CHARS) if name.startswith(CHARS) else name.removeprefix(WORDS).count(" ") + 1
