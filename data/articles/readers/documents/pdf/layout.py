"""Lines and boxes of the pages of a PDF, with their places and sizes, as pdfminer lays them out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BufferedReader
from itertools import count
from typing import Any

_SPACES = re.compile(r"[ \t\xa0\n\r]+")
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNITS = re.compile(r"(?:\b[kcm]?m|CO|H)\Z")  # km², CO₂: what is raised or lowered behind them is no note
_CAP = re.compile(r"[“\"‘'«„]?[A-Z]")
CAP_SIZE = 1.6
"""How many times the size of the text a drop cap has at least."""
_SMALL = 0.8  # of the size of its line: a raised number that small is that of a note
_OVERLAP = 0.25  # of a character's width
_FLAT = 1.6  # points: thinner lines are strokes
_STRUCK = (0.1, 0.5)  # of a character's size above its foot: where a line through it runs; one below it underlines
_RAISED = 0.15  # of the size of its line


@dataclass(slots=True, eq=False)
class Line:
    """A line of text; places count in points from the left and from the foot of the page.

    ``cap`` is a drop cap that it begins with.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    cap: str = ""


@dataclass(slots=True, eq=False)
class Box:
    """Lines that stand together."""

    page: int
    lines: list[Line]

    @property
    def x0(self) -> float:
        """Return how far the box is from the left."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Return where its longest line ends."""
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        """Return how high its first line reaches."""
        return max(line.y1 for line in self.lines)

    @property
    def bottom(self) -> float:
        """Return how low its last line reaches."""
        return min(line.y0 for line in self.lines)

    @property
    def size(self) -> float:
        """Return the size of most of its characters, in points."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: sizes[size])

    @property
    def text(self) -> str:
        """Return its lines with a space between."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Page:
    """A page: its size in points, its boxes in reading order, and whether it shows pictures.

    ``strokes`` has left, right and height of the flat lines by their rounded height; ``printed`` where each character
    stands, by its rounded height.
    """

    number: int
    height: float
    boxes: list[Box] = field(default_factory=list)
    has_pictures: bool = False
    strokes: dict[int, list[tuple[float, float, float]]] = field(default_factory=lambda: defaultdict(list))
    printed: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    n_struck: int = 0
    n_unknown: int = 0
    n_characters: int = 0


def pages(stream: BufferedReader) -> Iterator[Page]:
    """Yield the pages of a PDF; pdfminer's errors pass through."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    _make_steady()
    for number, layout in enumerate(extract_pages(stream, laparams=LAParams(all_texts=True)), 1):
        page = Page(number, layout.height)
        for stroke in _strokes(layout):
            page.strokes[round(stroke[2])].append(stroke)
        _collect(layout, page)
        yield page


@cache
def _make_steady() -> None:
    """Let pdfminer lay out a page in the same order each time, and in little memory however large the page is said to be.

    Of boxes that are equally near to each other it takes those first that lie first in memory, and it divides each page into
    squares of 50 points and keeps, square by square, what lies there.
    """
    from pdfminer import layout, utils

    class Plane(utils.Plane[Any]):
        def __init__(self, bbox: Any, gridsize: int = 50) -> None:
            super().__init__(bbox, max(gridsize, int(max(bbox[2] - bbox[0], bbox[3] - bbox[1]) / _MOST_SQUARES)))

    vars(layout).update(Plane=Plane, id=_numbered)


_MOST_SQUARES = 400  # a side; a page has 17, a large poster 100
_NUMBERS = count()


def _numbered(thing: Any) -> int:
    """Give a thing of a page a number when it is first asked for: the same order in every run, as `id` has not."""
    number: int = vars(thing).setdefault("_number", next(_NUMBERS))
    return number


def _strokes(container: Any) -> Iterator[tuple[float, float, float]]:
    """Yield the flat lines that are drawn: some strike out words."""
    from pdfminer.layout import LTCurve, LTFigure

    for item in container:
        if isinstance(item, LTFigure):
            yield from _strokes(item)
        elif isinstance(item, LTCurve) and item.height < _FLAT < item.width:
            yield item.x0, item.x1, (item.y0 + item.y1) / 2


def _collect(container: Any, page: Page) -> None:
    from pdfminer.layout import LTFigure, LTImage, LTTextBox, LTTextLine

    for item in container:
        if isinstance(item, LTTextBox):
            lines = [made for line in item if isinstance(line, LTTextLine) and (made := _line(line, page))]
            if lines:
                page.boxes.append(Box(page.number, lines))
        elif isinstance(item, LTImage):
            page.has_pictures = True
        elif isinstance(item, LTFigure):
            _collect(item, page)


def _line(line: Any, page: Page) -> Line | None:
    """Return a line without numbers of notes; None for one that stands upright beside the text, or holds nothing."""
    from pdfminer.layout import LTChar

    characters = [item for item in line if isinstance(item, LTChar)]
    size = _size_of_most(characters)
    if size is None or sum(not c.upright for c in characters) * 2 > len(characters):
        return None
    usual = [c for c in characters if round(c.size, 1) == size]
    foot, top = min(c.y0 for c in usual), max(c.y1 for c in usual)
    cap, text = _cap_and_words(line, size, foot, page)
    page.n_characters += len(characters)
    page.n_unknown += len(_UNKNOWN.findall(text))
    text = _SPACES.sub(" ", _UNKNOWN.sub("", text).translate(_LIGATURES)).strip()
    return Line(text, line.x0, foot, line.x1, top, size, cap) if text else None


def _size_of_most(characters: list[Any]) -> float | None:
    """Return the size that most characters have, the larger of two; None where there are but spaces."""
    sizes = Counter(round(c.size, 1) for c in characters if not c.get_text().isspace())
    return max(sizes, key=lambda size: (sizes[size], size), default=None)


def _cap_and_words(line: Any, size: float, foot: float, page: Page) -> tuple[str, str]:
    """Return the drop cap of a line, and its words without numbers of notes and what is struck out."""
    from pdfminer.layout import LTChar

    cap, words = "", ""
    last: Any = None
    for item in line:
        if not isinstance(item, LTChar):  # a space that pdfminer puts between characters
            if _CAP.fullmatch(words) and last.size > CAP_SIZE * size:
                cap, words = words, ""
            else:
                words += item.get_text()
            continue
        is_raised = _is_raised_digit(item, size, foot)
        if is_raised and _UNITS.search(words.rstrip()):
            words = words.rstrip()
        elif _is_printed_twice(item, page) or (is_raised and words.strip()):
            continue
        if _is_struck(item, page):
            page.n_struck += 1
        else:
            last = item
            words += item.get_text()
    return cap, words


def _is_raised_digit(character: Any, size: float, foot: float) -> bool:
    """Tell a small digit that stands above the foot of its line, as the number of a note does."""
    is_raised: bool = character.size <= _SMALL * size and character.y0 >= foot + _RAISED * size
    return is_raised and character.get_text().isdigit()


def _is_printed_twice(character: Any, page: Page) -> bool:
    """Tell a character that was printed over itself, which makes it bold; note all others."""
    words, row = character.get_text(), round(character.y0)
    for near in (row - 1, row, row + 1):
        if any(abs(x0 - character.x0) < _OVERLAP * character.width for x0 in page.printed[words, near]):
            return True
    page.printed[words, row].append(character.x0)
    return False


def _is_struck(character: Any, page: Page) -> bool:
    """Tell a character that a line goes through, above the line that it stands on."""
    foot, middle = character.matrix[5], (character.x0 + character.x1) / 2
    least, most = foot + _STRUCK[0] * character.size, foot + _STRUCK[1] * character.size
    first, last = round(least), round(most)
    if last - first < len(page.strokes):
        near = [page.strokes[row] for row in range(first, last + 1) if row in page.strokes]
    else:  # a damaged file may claim letters as large as a country
        near = [strokes for row, strokes in page.strokes.items() if first <= row <= last]
    return any(least <= y <= most and x0 <= middle <= x1 for strokes in near for x0, x1, y in strokes)
