"""An article as the models see it: tokens in sentences, and which of them stand inside quotation marks."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from ...data.arrays import Bools, Ints
from ...data.articles.quotation_marks import marked
from ...data.records import Span
from .cues import Match, cues_at
from .word_forms import ALONE, CUE, FIRST_MARK, SECOND, WORD, form_numbers

_TOKEN = re.compile(
    r"[a-z]++(?=[ ,])"  # most words: told at a glance; nothing below would cut them otherwise
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"  # U.S.
    r"|(?=[CDGIJLMNPRS])(?:M(?:rs?|s)|Dr|Gen|Lt|Col|S(?:gt|en|t|r)|Capt|Rep|Gov|Prof|No|Jr|Inc|Corp|Co|Ltd)\.(?=\s)"
    r"|\d++(?>(?:[.,:]\d+)*)\w*+"
    r"|\w++(?>(?:[-‐‑]\w+)*)(?:[’'](?!s\b)\w+)?"  # O’Brien, don’t
    r"|[’']s\b|``|''|\.\.\.|[^\w\s]"
)
_FILLED = np.array([not chr(code).isspace() for code in range(0x3002)])  # no white space has a higher code


@dataclass(frozen=True, slots=True)
class View:
    """The tokens of an article, in its sentences.

    Parameters
    ----------
    text : str
        The article.
    words, lower : list of str, length n_tokens
        Tokens as printed, but with quotation marks of one style, and in lower case (’ set straight).
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
    facts : ndarray of shape (n_tokens,)
        What is known of each token's form: bits of `word_forms`.
    inside : list of int, length n_tokens
        `quote` again, for reading one by one.
    n_words, n_quoted : list of int, length n_tokens + 1
        How many words, no marks, stand before a token, and how many of these inside quotation marks.
    home : list of int, length n_tokens + 1
        Number of the sentence that holds each token; behind the last token, that of the last sentence.
    vocabulary : frozenset of str
        The words of `lower`.
    forms : ndarray of shape (n_tokens,)
        The number of each token's form; `word_forms.FormTable` looks up by it.
    form_key : object
        Whose numbers these are: `word_forms.FormNumbers.key`.
    memo : dict
        What has been worked out of the article when it was first asked for.
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
    facts: Ints
    inside: list[int]
    n_words: list[int]
    n_quoted: list[int]
    home: list[int]
    vocabulary: frozenset[str]
    forms: Ints
    form_key: object
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def places_of(self, mark: int) -> list[int]:
        """Give where words stand that have a mark, ascending: a bit of `word_forms.lexicon.mark`."""
        if "marked" not in self.memo:
            marked = (self.facts >= FIRST_MARK).nonzero()[0]
            self.memo["marked"] = marked, self.facts[marked]
        marked, facts = self.memo["marked"]
        places: list[int] = marked[(facts & mark).astype(bool)].tolist()
        return places

    def places_by_word(self) -> Mapping[str, Sequence[int]]:
        """Give where each word of `lower` stands, ascending: worked out when it is first asked for."""
        if "places" not in self.memo:
            places: dict[str, list[int]] = {}
            for at, word in enumerate(self.lower):
                places.setdefault(word, []).append(at)
            self.memo["places"] = places
        by_word: Mapping[str, Sequence[int]] = self.memo["places"]
        return by_word

    def next_place(self, word: str, first: int, last: int) -> int | None:
        """Give where a word of `lower` stands first among tokens ``first`` to before ``last``."""
        places = self.places_by_word().get(word, ())
        i = bisect_left(places, first)
        return places[i] if i < len(places) and places[i] < last else None

    def span(self, first: int, last: int) -> Span:
        """Give the stretch of text from token ``first`` to before token ``last``."""
        return Span(self.starts.item(first), self.ends.item(last - 1))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where articles and sentences stand among the tokens of several articles, laid one behind the other.

    Parameters
    ----------
    n : int
        Number of tokens.
    starts, sizes : ndarray of shape (n_articles,)
        Each article's first token, and how many it has.
    bounds : ndarray of shape (n_sentences, 2)
        First token and the one after the last.
    article : ndarray of shape (n_sentences,)
        Which article each sentence is of.
    """

    n: int
    starts: Ints
    sizes: Ints
    bounds: Ints
    article: Ints

    @classmethod
    def of(cls, views: Sequence[View]) -> "Layout":
        """Lay articles out."""
        sizes = np.array([len(view.words) for view in views], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        article = np.repeat(np.arange(len(views)), [len(view.sentences) for view in views])
        sentences = [sentence for view in views for sentence in view.sentences]
        bounds = np.array(sentences, dtype=np.int64).reshape(-1, 2) + starts[article][:, None]
        return cls(int(sizes.sum()), starts, sizes, bounds, article)

    def spread(self, values: Ints) -> Ints:
        """Give each token what its sentence has."""
        return np.repeat(values, self.bounds[:, 1] - self.bounds[:, 0])

    def edges(self) -> tuple[Ints, Ints]:
        """Count the tokens from each to the ends of its sentence."""
        here = np.arange(self.n)
        return here - self.spread(self.bounds[:, 0]), self.spread(self.bounds[:, 1]) - 1 - here


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
    alike, quoted = marked(text)
    words: list[str] = []
    sentences: list[tuple[int, int]] = []
    paragraph: list[int] = []
    last = number = 0
    for span in spans:
        first = len(words)
        words += _TOKEN.findall(alike, span.start, span.end)
        sentences.append((first, len(words)))
        number += bool(paragraph) and text.find("\n", last, span.start) >= 0
        paragraph.append(number)
        last = span.end
    numbers = form_numbers()
    forms = numbers.of(words)
    lower, facts = numbers.known(forms)
    starts, ends = _places(text, words, spans, sentences)
    quote = _quote_numbers(quoted, starts)
    is_word = facts & WORD > 0
    return View(
        text=text,
        words=words,
        lower=lower,
        starts=starts,
        ends=ends,
        sentences=sentences,
        spans=spans,
        quote=quote,
        paragraph=paragraph,
        cues=_cues(lower, facts, sentences),
        facts=facts,
        inside=quote.tolist(),
        n_words=_running_sum(is_word),
        n_quoted=_running_sum(is_word & (quote > 0)),
        home=_homes(sentences),
        vocabulary=frozenset(lower),
        forms=forms,
        form_key=numbers.key,
    )


def _places(
    text: str, words: Sequence[str], spans: Sequence[Span], sentences: Sequence[tuple[int, int]]
) -> tuple[Ints, Ints]:
    """Give where each token starts and ends: every character of a sentence but white space is in one, in order.

    So tokens are laid over the places of the characters that are no white space; asking each match for its place is slow.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    filled = np.flatnonzero(_FILLED.take(codes, mode="clip"))
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    before = np.concatenate([[0], np.cumsum(sizes)])  # characters in the tokens before each
    bounds = np.array(sentences, dtype=np.int64).reshape(-1, 2)
    first_filled = np.searchsorted(filled, [span.start for span in spans])
    shift = np.repeat(first_filled - before[bounds[:, 0]], bounds[:, 1] - bounds[:, 0])
    starts = filled[before[:-1] + shift]
    return starts, starts + sizes


def _cues(lower: Sequence[str], facts: Ints, sentences: Sequence[tuple[int, int]]) -> list[list[Match]]:
    """Find each sentence's cues where the words that are one, or that begin one, stand."""
    before_second = np.append((facts[1:] & SECOND) > 0, False)
    places = np.flatnonzero(((facts & ALONE) > 0) | (((facts & CUE) > 0) & before_second))
    edges = np.searchsorted(places, [*(first for first, _ in sentences), len(lower)]).tolist()
    listed = places.tolist()
    return [
        cues_at(listed[a:b], lower, first, last) if a < b else []
        for (a, b), (first, last) in zip(pairwise(edges), sentences, strict=True)
    ]


def _homes(sentences: Sequence[tuple[int, int]]) -> list[int]:
    homes: list[int] = np.repeat(np.arange(len(sentences)), [end - first for first, end in sentences]).tolist()
    return [*homes, len(sentences) - 1]


def _running_sum(flags: Bools) -> list[int]:
    """Give how many flags stand before each token, and in all: one sum more than there are tokens."""
    return [0, *np.cumsum(flags).tolist()]


def tokens_of(phrase: str) -> list[str]:
    """Cut a phrase into tokens.

    >>> tokens_of("the Port Workers’ Union")
    ['the', 'Port', 'Workers', '’', 'Union']
    """
    return _TOKEN.findall(phrase)


def _quote_numbers(quoted: Sequence[Span], starts: Ints) -> Ints:
    if not quoted:
        return np.zeros(len(starts), dtype=np.int64)
    opens = np.array([q.start for q in quoted])
    closes = np.array([q.end for q in quoted])
    at = np.searchsorted(opens, starts, side="right")
    inside = (at > 0) & (starts < closes[at - 1])
    return np.where(inside, at, 0)
