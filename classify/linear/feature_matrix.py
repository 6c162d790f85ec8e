"""Features of the sentences of an article as numbers: names are for people and model files, looking them up is slow."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from ...data.arrays import Floats64, Ints

Columns = tuple[int, ...]
K = TypeVar("K", bound=Hashable)
_MOST = 1 << 11  # keys remembered of one sort: no feed of articles may fill the memory


class Vocabulary(dict[str, int]):
    """The names of features, numbered.

    Parameters
    ----------
    names : iterable of str
        Numbered from 0, in this order.
    open : bool
        Further names get the next numbers, as training needs it; else they get `unseen`.

    Examples
    --------
    >>> known = Vocabulary(["headline", "quoted"])
    >>> known["quoted"], known["never seen"] == known.unseen
    (1, True)
    """

    unseen = -1

    def __init__(self, names: Iterable[str] = (), *, open: bool = False) -> None:
        super().__init__()
        for name in names:
            self[name] = len(self)
        self.open = open
        self._bundles: dict[Callable[..., Iterable[str]], Bundles[Any]] = {}

    def __missing__(self, name: str) -> int:
        """Give the number of a name that is not known."""
        if not self.open:
            return self.unseen
        self[name] = number = len(self)
        return number

    def bundles(self, names: Callable[[K], Iterable[str]]) -> "Bundles[K]":
        """Give the numbers of features that are told together: see `Bundles`; the same function gives the same again."""
        known = self._bundles.get(names)
        if known is None:
            known = self._bundles[names] = Bundles(self, names)
        return known

    def describe(self, batch: Sequence[Mapping[str, float]]) -> "Described":
        """Turn named features into numbers."""
        columns = [[self[name] for name in features] for features in batch]
        values = np.fromiter(chain.from_iterable(f.values() for f in batch), np.float64)
        described = Described.of(columns, values)
        seen = described.column != self.unseen
        return Described(described.n, described.sentence[seen], described.column[seen], described.value[seen])

    def names(self, described: "Described") -> list[dict[str, float]]:
        """Turn numbers into named features."""
        of = list(self)
        rows: list[dict[str, float]] = [{} for _ in range(described.n)]
        parts = (described.sentence.tolist(), described.column.tolist(), described.value.tolist())
        for sentence, column, value in zip(*parts, strict=True):
            rows[sentence][of[column]] = value
        return rows


class Bundles(dict[K, Columns]):
    """The numbers of the features that a key stands for, made and looked up when the key is first met.

    Parameters
    ----------
    vocabulary : Vocabulary
        Names that it does not hold, and does not learn, are left out.
    names : callable
        Gives the names of a key's features; what it gives twice counts once.
    """

    def __init__(self, vocabulary: Vocabulary, names: Callable[[K], Iterable[str]]) -> None:
        super().__init__()
        self._look = vocabulary.__getitem__ if vocabulary.open else vocabulary.get  # which asks no `__missing__`
        self._names = names

    def __missing__(self, key: K) -> Columns:
        """Look a new key's features up."""
        if len(self) >= _MOST:
            self.clear()
        numbers = dict.fromkeys(map(self._look, self._names(key)))
        columns = self[key] = tuple([n for n in numbers if n is not None])
        return columns


@dataclass(frozen=True, slots=True)
class Described:
    """The features of sentences, one entry a feature of a sentence; none stands twice.

    Parameters
    ----------
    n : int
        Number of sentences.
    sentence, column : ndarray of int, shape (n_entries,)
        Number of the sentence, and of the feature in a `Vocabulary`.
    value : ndarray of shape (n_entries,)
    """

    n: int
    sentence: Ints
    column: Ints
    value: Floats64

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], values: Floats64 | None = None) -> "Described":
        """Lay out the columns of each sentence; without values all are 1."""
        sizes = [len(row) for row in rows]
        column = np.fromiter(chain.from_iterable(rows), np.int64, sum(sizes))
        value = np.ones(len(column)) if values is None else values
        return cls(len(rows), np.repeat(np.arange(len(rows)), sizes), column, value)

    def with_values(self, sentence: Sequence[int], column: Sequence[int], value: Sequence[float]) -> "Described":
        """Add entries with values of their own; those of a column unseen are left out."""
        more = np.array(column, dtype=np.int64)
        seen = more != Vocabulary.unseen
        return Described(
            self.n,
            np.concatenate([self.sentence, np.array(sentence, dtype=np.int64)[seen]]),
            np.concatenate([self.column, more[seen]]),
            np.concatenate([self.value, np.array(value, dtype=np.float64)[seen]]),
        )

    def strongest(self, n: int) -> Iterator[tuple[int, int, float]]:
        """Yield sentence, column and value of the ``n`` largest values of each sentence, signs not counted, largest first.

        Of equal ones the first counts. The entries have to be ordered.
        """
        sizes = np.bincount(self.sentence, minlength=self.n)
        begins, rows = np.cumsum(sizes) - sizes, np.arange(self.n)
        beside = np.zeros((self.n, int(sizes.max(initial=0))))
        beside[self.sentence, np.arange(len(self.value)) - begins[self.sentence]] = np.abs(self.value)
        for _ in range(min(n, beside.shape[1])):  # the largest of every sentence, then the next
            best = beside.argmax(axis=1)
            some = np.flatnonzero(beside[rows, best])
            places = begins[some] + best[some]
            yield from zip(some.tolist(), self.column[places].tolist(), self.value[places].tolist(), strict=True)
            beside[rows, best] = 0
