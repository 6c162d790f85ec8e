import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from sayso.classify.wording.features import IS_KNOWN
from sayso.classify.wording.recipe import Recipe
from sayso.train.sentences.sparse_features import LaidOut
from sayso.train.wording.blend import blend_weights, joined, parts_of
from sayso.train.wording.linear import Linear, Way, fit_linear, scaled_columns
from sayso.train.wording.rows import TextRows


def rows_of(names, values, labels):
    laid = LaidOut(names, csr_matrix(np.array(values, dtype=np.float32)))
    n = len(labels)
    return TextRows(laid, np.array(labels), np.arange(n), np.ones(n), np.full(n, ""))


def two_labels(odds):
    """Give the scores of two labels from the log odds of the second."""
    odds = np.asarray(odds, dtype=np.float64)
    return np.stack([-odds / 2, odds / 2], axis=1)


def noisy(truth, strength, seed):
    """Give log odds that lean to the truth."""
    return two_labels(strength * (2 * truth - 1) + np.random.default_rng(seed).normal(size=len(truth)))


def test_models_that_are_equally_good_have_as_much_to_say():
    truth = np.array([0, 1] * 100)
    scores = noisy(truth, 1.0, 0)
    factors, shares = blend_weights([scores, scores], truth, np.ones(200))
    assert shares == pytest.approx([0.5, 0.5])
    assert factors[0] == pytest.approx(factors[1])


def test_how_loud_a_model_is_makes_no_difference():
    truth = np.array([0, 1] * 100)
    one, other = noisy(truth, 1.0, 0), noisy(truth, 1.0, 1)
    _, shares = blend_weights([one, other], truth, np.ones(200))
    factors, louder = blend_weights([one, 2 * other], truth, np.ones(200))
    assert louder == pytest.approx(shares, abs=1e-3)
    assert factors[1] > 0


def test_a_model_that_knows_nothing_loses_with_many_sentences_and_less_with_few():
    def share_of_noise(n):
        truth = np.arange(n) % 2
        return blend_weights([noisy(truth, 1.0, 0), noisy(truth, 0.0, 1)], truth, np.ones(n))[1][1]

    assert share_of_noise(4000) < 0.2
    assert share_of_noise(4000) < share_of_noise(20) <= 0.6


@given(st.integers(0, 1000), st.integers(2, 4))
def test_no_model_counts_against_itself(seed, n_models):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, 30)
    scores = [rng.normal(size=(30, 3)) * 3 for _ in range(n_models)]
    factors, shares = blend_weights(scores, truth, np.ones(30))
    assert (factors >= 0).all()
    assert shares.sum() == pytest.approx(1.0) or not factors.any()


def test_a_sum_of_linear_models_is_one():
    laid = LaidOut(["a", "b", "c"], csr_matrix(np.array([[1, 2, 0], [0, 1, 3]], dtype=np.float32)))
    one = Linear(laid, np.array([0, 1]), np.array([[1, -1], [2, 0]], np.float32), np.array([0.5, 0], np.float32))
    other = Linear(laid, np.array([1, 2]), np.array([[0, 4], [1, 1]], np.float32), np.array([0, 1], np.float32))
    both = joined([one, other], np.array([2.0, 0.5]))
    assert both.columns.tolist() == [0, 1, 2]
    assert both.weights.tolist() == [[2, -2], [4, 2], [0.5, 0.5]]
    assert both.bias.tolist() == [1.0, 0.5]
    assert both.logits(laid) == pytest.approx(2 * one.logits(laid) + 0.5 * other.logits(laid))


def test_there_are_as_many_models_as_there_are_blocks():
    rows = rows_of(["gram: a", "tense: past", "vector 0"], np.eye(3), ["x", "y", "x"])
    assert list(parts_of(Recipe(known=True), rows)) == ["wording", "knowledge", "vectors"]
    assert list(parts_of(Recipe(vectors=0.0), rows)) == ["wording"]
    assert list(parts_of(Recipe(own=True), rows)) == ["wording"]


def test_what_is_known_is_put_to_one_standard_deviation_and_left_out_elsewhere():
    rows = rows_of(["gram: a", "tense: past"], [[1, 0], [1, 4], [1, 0], [1, 4]], ["x", "y", "x", "y"])
    columns, scale = scaled_columns(rows.laid, Way(Recipe(), frozenset({IS_KNOWN})))
    assert columns.tolist() == [1]
    assert scale == pytest.approx([0.5])  # 0, 4, 0, 4 deviate by 2
    assert scaled_columns(rows.laid, Way(Recipe()))[0].tolist() == [0]
    assert fit_linear(rows, rows.labels, ["x", "y"], Way(Recipe(), frozenset({IS_KNOWN}))).weights.shape == (1, 2)
