"""How sure shares of words or sources are: 95 % intervals that know that what an article says hangs together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...data.estimates.clusters import UNSEEN, spread, wilson
from ..linear.quantification import LEAST_ARTICLES


class ShareOf(NamedTuple):
    """A count, its share of all, and the share's 95 % interval where that is known."""

    n: int
    share: float
    low: float | None = None
    high: float | None = None


def shares_of_words(rows: Sequence[Sequence[int]]) -> list[ShareOf]:
    """Give the shares of words, with intervals from how they differ between articles.

    Parameters
    ----------
    rows : sequence of shape (n_articles, n_labels)
        Words. Articles without any count for nothing.

    Returns
    -------
    list of ShareOf, length n_labels
        Without intervals where fewer than `LEAST_ARTICLES` articles have words.
    """
    words = np.array([row for row in rows if any(row)], dtype=np.float64)
    if not len(words):
        return [ShareOf(0, 0.0) for _ in (rows[0] if rows else ())]
    totals, all_words = words.sum(axis=0), words.sum()
    shares = totals / all_words
    plain = [ShareOf(int(n), float(share)) for n, share in zip(totals, shares, strict=True)]
    if len(words) < LEAST_ARTICLES:
        return plain
    influence = (words - shares * words.sum(axis=1, keepdims=True)) / all_words
    n = len(words)
    seen = spread(influence, np.arange(n), n)
    freedom = seen.with_more(1.0, np.full(len(shares), UNSEEN / (n + 1) ** 2)).freedom  # where articles are alike, of all
    bounds = [wilson(shares[k : k + 1], seen.variance[k : k + 1], n, float(freedom[k])) for k in range(len(shares))]
    return [one._replace(low=float(low[0]), high=float(high[0])) for one, (low, high) in zip(plain, bounds, strict=True)]


def shares_of_sources(counts: Sequence[int]) -> list[ShareOf]:
    """Give the shares of sources, each of which counts once: Wilson's intervals.

    >>> [round(part, 3) for part in shares_of_sources([8, 2])[0][1:]]
    [0.8, 0.347, 0.968]
    """
    n = sum(counts)
    if not n:
        return [ShareOf(0, 0.0) for _ in counts]
    shares = np.array(counts) / n
    if n < LEAST_ARTICLES:
        return [ShareOf(count, float(share)) for count, share in zip(counts, shares, strict=True)]
    low, high = wilson(shares, shares * (1 - shares) / n, n, n - 1)
    return [
        ShareOf(count, float(share), float(first), float(last))
        for count, share, first, last in zip(counts, shares, low, high, strict=True)
    ]
