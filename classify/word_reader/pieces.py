"""An article as the word reader takes it: the pieces of its words, in windows of whole sentences."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ...data.arrays import Ints
from ..language.article_tokens import View

WINDOW = 128
"""Pieces that are read together, with those that mark the window's ends and the ends of paragraphs."""
MOST_PIECES = 8
"""Of a word; longer ones are web addresses and the like."""
START, END = 101, 102
N_CASES, N_QUOTED = 5, 3
_BETWEEN = -1


class Window(NamedTuple):
    """A stretch of an article that is read together.

    Parameters
    ----------
    pieces, case, quoted : ndarray of int64, shape (n_pieces,)
        Numbers of the pieces; the letter case of their words; 1 outside and 2 inside quotation marks. 0 for what is no word.
    at : ndarray of int64, shape (n_words,)
        Where each word begins.
    tokens : ndarray of int64, shape (n_words,)
        Its number in the article.
    """

    pieces: Ints
    case: Ints
    quoted: Ints
    at: Ints
    tokens: Ints


def case_of(word: str) -> int:
    """1 lower case, 2 Capitalised, 3 CAPITALS, 4 no letter first.

    >>> [case_of(word) for word in ("says", "Tolk", "NATO", "2026", "“")]
    [1, 2, 3, 4, 4]
    """
    if word.islower():
        return 1
    if not word[0].isalpha():
        return 4
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() else 1


class _Open:
    """A window that is being filled."""

    def __init__(self) -> None:
        self.rows = [(START, 0, 0, _BETWEEN)]

    def __len__(self) -> int:
        return len(self.rows)

    def close(self) -> Window:
        pieces, case, quoted, tokens = np.array([*self.rows, (END, 0, 0, _BETWEEN)], dtype=np.int64).T
        at = np.flatnonzero(tokens >= 0)
        return Window(pieces, case, quoted, at, tokens[at])


def windows(view: View, pieces: Mapping[str, Sequence[int]], first: int = WINDOW) -> list[Window]:
    """Cut an article into windows.

    Parameters
    ----------
    view : View
    pieces : mapping of str to sequence of int
        The pieces of each of its words, at least one and at most `MOST_PIECES`.
    first : int
        Pieces in the first window: with fewer, all windows begin elsewhere, as training wants it.

    Returns
    -------
    list of Window
        Each of whole sentences, but for a sentence that is longer than a window.
    """
    out: list[Window] = []
    now, most = _Open(), first - 1
    paragraph = None
    for (begin, end), of_sentence in zip(view.sentences, view.paragraph, strict=True):
        size = sum(len(pieces[word]) for word in view.words[begin:end]) + 1
        if len(now) > 1 and len(now) + size > most:
            out.append(now.close())
            now, most = _Open(), WINDOW - 1
        elif paragraph not in (None, of_sentence) and len(now) > 1:
            now.rows.append((END, 0, 0, _BETWEEN))
        paragraph = of_sentence
        for token in range(begin, end):
            word = view.words[token]
            if len(now) + len(pieces[word]) > WINDOW - 1:
                out.append(now.close())
                now, most = _Open(), WINDOW - 1
            case, quoted = case_of(word), 1 + (view.inside[token] > 0)
            now.rows += [(piece, case, quoted, token if k == 0 else _BETWEEN) for k, piece in enumerate(pieces[word])]
    if len(now) > 1:
        out.append(now.close())
    return out
