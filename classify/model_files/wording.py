"""Text classifiers as model files keep them: numbers, names, and how they are put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..linear.named import SentenceModel
from ..wording.model import TextModel
from ..wording.recipe import Recipe
from .container import JSON

KEY = "text"
"""What the manifest calls the settings of a text classifier."""
_MOST_ALSO = 8


def pack_earlier(model: TextModel) -> tuple[dict[str, Any], dict[str, NDArray[Any]], dict[str, JSON]]:
    """Give what a model file keeps of a text classifier beside its last model.

    Returns
    -------
    about, arrays, texts
    """
    earlier = [*model.also, *([model.before] if model.before else []), *model.own.values()]
    arrays: dict[str, NDArray[Any]] = {}
    texts: dict[str, JSON] = {}
    for number, part in enumerate(earlier):
        arrays[f"earlier_{number}_weights"] = part.weights.astype(np.float16)
        arrays[f"earlier_{number}_bias"] = part.bias.astype(np.float32)
        texts[f"earlier_{number}_features"] = list(part.features)
    about = {
        "recipe": model.recipe.as_json(),
        "also": [{"column": part.task, "labels": list(part.labels)} for part in model.also],
        "again": model.before is not None,
        "own": {"targets": list(model.own), "share": model.share},
        "targets": {target: list(aliases) for target, aliases in model.targets.items()},
        "encoder": dict(model.encoder) if model.encoder else None,
        "tried": [[told, round(score, 4)] for told, score in model.tried],
    }
    return {KEY: about}, arrays, texts


def unpack_text(
    sentences: SentenceModel, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> TextModel:
    """Read what `pack_earlier` gave.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it does not fit together.
    """
    columns, encoder = about["also"], about["encoder"]
    if len(columns) > _MOST_ALSO or not (encoder is None or _is_encoder(encoder)):
        raise ValueError(KEY)
    also = tuple(_part(i, of["column"], of["labels"], arrays, texts) for i, of in enumerate(columns))
    before = _part(len(also), sentences.task, sentences.labels, arrays, texts) if about["again"] else None
    first = len(also) + (before is not None)
    targets, share = about["own"]["targets"], _share(about["own"]["share"])
    own = {str(t): _part(first + i, sentences.task, sentences.labels, arrays, texts) for i, t in enumerate(targets)}
    names = {str(target): tuple(map(str, aliases)) for target, aliases in about["targets"].items()}
    tried = tuple((str(told), float(score)) for told, score in about["tried"])
    found = TextModel(sentences, Recipe.of_json(about["recipe"]), also, before, encoder=encoder, tried=tried)
    return replace(found, own=own, share=share, targets=names)


def _is_encoder(about: Any) -> bool:
    return set(about) == {"name", "digest"} and all(isinstance(x, str) and x.isprintable() for x in about.values())


def _share(value: Any) -> float:
    if not isinstance(value, float | int) or not 0 <= value <= 1:
        raise ValueError("a share is from 0 to 1")
    return float(value)


def _part(
    number: int, task: str, labels: Sequence[str], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> SentenceModel:
    names = texts[f"earlier_{number}_features"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in [task, *labels, *names]):
        raise TypeError("a name is no string")
    weights, bias = (arrays[f"earlier_{number}_{name}"].astype(np.float32) for name in ("weights", "bias"))
    return SentenceModel(task, tuple(labels), names, weights, bias)
