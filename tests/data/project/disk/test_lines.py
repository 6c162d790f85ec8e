import pytest

from sayso.data.project.disk.lines import is_change

_LINE = {
    "number": 1,
    "time": "2031-04-02T10:00:00+00:00",
    "article": "bridge",
    "n": 0,
    "set": {"kind": "quote"},
    "was": {"kind": None},
    "codebook": 1,
    "undoes": None,
    "also": {},
}


@pytest.mark.parametrize(
    ("lacks", "is_one"), [("codebook", True), ("undoes", True), ("n", False), ("number", False), ("set", False)]
)
def test_a_line_that_lacks_a_key_is_a_change_only_where_it_says_enough(lacks, is_one):
    assert is_change(_LINE)
    assert is_change({key: value for key, value in _LINE.items() if key != lacks}) == is_one
