"""Named features of many sentences as one sparse matrix, which still gives each sentence's features by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack

from ...classify.kinds.features import Features
from ...classify.linear.named import SentenceModel
from ...data.arrays import Floats32, Floats64, Ints


@dataclass(frozen=True, slots=True, eq=False)
class LaidOut(Sequence[Features]):
    """Features of sentences: a row each, a column for every name.

    Parameters
    ----------
    names : list of str, length n_features
    matrix : sparse matrix of float32, shape (n_sentences, n_features)

    Examples
    --------
    >>> laid = lay_out([{"quoted": 1.0}, {"long": 0.5, "quoted": 2.0}])
    >>> laid[1]
    {'long': 0.5, 'quoted': 2.0}
    >>> len(laid.take(np.array([0])))
    1
    """

    names: list[str]
    matrix: csr_matrix

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    @overload
    def __getitem__(self, index: int) -> Features: ...
    @overload
    def __getitem__(self, index: slice) -> "LaidOut": ...
    def __getitem__(self, index: int | slice) -> "Features | LaidOut":
        if isinstance(index, slice):
            return LaidOut(self.names, self.matrix[index])
        index = range(len(self))[index]
        part = slice(*self.matrix.indptr[index : index + 2])
        columns, values = self.matrix.indices[part].tolist(), self.matrix.data[part].tolist()
        return {self.names[c]: v for c, v in zip(columns, values, strict=True)}

    def take(self, index: Ints) -> "LaidOut":
        """Give some of the sentences."""
        return LaidOut(self.names, self.matrix[index])

    def logits(self, model: SentenceModel) -> Floats64:
        """Do what `SentenceModel.logits` does, for all sentences at once."""
        known = {name: i for i, name in enumerate(model.features)}
        at = np.array([known.get(name, -1) for name in self.names], dtype=np.int64)
        weights = np.zeros((len(at), len(model.labels)), np.float32)
        weights[at >= 0] = model.weights[at[at >= 0]]
        return np.asarray(self.matrix @ weights + model.bias, dtype=np.float64)

    def beside(self, names: Sequence[str], values: Any) -> "LaidOut":
        """Add features.

        Parameters
        ----------
        names : sequence of str, length n_new
        values : array or sparse matrix of shape (n_sentences, n_new)
        """
        wide = hstack([self.matrix, csr_matrix(values, dtype=np.float32)], format="csr")
        return LaidOut([*self.names, *names], wide)

    def with_rows(self, rows: Iterable[Features]) -> "LaidOut":
        """Add features by name, a row for each sentence."""
        new = lay_out(rows)
        return self.beside(new.names, new.matrix)

    def below(self, other: "LaidOut") -> "LaidOut":
        """Add the sentences of another one; what one of them has no name for is 0 there."""
        known = {name: i for i, name in enumerate(self.names)}
        fresh = [name for name in other.names if name not in known]
        known |= {name: len(known) + i for i, name in enumerate(fresh)}
        columns = np.array([known[name] for name in other.names], dtype=np.int64)
        low = other.matrix
        moved = csr_matrix((low.data, columns[low.indices], low.indptr), shape=(low.shape[0], len(known)))
        high = csr_matrix(self.matrix, copy=True)
        high.resize(high.shape[0], len(known))
        return LaidOut([*self.names, *fresh], vstack([high, moved], format="csr"))


def lay_out(rows: Iterable[Features]) -> LaidOut:
    """Lay features out as a matrix; the rows are read one by one and need not all be there at once."""
    known: dict[str, int] = {}
    columns: list[NDArray[np.int32]] = []
    values: list[Floats32] = []
    starts = [0]
    for row in rows:
        columns.append(np.fromiter((known.setdefault(name, len(known)) for name in row), np.int32, len(row)))
        values.append(np.fromiter(row.values(), np.float32, len(row)))
        starts.append(starts[-1] + len(row))
    data = np.concatenate([*values, np.zeros(0, np.float32)])
    indices = np.concatenate([*columns, np.zeros(0, np.int32)])
    return LaidOut(list(known), csr_matrix((data, indices, np.array(starts)), shape=(len(starts) - 1, len(known))))
