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
            mixed *= _PRIME
            mixed += np.asarray(value, dtype=np.int64).view(np.uint64)
        mixed ^= mixed >> np.uint64(32)
        mixed *= _PRIME
        mixed >>= _SHIFT
        self._columns.append(mixed.astype(np.int32))

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
        raised = np.full((len(self.keys) + 1, self.values.shape[1]), _ZERO, dtype=np.uint64)
        raised[1:] += self.values.astype(np.int64).astype(np.uint64)  # wraps round below zero, as it shall
        lanes = [_pack(raised[:, first : first + _LANES]) for first in range(0, self.values.shape[1], _LANES)]
        return Table(rows, lanes, self.scale, self.bias)


_LANES = 4  # sums of 16 bits in one number of 64
_ZERO = 128  # what stands for a weight of 0, so that no lane is negative
_MOST_TEMPLATES = ((1 << 16) - 1) // (2 * _ZERO)


def _pack(raised: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put the raised weights of up to four outputs side by side into one number."""
    out = np.zeros(len(raised), dtype=np.uint64)
    for lane in range(raised.shape[1]):
        out |= raised[:, lane] << np.uint64(16 * lane)
    return out


@dataclass(frozen=True, slots=True)
class Table:
    """Weights laid out for looking up by hash; four outputs are summed at once.

    Parameters
    ----------
    rows : ndarray of int32, shape (2 ** BITS,)
        Where the weights of a hash stand; 0 for none.
    lanes : list of ndarray of uint64, shape (n_kept + 1,)
        The weights, raised by 128, of four outputs each.
    scale : float
    bias : ndarray of float32, shape (n_outputs,)
    """

    rows: Hashes
    lanes: list[NDArray[np.uint64]]
    scale: float
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
        if hashes.shape[1] > _MOST_TEMPLATES:
            raise ValueError(f"{hashes.shape[1]} templates; sums hold {_MOST_TEMPLATES}.")
        at = self.rows.take(hashes)
        out = np.empty((len(hashes), len(self.bias)), dtype=np.float32)
        for first, lane in zip(range(0, len(self.bias), _LANES), self.lanes, strict=True):
            packed = lane.take(at).sum(axis=1, dtype=np.uint64)
            for output in range(first, min(first + _LANES, len(self.bias))):
                sums = (packed >> np.uint64(16 * (output - first))) & np.uint64(0xFFFF)
                out[:, output] = sums.astype(np.float32) - _ZERO * hashes.shape[1]
        return out * np.float32(self.scale) + self.bias


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
