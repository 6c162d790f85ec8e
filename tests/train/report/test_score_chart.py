"""In the figure of scores no mark touches a name, as it is printed for a paper."""

from types import SimpleNamespace

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from sayso.train.report.drawing import chart
from sayso.train.report.sections.scores import score_chart


@pytest.mark.parametrize("n", [2, 4, 8])
def test_marks_stand_clear_of_the_names(n):
    rows = [(f"always the gypsum {i}", SimpleNamespace(interval=(0.1, 0.3), macro_f1=0.2)) for i in range(n)]
    drawn = score_chart(rows, ["always the gypsum 0"])
    height = drawn.height * chart._COLUMN_WIDTH / chart.PAGE_WIDTH * 1.15
    with mpl.rc_context({**chart._PRINTED}):
        figure = Figure(figsize=(chart._COLUMN_WIDTH, height), layout="constrained")
        axes = figure.subplots()
        drawn.draw(axes)
        figure.draw_without_rendering()
        renderer = figure._get_renderer()
        names = [text.get_window_extent(renderer) for text in axes.texts]
        marks = [line.get_window_extent(renderer) for line in axes.lines if len(line.get_xdata()) == 1]
    assert len(names) == len(marks) == n
    gap = figure.dpi / 72  # a point
    tops, bottoms = ([getattr(mark, end) for mark in marks] for end in ("y1", "y0"))
    assert all(name.y0 > top + gap for name, top in zip(names, tops, strict=True))
    assert all(name.y1 < bottom - gap for name, bottom in zip(names[1:], bottoms[:-1], strict=True))
