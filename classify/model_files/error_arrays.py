"""Measured errors as model files keep them, and what fitting gives to measure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Floats64, Ints, Strings, softmax
from ...data.scheme import KINDS, SOURCE_TYPES
from ..linear.known_errors import Errors
from ..linear.label_pairs import combine, kind_and_type
from ..linear.quantification import HeldOutLabels, measure_errors, most_clusters
from .declared import MANIFEST, Array, Keys, ListOf, Text, read_part
from .manifest import NAME

_MOST_LABELS = 1000  # of more, correcting would take minutes
TRAINED_ON = "the data it was trained on"


def voice_errors(data: str, labels: Sequence[str] | Strings, outputs: Floats64, groups: Ints) -> tuple[Errors, Errors]:
    """Measure the errors of a voice model's kinds and of its source types.

    Parameters
    ----------
    data : str
        Name of the labelled data.
    labels : sequence of str, length n_sentences
        True ``kind/source_type``.
    outputs : ndarray of shape (n_sentences, n_outputs)
        Calibrated, of models that had not seen the article.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    """
    chances = combine(outputs)
    kinds, types = kind_and_type(chances)
    true = np.array([pair.split("/") for pair in labels]).reshape(-1, 2)
    parts = (("kind", KINDS, kinds, chances.sum(axis=2)), ("source_type", SOURCE_TYPES, types, chances.sum(axis=1)))
    kind, source_type = (
        measure_errors(data, column, names, HeldOutLabels(_numbers(true[:, i], names), given, shares, groups))
        for i, (column, names, given, shares) in enumerate(parts)
    )
    return kind, source_type


def plain_errors(
    column: str, labels: Sequence[str], truth: Sequence[str] | Strings, outputs: Floats64, groups: Ints
) -> tuple[Errors, ...]:
    """Measure the errors of a plain model; see `voice_errors`. Of more than a thousand labels, none are kept."""
    if len(labels) > _MOST_LABELS:
        return ()
    given = outputs.argmax(axis=1).astype(np.int64)
    held_out = HeldOutLabels(_numbers(truth, labels), given, softmax(outputs), groups)
    return (measure_errors(TRAINED_ON, column, labels, held_out),)


def _numbers(names: Sequence[str] | Strings, labels: Sequence[str]) -> Ints:
    number = {label: k for k, label in enumerate(labels)}
    return np.array([number[str(name)] for name in names], dtype=np.int64)


def pack_errors(kept: Sequence[Errors]) -> tuple[list[dict[str, Any]], dict[str, NDArray[Any]]]:
    """Give what the manifest says of measured errors, and their arrays."""
    arrays: dict[str, NDArray[Any]] = {}
    for k, errors in enumerate(kept):
        arrays[f"errors_{k}_given"] = errors.given.astype(np.uint16)
        arrays[f"errors_{k}_chances"] = errors.chances.astype(np.float16)
    return [{"data": e.data, "column": e.column, "labels": list(e.labels)} for e in kept], arrays


_LISTED = ListOf(Keys({"data": Text(), "column": NAME, "labels": ListOf(NAME, _MOST_LABELS, 1)}), 16)
_COUNTED = 65_504  # sentences of an article: the largest number of 16 bits


def unpack_errors(listed: Any, arrays: Mapping[str, NDArray[Any]]) -> tuple[Errors, ...]:
    """Check what `pack_errors` gave, and build it.

    Raises
    ------
    WrongContentsError
        If a part is missing, or is not as declared.
    """
    _LISTED.check(listed, f"{MANIFEST}errors")
    kept = []
    for k, about in enumerate(listed):
        labels, sizes = tuple(about["labels"]), dict[str, int]()
        array = Array(("articles", len(labels), len(labels)), np.float64, 0, _COUNTED, most_clusters(len(labels)))
        given, chances = (read_part("array", arrays, f"errors_{k}_{name}", array, sizes) for name in ("given", "chances"))
        kept.append(Errors(about["data"], about["column"], labels, given, chances))
    return tuple(kept)
