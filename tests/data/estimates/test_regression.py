import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.estimates.regression import Side, fit_corrected, fit_naive
from sayso.errors import SaysoError

# Two groups of four sentences; half of each is the sample, so each of it stands for two.
GROUPS = np.array([[1.0, 0.0]] * 4 + [[1.0, 1.0]] * 4)
WEIGHTS = np.array([2.0, 0, 2, 0, 2, 2, 0, 0])
ARTICLES = np.arange(8)


def fit(machine, people, logistic=False, trust=1.0):
    sides = (Side(GROUPS, np.array(outcome, dtype=float)) for outcome in (machine, people))
    return fit_corrected(*sides, WEIGHTS, ARTICLES, logistic, trust)


def test_with_full_trust_it_is_least_squares_on_corrected_outcomes():
    # Machine plus weight times what it lacks: 1, 1, 2, 0 in the first group, -1, 0, 0, 0 in the second.
    found = fit([1, 1, 0, 0, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0, 0, 0])
    assert found.beta == pytest.approx([1, -1.25])


def test_without_trust_it_is_the_regression_on_the_sample():
    found = fit([1, 1, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0], trust=0.0)
    assert found.beta == pytest.approx([0.5, -0.5])


def test_a_logistic_regression_gives_log_odds_of_the_corrected_shares():
    # Corrected shares: 1, 1, 0, 0 are a half; 1, 2, 0, 0 three quarters, log odds log 3.
    found = fit([1, 1, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 1, 0, 0], logistic=True)
    assert found.beta == pytest.approx([0, np.log(3)], abs=1e-7)


def test_labels_told_apart_without_error_have_no_log_odds():
    with pytest.raises(
        SaysoError, match=r"^the regression has no solution: the sample is too small, or " r"a predictor determines"
    ):
        fit([1, 1, 1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0, 0, 0], logistic=True)


def test_a_predictor_by_machine_is_corrected():
    # The machine says yes of 8 sentences and errs once in the sample of 12, which is all sentences: the regression is that
    # on people's labels, of which 6 with mean 2 say yes and 6 with mean 1 say no.
    people = np.array([1.0] * 6 + [0.0] * 6)
    machine = np.array([1.0] * 8 + [0.0] * 4)
    outcome = np.array([1.0, 2, 3, 1, 2, 3, 0, 1, 2, 0, 1, 2])
    sides = (Side(np.stack([np.ones(12), labels], axis=1), outcome) for labels in (machine, people))
    assert fit_corrected(*sides, np.ones(12), np.arange(12), False).beta == pytest.approx([1, 1])


def test_errors_of_a_plain_regression_are_those_of_articles():
    # A mean of 4 articles with 0.25, 0.75, 0, 1 of their 4 sentences: influence sums -1, 1, -2, 2 of 16.
    outcome = np.array([1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1.0])
    found = fit_naive(Side(np.ones((16, 1)), outcome), np.arange(16) // 4, False)
    assert found.beta == pytest.approx([0.5])
    assert found.error == pytest.approx([((1 + 1 + 4 + 4) / 256 * 4 / 3) ** 0.5])
    assert found.high - found.low == pytest.approx(2 * 3.182446 * found.error)  # Student's of 3 degrees of freedom


@st.composite
def samples(draw):
    """Draw labels by machine and people, and predictors of 30 sentences."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    X = np.stack([np.ones(30), rng.integers(0, 2, 30), rng.normal(size=30)], axis=1)
    X[:2, 1] = 0, 1
    return X, rng.integers(0, 2, 30).astype(float), rng.integers(0, 2, 30).astype(float)


@settings(deadline=None)
@given(samples())
def test_where_people_labelled_all_it_is_the_regression_on_their_labels(drawn):
    X, machine, people = drawn
    found = fit_corrected(Side(X, machine), Side(X, people), np.ones(30), np.arange(30), False)
    assert found.beta == pytest.approx(np.linalg.lstsq(X, people, rcond=None)[0])


@settings(deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_a_machine_without_errors_is_fully_trusted(drawn, random):
    X, machine, _ = drawn
    weights = np.zeros(30)
    weights[random.sample(range(30), 15)] = 2
    found = fit_corrected(Side(X, machine), Side(X, machine), weights, np.arange(30), False, 1.0)
    assert found.beta == pytest.approx(fit_naive(Side(X, machine), np.arange(30), False).beta)
    assert (found.low < found.high).all()
    assert (found.error > 0).all()


def test_where_the_corrected_share_is_negative_the_sample_tells():
    # By machine 8 of 20, in the sample 8 of 10 where people say no: 0.4 - 0.8 with full trust. People say yes of 2 of 10.
    machine = np.array([1.0] * 8 + [0.0] * 12)
    people = np.array([0.0] * 8 + [1.0] * 2 + [0.0] * 10)
    weights = np.array([2.0] * 10 + [0.0] * 10)
    sides = (Side(np.ones((20, 1)), outcome) for outcome in (machine, people))
    found = fit_corrected(*sides, weights, np.arange(20), True)
    assert found.trust == 0
    assert found.beta == pytest.approx([np.log(0.2 / 0.8)])
