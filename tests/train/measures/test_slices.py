import pytest
from builders import labelled_article

from sayso.errors import SaysoError
from sayso.train.evaluation.predictions import Unit
from sayso.train.measures.slices import column_values, value_of


@pytest.fixture
def articles():
    first = labelled_article(
        "a", ("It rained.", {"kind": "narrative", "extra": {"mood": "calm"}}), meta={"target": "rain", "split": "test"}
    )
    return [first, labelled_article("b", ("It snowed.", {}), outlet="The Quay", date="2024-05-19")]


UNITS = [Unit(0, 0, ""), Unit(1, 0, "")]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("article_target", ["rain", ""]),
        ("target", ["rain", ""]),
        ("outlet", ["", "The Quay"]),
        ("date", ["", "2024-05-19"]),
        ("mood", ["calm", ""]),
        ("split", ["test", ""]),
        ("article", ["a", "b"]),
        ("kind", ["narrative", ""]),
    ],
)
def test_a_column_is_found_under_the_name_that_it_has_in_the_data(articles, column, values):
    assert column_values(articles, UNITS, column).tolist() == values


def test_a_label_of_the_sentence_comes_before_what_is_said_of_the_article(articles):
    both = labelled_article("c", ("It hailed.", {"extra": {"target": "hail"}}), meta={"target": "rain"})
    assert value_of(both, both.sentences[0], "target") == "hail"
    assert value_of(both, both.sentences[0], "article_target") == "rain"


def test_columns_are_named_as_the_data_names_them(articles):
    with pytest.raises(SaysoError, match=r"^no sentence has a value in column 'desk'") as error:
        column_values(articles, UNITS, "desk")
    assert str(error.value) == (
        "no sentence has a value in column 'desk'; columns in the data: article_target, date, kind, mood, outlet."
    )
