"""How sure a model may be: lines and temperatures learned from outputs of articles that were held out."""

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from ...classify.linear.label_pairs import OUTPUTS
from ...data.arrays import Bools, Floats64, Ints
from .rows import Rows


def calibrate(outputs: Floats64, rows: Rows) -> tuple[Floats64, Floats64]:
    """Learn from held-out outputs how sure to be: a line for each log odds, one temperature for the types.

    Returns
    -------
    scale, shift : ndarray of shape (n_outputs,)
        For ``scale * output + shift``.
    """
    kinds, types = np.array([label.split("/") for label in rows.labels]).T
    scale, shift = np.ones(len(OUTPUTS)), np.zeros(len(OUTPUTS))
    quote = kinds == "quote"
    scale[0], shift[0] = _line(outputs[:, 0], quote, rows.weights)
    scale[1], shift[1] = _line(outputs[~quote, 1], types[~quote] != "none", rows.weights[~quote])
    named = types != "none"
    target = np.array([OUTPUTS.index(t) - 2 for t in types[named]], dtype=np.int64)
    scale[2:] = temperature(outputs[named, 2:], target, rows.weights[named])
    return scale, shift


def _line(odds: Floats64, yes: Bools, weights: Floats64) -> tuple[float, float]:
    """Fit Platt's line by the log loss."""
    if len(np.unique(yes)) < 2:
        return 1.0, 0.0
    sign = np.where(yes, 1.0, -1.0)

    def loss(line: Floats64) -> float:
        return float(np.average(np.logaddexp(0, -sign * (line[0] * odds + line[1])), weights=weights))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7})
    return float(found.x[0]), float(found.x[1])


def temperature(scores: Floats64, target: Ints, weights: Floats64) -> float:
    """Fit one factor for scores by the log loss."""
    if len(np.unique(target)) < 2:
        return 1.0

    def loss(factor: float) -> float:
        scaled = scores * factor
        top = scaled.max(axis=1)
        normal = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float(np.average(normal - scaled[np.arange(len(target)), target], weights=weights))

    return float(minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x)
