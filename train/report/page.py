"""An evaluation as a page that stands alone: one file, nothing loaded, text from outside only ever as text."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation
from ..measures.calibration import HISTOGRAM
from ..measures.learning_curve import MORE, LearningCurve
from .charts import (
    confidence_chart,
    headline_chart,
    learning_chart,
    precision_recall_chart,
    reliability_chart,
    risk_chart,
    roc_chart,
)
from .sections import Findings
from .tables import TERMS, as_tables, headline

if TYPE_CHECKING:
    import jinja2

Rows = list[tuple[str, ...]]
_POLICY = "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
_SECTIONS = {
    "scores": "Scores",
    "labels": "By label",
    "folds": "By fold",
    "confusion": "Confusion",
    "curves": "Curves",
    "calibration": "Calibration",
    "confidence": "Confidence",
    "risk": "Abstaining",
    "learning": "More labels",
    "slices": "Slices",
    "groups": "Unseen groups",
    "features": "Features",
    "sentences": "Sentences",
    "left-out": "Left out",
}


def report_page(found: Evaluation, findings: Findings, about: Mapping[str, Any]) -> str:
    """Render the report of a sentence task.

    Parameters
    ----------
    found : Evaluation
    findings : Findings
    about : mapping
        ``command``, ``versions``, ``settings``, ``code`` and ``files``.
    """
    side_by_side = list(headline(found))
    charts = {
        "headline": headline_chart(side_by_side),
        "precision_recall": precision_recall_chart(findings.curves),
        "roc": roc_chart(findings.curves),
        "reliability": reliability_chart(findings.calibration),
        "confidence": confidence_chart(findings.confidence),
        "risk": risk_chart(findings.risk_coverage),
    }
    rows: dict[str, Any] = {}
    if findings.learning_curve:
        charts["learning"] = learning_chart(findings.learning_curve)
        rows |= {
            "learning_sentence": learning_sentence(findings.learning_curve),
            "learning_rows": [
                (_count(s.sentences), _count(s.articles), _f3(s.macro_f1), _span(s.interval))
                for s in findings.learning_curve.steps
            ],
        }
    there: dict[str, Any] = {
        "folds": found.by_fold,
        "learning": findings.learning_curve,
        "groups": found.grouped,
        "left-out": findings.left_out,
    }
    return _render(
        "report.html.j2",
        title=f"{found.task}: evaluation",
        sections=[(key, name) for key, name in _SECTIONS.items() if there.get(key, True)],
        found=found,
        findings=findings,
        about=about,
        charts=charts,
        headline=side_by_side,
        **_tables(findings),
        **rows,
    )


def attribution_page(found: AttributionEvaluation, about: Mapping[str, Any]) -> str:
    """Render the report of the attribution task."""
    sections = [("scores", "Scores")]
    tables = list(as_tables(found))
    title = "attribution: evaluation"
    return _render(
        "attribution.html.j2", title=title, sections=sections, found=found, about=about, tables=tables, terms=TERMS
    )


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
    elif high < 0.005:
        verdict = "The curve is flat: labels alone will not help much"
    else:
        verdict = "Whether they would help cannot be told from this data"
    doubled = f"The last doubling brought {_points(curve.doubling)} ({_points(curve.doubling_interval[0])} to "
    doubled += f"{_points(curve.doubling_interval[1])})."
    return (
        f"If further doublings bring as much as the last one, {MORE} more labelled sentences would add "
        f"{_points(curve.gain)} points of macro F1 (95 % interval {_points(low)} to {_points(high)}). {verdict}. {doubled}"
    )


def _points(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")


def _tables(findings: Findings) -> dict[str, Rows]:
    right, wrong = (findings.confidence[name].counts for name in ("right", "wrong"))
    return {
        "curve_areas": [(c.label, _count(c.n), _f3(c.average_precision), _f3(c.roc_auc)) for c in findings.curves],
        "calibration_rows": [
            (name, f"{c.ece:.4f}", f"{c.brier:.4f}", f"{c.log_loss:.4f}") for name, c in findings.calibration.items()
        ],
        "confidence_rows": [
            (name, _count(c.n), *map(_f3, (c.mean, c.lower, c.median, c.upper))) for name, c in findings.confidence.items()
        ],
        "confidence_counts": [
            (f"{i / HISTOGRAM:.1f} to {(i + 1) / HISTOGRAM:.1f}", _count(right[i]), _count(wrong[i]))
            for i in range(HISTOGRAM)
        ],
        "risk_rows": [
            (f"{k.threshold:g}", _count(k.n), _pct(k.coverage), "–" if k.risk is None else _pct(k.risk))
            for k in findings.risk_coverage.at
        ],
    }


def _render(template: str, **about: Any) -> str:
    environment = _environment()
    style: str = environment.get_template("report.css").render()
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page: str = environment.get_template(template).render(
        style=style, policy=_POLICY.format(style=f"'sha256-{allowed}'"), **about
    )
    return page


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    folder = files("sayso.train") / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"f3": _f3, "span": _span, "count": _count, "pct": _pct, "pairs": _pairs, "bins": _bins}
    environment.filters |= {"heavy": _heavy, "attr_of": lambda of, label: of.get(label)}
    return environment


def _f3(figure: float) -> str:
    return f"{figure:.3f}"


def _span(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.3f} to {ends[1]:.3f}"


def _count(n: int) -> str:
    return f"{n:,}"


def _pct(share: float) -> str:
    return f"{100 * share:.1f}\N{NARROW NO-BREAK SPACE}%"


def _pairs(x: Sequence[float], y: Sequence[float]) -> Rows:
    return [(_f3(a), _f3(b)) for a, b in zip(x, y, strict=True)]


def _bins(found: Sequence[Any]) -> Rows:
    return [(f"{b.low:.3f} to {b.high:.3f}", _count(b.n), _f3(b.confidence), _f3(b.accuracy)) for b in found]


def _heavy(found: Sequence[Any]) -> Rows:
    return [(h.feature, f"{h.effect:.3f}", f"{h.weight:.3f}", f"{h.deviation:.3f}", str(h.folds)) for h in found]
