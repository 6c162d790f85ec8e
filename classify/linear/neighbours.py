"""What is said of the sentences around a sentence in its article."""

import numpy as np

from ...data.arrays import Floats64, Ints

STEPS = (-2, -1, 1, 2)


def around(likely: Floats64, groups: Ints) -> list[Floats64]:
    """Give the chances of the sentences around each, then the mean of its article's others; 0 where there is none.

    Returns
    -------
    list of ndarray of shape (n_rows, n_labels)
        One for each of ``STEPS``, and the mean.

    Examples
    --------
    >>> likely = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]])
    >>> around(likely, np.array([0, 0, 1]))[2].tolist()
    [[0.2, 0.8], [0.0, 0.0], [0.0, 0.0]]
    """
    n = len(groups)
    found: list[Floats64] = []
    for step in STEPS:
        at = np.arange(n) + step
        inside = (at >= 0) & (at < n)
        inside[inside] = groups[at[inside]] == groups[inside]
        part = np.zeros_like(likely)
        part[inside] = likely[at[inside]]
        found.append(part)
    _, number, counts = np.unique(groups, return_inverse=True, return_counts=True)
    total = np.zeros((len(counts), likely.shape[1]))
    np.add.at(total, number, likely)
    return [*found, (total[number] - likely) / np.maximum(counts[number] - 1, 1)[:, None]]
