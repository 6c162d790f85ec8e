"""Fitting the text classifier: what earlier models say of a sentence comes from models of other articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import diags
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from ...classify.linear.composed import STANCE
from ...classify.linear.hashed import Weights
from ...classify.linear.named import SentenceModel
from ...classify.model_files.error_arrays import plain_errors
from ...classify.wording.features import (
    IS_AROUND,
    IS_CHARS,
    IS_SEEN,
    IS_TOWARDS,
    IS_VECTOR,
    IS_WORDS,
    OTHER,
    run_length,
    sort_of,
)
from ...classify.wording.model import TextModel, loaded_features, said_features
from ...classify.wording.recipe import Recipe
from ...data.arrays import Floats32, Floats64, Ints, Strings, softmax
from ...data.articles.notices import Say
from ..folds.grouped import Fold, grouped_folds
from ..sentences.calibration import temperature
from ..sentences.fit_bias import BiasRows, best_threshold, fit_words, held_out_scores
from ..sentences.logistic import THRESHOLD, a_row_a_class
from ..sentences.sparse_features import LaidOut
from ..sentences.stance_thresholds import tell_silent, told_from
from .rows import TextRows
from .score_shift import best_shift
from .target_models import UNTRIED, best_share, folds_within, own_rows

_FOLDS = 5
_ROUNDS = 100  # steps of the solver, at most; it takes about eight
_PRECISE = 1e-4
"""Slope of the mean loss at which the solver stops: from here on labels change no more."""
_WORDS_C = 1.0  # inverse strength of the penalty of the model of loaded words
_LEAST = 2  # sentences that must share a feature
_LEAST_OWN = 1  # of one target: of the little that is said of it, what is said once counts too
_NEVER = -30.0  # the bias of a label that training did not hold
_WEIGHTS = {IS_VECTOR: 1.0, IS_SEEN: 0.15, IS_TOWARDS: 1.0, OTHER: 0.3}
"""How much a feature weighs beside the words."""


@dataclass(frozen=True, slots=True)
class TextFitter:
    """Fits all of a text classifier's models.

    Parameters
    ----------
    task : str
    labels : sequence of str
        In the order that the model shall have; one that the rows do not hold is never predicted.
    recipe : Recipe
    seed : int
        Of the folds.
    calibrated : bool
        Learn from held-out articles how sure the model may be.
    notice : callable of str
        Told what is being done.
    """

    task: str
    labels: Sequence[str]
    recipe: Recipe
    seed: int = 0
    calibrated: bool = True
    notice: Say = lambda _: None

    def fit(self, rows: TextRows) -> TextModel:
        """Fit on rows with two labels or more."""
        with threadpool_limits(1):  # the same sums, whatever the machine
            n_folds = min(_FOLDS, rows.n_articles)
            folds = grouped_folds(rows.labels, rows.groups, n_folds, self.seed) if n_folds > 1 else []
            said, also = self._learned_along(rows, folds)
            before, first = self._first_pass(rows, folds)
            described = rows.beside(*said_features(said, before, self.labels, rows.groups))
            words, threshold = None, 0.0
            if any(t.loaded.any() for t in rows.tokens):
                self.notice("loaded words")
                words, threshold, scores = _loaded_words(rows, self.seed)
                described = replace(described, features=described.laid.with_rows(loaded_features(scores, rows)))
            self.notice("final fit")
            last = self._linear(described)
            model = TextModel(last, self.recipe, tuple(also), first, words, word_threshold=threshold)
            own = own_rows(described) if self.recipe.own else {}
            model = replace(model, own={t: self._alone(described.take(index)) for t, index in own.items()})
            if not (folds and self.calibrated):
                return replace(model, share=UNTRIED if own else 0.0)
            self.notice("calibration")
            share, outputs = self._held_out_blend(described, own, folds)
            model = replace(model, sentences=_calibrated(last, outputs, described), share=share if own else 0.0)
            return self._with_thresholds(model, outputs, described) if self.task == STANCE else model

    def _with_thresholds(self, model: TextModel, outputs: Floats64, rows: TextRows) -> TextModel:
        """Choose from which chance on stances are told; ``outputs`` are those of models that have not seen the article."""
        chances = softmax(outputs * model.sentences.scale + model.sentences.shift)
        number = {label: i for i, label in enumerate(self.labels)}
        truth = np.array([number[label] for label in rows.labels.tolist()], dtype=np.int64)
        least = told_from(chances, truth, np.zeros(len(truth), dtype=np.int64))
        tell_silent(self.labels, least, self.notice)
        return replace(model, told_from=tuple(least.tolist()))

    def _learned_along(
        self, rows: TextRows, folds: Sequence[Fold]
    ) -> tuple[list[tuple[str, list[str], Floats64]], list[SentenceModel]]:
        """Fit a model of each column that is learned along; give what models of other articles say, and the models."""
        said, models = [], []
        for column in self.recipe.also:
            answers = rows.also[column]
            names = sorted(set(answers.tolist()) - {""})
            if len(names) > 1:
                self.notice(f"learned along: {column}")
                said.append((column, names, held_out(rows, answers, names, self.recipe, folds)))
                models.append(fit_linear(rows, answers, names, self.recipe).model(column, names))
        return said, models

    def _first_pass(self, rows: TextRows, folds: Sequence[Fold]) -> tuple[Floats64 | None, SentenceModel | None]:
        """Fit the model whose answers for neighbours are features; give what models of other articles say, and it."""
        if not self.recipe.again:
            return None, None
        self.notice("first pass")
        return held_out(rows, rows.labels, self.labels, self.recipe, folds), self._linear(rows)

    def _linear(self, rows: TextRows) -> SentenceModel:
        return fit_linear(rows, rows.labels, self.labels, self.recipe).model(self.task, self.labels)

    def _alone(self, rows: TextRows) -> SentenceModel:
        """Fit a target's own model: of the wording alone."""
        return fit_linear(rows, rows.labels, self.labels, _of_own(self.recipe), _LEAST_OWN).model(self.task, self.labels)

    def _held_out_blend(self, rows: TextRows, own: Mapping[str, Ints], folds: Sequence[Fold]) -> tuple[float, Floats64]:
        """Choose how much targets' own models have to say, by what models say that have not seen the article."""
        shared = held_out(rows, rows.labels, self.labels, self.recipe, folds)
        said = {}
        for target, index in own.items():
            part, within = rows.take(index), folds_within(folds, index)
            said[target] = index, held_out(part, part.labels, self.labels, _of_own(self.recipe), within, _LEAST_OWN)
        share, outputs = best_share(shared, said, self.labels, rows.labels)
        if own:
            self.notice(f"models of {len(own)} targets' own count {share:g}, the shared one {1 - share:g}")
        return share, outputs


def _loaded_words(rows: TextRows, seed: int) -> tuple[Weights, float, list[Floats32]]:
    """Fit the model of loaded words; give it, the score from which words are told, and what models of other articles say."""
    marked = BiasRows([], rows.labels, rows.groups, rows.weights, rows.tokens)
    scores = held_out_scores(marked, seed, _FOLDS, _WORDS_C)
    return fit_words(marked, _WORDS_C), best_threshold(marked, scores), scores


def _of_own(recipe: Recipe) -> Recipe:
    """Give the recipe of a target's own model: the wording alone."""
    return replace(recipe, seen=False)


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


def held_out(
    rows: TextRows, answers: Strings, labels: Sequence[str], recipe: Recipe, folds: Sequence[Fold], least: int = _LEAST
) -> Floats64:
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
            outputs[test] = fit_linear(rows.take(train), answers[train], labels, recipe, least).logits(laid.take(test))
    return outputs


def _calibrated(model: SentenceModel, outputs: Floats64, rows: TextRows) -> SentenceModel:
    number = {label: i for i, label in enumerate(model.labels)}
    target = np.array([number[label] for label in rows.labels.tolist()], dtype=np.int64)
    factor = temperature(outputs, target, rows.weights)
    shift = best_shift(outputs * factor, target, rows.weights)
    if shift.any():  # then how sure to be is another matter
        again = temperature(outputs * factor + shift, target, rows.weights)
        factor, shift = factor * again, shift * again
    errors = plain_errors(model.task, model.labels, rows.labels, outputs * factor + shift, rows.groups)
    scale = np.full(len(number), factor, np.float32)
    return replace(model, scale=scale, shift=shift.astype(np.float32), errors=errors)


def fit_linear(rows: TextRows, answers: Strings, labels: Sequence[str], recipe: Recipe, least: int = _LEAST) -> Linear:
    """Fit one logistic regression; the scale of its features is put into its weights.

    Parameters
    ----------
    rows : TextRows
    answers : ndarray of str, shape (n_rows,)
        Rows with an empty one are left out.
    labels : sequence of str
        All that there may be.
    recipe : Recipe
    least : int
        Sentences that must share a feature.
    """
    known = np.flatnonzero(answers != "")
    if len(known) < len(answers):
        rows, answers = rows.take(known), answers[known]
    laid = rows.laid
    columns, scale = scaled_columns(laid, recipe, least)
    matrix = (laid.matrix[:, columns] @ diags(scale)).tocsr()
    weights = rows.weights * balance(answers, rows.targets, recipe.balance)
    solver = LogisticRegression(C=recipe.C, solver="newton-cg", max_iter=_ROUNDS, tol=_PRECISE)
    model = solver.fit(matrix, answers, sample_weight=weights)
    coef, bias = a_row_a_class(model)
    table, low = np.zeros((len(columns), len(labels)), np.float32), np.full(len(labels), _NEVER, np.float32)
    at = [list(labels).index(str(kind)) for kind in model.classes_]
    table[:, at], low[at] = coef.T * scale[:, None], bias
    return Linear(laid, columns, table, low)


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


def scaled_columns(laid: LaidOut, recipe: Recipe, least: int = _LEAST) -> tuple[Ints, Floats32]:
    """Choose the features that a recipe has, and give what each is multiplied with.

    Runs of words and characters weigh by their inverse document frequency, so that a sentence's runs of either sort have
    length 1 on average.

    Returns
    -------
    columns, scale : ndarray of shape (n_kept,)
    """
    matrix = laid.matrix
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    columns = np.flatnonzero(seen >= min(least, int(seen.max(initial=0))))
    sorts = sort_of(laid.names[c] for c in columns.tolist())
    keep = np.ones(len(columns), dtype=np.bool_)
    for sort, (low, high) in ((IS_WORDS, recipe.words), (IS_CHARS, recipe.chars)):
        here = np.flatnonzero(sorts == sort)
        lengths = np.array([run_length(laid.names[c]) for c in columns[here].tolist()], dtype=np.int64)
        keep[here] = (lengths >= low) & (lengths <= high)
    for sort, is_on in ((IS_SEEN, recipe.seen), (IS_AROUND, recipe.article), (IS_VECTOR, recipe.vectors > 0)):
        keep &= is_on | (sorts != sort)
    columns, sorts = columns[keep], sorts[keep]
    weights = {**_WEIGHTS, IS_AROUND: recipe.around}
    scale = np.array([weights.get(sort, 1.0) for sort in sorts.tolist()], dtype=np.float32)
    idf = np.log((1 + len(laid)) / (1 + seen[columns])) + 1
    for sort in (IS_WORDS, IS_CHARS):
        here = sorts == sort
        if here.any():
            part = matrix[:, columns[here]]
            norms = np.sqrt(np.asarray(part.power(2) @ (idf[here] ** 2))).ravel()
            scale[here] = idf[here] / max(float(norms.mean()), 1e-9)
    return columns, scale
