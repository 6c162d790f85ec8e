"""Fitting scikit-learn's linear models on hashed features."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from .hashed import BITS, Hashes, Weights, prune


def fit_hashed(
    hashes: Hashes,
    labels: NDArray[np.int64],
    n_labels: int,
    *,
    alpha: float,
    epochs: int = 8,
    least: int = 3,
    n_kept: int = 1 << 30,
    seed: int = 0,
    n_jobs: int = 2,
) -> Weights:
    """Fit a logistic model, one against the rest, by averaged stochastic gradient descent.

    Parameters
    ----------
    hashes : ndarray of shape (n_rows, n_templates)
    labels : ndarray of shape (n_rows,)
        From 0; two labels give one output, more give one each.
    n_labels : int
    alpha : float
        Strength of the L2 penalty.
    epochs : int
    least : int
        Features seen less often are left out.
    n_kept : int
        How many features to keep.
    seed : int
    n_jobs : int
        Outputs are fitted side by side; the result does not depend on it.
    """
    counts = np.bincount(hashes.ravel(), minlength=1 << BITS)
    columns = np.flatnonzero(counts >= least)
    to_column = np.full(1 << BITS, -1, dtype=np.int32)
    to_column[columns] = np.arange(len(columns), dtype=np.int32)
    matrix = _matrix(hashes, to_column, len(columns))
    seen = counts[columns]
    del counts, to_column
    model = SGDClassifier(
        loss="log_loss",
        alpha=alpha,
        max_iter=epochs,
        tol=None,
        average=True,
        random_state=seed,
        n_jobs=n_jobs,
    )
    model.fit(matrix, labels)
    coef, bias = model.coef_, model.intercept_
    if n_labels > 2 and len(model.classes_) < n_labels:
        full = np.zeros((n_labels, coef.shape[1]))
        full_bias = np.full(n_labels, -20.0)
        full[model.classes_], full_bias[model.classes_] = coef, bias
        coef, bias = full, full_bias
    return prune(coef, bias, columns.astype(np.int32), n_kept, seen)


def _matrix(hashes: Hashes, to_column: Hashes, n_columns: int) -> csr_matrix:
    found = to_column[hashes]
    kept = found >= 0
    indptr = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    indices = found[kept]
    return csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(hashes), n_columns))
