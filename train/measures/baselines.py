"""What a model has to be better than: rules without learning, and people's own agreement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score

from ...classify.kinds.kind_rule import apply_rule
from ...classify.language.article_tokens import view
from ...data.records import LabelledArticle, Sentence
from ..evaluation.predictions import Predictions
from .scores import Score, score

RULED = ("kind", "source_type")
"""Columns that the hand-written rules can label."""


def rule_labels(articles: Sequence[LabelledArticle], column: str, wanted: Callable[[Sentence], bool]) -> list[str]:
    """Label the wanted sentences by the hand-written rules.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    column : str
        ``kind`` or ``source_type``.
    wanted : callable
        Tells whether a sentence is wanted.
    """
    labels: list[str] = []
    for labelled in articles:
        if not any(map(wanted, labelled.sentences)):
            continue
        guesses = apply_rule(view(labelled.article.text, [s.span for s in labelled.sentences]))
        pairs = zip(labelled.sentences, guesses, strict=True)
        labels += [getattr(guess, column) or "none" for s, guess in pairs if wanted(s)]
    return labels


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a second person agrees with the labels, and how well the model does on the same sentences.

    Parameters
    ----------
    column : str
        Of the data, that has the second person's labels.
    kappa : float or None
        Cohen's, of the two people; None where both have used one label only.
    people, model : Score
        Of the second person's labels, and of the model's, against the first.
    sentences : int
        That both have labelled.
    """

    column: str
    sentences: int
    kappa: float | None
    people: Score
    model: Score


def agreement(predictions: Predictions, column: str) -> Agreement:
    """Compare a second person's labels (``predictions.others["second"]``) with the first's.

    Parameters
    ----------
    predictions : Predictions
        Of one repeat.
    column : str
        What the second person's labels are called in the data.
    """
    both = predictions.take(np.flatnonzero(predictions.others["second"] != ""))
    second = both.others["second"]
    return Agreement(
        column,
        len(both),
        float(cohen_kappa_score(both.truth, second)) if len({*both.truth, *second}) > 1 else None,
        score(both.truth, second, both.groups, both.labels),
        score(both.truth, both.predicted, both.groups, both.labels),
    )
