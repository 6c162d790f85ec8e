"""Reading order of the boxes of a page, and lines that wide spaces tore apart."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from .layout import Box, Line

_GUTTER = 3.0  # points between columns at least
_SAME_ROW = 0.3  # of a line's size
_SAME_SIZE = 0.1  # of a line's size
_NOTE_SIZE = 0.8  # of the size of its box: a number that small, in a row of its own, is that of a note
_EDGE = 1.0  # points
_FEWEST_SPACED = 6  # boxes of a page before it can be called double-spaced
_SPACED = 0.6  # of its boxes have a line each, and the same space between
_WIDEST_SPACING = 3.5  # times the size of a line
_FULL = 0.6  # of the width of the text: shorter lines end a paragraph
_MOST_ROWS = 40  # in which columns are looked for together; a page of more is a table
_TEXT_LINES = 3  # of a paragraph; a cell has fewer


def whole_boxes(boxes: list[Box]) -> list[Box]:
    """Put pieces of justified lines back into the paragraph that they stand in."""
    left = list(boxes)
    for box in sorted(boxes, key=lambda b: -len(b.lines)):
        pieces = [other for other in left if other is not box and _is_inside(other, box)] if box in left else []
        box.lines += [line for piece in pieces for line in piece.lines]
        left = [other for other in left if other not in pieces]
    for box in left:
        box.lines = _rows(_without_note_numbers(box))
    return left


def _without_note_numbers(box: Box) -> list[Line]:
    """Return the lines of a box but for small numbers; all of them where it holds nothing else."""
    least = _NOTE_SIZE * box.size
    return [line for line in box.lines if line.size > least or not line.text.isdigit()] or box.lines


def _is_inside(piece: Box, box: Box) -> bool:
    """Tell whether a box stands within another, in one row with a line of it, and in its size."""
    if abs(piece.size - box.size) > _SAME_SIZE * box.size or len(piece.lines) > 1:
        return False
    line = piece.lines[0]
    has_row = any(abs(other.y0 - line.y0) < _SAME_ROW * line.size for other in box.lines)
    return has_row and box.x0 - _EDGE <= piece.x0 and piece.x1 <= box.x1 + _EDGE


def _rows(lines: list[Line]) -> list[Line]:
    """Join the lines that stand in one row."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda one: (-one.y0, one.x0)):
        last = rows[-1] if rows else None
        if last and abs(last.y0 - line.y0) < _SAME_ROW * line.size and abs(last.size - line.size) < _SAME_SIZE * line.size:
            first, second = sorted((last, line), key=lambda one: one.x0)
            rows[-1] = Line(f"{first.text} {second.text}", first.x0, last.y0, second.x1, last.y1, last.size, first.cap)
        else:
            rows.append(line)
    return rows


def with_spaced_lines(boxes: list[Box]) -> list[Box]:
    """Put the lines of a page with double spacing into boxes; there each line is a box of its own.

    Boxes are in reading order.
    """
    alone = sum(len(box.lines) == 1 for box in boxes)
    steps = Counter(round(above.bottom - below.bottom) for above, below in pairwise(boxes) if _is_below(below, above))
    if len(boxes) < _FEWEST_SPACED or alone < _SPACED * len(boxes) or not steps:
        return boxes
    step, n_steps = steps.most_common(1)[0]
    if n_steps < _SPACED * len(boxes) or step > _WIDEST_SPACING * boxes[0].size:
        return boxes
    width = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    merged = [Box(boxes[0].page, list(boxes[0].lines))]
    for above, below in pairwise(boxes):
        is_next = _is_below(below, above) and above.bottom - below.bottom < step * 1.15
        if is_next and above.x1 - above.x0 > _FULL * width:
            merged[-1].lines += below.lines
        else:
            merged.append(Box(below.page, list(below.lines)))
    return merged


def _is_below(box: Box, above: Box) -> bool:
    is_near = box.x0 < above.x1 and above.x0 < box.x1 and box.top <= above.bottom + _EDGE
    return is_near and abs(box.size - above.size) < _SAME_SIZE * above.size


def in_reading_order(boxes: list[Box]) -> list[Box]:
    """Return boxes column by column, from what stands above the columns to what stands below them.

    Where nothing parts them they stay in the order that they come in.
    """
    if len(boxes) < 2:
        return boxes
    columns = _columns(boxes)
    rows = _parted(boxes, lambda box: (-box.top, -box.bottom), 0.0)
    if len(columns) > 1 and (_are_text(columns) or len(rows) == 1):
        return [box for column in columns for box in in_reading_order(column)]
    if len(rows) == 1:
        return boxes
    return [box for block in _blocks(rows) for box in in_reading_order(block)]


def _blocks(rows: list[list[Box]]) -> Iterator[list[Box]]:
    """Yield the boxes of rows from above to below, those of rows with the same columns together."""
    last = len(rows) if any(_has_columns([row]) for row in rows) else 0
    at = 0
    while at < len(rows):
        end = next((n for n in range(min(last, at + _MOST_ROWS), at + 1, -1) if _has_columns(rows[at:n])), at + 1)
        yield [box for row in rows[at:end] for box in row]
        at = end


def _has_columns(rows: list[list[Box]]) -> bool:
    columns = _columns([box for row in rows for box in row])
    return len(columns) > 1 and _are_text(columns)


def _columns(boxes: list[Box]) -> list[list[Box]]:
    return _parted(boxes, lambda box: (box.x0, box.x1), _GUTTER)


def _are_text(columns: list[list[Box]]) -> bool:
    """Tell columns of text from those of a table, which is read row by row."""
    return all(any(len(box.lines) >= _TEXT_LINES for box in column) for column in columns)


def _parted(boxes: list[Box], extent: Callable[[Box], tuple[float, float]], gap: float) -> list[list[Box]]:
    """Part boxes where a gap runs through all of them, in the order of their extents."""
    groups: list[list[Box]] = []
    reach = float("-inf")
    order = {id(box): n for n, box in enumerate(boxes)}
    for box in sorted(boxes, key=extent):
        start, end = extent(box)
        if not groups or start - reach > gap:
            groups.append([])
        groups[-1].append(box)
        reach = max(reach, end)
    return [sorted(group, key=lambda box: order[id(box)]) for group in groups]
