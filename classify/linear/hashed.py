"""Linear models over features that are whole numbers: no feature ever becomes a string.

A feature is a template with the small integers it looked at: a sum of products with the template's own odd numbers, of which
the upper ``BITS`` bits are the feature's number (multilinear hashing). Fitting sees a sparse matrix; annotating looks
the numbers up in a pruned table of weights. Sums can be shared: what looks at the token alone is worked out once a token,
not once for every cue that it is seen from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Bools, Floats32, Floats64, Ints

BITS = 22
_SHIFT = np.uint64(64 - BITS)
_MOST_CONSTANTS = 1000
Hashes = NDArray[np.int32]
Terms = NDArray[np.uint64]
Sink = Callable[[Ints], None]
"""Takes the numbers of one template's features, one a row."""


@cache
def _constants(seed: int) -> tuple[np.uint64, ...]:
    """Odd numbers of 64 bits, other ones for each seed (SplitMix64)."""
    out = []
    state = seed << 32
    for _ in range(_MOST_CONSTANTS):
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        out.append(np.uint64((z ^ (z >> 31)) | 1))
    return tuple(out)


class Features:
    """Numbers the features of rows, template by template.

    Parameters
    ----------
    sink : callable of ndarray of int64
        Takes each template's features: `Columns` keeps them, `Table.sum` adds up their weights.
    seed : int
        Keeps the templates of different models apart.
    """

    def __init__(self, sink: Sink, seed: int) -> None:
        self._sink = sink
        self._constants = iter(_constants(seed))

    def term(self, *values: Ints | Bools) -> Terms:
        """Give what these values, together, add to a template's sum.

        Parameters
        ----------
        *values : ndarray of int64 or of bool, all of one shape
        """
        constants = self._constants
        total = np.multiply(_whole(values[0]), next(constants))
        total += next(constants)
        for value in values[1:]:
            total += np.multiply(_whole(value), next(constants))
        return total

    def add(self, *terms: Terms) -> None:
        """Add one template: for each row the combination of these terms.

        Parameters
        ----------
        *terms : ndarray of uint64, shape (n_rows,)
            A term may be part of several templates, if the other terms are theirs alone.
        """
        if len(terms) == 1:
            total = terms[0] >> _SHIFT
        else:
            total = terms[0] + terms[1]
            for term in terms[2:]:
                total += term
            total >>= _SHIFT
        self._sink(total.view(np.int64))


def _whole(values: Ints | Bools) -> Terms:
    return (values if values.dtype == np.int64 else values.astype(np.int64)).view(np.uint64)


class Columns:
    """Keeps features for fitting, a column a template."""

    def __init__(self) -> None:
        self._columns: list[Hashes] = []

    def __call__(self, numbers: Ints) -> None:
        """Keep a template's features."""
        self._columns.append(numbers.astype(np.int32))

    def hashes(self) -> Hashes:
        """Give the features as an array of shape (n_rows, n_templates)."""
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
    bias: Floats32


@dataclass(frozen=True, slots=True)
class Table:
    """Weights laid out for looking up by hash.

    Parameters
    ----------
    rows : ndarray of int32, shape (2 ** BITS,), or None
        Where the weights of a hash stand; 0 for none. None where there is one output: its weight stands at the hash itself,
        which takes a quarter of the memory and a third of the time.
    values : ndarray of int8, shape (2 ** BITS, 1) or (n_kept + 1, width)
        The weights of all outputs side by side, filled up with zeros to a width that numpy copies at a stroke.
        With ``rows``, row 0 is all zeros.
    scale, bias : ndarray of float32, shape (n_outputs, 1)
    """

    rows: Hashes | None
    values: NDArray[np.int8]
    scale: Floats32
    bias: Floats32

    @classmethod
    def of(cls, model: Weights) -> "Table":
        """Lay out a model's weights."""
        n_outputs = len(model.bias)
        scale = np.full((n_outputs, 1), model.scale, dtype=np.float32)
        if n_outputs == 1:
            direct = np.zeros((1 << BITS, 1), dtype=np.int8)
            direct[model.keys] = model.values
            return cls(None, direct, scale, model.bias[:, None])
        values = np.zeros((len(model.keys) + 1, _width(n_outputs)), dtype=np.int8)
        values[1:, :n_outputs] = model.values
        rows = np.zeros(1 << BITS, dtype=np.int32)
        rows[model.keys] = np.arange(1, len(model.keys) + 1, dtype=np.int32)
        return cls(rows, values, scale, model.bias[:, None])

    def sum(self, n_rows: int) -> "Sum":
        """Start sums of ``n_rows`` rows; give it to `Features` as its sink."""
        return Sum(self, np.zeros((n_rows, self.values.shape[1]), dtype=np.int16))

    def scores(self, hashes: Hashes) -> Floats32:
        """Score features that were kept, shape (n_rows, n_templates); see `Sum.scores`."""
        total = self.sum(len(hashes))
        for column in hashes.T:
            total(column.astype(np.int64))
        return total.scores()


def _width(n_outputs: int) -> int:
    """Give the next power of two."""
    return 1 << (n_outputs - 1).bit_length()


class Sum:
    """The weights of each row's features, added up template by template; whole numbers, so in any order the same."""

    def __init__(self, table: Table, total: NDArray[np.int16]) -> None:
        self._table, self._total = table, total

    def __call__(self, numbers: Ints) -> None:
        """Add the weights of a template's features."""
        rows = self._table.rows
        self._total += self._table.values.take(numbers if rows is None else rows.take(numbers), axis=0)

    def scores(self) -> Floats32:
        """Give each row's outputs.

        Returns
        -------
        ndarray of shape (n_outputs, n_rows)
            A row an output: what is done to each of them runs along the memory.
        """
        table = self._table
        out = self._total.T[: len(table.bias)].astype(np.float32, order="C")
        out *= table.scale
        out += table.bias
        return out


def prune(coef: Floats64, bias: Floats64, columns: Hashes, n_kept: int, seen: Ints | None = None) -> Weights:
    """Keep the ``n_kept`` features that do most and round their weights to 8 bits.

    Parameters
    ----------
    coef : ndarray of shape (n_outputs, n_columns)
    bias : ndarray of shape (n_outputs,)
    columns : ndarray of shape (n_columns,)
        The hash of each column.
    n_kept : int
    seen : ndarray of shape (n_columns,), optional
        How often each column occurs: a feature does as much as its weight times the root of that, the spread that it
        brings into the outputs. Without it the weights alone tell.
    """
    weight = np.abs(coef).max(axis=0)
    does = weight if seen is None else weight * np.sqrt(seen)
    n_kept = min(n_kept, int((does > 0).sum()))
    kept = np.sort(np.argpartition(-does, n_kept - 1)[:n_kept]) if n_kept else np.zeros(0, dtype=np.int64)
    kept = kept[np.argsort(columns[kept], kind="stable")]
    top = float(np.quantile(weight[kept], 0.9995)) if n_kept else 1.0
    scale = max(top, 1e-9) / 127
    values = np.clip(np.round(coef[:, kept].T / scale), -127, 127).astype(np.int8)
    return Weights(columns[kept].astype(np.int32), values, scale, bias.astype(np.float32))


class Buckets:
    """Puts whole numbers into buckets by looking them up.

    Parameters
    ----------
    edges : sequence of int
        Ascending; a value's bucket is how many edges it reaches.

    Examples
    --------
    >>> Buckets((-2, 3))(np.array([-9, -2, 0, 3, 99])).tolist()
    [0, 1, 1, 2, 2]
    """

    def __init__(self, edges: Sequence[int]) -> None:
        self._low = min(edges[0] - 1, 0)
        self._bucket = np.searchsorted(np.asarray(edges), np.arange(self._low, edges[-1] + 1), side="right").astype(np.int64)

    def __call__(self, values: Ints) -> Ints:
        """Give each value's bucket."""
        return self._bucket.take(values - self._low if self._low else values, mode="clip")
