from dataclasses import replace

import pytest
from builders import labelled_article

from sayso.data.codebook.changes import labels_not_in
from sayso.data.codebook.given import given_before_changes, versions_by_label
from sayso.data.codebook.reading import parse_codebook

BOOK = """
name = "Frames"

[[column]]
name = "frame"
question = "{question}"
[[column.labels]]
name = "{loss}"
text = "{text}"
[[column.labels]]
name = "gain"
"""


def book(version, question="Which frame?", loss="loss", text="Somebody loses."):
    of = parse_codebook(BOOK.format(question=question, loss=loss, text=text), f"{version}.toml")
    return replace(of, version=version)


ARTICLE = labelled_article(
    "quay",
    ("The quay at Vinn sank.", {"extra": {"frame": "loss", "codebook": "1"}}),
    ("Two boats went down.", {"kind": "narrative", "extra": {"frame": "loss", "codebook": '{"kind": 1, "frame": 2}'}}),
    ("Nobody was hurt.", {"extra": {"frame": "gain", "codebook": "1"}, "stance": {"Vinn": "favor"}}),
    ("A crane came.", {"extra": {"frame": "loss"}}),
)


def test_labels_are_counted_by_the_version_under_which_each_was_given():
    assert versions_by_label([ARTICLE]) == {
        "frame": {"loss": {1: 1, 2: 1}, "gain": {1: 1}},
        "kind": {"narrative": {1: 1}},
        "stance": {"favor": {1: 1}},
    }


def test_of_labels_that_are_gone_it_is_told_under_which_version_they_were_given():
    given = versions_by_label([ARTICLE])
    told = labels_not_in(book(3, loss="harm", text="Worse."), {"frame": {"loss": 3, "gain": 1}}, (), given)
    assert told == [
        "frame: 'loss' is not a label of the codebook; 3 sentences with it, given under version 1 (1), version 2 (1)."
    ]


@pytest.mark.parametrize(
    ("first", "labels"),
    [({"text": "Money is lost."}, ["loss"]), ({"question": "What is it about?"}, ["loss", "gain"]), ({}, [])],
)
def test_labels_that_were_given_before_their_meaning_changed_are_told(first, labels):
    older = [book(1, **first), book(2), book(3)]
    assert given_before_changes(book(3), versions_by_label([ARTICLE]), older) == [
        f"frame: {label!r} had another meaning in version 1, under which it was given; 1 sentence to check again."
        for label in labels
    ]
