"""Heads and feet of pages: page numbers, and words that stand in the same place on two pages."""

import re
from collections import defaultdict
from itertools import pairwise

from .layout import Box, Line

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|(\[]\s*)?(?:page\s+|p\.\s*|seite\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?(?:\s*[-–—|)\]])?",
    re.I,
)
_EDGE = 0.12  # of a page's height at its head and its foot: what stands in the same place on two pages is no text
_SAME_HEIGHT = 3.0  # points


def without_heads_and_feet(boxes: list[Box], heights: dict[int, float]) -> list[Box]:
    """Take out, line by line, page numbers, and words that stand in the same place on two pages."""
    at_edge = [(box.page, line) for box in boxes for line in box.lines if _at_edge(line, heights[box.page])]
    places: dict[tuple[str, bool], dict[int, float]] = defaultdict(dict)
    for page, line in at_edge:
        places[_same(line.text), line.y0 * 2 > heights[page]][page] = line.y0
    repeated = {key for key, at in places.items() if len(at) > 1 and _stands_still(list(at.values()))}
    out: set[int] = set()
    for page, height in heights.items():
        for is_head in (True, False):
            lines = [line for number, line in at_edge if number == page and (line.y0 * 2 > height) == is_head]
            lines.sort(key=lambda line: -line.y0 if is_head else line.y0)
            no_text = {
                id(line) for line in lines if _PAGE_NUMBER.fullmatch(line.text) or (_same(line.text), is_head) in repeated
            }
            out |= _outermost(lines, no_text)
    kept = [Box(box.page, [line for line in box.lines if id(line) not in out]) for box in boxes]
    return [box for box in kept if box.lines]


def _outermost(lines: list[Line], no_text: set[int]) -> set[int]:
    """Return what is no text of lines that come from the page's edge inwards.

    Words of columns, too, stand in the same place on two pages by chance: only the outermost row may hold text as well.
    """
    out: set[int] = set()
    is_first = True
    while lines:
        row = [line for line in lines if abs(line.y0 - lines[0].y0) <= _SAME_HEIGHT]
        found = {id(line) for line in row} & no_text
        if is_first or len(found) == len(row):
            out |= found
        is_first = False
        lines = lines[len(row) :]
    return out


def _same(text: str) -> str:
    return _DIGITS.sub("0", text).casefold()


def _stands_still(heights: list[float]) -> bool:
    ordered = sorted(heights)
    return any(second - first <= _SAME_HEIGHT for first, second in pairwise(ordered))


def _at_edge(line: Line, height: float) -> bool:
    return line.y1 < height * _EDGE or line.y0 > height * (1 - _EDGE)
