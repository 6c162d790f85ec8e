"""What people see of an annotated sentence, on a terminal and on pages: the letter of its kind, and the marks in it."""

from collections.abc import Iterator

from ...data.records import Span
from ...data.scheme import KINDS
from .records import AnnotatedSentence

LETTERS = dict(zip(KINDS, "QOIN", strict=True))


def marked(text: str, a: AnnotatedSentence) -> Iterator[tuple[str, Span]]:
    """Give the sources and cues of an attributed sentence: its attributions', or without any its own."""
    if a.source_type == "none":
        return
    for attribution in a.attributions:
        for mark, span in (("source", attribution.source), ("cue", attribution.cue)):
            if span:
                yield mark, span
    if not a.attributions:
        for mark, words in (("source", a.source), ("cue", a.cue)):
            start = text.find(words, a.span.start, a.span.end) if words else -1
            if words and start >= 0:
                yield mark, Span(start, start + len(words))
