"""From which chance on a stance is told: where most of what is told is right, on articles that were held out."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints
from ...data.articles.notices import Say

PRECISION = 0.7
"""Of what is told, so much must be right."""
NEVER = 2.0
"""The threshold of a label that is never told: no chance is as high."""
_SURE = 0.99
"""No label needs a higher chance: a model that is always right gives 1 to held-out sentences, and others a little less."""
_MARGIN = 0.03  # what is chosen on some articles holds a little less on others of their kind


class Aim(NamedTuple):
    """How much of what is told must be right on held-out articles.

    Parameters
    ----------
    precision : sequence of float
        Of each label; empty: `PRECISION` of all.
    fewest : int
        Told sentences from which a share can be trusted at all.
    """

    precision: Sequence[float] = ()
    fewest: int = 20


_USUAL = Aim()


def told_from(chances: Floats64 | Floats32, truth: Ints, sources: Ints, aim: Aim = _USUAL) -> Floats32:
    """Choose the chance from which each label is told.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
        Of models that had not seen the article; of sentences that name their target.
    truth : ndarray of int, shape (n_sentences,)
        Number of the true label.
    sources : ndarray of int, shape (n_sentences,)
        Number of the data set: in each of them so much must be right.
    aim : Aim

    Returns
    -------
    ndarray of float32, shape (n_labels,)
        ``NEVER`` where no threshold does.

    Notes
    -----
    A label is told where it is the likeliest and its chance is high enough. The lowest threshold is taken at which the
    share of right ones, less its standard error, is 0.03 above the precision: what just reaches it would not hold on other
    articles.
    """
    precision = aim.precision or [PRECISION] * chances.shape[1]
    every = [
        [_threshold(chances[of], truth[of], label, aim.fewest, p + _MARGIN) for label, p in enumerate(precision)]
        for of in (sources == source for source in np.unique(sources))
    ]
    table = np.array(every, np.float32).reshape(-1, chances.shape[1])
    return np.asarray(table.max(axis=0) if len(table) else np.full(chances.shape[1], NEVER, np.float32))


def _threshold(chances: Floats64 | Floats32, truth: Ints, label: int, fewest: int, least: float) -> float:
    likeliest = np.flatnonzero(chances.argmax(axis=1) == label)
    if len(likeliest) < fewest:
        return NEVER
    order = likeliest[np.argsort(-chances[likeliest, label], kind="stable")]
    told = np.arange(1, len(order) + 1)
    share = np.cumsum(truth[order] == label) / told
    enough = share - np.sqrt(share * (1 - share) / told) >= least
    reached = np.flatnonzero(enough & (told >= fewest))
    return min(float(chances[order[reached[-1]], label]), _SURE) if len(reached) else NEVER


def tell_silent(labels: Sequence[str], least: Sequence[float] | Floats32, notice: Say) -> None:
    """Say which labels are never told."""
    silent = [label for label, chance in zip(labels, least, strict=True) if chance > 1]
    if silent:
        notice(f"never predicted: {', '.join(silent)}; at no confidence are enough of the held-out sentences correct")


def is_told(chances: Floats64 | Floats32, least: Floats32 | None) -> Bools:
    """Tell which sentences get their likeliest label; shape (n_sentences,)."""
    if least is None:
        return np.zeros(len(chances), dtype=np.bool_)
    return np.asarray(chances.max(axis=1) >= least[chances.argmax(axis=1)])
