"""Quotations in single marks, told from apostrophes: ``'The dockers' day,' she said``."""

import re
from collections.abc import Iterator, Sequence

from ...records import Span
from .line_breaks import LineEnds

_LONGEST = 1500  # characters
_LONGEST_UNSURE = 600  # of a quotation that ends without a mark of punctuation
_OPENING = re.compile(
    r"[‘'`’](?<![\w’'`].)(?:(?<!’)(?=[\w“\"(\[£$€…-])|(?=[A-Z“]))(?!`)"  # not an apostrophe: nothing of a word before it
    r"(?!(?:\d\d?s|em|[Tt]il|[Tt]is|[Tt]was|cause|cos|bout|round|n|nuff|fraid|neath)\b)"
)
_CLOSING = re.compile(r"[’'](?<=[\w.,!?…;)%”\"-].)(?!\w)")
_NEXT_OPENING = re.compile(r"[‘'](?<!\w.)(?=\w)")
_UNSURE = re.compile(r"(?:s|in)[’'](?= \w)")  # the dockers’ day, nothin’ new
_PUNCTUATION = '.,!?…”"'
_BEFORE_SPEECH = re.compile(r"(?:\A|\n|[.,:!?] )\Z")  # the place where a sentence begins
_REOPENED = re.compile(r"\n\s*[‘'](?=[A-Z“])")


def single_quotations(text: str, doubled: Sequence[Span], lines: LineEnds) -> Iterator[Span]:
    """Yield the quotations in single marks that stand in none of double ones.

    Parameters
    ----------
    text : str
    doubled : sequence of Span
        The quotations in double marks, in order.
    lines : LineEnds
        Those of the text.

    Yields
    ------
    Span
        Marks included. It may hold quotations in double marks, but whole ones only.
    """
    at = passed = 0
    while m := _OPENING.search(text, at):
        while passed < len(doubled) and doubled[passed].end <= m.start():
            passed += 1
        if passed < len(doubled) and doubled[passed].start <= m.start():
            at = doubled[passed].end
            continue
        end = _end(text, m.start(), lines.end(m.start()))
        at = m.end()
        if end is not None and _holds_whole(text, doubled, passed, end):
            yield Span(m.start(), end)
            at = end


def _end(text: str, start: int, paragraph_end: int) -> int | None:
    """Return where a quotation in single marks ends; None for an apostrophe that opens nothing."""
    limit = min(start + _LONGEST, paragraph_end)
    for m in _CLOSING.finditer(text, start + 2, limit):
        if not _UNSURE.match(text, m.start() - 1, limit) and not _UNSURE.match(text, m.start() - 2, limit):
            return m.end() if text[m.start() - 1] in _PUNCTUATION or m.end() - start < _LONGEST_UNSURE else None
        return _surer_end(text, m.end(), limit) or m.end()
    if _BEFORE_SPEECH.search(text, max(0, start - 2), start) and _REOPENED.match(text, paragraph_end):
        return paragraph_end  # the next paragraph opens it again
    return None


def _surer_end(text: str, start: int, limit: int) -> int | None:
    """Return where the next mark behind punctuation closes, if none opens before: the one at hand is then an apostrophe."""
    opening = _NEXT_OPENING.search(text, start, limit)
    stop = opening.start() if opening else limit
    return next((m.end() for m in _CLOSING.finditer(text, start, stop) if text[m.start() - 1] in _PUNCTUATION), None)


def _holds_whole(text: str, doubled: Sequence[Span], passed: int, end: int) -> bool:
    """Tell whether the quotations in double marks up to an end lie wholly before it, and the end is sure if any do."""
    inside = [span for span in doubled[passed : passed + 50] if span.start < end]
    return not inside or (inside[-1].end <= end and text[end - 2] in _PUNCTUATION)
