"""What a report says of an evaluation besides its scores: each section a pure function of the predictions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...data.records import LabelledArticle
from ..evaluation.result import Evaluation
from ..measures.calibration import Calibration, Confidence, calibration, confidences
from ..measures.curves import LabelCurves, RiskCoverage, label_curves, risk_coverage
from ..measures.examples import Example, close_calls, examples, likely_wrong, sure_errors
from ..measures.learning_curve import LearningCurve, learning_curve
from ..measures.slices import Slice, slices, slices_by
from ..measures.top_features import Heavy, heaviest


@dataclass(frozen=True, slots=True)
class Findings:
    """The sections of a report; with repeats they are of the first.

    Parameters
    ----------
    curves : tuple of LabelCurves
    calibration : mapping of str to Calibration
        ``before`` and ``after``.
    confidence : mapping of str to Confidence
        Of ``right`` and ``wrong`` labels.
    risk_coverage : RiskCoverage
    learning_curve : LearningCurve or None
    slices : mapping of str to list of Slice
        By column.
    unseen_groups : list of Slice or None
        Scores of groups of which the model had seen nothing.
    heaviest : mapping of str to list of Heavy
        By output of the model.
    models : int
        How many models `heaviest` is about.
    sure_errors, close_calls, likely_wrong : list of Example
    left_out : mapping of str to str
        Sections that this evaluation cannot have, and why.
    """

    curves: tuple[LabelCurves, ...]
    calibration: Mapping[str, Calibration]
    confidence: Mapping[str, Confidence]
    risk_coverage: RiskCoverage
    learning_curve: LearningCurve | None
    slices: Mapping[str, Sequence[Slice]]
    unseen_groups: Sequence[Slice] | None
    heaviest: Mapping[str, Sequence[Heavy]]
    models: int
    sure_errors: Sequence[Example]
    close_calls: Sequence[Example]
    likely_wrong: Sequence[Example]
    left_out: Mapping[str, str]


def look_into(evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Findings:
    """Work out the sections of a report.

    Parameters
    ----------
    evaluation : Evaluation
    articles : sequence of LabelledArticle
        Those that were evaluated, for their sentences.
    """
    found, units = evaluation._predictions.first(), evaluation._units
    grouped = evaluation.grouped
    curve = learning_curve(found.truth, found.groups, evaluation._curve, found.labels, len(found))
    return Findings(
        curves=tuple(label_curves(found.truth, found.chances, found.labels)),
        calibration={
            "before": calibration(found.truth, found.raw, found.labels),
            "after": calibration(found.truth, found.chances, found.labels),
        },
        confidence=confidences(found),
        risk_coverage=risk_coverage(found),
        learning_curve=curve,
        slices=slices(found),
        unseen_groups=slices_by(found.about[grouped.column], found, found.others["unseen_group"]) if grouped else None,
        heaviest=heaviest(evaluation._weights),
        models=sum(w is not None for w in evaluation._weights),
        sure_errors=examples(found, sure_errors(found), articles, units),
        close_calls=examples(found, close_calls(found), articles, units),
        likely_wrong=examples(found, likely_wrong(found), articles, units),
        left_out=_left_out(evaluation, has_curve=curve is not None),
    )


def _left_out(evaluation: Evaluation, *, has_curve: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    if evaluation.folds is None:
        reason = "a given model was asked; this needs models that are fitted again on parts of the data"
        found |= dict.fromkeys(("folds", "random folds", "learning curve", "unseen groups"), reason)
    elif not has_curve:
        found["learning curve"] = "there are too few articles to leave some out"
    if evaluation.folds is not None and evaluation.grouped is None:
        found["unseen groups"] = "no column was named whose groups are to be held out whole (--group outlet)"
    if evaluation.human is None:
        name = f"second_{evaluation.column}"
        found["human agreement"] = f"the data has no second person's labels (a column {name!r}, or --second COLUMN)"
    if "rule" not in evaluation.baselines:
        found["rules"] = "there are no hand-written rules for this column"
    return found
