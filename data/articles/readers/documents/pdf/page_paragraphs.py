"""Paragraphs out of the boxes of a PDF: heads, feet and notes of pages out, torn words and paragraphs whole."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ....text.divided_words import between, words_of
from ..paragraphs import Headings
from .layout import CAP_SIZE, Box, Line, Page
from .margins import without_heads_and_feet
from .order import in_reading_order, whole_boxes, with_spaced_lines

_CAP = re.compile(r"[“\"‘'«„]?[A-Z]\Z")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[ .)]?\s*\S")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*\Z|[”»]\Z")
_SMALL_LETTER = re.compile(r"[\"'“‘«„(\[–—-]*[^\W\d_A-ZÀ-ÖØ-Þ]")
_ONE_LETTER_WORDS = ("A", "I", "O")
_NOTE_SIZE = 0.92  # of the size of most of the text: that of notes is smaller
_NOTE_EDGE = 0.45  # of a page's height, from its foot
_HEADLINE_SIZE = 1.4  # times the size of most of the text
_HEADLINE_WORDS = 3
_INDENT = (0.6, 4.0)  # times the size of a line: that far a paragraph's first line is set in
_SHORT = 0.85  # of the width of a box: a line that short, with its sentence ended, may end a paragraph


@dataclass(frozen=True, slots=True)
class PdfText:
    """Paragraphs, and what was left out beside heads and feet."""

    paragraphs: list[str]
    n_notes: int
    n_headlines: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of a paragraph that stand in one box, the box's page and where its longest line ends."""

    page: int
    lines: list[Line]
    x1: float


def pdf_paragraphs(pages: Sequence[Page]) -> PdfText:
    """Return the paragraphs of pages whose boxes are in reading order; the pages' boxes are used up."""
    heights = {page.number: page.height for page in pages}
    boxes = without_heads_and_feet([box for page in pages for box in page.boxes], heights)
    body = _size_of_most(boxes)
    by_page = [_with_drop_caps(whole_boxes([box for box in boxes if box.page == page.number])) for page in pages]
    boxes = [box for on_page in by_page for box in with_spaced_lines(in_reading_order(on_page))]
    kept = [box for box in boxes if not _is_note(box, body, heights[box.page])]
    words = cache(lambda: words_of("\n".join(line.text for box in kept for line in box.lines)))
    pieces = [piece for box in kept for piece in _split(box)]
    return PdfText(_run_on(pieces, words), len(boxes) - len(kept), _count_headlines(pieces, body))


def _count_headlines(pieces: list[_Piece], body: float) -> int:
    """Count the large lines that a story follows."""
    headings = Headings()
    for piece in pieces:
        text = " ".join(line.text for line in piece.lines)
        is_large = piece.lines[0].size >= _HEADLINE_SIZE * body and len(text.split()) >= _HEADLINE_WORDS
        headings.note(text, is_large)
    return headings.n_stories


def _size_of_most(boxes: list[Box]) -> float:
    sizes: Counter[float] = Counter()
    for box in boxes:
        for line in box.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _with_drop_caps(boxes: list[Box]) -> list[Box]:
    """Give each large first letter of a page to the line that it begins."""
    left = list(boxes)
    for cap in filter(_is_cap, boxes):
        beside = [line for box in left for line in box.lines if _follows(cap, line)]
        if beside:
            max(beside, key=lambda line: line.y1).cap = cap.lines[0].text
            left.remove(cap)
    for box in left:
        _join_first_letter(box.lines)
    return left


def _is_cap(box: Box) -> bool:
    return len(box.lines) == 1 and _CAP.match(box.lines[0].text) is not None


def _join_first_letter(lines: list[Line]) -> None:
    """Give a large letter that is the first line of a box to the second."""
    if len(lines) > 1 and _CAP.match(lines[0].text) and lines[0].size > CAP_SIZE * lines[1].size:
        lines[1].cap = lines[0].text
        del lines[0]


def _with_cap(line: Line, words: Callable[[], frozenset[str]]) -> str:
    """Return a line with its drop cap, which may be a word: *A man*, but *After*."""
    is_word = (
        line.cap[-1:] in _ONE_LETTER_WORDS
        and not between(f"{line.cap[-1:]}-", line.text, lambda: words() | {line.cap[-1:].lower()})[0]
    )
    return line.cap + (" " if line.cap and is_word else "") + line.text


def _follows(cap: Box, line: Line) -> bool:
    """Tell whether a line stands beside a drop cap."""
    letter = cap.lines[0]
    beside = line.y1 > letter.y0 and line.y0 < letter.y1
    return beside and letter.size > CAP_SIZE * line.size and -2 <= line.x0 - letter.x1 < 2 * letter.size


def _is_note(box: Box, body: float, height: float) -> bool:
    """Tell a note at a page's foot."""
    return box.top < height * _NOTE_EDGE and box.size <= _NOTE_SIZE * body and bool(_NOTE.match(box.lines[0].text))


def _split(box: Box) -> list[_Piece]:
    """Part a box into paragraphs: where a line is set in, or the line before ends early with its sentence."""
    pieces: list[_Piece] = []
    left, right = box.x0, box.x1
    before: Line | None = None
    for line in box.lines:
        if before is None or _starts(line, before, left, right - left):
            pieces.append(_Piece(box.page, [line], right))
        else:
            pieces[-1].lines.append(line)
        before = line
    return pieces


def _starts(line: Line, before: Line, left: float, width: float) -> bool:
    if line.cap or abs(line.size - before.size) > 0.15 * max(line.size, before.size):
        return True
    if not _ENDED.search(before.text) or _begins_small(line.text):
        return False
    least, most = (_INDENT[0] * line.size, _INDENT[1] * line.size)
    return least < line.x0 - left < most or before.x1 - left < _SHORT * width


def _begins_small(text: str) -> bool:
    return _SMALL_LETTER.match(text) is not None


def _joined(parts: Sequence[str], words: Callable[[], frozenset[str]]) -> str:
    """Join lines by spaces, divided words without."""
    text = parts[0]
    for part in parts[1:]:
        cut, join = between(text, part, words) if text[-1] in "-‐\u00ad" else (0, " ")
        text = text[: len(text) - cut] + join + part
    return text


def _run_on(pieces: list[_Piece], words: Callable[[], frozenset[str]]) -> list[str]:
    """Join a paragraph that goes on in the next column or page, over a heading or a caption between if need be."""
    paragraphs: list[str] = []
    last: _Piece | None = None
    for piece in pieces:
        text = _joined([_with_cap(line, words) for line in piece.lines], words)
        n = _open_paragraph(paragraphs)
        is_last = n == len(paragraphs) - 1
        if n is not None and (_begins_small(text) or (is_last and last and _goes_on(last, piece))):
            paragraphs[n] = _joined([paragraphs[n], text], words)
        else:
            paragraphs.append(text)
        last = piece
    return paragraphs


def _open_paragraph(paragraphs: list[str]) -> int | None:
    """Return which paragraph may go on: the last, or else the one before it, unless their sentences have ended."""
    last = len(paragraphs) - 1
    return next((n for n in (last, last - 1) if n >= 0 and not _ENDED.search(paragraphs[n])), None)


def _goes_on(above: _Piece, below: _Piece) -> bool:
    """Tell a paragraph whose last line is full, and that goes on at the head of another column or page."""
    last, first = above.lines[-1], below.lines[0]
    is_elsewhere = below.page != above.page or first.y0 > last.y0
    is_same = abs(first.size - last.size) < 0.05 * last.size and not first.cap
    return is_elsewhere and is_same and len(above.lines) > 1 and last.x1 > above.x1 - 2 * last.size
