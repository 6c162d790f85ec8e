import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.classify.speakers.intervals import shares_of_sources, shares_of_words


def test_shares_of_words_are_of_all_words():
    first, second = shares_of_words([[3, 1], [0, 0], [3, 1], [3, 1], [3, 1], [3, 1]])
    assert (first.n, first.share, second.n, second.share) == (15, 0.75, 5, 0.25)
    assert first.low < 0.75 < first.high


def test_articles_that_differ_make_an_interval_wider():
    alike = shares_of_words([[5, 5]] * 10)[0]
    different = shares_of_words([[10, 0], [0, 10]] * 5)[0]
    assert alike.share == different.share == 0.5
    assert different.high - different.low > 1.2 * (alike.high - alike.low)


def test_with_few_articles_no_interval_is_given():
    assert shares_of_words([[1, 1]] * 4)[0][2:] == (None, None)
    assert shares_of_sources([2, 2])[0][2:] == (None, None)


def test_nothing_has_no_share():
    assert [s[:2] for s in shares_of_words([[0, 0]])] == [(0, 0.0), (0, 0.0)]
    assert shares_of_words([]) == []
    assert [s[:2] for s in shares_of_sources([0, 0])] == [(0, 0.0), (0, 0.0)]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=5).filter(lambda counts: sum(counts) > 4))
def test_an_interval_holds_the_share(counts):
    shares = shares_of_sources(counts)
    assert sum(s.share for s in shares) == pytest.approx(1)
    assert all(0 <= s.low <= s.share <= s.high <= 1 for s in shares)
