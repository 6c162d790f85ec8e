"""Hashed features, numbered anew: what is fitted on."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.train.attribution.hashed_logistic import FeatureRows

ROWS = np.array([[7, 9], [7, 4], [9, 7], [4, 7]], np.int32)


def test_features_that_are_seldom_are_left_out():
    matrix, columns, seen = FeatureRows.of([ROWS[:3], ROWS[3:]], least=2).matrix(least=3)
    assert columns.tolist() == [7]
    assert seen.tolist() == [4]
    assert matrix.toarray().tolist() == [[1], [1], [1], [1]]


def test_a_feature_must_be_seen_often_enough_in_the_chosen_rows():
    rows = FeatureRows.of([ROWS], least=2)
    assert rows.columns.tolist() == [4, 7, 9]
    matrix, columns, seen = rows.matrix(least=2, chosen=np.array([True, False, True, True]))
    assert columns.tolist() == [7, 9]
    assert seen.tolist() == [3, 2]
    assert matrix.toarray().tolist() == [[1, 1], [1, 1], [1, 0]]


def test_a_row_may_be_left_without_features():
    hashes = np.array([[1, 2], [3, 3], [1, 2]], np.int32)
    matrix, columns, seen = FeatureRows.of([hashes], least=2).matrix(least=2, chosen=np.array([True, True, False]))
    assert columns.tolist() == [3]
    assert seen.tolist() == [2]
    assert matrix.toarray().tolist() == [[0], [2]]


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=20), st.data())
def test_the_matrix_holds_what_the_rows_hold(values, data):
    hashes = np.array(values, np.int32)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
    matrix, columns, seen = FeatureRows.of([hashes[:1], hashes[1:]], least=1).matrix(least=2, chosen=chosen)
    counts = {feature: int((hashes[chosen] == feature).sum()) for feature in range(6)}
    assert columns.tolist() == [feature for feature, n in counts.items() if n >= 2]
    assert seen.tolist() == [n for n in counts.values() if n >= 2]
    assert matrix.toarray().tolist() == [
        [row.count(c) for c in columns] for row, kept in zip(values, chosen, strict=True) if kept
    ]
