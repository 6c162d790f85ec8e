"""A fold as arrays of numbers and words, and back: nothing in them is run on reading."""

import numpy as np

from ..sentences.rows import Arrays, Rows
from ..tasks.outputs import Weights
from .fold import Fold, Part

_JUDGED = ("predicted", "frequent", "stratified", "chances", "raw")
_WEIGHTS = ("outputs", "features", "values", "spread")


def pack(fold: Fold) -> Arrays:
    """Lay a fold out as arrays."""
    arrays: Arrays = {
        **fold.rows.as_arrays(),
        "n_train": np.array(fold.n_train),
        "chosen": np.array(fold.chosen, dtype=np.str_),
        "curve": np.array([(p.n_articles, p.n_sentences) for p in fold.curve], dtype=np.int64).reshape(-1, 2),
        "curve_predicted": np.array([p.predicted for p in fold.curve], dtype=np.str_),
    }
    arrays |= {name: getattr(fold, name) for name in _JUDGED}
    if fold.weights is not None:
        arrays |= {f"weights_{name}": getattr(fold.weights, name) for name in _WEIGHTS}
    return arrays


def unpack(arrays: Arrays, rows_class: type[Rows]) -> Fold:
    """Read a fold from its arrays; a key or a length that is wrong raises."""
    n_articles, n_sentences = arrays["n_train"].tolist()
    parts = zip(arrays["curve"].tolist(), arrays["curve_predicted"], strict=True)
    weights = {name: arrays[f"weights_{name}"] for name in _WEIGHTS if f"weights_{name}" in arrays}
    return Fold(
        rows_class.of_arrays(arrays),
        **{name: arrays[name] for name in _JUDGED},
        weights=Weights(**weights) if weights else None,
        curve=tuple(Part(a, s, predicted) for (a, s), predicted in parts),
        n_train=(n_articles, n_sentences),
        chosen=tuple(arrays["chosen"].tolist()),
    )
