"""Spans of the tokens that a cue is seen beside: where they may begin and end, and what stands in them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Bools, Floats64, Ints
from .label_spans import CONTENT_ROLE, CUE_ROLE, SOURCE_ROLE
from .token_arrays import Pairs, TokenArrays
from .word_features import MARK_SHAPE, OPENER, PREPOSITION, SHAPE

NONE = -1
_CHANCES = np.clip(np.arange(1001) / 1000, 1e-4, 1 - 1e-4)
_LOG_ODDS = np.rint(np.clip(1000 * np.log(_CHANCES / (1 - _CHANCES)), -5000, 5000)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Pairs that something may begin at, ascending."""

    at: Ints

    def after(self, pairs: Ints, limits: Ints, n: int) -> Ints:
        """Give the next ``n`` behind each of some pairs and before their limits; `NONE` where there are fewer.

        Returns
        -------
        ndarray of shape (len(pairs), n)
        """
        found = self._take(np.searchsorted(self.at, pairs, side="right")[:, None] + np.arange(n))
        return np.where((found > pairs[:, None]) & (found < limits[:, None]), found, NONE)

    def before(self, pairs: Ints, limits: Ints, n: int) -> Ints:
        """Give the last ``n`` before each of some pairs and behind their limits, the nearest first."""
        found = self._take(np.searchsorted(self.at, pairs, side="left")[:, None] - 1 - np.arange(n))
        return np.where((found < pairs[:, None]) & (found > limits[:, None]), found, NONE)

    def _take(self, places: Ints) -> Ints:
        inside = (places >= 0) & (places < len(self.at))
        return np.where(inside, np.append(self.at, NONE).take(np.where(inside, places, -1)), NONE)


@dataclass(frozen=True, slots=True)
class CueSentences:
    """What is asked of stretches of pairs.

    Parameters
    ----------
    arrays : TokenArrays
    pairs : Pairs
    first, last : ndarray of shape (n_cues,)
        Each cue's first pair and the one behind its last.
    cue : ndarray of shape (n_cues,)
        The pair of the cue with itself.
    role : ndarray of shape (n_pairs,)
        As labelled: see `label_spans.role_of`.
    clauses, phrases : Boundaries
        Where a clause or what stands between marks may begin; where a preposition stands.
    is_word : ndarray of bool, shape (n_pairs,)
        What is no mark.
    said : ndarray of bool, shape (n_pairs,)
        What is labelled content.
    free : ndarray of bool, shape (n_pairs,)
        What could be content: it is neither source nor cue.
    """

    arrays: TokenArrays
    pairs: Pairs
    first: Ints
    last: Ints
    cue: Ints
    role: Ints
    clauses: Boundaries
    phrases: Boundaries
    is_word: Bools
    said: Bools
    free: Bools

    @classmethod
    def of(cls, arrays: TokenArrays, pairs: Pairs, role: Ints) -> "CueSentences":
        """Look at each cue's sentence."""
        first = pairs.starts
        inner = np.ones(len(role), dtype=bool)
        inner[first] = False
        is_mark = arrays.words[SHAPE] == MARK_SHAPE
        begins = is_mark | arrays.has(OPENER)
        begins[1:] |= is_mark[:-1]
        free = (role != SOURCE_ROLE) & (role != CUE_ROLE)
        named = np.where(free, 0, role)
        clause = begins.take(pairs.tokens)
        clause[1:] |= named[1:] != named[:-1]
        return cls(
            arrays,
            pairs,
            first,
            first + pairs.lengths,
            first + pairs.anchors - pairs.tokens.take(first),
            role,
            Boundaries(np.flatnonzero(clause & inner)),
            Boundaries(np.flatnonzero(arrays.has(PREPOSITION).take(pairs.tokens) & inner)),
            ~is_mark.take(pairs.tokens),
            role == CONTENT_ROLE,
            free,
        )

    def token(self, pairs: Ints, row: Ints) -> Ints:
        """Give the token of each pair; the place of zeros for what lies outside the cue's sentence."""
        inside = (pairs >= self.first.take(row)) & (pairs < self.last.take(row))
        return np.where(inside, self.pairs.tokens.take(np.where(inside, pairs, 0)), self.arrays.n)


@dataclass(frozen=True, slots=True)
class Sum:
    """Sums of whole numbers over stretches: the same whatever stands before them."""

    before: Ints

    @classmethod
    def of(cls, values: Ints | Bools) -> "Sum":
        """Add up once."""
        before = np.zeros(len(values) + 1, dtype=np.int64)
        np.cumsum(values, out=before[1:])
        return cls(before)

    def __call__(self, start: Ints, stop: Ints) -> Ints:
        """Give the sum from each start to before each stop."""
        return np.asarray(self.before.take(stop) - self.before.take(start))


def most(values: NDArray[Any], first: Ints, last: Ints) -> NDArray[Any]:
    """Give the highest value from each first to before each last; 0 where there is none."""
    edges = np.stack([first, np.maximum(last, first + 1)], axis=1).ravel()
    found = np.maximum.reduceat(np.append(values, 0), np.minimum(edges, len(values)))[::2]
    return np.where(last > first, found, 0)


def thousandths(values: Floats64) -> Ints:
    """Give whole numbers, whose sums do not depend on their order."""
    return np.rint(values * 1000).astype(np.int64)


def log_odds(chances: Ints) -> Ints:
    """Give the logarithms of odds in thousandths, no farther from 0 than 5000.

    Parameters
    ----------
    chances : ndarray of int
        In thousandths.
    """
    return np.asarray(_LOG_ODDS.take(chances))


def nearest(marked: Bools) -> tuple[Ints, Ints]:
    """Give for each place the last marked one before it, and the first from it on.

    Returns
    -------
    before, onward : ndarray of shape (n + 1,)
        -1 and n where there is none.
    """
    n = len(marked)
    here = np.arange(n)
    before = np.concatenate([[NONE], np.maximum.accumulate(np.where(marked, here, NONE))])
    onward = np.append(np.minimum.accumulate(np.where(marked, here, n)[::-1])[::-1], n)
    return before, onward


def pieces_of(marked: Bools, row: Ints) -> tuple[Ints, Ints]:
    """Give where each unbroken piece of what is marked begins, and where it ends; none goes from one row to the next.

    Returns
    -------
    begin, end : ndarray of shape (n_pieces,)
    """
    joined = marked[:-1] & marked[1:] & (row[1:] == row[:-1])
    inner = np.concatenate([[False], joined, [False]])
    return np.flatnonzero(marked & ~inner[:-1]), np.flatnonzero(marked & ~inner[1:]) + 1


def surest(scores: Floats64, row: Ints) -> tuple[Ints, Floats64]:
    """Choose among options, those of a row behind one another.

    Parameters
    ----------
    scores : ndarray of shape (n_options,)
    row : ndarray of shape (n_options,)
        Ascending.

    Returns
    -------
    chosen : ndarray of int, shape (n_rows,)
        The number of the best option of each row; of equals the first.
    sure : ndarray of float64, shape (n_rows,)
        The logarithm of its share in the sum of the exponentials.
    """
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    if not len(starts):
        return starts, np.zeros(0)
    sizes = np.diff(np.append(starts, len(row)))
    best = np.maximum.reduceat(scores, starts)
    is_best = scores == np.repeat(best, sizes)
    at = np.flatnonzero(is_best)
    chosen = at[np.flatnonzero(np.diff(row[at], prepend=-1))]
    return chosen, -np.log(np.add.reduceat(np.exp(scores - np.repeat(best, sizes)), starts))
