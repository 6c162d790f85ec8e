"""How sure a figure is when sentences of one article are alike: variances by article, and intervals of proportions."""

from typing import NamedTuple

import numpy as np

from ..arrays import Bools, Floats64, Ints

SURE = 0.975
"""One side of a 95 % interval."""
UNSEEN = 1.5
"""Squared sentences of a sort that was not seen. This much, by the squared size of the sample, is added to the variance
of a proportion: a sample may hold none of some rare error, and then nothing varies. With 1 the intervals of a label of
2 % held it in 91 %, with 1.5 in 95 %; with 2 those of all others were wider for nothing."""
_TINY = 1e-300  # in place of 0 in denominators


class Spread(NamedTuple):
    """How much estimates vary from sample to sample.

    Parameters
    ----------
    variance : ndarray of shape (n_estimates,)
        The sum of the squares of what articles add.
    fourth : ndarray of shape (n_estimates,)
        The sum of the squared squares.
    most : float
        Of degrees of freedom.
    """

    variance: Floats64
    fourth: Floats64
    most: float

    @property
    def freedom(self) -> Floats64:
        """Degrees of freedom for Student's distribution: how many articles weigh in (Satterthwaite)."""
        return np.clip(self.variance**2 / np.maximum(self.fourth, _TINY), 1, self.most)

    @property
    def error(self) -> Floats64:
        """The standard errors."""
        return np.asarray(np.sqrt(self.variance))

    def with_more(self, factor: float, more: Floats64) -> "Spread":
        """Multiply the variance, and add some that is known and not measured."""
        return Spread(self.variance * factor + more, self.fourth * factor**2, self.most)

    @property
    def half_width(self) -> Floats64:
        """Half the width of the 95 % intervals."""
        return student(self.freedom) * self.error


def number(values: object) -> Ints:
    """Number different values from 0.

    >>> number(["b", "a", "b"])
    array([1, 0, 1])
    """
    return np.asarray(np.unique(np.asarray(values), return_inverse=True)[1], dtype=np.int64).reshape(-1)


def sums_by_cluster(values: Floats64, clusters: Ints) -> Floats64:
    """Sum rows by cluster: shape (n_clusters, n_columns)."""
    sums = np.zeros((int(clusters.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(sums, clusters, values)
    return sums


def spread(influence: Floats64, clusters: Ints, n_weighing: int) -> Spread:
    """Give variances from what each sentence adds to an estimate, summed by article.

    Parameters
    ----------
    influence : ndarray of shape (n_sentences, n_estimates)
        Each column sums to 0.
    clusters : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    n_weighing : int
        Articles that the estimates hang on, those with labels of people; more than one. Degrees of freedom are one less at
        most, and fewer where few articles bring an estimate up.
    """
    squares = sums_by_cluster(influence, clusters) ** 2 * n_weighing / (n_weighing - 1)
    return Spread(squares.sum(axis=0), (squares**2).sum(axis=0), n_weighing - 1)


def student(freedom: Floats64 | float) -> Floats64:
    """Give how many standard errors half a 95 % interval has."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom, SURE), dtype=np.float64)


def p_value(t: Floats64 | float, freedom: Floats64 | float) -> Floats64:
    """Give the two-sided p of Student's t."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(freedom, -np.abs(t)), dtype=np.float64)


def wilson(share: Floats64, variance: Floats64, n: float, freedom: float) -> tuple[Floats64, Floats64]:
    """Give 95 % intervals of proportions: Wilson's, for as many sentences as a simple sample would need.

    Parameters
    ----------
    share : ndarray of shape (n_estimates,)
    variance : ndarray of shape (n_estimates,)
        As measured; what no sentence of the sample showed is added (`UNSEEN`).
    n : float
        Sentences with labels of people.
    freedom : float
        Degrees of freedom.

    Returns
    -------
    low, high : ndarray of shape (n_estimates,)
        From 0 to 1, never equal.
    """
    p, near = np.clip(share, 0, 1), 1 / (n + 2)
    middle = np.clip(p, near, 1 - near)
    effective = middle * (1 - middle) / (variance + UNSEEN / (n + 1) ** 2)
    z = student(freedom)
    centre = (p + z * z / (2 * effective)) / (1 + z * z / effective)
    half = z / (1 + z * z / effective) * np.sqrt(p * (1 - p) / effective + (z / (2 * effective)) ** 2)
    return np.where(p > 0, np.maximum(centre - half, 0), 0.0), np.where(p < 1, np.minimum(centre + half, 1), 1.0)


class Proportion(NamedTuple):
    """A proportion of sentences with its 95 % interval.

    Parameters
    ----------
    value : float or None
        None where no sentence is asked about.
    low, high : float or None
        None where a single article tells.
    hits, n : int
    design : float
        How many times as many sentences are needed as in a simple sample, because those of an article are alike.
    """

    value: float | None
    low: float | None
    high: float | None
    hits: int
    n: int
    design: float = 1.0


def proportion(hits: Bools, asked: Bools, clusters: Ints) -> Proportion:
    """Give the proportion of the sentences asked about that are hits.

    Parameters
    ----------
    hits, asked : ndarray of bool, shape (n_sentences,)
    clusters : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.

    Examples
    --------
    >>> hits = np.array([True, True, True, False])
    >>> found = proportion(hits, np.ones(4, dtype=bool), np.arange(4))
    >>> found.value, found.hits, found.n, round(found.design, 2)
    (0.75, 3, 4, 1.33)
    """
    n, n_hits = int(asked.sum()), int((hits & asked).sum())
    if not n:
        return Proportion(None, None, None, 0, 0)
    share, n_articles = n_hits / n, len(np.unique(clusters[asked]))
    if n_articles < 2:
        return Proportion(share, None, None, n_hits, n)
    influence = np.where(asked, hits - share, 0.0)[:, None] / n
    variance = spread(influence, clusters, n_articles).variance
    low, high = wilson(np.array([share]), variance, n, n_articles - 1)
    simple = share * (1 - share) / n
    design = float(variance[0]) / simple if simple else 1.0
    return Proportion(share, float(low[0]), float(high[0]), n_hits, n, design)
