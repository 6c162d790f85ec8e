"""Fitting scikit-learn's linear models on hashed features."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression, SGDClassifier

from ...classify.linear.hashed import BITS, Hashes, Weights, prune
from ...data.arrays import Bools, Floats64, Ints

_LEAST = 3  # rows that must share a feature
_AT_ONCE = 1 << 20  # features that are counted at a time
_NEVER = -20.0  # the logit of a label that no row has
_SURE = 4.0  # the log odds of what is always so
_ALIKE = 0.02  # options whose worth differs by no more teach nothing
_MEASURES_WEIGH = 3.0  # beside a feature that a row has or has not: they are penalised less
_ROUNDS = 40  # of the solver for choices; on held-out articles 35 and 60 are as right
_PASSES = 60  # of the solver for mixed features


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


class FeatureRows(NamedTuple):
    """Hashed features of rows, numbered anew, without those that are seldom: much smaller than the hashes.

    Parameters
    ----------
    columns : ndarray of int32, shape (n_columns,)
        The hash of each column, ascending.
    indices : ndarray of int32, shape (n_features,)
        The columns that the rows have, row after row.
    lengths : ndarray of shape (n_rows,)
        How many columns each row has.
    """

    columns: Hashes
    indices: Hashes
    lengths: Ints

    @classmethod
    def of(cls, hashes: Sequence[Hashes], least: int = _LEAST) -> "FeatureRows":
        """Take features that are seen so often, and no others.

        Parameters
        ----------
        hashes : sequence of ndarray of shape (n_rows, n_templates)
            Of articles, one behind the other.
        least : int
        """
        counts = sum((np.bincount(part, minlength=1 << BITS) for part in _joined(hashes)), np.zeros(1 << BITS, np.int64))
        columns = np.flatnonzero(counts >= least)
        numbers = np.full(1 << BITS, -1, dtype=np.int32)
        numbers[columns] = np.arange(len(columns), dtype=np.int32)
        indices = np.empty(int(counts[columns].sum()), dtype=np.int32)
        lengths, end = [np.zeros(0, np.int64)], 0
        for part in hashes:
            found = numbers[part]
            kept = found >= 0
            lengths.append(kept.sum(axis=1))
            begin, end = end, end + int(lengths[-1].sum())
            indices[begin:end] = found[kept]
        return cls(columns.astype(np.int32), indices, np.concatenate(lengths))

    def matrix(
        self, least: int = _LEAST, chosen: Bools | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> tuple[csr_matrix, Hashes, Ints]:
        """Give a column to each feature seen often enough in the chosen rows, or in all.

        Returns
        -------
        matrix : csr_matrix of shape (n_chosen, n_kept)
        columns : ndarray of int32, shape (n_kept,)
            The hash of each column.
        seen : ndarray of shape (n_kept,)
            In how many of the rows it stands.
        """
        indices, lengths = self.indices, self.lengths
        if chosen is not None:
            indices, lengths = indices[np.repeat(chosen, lengths)], lengths[chosen]
        seen = sum(
            (np.bincount(part, minlength=len(self.columns)) for part in _slices(indices)),
            np.zeros(len(self.columns), np.int64),
        )
        kept = seen >= least
        if not kept.all():
            stays = kept[indices]
            gone = np.searchsorted(np.cumsum(lengths), np.flatnonzero(~stays), side="right")
            lengths = lengths - np.bincount(gone, minlength=len(lengths))
            indices = indices[stays]
            np.take(np.cumsum(kept, dtype=np.int32) - 1, indices, out=indices, mode="clip")  # in place: these are many
        indptr = np.concatenate([[0], np.cumsum(lengths)])
        matrix = csr_matrix((np.ones(len(indices), dtype), indices, indptr), shape=(len(lengths), int(kept.sum())))
        return matrix, self.columns[kept], seen[kept]


def _joined(hashes: Sequence[Hashes]) -> Iterator[Hashes]:
    """Put the features of articles together until there are many: a count has a place for every possible hash."""
    waiting: list[Hashes] = []
    for part in hashes:
        waiting.append(part.ravel())
        if sum(map(len, waiting)) >= _AT_ONCE:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)


def _slices(indices: Hashes) -> Iterator[Hashes]:
    """Cut what is to be counted: counting makes a copy of twice the size."""
    return (indices[begin : begin + _AT_ONCE] for begin in range(0, len(indices), _AT_ONCE))


def fit_hashed(rows: FeatureRows, labels: Ints, how: HashedFit, *, chosen: Bools | None = None, seed: int = 0) -> Weights:
    """Fit a logistic model, one against the rest, by averaged stochastic gradient descent.

    Parameters
    ----------
    rows : FeatureRows
        Features seen fewer than three times in the rows to be fitted on are left out.
    labels : ndarray of shape (n_rows,)
        From 0; those that do not occur get an output that is never the highest.
    how : HashedFit
    chosen : ndarray of bool, shape (n_rows,), optional
        The rows to fit on; all without it.
    seed : int
    """
    # half the memory of the values; found attributions are as right on held-out articles
    matrix, columns, seen = rows.matrix(chosen=chosen, dtype=np.float32)
    known = labels if chosen is None else labels[chosen]
    if how.n_labels == 2 and len(np.unique(known)) < 2:  # of few and plain articles: all words that are looked at are cues
        return prune(np.zeros((1, len(columns))), np.array([_SURE if known.any() else -_SURE]), columns, 0)
    model = SGDClassifier(
        loss="log_loss",
        alpha=how.alpha,
        max_iter=how.epochs,
        tol=None,
        average=True,
        random_state=seed,
        n_jobs=2,  # outputs side by side; what comes out does not depend on it
    )
    model.fit(matrix, known)
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
    matrix, columns, seen = FeatureRows.of([hashes], least).matrix(least)
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
    matrix, columns, seen = FeatureRows.of([hashes], least).matrix(least)
    scale = _MEASURES_WEIGH / np.maximum(measures.std(axis=0), 1e-9)
    middle = measures.mean(axis=0)
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=_PASSES)
    model.fit(hstack([csr_matrix((measures - middle) * scale), matrix]).tocsr(), labels)
    coef = model.coef_[0]
    of_measures = coef[: len(scale)] * scale
    constant = model.intercept_[0] - of_measures @ middle
    features = prune(coef[None, len(scale) :], np.zeros(1), columns, n_kept, seen)
    return np.append(of_measures, constant), features
