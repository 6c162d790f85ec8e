"""Which line ends of a text are only where its lines were full, and which end a heading, an item or a paragraph."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ...records import Span

LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")

_MAY_RUN_ON = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029][ \t\xa0]*+[^\W\d_A-Z]")
_LINK = re.compile(r"\S{41}")  # or another word that fits on no line
_FIRST_WORD = re.compile(r"\S{1,60}")
_LAST_LETTERS = 9  # characters at the end of a line that may be closing marks
_END_MARKS = (".", "!", "?", "…")
_CODE_ENDS = ";{}"
_BYLINE = re.compile(r"by (?:\w+ ){0,3}?[A-Z][^.!?]{0,80}\Z")
_CLOSING = "\"'”’“)]»›*"
_SLACK = 3  # columns that a line may be shorter than it could be: lines are broken by hand, or before an indent
_NARROWEST = 20  # columns; shorter lines are names, verse and cells
_LEAST_RUNNING = 2  # lines that have to run on before a text is called wrapped: one may be torn by chance
_LEAST_DOUBLE = 3  # of a text with a blank line between all its lines
_FITTING = 0.75  # of the lines that run on have to be full, for a text that is wrapped
_LEAST_LIST = 2  # lines of a list after its first
_SHORT = 45  # columns
_LONG_ENOUGH = 2 / 3  # of the width is a line that a long word or link behind it left short; shorter ones are verse
_SMALL = 1 / 3  # of full lines at least are followed by a small letter; of a paragraph a line hardly any is
_WITHIN = 0.5  # of the characters at least stand in lines that are no longer; elsewhere code stands in an article
# A long line does not end with these before a capital, but in the middle of a sentence: "in / May", "Dr. / Holt".
_HANGING = re.compile(
    r"(?<=\s)(?:the|an?|of|in|on|at|to|by|for|from|with|and|or|as|that|who|whose|than|into|its|his|her|their|"
    r"Mr\.?|Mrs\.?|Ms\.?|Dr\.|Prof\.|Gen\.|Sen\.|Rep\.|Gov\.|Prime Minister|President|Mayor|Minister)\Z"
)
_LONGEST_HANGING = 15  # characters
_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Re|Date|Sent|Reply-To|Message-ID|Newsgroups|Organization|Lines|Keywords|Summary):\s", re.I
)
_SYMBOL_ITEM = re.compile(r"(?:[-*•▪◦●·+]|[–—])\s+")
_NUMBER_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s+")
_CELLS = re.compile(r"\t|\S {3,}\S.*\S {3,}\S|^\||[=_*-]{5,}|\|.*\|")


class Line(NamedTuple):
    """A line without the white space around it, how far it is indented, and how many line ends come before it."""

    start: int
    end: int
    indent: int
    gap: int


class LineEnds:
    """The line ends of a text, for finding the line that holds a place: as quick in one line of a million words.

    Parameters
    ----------
    text : str
        Line ends are newlines.
    """

    def __init__(self, text: str) -> None:
        self._ends = [m.start() for m in re.finditer("\n", text)]
        self._length = len(text)

    def start(self, at: int) -> int:
        """Return where the line of a place begins."""
        n = bisect_left(self._ends, at)
        return self._ends[n - 1] + 1 if n else 0

    def end(self, at: int) -> int:
        """Return where the line of a place ends: at its newline, or with the text."""
        n = bisect_left(self._ends, at)
        return self._ends[n] if n < len(self._ends) else self._length


def running_on(text: str) -> list[tuple[Line, bool]]:
    """Return the lines of a text that are not empty, and whether each goes on with the line above.

    Returns
    -------
    list of (Line, bool)
        A line runs on where the text is wrapped and the line above was full, or where it begins with a small
        letter and the line above ended no sentence.
    """
    lines = list(_lines(text))
    if not may_run_on(text):
        return [(line, False) for line in lines]
    gap = _usual_gap(text, lines)
    width = _width(text, lines, gap)
    goes_on = [False, *(_goes_on(text, lines, i, gap if width else 1, width) for i in range(1, len(lines)))]
    if not width:
        _keep_lists(text, lines, goes_on)
    return list(zip(lines, goes_on, strict=True))


def may_run_on(text: str) -> bool:
    """Tell, at a glance, whether any line of a text may go on with the one above."""
    return _MAY_RUN_ON.search(text) is not None or text.isupper()


def _lines(text: str) -> Iterator[Line]:
    at = gap = 0
    for end, after in [*((m.start(), m.end()) for m in LINE_END.finditer(text)), (len(text), len(text))]:
        start, stop = trimmed(text, at, end)
        if start < stop:
            indent = start - at
            yield Line(start, stop, len(text[at:start].expandtabs(8)) if indent else 0, gap)
            gap = 0
        gap += 1
        at = after


def _usual_gap(text: str, lines: list[Line]) -> int:
    """Return how many line ends stand between the lines of a paragraph: two where a text is double-spaced."""
    gaps = [below.gap for below in lines[1:]]
    n_running = sum(below.gap == 2 and _tears(text, above, below) for above, below in pairwise(lines))
    return 2 if gaps.count(1) * 10 <= len(gaps) and n_running >= _LEAST_DOUBLE else 1


def _width(text: str, lines: list[Line], gap: int) -> int:
    """Return the width at which most lines that run on are full; 0 for a text that is not wrapped.

    A full line is no longer than the width, and would be with the first word of the next.
    """
    breaks = [
        _Break(above, below, above.end - above.start, _with_word(text, above, below))
        for above, below in pairwise(lines)
        if below.gap <= gap
    ]
    running = _running(text, breaks)
    if len(running) < (_LEAST_RUNNING if gap == 1 else _LEAST_DOUBLE):
        return 0
    width, n_full = _best_width(running)
    n_all_full = sum(one.is_full(width) for one in breaks)
    if n_full < _FITTING * len(running) or n_full < _SMALL * n_all_full:
        return 0
    lengths = [(line, line.end - line.start) for line in lines]
    n_within = sum(length for _, length in lengths if length <= width + _SLACK)
    return width if n_within >= _WITHIN * sum(length for line, length in lengths if _has_words(text, line)) else 0


class _Break(NamedTuple):
    """Two lines, the length of the first in characters, and what it would be with the first word of the second."""

    above: Line
    below: Line
    length: int
    longer: int

    def is_full(self, width: int, slack: int = 0) -> bool:
        """Tell whether the word does not fit into a width."""
        return self.length <= width < self.longer + slack


def _running(text: str, breaks: list[_Break]) -> list[_Break]:
    """Return the breaks at which a sentence surely runs on; in a text in capitals, all where none ends."""
    in_capitals = text.isupper()
    return [
        one
        for one in breaks
        if one.length >= _NARROWEST
        and (_tears(text, one.above, one.below) or (in_capitals and not _ends(text, one.above)))
        and not _LINK.search(text, one.above.start, one.above.end)
    ]


def _best_width(breaks: list[_Break]) -> tuple[int, int]:
    """Return the length of line at which most of these breaks are full, and how many are; the longest of several."""
    n_full = {width: sum(one.is_full(width, _SLACK) for one in breaks) for width in {one.length for one in breaks}}
    width = max(n_full, key=lambda width: (n_full[width], width))
    return width, n_full[width]


def _has_words(text: str, line: Line) -> bool:
    return text.count(" ", line.start, line.end) > 2  # or it may be a link


def _with_word(text: str, above: Line, below: Line) -> int:
    """Return the length of a line together with the first word of the next."""
    word = _FIRST_WORD.match(text, below.start, below.end)
    return above.end - above.start + 1 + (len(word[0]) if word else 0)


def _goes_on(text: str, lines: list[Line], i: int, gap: int, width: int) -> bool:
    above, below = lines[i - 1], lines[i]
    if below.gap > gap:
        return False
    torn = _tears(text, above, below) or (below.gap == 1 and _hangs(text, above, below))
    if not width:
        return torn
    if _stands_alone(text, above) or _stands_alone(text, below):
        return False
    full = above.end - above.start <= width + _SLACK and _with_word(text, above, below) > width - _SLACK
    enough = above.end - above.start > _LONG_ENOUGH * width or _divides(text, above)
    if not (full or (torn and gap == 1 and enough)):
        return False
    return not _begins_item(text, above, below) and not _begins_indented(text, lines, i, torn)


def _keep_lists(text: str, lines: list[Line], goes_on: list[bool]) -> None:
    """Keep the lines of a list or of verse apart: several short ones that run on to no end of a sentence."""
    first = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and goes_on[i]:
            continue
        run = lines[first:i]
        if len(run) > _LEAST_LIST and not _ends(text, run[-1]) and all(line.end - line.start < _SHORT for line in run):
            goes_on[first:i] = [False] * len(run)
        first = i


def _tears(text: str, above: Line, below: Line) -> bool:
    """Tell whether a line begins with a small letter, and the one above it ended no sentence."""
    begin = text[below.start : below.start + 3]
    if not begin[0].islower() or any(letter.isupper() for letter in begin):  # but not iPhone
        return False
    if begin == "by " and _BYLINE.match(text, below.start, below.end):
        return False
    return not _ends(text, above) and text[above.end - 1] not in _CODE_ENDS


def _hangs(text: str, above: Line, below: Line) -> bool:
    """Tell whether a long line ends with a word that the next one has to go on after, though it begins with a capital."""
    if above.end - above.start < _SHORT or not text[below.start].isupper() or text.startswith(("By ", "BY "), below.start):
        return False
    return _HANGING.search(text[above.end - _LONGEST_HANGING : above.end]) is not None


def _ends(text: str, line: Line) -> bool:
    """Tell whether a line ends with a sentence."""
    return text[max(line.start, line.end - _LAST_LETTERS) : line.end].rstrip(_CLOSING).endswith(_END_MARKS)


def _divides(text: str, line: Line) -> bool:
    """Tell whether a line ends within a word."""
    return text[line.end - 1] in "-‐\u00ad" and text[line.end - 2 : line.end - 1].isalpha()


def _stands_alone(text: str, line: Line) -> bool:
    return _HEADER.match(text, line.start, line.end) is not None or _CELLS.search(text, line.start, line.end) is not None


def _begins_item(text: str, above: Line, below: Line) -> bool:
    m = _SYMBOL_ITEM.match(text, below.start, below.end)
    if m is None:
        ended = text[above.end - 1] in '.!?…:;”"’)'
        return ended and _NUMBER_ITEM.match(text, below.start, below.end) is not None
    in_list = _SYMBOL_ITEM.match(text, above.start, above.end) is not None
    dash = text[below.start] in "-–—" and text[m.end() : m.end() + 1].islower()  # the mayor – who slept – left
    return in_list or not dash or text[above.end - 1] in ".!?…:;"


def _begins_indented(text: str, lines: list[Line], i: int, torn: bool) -> bool:
    """Tell whether a line's indent shows a new paragraph: it is deeper than that of the line above, or a block's end."""
    above, below = lines[i - 1], lines[i]
    if below.indent > above.indent + 1:
        item = _SYMBOL_ITEM.match(text, above.start) or _NUMBER_ITEM.match(text, above.start)
        return item is None and not (torn and i + 1 < len(lines) and lines[i + 1].indent == below.indent)
    if below.indent + 1 < above.indent and i > 1:
        return lines[i - 2].indent == above.indent and lines[i - 1].gap == 1 and not torn
    return False


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a stretch of text without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
