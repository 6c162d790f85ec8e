"""Curves over all thresholds: precision and recall, true and false positives, risk and coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import auc, average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

from ...data.arrays import Floats64
from ..evaluation.predictions import Predictions
from .scores import Labels

POINTS = 101
"""Of a curve at most so many are kept, evenly along its length; the areas are those of the whole curve."""
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
"""Denser towards 1, where most chances are; models of sentences abstain below 0.5."""


@dataclass(frozen=True, slots=True)
class LabelCurves:
    """One label against all others, by its chance.

    Parameters
    ----------
    label : str
    n : int
        Sentences that have it.
    average_precision, roc_auc : float
    recall, precision : tuple of float
        Points of the precision-recall curve.
    false_positives, true_positives : tuple of float
        Rates; points of the ROC curve.
    """

    label: str
    n: int
    average_precision: float
    roc_auc: float
    recall: tuple[float, ...]
    precision: tuple[float, ...]
    false_positives: tuple[float, ...]
    true_positives: tuple[float, ...]


def label_curves(truth: Labels, chances: Floats64, labels: Sequence[str]) -> list[LabelCurves]:
    """Draw the curves of each label that some sentences have and others have not."""
    curves = []
    for column, label in enumerate(labels):
        is_it, chance = np.asarray(truth) == label, chances[:, column]
        if not 0 < is_it.sum() < len(is_it):
            continue
        precision, recall, _ = precision_recall_curve(is_it, chance)
        false, true, _ = roc_curve(is_it, chance)
        areas = float(average_precision_score(is_it, chance)), float(roc_auc_score(is_it, chance))
        points = (*_thin(recall, precision), *_thin(false, true))
        curves.append(LabelCurves(label, int(is_it.sum()), *areas, *points))
    return curves


def _thin(x: Floats64, y: Floats64) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Keep points of a curve, evenly along its length."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    kept = np.unique(np.searchsorted(length, np.linspace(0, length[-1], POINTS)))
    return tuple(map(float, x[kept])), tuple(map(float, y[kept]))


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains when labels less likely than a threshold are withheld: share of the sentences, share of them wrong."""

    threshold: float
    n: int
    coverage: float
    risk: float | None


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Risk against coverage (El-Yaniv, Wiener, JMLR 2010).

    Parameters
    ----------
    area : float
        Under the curve: the mean risk over all coverages; without any error 0.
    at : tuple of Kept
        At some thresholds.
    coverage, risk : tuple of float
        Points of the curve, the surest sentences first.
    """

    area: float
    at: tuple[Kept, ...]
    coverage: tuple[float, ...]
    risk: tuple[float, ...]


def risk_coverage(predictions: Predictions) -> RiskCoverage:
    """Tell what withholding unsure labels buys."""
    confidence, wrong = predictions.confidence, ~predictions.right
    at = []
    for threshold in THRESHOLDS:
        kept = confidence >= threshold
        risk = float(wrong[kept].mean()) if kept.any() else None
        at.append(Kept(threshold, int(kept.sum()), float(kept.mean()), risk))
    order = np.argsort(-confidence, kind="stable")
    last = np.append(np.diff(confidence[order]) != 0, True)  # the sentences of one confidence go together
    n = np.arange(1, len(order) + 1)
    coverage, risk = (n / len(order))[last], (np.cumsum(wrong[order]) / n)[last]
    area = float(auc(coverage, risk)) if len(coverage) > 1 else float(risk[0])
    return RiskCoverage(area, tuple(at), *_thin(coverage, risk))
