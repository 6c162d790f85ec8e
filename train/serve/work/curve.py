"""The learning curve as labels come in: what each run of teaching scored, and the curve inside the last one."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ....data.display import counted

_WIDTH, _HEIGHT = 400, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 14, 40  # room for the axes
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)  # between lines of the scale
_MOST_LINES = 6
_NEAREST = 34  # units between two numbers on the axis of sentences
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A score on held-out articles, of a model that learned from so many sentences.

    Parameters
    ----------
    sentences : int
    macro_f1 : float
    interval : (float, float)
        95 %.
    """

    sentences: int
    macro_f1: float
    interval: tuple[float, float]


def learning_curves(states: Sequence[State]) -> list[dict[str, Any]]:
    """Collect what runs of teaching scored, by column.

    Parameters
    ----------
    states : sequence of mapping
        As `train.teach.runs.Run.state` gives them, the oldest first; runs without a result are left out.

    Returns
    -------
    list of dict
        A column each, the one taught last first:

        - ``column``;
        - ``runs``: a list of ``{run, started, sentences, articles, macro_f1, interval, decision}``, the oldest first;
        - ``steps``: the curve inside the last run, a list of ``{sentences, articles, macro_f1, interval}``, perhaps empty;
        - ``verdict``: what it says of more labels, or None;
        - ``change``: what more labels have brought since the first run, in words, or None;
        - ``svg``: both curves as a picture with title and description; ``runs`` and ``steps`` are the table beside it.
    """
    by_column: dict[str, list[State]] = {}
    for state in states:
        if state.get("result"):
            by_column.setdefault(state["column"], []).append(state)
    latest = sorted(by_column.items(), key=lambda item: item[1][-1]["started"], reverse=True)
    return [_of_column(column, of_column) for column, of_column in latest]


def _of_column(column: str, states: Sequence[State]) -> dict[str, Any]:
    last = states[-1]["result"]
    runs = [_of_run(state) for state in states]
    steps = [dict(step) for step in last["curve"]]
    return {
        "column": column,
        "runs": runs,
        "steps": steps,
        "verdict": last["curve_verdict"],
        "change": _change(runs),
        "svg": draw_curves(column, _points(runs), _points(steps)),
    }


def _of_run(state: State) -> dict[str, Any]:
    result = state["result"]
    return {
        "run": state["run"],
        "started": state["started"],
        "sentences": result["sentences"],
        "articles": result["articles"],
        "macro_f1": result["after"]["macro_f1"],
        "interval": list(result["after"]["interval"]),
        "decision": state["decision"],
    }


def _points(rows: Sequence[Mapping[str, Any]]) -> list[Point]:
    return [Point(row["sentences"], row["macro_f1"], (row["interval"][0], row["interval"][1])) for row in rows]


def _change(runs: Sequence[Mapping[str, Any]]) -> str | None:
    if len(runs) < 2 or runs[0]["sentences"] == runs[-1]["sentences"]:
        return None
    first, last = runs[0], runs[-1]
    more = last["sentences"] - first["sentences"]
    points = f"{100 * (last['macro_f1'] - first['macro_f1']):+.1f}".replace("-", "−")
    return (
        f"From {first['sentences']:,} to {last['sentences']:,} sentences ({more:+,}): {points} points of macro F1. Each "
        "score is on the labels of its own run, so part of this may be that other sentences were scored."
    )


def draw_curves(column: str, runs: Sequence[Point], steps: Sequence[Point]) -> str:
    """Draw the scores of runs as a line, and those inside the last run as a dashed one, each with its interval.

    Parameters
    ----------
    column : str
    runs, steps : sequence of Point

    Returns
    -------
    str
        An ``svg`` element that stands in a page: it has no style but the colour of text, and the classes ``runs`` and
        ``steps`` to give colours by.
    """
    scale = _Scale.of([*runs, *steps])
    name = f"curve-{zlib.crc32(column.encode())}"
    described = "; ".join([*_said(runs, "taught with"), *_said(steps, "in the last run, with")])
    return "".join(
        [
            f'<svg class="curve" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{name}-t {name}-d" '
            'fill="none" stroke="currentColor" font-size="12">',
            f'<title id="{name}-t">Learning curve of {escape(column)}</title>',
            f'<desc id="{name}-d">{described}.</desc>',
            *scale.axes(),
            *_line(steps, scale, "steps", ' stroke-dasharray="5 3"'),
            *_line(runs, scale, "runs", ""),
            "</svg>",
        ]
    )


def _said(points: Sequence[Point], how: str) -> Iterator[str]:
    for point in points:
        low, high = point.interval
        yield f"{how} {counted(point.sentences, 'sentence')} {point.macro_f1:.3f} ({low:.3f} to {high:.3f})"


def _line(points: Sequence[Point], scale: "_Scale", name: str, dashes: str) -> Iterator[str]:
    """Draw a line through points, with a bar from end to end of each one's interval."""
    if not points:
        return
    places = [(scale.x(p.sentences), scale.y(p.macro_f1)) for p in points]
    yield f'<g class="{name}">'
    yield f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" stroke-width="2"{dashes}/>'
    for point, (x, y) in zip(points, places, strict=True):
        low, high = (scale.y(end) for end in point.interval)
        yield f'<path d="M{x} {low}V{high}" stroke-opacity="0.45"/>'
        yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="currentColor"/>'
    yield "</g>"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where sentences and scores stand in the picture.

    Parameters
    ----------
    most : int
        Sentences at the right end; 0 is at the left.
    lines : sequence of float
        Scores at which a line is drawn; the first is the lower edge, the last the upper one.
    sentences : sequence of int
        That are written on the axis.
    """

    most: int
    lines: Sequence[float]
    sentences: Sequence[int]

    @classmethod
    def of(cls, points: Sequence[Point]) -> "_Scale":
        """Make room for points and their intervals."""
        low = min((p.interval[0] for p in points), default=0.0)
        high = max((p.interval[1] for p in points), default=1.0)
        fits = (step for step in _STEPS if high // step + 1 - low // step <= _MOST_LINES)
        step = next(fits, _STEPS[-1])
        first, last = round(low // step), max(round(low // step) + 1, round(-(-high // step)))
        most = max([1, *(p.sentences for p in points)])
        written: list[int] = []
        for n in sorted({p.sentences for p in points}, reverse=True):
            if not written or (written[-1] - n) / most * (_WIDTH - _LEFT - _RIGHT) >= _NEAREST:
                written.append(n)
        return cls(most, [round(k * step, 2) for k in range(first, last + 1)], written)

    def x(self, sentences: int) -> float:
        """Place a number of sentences."""
        return round(_LEFT + sentences / self.most * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, score: float) -> float:
        """Place a score."""
        low, high = self.lines[0], self.lines[-1]
        return round(_HEIGHT - _BOTTOM - (score - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM), 1)

    def axes(self) -> Iterator[str]:
        """Draw the lines of scores and write the numbers."""
        for score in self.lines:
            y = self.y(score)
            yield f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke-opacity="0.2"/>'
            yield _text(_LEFT - 6, y + 4, f"{score:.2f}", "end")
        for n in self.sentences:
            yield _text(self.x(n), _HEIGHT - _BOTTOM + 16, f"{n:,}", "end" if n == self.most else "middle")
        yield _text(
            (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, "labelled sentences; macro F1 on held-out articles", "middle"
        )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor" stroke="none">{words}</text>'
