"""Fitting a model anew that begins with another's weights, and leaves them only as far as labels ask for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from ...classify.linear.label_pairs import MAY, VOICE, combine
from ...classify.linear.named import SentenceModel
from ...data.arrays import Floats64, Strings, softmax
from ...data.scheme import KINDS, SOURCE_TYPES
from .logistic import columns_of
from .rows import Rows

C = 0.03
"""Inverse strength of the penalty on what is changed; chosen in ``docs/decisions/teaching.md``."""
_CONSTANT = 1.0  # of the constant beside the features: it is held back as one feature is
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

    def as_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give all of it as arrays; see `Rows`."""
        return {**Rows.as_arrays(self), "base": self.base}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> "AdaptedRows":
        """Read what `as_arrays` gave."""
        rows = Rows.of_arrays(arrays)
        return cls(rows.features, rows.labels, rows.groups, rows.weights, np.asarray(arrays["base"], np.float64))


def adapt(model: SentenceModel, rows: AdaptedRows, strength: float = C) -> SentenceModel:
    """Change a model's weights so that it is right more often on rows, and no more than that takes.

    The likelihood of the labels is maximized under a normal prior whose mean are the model's weights (Chelba, Acero
    2006): without evidence the model stays what it is.

    Parameters
    ----------
    model : SentenceModel
    rows : AdaptedRows
        Labels of a voice model are ``kind/source_type``, one of which may be missing.
    strength : float
        The prior's variance.

    Returns
    -------
    SentenceModel
        Of the same task and labels; it knows features besides that two of the rows share.
    """
    names, matrix = columns_of(rows.features)
    n_features, n_outputs = matrix.shape[1], len(model.labels)
    wide = hstack([matrix, csr_matrix(np.full((matrix.shape[0], 1), _CONSTANT))], format="csr")
    across, loss = wide.T.tocsr(), _loss_of(model, rows.labels)

    def penalized(flat: Floats64) -> tuple[float, Floats64]:
        lost, slope = loss(rows.base + wide @ flat.reshape(n_features + 1, n_outputs))
        weighed = across @ (slope * rows.weights[:, None])
        return float(lost @ rows.weights) + 0.5 / strength * float(flat @ flat), weighed.ravel() + flat / strength

    start = np.zeros((n_features + 1) * n_outputs)
    change = minimize(penalized, start, jac=True, method="L-BFGS-B").x.reshape(n_features + 1, n_outputs)
    return _moved(model, names, change[:-1], _CONSTANT * change[-1])


def _moved(model: SentenceModel, names: Sequence[str], change: Floats64, constant: Floats64) -> SentenceModel:
    """Add a change of the calibrated outputs to a model's weights."""
    scale = np.broadcast_to(np.maximum(model.scale, _LEAST_SCALE), model.bias.shape)
    known = {name: i for i, name in enumerate(model.features)}
    fresh = [name for name in names if name not in known]
    known |= {name: len(known) + i for i, name in enumerate(fresh)}
    weights = np.concatenate([model.weights, np.zeros((len(fresh), len(model.labels)), np.float32)])
    weights[[known[name] for name in names]] += (change / scale).astype(np.float32)
    bias = (model.bias + constant / scale).astype(np.float32)
    return replace(model, features=[*model.features, *fresh], weights=weights, bias=bias, errors=())


def _loss_of(model: SentenceModel, labels: Strings) -> Loss:
    if model.task == VOICE:
        return _of_pairs(labels)
    truth = np.array([model.labels.index(str(label)) for label in labels], dtype=np.int64)
    true = np.eye(len(model.labels))[truth]

    def loss(outputs: Floats64) -> tuple[Floats64, Floats64]:
        chances = softmax(outputs)
        return -np.log(np.maximum((chances * true).sum(axis=1), _TINY)), chances - true

    return loss


def _of_pairs(labels: Strings) -> Loss:
    """Give the loss of a voice model: of the pairs of kind and source type that a label allows."""
    allowed = np.stack([_allowed(*str(label).split("/")) for label in labels])

    def loss(outputs: Floats64) -> tuple[Floats64, Floats64]:
        pairs = combine(outputs) * allowed
        total = np.maximum(pairs.sum(axis=(1, 2)), _TINY)
        shares = pairs / total[:, None, None]
        quote, attributed = expit(outputs[:, 0]), expit(outputs[:, 1])
        of_types = softmax(outputs[:, 2:])
        is_quote = shares[:, 0].sum(axis=1)
        types = shares[:, :, :-1].sum(axis=1)
        somebody = types.sum(axis=1)
        slope = np.empty_like(outputs)
        slope[:, 0] = quote - is_quote
        slope[:, 1] = attributed * (1 - is_quote) - (somebody - is_quote)
        slope[:, 2:] = of_types * somebody[:, None] - types
        return -np.log(total), slope

    return loss


def _allowed(kind: str, source_type: str) -> Floats64:
    """Mark the pairs that go with a label; an empty part is not known."""
    kinds = np.array([not kind or name == kind for name in KINDS])
    types = np.array([not source_type or name == source_type for name in SOURCE_TYPES])
    return np.asarray(kinds[:, None] & types[None, :] & MAY, dtype=np.float64)
