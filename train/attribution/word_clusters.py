"""Groups of words that stand in the same surroundings: a stand-in for parts of speech, learned from plain text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

_WINDOW = (-2, -1, 1, 2)
_CONTEXTS = 2000  # the most frequent words serve as surroundings
_DIMENSIONS = 60


def word_clusters(
    articles: Iterable[Sequence[str]], *, fine: int = 250, coarse: int = 40, least: int = 3, seed: int = 0
) -> Mapping[str, tuple[int, int]]:
    """Cluster the words that occur in enough articles (PPMI of two words each side, SVD, k-means).

    Parameters
    ----------
    articles : iterable of sequence of str
        Tokens in lower case.
    fine, coarse : int
        How many clusters.
    least : int
        Words in fewer articles are left out: they count as unseen.
    seed : int

    Returns
    -------
    mapping of str to (int, int)
        A word's fine and coarse cluster, from 1.
    """
    texts = [list(words) for words in articles]
    in_articles = Counter(word for words in texts for word in set(words))
    vocabulary = sorted(word for word, n in in_articles.items() if n >= least)
    if len(vocabulary) < 2 * fine:
        fine, coarse = max(1, len(vocabulary) // 4), max(1, len(vocabulary) // 10)
    index = {word: i for i, word in enumerate(vocabulary)}
    vectors = _vectors(texts, index, in_articles, seed)
    labels = [MiniBatchKMeans(k, random_state=seed, n_init=3, batch_size=4096).fit_predict(vectors) for k in (fine, coarse)]
    return {word: (int(labels[0][i]) + 1, int(labels[1][i]) + 1) for word, i in index.items()}


def _vectors(
    texts: Sequence[Sequence[str]], index: Mapping[str, int], in_articles: Mapping[str, int], seed: int
) -> np.ndarray:
    """Place each word by the logarithm of how much more often than chance it meets each frequent word."""
    frequent = sorted(index, key=lambda w: (-in_articles[w], w))[:_CONTEXTS]
    context = {word: i for i, word in enumerate(frequent)}
    ids = [np.array([index.get(w, -1) for w in words]) for words in texts]
    near = [np.array([context.get(w, -1) for w in words]) for words in texts]
    rows, columns = [], []
    for position, offset in enumerate(_WINDOW):
        for word, other in zip(ids, near, strict=True):
            a, b = (word[-offset:], other[:offset]) if offset < 0 else (word[:-offset], other[offset:])
            kept = (a >= 0) & (b >= 0)
            rows.append(a[kept])
            columns.append(b[kept] + position * len(frequent))
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (len(index), len(frequent) * len(_WINDOW))
    counts = csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
    counts.sum_duplicates()
    total = counts.sum()
    by_word, by_context = np.asarray(counts.sum(axis=1)).ravel(), np.asarray(counts.sum(axis=0)).ravel()
    coo = counts.tocoo()
    pmi = np.log(coo.data * total / (by_word[coo.row] * by_context[coo.col]))
    positive = csr_matrix((np.maximum(pmi, 0), (coo.row, coo.col)), shape=shape)
    left, strength, _ = randomized_svd(positive, min(_DIMENSIONS, min(shape) - 1), random_state=seed)
    return np.asarray(normalize(left * np.sqrt(strength)))
