"""What one fold does: fit on its training articles, judge the held-out ones, say how it got there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier
from threadpoolctl import threadpool_limits

from ...data.arrays import Floats64, Strings
from ..sentences.rows import Rows
from ..tasks.outputs import Weights
from ..tasks.task import AnyTask

SHARES = (0.125, 0.25, 0.5)
"""Parts of a fold's training articles that the learning curve is fitted on, besides all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the training articles is good for: its size, and what its model says of the held-out sentences."""

    n_articles: int
    n_sentences: int
    predicted: Strings


@dataclass(frozen=True, slots=True)
class Fold:
    """A fold's held-out sentences, in the order of the articles, and what was predicted for them.

    Parameters
    ----------
    rows : Rows
        Their attributions come from models that had not seen them.
    predicted, frequent, stratified : ndarray of str, shape (n_sentences,)
        The model's label; the most frequent one of the training articles; one drawn by its labels' shares.
    chances, raw : ndarray of shape (n_sentences, n_labels)
        Of the task's labels, calibrated and not.
    weights : Weights or None
        None where there was nothing to learn.
    curve : tuple of Part
        Smaller trainings, the smallest first.
    n_train : (int, int)
        Articles and sentences of the training side.
    chosen : tuple of str
        What the training articles decided besides the weights: see `TextModel.chosen`.
    """

    rows: Rows
    predicted: Strings
    frequent: Strings
    stratified: Strings
    chances: Floats64
    raw: Floats64
    weights: Weights | None = None
    curve: tuple[Part, ...] = ()
    n_train: tuple[int, int] = (0, 0)
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How a fold is worked on.

    Parameters
    ----------
    seed : int
        Of models and of drawing.
    calibrated : bool
        Learn from articles of the training side how sure the model may be, as `Task.fit` does.
    shares : tuple of float
        Of the learning curve; empty for none.
    """

    seed: int = 0
    calibrated: bool = True
    shares: tuple[float, ...] = ()


def work_on(task: AnyTask, train: Rows, test: Rows, how: How) -> Fold:
    """Fit on one side and judge the other."""
    with threadpool_limits(1):  # the same sums, whatever the machine and the number of workers
        known = task.truth(train)
        frequent, stratified = (
            DummyClassifier(strategy=strategy, random_state=how.seed).fit(known, known, train.weights).predict(test.labels)
            for strategy in ("most_frequent", "stratified")
        )
        model = _fit(task, train, how)
        if model is None:
            chances = np.array([[float(label == known[0]) for label in task.labels]] * len(test.labels))
            return Fold(test, frequent, frequent, stratified, chances, chances)
        of = task.outputs(model, test)
        curve = tuple(_curve(task, train, test, how))
        n_train = train.n_articles, len(known)
        choices = task.choices(model)
        return Fold(test, of.predicted, frequent, stratified, of.chances, of.raw, of.weights, curve, n_train, choices)


def _fit(task: AnyTask, rows: Rows, how: How) -> Any:
    if task.needs_two and len(set(rows.labels)) == 1:
        return None
    return task.fit(rows, how.seed) if how.calibrated else task.fit(rows, calibrated=False)


def _curve(task: AnyTask, train: Rows, test: Rows, how: How) -> list[Part]:
    """Fit on growing parts of the training articles; each part holds the smaller ones."""
    articles = np.random.default_rng(how.seed).permutation(np.unique(train.groups))
    parts = []
    for share in how.shares:
        rows = train.take(np.flatnonzero(np.isin(train.groups, articles[: max(round(share * len(articles)), 1)])))
        model = _fit(task, rows, How(how.seed, calibrated=False))
        if model is None:
            predicted = np.full(len(test.labels), task.truth(rows)[0])
        else:
            predicted = task.predict(model, test)
        parts.append(Part(rows.n_articles, len(rows.labels), predicted))
    return parts
