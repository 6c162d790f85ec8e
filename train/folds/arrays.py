"""A fold as arrays of numbers and words, and back: nothing in them is run on reading."""

from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...classify.stance_bias.bias import Tokens
from ..sentences.fit_bias import BiasRows
from ..sentences.fit_stance import StanceRows
from ..sentences.rows import Rows
from ..sentences.sparse_features import lay_out
from ..wording.rows import TextRows
from .fold import Fold, Part, Weights

Arrays = dict[str, NDArray[Any]]
_JUDGED = ("predicted", "frequent", "stratified", "chances", "raw")
_TOKENS = ("hashes", "whose", "loaded")
_WEIGHTS = ("outputs", "features", "values", "spread")


def pack(fold: Fold) -> Arrays:
    """Lay a fold out as arrays."""
    arrays: Arrays = {
        **_pack_rows(fold.rows),
        "n_train": np.array(fold.n_train),
        "chosen": np.array(fold.chosen, dtype=np.str_),
        "curve": np.array([(p.n_articles, p.n_sentences) for p in fold.curve], dtype=np.int64).reshape(-1, 2),
        "curve_predicted": np.array([p.predicted for p in fold.curve], dtype=np.str_),
    }
    arrays |= {name: getattr(fold, name) for name in _JUDGED}
    if fold.weights is not None:
        arrays |= {f"weights_{name}": getattr(fold.weights, name) for name in _WEIGHTS}
    return arrays


def _pack_rows(rows: Rows) -> Arrays:
    features = list(rows.features)
    names = sorted({name for row in features for name in row})
    number = {name: i for i, name in enumerate(names)}
    arrays: Arrays = {
        "names": np.array(names, dtype=np.str_),
        "lengths": np.array([len(row) for row in features], dtype=np.int64),
        "columns": np.array([number[name] for row in features for name in row], dtype=np.int64),
        "values": np.array(list(chain.from_iterable(row.values() for row in features)), dtype=np.float64),
    }
    arrays |= {f"rows_{name}": getattr(rows, name) for name in ("labels", "groups", "weights")}
    if isinstance(rows, BiasRows) or (isinstance(rows, TextRows) and rows.tokens):
        arrays["tokens"] = np.array([len(t.whose) for t in rows.tokens], dtype=np.int64)
        arrays |= {f"tokens_{name}": np.concatenate([getattr(t, name) for t in rows.tokens]) for name in _TOKENS}
    if isinstance(rows, StanceRows):
        arrays["stance_targets"] = np.array(rows.targets, dtype=np.str_)
        arrays["speakers"] = np.array([speaker or "" for speaker in rows.speakers], dtype=np.str_)
    if isinstance(rows, TextRows):
        arrays["text_targets"] = rows.targets
        arrays |= {f"also {column}": labels for column, labels in rows.also.items()}
    return arrays


def unpack(arrays: Arrays) -> Fold:
    """Read a fold from its arrays; a key or a length that is wrong raises."""
    n_articles, n_sentences = arrays["n_train"].tolist()
    parts = zip(arrays["curve"].tolist(), arrays["curve_predicted"], strict=True)
    weights = {name: arrays[f"weights_{name}"] for name in _WEIGHTS if f"weights_{name}" in arrays}
    return Fold(
        _unpack_rows(arrays),
        **{name: arrays[name] for name in _JUDGED},
        weights=Weights(**weights) if weights else None,
        curve=tuple(Part(a, s, predicted) for (a, s), predicted in parts),
        n_train=(n_articles, n_sentences),
        chosen=tuple(arrays["chosen"].tolist()),
    )


def _unpack_rows(arrays: Arrays) -> Rows:
    names, ends = arrays["names"].tolist(), np.cumsum(arrays["lengths"])
    columns, values = arrays["columns"].tolist(), arrays["values"].tolist()
    features = [
        {names[c]: v for c, v in zip(columns[end - n : end], values[end - n : end], strict=True)}
        for end, n in zip(ends.tolist(), arrays["lengths"].tolist(), strict=True)
    ]
    of = arrays["rows_labels"], arrays["rows_groups"], arrays["rows_weights"]
    tokens = _unpack_tokens(arrays) if "tokens" in arrays else []
    if "stance_targets" in arrays:
        speakers = [speaker or None for speaker in arrays["speakers"].tolist()]
        return StanceRows(features, *of, arrays["stance_targets"].tolist(), speakers)
    if "text_targets" in arrays:
        also = {key.removeprefix("also "): labels for key, labels in arrays.items() if key.startswith("also ")}
        return TextRows(lay_out(features), *of, arrays["text_targets"], also, tokens)
    return BiasRows(features, *of, tokens) if "tokens" in arrays else Rows(features, *of)


def _unpack_tokens(arrays: Arrays) -> list[Tokens]:
    parts = [np.split(arrays[f"tokens_{name}"], np.cumsum(arrays["tokens"])[:-1]) for name in _TOKENS]
    return [Tokens(*token) for token in zip(*parts, strict=True)]
