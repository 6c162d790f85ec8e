import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.estimates.shares import LEAST, Labels, corrected_shares, one_hot

# Twenty sentences, each its own article; the first ten are the sample. By machine: 4 yes in the sample, 12 in all.
MACHINE = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0] + [1] * 8 + [0] * 2)
PEOPLE = np.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0] + [-1] * 10)


def labels_of(machine, people, probability=None, articles=None, names=("no", "yes")):
    articles = np.arange(len(machine)) if articles is None else np.array(articles)
    return Labels(names, np.array(machine), np.array(people), probability, articles)


def share_of(found, label):
    return next(share for share in found.shares if share.label == label)


def test_a_share_is_corrected_by_what_the_sample_shows():
    # In the sample: machine 0.4, people 0.5, both 0.3. Slope (0.3 - 0.2) / 0.24 = 5 / 12.
    # Corrected: 0.5 + 5 / 12 * (0.6 - 0.4).
    yes = share_of(corrected_shares(labels_of(MACHINE, PEOPLE)), "yes")
    assert (yes.n_machine, yes.n_people, yes.counted, yes.sample) == (12, 5, 0.6, pytest.approx(0.5))
    assert yes.trust == pytest.approx(5 / 12)
    assert yes.corrected == pytest.approx(0.5 + 5 / 12 * 0.2)
    # What sentences add, in 1 / 240: yes by both 8 (3 times), by machine -16, by people 13 (twice), no by both -11 (4
    # times); outside of the sample 2 (8 times) and -3 (twice). Squares 192 + 256 + 338 + 484 + 32 + 18 = 1320.
    assert yes.error == pytest.approx((1320 / 240**2 * (10 / 9) ** 2) ** 0.5)
    assert yes.low < yes.corrected < yes.high


def test_a_machine_that_knows_nothing_leaves_the_sample():
    machine = np.array([1, 0] * 10)
    people = np.array([1, 1, 0, 0] * 3 + [-1] * 8)
    yes = share_of(corrected_shares(labels_of(machine, people)), "yes")
    assert yes.trust == 0
    assert yes.corrected == pytest.approx(0.5)


def test_probabilities_make_up_for_an_uneven_draw():
    # All ten sentences that the machine calls yes were drawn, and ten of its hundred others: people say yes of all of the
    # former and of none of the latter, so 10 of 110.
    machine = np.array([1] * 10 + [0] * 100)
    people = np.array([1] * 10 + [0] * 10 + [-1] * 90)
    probability = np.where(machine == 1, 1.0, 0.1)
    assert share_of(corrected_shares(labels_of(machine, people, probability)), "yes").corrected == pytest.approx(10 / 110)


def test_an_error_that_was_not_seen_is_no_certainty():
    machine = np.array([1] * 5 + [0] * 45)
    yes = share_of(corrected_shares(labels_of(machine, machine)), "yes")
    assert yes.corrected == pytest.approx(0.1)
    assert yes.high - yes.low > 0.1
    never = share_of(corrected_shares(labels_of(machine, machine, names=("no", "yes", "perhaps"))), "perhaps")
    assert (never.corrected, never.low) == (0, 0)
    assert 0.05 < never.high < 0.15


def test_sentences_without_a_machine_label_have_none_of_the_labels():
    machine = np.array([1] * 10 + [-1] * 10)
    found = corrected_shares(labels_of(machine, np.array([1] * 10 + [0] * 10)))
    assert found.unlabelled == 10
    assert share_of(found, "yes").corrected == pytest.approx(0.5)


def test_a_small_sample_corrects_nothing():
    people = np.where(np.arange(20) < LEAST - 1, PEOPLE, -1)
    found = corrected_shares(labels_of(MACHINE, people))
    assert found.note == "not corrected: the sample has 9 sentences, but 10 are required"
    assert [share.corrected for share in found.shares] == [None, None]
    one = corrected_shares(labels_of(MACHINE, PEOPLE, articles=[0] * 20))
    assert one.note == "not corrected: all sentences labelled by people are from one article"


def test_part_of_the_sentences_keeps_its_own_articles():
    some = labels_of(MACHINE, PEOPLE, np.full(20, 0.5), [i // 2 for i in range(20)]).where(np.array([3, 4, 19]))
    assert some.machine.tolist() == [1, 0, 0]
    assert some.articles.tolist() == [0, 1, 2]
    assert some.probability.tolist() == [0.5] * 3


def test_one_hot():
    assert one_hot(np.array([1, -1, 0]), 2).tolist() == [[0, 1], [0, 0], [1, 0]]


@st.composite
def some_labels(draw, sampled=None):
    """Draw labels of 12 to 40 sentences in articles, 12 or more of them in the sample."""
    n, n_labels = draw(st.integers(12, 40)), draw(st.integers(2, 4))
    codes = st.lists(st.integers(0, n_labels - 1), min_size=n, max_size=n)
    machine, people = np.array(draw(codes)), np.array(draw(codes))
    n_sample = sampled or draw(st.integers(12, n))
    people[n_sample if n_sample < n else n :] = -1
    size = draw(st.integers(1, 4))
    return Labels(tuple("abcd"[:n_labels]), machine, people, None, np.arange(n) // size)


@settings(deadline=None)
@given(some_labels())
def test_shares_sum_to_1_and_lie_within_their_intervals(labels):
    found = corrected_shares(labels).shares
    assert sum(share.corrected for share in found) == pytest.approx(1)
    assert sum(share.counted for share in found) == pytest.approx(1)
    for share in found:
        assert 0 <= share.low <= share.corrected <= share.high <= 1
        assert share.low < share.high


@settings(deadline=None)
@given(some_labels(sampled=40))
def test_where_people_labelled_all_their_mean_is_the_share(labels):
    for share in corrected_shares(labels).shares:
        assert share.corrected == pytest.approx(share.sample)


@settings(deadline=None)
@given(some_labels())
def test_a_machine_that_people_always_agree_with_is_counted(labels):
    agreed = Labels(labels.names, labels.machine, np.where(labels.people >= 0, labels.machine, -1), None, labels.articles)
    seen = set(agreed.people[agreed.people >= 0])
    if set(agreed.machine) <= seen:
        for share in corrected_shares(agreed).shares:
            assert share.corrected == pytest.approx(share.counted)


@settings(deadline=None)
@given(some_labels(), st.randoms(use_true_random=False))
def test_the_order_of_sentences_and_labels_changes_nothing(labels, random):
    order = list(range(len(labels.machine)))
    random.shuffle(order)
    turned = Labels(
        labels.names[::-1],
        _turned(labels.machine, len(labels.names))[order],
        _turned(labels.people, len(labels.names))[order],
        None,
        labels.articles[order],
    )
    before, after = corrected_shares(labels).shares, corrected_shares(turned).shares
    for one, other in zip(before, after[::-1], strict=True):
        assert one.label == other.label
        assert [one.corrected, one.low, one.high] == pytest.approx([other.corrected, other.low, other.high])


def _turned(codes, n_labels):
    return np.where(codes < 0, codes, n_labels - 1 - codes)
