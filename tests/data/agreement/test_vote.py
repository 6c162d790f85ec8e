import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.agreement.vote import dawid_skene, majority


def votes(*rows):
    return np.array(rows, dtype=np.int64)


def test_the_majority_counts_votes_and_no_silence():
    assert majority(votes([0, 0, 1], [1, -1, -1], [-1, -1, -1]), 2).tolist() == [[2 / 3, 1 / 3], [0, 1], [0, 0]]


def test_one_round_by_hand():
    # start: item 3 is label 0 by 2/3. Then label 0 has a share of 5/9, and voter 3 says 0 of it by 1 / (5/3) = 3/5;
    # of label 1 voters 1 and 2 say 0 by (1/3) / (4/3) = 1/4, voter 3 never. Item 3: 5/9 * 2/5 against 4/9 * 1/16: 8 to 1
    found = dawid_skene(votes([0, 0, 0], [1, 1, 1], [0, 0, 1]), 2, n_rounds=1, small=0)
    assert found.chances[2].tolist() == pytest.approx([8 / 9, 1 / 9])
    # from these chances: label 0 has 1 + 8/9 of 3 items; voter 3 says 1 of it by (8/9) / (17/9)
    assert found.prevalence[0] == pytest.approx(17 / 27)
    assert found.answers[2, 0].tolist() == pytest.approx([9 / 17, 8 / 17])


def simulate(rng, accuracies, n=1200, n_labels=3):
    truth = rng.integers(0, n_labels, n)
    wrong = (truth[:, None] + rng.integers(1, n_labels, (n, len(accuracies)))) % n_labels
    right = rng.random((n, len(accuracies))) < np.array(accuracies)
    return truth, np.where(right, truth[:, None], wrong)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(0.65, 0.95), min_size=4, max_size=6), st.integers(0, 2**32 - 1))
def test_known_accuracies_are_found_again(accuracies, seed):
    rng = np.random.default_rng(seed)
    _, given_votes = simulate(rng, accuracies)
    given_votes[rng.random(given_votes.shape) < 0.2] = -1
    found = dawid_skene(given_votes, 3)
    estimated = np.einsum("l,vll->v", found.prevalence, found.answers)
    assert estimated == pytest.approx(accuracies, abs=0.08)


def test_one_good_voter_among_bad_ones_is_believed():
    truth, given_votes = simulate(np.random.default_rng(1), [0.97, 0.5, 0.5, 0.5, 0.5])
    weighed = (dawid_skene(given_votes, 3).chances.argmax(axis=1) == truth).mean()
    counted = (majority(given_votes, 3).argmax(axis=1) == truth).mean()
    assert weighed > 0.93
    assert counted < 0.85


def test_voters_of_one_label_tell_by_when_they_are_silent():
    rng = np.random.default_rng(2)
    truth = (rng.random(4000) < 0.3).astype(np.int64)
    often = np.array([[0.05, 0.6, 0.5], [0.7, 0.1, 0.5]])  # chance that voters fire, by truth; they say 1, 0 and 0
    fired = rng.random((4000, 3)) < often[truth]
    given_votes = np.where(fired, [1, 0, 0], -1)
    found = dawid_skene(given_votes, 2, silence_tells=True)
    covered = fired.any(axis=1)
    right = (found.chances.argmax(axis=1) == truth)[covered].mean()
    assert found.answers.shape == (3, 2, 3)
    assert right > (majority(given_votes, 2).argmax(axis=1) == truth)[covered].mean()
    assert found.chances[~covered].sum() == 0


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-1, 2), min_size=3, max_size=3), max_size=12), st.booleans())
def test_chances_are_chances_whatever_the_votes(rows, silence_tells):
    given_votes = np.array(rows, dtype=np.int64).reshape(-1, 3)
    found = dawid_skene(given_votes, 3, silence_tells=silence_tells)
    sums = found.chances.sum(axis=1)
    assert sums == pytest.approx((given_votes != -1).any(axis=1).astype(float))
