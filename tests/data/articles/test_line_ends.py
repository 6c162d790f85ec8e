import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.text.line_breaks import LineEnds

TEXT = "Rain\nfell.\n\nIt stopped"  # newlines at 4, 10 and 11; 22 characters


@pytest.mark.parametrize(
    ("at", "start", "end"), [(0, 0, 4), (4, 0, 4), (5, 5, 10), (9, 5, 10), (11, 11, 11), (12, 12, 22), (22, 12, 22)]
)
def test_a_line_begins_behind_one_newline_and_ends_at_the_next(at, start, end):
    lines = LineEnds(TEXT)
    assert (lines.start(at), lines.end(at)) == (start, end)


@given(st.text("a\n", max_size=30), st.data())
def test_the_line_of_a_place_holds_no_newline(text, data):
    at = data.draw(st.integers(0, len(text)))
    lines = LineEnds(text)
    assert "\n" not in text[lines.start(at) : lines.end(at)]
    assert lines.start(at) <= at <= lines.end(at)
