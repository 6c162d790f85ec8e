"""Fitting scikit-learn's linear models on hashed features."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression, SGDClassifier

from ...classify.linear.hashed import BITS, Hashes, Weights, prune
from ...data.arrays import Floats64, Ints

_LEAST = 3  # rows that must share a feature
_NEVER = -20.0  # the logit of a label that no row has
_ALIKE = 0.02  # options whose worth differs by no more teach nothing
_ROUNDS, _PRECISE = 300, 1e-3  # the solver's: at most so many, and ten times the usual tolerance


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
    hashes: Hashes, row: Ints, worth: Floats64, *, strength: float = 0.1, least: int = 5, n_kept: int = 1 << 30
) -> Weights:
    """Fit a model that prefers the best option of each row: logistic regression on how it differs from each of the others.

    Parameters
    ----------
    hashes : ndarray of shape (n_options, n_templates)
    row : ndarray of shape (n_options,)
        What the options belong to, ascending.
    worth : ndarray of shape (n_options,)
        The best has the most; a pair counts by how much more that is.
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
    order = np.lexsort((-worth, row))  # of each row the best stands first
    best = np.repeat(order[starts], sizes)
    other = np.arange(len(row))
    more = worth[best] - worth[other]
    kept = more > _ALIKE
    if not kept.any():
        return prune(np.zeros((1, len(columns))), np.zeros(1), columns, 0)
    side = np.where(np.arange(kept.sum()) % 2 == 0, 1, -1)  # both answers occur, or nothing could be fitted
    apart = diags(side.astype(np.float64)) @ (matrix[best[kept]] - matrix[other[kept]])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=_ROUNDS, tol=_PRECISE)
    model.fit(apart, side, sample_weight=more[kept])
    return prune(model.coef_, np.zeros(1), columns, n_kept, seen)


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
