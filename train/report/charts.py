"""The charts of a report, drawn by scikit-learn's displays where it has one."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..measures.calibration import HISTOGRAM, Calibration, Confidence
from ..measures.curves import LabelCurves, RiskCoverage
from ..measures.learning_curve import LearningCurve
from ..measures.scores import Score
from .svg import DASHES, INK, MUTED, SERIES, chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BESIDE = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.17), "ncols": 2}


def headline_chart(rows: Sequence[tuple[str, Score]]) -> str:
    """Draw scores one above the other, each with its interval."""

    def draw(axes: "Axes") -> None:
        for place, (name, of) in enumerate(rows):
            colour = SERIES[0] if name == "the model" else MUTED
            low, high = of.interval
            axes.plot([low, high], [place, place], color=colour, linewidth=3, solid_capstyle="butt")
            axes.plot([of.macro_f1], [place], "o", color=colour, markersize=7)
            axes.text(0.005, place - 0.36, name, va="center")
        axes.set_yticks([])
        axes.grid(visible=False, axis="y")
        axes.set(xlim=(0, 1), ylim=(len(rows) - 0.6, -0.7), xlabel="macro F1, with 95 % interval")

    described = "; ".join(f"{name} {of.macro_f1:.3f}" for name, of in rows)
    return chart("headline", "Scores side by side", described, draw, (5.2, 0.7 + 0.42 * len(rows)))


def precision_recall_chart(curves: Sequence[LabelCurves]) -> str:
    """Draw precision against recall, a line a label."""
    from sklearn.metrics import PrecisionRecallDisplay

    def one(axes: "Axes", of: LabelCurves) -> None:
        shown = PrecisionRecallDisplay(np.array(of.precision), np.array(of.recall))
        shown.plot(ax=axes, name=f"{of.label} ({of.average_precision:.2f})")

    described = _areas(curves, "average precision", lambda of: of.average_precision)
    return chart("precision-recall", "Precision and recall by label", described, _lines(curves, one, "recall", "precision"))


def roc_chart(curves: Sequence[LabelCurves]) -> str:
    """Draw true positives against false ones, a line a label."""
    from sklearn.metrics import RocCurveDisplay

    def one(axes: "Axes", of: LabelCurves) -> None:
        shown = RocCurveDisplay(fpr=np.array(of.false_positives), tpr=np.array(of.true_positives))
        shown.plot(ax=axes, name=f"{of.label} ({of.roc_auc:.2f})")

    described = _areas(curves, "area", lambda of: of.roc_auc)
    return chart("roc", "ROC by label", described, _lines(curves, one, "false positive rate", "true positive rate"))


def _areas(curves: Sequence[LabelCurves], what: str, area: Callable[[LabelCurves], float]) -> str:
    return f"{what}: " + "; ".join(f"{of.label} {area(of):.3f}" for of in curves)


def _lines(curves: Sequence[LabelCurves], one: Callable[..., None], across: str, up: str) -> Callable[["Axes"], None]:
    def draw(axes: "Axes") -> None:
        axes.set_prop_cycle(color=SERIES, linestyle=DASHES * 2)
        for of in curves:
            one(axes, of)
        axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.03), xlabel=across, ylabel=up, aspect="auto")
        axes.legend(**_BESIDE)

    return draw


def reliability_chart(found: Mapping[str, Calibration]) -> str:
    """Draw how often labels are right against how sure the model was, before and after calibration."""
    from sklearn.calibration import CalibrationDisplay

    def draw(axes: "Axes") -> None:
        for n, (name, of) in enumerate(found.items()):
            right, sure = (np.array([getattr(b, key) for b in of.bins]) for key in ("accuracy", "confidence"))
            shown = CalibrationDisplay(right, sure, sure)
            shown.plot(ax=axes, name=f"{name} calibration", ref_line=False, color=SERIES[n], linestyle=DASHES[n])
        axes.plot([0, 1], [0, 1], color=MUTED, linestyle=":", label="as sure as right")
        axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.03), xlabel="confidence", ylabel="share that is right", aspect="auto")
        axes.legend(**_BESIDE)

    described = "; ".join(f"{name} calibration: expected error {of.ece:.3f}" for name, of in found.items())
    return chart("reliability", "Reliability of the confidence", described, draw)


def confidence_chart(found: Mapping[str, Confidence]) -> str:
    """Draw how sure the model was of right labels and of wrong ones, as shares of each."""

    def draw(axes: "Axes") -> None:
        left = np.arange(HISTOGRAM) / HISTOGRAM
        width = 0.42 / HISTOGRAM
        for n, (name, of) in enumerate(found.items()):
            shares = np.array(of.counts) / max(of.n, 1)
            axes.bar(
                left + n * width + 0.08 / HISTOGRAM, shares, width, align="edge", color=SERIES[n], label=f"{name} labels"
            )
        axes.set(xlim=(0, 1), xlabel="confidence", ylabel="share of those labels")
        axes.legend(**_BESIDE)

    described = "; ".join(f"{name} labels: mean confidence {of.mean:.3f}" for name, of in found.items())
    return chart("confidence", "Confidence of right and wrong labels", described, draw)


def risk_chart(found: RiskCoverage) -> str:
    """Draw the share of wrong labels against the share of sentences that get one."""

    def draw(axes: "Axes") -> None:
        axes.plot(found.coverage, found.risk, color=SERIES[0])
        half = next(k for k in found.at if k.threshold == 0.5)
        if half.risk is not None:
            axes.plot([half.coverage], [half.risk], "o", color=SERIES[1], label="abstaining below 0.5")
            axes.legend(**_BESIDE)
        axes.set(xlim=(0, 1.02), xlabel="coverage: share of sentences with a label", ylabel="risk: share of them wrong")
        axes.set_ylim(bottom=0)

    return chart("risk", "Risk against coverage", f"Area under the curve: {found.area:.4f}", draw)


def learning_chart(found: LearningCurve) -> str:
    """Draw the score against the number of training sentences."""
    from sklearn.model_selection import LearningCurveDisplay

    def draw(axes: "Axes") -> None:
        sizes, scores = np.array([s.sentences for s in found.steps]), np.array([[s.macro_f1] for s in found.steps])
        shown = LearningCurveDisplay(train_sizes=sizes, train_scores=scores, test_scores=scores, score_name="macro F1")
        shown.plot(
            ax=axes,
            score_type="test",
            std_display_style=None,
            line_kw={"color": SERIES[0], "marker": "o"},
        )
        shown.lines_[0].set_label("macro F1")
        low, high = np.array([s.interval for s in found.steps]).T
        axes.fill_between(sizes, low, high, color=SERIES[0], alpha=0.18, linewidth=0, label="95 % interval")
        axes.set_xscale("log", base=2)
        axes.set_xticks(sizes, [f"{n:,}" for n in sizes])
        axes.minorticks_off()
        axes.set(xlabel="training sentences (log scale)")
        axes.legend(**_BESIDE)
        axes.tick_params(colors=MUTED, labelcolor=INK)

    described = "; ".join(f"{s.sentences:,} sentences {s.macro_f1:.3f}" for s in found.steps)
    return chart("learning", "Learning curve", described, draw)
