"""How well a machine agrees with people: beside people among themselves, by label, and with each person left out."""

from dataclasses import dataclass

import numpy as np

from ...arrays import Bools, Floats64, Ints
from ...estimates.clusters import UNSEEN, Proportion, number, p_value, proportion, spread
from ..coefficients import MISSING, Figure, pair_difference, pair_mean
from .judged import Judged

COEFFICIENTS = ("same", "kappa", "alpha")
LEAST_PEOPLE = 3
"""People that the alternative annotator test needs."""
LEAST_TESTED = 30
"""Sentences by a person that it needs."""
EPSILON = 0.15
"""By how much a machine may fall behind a person, since it is cheaper: what the test's authors advise for trained people."""
_RATE = 0.05  # of false discoveries among the people whom the machine is said to be as good as
_WINS = 0.5


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement, of the machine with people and of people among themselves.

    Parameters
    ----------
    name : str
    machine, people, difference : Figure
        Means over pairs with 95 % intervals; of people only where there are two.
    """

    name: str
    machine: Figure
    people: Figure
    difference: Figure


@dataclass(frozen=True, slots=True)
class LabelQuality:
    """How well a machine finds one label, against the label that people settled on.

    Parameters
    ----------
    label : str
    n_people, n_machine : int
        How often people and the machine gave it.
    precision, recall, f1 : Proportion
    """

    label: str
    n_people: int
    n_machine: int
    precision: Proportion
    recall: Proportion
    f1: Proportion


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The machine in the place of one person, judged by the others.

    Parameters
    ----------
    person : str
    sentences : int
    machine, person_wins : float
        The part of the sentences where the machine, and the person, agrees with the others at least as well.
    p : float or None
        That the machine is behind by more than `EPSILON`; None with fewer than `LEAST_TESTED` sentences.
    passed : bool
    """

    person: str
    sentences: int
    machine: float
    person_wins: float
    p: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class AlternativeTest:
    """The alternative annotator test.

    Parameters
    ----------
    epsilon : float
    people : tuple of LeftOut
    winning_rate : float
        The part of the people whom the machine is as good as.
    advantage : float
        The mean chance that the machine agrees with the others at least as well as the person does.

    Notes
    -----
    N. Calderon, R. Reichart, R. Dror, "The alternative annotator test for LLM-as-a-judge", ACL 2025. Here the variance is
    that over articles.
    """

    epsilon: float
    people: tuple[LeftOut, ...]
    winning_rate: float
    advantage: float

    @property
    def passed(self) -> bool:
        """Tell whether the machine may take the place of a person."""
        return self.winning_rate >= _WINS


def coefficients(of: Judged) -> tuple[Coefficient, ...]:
    """Compare the machine's agreement with people and that of people among themselves."""
    nothing = Figure(None, None, None)
    found = []
    for name in COEFFICIENTS:
        machine, people, difference = pair_mean(name, of.ratings, of.with_people), nothing, nothing
        if of.among_people:
            people = pair_mean(name, of.ratings, of.among_people)
            difference = pair_difference(name, of.ratings, of.with_people, of.among_people)
        found.append(Coefficient(name, machine, people, difference))
    return tuple(found)


def accuracy(of: Judged) -> Proportion:
    """Give how often the machine gives the label that people settled on."""
    return proportion(of.given == of.settled, of.is_settled, of.ratings.articles)


def label_quality(of: Judged) -> tuple[LabelQuality, ...]:
    """Give precision, recall and F1 of each label."""
    there = of.is_settled
    return tuple(
        _quality(label, (of.given == k) & there, of.settled == k, of.ratings.articles) for k, label in enumerate(of.labels)
    )


def _quality(label: str, by_machine: Bools, by_people: Bools, articles: Ints) -> LabelQuality:
    both = by_machine & by_people
    jaccard = proportion(both, by_machine | by_people, articles)
    value, low, high = (None if x is None else 2 * x / (1 + x) for x in jaccard[:3])  # F1 of the part that both gave
    return LabelQuality(
        label,
        int(by_people.sum()),
        int(by_machine.sum()),
        proportion(both, by_machine, articles),
        proportion(both, by_people, articles),
        Proportion(value, low, high, jaccard.hits, jaccard.n, jaccard.design),
    )


def alternative_test(of: Judged, epsilon: float = EPSILON) -> AlternativeTest | None:
    """Leave each person out in turn, and ask if the machine agrees with the others as well; None with too few people."""
    if len(of.people) < LEAST_PEOPLE:
        return None
    found = [_left_out(of, i, epsilon) for i in range(1, len(of.people) + 1)]
    passed = reject([person.p for person in found])
    people = tuple(
        LeftOut(p.person, p.sentences, p.machine, p.person_wins, p.p, bool(won))
        for p, won in zip(found, passed, strict=True)
    )
    tested = [person for person in people if person.p is not None]
    if not tested:
        return None
    winning = sum(person.passed for person in tested) / len(tested)
    return AlternativeTest(epsilon, people, winning, sum(person.machine for person in tested) / len(tested))


def _left_out(of: Judged, person: int, epsilon: float) -> LeftOut:
    codes = of.ratings.codes
    others = np.delete(codes, [0, person], axis=1)
    there = others != MISSING
    n_others = there.sum(axis=1)
    rows = (codes[:, person] != MISSING) & (n_others > 0)
    scores = [((others == codes[:, [i]]) & there).sum(axis=1)[rows] / n_others[rows] for i in (0, person)]
    machine, own = scores[0] >= scores[1], scores[1] >= scores[0]
    n = int(rows.sum())
    name = of.people[person - 1]
    if n < LEAST_TESTED:
        return LeftOut(name, n, _mean(machine), _mean(own), None, False)
    p = _behind(own.astype(np.float64) - machine, number(of.ratings.articles[rows]), epsilon)
    return LeftOut(name, n, _mean(machine), _mean(own), p, False)


def _mean(values: Bools) -> float:
    return float(values.mean()) if len(values) else 0.0


def _behind(differences: Floats64, articles: Ints, epsilon: float) -> float | None:
    """Test that the mean difference is ``epsilon`` or more."""
    n, n_articles = len(differences), int(articles.max()) + 1
    if n_articles < 2:
        return None
    mean = float(differences.mean())
    variance = spread((differences - mean)[:, None] / n, articles, n_articles).variance[0] + UNSEEN / (n + 1) ** 2
    t = (mean - epsilon) / np.sqrt(variance)
    half = float(p_value(t, n_articles - 1)) / 2
    return half if t < 0 else 1 - half


def reject(p_values: list[float | None]) -> list[bool]:
    """Tell which hypotheses are rejected at a false discovery rate of 5 % (Benjamini and Yekutieli 2001).

    >>> reject([0.001, 0.02, None, 0.9])
    [True, False, False, False]
    """
    known = sorted(p for p in p_values if p is not None)
    n = len(known)
    harmonic = sum(1 / i for i in range(1, n + 1))
    limits = [p for i, p in enumerate(known, 1) if p <= i * _RATE / (n * harmonic)]
    limit = limits[-1] if limits else -1.0
    return [p is not None and p <= limit for p in p_values]
