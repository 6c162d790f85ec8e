"""Curves of each label over all thresholds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.curves import LabelCurves, label_curves
from ..chart import DASHES, SERIES, UNIT_SQUARE, Chart, draw_chart, legend_below
from .section import Section, count, f3, first_repeat

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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

        def line(axes: "Axes", of: LabelCurves) -> None:
            shown = PrecisionRecallDisplay(np.array(of.precision), np.array(of.recall))
            shown.plot(ax=axes, name=f"{of.label} ({of.average_precision:.2f})")

        described = "average precision: " + "; ".join(f"{c.label} {c.average_precision:.3f}" for c in self.curves)
        return draw_chart("Precision and recall by label", described, self._lines(line, xlabel="recall", ylabel="precision"))

    def roc_chart(self) -> Chart:
        """Draw true positives against false ones."""
        from sklearn.metrics import RocCurveDisplay

        def line(axes: "Axes", of: LabelCurves) -> None:
            shown = RocCurveDisplay(fpr=np.array(of.false_positives), tpr=np.array(of.true_positives))
            shown.plot(ax=axes, name=f"{of.label} ({of.roc_auc:.2f})")

        described = "area: " + "; ".join(f"{c.label} {c.roc_auc:.3f}" for c in self.curves)
        draw = self._lines(line, xlabel="false positive rate", ylabel="true positive rate")
        return draw_chart("ROC by label", described, draw)

    def _lines(self, line: "Callable[[Axes, LabelCurves], None]", **names: Any) -> "Callable[[Axes], None]":
        def draw(axes: "Axes") -> None:
            axes.set_prop_cycle(color=SERIES, linestyle=DASHES * 2)
            for of in self.curves:
                line(axes, of)
            axes.set(**UNIT_SQUARE, **names)
            legend_below(axes)

        return draw
