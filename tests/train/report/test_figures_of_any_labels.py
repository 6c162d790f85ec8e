"""Figures of labels of any length, number and script; and what becomes of a report when one cannot be drawn."""

import warnings
from itertools import combinations
from types import SimpleNamespace

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from sayso.train.measures.curves import LabelCurves
from sayso.train.report import files
from sayso.train.report.drawing import chart, fonts, names
from sayso.train.report.drawing.chart import Chart, Trouble, noting_trouble
from sayso.train.report.files import write_report
from sayso.train.report.sections.curves import Curves
from sayso.train.report.sections.scores import Confusion, Labels, Scores

LONG = "independent assessment by a foreign observer or monitor (2nd wave)"
LENGTHS = {
    "short": ["yes", "no"],
    "sixty letters": [LONG, "official claim of a ministry that nobody else has confirmed yet", "z"],
    "two hundred": ["x" * 200, "W" * 200, "z"],
    "twelve": [f"{n} {LONG}" for n in range(12)],
    "forty": [f"label number {n}" for n in range(40)],
    "formulas": ["$x_{$", "costs $5 to $10", "under 5\\% $ % $", "_a & b%"],
}


def evaluation(labels):
    """Every label is right in two of three sentences, and taken for the next one in the third."""
    n = len(labels)
    same = {"precision": 0.66, "recall": 0.66, "f1": 0.66}
    scores = [SimpleNamespace(label=name, support=100 - i, **same) for i, name in enumerate(labels)]
    confusion = [[2 * (a == b) + ((a + 1) % n == b) for b in range(n)] for a in range(n)]
    return SimpleNamespace(score=SimpleNamespace(labels=scores, confusion=confusion), by_fold=[])


def charts(labels):
    of = evaluation(labels)
    line = (0.5, 0.5, (0.0, 1.0), (1.0, 0.2), (0.0, 1.0), (0.0, 1.0))
    curves = [LabelCurves(x.label, x.support, *line) for x in of.score.labels]
    return {**Labels(of).charts(), **Confusion(of).charts(), **Curves(of, curves).charts()}


def laid_out(drawn):
    """Give the texts of a figure as it is printed, and where they are, and the axes."""
    size = (drawn.width * 3.35 / 5.2, drawn.height * 3.35 / 5.2 * 1.15)
    with mpl.rc_context({**chart._PRINTED}):
        figure = Figure(figsize=size, layout="constrained")
        drawn.draw(figure.subplots())
        figure.draw_without_rendering()
        renderer = figure._get_renderer()
        texts = [t for t in figure.findobj(Text) if t.get_text() not in ("", "−0.2", "1.2", "1.5")]  # ticks beyond the axis
        found = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
        return found, figure.axes[0].get_window_extent(renderer), figure.bbox


@pytest.mark.parametrize("labels", LENGTHS.values(), ids=LENGTHS)
def test_names_fit_the_figure_leave_room_for_the_plot_and_do_not_overlap(labels):
    for name, drawn in charts(labels).items():
        found, plot, whole = laid_out(drawn)
        assert [text for text, box in found if not within(box, whole)] == [], name
        assert plot.width > 0.35 * whole.width, name
        assert plot.height > 0.3 * whole.height, name
        rows = [box for _, box in found if box.x1 < plot.x0 and box.y1 - box.y0 < 0.3 * plot.height]
        below = [box for _, box in found if box.y1 < plot.y0 and not is_aslant(name, labels)]
        assert [pair for beside in (rows, below) for pair in combinations(beside, 2) if shared(*pair) > 1] == [], name


def within(box, whole):
    return min(box.x0, box.y0) > -1 and box.x1 < whole.x1 + 1 and box.y1 < whole.y1 + 1


def is_aslant(name, labels):
    """Names of columns of a small matrix: the boxes around them overlap, they themselves do not."""
    return name == "confusion" and len(labels) < 7


def shared(a, b):
    return max(0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0, min(a.y1, b.y1) - max(a.y0, b.y0))


def test_dollar_signs_and_underscores_stand_as_they_are():
    drawn = charts(LENGTHS["formulas"])
    said = {text for text, _ in laid_out(drawn["by-label"])[0]}
    assert {*LENGTHS["formulas"]} <= said
    assert "_a & b% (AUC 0.50)" in {text for text, _ in laid_out(drawn["roc"])[0]}
    for name in ("by-label", "roc"):
        assert {*drawn[name].printed()} == {"pdf", "png", "svg"}


def test_of_many_labels_the_most_frequent_ones_are_drawn_as_lines():
    labels = LENGTHS["forty"]
    said = [text for text, _ in laid_out(charts(labels)["precision-recall"])[0]]
    assert "the 12 most frequent of 40 labels" in said
    assert [text for text in said if "(AP" in text] == [f"{name} (AP 0.50)" for name in labels[:12]]


def test_a_confusion_matrix_grows_and_leaves_out_zeros():
    drawn = charts(LENGTHS["forty"])["confusion"]
    assert drawn.width > 2 * chart.PAGE_WIDTH * 0.9
    cells = [text for text, _ in laid_out(drawn)[0] if text.isdigit()]
    assert sorted(cells) == ["33"] * 40 + ["67"] * 40


def test_a_confusion_matrix_of_too_many_labels_is_left_out_and_the_page_says_so():
    of = evaluation([f"label {n}" for n in range(41)])
    assert Confusion(of).charts() == {}
    assert Confusion.lacks(of) == {
        "figure of the confusion matrix": "41 labels are too many for a figure; the table has all numbers"
    }
    assert Confusion.lacks(evaluation(LENGTHS["forty"])) == {}


def test_names_are_broken_where_words_end_and_cut_at_last():
    assert names.wrapped("narrative") == "narrative"
    assert names.wrapped("official claim of a ministry that nobody has confirmed") == (
        "official claim of a ministry\nthat nobody has confirm…"
    )
    assert names.wrapped(LONG) == "independent assessment\nby a foreign observer or…"
    assert names.wrapped("claim_of_the_ministry_of_salt_and_fish") == "claim_of_the_ministry_of_\nsalt_and_fish"
    assert all(names.width(line) <= names.ROW for line in names.wrapped("W" * 300).split("\n"))


def test_names_that_come_to_the_same_are_numbered():
    found = names.shown([f"{LONG}, first", "z", f"{LONG}, second"])
    assert [name.rpartition(" ")[2] for name in found] == ["(1)", "z", "(2)"]
    assert len(set(found)) == 3


def broken(_):
    raise ValueError("out of\npaint")


def test_a_figure_that_fails_loses_neither_the_report_nor_the_others(evaluation_of_kinds, monkeypatch, tmp_path):
    result, articles = evaluation_of_kinds
    monkeypatch.setattr(Confusion, "chart", lambda self: Chart("Confusion matrix", "", broken))
    monkeypatch.setattr(Labels, "chart", lambda self: Chart("Scores by label", "", broken))
    sections = [kind(result) for kind in (Scores, Labels, Confusion)]
    monkeypatch.setattr(files, "compute_sections", lambda *_: sections)
    said = []
    write_report(tmp_path / "report", result, articles, "sayso evaluate kind", notice=said.append)
    assert said == [
        "Figure missing: Scores by label could not be drawn (ValueError: out of paint). The tables have its numbers.",
        "Figure missing: Confusion matrix could not be drawn (ValueError: out of paint). The tables have its numbers.",
    ]
    there = {path.name for path in (tmp_path / "report" / "figures").iterdir()}
    assert {"scores.pdf", "scores.svg", "scores.png"} == there
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "<b>figure Confusion matrix</b>: it could not be drawn (ValueError: out of paint)." in page
    assert "This figure could not be drawn: Scores by label. The tables have its numbers." in page
    assert (tmp_path / "report" / "report.json").is_file()


@pytest.fixture
def evaluation_of_kinds(request):
    return request.getfixturevalue("evaluation"), request.getfixturevalue("articles")


def test_letters_that_no_font_has_are_reported_without_warnings():
    drawn = Chart("Names", "", lambda axes: axes.text(0.1, 0.5, "\ue123 says \ue124"))
    with noting_trouble() as trouble, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert {*drawn.printed()} == {"pdf", "png", "svg"}
    assert trouble.boxes == {"\ue123", "\ue124"}
    assert trouble.failed == {}


def test_labels_that_no_font_can_draw_are_named():
    assert [*files._lines_of(Trouble(boxes={"\ue123"}), evaluation(["oats \ue123", "barley"]))] == [
        "No installed font can draw the labels oats \ue123: the files in figures/ show boxes in their place. The tables "
        "have them in full. Install a font that has these characters, such as Noto Sans, and repeat the command."
    ]


@pytest.fixture
def font(tmp_path):
    """Install a font that has one letter of the private use area, U+E125."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for at, to in enumerate([(0, 0), (0, 700), (500, 700), (500, 0)]):
        (pen.lineTo if at else pen.moveTo)(to)
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "oat"])
    made.setupCharacterMap({0xE125: "oat"})
    made.setupGlyf({".notdef": pen.glyph(), "oat": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (600, 0), "oat": (600, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Osk Sans", "styleName": "Regular", "psName": "OskSans-Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(tmp_path / "osk.ttf")
    font_manager.fontManager.addfont(tmp_path / "osk.ttf")
    yield "Osk Sans"
    font_manager.fontManager.ttflist = [f for f in font_manager.fontManager.ttflist if f.name != "Osk Sans"]
    font_manager._findfont_cached.cache_clear() if hasattr(font_manager, "_findfont_cached") else None


def test_an_installed_font_that_has_the_letters_is_used(font):
    assert fonts.fonts_for("oats \ue125 é中"[:8]) == ((font,), frozenset())
    drawn = Chart("Names", "", lambda axes: axes.text(0.1, 0.5, "oats \ue125"))
    with noting_trouble() as trouble:
        printed = drawn.printed()
    assert trouble.boxes == set()
    assert b"OskSans" in printed["pdf"]


def test_latin_greek_cyrillic_and_arabic_need_no_other_font():
    assert fonts.fonts_for("naïve Привет عربي λόγος a\u200db e\u0301") == ((), frozenset())
