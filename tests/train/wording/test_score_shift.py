import numpy as np
import pytest

from sayso.train.wording.score_shift import MANY, best_shift


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


def test_few_labels_are_left_as_they_are():
    target = np.repeat(np.arange(MANY - 1), 4)
    assert not best_shift(scores(target, target == 1, MANY - 1), target, np.ones(len(target))).any()


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
