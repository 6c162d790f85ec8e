"""Linear models over features that are whole numbers: no feature ever becomes a string.

A feature is a template's number mixed with the small integers it looked at, hashed to ``BITS`` bits. Fitting sees a sparse
matrix; annotating looks the hashes up in a pruned table of weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 22
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
Hashes = NDArray[np.int32]


class Features:
    """Collects the features of ``n_rows`` rows, template by template.

    Parameters
    ----------
    n_rows : int
    seed : int
        Keeps the templates of different models apart.
    """

    def __init__(self, n_rows: int, seed: int) -> None:
        self._n_rows = n_rows
        self._template = seed * 1000
        self._columns: list[Hashes] = []

    def add(self, *values: NDArray[np.int64] | int) -> None:
        """Add one template: for each row the combination of these values.

        Parameters
        ----------
        *values : ndarray of shape (n_rows,), or int
        """
        self._template += 1
        mixed = np.full(self._n_rows, self._template, dtype=np.uint64)
        for value in values:
            mixed += np.asarray(value).astype(np.uint64)
            mixed *= _PRIME
            mixed ^= mixed >> np.uint64(29)
        mixed *= _PRIME
        self._columns.append((mixed >> _SHIFT).astype(np.int32))

    def hashes(self) -> Hashes:
        """Give the features as an array of shape (n_rows, n_templates)."""
        if not self._columns:
            return np.zeros((self._n_rows, 0), dtype=np.int32)
        return np.stack(self._columns, axis=1)


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model over hashed features: pruned and quantised.

    Parameters
    ----------
    keys : ndarray of int32, shape (n_kept,)
        Hashes that have a weight, ascending.
    values : ndarray of int8, shape (n_kept, n_outputs)
    scale : float
        What one step of ``values`` is worth.
    bias : ndarray of float32, shape (n_outputs,)
    """

    keys: Hashes
    values: NDArray[np.int8]
    scale: float
    bias: NDArray[np.float32]

    def table(self) -> "Table":
        """Lay the weights out for looking up."""
        rows = np.zeros(1 << BITS, dtype=np.int32)
        rows[self.keys] = np.arange(1, len(self.keys) + 1, dtype=np.int32)
        n_outputs = self.values.shape[1]
        values = np.zeros((len(self.keys) + 1, n_outputs), dtype=np.float32)
        values[1:] = self.values.astype(np.float32) * self.scale
        return Table(rows, values, self.bias)


@dataclass(frozen=True, slots=True)
class Table:
    """Weights laid out for looking up by hash."""

    rows: Hashes
    values: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, hashes: Hashes) -> NDArray[np.float32]:
        """Sum the weights of each row's features.

        Parameters
        ----------
        hashes : ndarray of shape (n_rows, n_templates)

        Returns
        -------
        ndarray of shape (n_rows, n_outputs)
        """
        out = np.repeat(self.bias[None, :], len(hashes), axis=0)
        for column in range(hashes.shape[1]):
            out += self.values[self.rows[hashes[:, column]]]
        return out


def prune(coef: NDArray[np.float64], bias: NDArray[np.float64], columns: Hashes, n_kept: int) -> Weights:
    """Keep the ``n_kept`` features that weigh most and round their weights to 8 bits.

    Parameters
    ----------
    coef : ndarray of shape (n_outputs, n_columns)
    bias : ndarray of shape (n_outputs,)
    columns : ndarray of shape (n_columns,)
        The hash of each column.
    n_kept : int
    """
    weight = np.abs(coef).max(axis=0)
    n_kept = min(n_kept, int((weight > 0).sum()))
    kept = np.sort(np.argpartition(-weight, n_kept - 1)[:n_kept]) if n_kept else np.zeros(0, dtype=np.int64)
    kept = kept[np.argsort(columns[kept], kind="stable")]
    top = float(np.quantile(weight[kept], 0.9995)) if n_kept else 1.0
    scale = max(top, 1e-9) / 127
    values = np.clip(np.round(coef[:, kept].T / scale), -127, 127).astype(np.int8)
    return Weights(columns[kept].astype(np.int32), values, scale, bias.astype(np.float32))


def bucket(values: NDArray[np.int64], edges: Sequence[int]) -> NDArray[np.int64]:
    """Give the number of the bucket of each value: how many edges it reaches."""
    return np.searchsorted(np.asarray(edges), values, side="right")
