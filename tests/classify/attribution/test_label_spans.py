from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.attribution.label_spans import LABELS, best_paths, log_softmax, role_of


def is_valid(path):
    before = 0
    for label in path:
        if LABELS[label].startswith("I-") and before not in (label, label - 1):
            return False
        before = label
    return True


def best_by_trying(scores):
    """Score every valid sequence of a short sentence; give the best score."""
    n = scores.shape[1]
    paths = (path for path in product(range(len(LABELS)), repeat=n) if is_valid(path))
    return max(sum(scores[label, t] for t, label in enumerate(path)) for path in paths)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_the_best_valid_sequence_is_found(lengths, seed):
    scores = np.random.default_rng(seed).normal(size=(len(LABELS), sum(lengths))).round(3).astype(np.float32)
    labels = best_paths(scores, np.array(lengths))
    first = 0
    for length in lengths:
        path = labels[first : first + length].tolist()
        part = scores[:, first : first + length].astype(np.float64)
        assert is_valid(path)
        assert abs(sum(part[label, t] for t, label in enumerate(path)) - best_by_trying(part)) < 1e-5
        first += length


def test_inside_may_not_follow_the_end_of_another_sentence():
    scores = np.zeros((len(LABELS), 2), np.float32)
    scores[LABELS.index("B-content"), 0] = scores[LABELS.index("I-content"), 1] = 5
    assert best_paths(scores, np.array([2])).tolist() == [5, 6]
    assert best_paths(scores, np.array([1, 1]))[1] != 6


def test_without_cues_there_is_no_sequence():
    assert best_paths(np.zeros((len(LABELS), 0), np.float32), np.zeros(0, np.int64)).tolist() == []


def test_chances_sum_to_one():
    chances = np.exp(log_softmax(np.array([[0, 500], [1, -500], [2, 3]], np.float32)))
    assert chances.sum(axis=0).tolist() == [1.0, 1.0]


def test_each_label_has_its_role():
    assert role_of(np.arange(7)).tolist() == [0, 1, 1, 2, 2, 3, 3]
