"""Curves of each label over all thresholds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.curves import LabelCurves, label_curves
from ..drawing.chart import STYLES, UNIT_SQUARE, Chart, legend_below
from ..drawing.names import LEGEND, shown
from ..printed import COUNT, SCORE, TEXT, PrintedTable
from .section import Section, count, f3, first_repeat

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_LINES = 12
"""Labels that a chart of lines can keep apart; of more, the most frequent ones are shown."""


@dataclass(frozen=True)
class Curves(Section[Evaluation]):
    """Precision against recall, and true positives against false ones; a line a label."""

    name = "curves"
    title = "Curves"
    heading = "Precision, recall and ROC"
    macro = "curves"

    curves: Sequence[LabelCurves]

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Draw each label against all others, by the chance that the model gives it."""
        predictions = first_repeat(evaluation)
        return cls(evaluation, label_curves(predictions.truth, predictions.chances, predictions.labels))

    def areas(self) -> Rows:
        """Give the areas under the curves, a row a label."""
        return [(c.label, count(c.n), f3(c.average_precision), f3(c.roc_auc)) for c in self.curves]

    def precision_recall_chart(self) -> Chart:
        """Draw precision against recall."""
        from sklearn.metrics import PrecisionRecallDisplay

        def line(axes: "Axes", of: LabelCurves) -> "tuple[Line2D, str]":
            drawn = PrecisionRecallDisplay(np.array(of.precision), np.array(of.recall)).plot(ax=axes)
            return drawn.line_, f"AP {of.average_precision:.2f}"

        described = "average precision: " + "; ".join(f"{c.label} {c.average_precision:.3f}" for c in self.curves)
        draw = self._lines(line, xlabel="recall (0 to 1)", ylabel="precision (0 to 1)")
        return Chart("Precision and recall by label", described, draw, self._height)

    def roc_chart(self) -> Chart:
        """Draw true positives against false ones."""
        from sklearn.metrics import RocCurveDisplay

        def line(axes: "Axes", of: LabelCurves) -> "tuple[Line2D, str]":
            drawn = RocCurveDisplay(fpr=np.array(of.false_positives), tpr=np.array(of.true_positives)).plot(ax=axes)
            return drawn.line_, f"AUC {of.roc_auc:.2f}"

        described = "area: " + "; ".join(f"{c.label} {c.roc_auc:.3f}" for c in self.curves)
        draw = self._lines(line, xlabel="false positive rate (0 to 1)", ylabel="true positive rate (0 to 1)")
        return Chart("ROC by label", described, draw, self._height)

    def charts(self) -> Mapping[str, Chart]:
        """Give both charts."""
        return {"precision-recall": self.precision_recall_chart(), "roc": self.roc_chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the areas under the curves, a row a label."""
        columns = {"label": TEXT, "sentences": COUNT, "average precision": SCORE, "ROC AUC": SCORE}
        rows = [(c.label, c.n, c.average_precision, c.roc_auc) for c in self.curves]
        yield PrintedTable(
            "curves",
            "Average precision and area under the ROC curve, each label against all others.",
            [*columns.items()],
            rows,
        )

    @property
    def _height(self) -> float:
        """Leave room for the lines of the legend."""
        return 3.4 + 0.21 * min(len(self.curves), _LINES)

    @property
    def _drawn(self) -> Sequence[LabelCurves]:
        """The labels that are drawn, in the order of the tables."""
        if len(self.curves) <= _LINES:
            return self.curves
        frequent = sorted(range(len(self.curves)), key=lambda at: -self.curves[at].n)[:_LINES]
        return [self.curves[at] for at in sorted(frequent)]

    def _lines(
        self, line: "Callable[[Axes, LabelCurves], tuple[Line2D, str]]", **axis_names: Any
    ) -> "Callable[[Axes], None]":
        def draw(axes: "Axes") -> None:
            colours, dashes = zip(*STYLES, strict=True)
            axes.set_prop_cycle(color=colours, linestyle=dashes)
            names = shown([of.label for of in self._drawn], LEGEND, 1)
            lines = [line(axes, of) for of in self._drawn]
            axes.set(**UNIT_SQUARE, **axis_names)
            entries = [(drawn, f"{name} ({score})") for name, (drawn, score) in zip(names, lines, strict=True)]
            some = f"the {_LINES} most frequent of {len(self.curves)} labels" if len(self.curves) > _LINES else None
            legend_below(axes, entries, some)

        return draw
