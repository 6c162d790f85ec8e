"""Model files: odd manifests, arrays and texts with digests that are right; and files with other bytes."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.attribution.candidate_rerank import N_MEASURES
from sayso.classify.attribution.extractor import AttributionModel
from sayso.classify.attribution.word_features import Words
from sayso.classify.linear.composed import BiasModel, StanceModel, WordThresholds
from sayso.classify.linear.hashed import Weights
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.classify.linear.named import SentenceModel
from sayso.classify.model_files.container import FORMAT
from sayso.classify.model_files.files import load, sort_of
from sayso.classify.wording.model import TextModel
from sayso.classify.wording.recipe import Recipe
from sayso.data.records import Article
from sayso.data.scheme import BIASES, STANCES

from .. import command, mutations, samples
from ..case import Case

_FILE = "model.sayso"
_Parts = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]
_TYPES = ("<i1", "<u1", "<i2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", ">f4", "|b1", "<c8", "<U3", "|O")
_NUMBERS = (0, -1, 1, 127, 255, 65_535, 2**31 - 1, -(2**31), 1e-45, 1e38, 3e38, 1e300, float("inf"), float("nan"), 0.5, -0.0)


def _sentences(task: str, labels: tuple[str, ...], names: tuple[str, ...] = ("said", "tank", "w")) -> SentenceModel:
    weights = np.linspace(-1, 2, len(names) * len(labels), dtype=np.float32).reshape(len(names), len(labels))
    return SentenceModel(task, labels, list(names), weights, np.zeros(len(labels), np.float32))


def _weights(n_outputs: int) -> Weights:
    return Weights(
        np.array([7, 70_000], np.int32), np.ones((2, n_outputs), np.int8), 0.25, np.full(n_outputs, 0.5, np.float32)
    )


def _attribution() -> AttributionModel:
    left_out = ("words", "rerank", "threshold", "reader")
    parts = {f.name: _weights(7 if f.name == "argument" else 1) for f in fields(AttributionModel) if f.name not in left_out}
    words = Words({"said": (3, 4), "bank": (1, 300)}, {"said": 2, ":": 5})
    return AttributionModel(words, **parts, rerank=np.linspace(-1, 1, N_MEASURES + 1), threshold=0.25)


def _text() -> TextModel:
    labels = ("water", "roads")
    of_target = {"Tarn": _sentences("topic", labels)}
    also = (_sentences("mood", ("glad", "sad", "none")),)
    before = _sentences("topic", labels)
    return TextModel(
        _sentences("topic", labels), Recipe(), also, before, own=of_target, share=0.5, targets={"Tarn": ("the mayor",)}
    )


_MODELS: Mapping[str, Callable[[], Any]] = {
    "voice": lambda: _sentences("voice", OUTPUTS),
    "own column": lambda: _sentences("topic", ("water", "roads", "none")),
    "attribution": _attribution,
    "bias": lambda: BiasModel(_weights(1), _sentences("bias", BIASES), WordThresholds(0.5, 1.0)),
    "stance": lambda: StanceModel(
        _sentences("stance", STANCES), _sentences("stance", STANCES), np.zeros(len(STANCES), np.float32)
    ),
    "text": _text,
}


@cache
def _packed(name: str) -> _Parts:
    model = _MODELS[name]()
    return sort_of(model).pack(model)


def make(draw: random.Random) -> Case:
    """Make a model file and choose what is done with it."""
    head, arrays, texts = _packed(draw.choice(list(_MODELS)))
    head, texts, arrays = json.loads(json.dumps(head)), json.loads(json.dumps(texts)), dict(arrays)
    if draw.random() < 0.75:
        for _ in range(draw.choice((1, 1, 2, 3))):
            draw.choice((_change_head, _change_text, _change_array, _change_array))(draw, head, arrays, texts)
        raw = _file(head, {name: _npy(array) for name, array in arrays.items()}, texts)
    else:
        raw = mutations.raw(draw, _file(head, {name: _npy(array) for name, array in arrays.items()}, texts))
    words = ("model", "show", _FILE) if draw.random() < 0.15 else ()
    return Case("model-files", {_FILE: raw}, words)


def _change_head(draw: random.Random, head: dict[str, Any], arrays: dict[str, Any], texts: dict[str, Any]) -> None:
    mutations.json_value(draw, head)


def _change_text(draw: random.Random, head: dict[str, Any], arrays: dict[str, Any], texts: dict[str, Any]) -> None:
    if draw.random() < 0.2:
        texts[draw.choice(("words", "features", "earlier_names", "x"))] = samples.value(draw)
    mutations.json_value(draw, texts)


def _change_array(draw: random.Random, head: dict[str, Any], arrays: dict[str, Any], texts: dict[str, Any]) -> None:
    """Change type, shape or numbers of an array, or leave it out."""
    if not arrays:
        return
    name = draw.choice(sorted(arrays))
    array, change = np.asarray(arrays[name]), draw.randrange(6)
    if change == 0:
        del arrays[name]
    elif change == 1:
        with np.errstate(all="ignore"), suppress(ValueError, OverflowError, TypeError):  # of objects not all can be
            arrays[name] = array.astype(draw.choice(_TYPES))
    elif change == 2:
        arrays[name] = array.reshape(draw.choice(((-1,), (1, -1), (-1, 1), (1, -1, 1))))
    elif change == 3:
        sides = [min(side, 50) for side in array.shape] or [1]
        sides[draw.randrange(len(sides))] = draw.choice((0, 1, 2, 50))
        arrays[name] = np.resize(array, sides)
    elif change == 4:
        arrays[name] = np.zeros((0, draw.choice((1, 7, 10**7, 2**40))), array.dtype)
    else:
        arrays[name] = _with_number(draw, array)


def _with_number(draw: random.Random, array: Any) -> Any:
    kind = draw.choice((array.dtype.str, "<f8", "<i8")) if array.dtype.kind in "iuf" else "<f8"
    changed = np.array(array.real if array.dtype.kind == "c" else array).astype(kind)
    if changed.size:
        number = draw.choice(_NUMBERS)
        with np.errstate(all="ignore"), suppress(ValueError, OverflowError):
            changed.flat[draw.randrange(changed.size)] = np.array(number).astype(kind)
    return changed


def _npy(array: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.ascontiguousarray(array).reshape(np.shape(array)), version=(1, 0), allow_pickle=True)
    return out.getvalue()


def _file(head: Any, arrays: Mapping[str, bytes], texts: Mapping[str, Any]) -> bytes:
    """Put parts together, with the sizes and digests that they have."""
    members = {f"{name}.npy": raw for name, raw in sorted(arrays.items())}
    members |= {f"{name}.json": json.dumps(value).encode() for name, value in sorted(texts.items()) if name.isidentifier()}
    listed = {name: {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()} for name, raw in members.items()}
    whole = {"format": FORMAT, **head, "members": listed} if isinstance(head, dict) else head
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in {"manifest.json": json.dumps(whole).encode(), **members}.items():
            archive.writestr(_entry(name), raw)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Give an entry as sayso itself writes it: another would be refused before its contents are looked at."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
    return entry


def run(case: Case) -> bytes:
    """Load the model, and annotate an article with it if it can be used."""
    if case.words:
        return command.run(case)
    model = load(_FILE)
    annotator = load_annotator([_FILE], stance=True)
    annotation = annotator.annotate(Article("a", samples.ARTICLES[0], "The bridge of Tolm"), 2, ["Tarn=the mayor"])
    return json.dumps([model.task, *model.labels, annotation.to_dict()]).encode("utf-8", "backslashreplace")
