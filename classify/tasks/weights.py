"""The parts that files of several sorts of model hold: hashed weights, loaded words."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Ints
from ..linear.hashed import BITS, Weights
from ..model_files.declared import Array, Declared, wrong
from .protocol import Arrays


def pack_weights(weights: Weights, name: str) -> Arrays:
    """Give hashed weights as arrays; their scale is kept by the caller."""
    keys = weights.keys.astype(np.int64)
    return {
        f"{name}_steps": smallest(np.diff(keys, prepend=0)),
        f"{name}_values": weights.values,
        f"{name}_bias": weights.bias,
    }


def declared_weights(name: str, n_outputs: int) -> Declared:
    """Say what `pack_weights` gives."""
    return {
        f"{name}_steps": Array((f"{name} weights",), np.int64, 0, 1 << BITS, most=1 << BITS),
        f"{name}_values": Array((f"{name} weights", n_outputs), np.int8, -128, 127),
        f"{name}_bias": Array((n_outputs,)),
    }


def unpack_weights(parts: Mapping[str, Any], name: str, scale: float) -> Weights:
    """Build hashed weights from parts that were checked.

    Raises
    ------
    WrongContentsError
        If the keys do not rise, or are too large.
    """
    steps = parts[f"{name}_steps"]
    if (steps[1:] == 0).any() or steps.sum() >= 1 << BITS:
        raise wrong(f"the array {name}_steps", f"an array of steps above 0 that sum to less than {1 << BITS:,}")
    return Weights(np.cumsum(steps).astype(np.int32), parts[f"{name}_values"], scale, parts[f"{name}_bias"])


def no_weights(n_outputs: int) -> Weights:
    """Give weights under which every feature counts for nothing."""
    empty = np.zeros((0, n_outputs), np.int8)
    return Weights(np.zeros(0, np.int32), empty, 1.0, np.zeros(n_outputs, np.float32))


def pack_words(words: Weights, threshold: float) -> Arrays:
    """Give the weights of a model of loaded words, and the score from which words are told."""
    return {**pack_weights(words, "words"), "words_scale": np.array([words.scale, threshold], np.float64)}


WORDS: Declared = {**declared_weights("words", 1), "words_scale": Array((2,), np.float64)}
"""What `pack_words` gives."""


def unpack_words(parts: Mapping[str, Any]) -> tuple[Weights, float]:
    """Build weights and score from parts that were checked; see `unpack_weights`."""
    scale, threshold = parts["words_scale"].tolist()
    return unpack_weights(parts, "words", scale), threshold


def smallest(array: Ints) -> NDArray[Any]:
    """Give whole numbers, none negative, the smallest type that holds them."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))
