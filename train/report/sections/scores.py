"""The scores themselves: side by side, by label, by fold, and what was taken for what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ....data.display import Table
from ...evaluation.result import Evaluation
from ...measures.scores import DRAWS, Score
from ..drawing.chart import INK, MUTED, PAGE_WIDTH, SERIES, Chart, legend_below
from ..drawing.names import shown
from ..printed import COUNT, INTERVAL, SCORE, TEXT, PrintedTable, Sort
from .section import GIVEN_MODEL, Section, count, f3, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_RANGE = "F1, lowest to highest fold"
_WHOLE_LINE = 28.0  # ems of a name that has a line of its own
_STEEP = 24  # letters of a column's name that would take too much room aslant
_ROW, _ABOVE, _MARK = 0.53, 0.45, 9  # inches of a row; of which the name stands above its mark; points of the mark
_ROWS = 40
"""Labels in a chart with a row for each; of more, the most frequent ones are shown."""
_MATRIX = 40
"""Labels of a confusion matrix that can be read as a figure."""
_MANY, _WIDE = 7, 8  # labels of a confusion matrix with small cells, and of one with small names, that can be wider
_TWO_LINES = 5  # labels of a confusion matrix that leave room for two lines of a column's name
_DARK = 0.55  # share from which a cell is so blue that its number is white


class Scores(Section[Evaluation]):
    """The model beside what it has to be better than."""

    name = "scores"
    title = "Scores"
    heading = "Scores side by side"
    macro = "scores"
    terminal = 1

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the comparisons that the data does not allow."""
        lacking = {}
        if evaluation.human is None:
            column = f"second_{evaluation.column}"
            reason = f"the data has no labels by a second person (in a column {column!r}, or --second COLUMN)"
            lacking["human agreement"] = reason
        if "rule" not in evaluation.baselines:
            lacking["rules"] = "there are no hand-written rules for this column"
        return lacking

    def rows(self) -> Iterator[tuple[str, Score]]:
        """Give the scores that belong side by side, with their names."""
        yield from self._evaluation._side_by_side()

    def chart(self) -> Chart:
        """Draw the scores one above the other, each with its interval."""
        return score_chart(list(self.rows()), ["the model"])

    def charts(self) -> Mapping[str, Chart]:
        """Give the scores one above the other."""
        return {"scores": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the scores as one table."""
        ((title, _),) = self.tables()
        columns = {"labels by": TEXT, "macro F1": SCORE, "95 % interval": INTERVAL, "accuracy": SCORE}
        rows = [(name, score.macro_f1, score.interval, score.accuracy) for name, score in self.rows()]
        draws = f"Intervals: middle 95 % of {DRAWS:,} draws of whole articles."
        yield PrintedTable("scores", f"Scores of {title}. {draws}", [*columns.items()], rows)

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give the scores as one table; its title says what was scored, on what."""
        of = self._evaluation
        what = f"{of.folds} folds over {of.parted}" if of.folds else "a given model"
        if of.repeats and of.repeats > 1:
            what += f", {of.repeats} times"
        where = "" if of.alone else f" in {of.articles:,} articles"
        title = f"{of.task}: {what}, {of.sentences:,} sentences{where}"
        rows = [(name, f3(score.macro_f1), span(score.interval), f3(score.accuracy)) for name, score in self.rows()]
        yield title, (("", "macro F1", "95 % interval", "accuracy"), list(rows))

    @property
    def neighbours(self) -> str:
        """What folds over sentences learn from and folds over articles, or similar sentences, do not."""
        return "sentences similar to" if self._evaluation.alone else "neighbours of"

    @property
    def remark(self) -> str:
        """What to think of folds over sentences."""
        random_folds = self._evaluation.random_folds
        if random_folds is None:
            return ""
        gap = random_folds.macro_f1 - self._evaluation.score.macro_f1
        return (
            f"With folds over single sentences, macro F1 differs by {gap:+.3f}. They train on {self.neighbours} the tested "
            "sentences, so their score says nothing about new articles."
        )


class Labels(Section[Evaluation]):
    """Precision, recall and F1 of each label."""

    name = "labels"
    title = "By label"
    macro = "labels"
    terminal = 4

    def f1_of_folds(self, label: str) -> list[float]:
        """Give the label's F1 in each fold that has it."""
        return [fold.labels[label] for fold in self._evaluation.by_fold if label in fold.labels]

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give one table, a row a label."""
        labels = self._evaluation.score.labels
        rows = [(x.label, f3(x.precision), f3(x.recall), f3(x.f1), count(x.support)) for x in labels]
        yield "by label", (("label", "precision", "recall", "F1", "sentences"), list(rows))

    def chart(self) -> Chart:
        """Draw precision, recall and F1 of each label; a line from its lowest to its highest F1 in a fold."""
        every = self._evaluation.score.labels
        labels = sorted(every, key=lambda x: -x.support)[:_ROWS] if len(every) > _ROWS else every
        names = shown([label.label for label in labels])
        some = f"; the {_ROWS} most frequent of {len(every)} labels" if len(every) > _ROWS else ""

        def draw(axes: "Axes") -> None:
            for n, (name, mark, off) in enumerate((("precision", ">", -0.22), ("recall", "<", 0.22), ("F1", "o", 0.0))):
                values = [getattr(label, name.lower()) for label in labels]
                places = [place + off for place in range(len(labels))]  # apart, where all three are nearly the same
                axes.plot(values, places, mark, color=SERIES[n], fillstyle="none" if off else "full", label=name)
            if found := [(place, of) for place, x in enumerate(labels) if (of := self.f1_of_folds(x.label))]:
                rows, of_folds = zip(*found, strict=True)
                ends = [*map(min, of_folds)], [*map(max, of_folds)]
                axes.hlines(rows, *ends, color=MUTED, alpha=0.4, linewidth=4, zorder=1, label=_RANGE)
            axes.set_yticks(range(len(labels)), names)
            axes.set(xlim=(-0.02, 1.02), ylim=(len(labels) - 0.5, -0.5), xlabel=f"score (0 to 1){some}")
            legend_below(axes)

        described = "; ".join(f"{label.label} F1 {label.f1:.3f}" for label in labels) + some
        row = 0.44 if any("\n" in name for name in names) else 0.36 if len(labels) <= _WIDE else 0.28
        return Chart("Scores by label", described, draw, 1.7 + row * len(labels))

    def charts(self) -> Mapping[str, Chart]:
        """Give the scores of each label."""
        return {"by-label": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give one table, a row a label."""
        columns: dict[str, Sort] = {"label": TEXT, "sentences": COUNT, "precision": SCORE, "recall": SCORE, "F1": SCORE}
        rows: list[tuple[object, ...]] = [
            (x.label, x.support, x.precision, x.recall, x.f1) for x in self._evaluation.score.labels
        ]
        caption = "Precision, recall and F1 of each label."
        if self._evaluation.by_fold:
            columns |= {"lowest F1": SCORE, "highest F1": SCORE}
            found = [self.f1_of_folds(str(row[0])) for row in rows]
            rows = [(*row, *((min(of), max(of)) if of else (None, None))) for row, of in zip(rows, found, strict=True)]
            caption += " Lowest and highest F1 of any fold."
        yield PrintedTable("by-label", caption, [*columns.items()], rows)


class Folds(Section[Evaluation]):
    """The scores of each fold."""

    name = "folds"
    title = "By fold"
    macro = "folds"
    terminal = 3

    @classmethod
    def applies(cls, evaluation: Evaluation) -> bool:
        """Tell whether there were folds."""
        return bool(evaluation.by_fold)

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the folds over articles, and those over sentences."""
        return dict.fromkeys(("folds", "random folds"), GIVEN_MODEL) if evaluation.folds is None else {}

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give one table, a row a fold."""
        rows = [
            (str(fold.repeat + 1), str(fold.fold + 1), count(fold.sentences), f3(fold.macro_f1), f3(fold.accuracy))
            for fold in self._evaluation.by_fold
        ]
        yield "by fold", (("repeat", "fold", "sentences", "macro F1", "accuracy"), list(rows))

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give one table, a row a fold."""
        columns = {"repeat": TEXT, "fold": TEXT, "articles": COUNT, "sentences": COUNT, "macro F1": SCORE, "accuracy": SCORE}
        rows = [
            (f.repeat + 1, f.fold + 1, f.articles, f.sentences, f.macro_f1, f.accuracy) for f in self._evaluation.by_fold
        ]
        yield PrintedTable("by-fold", "Scores of each fold.", [*columns.items()], rows)


class Confusion(Section[Evaluation]):
    """What was taken for what."""

    name = "confusion"
    title = "Confusion"
    macro = "confusion"
    terminal = 5

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the figure where it would be too large to read."""
        n = len(evaluation.score.labels)
        if n <= _MATRIX:
            return {}
        return {"figure of the confusion matrix": f"{n} labels are too many for a figure; the table has all numbers"}

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give the confusion matrix as one table."""
        score = self._evaluation.score
        names = [x.label for x in score.labels]
        rows = [(name, *map(count, row)) for name, row in zip(names, score.confusion, strict=True)]
        yield "confusion matrix: true labels in rows, predicted labels in columns", (("", *names), list(rows))

    def chart(self) -> Chart:
        """Draw the share of each true label's sentences that got each label."""
        score = self._evaluation.score
        n = len(score.labels)
        names = shown([x.label for x in score.labels], lines=2 if n <= _WIDE else 1)
        across = shown([x.label for x in score.labels], lines=2 if n <= _TWO_LINES else 1)
        counts = np.array(score.confusion, dtype=np.float64)
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

        def draw(axes: "Axes") -> None:
            axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
            small = "small" if n < _MANY else "x-small" if n <= _WIDE else "xx-small"
            for row, column in np.argwhere(counts):
                share = shares[row, column]
                colour = "white" if share > _DARK else INK
                axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", color=colour, fontsize=small)
            slope: dict[str, Any] = (
                {"rotation": 90} if is_steep else {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}
            )
            size: dict[str, Any] = {"fontsize": "x-small"} if n > _WIDE else {}
            axes.set_xticks(range(n), across, **slope, **size)
            axes.set_yticks(range(n), names, **size)
            axes.grid(visible=False)
            axes.set(xlabel="predicted label", ylabel="true label\n(cells: % of its sentences)")

        described = "; ".join(
            f"{x.label} {share:.3f} correct" for x, share in zip(score.labels, shares.diagonal(), strict=True)
        )
        below = max(len(line) for name in across for line in name.split("\n"))
        is_steep = n >= _MANY or below > _STEEP
        height = 1.9 + 0.32 * n + (0.08 if is_steep else 0.055) * below if n <= _WIDE else 2.6 + 0.2 * n
        return Chart("Confusion matrix", described, draw, height, max(PAGE_WIDTH, 2.4 + 0.21 * n))

    def charts(self) -> Mapping[str, Chart]:
        """Give the matrix, if it can be read."""
        return {"confusion": self.chart()} if len(self._evaluation.score.labels) <= _MATRIX else {}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the confusion matrix as one table."""
        score = self._evaluation.score
        names = [x.label for x in score.labels]
        rows = [(name, *row) for name, row in zip(names, score.confusion, strict=True)]
        caption = "Confusion matrix: sentences by true label (rows) and predicted label (columns)."
        yield PrintedTable("confusion", caption, [("true label", TEXT), *((name, COUNT) for name in names)], rows)


def score_chart(rows: Sequence[tuple[str, Score]], main: Sequence[str]) -> Chart:
    """Draw scores one above the other, each with its interval.

    Parameters
    ----------
    rows : sequence of (str, Score)
        Names and scores.
    main : sequence of str
        Names of those that stand out by colours of their own.
    """
    names = shown([name for name, _ in rows], _WHOLE_LINE, 1)

    def draw(axes: "Axes") -> None:
        for place, (name, score) in enumerate(rows):
            colour = SERIES[main.index(name)] if name in main else MUTED
            axes.plot(score.interval, [place, place], color=colour, alpha=0.5, linewidth=5, solid_capstyle="butt")
            axes.plot([score.macro_f1], [place], "|", color=colour, markersize=_MARK, markeredgewidth=2)
            axes.text(0.005, place - _ABOVE, names[place], va="center")
        axes.set_yticks([])
        axes.grid(visible=False, axis="y")
        axes.set(xlim=(0, 1.02), ylim=(len(rows) - 0.6, -0.85), xlabel="macro F1 (0 to 1), with 95 % interval")

    described = "; ".join(f"{name} {score.macro_f1:.3f}" for name, score in rows)
    return Chart("Scores side by side", described, draw, 0.7 + _ROW * len(rows))
