"""What is added to the scores of labels, so that each is given about as often as macro F1 asks for."""

import numpy as np
from scipy.optimize import minimize

from ...data.arrays import Floats64, Ints, softmax

MANY = 5
"""Labels from which on rare and frequent ones are shifted; for fewer, weights that even them out do as well."""
_SOFT = 0.2  # how soft the choice of a label is: macro F1 itself moves by jumps
_PENALTY = 1e-3  # a shift must be worth it
_GIVEN = 0.75  # of as often as a label stands: so often it is given at least
_SURE = 2.0  # standard deviations above chance: from here on scores tell something
_BEYOND = 1e-6  # a tie would go to another label


def best_shift(scores: Floats64, target: Ints, weights: Floats64) -> Floats64:
    """Find what to add to each label's score: where macro F1 is highest.

    Parameters
    ----------
    scores : ndarray of shape (n_rows, n_labels)
        Calibrated, of models that had not seen the article.
    target : ndarray of int, shape (n_rows,)
        Number of the true label.
    weights : ndarray of float, shape (n_rows,)

    Returns
    -------
    ndarray of float, shape (n_labels,)
        For fewer labels than ``MANY`` see `least_shift`.

    Notes
    -----
    Every row is given to all labels by shares, the softmax of its scores over 0.2. So F1 is smooth, and a few rows that
    happen to stand close together decide nothing.
    """
    n_labels = scores.shape[1]
    if n_labels < MANY:
        return least_shift(scores[weights > 0], target[weights > 0])
    if not len(target):
        return np.zeros(n_labels)
    true = np.eye(n_labels)[target] * weights[:, None]
    n_true = true.sum(axis=0)

    def loss(shift: Floats64) -> tuple[float, Floats64]:
        given = softmax((scores + shift) / _SOFT)
        right = (true * given).sum(axis=0)
        both = np.maximum(n_true + weights @ given, 1e-9)  # F1 is twice what is right over what is given and what is true
        away = shift - shift.mean()
        # the slope of the mean F1 by each row's shares, and from there, through the softmax, by the shifts
        by_share = 2 * (weights[:, None] * right / both**2 - true / both) / n_labels
        by_score = given * (by_share - (given * by_share).sum(axis=1, keepdims=True)) / _SOFT
        slope = by_score.sum(axis=0) + 2 * _PENALTY * away
        return float(-(2 * right / both).mean() + _PENALTY * (away**2).sum()), slope

    found = minimize(loss, np.zeros(n_labels), jac=True, method="BFGS").x
    return np.asarray(found - found.mean(), dtype=np.float64)


def least_shift(scores: Floats64, target: Ints) -> Floats64:
    """Find what to add to each label's score so that it is given at least three quarters as often as it stands.

    Of few sentences a rare label has few of its own. On sentences that it has not seen the model then hardly ever
    gives it, however the labels were evened out.

    Parameters
    ----------
    scores : ndarray of shape (n_rows, n_labels)
        Of models that had not seen the article.
    target : ndarray of int, shape (n_rows,)
        Number of the true label.

    Returns
    -------
    ndarray of float, shape (n_labels,)
        Zeros where every label is given often enough, and where macro F1 would be lower. Where the scores tell nothing
        of the labels, each is given as often as it stands, no more.

    Examples
    --------
    >>> scores = np.array([[3.0, 0.0], [2.0, 0.0], [0.0, 4.0], [1.0, 0.0]] * 5)
    >>> least_shift(scores, np.array([0, 0, 1, 1] * 5)).round(1).tolist()  # the second is raised above its nearest
    [0.0, 1.0]
    """
    if not len(target):
        return np.zeros(scores.shape[1])
    even = _raised(scores, target, 1.0)
    if not _tell(scores + even, target):
        return even
    shift = _raised(scores, target, _GIVEN)
    return shift if _macro_f1(scores + shift, target) >= _macro_f1(scores, target) else np.zeros_like(shift)


def _raised(scores: Floats64, target: Ints, share: float) -> Floats64:
    """Raise labels, the rarest first, until each is given so large a share of as often as it stands."""
    n_labels = scores.shape[1]
    counts = np.bincount(target, minlength=n_labels)
    shift = np.zeros(n_labels)
    order = np.argsort(counts, kind="stable").tolist()
    for label in order:
        least = int(np.ceil(share * counts[label]))
        shifted = scores + shift
        behind = np.sort(np.delete(shifted, label, axis=1).max(axis=1) - shifted[:, label])
        if not least or behind[least - 1] < 0:
            continue
        more = behind[least - 1] + _BEYOND
        if (behind < more).sum() <= counts[label] or label == order[-1]:  # of ties all would get a rare label
            shift[label] += more
    return shift


def _tell(even: Floats64, target: Ints) -> bool:
    """Tell whether scores that give each label as often as it stands do better than chance, which has 1 / n_labels."""
    n_labels = len(np.unique(target))
    if n_labels < 2:
        return True
    deviation = np.sqrt((n_labels - 1) / max(len(target) - 1, 1)) / n_labels
    return bool(_macro_f1(even, target) > 1 / n_labels + _SURE * deviation)


def _macro_f1(scores: Floats64, target: Ints) -> float:
    """Give the mean F1 of the labels that stand."""
    n_labels = scores.shape[1]
    given = scores.argmax(axis=1)
    true, said = np.bincount(target, minlength=n_labels), np.bincount(given, minlength=n_labels)
    right = np.bincount(target[given == target], minlength=n_labels)
    stands = true > 0
    return float((2 * right / np.maximum(true + said, 1))[stands].mean())
