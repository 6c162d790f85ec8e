"""Do chances mean what they say? Reliability, expected calibration error, Brier score, log loss; right beside wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import log_loss

from ...data.arrays import Bools, Floats64
from ..evaluation.predictions import Predictions
from .scores import Labels

BINS = 15
"""Of equal width, as Guo, Pleiss, Sun, Weinberger (ICML 2017) have them."""
HISTOGRAM = 10
"""Bars of the chart of confidence: by tenths."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Sentences of a confidence above ``low`` and up to ``high``: how many, their mean confidence, their accuracy."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far chances are from what comes true.

    Parameters
    ----------
    ece : float
        Expected calibration error of the likeliest label: mean distance of confidence and accuracy over the bins.
    brier : float
        Squared distance of the chances from the truth, summed over the labels; from 0 to 2.
    log_loss : float
        In nats.
    bins : tuple of Bin
        Those with sentences in them.
    """

    ece: float
    brier: float
    log_loss: float
    bins: tuple[Bin, ...]


def calibration(truth: Labels, chances: Floats64, labels: Sequence[str]) -> Calibration:
    """Measure the calibration of chances.

    Parameters
    ----------
    truth : sequence of str, length n_sentences
    chances : ndarray of shape (n_sentences, n_labels)
        Each row sums to 1.
    labels : sequence of str

    Examples
    --------
    >>> measured = calibration(["a", "b"], np.array([[0.8, 0.2], [0.6, 0.4]]), ["a", "b"])
    >>> round(measured.ece, 3), round(measured.brier, 3)
    (0.4, 0.4)
    """
    order = np.argsort(np.array(labels))  # scikit-learn wants the labels sorted
    names, sorted_chances = [labels[i] for i in order], chances[:, order] / chances.sum(axis=1, keepdims=True)  # or it warns
    right = np.asarray(truth) == np.array(labels)[chances.argmax(axis=1)]
    bins = _bins(chances.max(axis=1), right)
    return Calibration(
        expected_error(chances.max(axis=1), right),
        float(((chances - (np.asarray(truth)[:, None] == np.array(labels))) ** 2).sum(axis=1).mean()),
        float(log_loss(truth, sorted_chances, labels=names)),
        tuple(bins),
    )


def expected_error(confidence: Floats64, right: Bools) -> float:
    """Give the expected calibration error: the mean distance of confidence and accuracy over the bins.

    Parameters
    ----------
    confidence : ndarray of shape (n_sentences,)
        Chances of the labels that were given.
    right : ndarray of bool, shape (n_sentences,)

    Examples
    --------
    >>> round(expected_error(np.array([0.8, 0.6]), np.array([True, False])), 3)
    0.4
    """
    return float(sum(b.n * abs(b.confidence - b.accuracy) for b in _bins(confidence, right)) / len(right))


def _bins(confidence: Floats64, right: Bools) -> list[Bin]:
    edges = np.linspace(0, 1, BINS + 1)
    place = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, BINS - 1)
    bins = []
    for k in np.unique(place):
        inside = place == k
        means = float(confidence[inside].mean()), float(right[inside].mean())
        bins.append(Bin(float(edges[k]), float(edges[k + 1]), int(inside.sum()), *means))
    return bins


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the model was of labels that are right, or of those that are wrong.

    Parameters
    ----------
    n : int
    mean, lower, median, upper : float
        The quartiles; 0 of none.
    counts : tuple of int, length `HISTOGRAM`
        By tenths of confidence.
    """

    n: int
    mean: float
    lower: float
    median: float
    upper: float
    counts: tuple[int, ...]


def confidences(predictions: Predictions) -> dict[str, Confidence]:
    """Describe the confidence of right labels and of wrong ones."""
    confidence, right = predictions.confidence, predictions.right
    return {"right": _confidence(confidence[right]), "wrong": _confidence(confidence[~right])}


def _confidence(values: Floats64) -> Confidence:
    counts, _ = np.histogram(values, HISTOGRAM, (0, 1))
    if not len(values):
        return Confidence(0, 0.0, 0.0, 0.0, 0.0, tuple(map(int, counts)))
    lower, median, upper = map(float, np.quantile(values, [0.25, 0.5, 0.75]))
    return Confidence(len(values), float(values.mean()), lower, median, upper, tuple(map(int, counts)))
