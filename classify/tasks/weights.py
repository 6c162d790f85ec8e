"""The parts that files of several sorts of model hold: hashed weights, names, chances."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Ints
from ..linear.hashed import BITS, Weights
from .protocol import Arrays


def pack_weights(weights: Weights, name: str) -> Arrays:
    """Give hashed weights as arrays; their scale is kept by the caller."""
    keys = weights.keys.astype(np.int64)
    return {
        f"{name}_steps": smallest(np.diff(keys, prepend=0)),
        f"{name}_values": weights.values,
        f"{name}_bias": weights.bias,
    }


def unpack_weights(arrays: Mapping[str, NDArray[Any]], name: str, scale: float, n_outputs: int) -> Weights:
    """Read hashed weights.

    Raises
    ------
    ValueError
        If shapes or keys are wrong.
    """
    keys = np.cumsum(arrays[f"{name}_steps"], dtype=np.int64)
    values, bias = arrays[f"{name}_values"], arrays[f"{name}_bias"].astype(np.float32)
    if values.shape != (len(keys), n_outputs) or values.dtype != np.int8 or bias.shape != (n_outputs,):
        raise ValueError("weights")
    if len(keys) and (keys[0] < 0 or keys[-1] >= 1 << BITS or (np.diff(keys) <= 0).any()):
        raise ValueError("keys")
    return Weights(keys.astype(np.int32), values, scale, bias)


def no_weights(n_outputs: int) -> Weights:
    """Give weights under which every feature counts for nothing."""
    empty = np.zeros((0, n_outputs), np.int8)
    return Weights(np.zeros(0, np.int32), empty, 1.0, np.zeros(n_outputs, np.float32))


def pack_words(words: Weights, threshold: float) -> Arrays:
    """Give the weights of a model of loaded words, and the score from which words are told."""
    return {**pack_weights(words, "words"), "words_scale": np.array([words.scale, threshold], np.float64)}


def unpack_words(arrays: Mapping[str, NDArray[Any]]) -> tuple[Weights, float]:
    """Read what `pack_words` gave."""
    scale, threshold = arrays["words_scale"].tolist()
    return unpack_weights(arrays, "words", scale, 1), threshold


def smallest(array: Ints) -> NDArray[Any]:
    """Give whole numbers, none negative, the smallest type that holds them."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def names_of(value: Any) -> list[str]:
    """Check that a text of a model file is a list of names.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError("a name is not a string")
    return value


def fraction(value: Any) -> float:
    """Check that a number of a manifest is from 0 to 1."""
    if not isinstance(value, float | int) or not 0 <= value <= 1:
        raise ValueError("it must be a number from 0 to 1")
    return float(value)
