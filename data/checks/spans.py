"""What can be wrong with the places of sentences and spans."""

import re
from collections.abc import Iterator

from ..records import Attribution, LabelledArticle, Sentence, Span

Found = tuple[int, str, str]
"""The sentence's order, the level, the reason."""

_LONG_CUE = 8
_LONG_SOURCE = 30


def span_problems(labelled: LabelledArticle) -> Iterator[Found]:
    """Find spans that stand wrong."""
    text = labelled.article.text
    at = 0
    for s in labelled.sentences:
        yield from ((s.n, "error", reason) for reason in _place(s, at, text))
        at = s.span.end
        for span in s.loaded:
            yield from ((s.n, *found) for found in _stretch(span, "loaded words", labelled))
            if not _inside(span, s.span):
                yield s.n, "error", "loaded words outside the sentence"
        for x in s.attributions:
            yield from ((s.n, *found) for found in _attribution(x, labelled))


def _place(s: Sentence, at: int, text: str) -> Iterator[str]:
    words = s.span.of(text)
    if not 0 <= s.span.start < s.span.end <= len(text):
        yield f"the sentence is {s.span.start} to {s.span.end}, outside the article's {len(text)} characters"
    elif words != words.strip():
        yield "white space at the sentence's ends"
    if s.span.start < at:
        yield "begins before the sentence before it ends"


def _attribution(x: Attribution, labelled: LabelledArticle) -> Iterator[tuple[str, str]]:
    text = labelled.article.text
    named = [("source", x.source), ("cue", x.cue), *(("content", part) for part in x.content)]
    spans = [(role, span) for role, span in named if span is not None]
    for role, span in spans:
        yield from _stretch(span, role, labelled)
    for role, span in spans[: 2 if x.source and x.cue else 1]:
        if role != "content" and not any(_inside(span, s.span) for s in labelled.sentences):
            yield "error", f"the {role} reaches over more than one sentence"
    if x.cue and len(x.cue.of(text).split()) > _LONG_CUE:
        yield "warning", f"a cue of more than {_LONG_CUE} words: {x.cue.of(text)!r}"
    if x.source and len(x.source.of(text).split()) > _LONG_SOURCE:
        yield "warning", f"a source of more than {_LONG_SOURCE} words"
    for i, (role, span) in enumerate(spans):
        for other_role, other in spans[i + 1 :]:
            if span.start < other.end and other.start < span.end:
                yield _overlap(role, span, other_role, other, text)


def _overlap(role: str, span: Span, other_role: str, other: Span, text: str) -> tuple[str, str]:
    words = f"{role} {span.of(text)[:40]!r} and {other_role} {other.of(text)[:40]!r}"
    if {role, other_role} == {"source", "cue"} and (_inside(span, other) or _inside(other, span)):
        return "warning", f"{words} overlap"
    return "error", f"{words} overlap"


def _stretch(span: Span, role: str, labelled: LabelledArticle) -> Iterator[tuple[str, str]]:
    text = labelled.article.text
    if not 0 <= span.start < span.end <= len(text):
        yield "error", f"{role} is {span.start} to {span.end}, outside the article's {len(text)} characters"
        return
    words = span.of(text)
    if words != words.strip():
        yield "error", f"{role} {words!r} has white space at its ends"
    for at in (span.start, span.end):
        if 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() and not _is_edge(at, labelled):
            yield "error", f"{role} {words[:40]!r} cuts a word"
    if role in ("source", "cue") and re.search(r"^[,;:.]|[,;:]$", words):
        yield "warning", f"{role} {words!r} has punctuation at its ends"


def _is_edge(at: int, labelled: LabelledArticle) -> bool:
    """Tell whether a sentence begins or ends there, as where a scraper has glued two."""
    return any(at in s.span for s in labelled.sentences)


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
