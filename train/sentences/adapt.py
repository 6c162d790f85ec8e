"""Fitting a model anew that begins with another's weights, and leaves them only as far as labels ask for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from ...classify.linear.label_pairs import MAY, combine, kind_and_type
from ...classify.linear.named import SentenceModel
from ...data.arrays import Bools, Floats64, Ints, Strings, softmax
from ...data.scheme import KINDS, SOURCE_TYPES
from ..folds.grouped import grouped_folds
from .logistic import columns_of
from .rows import Arrays, Rows

STRENGTHS = (0.003, 0.01, 0.03, 0.1)
"""Variances of a change's prior that are tried; ``docs/decisions/teaching.md`` tells what all of these were chosen by."""
_CONSTANT, _OUTPUT = 1.8, 0.6  # the constant, and what the model itself says, beside features: they may change more
_SURER = 1.64  # standard errors by which a change must have more right on held-out articles
_FOLDS = 5
_LEAST_SCALE = 1e-3  # a calibrated score that hardly follows the features cannot be moved by them
_TINY = 1e-30
Loss = Callable[[Floats64], tuple[Floats64, Floats64]]
"""Gives for outputs, shape (n_rows, n_outputs), the negative log likelihood of each label, and its slope by the outputs."""


@dataclass(frozen=True, slots=True)
class AdaptedRows(Rows):
    """Sentences, and what the model that is begun with says of them.

    Parameters
    ----------
    base : ndarray of shape (n_rows, n_outputs)
        Its calibrated outputs, as annotating has them.
    """

    base: Floats64

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays; see `Rows`."""
        return {**Rows.as_arrays(self), "base": self.base}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave."""
        rows = Rows.of_arrays(arrays)
        return cls(rows.features, rows.labels, rows.groups, rows.weights, arrays["base"].astype(np.float64))


def adapt(model: SentenceModel, rows: AdaptedRows, seed: int = 0) -> SentenceModel:
    """Change a model so that it is right more often, and no more than that takes.

    Parameters
    ----------
    model : SentenceModel
        Of kind and source type together (`label_pairs.OUTPUTS`), or of one column.
    rows : AdaptedRows
        Labels of kind and source type are ``kind/source_type``, one of which may be empty.
    seed : int
        Of the folds.

    Returns
    -------
    SentenceModel
        The model itself where no change has surely more right on articles of the rows that were held out.
    """
    design = _Design.of(model, rows)
    strength = _chosen(model, rows, design, seed)
    return model if strength is None else design.moved(model, _change(model, rows, design.matrix, strength))


@dataclass(frozen=True, slots=True)
class _Design:
    """What a change hangs by: the features of sentences, a constant, and what the model says by these features."""

    names: list[str]
    matrix: csr_matrix

    @classmethod
    def of(cls, model: SentenceModel, rows: AdaptedRows) -> "_Design":
        names, matrix = columns_of(rows.features)
        constant = np.full((len(rows.labels), 1), _CONSTANT)
        outputs = _OUTPUT * model.outputs(rows.features).astype(np.float64) @ _centred(model)
        return cls(names, hstack([matrix, csr_matrix(constant), csr_matrix(outputs)], format="csr"))

    def moved(self, model: SentenceModel, change: Floats64) -> SentenceModel:
        """Write a change into the weights of a model: what it says hangs by its features, and by nothing else."""
        n, scale = (
            len(self.names),
            np.maximum(np.broadcast_to(model.scale, model.bias.shape), _LEAST_SCALE).astype(np.float64),
        )
        of_features, constant, mix = change[:n], _CONSTANT * change[n], _OUTPUT * _centred(model) @ change[n + 1 :]
        known = {name: i for i, name in enumerate(model.features)}
        fresh = [name for name in self.names if name not in known]
        known |= {name: len(known) + i for i, name in enumerate(fresh)}
        calibrated = np.concatenate([model.weights * scale, np.zeros((len(fresh), len(scale)))])
        calibrated += calibrated @ mix
        calibrated[[known[name] for name in self.names]] += of_features
        bias = model.bias * scale + constant + model.constants @ mix
        weights, biases = ((part / scale).astype(np.float32) for part in (calibrated, bias))
        return replace(model, features=[*model.features, *fresh], weights=weights, bias=biases, errors=())


def _centred(model: SentenceModel) -> Floats64:
    """Give the matrix that takes the mean from scores which compete: only how they differ says anything."""
    n = len(model.labels)
    alone = 2 if model.is_paired else 0  # quote or not, attributed or not: log odds, which compete with none
    matrix = np.eye(n)
    matrix[alone:, alone:] -= 1 / (n - alone)
    return matrix


def _change(model: SentenceModel, rows: AdaptedRows, matrix: csr_matrix, strength: float) -> Floats64:
    """Find the likeliest change, shape (n_columns, n_outputs), whose prior is normal around none (Chelba, Acero 2006)."""
    across, loss = matrix.T.tocsr(), _loss_of(model, rows.labels)
    shape = matrix.shape[1], len(model.labels)

    def penalized(flat: Floats64) -> tuple[float, Floats64]:
        lost, slope = loss(rows.base + matrix @ flat.reshape(shape))
        weighed = across @ (slope * rows.weights[:, None])
        return float(lost @ rows.weights) + 0.5 / strength * float(flat @ flat), weighed.ravel() + flat / strength

    found = minimize(penalized, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x.reshape(shape))


def _chosen(model: SentenceModel, rows: AdaptedRows, design: _Design, seed: int) -> float | None:
    """Choose the strength that has most right on held-out articles; None where none has surely more than no change."""
    n_folds = min(_FOLDS, rows.n_articles)
    if n_folds < 2:
        return None
    folds = grouped_folds(rows.labels, rows.groups, n_folds, seed)
    as_it_is = _right(model, rows.base, rows.labels)
    _, article = np.unique(rows.groups, return_inverse=True)
    best, most = None, 0.0
    for strength in STRENGTHS:
        outputs = rows.base.copy()
        for train, test in folds:
            outputs[test] += design.matrix[test] @ _change(model, rows.take(train), design.matrix[train], strength)
        gained = np.bincount(article, _right(model, outputs, rows.labels) - as_it_is)
        if gained.sum() > max(most, _SURER * float(np.sqrt((gained**2).sum()))):
            best, most = strength, float(gained.sum())
    return best


def _right(model: SentenceModel, outputs: Floats64, labels: Strings) -> Ints:
    """Count what is right of each sentence: its label, or of kind and source type each that is known."""
    if not model.is_paired:
        return np.asarray(np.array(model.labels)[outputs.argmax(axis=1)] == labels, dtype=np.int64)
    kinds, types = kind_and_type(combine(outputs))
    given = zip(np.array(KINDS)[kinds].tolist(), np.array(SOURCE_TYPES)[types].tolist(), strict=True)
    true = (label.split("/") for label in labels.tolist())
    return np.array([sum(map(str.__eq__, one, other)) for one, other in zip(given, true, strict=True)], dtype=np.int64)


def _loss_of(model: SentenceModel, labels: Strings) -> Loss:
    if model.is_paired:
        return _of_pairs(labels)
    true = np.array(model.labels)[None, :] == labels[:, None]
    return _of_labels(true)


def _of_labels(true: Bools) -> Loss:
    def loss(outputs: Floats64) -> tuple[Floats64, Floats64]:
        chances = softmax(outputs)
        return -np.log(np.maximum((chances * true).sum(axis=1), _TINY)), chances - true

    return loss


def _of_pairs(labels: Strings) -> Loss:
    """Give the loss of a model of kind and source type: of all pairs that a label allows."""
    allowed = np.stack([_allowed(*str(label).split("/")) for label in labels])

    def loss(outputs: Floats64) -> tuple[Floats64, Floats64]:
        pairs = combine(outputs) * allowed
        total = np.maximum(pairs.sum(axis=(1, 2)), _TINY)
        shares = pairs / total[:, None, None]
        quote, attributed = expit(outputs[:, 0]), expit(outputs[:, 1])
        is_quote, types = shares[:, 0].sum(axis=1), shares[:, :, :-1].sum(axis=1)
        is_attributed = types.sum(axis=1)
        slope = np.empty_like(outputs)
        slope[:, 0] = quote - is_quote
        slope[:, 1] = attributed * (1 - is_quote) - (is_attributed - is_quote)
        slope[:, 2:] = softmax(outputs[:, 2:]) * is_attributed[:, None] - types
        return -np.log(total), slope

    return loss


def _allowed(kind: str, source_type: str) -> Bools:
    """Mark the pairs that go with a label; an empty part is not known."""
    kinds = np.array([not kind or name == kind for name in KINDS])
    types = np.array([not source_type or name == source_type for name in SOURCE_TYPES])
    return np.asarray(kinds[:, None] & types[None, :] & MAY)
