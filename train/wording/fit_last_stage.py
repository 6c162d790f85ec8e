"""Fitting the last stage of a text classifier on what models say that have not seen the article."""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import solve
from sklearn.linear_model import LogisticRegression

from ...classify.wording.features import VECTOR
from ...classify.wording.last_stage import LastStage, Quadratic, both_labels, chance_of_first, stage_columns
from ...data.arrays import Bools, Floats64
from ..sentences.rows import Fold
from .rows import TextRows

_C = 0.3  # inverse strength of the penalty of the stage
_RIDGE = 1.0  # strength of the penalty of the quadratic score
_MOST = 10_000  # sentences that a quadratic score is fitted on: every two are compared, which takes 0.8 GB of memory


def fit_last_stage(
    rows: TextRows, said: Floats64, labels: Sequence[str], folds: Sequence[Fold], evened: Floats64
) -> tuple[LastStage, Floats64]:
    """Fit the last stage.

    Parameters
    ----------
    rows : TextRows
    said : ndarray of shape (n_rows, 2)
        Outputs of models that have not seen the article.
    labels : sequence of str
        Two.
    folds : sequence of (train, test)
        Those that ``said`` came from.
    evened : ndarray of float, shape (n_rows,)
        How much each row counts.

    Returns
    -------
    stage : LastStage
    outputs : ndarray of shape (n_rows, 2)
        Of stages that were fitted on the other folds.
    """
    first = rows.labels == labels[0]
    vectors, squared = rows.laid.columns(vectors_of(rows)), np.zeros(len(first))
    for train, test in folds:
        squared[test] = fit_quadratic(vectors[train], first[train]).scores(vectors[test])
    usual = float(chance_of_first(said).mean())
    columns = stage_columns(said, rows.groups, usual, squared)
    outputs = said.copy()
    for train, test in folds:
        if len(np.unique(first[train])) > 1:
            weights, bias = _line(columns[train], first[train], evened[train])
            outputs[test] = both_labels(columns[test] @ weights + bias)
    weights, bias = _line(columns, first, evened)
    return LastStage(weights, bias, usual, fit_quadratic(vectors, first)), outputs


def vectors_of(rows: TextRows) -> list[str]:
    """Name the features that come from an encoder."""
    return [name for name in rows.laid.names if name.startswith(VECTOR)]


def fit_quadratic(vectors: Floats64, first: Bools) -> Quadratic:
    """Fit a quadratic score by ridge regression, the squared products of every two vectors as its kernel.

    Parameters
    ----------
    vectors : ndarray of shape (n_rows, n_dimensions)
    first : ndarray of bool, shape (n_rows,)
        Who has the first label.

    Notes
    -----
    Of more than 10,000 rows every second, third, … is looked at.
    """
    step = 1 + (len(first) - 1) // _MOST
    vectors, first = vectors[::step], first[::step]
    kernel = (vectors @ vectors.T) ** 2
    kernel[np.diag_indices(len(kernel))] += _RIDGE
    alpha = solve(kernel, first - first.mean(), assume_a="pos", overwrite_a=True, check_finite=False)
    # the kernel's score of x, the sum of alpha_i (x_i . x)^2, is x' T x with this table T
    return Quadratic(((vectors.T * alpha) @ vectors).astype(np.float32))


def _line(columns: Floats64, first: Bools, weights: Floats64) -> tuple[Floats64, float]:
    """Fit a logistic regression of standardised columns; give what counts as they are."""
    deviations = columns.std(axis=0)
    scale = 1 / np.where(deviations > 0, deviations, 1)
    model = LogisticRegression(C=_C).fit((columns - columns.mean(axis=0)) * scale, first, sample_weight=weights)
    found = model.coef_[0] * scale
    return found, float(model.intercept_[0] - columns.mean(axis=0) @ found)
