"""Any number of linear models of named features in a few members of a model file."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..linear.named import SentenceModel
from ..model_files.container import JSON, ModelFile
from ..model_files.declared import MOST_NAMES, Array, Declared, Names, named_weights, read_parts, wrong
from .protocol import Arrays
from .weights import smallest

NAMES = "earlier_names"
_MOST_FEATURES = 4_000_000  # of all models together
_SIZES = Array(("models",), np.int64, 0, MOST_NAMES)


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
    return arrays, {NAMES: list(names)}


def unpack_models(named: Sequence[tuple[str, Sequence[str]]], file: ModelFile) -> list[SentenceModel]:
    """Read what `pack_models` gave, or the three members of its own that each model has in older files.

    Parameters
    ----------
    named : sequence of (str, sequence of str)
        Task and labels of each model.
    file : ModelFile

    Raises
    ------
    WrongContentsError
        If a part is missing, or is not as declared.
    """
    if not named:
        return []
    if NAMES not in file.texts:
        return [_alone(n, *of, file) for n, of in enumerate(named)]
    sizes = {"models": len(named), "biases": sum(len(labels) for _, labels in named)}
    parts = read_parts(file, {NAMES: Names("names"), "earlier_sizes": _SIZES}, sizes)
    names, n_features = parts[NAMES], parts["earlier_sizes"].tolist()
    if sum(n_features) > _MOST_FEATURES:
        raise wrong("the array earlier_sizes", f"an array of sizes that sum to at most {_MOST_FEATURES:,}", sum(n_features))
    n_weights = [n * len(labels) for n, (_, labels) in zip(n_features, named, strict=True)]
    sizes |= {"features": sum(n_features), "weights": sum(n_weights)}
    parts = read_parts(file, _together(len(names)), sizes)
    of_models = zip(
        named,
        _divided(parts["earlier_features"], n_features),
        _divided(parts["earlier_weights"], n_weights),
        _divided(parts["earlier_bias"], [len(labels) for _, labels in named]),
        strict=True,
    )
    return [
        SentenceModel(task, tuple(labels), _distinct(names, own), of_own.reshape(len(own), len(labels)), bias)
        for (task, labels), own, of_own, bias in of_models
    ]


def _together(n_names: int) -> Declared:
    """Say what the arrays of all models together are."""
    return {
        "earlier_features": Array(("features",), np.int64, 0, n_names - 1),
        "earlier_weights": named_weights("weights"),
        "earlier_bias": Array(("biases",)),
    }


def _divided(values: NDArray[Any], sizes: Sequence[int]) -> list[NDArray[Any]]:
    return np.split(values, np.cumsum(sizes)[:-1])


def _distinct(names: Sequence[str], numbers: NDArray[Any]) -> list[str]:
    """Give the names that a model's features have."""
    if len(np.unique(numbers)) < len(numbers):
        raise wrong("the array earlier_features", "an array in which no model has a feature twice")
    return [names[n] for n in numbers.tolist()]


def _alone(number: int, task: str, labels: Sequence[str], file: ModelFile) -> SentenceModel:
    name = f"earlier_{number}_"
    declared: Declared = {
        f"{name}features": Names("features"),
        f"{name}weights": named_weights("features", "labels"),
        f"{name}bias": Array(("labels",)),
    }
    return SentenceModel(task, tuple(labels), *read_parts(file, declared, {"labels": len(labels)}).values())
