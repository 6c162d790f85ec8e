"""One label out of many votes: by majority, or weighed by how right each voter seems to be (Dawid and Skene)."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Floats64, Ints, softmax

ABSTAINS = -1
_SMALL = 0.01  # added to every count of answers, so that none is impossible
_CONVERGED = 1e-6  # a round that moves no chance by more than this is the last
_TINY = 1e-300  # in place of 0 in logarithms and denominators


def majority(votes: Ints, n_labels: int) -> Floats64:
    """Give each label the share of the votes it got.

    Parameters
    ----------
    votes : ndarray of int, shape (n_items, n_voters)
        Number of a label, -1 for none.
    n_labels : int

    Returns
    -------
    ndarray of shape (n_items, n_labels)
        Rows sum to 1; to 0 where nobody voted.
    """
    counts = np.stack([(votes == label).sum(axis=1) for label in range(n_labels)], axis=1).astype(np.float64)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """What voters' agreement tells about the true labels, and about the voters.

    Parameters
    ----------
    chances : ndarray of shape (n_items, n_labels)
        Chance of each label; rows sum to 1, to 0 where nobody voted.
    prevalence : ndarray of shape (n_labels,)
        How frequent each label is; sums to 1.
    answers : ndarray of shape (n_voters, n_labels, n_answers)
        Chance of each answer by each voter, given the true label.
    n_rounds : int
    """

    chances: Floats64
    prevalence: Floats64
    answers: Floats64
    n_rounds: int


def dawid_skene(
    votes: Ints, n_labels: int, *, silence_tells: bool = False, n_rounds: int = 200, small: float = _SMALL
) -> DawidSkene:
    """Estimate true labels and voters' errors together, by expectation and maximisation.

    Parameters
    ----------
    votes : ndarray of int, shape (n_items, n_voters)
        Number of a label, -1 for none.
    n_labels : int
    silence_tells : bool
        Not voting is an answer too. Needed for voters that know one label only, as patterns do: where they vote they say
        nothing of themselves, so what they tell lies in how often they do.
    n_rounds : int
        At most.
    small : float
        Added to every count of answers.

    Notes
    -----
    Dawid and Skene, *Maximum likelihood estimation of observer error-rates using the EM algorithm*, 1979. The start is the
    majority. Voters are taken to err independently of each other; two patterns for the same thing do not, and count twice.
    """
    start = majority(votes, n_labels)
    voted = start.sum(axis=1) > 0
    known = votes[voted]
    codes = np.where(known == ABSTAINS, n_labels, known)
    n_answers = n_labels + silence_tells
    is_answer = np.stack([codes == answer for answer in range(n_answers)], axis=2).astype(np.float64)
    chances = start[voted]
    prevalence, answers = _maximise(chances, is_answer, small)
    moved, done = 1.0, 0
    while moved > _CONVERGED and done < n_rounds:
        before = chances
        chances = _expect(is_answer, prevalence, answers)
        prevalence, answers = _maximise(chances, is_answer, small)
        moved, done = float(np.abs(chances - before).max(initial=0)), done + 1
    everything = np.zeros_like(start)
    everything[voted] = chances
    return DawidSkene(everything, prevalence, answers, done)


def _maximise(chances: Floats64, is_answer: Floats64, small: float) -> tuple[Floats64, Floats64]:
    """Estimate how frequent labels are, and what voters answer, from the chances of the labels."""
    prevalence = chances.sum(axis=0)
    counts = np.einsum("il,iva->vla", chances, is_answer) + small
    return prevalence / max(prevalence.sum(), _TINY), counts / np.maximum(counts.sum(axis=2, keepdims=True), _TINY)


def _expect(is_answer: Floats64, prevalence: Floats64, answers: Floats64) -> Floats64:
    """Estimate the chances of the labels from what voters answer."""
    logs = np.log(np.maximum(prevalence, _TINY)) + np.einsum("iva,vla->il", is_answer, np.log(np.maximum(answers, _TINY)))
    return softmax(logs)
