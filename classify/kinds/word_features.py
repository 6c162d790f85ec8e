"""The words of a sentence as features, for labels that are about the topic."""

from collections.abc import Sequence
from itertools import pairwise

from ..language.article_tokens import View
from .features import Features

WORD, PAIR = "word: ", "words: "


def add_words(rows: list[Features], view: View) -> None:
    """Add the words of each sentence, and its pairs of neighbours, to its features.

    Parameters
    ----------
    rows : list of dict of str to float, length n_sentences
    view : View
        Numbers count as one word.
    """
    for f, (first, last) in zip(rows, view.sentences, strict=True):
        words = ["0" if w[0].isdigit() else w for w in view.lower[first:last] if w[0].isalnum()]
        for word in words:
            f[WORD + word] = 1.0
        for one, two in pairwise(words):
            f[f"{PAIR}{one} {two}"] = 1.0


def reads_words(features: Sequence[str]) -> bool:
    """Tell whether a model looks at the words, by the names of its features."""
    return any(name.startswith(WORD) for name in features)
