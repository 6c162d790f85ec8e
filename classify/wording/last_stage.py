"""The last stage of a text classifier of two labels: what the whole article and pairs of an encoder's dimensions add."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Floats32, Floats64, Ints
from ..linear.neighbours import STEPS, around
from .features import vector_names

N_COLUMNS = len(STEPS) + 3
_PRIOR = 3  # sentences as usual that each article counts beside its own: short ones tell little


@dataclass(frozen=True, slots=True, eq=False)
class Quadratic:
    """A score that sums the products of every two dimensions of an encoder's vector.

    Parameters
    ----------
    table : ndarray of float32, shape (n_dimensions, n_dimensions)
        What each product counts; symmetric.

    Examples
    --------
    >>> Quadratic(np.array([[1, 2], [2, 0]], np.float32)).scores(np.array([[1.0, 3.0]])).tolist()
    [13.0]
    """

    table: Floats32

    def scores(self, vectors: Floats64) -> Floats64:
        """Score vectors of shape (n_sentences, n_dimensions)."""
        return np.asarray(((vectors @ self.table) * vectors).sum(axis=1), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class LastStage:
    """A linear model of a sentence's log odds, of those around it in its article, and of a quadratic score.

    Parameters
    ----------
    weights : ndarray of float, shape (N_COLUMNS,)
        Of the columns that `stage_columns` gives.
    bias : float
    usual : float
        Mean chance of the first label in training: what is expected of sentences that are not there.
    quadratic : Quadratic

    Notes
    -----
    A neighbour's chance counts for a sentence, the article's rate against it: what stands out in its article is taken for
    biased. Either by itself tells nothing.
    """

    weights: Floats64
    bias: float
    usual: float
    quadratic: Quadratic

    @property
    def vectors(self) -> Sequence[str]:
        """The encoder's features that it looks at."""
        return vector_names(self.quadratic.table)

    def logits(self, logits: Floats64, groups: Ints, vectors: Floats64) -> Floats64:
        """Give the scores of both labels anew.

        Parameters
        ----------
        logits : ndarray of shape (n_rows, 2)
        groups : ndarray of int, shape (n_rows,)
            Number of each sentence's article; its sentences stand together, in order.
        vectors : ndarray of shape (n_rows, n_dimensions)
            Of the features that `vectors` names.

        Returns
        -------
        ndarray of shape (n_rows, 2)
        """
        columns = stage_columns(logits, groups, self.usual, self.quadratic.scores(vectors))
        return both_labels(columns @ self.weights + self.bias)


def chance_of_first(logits: Floats64) -> Floats64:
    """Give the chance of the first of two labels, shape (n_rows,)."""
    return np.asarray((1 + np.tanh((logits[:, 0] - logits[:, 1]) / 2)) / 2)


def both_labels(odds: Floats64) -> Floats64:
    """Give scores of two labels that differ by the log odds of the first, shape (n_rows, 2)."""
    return np.stack([odds, -odds], axis=1) / 2


def stage_columns(logits: Floats64, groups: Ints, usual: float, squared: Floats64) -> Floats64:
    """Give what the last stage looks at.

    Parameters
    ----------
    logits : ndarray of shape (n_rows, 2)
    groups : ndarray of int, shape (n_rows,)
    usual : float
    squared : ndarray of shape (n_rows,)
        The quadratic score.

    Returns
    -------
    ndarray of shape (n_rows, N_COLUMNS)
        The log odds; by how much the chances of the sentences around exceed the usual, in the order of ``STEPS``, then that
        of all others of the article, as if three more were as usual; the quadratic score.

    Examples
    --------
    >>> even, odd = [0.0, 0.0], [np.log(3), 0.0]  # chances of a half and of three quarters
    >>> stage_columns(np.array([even, odd]), np.array([0, 0]), 0.5, np.array([7.0, 8.0])).round(4).tolist()
    [[0.0, 0.0, 0.0, 0.25, 0.0, 0.0625, 7.0], [1.0986, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0]]
    """
    *near, rest = around((chance_of_first(logits) - usual)[:, None], groups)
    _, number, counts = np.unique(groups, return_inverse=True, return_counts=True)
    n_others = counts[number] - 1
    rate = rest[:, 0] * n_others / (n_others + _PRIOR)
    return np.stack([logits[:, 0] - logits[:, 1], *(part[:, 0] for part in near), rate, squared], axis=1)
