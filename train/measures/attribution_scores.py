"""Scores of found attributions beside the marked ones, counted in words: punctuation counts for nothing.

Three views of one thing. Words: which of them were found to be content, source or cue, and which words of content were
given a right source (*linked*). Attributions: matched one to one, each has the right content or not, and the right source
or not. Scopes: all of it, direct speech, and the rest.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Floats64, Ints
from ...data.articles.quotation_marks import quotations
from ...data.records import Attribution, Span
from .as_json import plain
from .scores import DRAWS, article_draws

Numbers = frozenset[int]
"""Words, by their number in the article."""
SCOPES = ("all", "direct", "indirect")
WORD_MEASURES = ("content", "source", "cue", "linked")
ATTRIBUTION_MEASURES = ("overlap", "full", "exact")
MEASURES = WORD_MEASURES + ATTRIBUTION_MEASURES
_WORD = re.compile(r"\w+(?:[’']\w+)*")  # Anna’s and don’t are one word each
_ALIKE = 0.5  # two contents are of the same attribution where both hold half of the words that either holds
MEASURE_NAMES = {
    "content": "words of content",
    "source": "words of source",
    "cue": "words of cue",
    "linked": "words linked",
    "overlap": "attributions, overlap",
    "full": "attributions, full",
    "exact": "attributions, exact",
}
"""Of `MEASURES`, as people read them."""


@dataclass(frozen=True, slots=True)
class WordAttribution:
    """An attribution in word numbers; ``direct`` where half or more of the content stands inside quotation marks."""

    content: Numbers
    source: Numbers
    cue: Numbers
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked and a found attribution that belong together; ``jaccard`` is the index of their contents, from 0 to 1."""

    marked: WordAttribution
    found: WordAttribution
    jaccard: float

    @property
    def overlap(self) -> bool:
        """Half or more of the words that either content holds are in both."""
        return self.jaccard >= _ALIKE

    @property
    def full(self) -> bool:
        """Overlap, and the source is right."""
        return self.overlap and is_source_right(self.marked, self.found)

    @property
    def exact(self) -> bool:
        """Both contents hold the same words."""
        return self.marked.content == self.found.content


@dataclass(frozen=True, slots=True)
class Counts:
    """What one article adds to the scores.

    Parameters
    ----------
    measures : ndarray of shape (n_scopes, n_measures, 4)
        Found and right, found, marked and found, marked.
    matched : ndarray of shape (n_scopes, 2, 2)
        Of the overlapping pairs, those whose marked attribution has a source, and those without: right, and how many.
    """

    measures: Ints
    matched: Ints


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from 0 to 1, the F1's 95 % interval, and how many words or attributions there are."""

    precision: float
    recall: float
    f1: float
    interval: tuple[float, float]
    found: int
    marked: int


@dataclass(frozen=True, slots=True)
class Hits:
    """So many are right of so many."""

    right: int
    of: int

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.right / self.of if self.of else None

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        return {"share": self.rate, "right": self.right, "of": self.of}


@dataclass(frozen=True, slots=True)
class ScopeScore:
    """The scores of a scope.

    Parameters
    ----------
    measures : dict of str to Measure
        Keys are `MEASURES`.
    source, no_source : Hits
        Of the attributions matched by overlap, those that have a source: theirs was found; and those that have none:
        none was found.
    """

    measures: dict[str, Measure]
    source: Hits
    no_source: Hits

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        return {
            **plain(self.measures),
            "matched": {"source": self.source.as_json(), "no_source": self.no_source.as_json()},
        }


class WordText:
    """A text whose spans are read as the words they cover.

    Parameters
    ----------
    text : str

    Attributes
    ----------
    words : list of Span
    every, inside : frozenset of int
        All words; those inside quotation marks.

    Examples
    --------
    >>> text = WordText("“It’s late,” Anna said.")
    >>> sorted(text.covered([Span(0, 12)])), sorted(text.covered([Span(14, 17)])), sorted(text.inside)
    ([0, 1], [2], [0, 1])
    """

    def __init__(self, text: str) -> None:
        self.words = [Span(*match.span()) for match in _WORD.finditer(text)]
        self._sizes = np.array([end - start for start, end in self.words], dtype=np.int64)
        self._word_at = np.full(len(text), len(self.words), dtype=np.int64)
        for number, (start, end) in enumerate(self.words):
            self._word_at[start:end] = number
        self.every: Numbers = frozenset(range(len(self.words)))
        self.inside = self.covered(quotations(text))

    def covered(self, spans: Iterable[Span]) -> Numbers:
        """Give the words of which the spans together cover half or more."""
        mask = np.zeros(len(self._word_at), dtype=bool)
        for start, end in spans:
            mask[start:end] = True
        n_covered = np.bincount(self._word_at[mask], minlength=len(self.words) + 1)[: len(self.words)]
        return frozenset(np.flatnonzero(2 * n_covered >= self._sizes).tolist())

    def read(self, attributions: Iterable[Attribution]) -> list[WordAttribution]:
        """Put attributions into word numbers; those in which nothing is said are left out."""
        in_words = []
        for a in attributions:
            content = self.covered(a.content)
            if content:
                direct = 2 * len(content & self.inside) >= len(content)
                source, cue = (self.covered([span] if span else []) for span in (a.source, a.cue))
                in_words.append(WordAttribution(content, source, cue, direct))
        return in_words


def jaccard(one: Numbers, other: Numbers) -> float:
    """Give the share of the words of both that either holds: Jaccard's index.

    >>> jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4}))
    0.5
    """
    return len(one & other) / max(len(one | other), 1)


def match(marked: Sequence[WordAttribution], found: Sequence[WordAttribution]) -> list[Pair]:
    """Pair marked with found attributions, each once, the likest contents first; of equals, those that share a cue."""
    ranked = []
    for i, m in enumerate(marked):
        for j, f in enumerate(found):
            alike = jaccard(m.content, f.content)
            if alike:
                ranked.append((-alike, m.cue.isdisjoint(f.cue), i, j))
    free_marked, free_found = set(range(len(marked))), set(range(len(found)))
    pairs = []
    for negative, _, i, j in sorted(ranked):
        if i in free_marked and j in free_found:
            free_marked.remove(i)
            free_found.remove(j)
            pairs.append(Pair(marked[i], found[j], -negative))
    return pairs


def is_source_right(marked: WordAttribution, found: WordAttribution) -> bool:
    """Tell whether the sources share a word, or both attributions have none."""
    return not marked.source.isdisjoint(found.source) if marked.source else not found.source


def linked_words(marked: Sequence[WordAttribution], found: Sequence[WordAttribution]) -> Numbers:
    """Give the words of content that are given a right source, however the content is cut into attributions."""
    return frozenset().union(*(m.content & f.content for m in marked for f in found if is_source_right(m, f)))


def count(text: str, marked: Iterable[Attribution], found: Iterable[Attribution]) -> Counts:
    """Compare the attributions found in an article with the marked ones.

    In direct and indirect speech, words of content are those inside and outside quotation marks. A source, a cue or an
    attribution is direct by its own content, and right by all that is there: a marked quotation that goes on after its
    closing mark makes no error of the quotation that was found.
    """
    article = WordText(text)
    all_marked, all_found = article.read(marked), article.read(found)
    pairs, linked = match(all_marked, all_found), linked_words(all_marked, all_found)
    universes = (article.every, article.inside, article.every - article.inside)
    measures, matched = [], []
    for scope, universe in zip(SCOPES, universes, strict=True):
        mine = [pair for pair in pairs if _belongs(pair.marked, scope)]
        theirs = [pair for pair in pairs if _belongs(pair.found, scope)]
        marked_here, found_here = ([a for a in side if _belongs(a, scope)] for side in (all_marked, all_found))
        rows = [_content_row(all_marked, all_found, universe)]
        rows += [_role_row(role, all_marked, all_found, marked_here, found_here) for role in ("source", "cue")]
        rows.append([len(linked & universe), rows[0][1], len(linked & universe), rows[0][3]])
        for what in ATTRIBUTION_MEASURES:
            right_found, right_marked = (sum(getattr(pair, what) for pair in side) for side in (theirs, mine))
            rows.append([right_found, len(found_here), right_marked, len(marked_here)])
        measures.append(rows)
        matched.append(_matched_rows(mine))
    return Counts(np.array(measures, dtype=np.int64), np.array(matched, dtype=np.int64))


def _belongs(attribution: WordAttribution, scope: str) -> bool:
    return scope == "all" or attribution.direct == (scope == "direct")


def _together(attributions: Iterable[WordAttribution], role: str) -> Numbers:
    return frozenset().union(*(getattr(a, role) for a in attributions))


def _content_row(marked: Sequence[WordAttribution], found: Sequence[WordAttribution], universe: Numbers) -> list[int]:
    marked_words, found_words = (_together(side, "content") & universe for side in (marked, found))
    n_right = len(marked_words & found_words)
    return [n_right, len(found_words), n_right, len(marked_words)]


def _role_row(
    role: str,
    marked: Sequence[WordAttribution],
    found: Sequence[WordAttribution],
    marked_here: Sequence[WordAttribution],
    found_here: Sequence[WordAttribution],
) -> list[int]:
    marked_words, found_words = _together(marked_here, role), _together(found_here, role)
    right, hit = found_words & _together(marked, role), marked_words & _together(found, role)
    return [len(right), len(found_words), len(hit), len(marked_words)]


def _matched_rows(pairs: Iterable[Pair]) -> list[list[int]]:
    alike = [pair for pair in pairs if pair.overlap]
    sides = [[p.full for p in alike if bool(p.marked.source) == named] for named in (True, False)]
    return [[sum(side), len(side)] for side in sides]


def f1_of(counts: NDArray[Any]) -> Floats64:
    """Compute F1 from counts; 0 where nothing is right.

    Parameters
    ----------
    counts : ndarray of shape (..., 4)
        Found and right, found, marked and found, marked.

    Examples
    --------
    >>> f1_of(np.array([[1, 2, 1, 1], [0, 0, 0, 3]])).round(3).tolist()
    [0.667, 0.0]
    """
    precision, recall = _precision_recall(counts)
    both = precision + recall
    return np.asarray(2 * precision * recall / np.where(both > 0, both, 1))


def _precision_recall(counts: NDArray[Any]) -> tuple[Floats64, Floats64]:
    return counts[..., 0] / np.maximum(counts[..., 1], 1), counts[..., 2] / np.maximum(counts[..., 3], 1)


def drawn_f1(counts: Ints, groups: Sequence[int], draws: int = DRAWS) -> Floats64:
    """Compute F1s of articles that are drawn again and again, with replacement.

    Parameters
    ----------
    counts : ndarray of shape (n_articles, ..., 4)
    groups : sequence of int, length n_articles
        Articles of one number are drawn together.
    draws : int

    Returns
    -------
    ndarray of shape (draws, ...)
    """
    _, group = np.unique(groups, return_inverse=True)
    n = int(group.max()) + 1
    summed = np.zeros((n, *counts.shape[1:]))
    np.add.at(summed, group, counts)
    return f1_of((article_draws(n, draws) @ summed.reshape(n, -1)).reshape(draws, *counts.shape[1:]))


def f1_intervals(counts: Ints, groups: Sequence[int], draws: int = DRAWS) -> Floats64:
    """Give 95 % intervals of F1s, by drawing articles as `drawn_f1` does.

    Returns
    -------
    ndarray of shape (2, ...)
        Low and high.
    """
    return np.asarray(np.quantile(drawn_f1(counts, groups, draws), [0.025, 0.975], axis=0))


def score_attributions(counts: Sequence[Counts], groups: Sequence[int]) -> dict[str, ScopeScore]:
    """Sum up articles into scores.

    Parameters
    ----------
    counts : sequence of Counts, length n_articles
        At least one.
    groups : sequence of int, length n_articles
        Number of each article; the same one given twice has one number.

    Returns
    -------
    dict of str to ScopeScore
        Keys are `SCOPES`.
    """
    each = np.stack([c.measures for c in counts])
    low, high = f1_intervals(each, groups)
    total, matched = each.sum(axis=0), np.sum([c.matched for c in counts], axis=0)
    (precision, recall), f1 = _precision_recall(total), f1_of(total)
    return {
        scope: ScopeScore(
            {
                name: Measure(
                    float(precision[i, j]),
                    float(recall[i, j]),
                    float(f1[i, j]),
                    (float(low[i, j]), float(high[i, j])),
                    int(total[i, j, 1]),
                    int(total[i, j, 3]),
                )
                for j, name in enumerate(MEASURES)
            },
            *(Hits(int(right), int(of)) for right, of in matched[i]),
        )
        for i, scope in enumerate(SCOPES)
    }
