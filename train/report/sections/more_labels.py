"""Whether more labels would help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.learning_curve import MORE, LearningCurve, grows, learning_curve
from ..drawing.chart import INK, MUTED, SERIES, Chart, legend_below
from ..printed import COUNT, INTERVAL, SCORE, PrintedTable
from .section import GIVEN_MODEL, Section, count, f3, first_repeat, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FLAT = 0.005
"""A gain surely below half a point of macro F1 is called flat."""


@dataclass(frozen=True)
class MoreLabels(Section[Evaluation]):
    """The learning curve, and what its last doubling promises of more labels."""

    name = "learning"
    title = "More labels"
    heading = "Would more labels help?"
    macro = "learning"

    learning_curve: LearningCurve

    @classmethod
    def applies(cls, evaluation: Evaluation) -> bool:
        """Tell whether models were fitted on parts of the training articles."""
        return grows(evaluation._curve)

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the curve where there is none."""
        if cls.applies(evaluation):
            return {}
        reason = GIVEN_MODEL if evaluation.folds is None else "there are too few articles to leave some out of training"
        return {"learning curve": reason}

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Score the models of parts of the training articles."""
        of = first_repeat(evaluation)
        return cls(evaluation, learning_curve(of.truth, of.groups, evaluation._curve, of.labels, len(of)))

    @property
    def verdict(self) -> str:
        """Whether more labels would help, in sentences."""
        return learning_sentence(self.learning_curve)

    def rows(self) -> Rows:
        """Give the steps of the curve."""
        return [
            (count(step.sentences), count(step.articles), f3(step.macro_f1), span(step.interval))
            for step in self.learning_curve.steps
        ]

    def chart(self) -> Chart:
        """Draw the score against the number of training sentences."""
        steps = self.learning_curve.steps

        def draw(axes: "Axes") -> None:
            # scikit-learn's display divides by the smallest step, which is 0 where two trainings have one size
            sizes = np.array([s.sentences for s in steps])
            axes.plot(sizes, [s.macro_f1 for s in steps], color=SERIES[0], marker="o", label="macro F1")
            low, high = np.array([s.interval for s in steps]).T
            axes.fill_between(sizes, low, high, color=SERIES[0], alpha=0.18, linewidth=0, label="95 % interval")
            axes.set_xscale("log", base=2)
            axes.set_xticks(sizes, [count(n) for n in sizes])
            axes.minorticks_off()
            axes.set(xlabel="training sentences (number, log scale)", ylabel="macro F1 (0 to 1)")
            legend_below(axes)
            axes.tick_params(colors=MUTED, labelcolor=INK)

        described = "; ".join(f"{s.sentences:,} sentences {s.macro_f1:.3f}" for s in steps)
        return Chart("Learning curve", described, draw)

    def charts(self) -> Mapping[str, Chart]:
        """Give the curve."""
        return {"learning-curve": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the steps of the curve."""
        columns = {"training sentences": COUNT, "articles": COUNT, "macro F1": SCORE, "95 % interval": INTERVAL}
        rows = [(s.sentences, s.articles, s.macro_f1, s.interval) for s in self.learning_curve.steps]
        caption = (
            "Learning curve: models of parts of the training articles, scored on the same held-out ones; sizes are means "
            "over the folds."
        )
        yield PrintedTable("learning-curve", caption, [*columns.items()], rows)


def learning_sentence(curve: LearningCurve) -> str:
    """Say whether more labels would help.

    Examples
    --------
    >>> learning_sentence(LearningCurve((), 0.02, (0.012, 0.028), 0.004, (0.0024, 0.0056)))[:72]
    'If further doublings bring as much as the last one, 500 more labelled se'
    """
    low, high = curve.gain_interval
    if low > 0:
        verdict = "More labels would still help"
    elif high < _FLAT:
        verdict = "The curve is flat: more labels alone will not help much"
    else:
        verdict = "These data do not show whether more labels would help"
    doubled = f"The last doubling brought {_points(curve.doubling)} ({_points(curve.doubling_interval[0])} to "
    doubled += f"{_points(curve.doubling_interval[1])})."
    return (
        f"If further doublings bring as much as the last one, {MORE} more labelled sentences would add "
        f"{_points(curve.gain)} points of macro F1 (95 % interval {_points(low)} to {_points(high)}). {verdict}. {doubled}"
    )


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", "−")
