"""Shares of labels, corrected for the classifier's errors, with intervals; numpy does it all.

A count of predicted labels is wrong in a way that is known: the classifier was seen to take so many quotes for claims.
Adjusted counting [1]_ asks which true shares would give, through these errors, what was counted; probabilistic adjusted
counting [2]_ does the same with the mean chances instead of the counted labels. Both hold where each label is mistaken
as often as on the articles where the errors were measured, however the shares themselves differ.

References
----------
.. [1] G. Forman, "Quantifying counts and costs via classification", Data Mining and Knowledge Discovery 17, 2008.
.. [2] A. Bella, C. Ferri, J. Hernández-Orallo, M. J. Ramírez-Quintana, "Quantification via probability estimators",
   ICDM 2010.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats64, Ints, to_simplex
from .known_errors import Errors, blurred_labels, rates_of

LEAST_ARTICLES = 5
"""With fewer the spread between articles cannot be seen, and nothing is corrected."""
FEW_ARTICLES = 30
"""With fewer an interval may be too narrow for rare labels (``docs/shares.md`` has the figures)."""
MOST_CLUSTERS = 300
_MOST_CELLS = 4_000_000  # of the tables of errors: of more than 115 labels more articles share a place
_SURE = 0.975  # one side of 95 %
_STEPS, _STILL = 2000, 1e-9
_remembered: "deque[tuple[Floats64, Floats64, Bools]]" = deque(maxlen=8)  # two columns, each by counts and by chances


class HeldOutLabels(NamedTuple):
    """True labels, and what models said that had not seen the article.

    Parameters
    ----------
    truth, given : ndarray of int, shape (n_sentences,)
        Numbers of the true and the predicted label.
    chances : ndarray of shape (n_sentences, n_labels)
        Calibrated; each row sums to 1.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    """

    truth: Ints
    given: Ints
    chances: Floats64
    groups: Ints


def most_clusters(n_labels: int) -> int:
    """Give how many articles or groups of articles errors are kept of: fewer where there are many labels."""
    return min(MOST_CLUSTERS, max(_MOST_CELLS // n_labels**2, LEAST_ARTICLES))


def measure_errors(
    data: str, column: str, labels: Sequence[str], held_out: HeldOutLabels, most: int = MOST_CLUSTERS
) -> Errors:
    """Count the errors of held-out predictions, article by article.

    Parameters
    ----------
    data, column : str
        See `Errors`.
    labels : sequence of str, length n_labels
    held_out : HeldOutLabels
    most : int
        Of more articles than so many some share a place, which keeps model files small.
    """
    _, article = np.unique(held_out.groups, return_inverse=True)
    article = article % min(most, most_clusters(len(labels)))
    shape = (int(article.max(initial=-1)) + 1, len(labels), len(labels))
    counted, summed = np.zeros(shape), np.zeros(shape)
    np.add.at(counted, (article, held_out.truth, held_out.given), 1)
    np.add.at(summed, (article, held_out.truth), held_out.chances)
    return Errors(data, column, tuple(labels), counted, summed)


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Corrected shares.

    Parameters
    ----------
    shares : ndarray of shape (n_labels,)
        None is negative; they sum to 1.
    low, high : ndarray of shape (n_labels,) or None
        95 % interval of each, NaN where it is not known (see `adjusted_shares`); None with fewer than
        `LEAST_ARTICLES` articles.
    """

    shares: Floats64
    low: Floats64 | None
    high: Floats64 | None

    def interval(self, number: int) -> tuple[float, float] | None:
        """Give the interval of one label; None where it is not known."""
        if self.low is None or self.high is None or np.isnan(self.low[number]):
            return None
        return float(self.low[number]), float(self.high[number])

    def as_json(self, number: int) -> dict[str, Any]:
        """Give share and interval of one label."""
        interval = self.interval(number)
        return {"share": float(self.shares[number]), "interval": interval and list(interval)}


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How many sentences of each label some articles have.

    Parameters
    ----------
    column : str
    labels : tuple of str
    counts : ndarray of shape (n_labels,)
        Sentences that were given each label.
    articles : int
    adjusted, probabilistic : Estimate or None
        Corrected by counted labels, and by chances; None where there is no correction.
    note : str
        Where the errors were measured, or why there is no correction.
    """

    column: str
    labels: tuple[str, ...]
    counts: Floats64
    articles: int
    adjusted: Estimate | None
    probabilistic: Estimate | None
    note: str

    @property
    def raw(self) -> Floats64:
        """Shares as counted."""
        return np.asarray(self.counts / max(self.counts.sum(), 1.0))

    def as_json(self) -> dict[str, Any]:
        """Give plain values; the shares are from 0 to 1."""
        return {
            "column": self.column,
            "articles": self.articles,
            "sentences": int(self.counts.sum()),
            "labels": {
                label: {
                    "sentences": int(self.counts[k]),
                    "raw": float(self.raw[k]),
                    "adjusted": self.adjusted and self.adjusted.as_json(k),
                    "probabilistic": self.probabilistic and self.probabilistic.as_json(k),
                }
                for k, label in enumerate(self.labels)
            },
            "note": self.note,
        }


def estimate_shares(
    column: str,
    labels: Sequence[str],
    given: Floats64,
    chances: Floats64,
    errors: Errors | None,
    why_not: str = "the model file has no error rates",
) -> Shares:
    """Count labels and correct the counts.

    Parameters
    ----------
    column : str
    labels : sequence of str, length n_labels
    given : ndarray of shape (n_articles, n_labels)
        Sentences that were given each label.
    chances : ndarray of shape (n_articles, n_labels)
        Chances of each label, summed over an article's sentences.
    errors : Errors or None
        Of the same labels.
    why_not : str
        Why there are no errors to correct by.
    """
    counts, names, n = given.sum(axis=0), tuple(labels), int((given.sum(axis=1) > 0).sum())
    if errors is not None and errors.labels != names:
        raise ValueError(f"the errors are of {errors.labels}, not of {names}.")
    if errors is not None:
        why_not = f"fewer than {LEAST_ARTICLES} articles" if n < LEAST_ARTICLES else errors.unknown or ""
    if not n or errors is None or why_not:
        return Shares(
            column,
            names,
            counts,
            n,
            None,
            None,
            f"Not corrected for the model's errors: {why_not}." if n else "No sentences.",
        )
    note = f"Corrected by the model's errors on {len(errors.given):,} held-out articles of {errors.data}."
    adjusted, probabilistic = adjusted_shares(given, errors.given), adjusted_shares(chances, errors.chances)
    note += _without_interval(names, [adjusted, probabilistic])
    return Shares(column, names, counts, n, adjusted, probabilistic, note)


def _without_interval(labels: Sequence[str], estimates: Sequence[Estimate]) -> str:
    """Name the labels that lack an interval, and say why."""
    lacking = [repr(label) for k, label in enumerate(labels) if any(e.interval(k) is None for e in estimates)]
    if not lacking:
        return ""
    return f" No interval for {', '.join(lacking)}: the error rates for it come from a single article."


def adjusted_shares(counted: Floats64, known: Floats64) -> Estimate:
    """Find the true shares that would be counted as these, and how sure that is.

    The interval is that of the jackknife: every article is left out once, those counted and those where the errors
    were measured. Its width is Student's with as many degrees of freedom as articles weigh in (Satterthwaite), so that
    a label which few articles bring up is not taken for well known. Percentiles of the bootstrap over articles were
    narrower than they claimed to be. What one more sentence of the label would change is added: of a rare label a few
    articles may hold none, and then nothing varies.

    Where the errors cannot be turned round without one of the articles in which they were measured (a label was found
    right in that article only, say), the labels which cannot be told apart then have no interval.

    Parameters
    ----------
    counted : ndarray of shape (n_articles, n_labels)
        Labels counted, or chances summed.
    known : ndarray of shape (m_articles, n_labels, n_labels)
        The same of sentences whose true label (second axis) is known.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If the errors cannot be turned round at all; `Errors.unknown` tells it beforehand.
    """
    counted = counted[counted.sum(axis=1) > 0]
    total, errors = counted.sum(axis=0), known.sum(axis=0)
    share, rates = total / total.sum(), rates_of(errors)
    if blurred_labels(rates[None]).any():
        raise ValueError("the model confuses the labels so often that nothing can be corrected.")
    free = np.linalg.solve(rates, share)  # sums to 1, may be negative
    shares = free if (free >= 0).all() else nearest_shares(rates, share)
    if len(counted) < LEAST_ARTICLES:
        return Estimate(shares, None, None)
    rest = total - counted
    others = np.linalg.solve(rates, (rest / rest.sum(axis=1, keepdims=True)).T).T
    left, blurred = _without_each(known)
    measured = np.linalg.solve(left, np.broadcast_to(share[:, None], (len(left), len(share), 1)))[..., 0]
    more = np.linalg.solve(rates, ((total + np.eye(len(total))) / (total.sum() + 1)).T).T  # a row a label: one more of it
    half = _half_width([(others - free) ** 2, (measured - free) ** 2], (more - free).diagonal() ** 2)
    half[blurred.any(axis=0)] = np.nan
    low, high = np.clip(free - half, 0, 1), np.clip(free + half, 0, 1)
    return Estimate(shares, np.minimum(low, shares), np.maximum(high, shares))


def _without_each(known: Floats64) -> tuple[Floats64, Bools]:
    """Give the rates without each article in turn, where these can be turned round, and what they leave blurred.

    The same errors correct the shares of every group of articles, so the last few answers are remembered.
    """
    for errors, left, blurred in _remembered:
        if errors is known:
            return left, blurred
    left = rates_of(known.sum(axis=0) - known)
    blurred = blurred_labels(left)
    left = left[~blurred.any(axis=1)]
    _remembered.append((known, left, blurred))
    return left, blurred


def _half_width(squares: Sequence[Floats64], more: Floats64) -> Floats64:
    """Give half the width of a 95 % interval.

    Parameters
    ----------
    squares : sequence of ndarray of shape (n, n_labels)
        Squared differences of leaving one out.
    more : ndarray of shape (n_labels,)
        Squared difference that one more sentence of the label would make.
    """
    from scipy.special import stdtrit

    parts = np.concatenate([square * (len(square) - 1) / max(len(square), 1) for square in squares])
    variance = parts.sum(axis=0)
    freedom = np.maximum(variance**2 / np.maximum((parts**2).sum(axis=0), 1e-300), 1.0)
    return np.asarray(stdtrit(freedom, _SURE) * np.sqrt(variance + more))


def nearest_shares(rates: Floats64, share: Floats64) -> Floats64:
    """Solve ``rates @ shares = share`` as well as shares can that are not negative and sum to 1.

    Parameters
    ----------
    rates : ndarray of shape (n_labels, n_labels)
        How often a true label (column) is given a label (row).
    share : ndarray of shape (n_labels,)

    Returns
    -------
    ndarray of shape (n_labels,)
        The least squares solution, by accelerated projected gradient.

    Examples
    --------
    >>> nearest_shares(np.array([[0.9, 0.2], [0.1, 0.8]]), np.array([0.1, 0.9]))
    array([0., 1.])
    """
    step = 1 / np.linalg.norm(rates, 2) ** 2
    shares = ahead = to_simplex(share)
    pace = 1.0
    for _ in range(_STEPS):
        new = to_simplex(ahead - step * (rates.T @ (rates @ ahead - share)))
        still = np.abs(new - ahead).max() < _STILL
        pace, last = (1 + np.sqrt(1 + 4 * pace * pace)) / 2, pace
        ahead, shares = new + (last - 1) / pace * (new - shares), new
        if still:
            break
    return shares
