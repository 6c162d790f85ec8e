"""The features that weigh most for each label, and how much the folds agree on them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..tasks.outputs import Weights

MOST = 15
"""Features shown for each output."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """A feature that speaks for a label.

    Parameters
    ----------
    feature : str
    weight : float
        Mean over the folds' models: what one unit of the feature adds to the label's score above its rivals' mean.
    deviation : float
        Standard deviation of it over the folds; a model that lacks the feature counts with 0.
    effect : float
        Mean over the folds of the weight times the standard deviation of the feature in the held-out sentences.
    folds : int
        Models in which the weight has the sign of the mean.
    """

    feature: str
    weight: float
    deviation: float
    effect: float
    folds: int


def heaviest(folds: Sequence[Weights | None], most: int = MOST) -> dict[str, list[Heavy]]:
    """Find the features with the largest effect for each of the models' outputs.

    Parameters
    ----------
    folds : sequence of Weights or None
        Of the folds' models; None for a fold without one.
    most : int
        Features of each output.
    """
    models = [w for w in folds if w is not None]
    if not models:
        return {}
    names = sorted({str(name) for w in models for name in w.features})
    number = {name: i for i, name in enumerate(names)}
    outputs = [str(x) for x in models[0].outputs]
    values = np.zeros((len(models), len(names), len(outputs)), np.float32)
    spread = np.zeros((len(models), len(names), 1), np.float32)
    for k, model in enumerate(models):
        rows = [number[str(name)] for name in model.features]
        values[k, rows], spread[k, rows, 0] = model.values, model.spread
    mean, deviation, effect = values.mean(axis=0), values.std(axis=0), (values * spread).mean(axis=0)
    agree = (np.sign(values) == np.sign(mean)).sum(axis=0)
    by_output = {}
    for column, output in enumerate(outputs):
        order = np.argsort(-effect[:, column], kind="stable")[:most]
        by_output[output] = [
            Heavy(
                names[i],
                float(mean[i, column]),
                float(deviation[i, column]),
                float(effect[i, column]),
                int(agree[i, column]),
            )
            for i in order
            if effect[i, column] > 0
        ]
    return by_output
