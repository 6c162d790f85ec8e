"""Fitting the text classifier: what earlier models say of a sentence comes from models of other articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from ...classify.linear.composed import STANCE
from ...classify.linear.hashed import Weights
from ...classify.linear.named import SentenceModel
from ...classify.model_files.error_arrays import plain_errors
from ...classify.wording.model import TextModel, loaded_features, said_features
from ...classify.wording.recipe import Recipe
from ...data.arrays import Bools, Floats32, Floats64, Ints, softmax
from ...data.articles.notices import Say
from ...data.display import counted
from ..folds.grouped import Fold, grouped_folds
from ..sentences.calibration import temperature
from ..sentences.fit_bias import BiasRows, best_threshold, fit_words, held_out_scores
from ..sentences.stance_thresholds import tell_silent, told_from
from .blend import blend_weights, joined, parts_of
from .linear import NEVER, Way, balance, fit_linear, held_out, numbered
from .rows import TextRows
from .score_shift import best_shift
from .target_models import UNTRIED, best_share, folds_within, own_rows

_FOLDS = 5
_WORDS_C = 1.0  # inverse strength of the penalty of the model of loaded words
_LEAST_OWN = 1  # of one target: of the little that is said of it, what is said once counts too


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
            together = rows.held_out_together
            n_folds = min(_FOLDS, len(np.unique(together)))
            folds = grouped_folds(rows.labels, together, n_folds, self.seed) if n_folds > 1 else []
            said, also = self._learned_along(rows, folds)
            before, first = self._first_pass(rows, folds)
            described = rows.beside(*said_features(said, before, self.labels, rows.groups))
            words, threshold = None, 0.0
            if any(t.loaded.any() for t in rows.tokens):
                self.notice("loaded words")
                words, threshold, scores = _loaded_words(rows, self.seed)
                described = replace(described, features=described.laid.with_rows(loaded_features(scores, rows)))
            self.notice("final fit")
            last, outputs, blend, known = self._blended(described, folds)
            model = TextModel(last, self.recipe, tuple(also), first, words, word_threshold=threshold, blend=blend)
            own = own_rows(described) if self.recipe.own else {}
            model = replace(model, own={t: self._alone(described.take(index)) for t, index in own.items()})
            if not (folds and self.calibrated):
                return replace(model, share=UNTRIED if own else 0.0)
            self.notice("calibration")
            share, outputs = self._with_own(described, outputs, own, folds)
            described = replace(described, weights=described.weights * known)
            model = replace(model, sentences=_calibrated(last, outputs, described), share=share if own else 0.0)
            return self._with_thresholds(model, outputs, described) if self.task == STANCE else model

    def _with_thresholds(self, model: TextModel, outputs: Floats64, rows: TextRows) -> TextModel:
        """Choose from which chance on stances are told; ``outputs`` are those of models that have not seen the article."""
        chances = softmax(outputs * model.sentences.scale + model.sentences.shift)
        truth = numbered(rows.labels, self.labels)
        least = told_from(chances, truth, np.zeros(len(truth), dtype=np.int64))
        tell_silent(self.labels, least, self.notice)
        return replace(model, told_from=tuple(least.tolist()))

    def _blended(self, rows: TextRows, folds: Sequence[Fold]) -> tuple[SentenceModel, Floats64, dict[str, float], Bools]:
        """Fit a model of each block of features, and blend them.

        Returns
        -------
        model : SentenceModel
        outputs : ndarray of shape (n_rows, n_labels)
            What such models say that have not seen the article; zeros where nobody asks.
        shares : dict of str to float
            How much each has to say; empty where there is one.
        known : ndarray of bool, shape (n_rows,)
            The label stands in the articles that those models learned from: else what they say tells nothing of it.
        """
        parts = parts_of(self.recipe, rows)
        models = [fit_linear(rows, rows.labels, self.labels, way) for way in parts.values()]
        held = [np.zeros((len(rows.labels), len(self.labels))) for _ in parts]
        if folds and (self.calibrated or len(parts) > 1):
            held = [held_out(rows, rows.labels, self.labels, way, folds) for way in parts.values()]
        truth = numbered(rows.labels, self.labels)
        known = held[0][np.arange(len(truth)), truth] > NEVER / 2
        known |= not known.any()
        factors, shares = np.full(len(parts), 1 / len(parts)), {}
        if folds and len(parts) > 1:
            weights = rows.weights * balance(rows.labels, rows.targets, self.recipe.balance) * known
            factors, chosen = blend_weights(held, truth, weights)
            shares = {name: round(share, 2) for name, share in zip(parts, chosen.tolist(), strict=True)}
            if any(shares.values()):
                self.notice(", ".join(f"weight of {name}: {share:g}" for name, share in shares.items()))
        last = joined(models, factors).model(self.task, self.labels)
        return last, np.tensordot(factors, np.stack(held), 1), shares, known

    def _learned_along(
        self, rows: TextRows, folds: Sequence[Fold]
    ) -> tuple[list[tuple[str, list[str], Floats64]], list[SentenceModel]]:
        """Fit a model of each column that is learned along; give what models of other articles say, and the models."""
        said, models = [], []
        for column in self.recipe.also:
            answers = rows.also[column]
            names = sorted(set(answers.tolist()) - {""})
            if len(names) > 1:
                self.notice(f"training on {column} as well")
                said.append((column, names, held_out(rows, answers, names, Way(self.recipe), folds)))
                models.append(fit_linear(rows, answers, names, Way(self.recipe)).model(column, names))
        return said, models

    def _first_pass(self, rows: TextRows, folds: Sequence[Fold]) -> tuple[Floats64 | None, SentenceModel | None]:
        """Fit the model whose answers for neighbours are features; give what models of other articles say, and it."""
        if not self.recipe.again:
            return None, None
        self.notice("first model, for the neighbours of a sentence")
        way = Way(self.recipe)
        first = fit_linear(rows, rows.labels, self.labels, way).model(self.task, self.labels)
        return held_out(rows, rows.labels, self.labels, way, folds), first

    def _alone(self, rows: TextRows) -> SentenceModel:
        """Fit a target's own model: of the wording alone."""
        return fit_linear(rows, rows.labels, self.labels, _of_own(self.recipe)).model(self.task, self.labels)

    def _with_own(
        self, rows: TextRows, shared: Floats64, own: Mapping[str, Ints], folds: Sequence[Fold]
    ) -> tuple[float, Floats64]:
        """Choose how much targets' own models have to say, by what models say that have not seen the article."""
        said = {}
        for target, index in own.items():
            part, within = rows.take(index), folds_within(folds, index)
            said[target] = index, held_out(part, part.labels, self.labels, _of_own(self.recipe), within)
        share, outputs = best_share(shared, said, self.labels, rows.labels)
        if own:
            self.notice(
                f"weight of the models of {counted(len(own), 'target')}: {share:g}; of the shared model: {1 - share:g}"
            )
        return share, outputs


def _loaded_words(rows: TextRows, seed: int) -> tuple[Weights, float, list[Floats32]]:
    """Fit the model of loaded words; give it, the score from which words are told, and what models of other articles say."""
    marked = BiasRows([], rows.labels, rows.groups, rows.weights, rows.tokens)
    scores = held_out_scores(marked, seed, _FOLDS, _WORDS_C)
    return fit_words(marked, _WORDS_C), best_threshold(marked, scores), scores


def _of_own(recipe: Recipe) -> Way:
    """Tell how a target's own model is fitted: on the wording alone."""
    return Way(replace(recipe, seen=False), least=_LEAST_OWN)


def _calibrated(model: SentenceModel, outputs: Floats64, rows: TextRows) -> SentenceModel:
    target = numbered(rows.labels, model.labels)
    factor = temperature(outputs, target, rows.weights)
    shift = best_shift(outputs * factor, target, rows.weights)
    if shift.any():  # then how sure to be is another matter
        again = temperature(outputs * factor + shift, target, rows.weights)
        factor, shift = factor * again, shift * again
    errors = plain_errors(model.task, model.labels, rows.labels, outputs * factor + shift, rows.groups)
    scale = np.full(len(model.labels), factor, np.float32)
    return replace(model, scale=scale, shift=shift.astype(np.float32), errors=errors)
