"""Paragraphs out of the boxes of a PDF: heads, feet and notes of pages out, torn words and paragraphs whole."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ....text.divided_words import between, words_of
from .layout import CAP_SIZE, Box, Line, Page
from .order import in_reading_order, whole_boxes, with_spaced_lines

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|(\[]\s*)?(?:page\s+|p\.\s*|seite\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?(?:\s*[-–—|)\]])?",
    re.I,
)
_CAP = re.compile(r"[“\"‘'«„]?[A-Z]\Z")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[ .)]?\s*\S")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*\Z|[”»]\Z")
_SMALL_LETTER = re.compile(r"[\"'“‘«„(\[–—-]*[^\W\d_A-ZÀ-ÖØ-Þ]")
_EDGE = 0.2  # of a page's height at its head and its foot: what stands in the same place on two pages is no text
_NUMBER_EDGE = 0.12  # of a page's height
_ONE_LETTER_WORDS = ("A", "I", "O")
_NOTE_SIZE = 0.92  # of the size of most of the text: that of notes is smaller
_NOTE_EDGE = 0.45  # of a page's height, from its foot
_INDENT = (0.6, 4.0)  # times the size of a line: that far a paragraph's first line is set in
_SHORT = 0.85  # of the width of a box: a line that short, with its sentence ended, may end a paragraph
_SAME_HEIGHT = 3.0  # points


@dataclass(frozen=True, slots=True)
class PdfText:
    """Paragraphs, and what was left out beside heads and feet."""

    paragraphs: list[str]
    n_notes: int


def pdf_paragraphs(pages: Sequence[Page]) -> PdfText:
    """Return the paragraphs of pages whose boxes are in reading order; the pages' boxes are used up."""
    heights = {page.number: page.height for page in pages}
    boxes = _without_heads_and_feet([box for page in pages for box in page.boxes], heights)
    body = _size_of_most(boxes)
    by_page = [_with_drop_caps(whole_boxes([box for box in boxes if box.page == page.number])) for page in pages]
    boxes = [box for on_page in by_page for box in with_spaced_lines(in_reading_order(on_page))]
    kept = [box for box in boxes if not _is_note(box, body, heights[box.page])]
    words = cache(lambda: words_of("\n".join(line.text for box in kept for line in box.lines)))
    pieces = [piece for box in kept for piece in _split(box)]
    texts = [_joined([_with_cap(line, words) for line in piece], words) for piece in pieces]
    return PdfText(_run_on(texts, words), len(boxes) - len(kept))


def _without_heads_and_feet(boxes: list[Box], heights: dict[int, float]) -> list[Box]:
    """Take out, line by line, page numbers, and words that stand in the same place on two pages."""
    places: dict[tuple[str, bool], dict[int, float]] = defaultdict(dict)
    for box in boxes:
        for line in box.lines:
            if _at_edge(line, heights[box.page], _EDGE):
                places[_same(line.text), line.y0 * 2 > heights[box.page]][box.page] = line.y0
    repeated = {key for key, at in places.items() if len(at) > 1 and _stands_still(list(at.values()))}

    def is_text(box: Box, line: Line) -> bool:
        height = heights[box.page]
        if _PAGE_NUMBER.fullmatch(line.text) and _at_edge(line, height, _NUMBER_EDGE):
            return False
        return not (_at_edge(line, height, _EDGE) and (_same(line.text), line.y0 * 2 > height) in repeated)

    kept = [Box(box.page, [line for line in box.lines if is_text(box, line)]) for box in boxes]
    return [box for box in kept if box.lines]


def _same(text: str) -> str:
    return _DIGITS.sub("0", text).casefold()


def _stands_still(heights: list[float]) -> bool:
    ordered = sorted(heights)
    return any(second - first <= _SAME_HEIGHT for first, second in pairwise(ordered))


def _at_edge(line: Line, height: float, share: float) -> bool:
    return line.y1 < height * share or line.y0 > height * (1 - share)


def _size_of_most(boxes: list[Box]) -> float:
    sizes: Counter[float] = Counter()
    for box in boxes:
        for line in box.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _with_drop_caps(boxes: list[Box]) -> list[Box]:
    """Find the line that each large first letter begins."""
    left = list(boxes)
    for cap in [box for box in boxes if len(box.lines) == 1 and _CAP.match(box.lines[0].text)]:
        followers = [box for box in left if box is not cap and _follows(cap, box)]
        if followers:
            first = min(followers, key=lambda box: (box.x0 - cap.x0, cap.top - box.top)).lines[0]
            first.cap = cap.lines[0].text
            left = [box for box in left if box is not cap]
    for lines in (box.lines for box in left if len(box.lines) > 1):
        if _CAP.match(lines[0].text) and lines[0].size > CAP_SIZE * lines[1].size:
            lines[1].cap = lines[0].text
            del lines[0]
    return left


def _with_cap(line: Line, words: Callable[[], frozenset[str]]) -> str:
    """Return a line with its drop cap, which may be a word: *A man*, but *After*."""
    is_word = (
        line.cap[-1:] in _ONE_LETTER_WORDS
        and not between(f"{line.cap[-1:]}-", line.text, lambda: words() | {line.cap[-1:].lower()})[0]
    )
    return line.cap + (" " if line.cap and is_word else "") + line.text


def _follows(cap: Box, box: Box) -> bool:
    """Tell whether a box begins beside a drop cap."""
    line, letter = box.lines[0], cap.lines[0]
    beside = box.page == cap.page and line.y1 > letter.y0 and line.y0 < letter.y1
    return beside and letter.size > CAP_SIZE * line.size and -2 <= line.x0 - letter.x1 < 2 * letter.size


def _is_note(box: Box, body: float, height: float) -> bool:
    """Tell a note at a page's foot."""
    return box.top < height * _NOTE_EDGE and box.size <= _NOTE_SIZE * body and bool(_NOTE.match(box.lines[0].text))


def _split(box: Box) -> list[list[Line]]:
    """Part a box into paragraphs: where a line is set in, or the line before ends early with its sentence."""
    pieces: list[list[Line]] = []
    left, width = box.x0, box.x1 - box.x0
    before: Line | None = None
    for line in box.lines:
        starts = before is None or _starts(line, before, left, width)
        if starts:
            pieces.append([line])
        else:
            pieces[-1].append(line)
        before = line
    return pieces


def _starts(line: Line, before: Line, left: float, width: float) -> bool:
    if abs(line.size - before.size) > 0.15 * max(line.size, before.size):
        return True
    if not _ENDED.search(before.text) or (_begins_small(line.text) and not line.cap):
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


def _run_on(texts: list[str], words: Callable[[], frozenset[str]]) -> list[str]:
    """Join a paragraph that goes on in the next column or page, over a heading or a caption between if need be."""
    paragraphs: list[str] = []
    for text in texts:
        open_ones = [n for n in (len(paragraphs) - 1, len(paragraphs) - 2) if n >= 0 and not _ENDED.search(paragraphs[n])]
        if open_ones and _begins_small(text):
            n = next((n for n in open_ones if paragraphs[n][-1:] in "-,;" or n == len(paragraphs) - 1), open_ones[0])
            paragraphs[n] = _joined([paragraphs[n], text], words)
        else:
            paragraphs.append(text)
    return paragraphs
