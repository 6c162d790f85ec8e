"""An article as the models see it: tokens in sentences, and which of them stand inside quotation marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.quotes import quotations
from ..data.records import Span
from .cues import Match, find_cues

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Prof|St|No|Jr|Sr|Inc|Corp|Co|Ltd)\.(?=\s)"
    r"|\d+(?:[.,:]\d+)*\w*"
    r"|\w+(?:[-‐‑]\w+)*(?:[’'](?!s\b)\w+)?"  # O’Brien, don’t
    r"|[’']s\b|``|''|\.\.\.|[^\w\s]"
)
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class View:
    """The tokens of an article, in its sentences.

    Parameters
    ----------
    text : str
        The article.
    words, lower : list of str, length n_tokens
        Tokens as printed and in lower case (’ set straight).
    starts, ends : ndarray of shape (n_tokens,)
        Where each token stands in the text.
    sentences : list of (int, int), length n_sentences
        First token and the one after the last.
    spans : sequence of Span, length n_sentences
    quote : ndarray of shape (n_tokens,)
        Number of the quotation that holds the token, counted from 1; 0 outside.
    paragraph : list of int, length n_sentences
        Number of the paragraph, counted from 0.
    cues : list of list of Match, length n_sentences
        The cues of the word list.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: Ints
    ends: Ints
    sentences: list[tuple[int, int]]
    spans: Sequence[Span]
    quote: Ints
    paragraph: list[int]
    cues: list[list[Match]]

    def span(self, first: int, last: int) -> Span:
        """Give the stretch of text from token ``first`` to before token ``last``."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))


def view(text: str, spans: Sequence[Span]) -> View:
    """Cut an article's sentences into tokens.

    Parameters
    ----------
    text : str
        The whole article: quotations are followed over its sentences.
    spans : sequence of Span
        Its sentences, in order.

    Examples
    --------
    >>> view("“No,” Anna’s aide said.", [Span(0, 23)]).words
    ['“', 'No', ',', '”', 'Anna', '’s', 'aide', 'said', '.']
    """
    words: list[str] = []
    starts: list[int] = []
    sentences: list[tuple[int, int]] = []
    paragraph: list[int] = []
    last = number = 0
    for span in spans:
        first = len(words)
        for match in _TOKEN.finditer(text, span.start, span.end):
            words.append(match[0])
            starts.append(match.start())
        sentences.append((first, len(words)))
        number += bool(paragraph) and "\n" in text[last : span.start]
        paragraph.append(number)
        last = span.end
    begin = np.array(starts, dtype=np.int64)
    end = begin + np.array([len(word) for word in words], dtype=np.int64)
    lower = [word.lower().replace("’", "'") for word in words]
    cues = [find_cues(lower, a, b) for a, b in sentences]
    return View(text, words, lower, begin, end, sentences, spans, _quote_numbers(text, begin), paragraph, cues)


def _quote_numbers(text: str, starts: Ints) -> Ints:
    quoted = quotations(text)
    if not quoted:
        return np.zeros(len(starts), dtype=np.int64)
    opens = np.array([q.start for q in quoted])
    closes = np.array([q.end for q in quoted])
    at = np.searchsorted(opens, starts, side="right")
    inside = (at > 0) & (starts < closes[at - 1])
    return np.where(inside, at, 0)
