"""Models of a target's own beside the one that all targets share: which there are, and how much they have to say."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.metrics import f1_score

from ...classify.wording.model import blended
from ...data.arrays import Floats64, Ints, Strings
from ..folds.grouped import Fold
from .rows import TextRows

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
UNTRIED = 0.75
"""What targets' own models have to say where no cross-validation tells."""
_ENOUGH = 20  # sentences towards a target


def own_rows(rows: TextRows) -> dict[str, Ints]:
    """Find the targets that get a model of their own: two or more, each with sentences enough and two labels.

    Returns
    -------
    dict of str to ndarray of int
        The rows of each; empty where there is one target only, whose model the shared one is.
    """
    here = {str(target): np.flatnonzero(rows.targets == target) for target in np.unique(rows.targets) if target}
    if len(here) < 2:
        return {}
    return {t: index for t, index in here.items() if len(index) >= _ENOUGH and len(np.unique(rows.labels[index])) > 1}


def folds_within(folds: Sequence[Fold], index: Ints) -> list[Fold]:
    """Give the folds of some rows, numbered within these."""
    return [(np.flatnonzero(np.isin(index, train)), np.flatnonzero(np.isin(index, test))) for train, test in folds]


def best_share(
    shared: Floats64, own: Mapping[str, tuple[Ints, Floats64]], labels: Sequence[str], truth: Strings
) -> tuple[float, Floats64]:
    """Choose how much targets' own models have to say: the share with the highest macro F1.

    Parameters
    ----------
    shared : ndarray of shape (n_rows, n_labels)
        What models of other articles say.
    own : mapping of str to (ndarray of int, ndarray of shape (n_own, n_labels))
        Rows of each target, and what its own models of other articles say of them.
    labels : sequence of str
    truth : ndarray of str, shape (n_rows,)

    Returns
    -------
    share : float
        One of ``SHARES``; of equals the smallest.
    outputs : ndarray of shape (n_rows, n_labels)
    """
    tried = []
    for share in SHARES if own else SHARES[:1]:
        outputs = shared.copy()
        for index, said in own.values():
            outputs[index] = blended(shared[index], said, share)
        predicted = np.array(labels)[outputs.argmax(axis=1)]
        tried.append((float(f1_score(truth, predicted, average="macro", zero_division=0.0)), share, outputs))
    _, share, outputs = max(tried, key=lambda one: one[0])
    return share, outputs
