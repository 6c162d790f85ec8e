"""Words, pairs of words and pieces of words of a short text, as features."""

import re
from itertools import pairwise

from .features import Features

_WORD = re.compile(r"[#@]?\w+(?:['’-]\w+)*|[!?]+")
_PIECES = (2, 3, 4, 5)  # letters


def text_ngrams(text: str) -> Features:
    """Give the words, pairs of words, and pieces of words of a text.

    Examples
    --------
    >>> sorted(text_ngrams("No!"))[-3:]
    ['word: !', 'word: no', 'words: no !']
    """
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    f: Features = {}
    for word in words:
        f[f"word: {word}"] = 1.0
        padded = f" {word} "
        for size in _PIECES:
            for at in range(len(padded) - size + 1):
                f[f"piece: {padded[at : at + size]}"] = 1.0
    for one, two in pairwise(words):
        f[f"words: {one} {two}"] = 1.0
    return f
