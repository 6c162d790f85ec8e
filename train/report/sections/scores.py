"""The scores themselves: side by side, by label, by fold, and what was taken for what."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ....data.display import Table
from ...evaluation.result import Evaluation
from ...measures.scores import Score
from ..chart import MUTED, SERIES, Chart, draw_chart
from .section import GIVEN_MODEL, Section, count, f3, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BASELINES = {
    "most_frequent": "always the most frequent label",
    "stratified": "labels drawn by their shares",
    "rule": "the hand-written rules",
}


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
            reason = f"the data has no second person's labels (a column {column!r}, or --second COLUMN)"
            lacking["human agreement"] = reason
        if "rule" not in evaluation.baselines:
            lacking["rules"] = "there are no hand-written rules for this column"
        return lacking

    def rows(self) -> Iterator[tuple[str, Score]]:
        """Give the scores that belong side by side, with their names."""
        evaluation = self._evaluation
        yield "the model", evaluation.score
        for name, baseline in evaluation.baselines.items():
            yield _BASELINES.get(name, name), baseline
        if evaluation.human:
            yield f"a second person, on {evaluation.human.sentences:,} sentences", evaluation.human.people
            yield "the model, on those", evaluation.human.model
        if evaluation.grouped:
            yield f"the model, where it has seen nothing of the {evaluation.grouped.column}", evaluation.grouped.score
        if evaluation.external:
            yield f"a model of all the data, on {evaluation.external.name}", evaluation.external.score
        if evaluation.random_folds:
            yield "folds over sentences would claim", evaluation.random_folds

    def chart(self) -> Chart:
        """Draw the scores one above the other, each with its interval."""
        rows = list(self.rows())

        def draw(axes: "Axes") -> None:
            for place, (name, score) in enumerate(rows):
                colour = SERIES[0] if name == "the model" else MUTED
                axes.plot(score.interval, [place, place], color=colour, linewidth=3, solid_capstyle="butt")
                axes.plot([score.macro_f1], [place], "o", color=colour, markersize=7)
                axes.text(0.005, place - 0.36, name, va="center")
            axes.set_yticks([])
            axes.grid(visible=False, axis="y")
            axes.set(xlim=(0, 1), ylim=(len(rows) - 0.6, -0.7), xlabel="macro F1, with 95 % interval")

        described = "; ".join(f"{name} {score.macro_f1:.3f}" for name, score in rows)
        return draw_chart("Scores side by side", described, draw, (5.2, 0.7 + 0.42 * len(rows)))

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give the scores as one table; its title says what was scored, on what."""
        of = self._evaluation
        what = f"{of.folds} folds over {of.parted}" if of.folds else "a given model"
        if of.repeats and of.repeats > 1:
            what += f", {of.repeats} times"
        where = "" if of.alone else f" in {of.articles:,} articles"
        title = f"{of.task}: {what}, {of.sentences:,} sentences{where}"
        rows = [(name, f3(score.macro_f1), span(score.interval), f3(score.accuracy)) for name, score in self.rows()]
        yield title, (("", "macro F1", "95 % of it", "accuracy"), list(rows))

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
            f"Folds over sentences: {gap:+.3f} macro F1. They train on {self.neighbours} the tested sentences; "
            "what they claim says nothing about new articles."
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


class Confusion(Section[Evaluation]):
    """What was taken for what."""

    name = "confusion"
    title = "Confusion"
    macro = "confusion"
    terminal = 5

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give the confusion matrix as one table."""
        score = self._evaluation.score
        names = [x.label for x in score.labels]
        rows = [(name, *map(count, row)) for name, row in zip(names, score.confusion, strict=True)]
        yield "confusion: true labels down, predicted ones across", (("", *names), list(rows))
