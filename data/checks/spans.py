"""What can be wrong with the places of sentences and spans."""

import re
from collections.abc import Iterator
from itertools import combinations

from ..records import Attribution, LabelledArticle, Sentence, Span

Finding = tuple[str, str]
"""The level and the reason."""
SentenceFinding = tuple[int, str, str]
"""The sentence's order, the level, the reason."""

_LONG_CUE, _LONG_SOURCE = 8, 30
"""Words from which on more was probably marked than meant."""


def span_problems(labelled: LabelledArticle) -> Iterator[SentenceFinding]:
    """Find spans that stand wrong."""
    text = labelled.article.text
    at = 0
    for s in labelled.sentences:
        yield from ((s.n, "error", reason) for reason in _place(s, at, text))
        at = s.span.end
        for span in s.loaded:
            yield from ((s.n, *finding) for finding in _span(span, "loaded words", labelled))
            if not _is_inside(span, s.span):
                yield s.n, "error", "loaded words outside the sentence"
        for x in s.attributions:
            yield from ((s.n, *finding) for finding in _attribution(x, labelled))


def _place(s: Sentence, at: int, text: str) -> Iterator[str]:
    words = s.span.of(text)
    if not 0 <= s.span.start < s.span.end <= len(text):
        yield f"the sentence is {s.span.start} to {s.span.end}, outside the article's {len(text)} characters"
    elif words != words.strip():
        yield "white space at the sentence's ends"
    if s.span.start < at:
        yield "begins before the previous sentence ends"


def _attribution(x: Attribution, labelled: LabelledArticle) -> Iterator[Finding]:
    named = [("source", x.source), ("cue", x.cue), *(("content", part) for part in x.content)]
    spans = [(role, span) for role, span in named if span is not None]
    for role, span in spans:
        yield from _span(span, role, labelled)
    for role, span in spans:
        if role != "content" and not any(_is_inside(span, s.span) for s in labelled.sentences):
            yield "error", f"the {role} spans more than one sentence"
    yield from _long(x, labelled.article.text)
    for one, other in combinations(spans, 2):
        if one[1].overlaps(other[1]):
            yield _overlapping(one, other, labelled.article.text)


def _long(x: Attribution, text: str) -> Iterator[Finding]:
    if x.cue and len(x.cue.of(text).split()) > _LONG_CUE:
        yield "warning", f"a cue of more than {_LONG_CUE} words: {x.cue.of(text)!r}"
    if x.source and len(x.source.of(text).split()) > _LONG_SOURCE:
        yield "warning", f"a source of more than {_LONG_SOURCE} words"


def _overlapping(one: tuple[str, Span], other: tuple[str, Span], text: str) -> Finding:
    """Say that two spans overlap; a cue may stand inside its source (*the ministry's claim*), so that is only odd."""
    (role, span), (other_role, other_span) = one, other
    nested = _is_inside(span, other_span) or _is_inside(other_span, span)
    level = "warning" if nested and {role, other_role} == {"source", "cue"} else "error"
    return level, f"{role} {span.of(text)[:40]!r} and {other_role} {other_span.of(text)[:40]!r} overlap"


def _span(span: Span, role: str, labelled: LabelledArticle) -> Iterator[Finding]:
    text = labelled.article.text
    if not 0 <= span.start < span.end <= len(text):
        yield "error", f"{role} is {span.start} to {span.end}, outside the article's {len(text)} characters"
        return
    words = span.of(text)
    if words != words.strip():
        yield "error", f"{role} {words!r} has white space at its ends"
    for at in (span.start, span.end):
        if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() and not _is_edge(at, labelled):
            yield "error", f"{role} {words[:40]!r} cuts through a word"
    if role in ("source", "cue") and re.search(r"^[,;:.]|[,;:]$", words):
        yield "warning", f"{role} {words!r} has punctuation at its ends"


def _is_edge(at: int, labelled: LabelledArticle) -> bool:
    """Tell whether a sentence begins or ends there, as where a scraper has glued two."""
    return any(at in s.span for s in labelled.sentences)


def _is_inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
