import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.train.sentences.stance_thresholds import NEVER, Aim, is_told, tell_silent, told_from

LABELS = ("favor", "against", "neutral")


def chances_of(shares):
    """Give sentences whose likeliest label is the first, with these chances."""
    first = np.array(shares)
    return np.stack([first, (1 - first) / 2, (1 - first) / 2], axis=1)


def test_the_lowest_chance_is_taken_from_which_enough_is_right():
    chances = chances_of(np.linspace(0.99, 0.5, 100))
    truth = np.where(np.arange(100) < 60, 0, 1)  # the 60 surest are right, the others are not
    least = told_from(chances, truth, np.zeros(100, dtype=np.int64))
    told = is_told(chances, least)
    # 60 of 77 are 0.779, less its standard error of 0.047 is 0.732; 60 of 78 are 0.769, less 0.048 is 0.721
    assert told.sum() == 77
    assert least[1] == least[2] == NEVER


def test_every_data_set_must_be_right_enough():
    chances = np.tile(chances_of(np.linspace(0.99, 0.5, 50)), (2, 1))
    truth, sources = np.zeros(100, dtype=np.int64), np.repeat([0, 1], 50)
    assert told_from(chances, truth, sources)[0] == pytest.approx(0.5)
    truth[50:] = 1
    assert told_from(chances, truth, sources)[0] == NEVER


@pytest.mark.parametrize("n", [0, 19])
def test_few_sentences_settle_nothing(n):
    least = told_from(chances_of(np.full(n, 0.9)), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64))
    assert least.tolist() == [NEVER] * 3


def test_without_thresholds_nothing_is_told():
    assert is_told(chances_of([0.9]), None).tolist() == [False]


def test_labels_that_are_never_told_are_named():
    said = []
    tell_silent(LABELS, [0.6, NEVER, NEVER], said.append)
    assert said == ["never predicted: against, neutral; at no confidence are enough of the held-out sentences correct"]
    tell_silent(LABELS, [0.6, 0.7, 0.5], said.append)
    assert len(said) == 1


@given(st.integers(0, 10**6), st.integers(20, 80))
def test_most_of_what_is_told_is_right(seed, n):
    rng = np.random.default_rng(seed)
    chances, truth = chances_of(rng.uniform(0.34, 0.99, n)), rng.integers(0, 3, n)
    told = is_told(chances, told_from(chances, truth, np.zeros(n, dtype=np.int64)))
    assert not told.any() or (truth[told] == 0).mean() >= 0.7


def test_each_label_may_have_a_precision_of_its_own():
    # thirty sentences called the first label at chances from 0.60 to 0.89: the ten least sure are wrong
    chances, truth = chances_of(np.linspace(0.6, 0.89, 30)), np.zeros(30, dtype=np.int64)
    truth[:10] = 1
    sources = np.zeros(30, dtype=np.int64)
    strict = told_from(chances, truth, sources, Aim([0.95, 0.5, 0.5], fewest=5))
    mild = told_from(chances, truth, sources, Aim([0.5, 0.5, 0.5], fewest=5))
    assert strict[0] == pytest.approx(0.7)  # 20 of 20
    assert mild[0] == pytest.approx(0.6)  # 20 of 30, less its standard error of 0.09, is more than 0.53


def test_a_label_that_is_always_right_is_told_from_a_chance_that_others_reach():
    n = 20
    least = told_from(chances_of(np.ones(n)), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64))
    assert least[0] == pytest.approx(0.99)
