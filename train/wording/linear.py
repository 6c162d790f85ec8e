"""One logistic regression of the text classifier: its features scaled by their sort, its labels evened out."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from ...classify.linear.named import SentenceModel
from ...classify.wording.features import (
    IS_AROUND,
    IS_CHARS,
    IS_KNOWN,
    IS_SEEN,
    IS_TOWARDS,
    IS_VECTOR,
    IS_WORDS,
    OTHER,
    run_length,
    sort_of,
)
from ...classify.wording.recipe import Recipe
from ...data.arrays import Floats32, Floats64, Ints, Strings
from ..folds.grouped import Fold
from ..sentences.logistic import THRESHOLD, a_row_a_class
from ..sentences.sparse_features import LaidOut
from .rows import TextRows

Sorts = frozenset[int]
WORDING: Sorts = frozenset({IS_WORDS, IS_CHARS, IS_VECTOR, IS_SEEN, IS_TOWARDS, IS_AROUND, OTHER})
"""The sorts of features that one model weighs together; those of `IS_KNOWN` have a model of their own."""
LEAST = 2
"""Sentences that must share a feature."""
_ROUNDS = 100  # steps of the solver, at most; it takes about eight
_PRECISE = 1e-4
"""Slope of the mean loss at which the solver stops: from here on labels change no more."""
NEVER = -30.0
"""The bias of a label that training did not hold."""
_WEIGHTS = {IS_VECTOR: 1.0, IS_SEEN: 0.15, IS_TOWARDS: 1.0, OTHER: 0.3}
"""How much a feature weighs beside the words."""
_STILL = 0.1  # a smaller standard deviation is taken for this: what hardly changes in training may change a lot elsewhere


@dataclass(frozen=True, slots=True)
class Linear:
    """A fitted linear model of a matrix's columns.

    Parameters
    ----------
    laid : LaidOut
        What it was fitted on.
    columns : ndarray of int, shape (n_kept,)
    weights : ndarray of float32, shape (n_kept, n_labels)
    bias : ndarray of float32, shape (n_labels,)
    """

    laid: LaidOut
    columns: Ints
    weights: Floats32
    bias: Floats32

    def logits(self, laid: LaidOut) -> Floats64:
        """Score other sentences of the same matrix."""
        table = np.zeros((laid.matrix.shape[1], len(self.bias)), np.float32)
        table[self.columns] = self.weights
        return np.asarray(laid.matrix @ table + self.bias, dtype=np.float64)

    def model(self, task: str, labels: Sequence[str]) -> SentenceModel:
        """Give the form that is kept: features by name."""
        names = [self.laid.names[c] for c in self.columns.tolist()]
        return SentenceModel(task, tuple(labels), names, self.weights, self.bias, threshold=THRESHOLD)


@dataclass(frozen=True, slots=True)
class Way:
    """How a logistic regression is fitted.

    Parameters
    ----------
    recipe : Recipe
    sorts : frozenset of int
        The sorts of features that it may look at.
    least : int
        Sentences that must share a feature.
    """

    recipe: Recipe
    sorts: Sorts = WORDING
    least: int = LEAST


def held_out(rows: TextRows, answers: Strings, labels: Sequence[str], way: Way, folds: Sequence[Fold]) -> Floats64:
    """Give the outputs of models that have not seen the article; see `fit_linear`.

    Returns
    -------
    ndarray of shape (n_rows, n_labels)
        Zeros where a fold has nothing to tell apart.
    """
    outputs = np.zeros((len(rows.labels), len(labels)))
    laid = rows.laid
    for train, test in folds:
        if len(set(answers[train].tolist()) - {""}) > 1:
            outputs[test] = fit_linear(rows.take(train), answers[train], labels, way).logits(laid.take(test))
    return outputs


def fit_linear(rows: TextRows, answers: Strings, labels: Sequence[str], way: Way) -> Linear:
    """Fit one logistic regression; the scale of its features is put into its weights.

    Parameters
    ----------
    rows : TextRows
    answers : ndarray of str, shape (n_rows,)
        Rows with an empty one are left out.
    labels : sequence of str
        All that there may be.
    way : Way
    """
    known = np.flatnonzero(answers != "")
    if len(known) < len(answers):
        rows, answers = rows.take(known), answers[known]
    laid = rows.laid
    columns, scale = scaled_columns(laid, way)
    matrix = (laid.matrix[:, columns] @ diags(scale)).tocsr()
    weights = rows.weights * balance(answers, rows.targets, way.recipe.balance)
    solver = LogisticRegression(C=way.recipe.C, solver="newton-cg", max_iter=_ROUNDS, tol=_PRECISE)
    with warnings.catch_warnings():
        # so near the optimum that no step is better: what was reached is as good
        warnings.filterwarnings("ignore", message="(?i)(the )?line search")
        model = solver.fit(matrix, answers, sample_weight=weights)
    coef, bias = a_row_a_class(model)
    table, low = np.zeros((len(columns), len(labels)), np.float32), np.full(len(labels), NEVER, np.float32)
    at = [list(labels).index(str(kind)) for kind in model.classes_]
    table[:, at], low[at] = coef.T * scale[:, None], bias
    return Linear(laid, columns, table, low)


def numbered(answers: Strings, labels: Sequence[str]) -> Ints:
    """Give the number of each answer among the labels."""
    number = {label: i for i, label in enumerate(labels)}
    return np.array([number[label] for label in answers.tolist()], dtype=np.int64)


def balance(answers: Strings, targets: Strings, power: float) -> Floats64:
    """Give weights that even out how often each label stands, among the rows of each target.

    Parameters
    ----------
    answers, targets : ndarray of str, shape (n_rows,)
    power : float
        0 evens nothing out, 1 all.

    Examples
    --------
    >>> balance(np.array(["a", "a", "a", "b"]), np.array(["", "", "", ""]), 1.0).round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    weights = np.ones(len(answers))
    for target in np.unique(targets):
        here = targets == target
        kinds, number, counts = np.unique(answers[here], return_inverse=True, return_counts=True)
        weights[here] = (here.sum() / (len(kinds) * counts[number])) ** power
    return weights


def scaled_columns(laid: LaidOut, way: Way) -> tuple[Ints, Floats32]:
    """Choose the features that a model looks at, and give what each is multiplied with.

    Runs of words and characters weigh by their inverse document frequency, so that a sentence's runs of either sort have
    length 1 on average. What is known gets a standard deviation of 1.

    Returns
    -------
    columns, scale : ndarray of shape (n_kept,)
    """
    matrix, recipe = laid.matrix, way.recipe
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    columns = np.flatnonzero(seen >= min(way.least, int(seen.max(initial=0))))
    sorts = sort_of(laid.names[c] for c in columns.tolist())
    keep = np.isin(sorts, list(way.sorts))
    for sort, (low, high) in ((IS_WORDS, recipe.words), (IS_CHARS, recipe.chars)):
        here = np.flatnonzero(sorts == sort)
        lengths = np.array([run_length(laid.names[c]) for c in columns[here].tolist()], dtype=np.int64)
        keep[here] &= (lengths >= low) & (lengths <= high)
    for sort, is_on in ((IS_SEEN, recipe.seen), (IS_AROUND, recipe.article), (IS_VECTOR, recipe.vectors > 0)):
        keep &= is_on | (sorts != sort)
    columns, sorts = columns[keep], sorts[keep]
    weights = {**_WEIGHTS, IS_AROUND: recipe.around}
    scale = np.array([weights.get(sort, 1.0) for sort in sorts.tolist()], dtype=np.float32)
    is_known = sorts == IS_KNOWN
    if is_known.any():
        scale[is_known] = 1 / np.maximum(_deviations(matrix[:, columns[is_known]]), _STILL)
    idf = np.log((1 + len(laid)) / (1 + seen[columns])) + 1
    for sort in (IS_WORDS, IS_CHARS):
        here = sorts == sort
        if here.any():
            part = matrix[:, columns[here]]
            norms = np.sqrt(np.asarray(part.power(2) @ (idf[here] ** 2))).ravel()
            scale[here] = idf[here] / max(float(norms.mean()), 1e-9)
    return columns, scale


def _deviations(matrix: csr_matrix) -> Floats64:
    """Give the standard deviation of each column."""
    mean = np.asarray(matrix.mean(axis=0), dtype=np.float64).ravel()
    squares = np.asarray(matrix.power(2).mean(axis=0), dtype=np.float64).ravel()
    return np.sqrt(np.maximum(squares - mean**2, 0.0))
