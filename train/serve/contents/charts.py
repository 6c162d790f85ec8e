"""Figures of before and after as places on a canvas, which a template draws in the colours of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDTH = 360.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 96.0, 12.0, 8.0, 22.0
_ROW, _APART = 38.0, 7.0  # height of a row, and how far before and after stand from its middle
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class Figure(NamedTuple):
    """A score between 0 and 1 and its interval."""

    value: float
    low: float
    high: float


class Mark(NamedTuple):
    """A score on the canvas: how far across it and the ends of its interval stand, and how far down."""

    x: float
    low: float
    high: float
    y: float


class Row(NamedTuple):
    """A comparison on the canvas."""

    name: str
    y: float
    before: Mark
    after: Mark


@dataclass(frozen=True, slots=True)
class Whiskers:
    """Scores of before and after with their intervals, a row each.

    Parameters
    ----------
    rows : list of Row
    ticks : list of (float, str)
        Lines of the scale: how far across, and what is written there.
    height : float
    width, left : float
        Names stand left of ``left``.
    """

    rows: list[Row]
    ticks: list[tuple[float, str]]
    height: float
    width: float = WIDTH
    left: float = _LEFT


def whiskers(rows: Sequence[tuple[str, Figure, Figure]]) -> Whiskers:
    """Place comparisons on a canvas.

    Parameters
    ----------
    rows : sequence of (str, Figure, Figure)
        Name, before and after.
    """

    def across(value: float) -> float:
        return round(_LEFT + value * (WIDTH - _LEFT - _RIGHT), 1)

    def mark(figure: Figure, y: float) -> Mark:
        return Mark(across(figure.value), across(figure.low), across(figure.high), y)

    drawn = []
    for number, (name, before, after) in enumerate(rows):
        middle = _TOP + (number + 0.5) * _ROW
        drawn.append(Row(name, middle, mark(before, middle - _APART), mark(after, middle + _APART)))
    return Whiskers(drawn, [(across(tick), f"{tick:g}") for tick in _TICKS], _TOP + len(rows) * _ROW + _BOTTOM)
