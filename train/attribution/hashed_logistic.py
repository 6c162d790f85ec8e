"""Fitting scikit-learn's linear models on hashed features."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression, SGDClassifier

from ...classify.linear.hashed import BITS, Hashes, Weights, prune
from ...data.arrays import Floats64, Ints

_LEAST = 3  # rows that must share a feature
_NEVER = -20.0  # the logit of a label that no row has
_ALIKE = 0.02  # options whose worth differs by no more teach nothing
_MEASURES_WEIGH = 3.0  # beside a feature that a row has or has not: they are penalised less
_ROUNDS = 60  # of the solver for choices; twice as many change nothing in held-out articles


class HashedFit(NamedTuple):
    """How a model is fitted.

    Parameters
    ----------
    n_labels : int
        Two labels give one output, more give one each.
    alpha : float
        Strength of the L2 penalty.
    epochs : int
        How often the rows are gone through.
    n_kept : int
        How many features to keep.
    """

    n_labels: int
    alpha: float
    epochs: int
    n_kept: int


def fit_hashed(hashes: Hashes, labels: Ints, how: HashedFit, *, seed: int = 0) -> Weights:
    """Fit a logistic model, one against the rest, by averaged stochastic gradient descent.

    Parameters
    ----------
    hashes : ndarray of shape (n_rows, n_templates)
        Features seen fewer than three times are left out.
    labels : ndarray of shape (n_rows,)
        From 0; those that do not occur get an output that is never the highest.
    how : HashedFit
    seed : int
    """
    matrix, columns, seen = feature_matrix(hashes, _LEAST)
    model = SGDClassifier(
        loss="log_loss",
        alpha=how.alpha,
        max_iter=how.epochs,
        tol=None,
        average=True,
        random_state=seed,
        n_jobs=2,  # outputs side by side; what comes out does not depend on it
    )
    model.fit(matrix, labels)
    coef, bias = model.coef_, model.intercept_
    if how.n_labels > 2 and len(model.classes_) < how.n_labels:
        coef, bias = np.zeros((how.n_labels, coef.shape[1])), np.full(how.n_labels, _NEVER)
        coef[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    return prune(coef, bias, columns, how.n_kept, seen)


def fit_choice(
    hashes: Hashes, row: Ints, worth: Floats64, *, strength: float = 0.1, least: int = 8, n_kept: int = 1 << 30
) -> Weights:
    """Fit a model that chooses the best option of each row: a softmax over the row's options (a conditional logit).

    Parameters
    ----------
    hashes : ndarray of shape (n_options, n_templates)
    row : ndarray of shape (n_options,)
        What the options belong to, ascending.
    worth : ndarray of shape (n_options,)
        The best has the most, options about as good share the place; a row counts by how much its options differ.
    strength : float
        Inverse of the L2 penalty, *C*.
    least : int
        Features seen less often are left out.
    n_kept : int
        How many features to keep.
    """
    matrix, columns, seen = feature_matrix(hashes, least)
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    sizes = np.diff(np.append(starts, len(row)))
    best, least_worth = (reduce.reduceat(worth, starts) for reduce in (np.maximum, np.minimum))
    counts = best - least_worth
    kept = np.repeat(counts > _ALIKE, sizes)
    if not kept.any():
        return prune(np.zeros((1, len(columns))), np.zeros(1), columns, 0)
    target = (worth >= np.repeat(best, sizes) - _ALIKE).astype(np.float64)
    target /= np.repeat(np.add.reduceat(target, starts), sizes)
    rows = counts > _ALIKE
    loss = _ChoiceLoss.of(matrix[kept], sizes[rows], counts[rows], target[kept], 1 / strength)
    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return prune(found.x[None, :], np.zeros(1), columns, n_kept, seen)


class _ChoiceLoss(NamedTuple):
    """The cross-entropy of choices, weighted, with an L2 penalty; called with weights it gives the loss and its gradient.

    Parameters
    ----------
    matrix, across : csr_matrix
        The options' features, and the same transposed.
    starts : ndarray of shape (n_rows,)
        Where the options of each row begin.
    row : ndarray of shape (n_options,)
    counts : ndarray of shape (n_rows,)
        How much a row counts.
    target : ndarray of shape (n_options,)
        Chances that sum to 1 in each row.
    penalty : float
    """

    matrix: csr_matrix
    across: csr_matrix
    starts: Ints
    row: Ints
    counts: Floats64
    target: Floats64
    penalty: float

    @classmethod
    def of(cls, matrix: csr_matrix, sizes: Ints, counts: Floats64, target: Floats64, penalty: float) -> "_ChoiceLoss":
        row = np.repeat(np.arange(len(sizes)), sizes)
        return cls(matrix, matrix.T.tocsr(), np.cumsum(sizes) - sizes, row, counts, target, penalty)

    def __call__(self, weights: Floats64) -> tuple[float, Floats64]:
        scores = self.matrix @ weights
        top = np.maximum.reduceat(scores, self.starts)
        shares = np.exp(scores - top[self.row])
        total = np.add.reduceat(shares, self.starts)
        each = self.counts[self.row]
        loss = self.counts @ (top + np.log(total)) - (each * self.target) @ scores
        gradient = self.across @ (each * (shares / total[self.row] - self.target))
        return float(loss + self.penalty / 2 * weights @ weights), gradient + self.penalty * weights


def fit_mixed(
    measures: Floats64, hashes: Hashes, labels: Ints, *, strength: float, n_kept: int, least: int = 5
) -> tuple[Floats64, Weights]:
    """Fit a logistic model on measures, brought to one scale, and on features beside them.

    Parameters
    ----------
    measures : ndarray of shape (n_rows, n_measures)
    hashes : ndarray of shape (n_rows, n_templates)
        Features seen fewer than ``least`` times are left out.
    labels : ndarray of shape (n_rows,)
        0 and 1, both of which occur.
    strength : float
        Inverse of the L2 penalty, *C*.
    n_kept : int
        How many features to keep.
    least : int

    Returns
    -------
    weights : ndarray of shape (n_measures + 1,)
        Of the measures as they are, the constant last.
    features : Weights
        Without a constant.
    """
    matrix, columns, seen = feature_matrix(hashes, least)
    scale = _MEASURES_WEIGH / np.maximum(measures.std(axis=0), 1e-9)
    middle = measures.mean(axis=0)
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=_ROUNDS)
    model.fit(hstack([csr_matrix((measures - middle) * scale), matrix]).tocsr(), labels)
    coef = model.coef_[0]
    of_measures = coef[: len(scale)] * scale
    constant = model.intercept_[0] - of_measures @ middle
    features = prune(coef[None, len(scale) :], np.zeros(1), columns, n_kept, seen)
    return np.append(of_measures, constant), features


def feature_matrix(hashes: Hashes, least: int) -> tuple[csr_matrix, Hashes, Ints]:
    """Give a column to each feature seen often enough: the matrix, and each column's hash and how often it was seen."""
    counts = np.bincount(hashes.ravel(), minlength=1 << BITS)
    columns = np.flatnonzero(counts >= least)
    to_column = np.full(1 << BITS, -1, dtype=np.int32)
    to_column[columns] = np.arange(len(columns), dtype=np.int32)
    found = to_column[hashes]
    kept = found >= 0
    indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    indices = found[kept]
    matrix = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(hashes), len(columns)))
    return matrix, columns.astype(np.int32), counts[columns]
