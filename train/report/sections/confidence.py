"""Whether the model's chances mean what they say, and what withholding unlikely labels buys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures import calibration as measured
from ...measures.curves import RiskCoverage, risk_coverage
from ..drawing.chart import DASHES, MUTED, SERIES, UNIT_SQUARE, Chart, legend_below
from ..printed import COUNT, EXACT, SCORE, SHARE, TEXT, PrintedTable
from .section import Section, count, f3, first_repeat, pct

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Calibration(Section[Evaluation]):
    """How often labels are right, beside how sure the model was; ``before`` and ``after`` its calibration."""

    name = "calibration"
    title = "Calibration"
    macro = "calibration"

    calibration: Mapping[str, measured.Calibration]

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Measure the chances of the first repeat."""
        predictions = first_repeat(evaluation)
        chances = {"before": predictions.raw, "after": predictions.chances}
        return cls(
            evaluation,
            {when: measured.calibration(predictions.truth, x, predictions.labels) for when, x in chances.items()},
        )

    def rows(self) -> Rows:
        """Give the errors before and after."""
        return [(when, f"{c.ece:.4f}", f"{c.brier:.4f}", f"{c.log_loss:.4f}") for when, c in self.calibration.items()]

    def bins(self, when: str) -> Rows:
        """Give what the reliability chart draws."""
        return [
            (f"{b.low:.3f} to {b.high:.3f}", count(b.n), f3(b.confidence), f3(b.accuracy))
            for b in self.calibration[when].bins
        ]

    def chart(self) -> Chart:
        """Draw how often labels are right against how sure the model was."""
        from sklearn.calibration import CalibrationDisplay

        def draw(axes: "Axes") -> None:
            for n, (when, of) in enumerate(self.calibration.items()):
                right, sure = (np.array([getattr(b, key) for b in of.bins]) for key in ("accuracy", "confidence"))
                shown = CalibrationDisplay(right, sure, sure)
                shown.plot(ax=axes, name=f"{when} calibration", ref_line=False, color=SERIES[n], linestyle=DASHES[n])
            axes.plot([0, 1], [0, 1], color=MUTED, linestyle=":", label="perfect calibration")
            axes.set(**UNIT_SQUARE, xlabel="confidence (0 to 1)", ylabel="share correct (0 to 1)")
            legend_below(axes)

        described = "; ".join(f"{when} calibration: expected error {c.ece:.3f}" for when, c in self.calibration.items())
        return Chart("Reliability of the confidence", described, draw)

    def charts(self) -> Mapping[str, Chart]:
        """Give the reliability chart."""
        return {"calibration": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the errors before and after."""
        columns = {"probabilities": TEXT, "ECE": EXACT, "Brier score": EXACT, "log loss": EXACT}
        rows = [(f"{when} calibration", c.ece, c.brier, c.log_loss) for when, c in self.calibration.items()]
        caption = (
            f"Calibration: expected calibration error (ECE) over {measured.BINS} bins of equal width, Brier score (0 to "
            "2) and log loss (nats); lower is better."
        )
        yield PrintedTable("calibration", caption, [*columns.items()], rows)


@dataclass(frozen=True)
class Confidence(Section[Evaluation]):
    """How sure the model was of ``right`` labels, and of ``wrong`` ones."""

    name = "confidence"
    title = "Confidence"
    heading = "Confidence of correct and wrong labels"
    macro = "confidence"

    confidence: Mapping[str, measured.Confidence]

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Describe the confidence of the first repeat."""
        return cls(evaluation, measured.confidences(first_repeat(evaluation)))

    def _named(self) -> list[tuple[str, measured.Confidence]]:
        """Give both, with the names that people read."""
        return [("correct" if name == "right" else name, of) for name, of in self.confidence.items()]

    def rows(self) -> Rows:
        """Give mean and quartiles."""
        return [(name, count(c.n), *map(f3, (c.mean, c.lower, c.median, c.upper))) for name, c in self._named()]

    def tenths(self) -> Rows:
        """Give what the chart draws: how many labels in each tenth of confidence."""
        n, right, wrong = measured.HISTOGRAM, self.confidence["right"].counts, self.confidence["wrong"].counts
        return [(f"{i / n:.1f} to {(i + 1) / n:.1f}", count(right[i]), count(wrong[i])) for i in range(n)]

    def chart(self) -> Chart:
        """Draw how many of the right labels, and of the wrong ones, have each tenth of confidence."""

        def draw(axes: "Axes") -> None:
            step = 1 / measured.HISTOGRAM
            width = 0.42 * step  # of two bars a tenth, which leaves 0.16 between the tenths
            left = (np.arange(measured.HISTOGRAM) + 0.08) * step
            for n, (name, of) in enumerate(self._named()):
                parts = np.array(of.counts) / max(of.n, 1)
                axes.bar(left + n * width, parts, width, align="edge", color=SERIES[n], label=f"{name} labels")
            axes.set(xlim=(0, 1), xlabel="confidence (0 to 1)", ylabel="share of those labels (0 to 1)")
            legend_below(axes)

        described = "; ".join(f"{name} labels: mean confidence {of.mean:.3f}" for name, of in self._named())
        return Chart("Confidence of correct and wrong labels", described, draw)

    def charts(self) -> Mapping[str, Chart]:
        """Give the bars."""
        return {"confidence": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give mean and quartiles."""
        columns = dict.fromkeys(("mean", "lower quartile", "median", "upper quartile"), SCORE)
        rows = [(name, c.n, c.mean, c.lower, c.median, c.upper) for name, c in self._named()]
        yield PrintedTable(
            "confidence",
            "Confidence of correct and wrong labels, from 0 to 1.",
            [("labels", TEXT), ("sentences", COUNT), *columns.items()],
            rows,
        )


@dataclass(frozen=True)
class Abstaining(Section[Evaluation]):
    """What withholding labels below a threshold buys."""

    name = "risk"
    title = "Abstaining"
    heading = "Effect of abstaining"
    macro = "risk"

    risk_coverage: RiskCoverage

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Set the errors against the sentences that get a label."""
        return cls(evaluation, risk_coverage(first_repeat(evaluation)))

    def rows(self) -> Rows:
        """Give what is kept at each threshold."""
        return [
            (f"{kept.threshold:g}", count(kept.n), pct(kept.coverage), "–" if kept.risk is None else pct(kept.risk))
            for kept in self.risk_coverage.at
        ]

    def chart(self) -> Chart:
        """Draw how many labels are wrong against how many sentences get one."""
        curve = self.risk_coverage

        def draw(axes: "Axes") -> None:
            axes.plot(curve.coverage, curve.risk, color=SERIES[0])
            half = next(kept for kept in curve.at if kept.threshold == 0.5)  # below it models of sentences abstain
            if half.risk is not None:
                axes.plot([half.coverage], [half.risk], "o", color=SERIES[1], label="abstaining below 0.5")
                legend_below(axes)
            axes.set(xlim=(0, 1.02), xlabel="coverage: share of sentences labelled", ylabel="risk: share of labels wrong")
            axes.set_ylim(bottom=0)

        return Chart("Risk against coverage", f"Area under the curve: {curve.area:.4f}", draw)

    def charts(self) -> Mapping[str, Chart]:
        """Give the curve."""
        return {"risk-coverage": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give what is kept at each threshold."""
        columns = {"threshold": TEXT, "sentences": COUNT, "coverage": SHARE, "risk": SHARE}
        rows = [(f"{kept.threshold:g}", kept.n, kept.coverage, kept.risk) for kept in self.risk_coverage.at]
        caption = (
            "What withholding labels below a threshold of confidence buys: coverage (share of the sentences that keep "
            "their label) and risk (share of those labels that are wrong)."
        )
        yield PrintedTable("risk-coverage", caption, [*columns.items()], rows)
