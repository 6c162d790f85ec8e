"""What can be wrong with labelled articles, sentence by sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .quotes import quotations
from .records import LabelledArticle, Sentence
from .scheme import go_together


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, how bad (``error`` or ``warning``), and why."""

    article: str
    n: int
    level: str
    reason: str
    text: str


def check_articles(articles: Iterable[LabelledArticle]) -> Iterator[Problem]:
    """Check each article on its own."""
    for labelled in articles:
        yield from check_article(labelled)


def check_article(labelled: LabelledArticle) -> Iterator[Problem]:
    """Find sentences whose labels, spans and quotation marks contradict each other."""
    text = labelled.article.text
    quoted = quotations(text)
    covered = [(span, x) for s in labelled.sentences for x in s.attributions for span in x.content]
    for s in labelled.sentences:
        inside = _quoted_share(s, quoted, text)
        carried = any(span.start < s.span.end and s.span.start < span.end for span, _ in covered)
        for level, reason in _reasons(s, inside, carried):
            yield Problem(labelled.article.id, s.n, level, reason, s.span.of(text))
        for x in s.attributions:
            if x.cue is None and x.source is None:
                yield Problem(
                    labelled.article.id,
                    s.n,
                    "warning",
                    "attribution with neither source nor cue",
                    s.span.of(text),
                )
            if not x.content:
                yield Problem(
                    labelled.article.id, s.n, "error", "source or cue without content", s.span.of(text)
                )


def _quoted_share(sentence: Sentence, quoted: Iterable[tuple[int, int]], text: str) -> float:
    start, end = sentence.span
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in quoted)
    return inside / max(end - start, 1)


def _reasons(s: Sentence, inside: float, carried: bool) -> Iterator[tuple[str, str]]:
    if s.kind is None or s.source_type is None:
        return
    if not go_together(s.kind, s.source_type):
        yield "error", f"{s.kind} cannot have the source type {s.source_type}"
    cued = any(x.cue for x in s.attributions)
    sourced = any(x.source for x in s.attributions)
    if s.kind == "quote":
        if inside == 0 and not sourced:
            yield "error", "a quote without quotation marks, outside a running quotation"
        elif inside < 0.3 and not sourced:
            yield "warning", f"a quote with {inside:.0%} inside quotation marks"
        if not carried:
            yield "error", "a quote without a content span"
    elif s.source_type != "none":
        if not s.attributions and not carried:
            yield "error", f"{s.source_type} without an attribution"
        elif not cued and s.n and not carried:
            yield "warning", f"{s.kind} without a cue"
    if s.kind != "quote" and inside > 0.75:
        yield "warning", f"{s.kind} with {inside:.0%} inside quotation marks"
