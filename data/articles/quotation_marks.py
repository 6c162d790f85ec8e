"""Where an article quotes: the stretches between quotation marks, however they are set.

News mixes curly, straight, doubled and single marks, drops some, and lets a quotation run over
paragraphs that reopen the mark without closing it. A quotation is found mark by mark; one odd mark
spoils its paragraph at most.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ..records import Span
from .text.line_breaks import LineEnds
from .text.single_marks import single_quotations
from .text.usual_marks import usual_marks

_MARK = re.compile(r"[“”\"`'‘’](?:(?<![`'‘’])|(?<=`)`|(?<=')'|(?<=‘)‘|(?<=’)’)")  # a set first: it is searched for faster
_OPENERS = frozenset("“") | {"``", "‘‘"}
_CLOSERS = frozenset("”") | {"’’"}
_SINGLE = ("‘", "'", "`", " ’", "\n’")  # what may open a quotation in single marks
_REACH = 3000  # a quotation that no mark closes within so many characters ends with its paragraph


class _Mark(NamedTuple):
    start: int
    end: int
    side: str  # "open", "close" or "either"


def quotations(text: str) -> list[Span]:
    """Find the quotations of a text, marks included, in order and without overlap.

    Parameters
    ----------
    text : str
        A whole article: a quotation may run over several sentences and paragraphs.

    Returns
    -------
    list of Span
        A quotation within a quotation is part of the outer one.

    Examples
    --------
    >>> text = 'She said "we are done" and left. “Good,” he said.'
    >>> [span.of(text) for span in quotations(text)]
    ['"we are done"', '“Good,”']
    """
    return marked(text).quotations


class Marked(NamedTuple):
    """A text with all marks of its quotations in the same style, and these quotations.

    Parameters
    ----------
    text : str
        As long as the text was; only marks differ. Single ones around a whole quotation are double here.
    quotations : list of Span
        As `quotations` gives them.
    """

    text: str
    quotations: list[Span]


def marked(text: str) -> Marked:
    """Find the quotations of a text, and write their marks alike.

    >>> marked("‘No,’ he said. „Never“, she said.").text
    '“No,” he said. “Never”, she said.'
    """
    text = usual_marks(text)
    lines = LineEnds(text)
    doubled = _double(text, lines)
    if not any(mark in text for mark in _SINGLE) and not text.startswith("’"):
        return Marked(text, doubled)
    single = list(single_quotations(text, doubled, lines))
    if not single:
        return Marked(text, doubled)
    outer = sorted([*single, *(span for span in doubled if not _is_within(span, single))])
    return Marked(_with_double_marks(text, single), outer)


def _is_within(span: Span, others: Sequence[Span]) -> bool:
    i = bisect_right(others, span) - 1
    return i >= 0 and span.end <= others[i].end


def _with_double_marks(text: str, single: Sequence[Span]) -> str:
    parts, at = [], 0
    for start, end in single:
        closed = text[end - 1] in "’'"
        parts += [text[at:start], "“", text[start + 1 : end - closed], "”" if closed else ""]
        at = end
    return "".join([*parts, text[at:]])


def _marks(text: str, lines: LineEnds) -> list[_Mark]:
    return [
        _Mark(m.start(), m.end(), _side(m[0], text, m.start(), m.end()))
        for m in _MARK.finditer(text)
        if m[0] != '"' or not _is_inch(text, m.start(), lines)
    ]


def _is_inch(text: str, at: int, lines: LineEnds) -> bool:
    """Tell whether a straight mark behind a number is that of inches: it is one too many in its paragraph."""
    if not text[at - 1 : at].isdigit():
        return False
    start, end = lines.start(at), lines.end(at)
    return end - start < _REACH and text.count('"', start, end) % 2 == 1


def _side(mark: str, text: str, start: int, end: int) -> str:
    """Tell from its shape and its neighbours whether a mark opens or closes."""
    if mark in _OPENERS:
        return "open"
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if mark in _CLOSERS:
        # in some texts ” stands on both sides
        return "either" if before.isspace() and not after.isspace() else "close"
    spaced_before = before.isspace() or before in "([{—–-―/"
    spaced_after = after.isspace() or after in ".,;:!?)]}—–…"
    if spaced_before != spaced_after:
        return "open" if spaced_before else "close"
    return "either"


def _double(text: str, lines: LineEnds) -> list[Span]:
    marks = _marks(text, lines)
    spans: list[Span] = []
    opened: int | None = None
    depth = 0
    last = 0  # where the paragraph search for an unopened quotation may begin
    for i, mark in enumerate(marks):
        if opened is not None:
            stop = _broken_off(text, opened, mark, lines)
            if stop is not None:
                spans.append(Span(opened, stop))
                opened, last, depth = None, stop, 0
        if opened is None:
            if mark.side != "close":
                opened, depth = mark.start, 0
            else:
                spans.extend(_unopened(text, last, mark, lines))
                last = mark.end
        elif mark.side == "open" and _is_nested(marks, i):
            depth += 1
        elif mark.side == "open":  # the quotation before was never closed
            spans.append(Span(opened, _end_of_words(text, opened, mark.start)))
            opened, depth = mark.start, 0
        elif depth:
            depth -= 1
        else:
            spans.append(Span(opened, mark.end))
            opened, last = None, mark.end
    if opened is not None:
        spans.append(Span(opened, lines.end(opened)))
    return [span for span in spans if span.end - span.start > 1]


def _broken_off(text: str, opened: int, mark: _Mark, lines: LineEnds) -> int | None:
    """Tell where an open quotation ended if it did not reach this mark; None if it did."""
    end = lines.end(opened)
    if mark.start <= end:
        return None
    starts_paragraph = not text[lines.start(mark.start) : mark.start].strip()
    opens = mark.side == "open" or (mark.side == "either" and starts_paragraph)
    return end if opens or mark.start - end > _REACH else None


def _is_nested(marks: Sequence[_Mark], i: int) -> bool:
    """Tell whether an opening mark inside an open quotation is nested: two closing ones come next."""
    following = [m.side for m in marks[i + 1 : i + 3]]
    return following == ["close", "close"]


def _unopened(text: str, last: int, mark: _Mark, lines: LineEnds) -> list[Span]:
    """Find the quotation that a lone closing mark ends: it began with its paragraph, if nothing else did."""
    start = lines.start(mark.start)
    if start < last or mark.start == 0 or text[mark.start - 1] not in ".,!?…":
        return []
    return [Span(start, mark.end)]


def _end_of_words(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
