import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.estimates.clusters import number, p_value, proportion, spread, student, wilson


def test_variances_are_summed_by_article():
    # Sums by article: 2, -3, 1. Squares 4, 9, 1, times 3 / 2; degrees of freedom 21 ** 2 / (1.5 ** 2 * (16 + 81 + 1)).
    found = spread(np.array([[1.0], [1.0], [-3.0], [1.0]]), np.array([0, 0, 1, 2]), 3)
    assert found.variance == pytest.approx([21])
    assert found.freedom == pytest.approx([2])
    assert found.half_width == pytest.approx([4.302653 * 21**0.5])


def test_what_is_added_to_a_variance_is_known_and_makes_no_freedom_less():
    # Two articles add 1 each: variance 2 * 2, with two degrees of freedom but for the limit of 1; then 2 * 4 + 8 = 16.
    found = spread(np.array([[1.0], [-1.0]]), np.array([0, 1]), 2)
    more = found.with_more(2.0, np.array([8.0]))
    assert (found.variance, more.variance) == (pytest.approx([4]), pytest.approx([16]))
    assert (found.freedom, more.freedom) == (pytest.approx([1]), pytest.approx([1]))
    wide = spread(np.tile([[1.0], [-1.0]], (10, 1)), np.arange(20), 20)
    assert wide.freedom == pytest.approx([19])  # 20 but for the limit
    assert wide.with_more(1.0, wide.variance).freedom == pytest.approx([19])


def test_few_articles_that_weigh_leave_few_degrees_of_freedom():
    influence = np.array([[5.0], [-5.0], *[[0.01], [-0.01]] * 20])
    assert spread(influence, np.arange(42), 42).freedom == pytest.approx([2], abs=0.01)


def test_student_and_its_p():
    assert student(10.0) == pytest.approx(2.228139)
    assert p_value(2.228139, 10.0) == pytest.approx(0.05, abs=1e-6)


def test_wilson_for_a_simple_sample_is_near_the_textbook():
    # Wilson for 20 of 100 by the normal distribution is 0.1334 to 0.2888; what was not seen makes it a little wider.
    low, high = wilson(np.array([0.2]), np.array([0.2 * 0.8 / 100]), 100, 1e9)
    assert low == pytest.approx([0.130], abs=0.002)
    assert high == pytest.approx([0.295], abs=0.002)


def test_nothing_seen_is_no_certainty():
    low, high = wilson(np.array([0.0]), np.array([0.0]), 50, 49)
    # As good as (1 / 52) * (51 / 52) / (1.5 / 51 ** 2) = 32.70 sentences; Student's 2.0096 of 49. Upper end z2 / (n + z2).
    assert low == 0
    assert high == pytest.approx([2.0096**2 / (32.70 + 2.0096**2)], abs=1e-4)


@given(st.floats(-0.2, 1.2), st.floats(0, 0.1), st.integers(10, 1000))
def test_intervals_lie_between_0_and_1_and_are_never_empty(share, variance, n):
    low, high = wilson(np.array([share]), np.array([variance]), n, n - 1)
    assert 0 <= low[0] < high[0] <= 1


def test_a_proportion_knows_how_alike_articles_are():
    hits = np.array([True, True, True, False, False, False])
    alike = proportion(hits, np.ones(6, dtype=bool), np.array([0, 0, 0, 1, 1, 1]))
    apart = proportion(hits, np.ones(6, dtype=bool), np.array([0, 1, 2, 0, 1, 2]))
    assert (alike.value, alike.hits, alike.n) == (0.5, 3, 6)
    # Sums by article of (hit - 0.5) / 6: 0.25 and -0.25. Squares 0.125, times 2; of a simple sample 0.25 / 6.
    assert alike.design == pytest.approx(0.25 / (0.25 / 6))
    assert apart.design == 0


def test_a_proportion_of_nothing_and_of_one_article():
    nobody = np.zeros(2, dtype=bool)
    assert proportion(~nobody, nobody, np.arange(2)).value is None
    alone = proportion(~nobody, ~nobody, np.zeros(2, dtype=np.int64))
    assert (alone.value, alone.low, alone.high) == (1.0, None, None)


def test_values_are_numbered():
    assert number(["b", "a", "b"]).tolist() == [1, 0, 1]
