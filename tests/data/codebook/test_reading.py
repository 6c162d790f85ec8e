import pytest

from sayso.data.codebook.reading import default_codebook, parse_codebook
from sayso.data.codebook.writing import as_toml
from sayso.errors import SaysoError

SHORT = """
[[column]]
name = "topic"
question = "What is the sentence about?"
labels = ["war", "economy", "other"]
"""


def test_three_lines_are_a_codebook():
    codebook = parse_codebook(SHORT, "mine.toml")
    assert [column.name for column in codebook.columns] == ["kind", "source_type", "bias", "stance", "attribution", "topic"]
    assert codebook.own_columns() == {"topic": ("war", "economy", "other")}
    assert parse_codebook(as_toml(codebook), "again") == codebook


def test_what_comes_along_reads_back_as_it_is_written():
    assert parse_codebook(as_toml(default_codebook()), "again") == default_codebook()


def test_a_key_that_is_given_twice_is_refused():
    text = '[[column]]\nname = "topic"\nlabels = [{name = "war", key = "w"}, {name = "weather", key = "w"}]'
    with pytest.raises(SaysoError, match="label 'weather': the key 'w' is that of 'war' in 'topic' already"):
        parse_codebook(text, "mine.toml")
