"""Would more labels help? The learning curve over articles, and what its last doubling says of further ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Floats64, Ints
from ..folds.fold import Part
from .scores import DRAWS, Labels, drawn_confusions, interval, macro_f1, score

MORE = 500
"""The gain is told of so many labelled sentences more."""


@dataclass(frozen=True, slots=True)
class Step:
    """The score of models fitted on so many articles and sentences, means over the folds; 95 % interval."""

    articles: int
    sentences: int
    macro_f1: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Scores of growing training sides.

    Parameters
    ----------
    steps : tuple of Step
    doubling : float
        What the last doubling of the sentences brought, in macro F1.
    doubling_interval : (float, float)
        95 % of it.
    gain : float
        What `MORE` sentences more than the data has would bring if each further doubling brought as much.
    gain_interval : (float, float)
    """

    steps: tuple[Step, ...]
    doubling: float
    doubling_interval: tuple[float, float]
    gain: float
    gain_interval: tuple[float, float]


def grows(curve: Sequence[Part]) -> bool:
    """Tell whether there are two sizes or more, so that a learning curve can be drawn."""
    return len(curve) > 1 and curve[-1].n_sentences > curve[-2].n_sentences


def learning_curve(
    truth: Labels, groups: Ints, curve: Sequence[Part], names: Sequence[str], n_sentences: int
) -> LearningCurve:
    """Score the parts of a learning curve.

    Parameters
    ----------
    truth : sequence of str
    groups : ndarray of int
        Number of each sentence's article.
    curve : sequence of Part
        The smallest first; see `grows`.
    names : sequence of str
        All labels.
    n_sentences : int
        That the data has.
    """
    scores = [score(truth, part.predicted, groups, names) for part in curve]
    steps = [Step(p.n_articles, p.n_sentences, s.macro_f1, s.interval) for p, s in zip(curve, scores, strict=True)]
    drawn = [_drawn(truth, part, groups, names) for part in curve[-2:]]
    doublings = np.log2(curve[-1].n_sentences / curve[-2].n_sentences)
    slope = (scores[-1].macro_f1 - scores[-2].macro_f1) / doublings
    low, high = interval((drawn[1] - drawn[0]) / doublings)
    more = float(np.log2((n_sentences + MORE) / n_sentences))
    return LearningCurve(tuple(steps), slope, (low, high), slope * more, (low * more, high * more))


def _drawn(truth: Labels, part: Part, groups: Ints, names: Sequence[str]) -> Floats64:
    return macro_f1(drawn_confusions(truth, part.predicted, groups, names, DRAWS)[0])
