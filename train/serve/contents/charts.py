"""Charts as places on a canvas, which templates draw as SVG in the colours of the page; each has its figures in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

WIDTH, HEIGHT = 360.0, 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 12.0, 10.0, 34.0
_ROW, _NAME = 34.0, 110.0  # of whiskers: the height of a row, and the room for its name


class Tick(NamedTuple):
    """A line of the grid: where it stands, and what is written beside it."""

    at: float
    label: str


class Point(NamedTuple):
    """A figure with its interval, which may be missing: ``x`` and ``y`` in the units of the data."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


class Mark(NamedTuple):
    """A figure on the canvas, and the ends of its interval."""

    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through figures, with a band of intervals.

    Parameters
    ----------
    marks : list of Mark
    line, band : str
        Points as SVG wants them: ``x,y x,y``; the band is empty where a figure has no interval.
    across, up : list of Tick
    """

    marks: list[Mark]
    line: str
    band: str
    across: list[Tick]
    up: list[Tick]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    top: float = _TOP
    bottom: float = HEIGHT - _BOTTOM


def curve(points: Sequence[Point], *, most: float | None = 1.0) -> Curve:
    """Draw figures as a curve.

    Parameters
    ----------
    points : sequence of Point
        In order of ``x``; at least one.
    most : float, optional
        The upper end of the scale, which begins at 0; by default 1, as of shares and scores; None: what the figures need.
    """
    most_x = max(max(p.x for p in points), 1.0)
    most_y = most if most is not None else max(max(p.y for p in points), 1.0)

    def x_of(value: float) -> float:
        return round(_LEFT + value / most_x * (WIDTH - _LEFT - _RIGHT), 1)

    def y_of(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value / most_y * (HEIGHT - _TOP - _BOTTOM), 1)

    marks = [
        Mark(x_of(p.x), y_of(p.y), None if p.low is None else y_of(p.low), None if p.high is None else y_of(p.high))
        for p in points
    ]
    has_band = len(marks) > 1 and all(m.low is not None and m.high is not None for m in marks)
    edge = [(m.x, m.high) for m in marks] + [(m.x, m.low) for m in reversed(marks)] if has_band else []
    return Curve(
        marks,
        " ".join(f"{m.x},{m.y}" for m in marks),
        " ".join(f"{x},{y}" for x, y in edge),
        [Tick(x_of(value), f"{value:,.0f}") for value in steps(most_x)],
        [Tick(y_of(value), _plain(value)) for value in steps(most_y)],
    )


def steps(most: float) -> list[float]:
    """Give round values from 0 to a value, three to six of them.

    >>> steps(130)
    [0.0, 50.0, 100.0]
    """
    size = 10.0 ** floor(log10(most))
    step = next(size * part for part in (0.1, 0.2, 0.5, 1.0) if most / (size * part) <= 5)
    return [round(n * step, 6) for n in range(floor(most / step + 1e-9) + 1)]


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == ceil(value) and value > 1 else f"{value:.1f}".replace(".0", "")


class Whisker(NamedTuple):
    """A row of a comparison: its name, and what each side comes to."""

    name: str
    before: Point | None
    after: Point | None


@dataclass(frozen=True, slots=True)
class Whiskers:
    """Figures of before and after with their intervals, a row each.

    Parameters
    ----------
    rows : list of (str, float, Mark or None, Mark or None)
        Name, height, before and after; ``x``, ``low`` and ``high`` of a mark lie across.
    across : list of Tick
    height : float
    """

    rows: list[tuple[str, float, Mark | None, Mark | None]]
    across: list[Tick]
    height: float
    width: float = WIDTH
    left: float = _NAME


def whiskers(rows: Sequence[Whisker]) -> Whiskers:
    """Draw comparisons of scores between 0 and 1; ``y`` of each point is the score."""

    def x_of(value: float) -> float:
        return round(_NAME + min(max(value, 0.0), 1.0) * (WIDTH - _NAME - _RIGHT), 1)

    def mark(point: Point | None, y: float) -> Mark | None:
        if point is None:
            return None
        low, high = (None if end is None else x_of(end) for end in (point.low, point.high))
        return Mark(x_of(point.y), y, low, high)

    drawn = []
    for number, row in enumerate(rows):
        middle = _TOP + number * _ROW + _ROW / 2
        drawn.append((row.name, middle, mark(row.before, middle - 6), mark(row.after, middle + 6)))
    return Whiskers(drawn, [Tick(x_of(v), _plain(v)) for v in steps(1.0)], _TOP + len(rows) * _ROW + 22)
