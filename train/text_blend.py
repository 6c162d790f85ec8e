"""Models of a target's own beside the one that all targets share: fitted, and weighed by cross-validation."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .fit import Fold, Ints
from .text_model import Floats, Strings, blended
from .text_rows import TextRows

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
UNTRIED = 0.75
"""What a target's own model has to say where no cross-validation tells."""
_ENOUGH = 50  # sentences towards a target
_TINY = 1e-12
HeldOut = Callable[[TextRows, Sequence[Fold]], Floats]


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


def blend(
    shared: Floats, own: Mapping[str, tuple[Ints, Floats]], labels: Sequence[str], rows: TextRows, weights: NDArray[np.float64]
) -> tuple[dict[str, float], Floats]:
    """Choose how much each target's own model has to say.

    Parameters
    ----------
    shared : ndarray of shape (n_rows, n_labels)
        What models of other articles say.
    own : mapping of str to (ndarray of int, ndarray of shape (n_own, n_labels))
        Rows of each target, and what its own models of other articles say of them.
    labels : sequence of str
    rows : TextRows
    weights : ndarray of shape (n_rows,)

    Returns
    -------
    shares : dict of str to float
        Of each target, the one of ``SHARES`` with the lowest log loss.
    outputs : ndarray of shape (n_rows, n_labels)
    """
    number = {label: i for i, label in enumerate(labels)}
    truth = np.array([number[label] for label in rows.labels.tolist()], dtype=np.int64)
    shares, outputs = {}, shared.copy()
    for target, (index, said) in own.items():
        tried = [blended(shared[index], said, share) for share in SHARES]
        losses = [log_loss(outputs, truth[index], weights[index]) for outputs in tried]
        best = int(np.argmin(losses))
        shares[target], outputs[index] = SHARES[best], tried[best]
    return shares, outputs


def log_loss(outputs: Floats, truth: Ints, weights: NDArray[np.float64]) -> float:
    """Give the mean log loss of scores.

    Examples
    --------
    >>> round(log_loss(np.array([[0.0, 0.0], [0.0, np.log(3)]]), np.array([0, 1]), np.ones(2)), 3)  # 1/2, and 3/4
    0.49
    """
    top = outputs.max(axis=1)
    normal = top + np.log(np.exp(outputs - top[:, None]).sum(axis=1))
    return float(np.average(normal - outputs[np.arange(len(truth)), truth], weights=weights))
