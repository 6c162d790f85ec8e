"""Coefficients of agreement between annotators, each with an interval from resampled articles.

Every coefficient is computed from sums over units, kept for each article: drawing articles again is then a product of
matrices.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..arrays import Bools, Floats64, Ints

MISSING = -1
Pair = tuple[int, int]
DRAWS = 2000
_CELLS = 20_000_000  # numbers held at once, 160 MB: of more than 10,000 articles fewer draws are made
_FEWEST_DRAWS = 200
_ZERO = 1e-12  # what sums of floats that cancel out leave over counts as nothing
_SEED = 0  # of the resampling: the same labels always give the same interval


class Figure(NamedTuple):
    """A coefficient and its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None

    def shown(self) -> str:
        """Write it down.

        >>> Figure(0.5, 0.25, 0.75).shown(), Figure(None, None, None).shown()
        ('0.500 (0.250 to 0.750)', '-')
        """
        if self.value is None:
            return "-"
        return f"{self.value:.3f}" + ("" if self.low is None else f" ({self.low:.3f} to {self.high:.3f})")


@dataclass(frozen=True, slots=True)
class Ratings:
    """What annotators say of units.

    Parameters
    ----------
    labels : tuple of str, length n_labels
        Those that somebody gave.
    codes : ndarray of int, shape (n_units, n_annotators)
        Number of the label; -1 where an annotator gave none.
    articles : ndarray of int, shape (n_units,)
        Number of each unit's article, from 0.
    """

    labels: tuple[str, ...]
    codes: Ints
    articles: Ints

    def of_label(self, number: int) -> "Ratings":
        """Ask of one label only whether it was given."""
        codes = np.where(self.codes == MISSING, MISSING, (self.codes == number).astype(np.int64))
        return Ratings(("no", "yes"), codes, self.articles)


def ratings_of(labels: Sequence[Sequence[str | None]], articles: Sequence[int]) -> Ratings:
    """Number labels: a row for each unit, a column for each annotator, None where one gave no label."""
    names = tuple(sorted({label for row in labels for label in row if label is not None}))
    number: dict[str | None, int] = {None: MISSING, **{name: i for i, name in enumerate(names)}}
    codes = np.array([[number[label] for label in row] for row in labels], dtype=np.int64)
    return Ratings(names, codes, np.array(articles, dtype=np.int64))


def same(ratings: Ratings) -> Figure:
    """Give the share of pairs of annotators that say the same, over units (Fleiss's observed agreement)."""
    return _figure([_agreement_sums(ratings)], lambda s: _ratio(s[..., 0], s[..., 1]))


def cohen_kappa(ratings: Ratings) -> Figure:
    """Give Cohen's kappa; of more than two annotators the mean over pairs.

    Notes
    -----
    Cohen, *A coefficient of agreement for nominal scales*, 1960; the mean over pairs is Light's, 1971.
    """
    pairs = combinations(range(ratings.codes.shape[1]), 2)
    return _figure([_kappa_sums(ratings, *pair) for pair in pairs], _kappa)


def krippendorff_alpha(ratings: Ratings) -> Figure:
    """Give Krippendorff's alpha for nominal labels; units that fewer than two labelled count nothing.

    Notes
    -----
    Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011.
    """
    return _figure([_alpha_sums(ratings)], _alpha)


def pair_mean(coefficient: str, ratings: Ratings, pairs: Sequence[Pair]) -> Figure:
    """Give the mean of a coefficient over some pairs of annotators.

    Parameters
    ----------
    coefficient : str
        ``same``, ``kappa`` or ``alpha``.
    ratings : Ratings
    pairs : sequence of (int, int)
        Numbers of annotators.
    """
    sums_of, formula = _OF_PAIRS[coefficient]
    return _figure([sums_of(ratings, *pair) for pair in pairs], formula)


def pair_difference(coefficient: str, ratings: Ratings, pairs: Sequence[Pair], others: Sequence[Pair]) -> Figure:
    """Give by how much the mean over some pairs of annotators exceeds that over others; articles are drawn for both."""
    sums_of, formula = _OF_PAIRS[coefficient]
    sums, of_others = ([sums_of(ratings, *pair) for pair in some] for some in (pairs, others))
    value = _mean([formula(part.sum(axis=0)) for part in sums]) - _mean([formula(part.sum(axis=0)) for part in of_others])
    if np.isnan(value) or len(sums[0]) < 2:
        return Figure(None if np.isnan(value) else float(value), None, None)
    times = _draws(len(sums[0]))
    drawn = _mean([formula(times @ part) for part in sums]) - _mean([formula(times @ part) for part in of_others])
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Figure(float(value), float(low), float(high))


def gwet_ac1(ratings: Ratings) -> Figure:
    """Give Gwet's AC1, which stays near the observed agreement where one label is much more frequent than the others.

    Notes
    -----
    Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, 2008. The number of
    labels in it is that of the labels that somebody gave; units that one annotator labelled count for their shares.
    """
    return _figure([_ac1_sums(ratings)], _ac1)


def span_f1(counts: Sequence[tuple[int, int]]) -> Figure:
    """Give the F1 of spans between annotators.

    Parameters
    ----------
    counts : sequence of (int, int)
        Of each article: agreeing spans, and the spans of both annotators, over all pairs of annotators.
    """
    return _figure([np.array(counts, dtype=np.float64).reshape(-1, 2)], lambda s: _ratio(2 * s[..., 0], s[..., 1]))


def proportion(hits: Bools, asked: Bools, articles: Ints) -> Figure:
    """Give the proportion of the units asked about that are hits.

    Parameters
    ----------
    hits, asked : ndarray of bool, shape (n_units,)
    articles : ndarray of int, shape (n_units,)
        Number of each unit's article, from 0.
    """
    sums = _by_article(np.stack([hits, asked], axis=1).astype(np.float64), articles)
    return _figure([sums[sums[:, 1] > 0]], lambda s: _ratio(s[..., 0], s[..., 1]))


def expected_disagreement(ratings: Ratings) -> float:
    """Give how often two labels drawn from all of them differ; 0 where there is one label only."""
    totals = _alpha_sums(ratings).sum(axis=0)[2:]
    n = totals.sum()
    return float(1 - (totals * (totals - 1)).sum() / (n * (n - 1))) if n > 1 else 0.0


def _counts(ratings: Ratings) -> Floats64:
    """Count how many annotators gave a unit each label: shape (n_units, n_labels)."""
    return np.asarray((ratings.codes[:, :, None] == np.arange(len(ratings.labels))).sum(axis=1), dtype=np.float64)


def _by_article(values: Floats64, articles: Ints) -> Floats64:
    """Sum rows of units by article."""
    sums = np.zeros((int(articles.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(sums, articles, values)
    return sums


def _agreement_sums(ratings: Ratings) -> Floats64:
    """Sum over units that two or more labelled: the share of agreeing pairs; one."""
    counts = _counts(ratings)
    n = counts.sum(axis=1)
    paired = n > 1
    share = (counts * (counts - 1)).sum(axis=1) / np.maximum(n * (n - 1), 1)
    return _by_article(np.stack([share * paired, paired], axis=1), ratings.articles)


def _alpha_sums(ratings: Ratings) -> Floats64:
    """Sum the diagonal of the coincidences, all coincidences, and those of each label."""
    counts = _counts(ratings)
    n = counts.sum(axis=1)
    paired = n > 1
    agreeing = (counts * (counts - 1)).sum(axis=1) / np.maximum(n - 1, 1)
    values = np.concatenate([np.stack([agreeing, n], axis=1), counts], axis=1) * paired[:, None]
    return _by_article(values, ratings.articles)


def _alpha(sums: Floats64) -> Floats64:
    n, of_label = sums[..., 1], sums[..., 2:]
    observed = 1 - _ratio(sums[..., 0], n)
    expected = 1 - _ratio((of_label * (of_label - 1)).sum(axis=-1), n * (n - 1))
    return 1 - _ratio(observed, expected)


def _ac1_sums(ratings: Ratings) -> Floats64:
    counts = _counts(ratings)
    n = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(n, 1)
    return np.concatenate(
        [_agreement_sums(ratings), _by_article(np.append(n > 0, shares, axis=1), ratings.articles)], axis=1
    )


def _ac1(sums: Floats64) -> Floats64:
    shares = _ratio(sums[..., 3:], sums[..., 2:3])
    n_labels = shares.shape[-1]
    if n_labels < 2:
        return np.full(sums.shape[:-1], np.nan)
    chance = (shares * (1 - shares)).sum(axis=-1) / (n_labels - 1)
    return _ratio(_ratio(sums[..., 0], sums[..., 1]) - chance, 1 - chance)


def _kappa_sums(ratings: Ratings, first: int, second: int) -> Floats64:
    """Sum over units that both labelled: one; agreement; each label by the first; each label by the second."""
    a, b = ratings.codes[:, first], ratings.codes[:, second]
    both = (a != MISSING) & (b != MISSING)
    numbers = np.arange(len(ratings.labels))
    parts = [both[:, None], (both & (a == b))[:, None], a[:, None] == numbers, b[:, None] == numbers]
    return _by_article(np.concatenate(parts, axis=1) * both[:, None].astype(np.float64), ratings.articles)


def _kappa(sums: Floats64) -> Floats64:
    n, (first, second) = sums[..., 0], np.split(sums[..., 2:], 2, axis=-1)
    observed, chance = _ratio(sums[..., 1], n), _ratio((first * second).sum(axis=-1), n * n)
    return _ratio(observed - chance, 1 - chance)


def _pair(ratings: Ratings, first: int, second: int) -> Ratings:
    return Ratings(ratings.labels, ratings.codes[:, [first, second]], ratings.articles)


def _ratio(top: Floats64, bottom: Floats64) -> Floats64:
    """Divide; what is divided by nothing is not a number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.abs(bottom) > _ZERO, top / bottom, np.nan)


def _figure(sums: Sequence[Floats64], formula: Callable[[Floats64], Floats64]) -> Figure:
    """Compute a coefficient, the mean over parts, from all articles and from articles drawn with replacement."""
    value = _mean([formula(part.sum(axis=0)) for part in sums])
    n = len(sums[0]) if sums else 0
    if n < 2 or np.isnan(value):
        return Figure(None if np.isnan(value) else float(value), None, None)
    times = _draws(n)
    drawn = _mean([formula(times @ part) for part in sums])
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Figure(float(value), float(low), float(high))


def _mean(values: Sequence[Floats64]) -> Floats64:
    """Average what is defined."""
    known = np.array(values)
    there = ~np.isnan(known)
    return _ratio(np.where(there, known, 0).sum(axis=0), there.sum(axis=0).astype(np.float64))


@lru_cache(maxsize=1)
def _draws(n: int) -> Floats64:
    """Tell how often each of n articles is drawn: shape (n_draws, n)."""
    rng = np.random.default_rng(_SEED)
    n_draws = max(_FEWEST_DRAWS, min(DRAWS, _CELLS // n))
    return np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(n_draws)]).astype(np.float64)


_OF_PAIRS: Mapping[str, tuple[Callable[[Ratings, int, int], Floats64], Callable[[Floats64], Floats64]]] = {
    "same": (lambda r, i, j: _agreement_sums(_pair(r, i, j)), lambda s: _ratio(s[..., 0], s[..., 1])),
    "kappa": (_kappa_sums, _kappa),
    "alpha": (lambda r, i, j: _alpha_sums(_pair(r, i, j)), _alpha),
}
