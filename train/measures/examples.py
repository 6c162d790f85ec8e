"""Sentences to look at: the surest errors, the closest calls, the labels that are likely wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Ints
from ...data.records import LabelledArticle
from ..evaluation.predictions import Predictions, Unit
from .confident_learning import rank_label_issues

MOST = 50
"""Sentences in each list, at most."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence between its neighbours, its label, and what the model of other articles said.

    Parameters
    ----------
    article : str
    n : int
    before, text, after : str
        ``before`` and ``after`` are empty at the ends of the article.
    target : str
        Of a stance; else empty.
    truth, predicted : str
    confidence : float
        Chance of the predicted label.
    of_truth : float
        Chance of the true one.
    """

    article: str
    n: int
    before: str
    text: str
    after: str
    target: str
    truth: str
    predicted: str
    confidence: float
    of_truth: float


def sure_errors(predictions: Predictions, most: int = MOST) -> Ints:
    """Find the errors that the model was surest of; row numbers."""
    wrong = np.flatnonzero(~predictions.right)
    return wrong[np.argsort(-predictions.confidence[wrong], kind="stable")][:most]


def close_calls(predictions: Predictions, most: int = MOST) -> Ints:
    """Find the sentences whose two likeliest labels are nearest to each other; row numbers."""
    two = np.sort(predictions.chances, axis=1)[:, -2:]
    return np.argsort(two[:, 1] - two[:, 0], kind="stable")[:most]


def likely_wrong(predictions: Predictions, most: int = MOST) -> Ints:
    """Find the labels that models of other articles doubt, by confident learning; row numbers."""
    column = {label: i for i, label in enumerate(predictions.labels)}
    labels = np.array([column[str(label)] for label in predictions.truth], dtype=np.int64)
    return rank_label_issues(predictions.chances, labels)[:most]


def examples(
    predictions: Predictions, chosen: Ints, articles: Sequence[LabelledArticle], units: Sequence[Unit]
) -> list[Example]:
    """Show rows with their sentences and those around them.

    Parameters
    ----------
    predictions : Predictions
        Of one repeat, a row for each unit.
    chosen : ndarray of int
        Row numbers.
    articles : sequence of LabelledArticle
    units : sequence of Unit
    """
    column = {label: i for i, label in enumerate(predictions.labels)}
    confidence = predictions.confidence
    shown = []
    for i in chosen.tolist():
        unit, labelled = units[i], articles[units[i].article]
        truth = str(predictions.truth[i])
        shown.append(
            Example(
                labelled.article.id,
                labelled.sentences[unit.sentence].n,
                _text(labelled, unit.sentence - 1),
                _text(labelled, unit.sentence),
                _text(labelled, unit.sentence + 1),
                unit.target,
                truth,
                str(predictions.predicted[i]),
                float(confidence[i]),
                float(predictions.chances[i, column[truth]]) if truth in column else 0.0,
            )
        )
    return shown


def _text(labelled: LabelledArticle, number: int) -> str:
    if not 0 <= number < len(labelled.sentences):
        return ""
    return " ".join(labelled.sentences[number].span.of(labelled.article.text).split())
