"""The arrays that everything is told in, by the type of what they hold, and what numbers come to as chances."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats32 = NDArray[np.float32]
Floats64 = NDArray[np.float64]
Strings = NDArray[np.str_]
F = TypeVar("F", np.float32, np.float64)
_LEAST_ODDS = -700.0  # below, the exponential would overflow


def softmax(scores: NDArray[F]) -> NDArray[F]:
    """Give the chances that go with scores, shape (n_rows, n_labels); each row's sum to 1.

    >>> softmax(np.log(np.array([[1.0, 3.0], [2.0, 2.0]])))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    chances = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def sigmoid(scores: NDArray[np.floating]) -> Floats64:
    """Give the chances that go with log odds, which may be of any size.

    >>> sigmoid(np.array([0.0, -1e6, 1e6])).tolist()
    [0.5, 9.859676543759785e-305, 1.0]
    """
    return np.asarray(1 / (1 + np.exp(-np.maximum(scores.astype(np.float64), _LEAST_ODDS))))


def to_simplex(values: Floats64) -> Floats64:
    """Give the nearest numbers that are not negative and sum to 1.

    Examples
    --------
    >>> to_simplex(np.array([0.9, 0.4, -0.3]))
    array([0.75, 0.25, 0.  ])
    """
    falling = -np.sort(-values)
    excess = (np.cumsum(falling) - 1) / np.arange(1, len(values) + 1)
    last = int(np.flatnonzero(falling > excess)[-1])
    return np.asarray(np.maximum(values - excess[last], 0))
