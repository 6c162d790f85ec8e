"""Labels that are likely wrong: those that a model of the other articles holds for unlikely.

Confident learning (Northcutt, Jiang, Chuang, JAIR 2021): a label is doubted where the model gives another one with at
least the chance that it gives, on average, to sentences that do have that other label. With the extra ``audit`` cleanlab
finds them; without it the same rule here.
"""

import warnings

import numpy as np

from ...data.arrays import Floats64, Ints


def rank_label_issues(chances: Floats64, labels: Ints) -> Ints:
    """Find the labels that are likely wrong.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
    labels : ndarray of shape (n_sentences,)
        Number of each sentence's label.

    Returns
    -------
    ndarray of int
        Numbers of sentences, the least likely label first.
    """
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return by_confident_learning(chances, labels)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "May not flag all label issues", UserWarning)  # of a label that hardly occurs
        return np.asarray(find_label_issues(labels, chances, return_indices_ranked_by="self_confidence", n_jobs=1))


def by_confident_learning(chances: Floats64, labels: Ints) -> Ints:
    """Do without cleanlab: another label reaches its usual chance, and the label that it has is not the likeliest.

    Examples
    --------
    >>> chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.86, 0.14]])
    >>> by_confident_learning(chances, np.array([0, 0, 1, 1]))
    array([3])
    """
    n, n_labels = chances.shape
    rows = np.arange(n)
    usual = np.array(
        [chances[labels == label, label].mean() if (labels == label).any() else np.inf for label in range(n_labels)]
    )
    reached = chances >= usual
    reached[rows, labels] = False
    doubtful = np.flatnonzero(reached.any(axis=1) & (chances.argmax(axis=1) != labels))
    return doubtful[np.argsort(chances[doubtful, labels[doubtful]], kind="stable")]
