"""Any number of linear models of named features in a few members of a model file."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..linear.named import SentenceModel
from ..model_files.container import JSON
from .protocol import Arrays
from .weights import names_of, smallest

_NAMES = "earlier_names"


def pack_models(models: Sequence[SentenceModel]) -> tuple[Arrays, dict[str, JSON]]:
    """Put models one after another: their weights and biases, and their features as numbers of names they share.

    Parameters
    ----------
    models : sequence of SentenceModel
        Without calibration.

    Returns
    -------
    arrays, texts
        Five members of a model file, however many models there are; none where there are none.
    """
    if not models:
        return {}, {}
    names = sorted({name for model in models for name in model.features})
    number = {name: n for n, name in enumerate(names)}
    features = [number[name] for model in models for name in model.features]
    arrays = {
        "earlier_sizes": smallest(np.array([len(model.features) for model in models], np.int64)),
        "earlier_features": smallest(np.array(features, np.int64)),
        "earlier_weights": np.concatenate([model.weights.ravel() for model in models]).astype(np.float16),
        "earlier_bias": np.concatenate([model.bias for model in models]).astype(np.float32),
    }
    return arrays, {_NAMES: list(names)}


def unpack_models(
    named: Sequence[tuple[str, Sequence[str]]], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> list[SentenceModel]:
    """Read what `pack_models` gave, or the three members of its own that each model has in older files.

    Parameters
    ----------
    named : sequence of (str, sequence of str)
        Task and labels of each model.

    Raises
    ------
    KeyError, TypeError, ValueError, IndexError
        If it does not fit together.
    """
    for task, labels in named:
        names_of([task, *labels])
    if named and _NAMES not in texts:
        return [_alone(n, *of, arrays, texts) for n, of in enumerate(named)]
    if not named:
        return []
    names = np.array(names_of(texts[_NAMES]), dtype=object)
    sizes, features, weights = (arrays[f"earlier_{part}"] for part in ("sizes", "features", "weights"))
    n_labels = np.array([len(labels) for _, labels in named], np.int64)
    if len(sizes) != len(named) or min(sizes.min(), features.min(initial=0)) < 0:
        raise ValueError("sizes")
    of_models = zip(
        named,
        _parted(names[features], sizes.astype(np.int64)),
        _parted(weights.astype(np.float32), sizes * n_labels),
        _parted(arrays["earlier_bias"].astype(np.float32), n_labels),
        strict=True,
    )
    return [
        SentenceModel(task, tuple(labels), list(own), of_own.reshape(len(own), len(labels)), bias)
        for (task, labels), own, of_own, bias in of_models
    ]


def _parted(values: NDArray[Any], sizes: NDArray[Any]) -> list[NDArray[Any]]:
    """Cut an array into pieces of given sizes, which make up all of it."""
    if values.shape != (int(sizes.sum()),):
        raise ValueError("sizes")
    return np.split(values, np.cumsum(sizes)[:-1])


def _alone(
    number: int, task: str, labels: Sequence[str], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> SentenceModel:
    names = names_of(texts[f"earlier_{number}_features"])
    weights, bias = (arrays[f"earlier_{number}_{name}"].astype(np.float32) for name in ("weights", "bias"))
    return SentenceModel(task, tuple(labels), names, weights, bias)
