"""Parting labelled sentences by article."""

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from ...data.arrays import Ints, Strings

Fold = tuple[Ints, Ints]
"""Row numbers of the training side and of the held-out side."""


def grouped_folds(labels: Strings, groups: Ints, n_folds: int, seed: int) -> list[Fold]:
    """Part sentences by article, the labels spread evenly.

    Parameters
    ----------
    labels : ndarray of str, shape (n_sentences,)
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article; at least ``n_folds`` different ones.
    n_folds : int
    seed : int

    Returns
    -------
    list of (train, test)
        Row numbers; no article stands on both sides, and no side is empty.
    """
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    folds = list(splitter.split(np.zeros(len(labels)), strata(labels, n_folds), groups))
    if all(len(test) for _, test in folds):
        return folds
    articles = np.random.default_rng(seed).permutation(np.unique(groups))  # articles so unlike that a fold got none
    sides = [np.isin(groups, articles[k::n_folds]) for k in range(n_folds)]
    return [(np.flatnonzero(~side), np.flatnonzero(side)) for side in sides]


def strata(labels: Strings, n_folds: int) -> Ints:
    """Give every label a number for spreading; labels too rare to stand in every fold share one."""
    names, numbers, counts = np.unique(labels, return_inverse=True, return_counts=True)
    rare = counts < n_folds
    numbers = np.where(rare[numbers], len(names), numbers)
    if 0 < counts[rare].sum() < n_folds:
        numbers[numbers == len(names)] = counts.argmax()
    return np.asarray(numbers, dtype=np.int64)
