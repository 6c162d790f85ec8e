"""From three decisions to the chances of kind and source type, without scikit-learn: annotating needs no more."""

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Floats64, Ints, softmax
from ...data.scheme import KINDS, SOURCE_TYPES, SOURCE_TYPES_OF

VOICE = "voice"
"""The task of models that give kind and source type together."""
PAIRED = {"kind": KINDS, "source_type": SOURCE_TYPES}
"""The two columns that such a model labels."""
N_TYPES = len(SOURCE_TYPES) - 1  # "none" is no source
OUTPUTS = ("quote", "attributed", *SOURCE_TYPES[:N_TYPES])
"""What a voice model computes for a sentence: is it a quote, is it attributed, and a score for each source type."""
MAY = np.array([[t in SOURCE_TYPES_OF[kind] for t in SOURCE_TYPES] for kind in KINDS])
"""Whether a kind (row) and a source type (column) go together."""


def combine(outputs: NDArray[np.floating]) -> Floats64:
    """Turn a voice model's outputs into chances of pairs.

    Parameters
    ----------
    outputs : ndarray of shape (n_sentences, n_outputs)
        In the order of `OUTPUTS`: two log odds and eight scores.

    Returns
    -------
    ndarray of shape (n_sentences, n_kinds, n_types)
        In the order of `scheme.KINDS` and `scheme.SOURCE_TYPES`; each sentence's chances sum to 1.
    """
    quote, attributed = 1 / (1 + np.exp(-np.clip(outputs[:, :2].T.astype(np.float64), -30, 30)))
    types = softmax(outputs[:, 2:].astype(np.float64))
    chances = np.zeros((len(outputs), len(KINDS), len(SOURCE_TYPES)))
    chances[:, 0, :N_TYPES] = quote[:, None] * types
    chances[:, 1:, :N_TYPES] = ((1 - quote) * attributed)[:, None, None] * types[:, None, :]
    chances[:, 3, N_TYPES] = (1 - quote) * (1 - attributed)
    chances *= MAY
    return chances


def column_chances(outputs: NDArray[np.floating], column: str) -> Floats64:
    """Turn a voice model's outputs into the chances of the labels of one of its two columns.

    Parameters
    ----------
    outputs : ndarray of shape (n_sentences, n_outputs)
    column : str
        ``kind`` or ``source_type``.

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
    """
    return np.asarray(combine(outputs).sum(axis=2 if column == "kind" else 1))


def kind_and_type(chances: Floats64) -> tuple[Ints, Ints]:
    """Give each sentence's likeliest kind, and the likeliest type that goes with it.

    Returns
    -------
    kinds, types : ndarray of shape (n_sentences,)
        Numbers in `scheme.KINDS` and `scheme.SOURCE_TYPES`.
    """
    kinds = chances.sum(axis=2).argmax(axis=1)
    return kinds, chances[np.arange(len(chances)), kinds].argmax(axis=1)
