"""Speech in a clause beside the main one: *The mine closed in May, with the union saying …*, *While the army says …, …*.

The main clause decides what such a sentence is; the side clause stays an attribution.
"""

from collections.abc import Sequence
from dataclasses import replace

from ...attribution.extractor import TOLD, Candidate
from ...language.article_tokens import View
from ...language.cues import is_auxiliary
from ..phrases import sentence_end
from .by_sentence import anchored

SIDE = "side clause"
"""The form of speech that the main clause of its sentence is no part of."""
_OPENERS = frozenset("while although though whatever whereas".split())
_BEHIND = frozenset("as after while although though because when before whereas until".split())
_NO_CLAUSE = frozenset(
    "just soon long well such works work worked working serves served serve serving acts acted known described".split()
)
"""Words before *as* or *before* with which it begins no clause: *works as*, *such as*."""
_BUT = frozenset("but and yet".split())
_BEFORE_SOURCE = _BEHIND | _BUT | {"with", "that"}
_LEAST = 4  # words of a main clause
_SHARE = 0.7  # words of a first clause for each of the second, from which the first has the news
_FINITE = frozenset(
    "rose fell came went made took got grew sank lost won left cost hit met ran gave kept led began stood held said told "
    "broke drew sold cut put set shut spent sent brought bought found became burnt struck swept saw".split()
)


def mark_side_clauses(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Give speech in a side clause the form `SIDE`, where nobody says the main clause."""
    return [_marked(view, c, candidates) if _may_be_side(view, c) else c for c in candidates]


def _may_be_side(view: View, c: Candidate) -> bool:
    """Tell at a glance whether speech may stand in a side clause, by the words before who speaks."""
    if c.form or c.source is None or c.cue is None or c.score < TOLD or view.inside[c.anchor]:
        return False
    start, lower = c.source[0], view.lower
    begins = lower[start - 1] in _BEFORE_SOURCE or not _OPENERS.isdisjoint(lower[max(start - 3, 0) : start])
    return begins or lower[c.anchor] == "saying"


def _marked(view: View, c: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    n = view.home[c.anchor]
    first, last = view.sentences[n]
    c = _without_main_clause(view, c)
    if c.source is None or c.source[0] == first or c.source[1] > c.anchor:
        return c
    if not (_is_opening(view, c, first) or _is_behind(view, c, n)):
        return c
    if 2 * sum([view.inside[t] > 0 for t in c.content.tolist()]) > len(c.content):
        return c  # a quotation is one wherever it stands
    others = (x for x in anchored(candidates, first, last) if x.anchor != c.anchor and (x.score >= TOLD or x.form))
    return c if any(x.content[0] < c.source[0] or x.anchor > c.content[-1] for x in others) else replace(c, form=SIDE)


def _without_main_clause(view: View, c: Candidate) -> Candidate:
    """Cut the main clause off a source: *Prices rose, with | traders | saying*."""
    if c.source is None or view.lower[c.anchor] != "saying":
        return c
    start, end = c.source
    with_ = next((t for t in range(end - 1, start, -1) if view.lower[t] == "with" and view.lower[t - 1] == ","), None)
    return c if with_ is None or with_ + 1 == end else replace(c, source=(with_ + 1, end))


def _is_opening(view: View, c: Candidate, first: int) -> bool:
    """*While the army says it has left, its tanks still stand*: a comma and a main clause follow."""
    if c.source is None or not 0 < c.source[0] - first <= 3 or _OPENERS.isdisjoint(view.lower[first : c.source[0]]):
        return False
    last = view.sentences[view.home[first]][1]
    comma = next((t for t in range(c.anchor + 1, last) if view.lower[t] == ","), last)
    return comma + _LEAST <= last


def _is_behind(view: View, c: Candidate, n: int) -> bool:
    """Tell whether a main clause without a speaker stands before who speaks, joined to the rest."""
    if c.source is None or c.content.item(0) < c.anchor:
        return False
    first, at = view.sentences[n][0], c.source[0] - 1
    if view.lower[at] not in _BEFORE_SOURCE or not _joins(view, c, first, at):
        return False
    n_left = view.n_words[at] - view.n_words[first]
    if n_left < _LEAST or view.n_quoted[at] > view.n_quoted[first] or not _is_clause(view, first, at):
        return False
    return view.lower[at] not in _BUT or n_left >= _SHARE * (view.n_words[sentence_end(view, n)] - view.n_words[at + 1])


def _joins(view: View, c: Candidate, first: int, at: int) -> bool:
    """Tell by the words around it whether the word before a source joins a clause to another."""
    word, before = view.lower[at], view.lower[at - 1]
    if word == "with":
        return before == "," and view.lower[c.anchor].endswith("ing")
    if word == "that":
        return not {"so", "such"}.isdisjoint(view.lower[first:at])
    return word in _BUT or before not in _NO_CLAUSE


def _is_clause(view: View, first: int, end: int) -> bool:
    """Tell whether a finite verb stands among words, the first aside."""
    return any(
        view.lower[t] in _FINITE or is_auxiliary(view.lower[t]) or (view.lower[t].endswith("ed") and view.words[t].islower())
        for t in range(first + 1, end)
    )
