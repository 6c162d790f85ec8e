"""Which sentences to label next: those a model is unsure of, unlike each other, from many articles.

Among the sentences whose two likeliest labels are closest, weighted k-means finds groups of similar ones, and each group
gives one (Zhdanov, *Diverse mini-batch active learning*, 2019).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ...data.arrays import Floats64, Ints

_AMONG = 5  # times as many unsure sentences as are wanted are looked at
_DIMENSIONS = 50  # that words are brought down to before sentences are grouped


def margins(chances: Floats64) -> Floats64:
    """Give how far the likeliest label is ahead of the next, from 0 (undecided) to 1 (sure).

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)

    Examples
    --------
    >>> margins(np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])).round(2)
    array([0.2, 0.7])
    """
    top = np.sort(chances, axis=1)[:, -2:]
    return np.asarray(top[:, 1] - top[:, 0])


def choose(
    chances: Floats64, texts: Sequence[str], articles: Ints, n: int, *, per_article: int = 3, seed: int = 0
) -> list[int]:
    """Choose sentences to label.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
        By a model that has not seen the sentences' labels.
    texts : sequence of str, length n_sentences
    articles : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    n : int
    per_article : int
        At most so many of one article.
    seed : int
        Of k-means.

    Returns
    -------
    list of int
        Numbers of sentences, ``n`` or as many as articles allow, the least sure first.
    """
    ahead = margins(chances)
    looked_at = np.array(least_sure(chances, articles, n, per_article), dtype=np.int64)
    if len(looked_at) <= n:
        return [int(i) for i in looked_at]
    groups = _groups([texts[i] for i in looked_at], 1 - ahead[looked_at], n, seed)
    first: dict[int, int] = {}
    for i, group in zip(looked_at.tolist(), groups.tolist(), strict=True):
        first.setdefault(group, i)
    chosen = set(first.values())
    chosen.update(i for i in looked_at.tolist() if i not in chosen and len(chosen) < n)
    return sorted(chosen, key=lambda i: (ahead[i], i))


def choose_unlike(texts: Sequence[str], articles: Ints, n: int, *, per_article: int = 3, seed: int = 0) -> list[int]:
    """Choose sentences that are different from each other, where no model can tell which of them it is unsure of.

    Parameters
    ----------
    texts : sequence of str, length n_sentences
    articles : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    n, per_article : int
        As in `choose`.
    seed : int
        Of the drawing, and of k-means.

    Returns
    -------
    list of int
        Numbers of sentences, in the order in which they were drawn.
    """
    drawn = np.random.default_rng(seed).permutation(len(texts))
    even = np.full((len(texts), 2), 0.5)
    found = choose(even, [texts[i] for i in drawn], articles[drawn], n, per_article=per_article, seed=seed)
    return [int(drawn[i]) for i in found]


def least_sure(chances: Floats64, articles: Ints, n: int, per_article: int = 3) -> list[int]:
    """Give the sentences that `choose` looks at, the least sure first: of these it chooses the same as of all."""
    return _capped(np.argsort(margins(chances), kind="stable"), articles, per_article)[: _AMONG * n]


def _capped(order: Ints, articles: Ints, most: int) -> list[int]:
    """Leave out what goes beyond so many of an article, in order."""
    taken: Counter[int] = Counter()
    kept = []
    for i in order.tolist():
        article = int(articles[i])
        if taken[article] < most:
            taken[article] += 1
            kept.append(i)
    return kept


def _groups(texts: Sequence[str], weights: Floats64, n: int, seed: int) -> Ints:
    """Sort sentences into groups by their words."""
    import warnings

    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), warnings.catch_warnings():  # the same sums on every machine
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer different sentences than groups
        matrix = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+|[^\w\s]").fit_transform(texts)
        if min(matrix.shape) > _DIMENSIONS:
            matrix = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(matrix)
        groups = KMeans(n, n_init=1, random_state=seed).fit_predict(matrix, sample_weight=np.maximum(weights, 1e-3))
    return np.asarray(groups, dtype=np.int64)
