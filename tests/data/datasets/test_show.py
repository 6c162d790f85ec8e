import pytest

from sayso.data.corpora.own import parse_article
from sayso.data.datasets.show import as_tables, describe, label_counts

ONE = """\
@id one
@target U = Union

N none | Strike ends at port
N none | The report ran long.

Q state +U ! | {t1 “We {b silly} lot,”} {c1 said} {s1 Una Berg}.
Q state | {t1 “Go home.”}
O state -U | {s2 She} {c2 denied} {t2 it}.
"""
TWO = """\
@id two

I expert | {s1 Analysts} {c1 say} {t1 so}.
N none | Snow fell.
"""


@pytest.fixture
def articles():
    return [parse_article(ONE, "one.txt"), parse_article(TWO, "two.txt")]


def test_labels_are_counted_most_frequent_first(articles):
    counts = label_counts(articles)
    assert list(counts["kind"].items()) == [
        ("narrative", 3),
        ("quote", 2),
        ("official_claim", 1),
        ("independent_assessment", 1),
    ]
    assert counts["source_type"] == {"none": 3, "state": 3, "expert": 1}
    assert counts["bias"] == {"neutral": 6, "biased": 1}
    assert counts["stance"] == {"neutral": 3, "favor": 1, "against": 1}


def test_an_article_is_described_and_the_longest_are_listed(articles):
    described = describe(articles)
    assert described["articles"][1] == {
        "article": "two",
        "split": "train",
        "sentences": 2,
        "words": 5,
        "attributions": 1,
        "kinds": {"independent_assessment": 1, "narrative": 1},
    }
    _, (title, (_, rows)) = as_tables(described, n_articles=1)
    assert title == "the 1 longest articles"
    assert rows == [("one", "train", "5", "19", "2", "narrative:2 quote:2 official_claim:1")]


def test_examples_are_drawn_evenly(articles):
    examples = describe(articles, n_examples=2)["examples"]
    assert examples["kind"]["narrative"] == ["Strike ends at port", "The report ran long."]  # the 1st and 2nd of three
    assert examples["stance"]["against"] == ["She denied it."]
