"""Heads and feet of pages: page numbers, and words that stand in the same place on two pages."""

import re
from collections import defaultdict
from collections.abc import Iterable
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
    edges = _edges(boxes, heights)
    repeated = _repeated(edges)
    out: set[int] = set()
    for (_, is_head), lines in edges.items():
        no_text = {
            id(line) for line in lines if _PAGE_NUMBER.fullmatch(line.text) or (_same(line.text), is_head) in repeated
        }
        out |= _outermost(sorted(lines, key=lambda line: line.y0, reverse=is_head), no_text)
    kept = [Box(box.page, [line for line in box.lines if id(line) not in out]) for box in boxes]
    return [box for box in kept if box.lines]


def _edges(boxes: list[Box], heights: dict[int, float]) -> dict[tuple[int, bool], list[Line]]:
    """Return the lines at the head and at the foot of each page, by page and whether it is the head."""
    edges: dict[tuple[int, bool], list[Line]] = defaultdict(list)
    for box in boxes:
        height = heights[box.page]
        for line in box.lines:
            if _at_edge(line, height):
                edges[box.page, line.y0 * 2 > height].append(line)
    return edges


def _repeated(edges: dict[tuple[int, bool], list[Line]]) -> set[tuple[str, bool]]:
    """Return the words that stand in the same place on two pages, and whether at the head."""
    heights: dict[tuple[str, bool], dict[int, float]] = defaultdict(dict)
    for (page, is_head), lines in edges.items():
        for line in lines:
            heights[_same(line.text), is_head][page] = line.y0
    return {words for words, by_page in heights.items() if _stands_still(by_page.values())}


def _outermost(lines: list[Line], no_text: set[int]) -> set[int]:
    """Return what is no text of lines that come from the page's edge inwards.

    Words of columns, too, stand in the same place on two pages by chance: only the outermost row may hold text as well.
    """
    out: set[int] = set()
    is_first = True
    while lines:
        row = [line for line in lines if abs(line.y0 - lines[0].y0) <= _SAME_HEIGHT]
        no_text_in_row = {id(line) for line in row} & no_text
        if is_first or len(no_text_in_row) == len(row):
            out |= no_text_in_row
        is_first = False
        lines = lines[len(row) :]
    return out


def _same(text: str) -> str:
    return _DIGITS.sub("0", text).casefold()


def _stands_still(heights: Iterable[float]) -> bool:
    """Tell whether two of these heights are the same."""
    return any(second - first <= _SAME_HEIGHT for first, second in pairwise(sorted(heights)))


def _at_edge(line: Line, height: float) -> bool:
    return line.y1 < height * _EDGE or line.y0 > height * (1 - _EDGE)
