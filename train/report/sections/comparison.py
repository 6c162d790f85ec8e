"""Two sides compared: scores, folds, and what they label differently."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ....data.display import Table, counted
from ...evaluation.compare import Flip
from ...measures.scores import DRAWS, Score
from ..compared import Compared
from ..drawing.chart import SERIES, Chart, legend_below
from ..drawing.names import LEGEND, shown
from ..printed import COUNT, EXACT, INTERVAL, SCORE, TEXT, PrintedTable, Sort
from .scores import score_chart
from .section import Section

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIGNED = Sort(lambda x: f"{x:+.3f}".replace("-", "−"))
_BETWEEN = Sort(lambda ends: f"{ends[0]:+.3f} to {ends[1]:+.3f}".replace("-", "−"), INTERVAL.parts)
_MOST = 50  # sentences of a sort on the page


class ComparedScores(Section[Compared]):
    """Both sides beside the most frequent label, and the difference with its tests."""

    name = "scores"
    title = "Scores"
    heading = "Scores side by side"
    macro = "compared"

    def rows(self) -> list[tuple[str, Score]]:
        """Give the scores that belong side by side, with their names."""
        of = self._evaluation.comparison
        return [(of.a_name, of.a), (of.b_name, of.b), (of.usual_name, of.usual_score)]

    def conclusions(self) -> list[str]:
        """Say in sentences what speaks for the difference and what against it."""
        of = self._evaluation.comparison
        better = (
            f"{of.b_name} has more sentences correct in {counted(of.b_better, 'article')}, {of.a_name} in {of.a_better:,}; "
            f"both have equally many in {of.even:,}."
        )
        return [better, *of.cautions]

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give both tables as text."""
        for table in self.printed_tables():
            yield table.caption, table.shown()

    def chart(self) -> Chart:
        """Draw the scores one above the other."""
        return score_chart(self.rows(), [self._evaluation.comparison.a_name, self._evaluation.comparison.b_name])

    def charts(self) -> Mapping[str, Chart]:
        """Give the scores one above the other."""
        return {"scores": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the scores, then the difference."""
        of = self._evaluation.comparison
        columns = [("labels by", TEXT), ("macro F1", SCORE), ("95 % interval", INTERVAL), ("accuracy", SCORE)]
        rows = [(name, score.macro_f1, score.interval, score.accuracy) for name, score in self.rows()]
        draws = f"Intervals: middle 95 % of {DRAWS:,} draws of whole articles."
        yield PrintedTable("scores", f"{of.sentences:,} sentences in {of.articles:,} articles. {draws}", columns, rows)
        tests = [("difference of", TEXT), ("macro F1", SIGNED), ("95 % interval", _BETWEEN), ("p, permutation", EXACT)]
        ends = of.interval if of.sign > 0 else (-of.interval[1], -of.interval[0])
        row: list[object] = [of.difference_name, of.sign * of.difference, ends, of.permutation_p]
        if of.resampled:
            tests += [("t", SIGNED), ("p, t-test", EXACT)]
            row += [of.sign * of.resampled.t, of.resampled.p]
        yield PrintedTable(
            "difference",
            ("The difference between the two, and p: the probability of one at least as large if there were none."),
            tests,
            [row],
        )


class ComparedFolds(Section[Compared]):
    """Both sides on each fold."""

    name = "folds"
    title = "By fold"
    macro = "compared_folds"

    @classmethod
    def applies(cls, evaluation: Compared) -> bool:
        """Tell whether both sides come from the same folds."""
        return bool(evaluation.comparison.folds)

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give one table as text."""
        for table in self.printed_tables():
            yield table.caption, table.shown()

    def chart(self) -> Chart:
        """Draw both sides on each fold."""
        of = self._evaluation.comparison

        def draw(axes: "Axes") -> None:
            places = range(len(of.folds))
            axes.hlines(places, [f.a for f in of.folds], [f.b for f in of.folds], color=SERIES[2], alpha=0.35, linewidth=1.5)
            (one,) = axes.plot([f.a for f in of.folds], places, "o", color=SERIES[0])
            (other,) = axes.plot([f.b for f in of.folds], places, "s", color=SERIES[1])
            names = [f"{f.repeat + 1}.{f.fold + 1}" for f in of.folds]
            axes.set_yticks(places, names)
            axes.set(ylim=(len(of.folds) - 0.5, -0.5), xlabel="macro F1 (0 to 1)", ylabel="repeat and fold")
            legend_below(axes, list(zip((one, other), shown([of.a_name, of.b_name], LEGEND, 1), strict=True)))

        described = "; ".join(f"{f.repeat + 1}.{f.fold + 1}: {f.a:.3f} and {f.b:.3f}" for f in of.folds)
        return Chart(f"{of.a_name} and {of.b_name} by fold", described, draw, 1.4 + 0.22 * len(of.folds))

    def charts(self) -> Mapping[str, Chart]:
        """Give the chart."""
        return {"by-fold": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give one table, a row a fold."""
        of = self._evaluation.comparison
        columns = [
            ("repeat", TEXT),
            ("fold", TEXT),
            (of.a_name, SCORE),
            (of.b_name, SCORE),
            (of.difference_name, SIGNED),
        ]
        rows = [(f.repeat + 1, f.fold + 1, f.a, f.b, of.sign * (f.b - f.a)) for f in of.folds]
        yield PrintedTable("by-fold", "Macro F1 of both in each fold.", columns, rows)


class Flips(Section[Compared]):
    """Sentences that the two label differently."""

    name = "sentences"
    title = "Sentences"
    heading = "Labelled differently"
    macro = "flips"

    @property
    def is_empty(self) -> bool:
        """Tell that the two label every sentence alike."""
        of = self._evaluation.comparison
        return not (of.mended or of.broken or of.other)

    def lists(self) -> Iterator[tuple[str, Sequence[Flip]]]:
        """Give the sentences by who is right; those lists that are not empty."""
        of = self._evaluation.comparison
        found = (
            (f"where only {of.b_name} is correct", of.mended),
            (f"where only {of.a_name} is correct", of.broken),
            ("where both are wrong, in different ways", of.other),
        )
        for name, flips in found:
            if flips:
                some = f", {_MOST} of them shown" if len(flips) > _MOST else ""
                yield f"{counted(len(flips), 'sentence')} {name}{some}", flips[:_MOST]

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give how many there are."""
        of = self._evaluation.comparison
        rows = [(of.b_name, len(of.mended)), (of.a_name, len(of.broken)), ("neither", len(of.other))]
        caption = "Sentences that the two label differently, by which one is correct."
        yield PrintedTable("labelled-differently", caption, [("right is", TEXT), ("sentences", COUNT)], rows)
