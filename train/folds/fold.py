"""What one fold does: fit on its training articles, judge the held-out ones, say how it got there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction import DictVectorizer
from threadpoolctl import threadpool_limits

from ...classify.kinds.features import Features
from ...classify.kinds.word_features import reads_words
from ...classify.linear.label_pairs import VOICE, combine
from ...classify.model_files.files import BiasModel, LabelModel, SentenceModel, StanceModel
from ...classify.wording.model import TextModel, word_scores
from ...data.arrays import Floats32, Floats64, Strings, softmax
from ..sentences.fit_bias import BiasRows, judged_rows
from ..sentences.fit_stance import StanceRows, stance_chances
from ..sentences.rows import Rows
from ..tasks import Task, predict_rows
from ..wording.rows import TextRows

SHARES = (0.125, 0.25, 0.5)
"""Parts of a fold's training articles that the learning curve is fitted on, besides all of them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model as a fold left it.

    Parameters
    ----------
    outputs : ndarray of str, shape (n_outputs,)
    features : ndarray of str, shape (n_features,)
    values : ndarray of float32, shape (n_features, n_outputs)
    spread : ndarray of float32, shape (n_features,)
        Standard deviation of each feature in the held-out sentences.
    """

    outputs: Strings
    features: Strings
    values: Floats32
    spread: Floats32


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
    shares: tuple[float, ...] = field(default=())


def work_on(task: Task, train: Rows, test: Rows, how: How) -> Fold:
    """Fit on one side and judge the other."""
    with threadpool_limits(1):  # the same sums, whatever the machine and the number of workers
        known = _labels(task, train)
        frequent, stratified = (
            DummyClassifier(strategy=strategy, random_state=how.seed).fit(known, known, train.weights).predict(test.labels)
            for strategy in ("most_frequent", "stratified")
        )
        model = _fit(task, train, how)
        if model is None:
            chances = np.array([[float(label == known[0]) for label in task.labels]] * len(test.labels))
            return Fold(test, frequent, frequent, stratified, chances, chances)
        of = judge(task, model, test)
        curve = tuple(_curve(task, train, test, how))
        n_train = train.n_articles, len(known)
        chosen = model.chosen if isinstance(model, TextModel) else ()
        return Fold(test, of.predicted, frequent, stratified, of.chances, of.raw, of.weights, curve, n_train, chosen)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model makes of sentences; see `Fold`."""

    predicted: Strings
    chances: Floats64
    raw: Floats64
    weights: Weights


def judge(task: Task, model: LabelModel, rows: Rows) -> Judged:
    """Ask a model about sentences that it has not seen."""
    predicted = np.array(predict_rows(model, rows, task.column), dtype=np.str_)
    if isinstance(model, TextModel) and isinstance(rows, TextRows):
        return Judged(predicted, *_judge_text(task, model, rows))
    if isinstance(model, StanceModel) and isinstance(rows, StanceRows):
        raw = chances_of(task, model.first, model.first.logits(rows.features))
        chances = _in_order(task, model.labels, stance_chances(model, rows))
        return Judged(predicted, chances, raw, weights_of(model.first, spread_of(rows.features)))
    if isinstance(model, BiasModel) and isinstance(rows, BiasRows):
        scores = word_scores(model.words, rows.tokens)
        rows, model = judged_rows(rows, scores, reads_words(model.sentences.features)), model.sentences
    if not isinstance(model, SentenceModel):
        raise TypeError(f"a model of {model.task} cannot look at these rows")
    logits = model.logits(rows.features)
    chances = chances_of(task, model, logits * model.scale + model.shift)
    return Judged(predicted, chances, chances_of(task, model, logits), weights_of(model, spread_of(rows.features)))


def _judge_text(task: Task, model: TextModel, rows: TextRows) -> tuple[Floats64, Floats64, Weights]:
    last, laid = model.sentences, model.describe(rows)
    logits = model.logits(laid, rows)
    spread = dict(zip(laid.names, _deviation(laid.matrix), strict=True))
    chances = chances_of(task, last, logits * last.scale + last.shift)
    return chances, chances_of(task, last, logits), weights_of(last, spread)


def _labels(task: Task, rows: Rows) -> Strings:
    return np.array([task.label(str(answer)) for answer in rows.labels], dtype=np.str_)


def _fit(task: Task, rows: Rows, how: How) -> LabelModel | None:
    if len(set(rows.labels)) == 1:
        return None
    return task.fit(rows, how.seed) if how.calibrated else task.fit_quickly(rows)


def chances_of(task: Task, model: SentenceModel, outputs: NDArray[np.floating]) -> Floats64:
    """Turn a model's outputs into the chance of each of the task's labels.

    Parameters
    ----------
    task : Task
    model : SentenceModel
    outputs : ndarray of shape (n_sentences, n_outputs)

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
        In the order of ``task.labels``; each row sums to 1.
    """
    if model.task == VOICE:
        return np.asarray(combine(outputs).sum(axis=1 if task.column == "source_type" else 2))
    return _in_order(task, model.labels, softmax(outputs.astype(np.float64)))


def _in_order(task: Task, labels: Sequence[str], chances: NDArray[np.floating]) -> Floats64:
    """Put a model's chances into the order of the task's labels; one that the model does not know has none."""
    column = {label: chances[:, i].astype(np.float64) for i, label in enumerate(labels)}
    zero = np.zeros(len(chances))
    return np.stack([column.get(label, zero) for label in task.labels], axis=1)


def weights_of(model: SentenceModel, spread: Mapping[str, float]) -> Weights:
    """Give a model's calibrated weights, each above its rivals' mean, and how much its features vary."""
    values = model.weights * np.broadcast_to(model.scale, model.bias.shape)
    rivals = slice(2 if model.task == VOICE else 0, None)  # quote or not, attributed or not: yes and no have no rivals
    values[:, rivals] -= values[:, rivals].mean(axis=1, keepdims=True)
    varies = np.array([spread.get(name, 0.0) for name in model.features], dtype=np.float32)
    return Weights(np.array(model.labels), np.array(model.features), values.astype(np.float32), varies)


def spread_of(features: Sequence[Features]) -> dict[str, float]:
    """Give the standard deviation of each feature; one that a sentence lacks counts as 0 there."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features)
    return dict(zip(vectorizer.get_feature_names_out(), _deviation(matrix), strict=True))


def _deviation(matrix: csr_matrix) -> list[float]:
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    square = np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel()
    deviation: list[float] = np.sqrt(np.maximum(square - mean**2, 0)).tolist()
    return deviation


def _curve(task: Task, train: Rows, test: Rows, how: How) -> list[Part]:
    """Fit on growing parts of the training articles; each part holds the smaller ones."""
    articles = np.random.default_rng(how.seed).permutation(np.unique(train.groups))
    parts = []
    for share in how.shares:
        rows = train.take(np.flatnonzero(np.isin(train.groups, articles[: max(round(share * len(articles)), 1)])))
        model = _fit(task, rows, How(how.seed, calibrated=False))
        if model is None:
            predicted = np.full(len(test.labels), _labels(task, rows)[0])
        else:
            predicted = np.array(predict_rows(model, test, task.column), dtype=np.str_)
        parts.append(Part(rows.n_articles, len(rows.labels), predicted))
    return parts
