"""The models that annotating needs, and how they are kept in model files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Ints
from ...errors import SaysoError
from ..attribution.candidate_rerank import N_MEASURES
from ..attribution.extractor import N_LABELS, AttributionModel
from ..attribution.word_features import Words
from ..linear.composed import ATTRIBUTION, BIAS, STANCE, BiasModel, StanceModel
from ..linear.hashed import BITS, Weights
from ..linear.named import SentenceModel as SentenceModel  # its place for all who use model files
from ..wording.model import TextModel
from .container import JSON, ModelFile, Readable, read_model, write_model
from .error_arrays import pack_errors, unpack_errors
from .wording import KEY, pack_earlier, unpack_text

__all__ = [
    "ATTRIBUTION",
    "BIAS",
    "STANCE",
    "BiasModel",
    "LabelModel",
    "Model",
    "SentenceModel",
    "StanceModel",
    "load",
    "save",
]
_STEPS = {"glance": 1, "cue": 1, "argument": N_LABELS, "content": 1, "source": 1, "reach": 1}
_OWN = ("task", "labels", "features", "threshold", "errors", KEY)


LabelModel = SentenceModel | BiasModel | StanceModel | TextModel
"""A model that labels sentences."""
Model = LabelModel | AttributionModel


def save(model: Model, path: str | Path, **about: JSON) -> None:
    """Write a model file.

    Parameters
    ----------
    model : SentenceModel, BiasModel, StanceModel, TextModel or AttributionModel
    path : str or Path
    **about
        What the manifest shall say besides: scores, data digest, versions, seed, time.
    """
    if wrong := [key for key in _OWN if key in about]:
        raise ValueError(f"{wrong[0]!r} is what the model itself says.")
    if isinstance(model, AttributionModel):
        head, arrays, texts = _pack_attribution(model)
    elif isinstance(model, BiasModel):
        head, arrays, texts = _pack_bias(model)
    elif isinstance(model, StanceModel):
        head, arrays, texts = _pack_stance(model)
    elif isinstance(model, TextModel):
        head, arrays, texts = _pack_text(model)
    else:
        head, arrays, texts = _pack_sentence(model)
    write_model(path, {**head, **about}, arrays, texts)


def load(path: str | Path | Readable) -> Model:
    """Read a model file.

    Raises
    ------
    SaysoError
        One line: which file, what is wrong, what to do.
    """
    found = read_model(path)
    if "last_line" in found.arrays:
        raise SaysoError(f"{path}: a model with a last stage, which only older versions of sayso can read; train it again.")
    try:
        task = found.manifest["task"]
        model: Model = _unpack_attribution(found) if task == ATTRIBUTION else _unpack_sentence(found)
        if KEY in found.manifest and isinstance(model, SentenceModel):
            model = _unpack_text(found, model)
        elif task == BIAS and isinstance(model, SentenceModel):
            model = _unpack_bias(found, model)
        elif task == STANCE and isinstance(model, SentenceModel):
            model = _unpack_stance(found, model)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise SaysoError(f"{path}: what this model file holds does not fit together; train the model again.") from error
    return model


Packed = tuple[dict[str, Any], dict[str, NDArray[Any]], dict[str, JSON]]


def _pack_sentence(model: SentenceModel) -> Packed:
    head = {
        "task": model.task,
        "labels": list(model.labels),
        "features": len(model.features),
        "threshold": float(model.threshold),
    }
    listed, measured = pack_errors(model.errors)
    arrays: dict[str, NDArray[Any]] = {
        **measured,
        "weights": model.weights.astype(np.float16),
        "bias": model.bias.astype(np.float32),
        "scale": model.scale.astype(np.float32),
        "shift": model.shift.astype(np.float32),
    }
    return head | ({"errors": listed} if listed else {}), arrays, {"features": list(model.features)}


def _unpack_sentence(found: ModelFile) -> SentenceModel:
    manifest, arrays = found.manifest, found.arrays
    task, labels, features = manifest["task"], manifest["labels"], found.texts["features"]
    for names in ([task], labels, features):
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise TypeError("a name is no string")
    if len(set(labels)) < max(len(labels), 2) or not all(label.isprintable() for label in [task, *labels]):
        raise ValueError("labels")
    parts = {name: arrays[name].astype(np.float32) for name in ("weights", "bias", "scale", "shift")}
    errors = unpack_errors(manifest.get("errors", []), arrays)
    return SentenceModel(task, tuple(labels), features, **parts, threshold=_share(manifest["threshold"]), errors=errors)


def _share(value: Any) -> float:
    if not isinstance(value, float | int) or not 0 <= value <= 1:
        raise ValueError("a threshold is from 0 to 1")
    return float(value)


def _pack_bias(model: BiasModel) -> Packed:
    head, arrays, texts = _pack_sentence(model.sentences)
    return head, arrays | _pack_words(model.words, model.word_threshold), texts


def _pack_words(words: Weights, threshold: float) -> dict[str, NDArray[Any]]:
    keys = words.keys.astype(np.int64)
    return {
        "words_steps": _small(keys - np.concatenate([[0], keys[:-1]])) if len(keys) else np.zeros(0, np.uint8),
        "words_values": words.values,
        "words_bias": words.bias,
        "words_scale": np.array([words.scale, threshold], np.float64),
    }


def _pack_text(model: TextModel) -> Packed:
    head, arrays, texts = _pack_sentence(model.sentences)
    about, earlier, names = pack_earlier(model)
    words = {} if model.words is None else _pack_words(model.words, model.word_threshold)
    return {**head, **about}, {**arrays, **earlier, **words}, {**texts, **names}


def _unpack_text(found: ModelFile, sentences: SentenceModel) -> TextModel:
    model = unpack_text(sentences, found.manifest[KEY], found.arrays, found.texts)
    if "words_scale" not in found.arrays:
        return model
    scale, threshold = found.arrays["words_scale"].tolist()
    return replace(model, words=_weights(found.arrays, "words", scale, 1), word_threshold=threshold)


def _unpack_bias(found: ModelFile, sentences: SentenceModel) -> BiasModel:
    scale, threshold = found.arrays["words_scale"].tolist()
    return BiasModel(_weights(found.arrays, "words", scale, 1), sentences, threshold)


def _pack_stance(model: StanceModel) -> Packed:
    head, arrays, texts = _pack_sentence(model.first)
    arrays["decision"] = model.decision.astype(np.float32)
    if model.second is not None:
        _, second, names = _pack_sentence(model.second)
        arrays |= {f"second_{name}": array for name, array in second.items()}
        texts["second_features"] = names["features"]
    return head, arrays, texts


def _unpack_stance(found: ModelFile, first: SentenceModel) -> StanceModel:
    second, decision = None, found.arrays["decision"].astype(np.float32)
    if decision.shape != (len(first.labels),):
        raise ValueError("decision")
    if "second_features" in found.texts:
        names = found.texts["second_features"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise TypeError("a name is no string")
        weights, bias, scale, shift = (
            found.arrays[f"second_{name}"].astype(np.float32) for name in ("weights", "bias", "scale", "shift")
        )
        second = SentenceModel(first.task, first.labels, names, weights, bias, scale, shift, first.threshold)
    return StanceModel(first, second, decision)


def _pack_attribution(model: AttributionModel) -> Packed:
    words = model.words
    names = sorted({*words.clusters, *words.priors})
    clusters = np.array([words.clusters.get(name, (0, 0)) for name in names], np.int64).reshape(-1, 2)
    priors = np.array([words.priors.get(name, 0) for name in names], np.int64)
    arrays = {
        "clusters": _small(clusters),
        "priors": _small(priors),
        "rerank": model.rerank.astype(np.float64),
    }
    scales = []
    for step in _STEPS:
        weights: Weights = getattr(model, step)
        keys = weights.keys.astype(np.int64)
        arrays[f"{step}_steps"] = _small(keys - np.concatenate([[0], keys[:-1]]))
        arrays[f"{step}_values"] = weights.values
        arrays[f"{step}_bias"] = weights.bias
        scales.append(weights.scale)
    arrays["scales"] = np.array(scales, np.float64)
    n_weights = sum(len(getattr(model, step).keys) for step in _STEPS)
    head = {"task": ATTRIBUTION, "labels": [], "features": n_weights, "threshold": float(model.threshold)}
    return head, arrays, {"words": names}


def _unpack_attribution(found: ModelFile) -> AttributionModel:
    arrays, names = found.arrays, found.texts["words"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError("a word is no string")
    scales, rerank = arrays["scales"], arrays["rerank"].astype(np.float64)
    if rerank.shape != (N_MEASURES + 1,) or scales.shape != (len(_STEPS),):
        raise ValueError("rerank")
    pairs = zip(names, zip(*arrays["clusters"].T.tolist(), strict=True), strict=True)
    clusters = {name: pair for name, pair in pairs if pair[0]}
    priors = {name: n for name, n in zip(names, arrays["priors"].tolist(), strict=True) if n}
    weights = {
        step: _weights(arrays, step, float(scale), n_outputs)
        for (step, n_outputs), scale in zip(_STEPS.items(), scales, strict=True)
    }
    return AttributionModel(Words(clusters, priors), **weights, rerank=rerank, threshold=_share(found.manifest["threshold"]))


def _weights(arrays: Mapping[str, NDArray[Any]], step: str, scale: float, n_outputs: int) -> Weights:
    keys = np.cumsum(arrays[f"{step}_steps"], dtype=np.int64)
    values, bias = arrays[f"{step}_values"], arrays[f"{step}_bias"].astype(np.float32)
    if values.shape != (len(keys), n_outputs) or values.dtype != np.int8 or bias.shape != (n_outputs,):
        raise ValueError("weights")
    if len(keys) and (keys[0] < 0 or keys[-1] >= 1 << BITS or (np.diff(keys) <= 0).any()):
        raise ValueError("keys")
    return Weights(keys.astype(np.int32), values, scale, bias)


def _small(array: Ints) -> NDArray[Any]:
    """Give whole numbers, none negative, the smallest type that holds them."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))
