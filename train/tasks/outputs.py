"""What a model says of sentences that it has not seen, and the weights that it says so by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer

from ...classify.kinds.features import Features
from ...classify.linear.label_pairs import PAIRED, column_chances, combine, kind_and_type
from ...classify.linear.named import SentenceModel
from ...data.arrays import Floats32, Floats64, Strings, softmax


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
class Outputs:
    """What a model makes of sentences.

    Parameters
    ----------
    predicted : ndarray of str, shape (n_sentences,)
    chances, raw : ndarray of shape (n_sentences, n_labels)
        Of the task's labels, calibrated and not.
    weights : Weights or None
        None of a model that has no weights of named features.
    """

    predicted: Strings
    chances: Floats64
    raw: Floats64
    weights: Weights | None = None


def likeliest(labels: Sequence[str], scores: NDArray[np.floating]) -> Strings:
    """Name the label of the highest score in each row."""
    return np.asarray(np.array(labels, dtype=np.str_)[scores.argmax(axis=1)])


def paired_labels(scores: NDArray[np.floating], column: str) -> Strings:
    """Name the likeliest kind of each sentence, or the likeliest source type that goes with it."""
    kinds, types = kind_and_type(combine(scores))
    return np.array(PAIRED[column], dtype=np.str_)[types if column == "source_type" else kinds]


def label_outputs(labels: Sequence[str], model: SentenceModel, features: Sequence[Features]) -> Outputs:
    """Ask a model of one column about sentences; ``labels`` are those of the task."""
    logits = model.logits(features)
    scores = logits * model.scale + model.shift
    chances, raw = (label_chances(labels, model.labels, given) for given in (scores, logits))
    return Outputs(likeliest(model.labels, scores), chances, raw, weights_of(model, spread_of(features)))


def paired_outputs(column: str, model: SentenceModel, features: Sequence[Features]) -> Outputs:
    """Ask a model of kind and source type about one of the two."""
    logits = model.logits(features)
    scores = logits * model.scale + model.shift
    chances, raw = (column_chances(given, column) for given in (scores, logits))
    return Outputs(paired_labels(scores, column), chances, raw, weights_of(model, spread_of(features)))


def label_chances(labels: Sequence[str], of_model: Sequence[str], scores: NDArray[np.floating]) -> Floats64:
    """Turn scores into the chances of a task's labels; one that the model does not know has none.

    Parameters
    ----------
    labels : sequence of str
        Of the task.
    of_model : sequence of str, length n_outputs
    scores : ndarray of shape (n_sentences, n_outputs)

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
        Each row sums to 1.
    """
    return in_order(labels, of_model, softmax(scores.astype(np.float64)))


def in_order(labels: Sequence[str], of_model: Sequence[str], chances: NDArray[np.floating]) -> Floats64:
    """Put a model's chances into the order of the task's labels; one that the model does not know has none."""
    column = {label: chances[:, i].astype(np.float64) for i, label in enumerate(of_model)}
    zero = np.zeros(len(chances))
    return np.stack([column.get(label, zero) for label in labels], axis=1)


def weights_of(model: SentenceModel, spread: Mapping[str, float]) -> Weights:
    """Give a model's calibrated weights, each above its rivals' mean, and how much its features vary."""
    values = model.weights * np.broadcast_to(model.scale, model.bias.shape)
    rivals = slice(2 if model.is_paired else 0, None)  # quote or not, attributed or not: yes and no have no rivals
    values[:, rivals] -= values[:, rivals].mean(axis=1, keepdims=True)
    varies = np.array([spread.get(name, 0.0) for name in model.features], dtype=np.float32)
    return Weights(np.array(model.labels), np.array(model.features), values.astype(np.float32), varies)


def spread_of(features: Sequence[Features]) -> dict[str, float]:
    """Give the standard deviation of each feature; one that a sentence lacks counts as 0 there."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(features)
    return dict(zip(vectorizer.get_feature_names_out(), deviations(matrix), strict=True))


def deviations(matrix: csr_matrix) -> list[float]:
    """Give the standard deviation of each column."""
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    square = np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel()
    deviation: list[float] = np.sqrt(np.maximum(square - mean**2, 0)).tolist()
    return deviation
