"""The work grows with the length of an article, also where its shape is odd: twice the text, twice the calls."""

import sys

import pytest

from sayso.classify.annotation.annotator import load_annotator
from sayso.data.records import Article

N = 240  # clauses: far more than those that are looked at one by one, and than a step of the models changes
NAMES = [
    f"{first} {start}{end}"
    for first in ("Anna", "Otto", "Greta", "Emil")
    for start in "BCDFGHKLMNPRSTVW"
    for end in ("alen", "olm", "erup", "ondal", "irke", "unnes", "yrvik")
]
SHAPES = {
    "clauses": (", ", "{} said the bridge was closed"),
    "inverted clauses": ("; ", "the bridge was closed, said {}"),
    "chain of relays": (" ", "{} told reporters that"),
    "quotations in one sentence": (", ", '"the bridge is closed," said {}'),
    "lists of names": (". ", "{}, {}, {} and {} said the bridge was closed"),
    "short quotations": (" ", '"Yes," {} said.'),
    "quotation marks": (" ", '" {} "'),
    "transcript": ("\n", "{}: The bridge is closed."),
    "paragraphs of one line": ("\n\n", "{} said the bridge was closed."),
    "one surname": (" ", "{} Roe, a farmer, said it rained. Roe left."),
    "pronouns": (" ", "{} opened the gate. She said the path was dry."),
    "dashes": (" ", "He said —"),
    "semicolons": ("; ", "{} said so"),
    "possessives": (" ", "{}'s"),
}


@pytest.fixture(scope="module")
def annotator():
    return load_annotator()


def calls(annotator, text):
    n = 0

    def count(frame, event, arg):
        nonlocal n
        n += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        annotator.annotate(Article("a", text))
    finally:
        sys.setprofile(None)
    return n


@pytest.mark.parametrize(("joint", "clause"), SHAPES.values(), ids=SHAPES)
def test_twice_the_text_takes_twice_the_calls(annotator, joint, clause):
    clauses = [clause.format(*[NAMES[(k + j) % len(NAMES)] for j in range(4)]) for k in range(2 * N)]
    short, long = joint.join(clauses[:N]), joint.join(clauses)
    annotator.annotate(Article("a", long))  # what is remembered of words and names is then the same for both
    assert calls(annotator, long) <= 2.2 * calls(annotator, short)
