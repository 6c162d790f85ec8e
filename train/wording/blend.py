"""Linear models of different blocks of features, blended into one: what each has to say is chosen on held-out articles."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from ...classify.wording.features import IS_KNOWN, IS_VECTOR, sort_of
from ...classify.wording.recipe import Recipe
from ...data.arrays import Floats64, Ints, softmax
from ..sentences.calibration import temperature
from .linear import Linear, Way
from .rows import TextRows

KNOWN_C, VECTORS_C = 0.01, 3.0  # of features with a standard deviation of 1; of vectors of length 1
_PRIOR = 3.0  # sentences' worth: so much a weight's distance from the even blend, squared, adds to the loss of all
_LEAST = 0.1  # of what the even blend gives a model: where none seems of use, they are not all left out
_BOUND = 8.0  # log odds: scores lower than the highest by more than this are as good as this


def parts_of(recipe: Recipe, rows: TextRows) -> dict[str, Way]:
    """List the models that are blended: of all but what is known, of what is known, of an encoder's vectors alone.

    Parameters
    ----------
    recipe : Recipe
    rows : TextRows
        They tell whether there are vectors.
    """
    parts = {"wording": Way(recipe)}
    if recipe.known:
        parts["knowledge"] = Way(replace(recipe, C=KNOWN_C), frozenset({IS_KNOWN}))
    # targets' own models are blended in afterwards: with these, vectors by themselves were of no more use
    if recipe.vectors and not recipe.own and IS_VECTOR in sort_of(rows.laid.names):
        parts["vectors"] = Way(replace(recipe, C=VECTORS_C), frozenset({IS_VECTOR}))
    return parts


def blend_weights(outputs: Sequence[Floats64], truth: Ints, weights: Floats64) -> tuple[Floats64, Floats64]:
    """Choose how much each of several models has to say.

    Parameters
    ----------
    outputs : sequence of ndarray of shape (n_rows, n_labels)
        Of each model: the scores of sentences that it has not seen.
    truth : ndarray of int, shape (n_rows,)
        Number of the true label.
    weights : ndarray of float, shape (n_rows,)

    Returns
    -------
    factors, shares : ndarray of shape (n_models,)
        What each model's scores are multiplied with before they are summed, none below 0; and how much each then moves
        the sums, 1 in all.

    Notes
    -----
    Each model is first made as sure as it may be, by a temperature. The mean of these log odds is where the choice
    begins, and what it is held to: of a hundred sentences, held-out scores tell little of which model is better.
    """
    bounded = [np.maximum(scores, scores.max(axis=1, keepdims=True) - _BOUND) for scores in outputs]
    sure = np.array([temperature(scores, truth, weights) for scores in bounded])
    calibrated = np.stack([scores * factor for scores, factor in zip(bounded, sure, strict=True)])
    n_models, n_rows = len(outputs), len(truth)
    even = np.full(n_models, temperature(calibrated.mean(axis=0), truth, weights) / n_models)
    true = np.eye(calibrated.shape[2])[truth]
    each = weights / max(float(weights.sum()), 1e-9)

    def loss(chosen: Floats64) -> tuple[float, Floats64]:
        scores = np.tensordot(chosen, calibrated, 1)
        chances, away = softmax(scores), chosen - even
        told = np.log(np.maximum((chances * true).sum(axis=1), 1e-30))
        slope = np.einsum("mrl,rl,r->m", calibrated, chances - true, each)
        return float(-(each * told).sum() + _PRIOR / n_rows * (away**2).sum()), slope + 2 * _PRIOR / n_rows * away

    chosen = minimize(loss, even, jac=True, method="L-BFGS-B", bounds=[(_LEAST * one, None) for one in even]).x
    moved = chosen * (calibrated - calibrated.mean(axis=2, keepdims=True)).std(axis=(1, 2))
    return chosen * sure, moved / max(float(moved.sum()), 1e-9)


def joined(models: Sequence[Linear], factors: Floats64) -> Linear:
    """Write a weighted sum of linear models of the same matrix as one of them."""
    columns = np.unique(np.concatenate([model.columns for model in models]))
    table = np.zeros((len(columns), len(models[0].bias)))
    bias = np.zeros(len(models[0].bias))
    for model, factor in zip(models, factors.tolist(), strict=True):
        table[np.searchsorted(columns, model.columns)] += factor * model.weights.astype(np.float64)
        bias += factor * model.bias
    return Linear(models[0].laid, columns, table.astype(np.float32), bias.astype(np.float32))
