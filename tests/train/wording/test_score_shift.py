import numpy as np
import pytest

from sayso.train.wording.score_shift import MANY, best_shift, least_shift


def scores(target, favoured, n_labels=MANY):
    """Give 3 to each row's true label; where label 0 is wrongly ahead, 2 to the true one and 2.5 to that."""
    found = np.zeros((len(target), n_labels))
    for row, label, wrong in zip(found, target, favoured, strict=True):
        row[label] = 2.0 if wrong else 3.0
        row[0] = max(row[0], 2.5 if wrong else 0.0)
    return found


def test_a_label_that_is_given_too_often_is_held_back():
    """Ten rows of each label: half of those of label 1 go to label 0, which is ahead by a half there and elsewhere by 3."""
    target = np.repeat(np.arange(MANY), 10)
    wrong = (target == 1) & (np.arange(len(target)) % 2 == 0)
    given = scores(target, wrong)
    shift = best_shift(given, target, np.ones(len(target)))
    assert (given.argmax(axis=1) != target).sum() == 5
    assert (given + shift).argmax(axis=1).tolist() == target.tolist()
    assert 0.5 < shift[1] - shift[0] < 3
    assert shift.sum() == pytest.approx(0)


def test_nothing_is_shifted_where_all_labels_are_told_apart():
    target = np.repeat(np.arange(MANY), 4)
    shift = best_shift(scores(target, target < 0), target, np.ones(len(target)))
    np.testing.assert_allclose(shift, 0, atol=0.01)


def test_few_labels_are_left_as_they_are_where_each_is_given_often_enough():
    """Of eight rows of label 1 two go to label 0: six are three quarters."""
    target = np.repeat(np.arange(MANY - 1), 8)
    wrong = (target == 1) & (np.arange(len(target)) % 4 == 0)
    assert not best_shift(scores(target, wrong, MANY - 1), target, np.ones(len(target))).any()


def test_a_rare_label_that_is_never_given_is_raised_above_its_nearest():
    """Four of twenty rows have label 1, which lies behind by 1, 2, 3, 4 there and by 9 elsewhere: three are to get it."""
    target = np.repeat([0, 1], [16, 4])
    given = np.stack([np.full(20, 9.0), np.zeros(20)], axis=1)
    given[16:, 1] = [8, 7, 6, 5]
    shift = least_shift(given, target)
    assert shift == pytest.approx([0, 3], abs=1e-5)
    assert (given + shift).argmax(axis=1).tolist() == [0] * 16 + [1, 1, 1, 0]


def test_a_label_that_training_did_not_hold_is_not_raised():
    assert not least_shift(np.array([[1.0, 0.0, -30.0], [0.0, 1.0, -30.0]]), np.array([0, 1])).any()


def test_rows_without_weight_decide_nothing():
    target = np.repeat(np.arange(MANY), 4)
    wrong = np.arange(len(target)) % 2 == 0
    shift = best_shift(scores(target, wrong), target, np.where(wrong, 0.0, 1.0))
    np.testing.assert_allclose(shift, 0, atol=0.01)


def test_a_label_that_nobody_gave_is_no_obstacle():
    target = np.repeat(np.arange(MANY - 1), 4)
    given = scores(target, target < 0)
    given[:, -1] = -30.0
    assert np.isfinite(best_shift(given, target, np.ones(len(target)))).all()


def test_scores_that_tell_nothing_give_a_rare_label_no_more_often_than_it_stands():
    """Of 40 rows 10 have label 1; it is ahead in 20, and 5 of these are right: as many as by chance."""
    target = np.tile([1, 0, 0, 0], 10)
    ahead = np.repeat([1.0, -1.0], 20) + np.linspace(0, 0.5, 40)
    given = np.stack([np.zeros(40), ahead], axis=1)
    assert (given.argmax(axis=1) == 1).sum() == 20
    assert ((given + least_shift(given, target)).argmax(axis=1) == 1).sum() == 10


def test_where_nothing_is_told_apart_all_rows_have_the_most_frequent_label():
    target = np.tile([1, 0, 0, 0], 10)
    given = np.tile([0.0, 0.5], (40, 1))
    assert not (given + least_shift(given, target)).argmax(axis=1).any()


def test_a_rare_label_is_not_raised_where_macro_f1_falls():
    """Of 100 rows 20 have label 1. 8 of them are given it; the next 9 in line are wrong.

    With 8 given F1 is 16/28 and 160/172, with 15 (7 more, all wrong) it is 16/35 and 146/165.
    """
    target = np.repeat([1, 0, 1, 0], [8, 9, 12, 71])
    ahead = np.concatenate([np.full(8, 1.0), -1 - np.arange(9) / 10, np.full(12, -5.0), np.full(71, -6.0)])
    assert not least_shift(np.stack([np.zeros(100), ahead], axis=1), target).any()


@pytest.mark.parametrize("seed", range(5))
def test_random_scores_give_no_label_more_often_than_it_stands(seed):
    rng = np.random.default_rng(seed)
    target = rng.permutation(np.repeat([0, 1], [225, 75]))
    given = rng.normal(loc=(0.0, 0.5), size=(300, 2))
    assert ((given + least_shift(given, target)).argmax(axis=1) == 1).sum() <= 75
