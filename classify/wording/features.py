"""The wording of a sentence as features: runs of words and of characters, each with its share of the sentence."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..kinds.features import Features

WORDS, CHARS, VECTOR, SEEN, TOWARDS, AROUND = "gram: ", "chars: ", "vector ", "seen: ", "towards: ", "around: "
"""What features' names begin with: runs of words, of characters; an encoder's; a target's view; its name; the article's."""
_WORD = re.compile(r"[#@]?\w+(?:['’]\w+)*|[^\w\s]")
_DIGITS = re.compile(r"\d+")
_TAG = re.compile(r"#(\w+)")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_IN_TAG = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\dA-Za-z_]+")
OTHER, IS_WORDS, IS_CHARS, IS_VECTOR, IS_SEEN, IS_TOWARDS, IS_AROUND, IS_KNOWN = range(8)
BLOCKS = (
    *("kind", "source type", "bias"),
    *("attribution", "tone of cue", "evaluation", "style", "tense", "person", "form", "quotation"),
)
"""What the names of the features that `knowledge` gives begin with, before a colon."""
_SORTS = {
    **{WORDS: IS_WORDS, CHARS: IS_CHARS, SEEN: IS_SEEN, TOWARDS: IS_TOWARDS, AROUND: IS_AROUND},
    **{f"{block}: ": IS_KNOWN for block in BLOCKS},
}


def text_features(text: str, words: tuple[int, int], chars: tuple[int, int], *, across: bool = False) -> Features:
    """Describe the wording of a sentence.

    Parameters
    ----------
    text : str
    words, chars : (int, int)
        Shortest and longest run; ``(0, 0)`` for none.
    across : bool
        Runs of characters go on over the ends of words; else they stay within a word and its ends.

    Returns
    -------
    dict of str to float
        The runs of either sort have length 1 as a vector; one that stands twice counts for less than two. A tag such as
        *#SaveTheBees* stands for itself and for its words.

    Examples
    --------
    >>> {name: round(value, 2) for name, value in text_features("No, no.", (1, 2), (0, 0)).items()}
    {'gram: no': 0.6, 'gram: ,': 0.36, 'gram: .': 0.36, 'gram: no ,': 0.36, 'gram: , no': 0.36, 'gram: no .': 0.36}
    """
    lower = _DIGITS.sub("0", _TAG.sub(_with_words, text).lower().replace("’", "'"))
    tokens = _WORD.findall(lower)
    found: Features = {}
    if words[1]:
        _weigh(found, WORDS, (" ".join(tokens[i : i + n]) for n, i in _places(words, len(tokens))))
    if chars[1]:
        padded = [f" {' '.join(lower.split())} "] if across else [f" {token} " for token in tokens]
        _weigh(found, CHARS, (token[i : i + n] for token in padded for n, i in _places(chars, len(token))))
    return found


def _places(lengths: tuple[int, int], size: int) -> Iterator[tuple[int, int]]:
    """Give length and beginning of every run in so many tokens or characters."""
    return ((n, i) for n in range(lengths[0], lengths[1] + 1) for i in range(size - n + 1))


def plain_text(text: str) -> str:
    """Write a text as an encoder reads it best: words in place of tags, and nobody's handle.

    Encoders learned from whole words, of which a tag has none; and whom a message is sent to tells nothing of what it says.

    Examples
    --------
    >>> plain_text("@mayor We ask you: #SaveTheBees now, or write to us@example.org.")
    'We ask you: Save The Bees now, or write to us@example.org.'
    """
    if "#" not in text and "@" not in text:
        return text
    return " ".join(_TAG.sub(_words_of, _HANDLE.sub(" ", text)).split())


def _with_words(tag: re.Match[str]) -> str:
    return f"{tag[0]} {_words_of(tag)}"


def _words_of(tag: re.Match[str]) -> str:
    return f"{' '.join(_IN_TAG.findall(tag[1]))} "


def _weigh(found: Features, prefix: str, runs: Iterable[str]) -> None:
    counts = Counter(runs)
    if not counts:
        return
    values = 1 + np.log(np.fromiter(counts.values(), np.float64, len(counts)))
    values /= np.sqrt((values**2).sum())
    found.update(zip((prefix + run for run in counts), values.tolist(), strict=True))


def sort_of(names: Iterable[str]) -> NDArray[np.int8]:
    """Tell of each feature's name which block it belongs to.

    Returns
    -------
    ndarray of shape (n_features,)
        ``IS_WORDS``, ``IS_CHARS``, ``IS_VECTOR``, ``IS_SEEN``, ``IS_TOWARDS``, ``IS_AROUND``, ``IS_KNOWN`` or ``OTHER``.
    """
    return np.fromiter((_sort(name) for name in names), np.int8)


def _sort(name: str) -> int:
    if name.startswith(VECTOR):
        return IS_VECTOR
    return _SORTS.get(name[: name.find(": ") + 2], OTHER)


def run_length(name: str) -> int:
    """Give how many words or characters a run has.

    >>> run_length("gram: no ,"), run_length("chars: no ")
    (2, 3)
    """
    return len(name) - len(CHARS) if name.startswith(CHARS) else name.removeprefix(WORDS).count(" ") + 1
