"""Shares of labels by machine, corrected by a random sample that people labelled.

Counting a machine's labels answers with its errors in it. What it gets wrong is seen in the sample, on the average of
which the count is put right: the estimate is right on average however the machine errs, and the machine's labels make it
surer than the sample alone. That is design-based supervised learning [1]_ and prediction-powered inference [2]_; how much
the machine's labels count is chosen so that the estimate varies least [3]_.

References
----------
.. [1] N. Egami, M. Hinck, B. M. Stewart, H. Wei, "Using imperfect surrogates for downstream inference: Design-based
   supervised learning for social science applications of large language models", NeurIPS 2023.
.. [2] A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan, T. Zrnic, "Prediction-powered inference", Science 382,
   2023.
.. [3] A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++: Efficient prediction-powered inference", 2023.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..arrays import Floats64, Ints, to_simplex
from ..display import counted
from .clusters import number, spread, wilson

LEAST = 10
"""Sentences with labels of people; with fewer nothing is corrected."""
FEW = 5
"""Sentences of the sample that have a label, by machine or people; with fewer its interval is marked."""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Labels of the same sentences by machine and, of some, by people.

    Parameters
    ----------
    names : tuple of str, length n_labels
    machine : ndarray of int, shape (n_sentences,)
        Number of the machine's label; -1 where it gave none.
    people : ndarray of int, shape (n_sentences,)
        Number of the label that people gave; -1 outside of the sample.
    probability : ndarray of shape (n_sentences,) or None
        The probability with which each sentence was drawn for the sample, used where people labelled it. None: a simple
        random sample.
    articles : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    """

    names: tuple[str, ...]
    machine: Ints
    people: Ints
    probability: Floats64 | None
    articles: Ints

    @property
    def weights(self) -> Floats64:
        """For how many sentences each of the sample stands; they sum to all sentences, others have 0."""
        sampled = self.people >= 0
        raw = sampled / (1.0 if self.probability is None else self.probability)
        return np.asarray(raw * len(raw) / max(raw.sum(), 1e-300))

    def where(self, rows: Ints) -> "Labels":
        """Give some of the sentences."""
        probability = None if self.probability is None else self.probability[rows]
        return Labels(self.names, self.machine[rows], self.people[rows], probability, number(self.articles[rows]))


@dataclass(frozen=True, slots=True)
class Share:
    """How frequent a label is, from 0 to 1.

    Parameters
    ----------
    label : str
    n_machine, n_people : int
        Sentences that have the label by machine, and in the sample by people.
    counted : float
        The share by machine alone.
    sample : float
        The share in the sample alone.
    corrected : float or None
        None where the sample is too small.
    low, high : float or None
        95 % interval of the corrected share.
    error : float or None
        Its standard error, by article.
    trust : float
        How much the machine's labels count: from 0 (not at all: the sample alone) to 1.
    """

    label: str
    n_machine: int
    n_people: int
    counted: float
    sample: float
    corrected: float | None
    low: float | None
    high: float | None
    error: float | None
    trust: float

    @property
    def is_rare(self) -> bool:
        """Tell whether the sample holds too few sentences of the label for its interval to be relied on."""
        return self.n_people < FEW


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of all labels in some sentences.

    Parameters
    ----------
    sentences, articles, sample, unlabelled : int
        All sentences and articles; sentences with labels of people; those that the machine gave no label.
    shares : tuple of Share
    note : str
        Why nothing is corrected; else empty.
    """

    sentences: int
    articles: int
    sample: int
    unlabelled: int
    shares: tuple[Share, ...]
    note: str = ""


def corrected_shares(labels: Labels) -> Shares:
    """Count the machine's labels, and correct the counts by the sample.

    With machine labels ``m`` and labels of people ``y``, both 0 or 1, the share is the mean of ``t * m`` over all
    sentences and of ``y - t * m`` over the sample, weighed by how it was drawn. The trust ``t`` is that with the least
    variance, of each label its own. What the shares then lack of 1 is spread over labels by their variances.
    """
    sampled = labels.people >= 0
    machine, people = one_hot(labels.machine, len(labels.names)), one_hot(labels.people, len(labels.names))
    weights, n, n_articles = labels.weights, int(sampled.sum()), len(np.unique(labels.articles))
    n_sampled_articles = len(np.unique(labels.articles[sampled]))
    note = _why_not(n, n_sampled_articles)
    trust = np.zeros(len(labels.names))
    found: list[_Corrected] = [_Corrected()] * len(trust)
    if not note:
        trust = _trust(machine, people, weights)
        influence, free = _estimate(machine, people, weights, trust)
        variance = spread(influence, labels.articles, n_sampled_articles).variance * n / (n - 1)
        effective = weights.sum() ** 2 / (weights**2).sum()
        low, high = wilson(free, variance, effective, n_sampled_articles - 1)
        shares = to_simplex(free)
        ends = np.minimum(low, shares), np.maximum(high, shares)
        found = [_Corrected(*map(float, of)) for of in zip(shares, *ends, np.sqrt(variance), strict=True)]
    by_machine, by_people = machine.sum(axis=0), people.sum(axis=0)
    alone = (weights[:, None] * people).sum(axis=0) / max(weights.sum(), 1e-300)
    shares_of_labels = tuple(
        Share(
            name,
            int(by_machine[k]),
            int(by_people[k]),
            float(by_machine[k] / max(by_machine.sum(), 1)),
            float(alone[k]),
            *found[k],
            float(trust[k]),
        )
        for k, name in enumerate(labels.names)
    )
    n_without = int((labels.machine < 0).sum())
    return Shares(len(weights), n_articles, n, n_without, shares_of_labels, note)


class _Corrected(NamedTuple):
    """A corrected share with its 95 % interval and standard error."""

    share: float | None = None
    low: float | None = None
    high: float | None = None
    error: float | None = None


def _why_not(n: int, n_articles: int) -> str:
    if n < LEAST:
        return f"not corrected: the sample has {counted(n, 'sentence')}, but {LEAST} are required"
    return "" if n_articles > 1 else "not corrected: all sentences labelled by people are from one article"


def one_hot(codes: Ints, n_labels: int) -> Floats64:
    """Give a column of 0 and 1 for each label; rows of -1 are 0 throughout.

    >>> one_hot(np.array([1, -1]), 2)
    array([[0., 1.],
           [0., 0.]])
    """
    return np.asarray(codes[:, None] == np.arange(n_labels), dtype=np.float64)


def _trust(machine: Floats64, people: Floats64, weights: Floats64) -> Floats64:
    """Give how much each label by machine counts: its slope in the sample, from 0 to 1."""
    share = weights / weights.sum()
    m = machine - share @ machine
    variance, together = share @ (m * m), share @ (m * people)
    slope = np.divide(together, variance, out=np.zeros_like(variance), where=variance > 0)
    return np.asarray(np.clip(slope, 0, 1))


def _estimate(machine: Floats64, people: Floats64, weights: Floats64, trust: Floats64) -> tuple[Floats64, Floats64]:
    """Give what each sentence adds to the shares, and the shares; these sum to 1, and may be negative."""
    total = len(weights)
    rest = people - trust * machine  # what the machine lacks, known in the sample
    mean, lack = machine.mean(axis=0), weights @ rest / total
    influence = (trust * (machine - mean) + weights[:, None] * (rest - lack)) / total
    shares = trust * mean + lack
    spreads = (influence**2).sum(axis=0)
    part = spreads / spreads.sum() if spreads.sum() else np.full(len(spreads), 1 / len(spreads))
    return influence - influence.sum(axis=1, keepdims=True) * part, shares - (shares.sum() - 1) * part
