import math

import pytest

from sayso.data.corpora.own import parse_article
from sayso.data.datasets.rates import has_cue_word, label_counts, rates

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


def test_every_rate_is_as_counted_by_hand(articles):
    # words: 4, 4, 6, 2, 3 and 3, 2
    assert rates(articles) == pytest.approx(
        {
            "articles": 2,
            "sentences": 7,
            "words a sentence, median": 3,
            "words a sentence, spread": math.sqrt(94 / 7 - (24 / 7) ** 2),
            "sentences of 35 words or more": 0,
            "unattributed sentences": 3 / 7,
            "unattributed in a row, mean": 1.5,  # runs of 2 and 1
            "unattributed in a row, longest": 2,
            "unattributed with a cue-like word": 1 / 3,  # report
            "quotes": 2 / 7,
            "a quote follows a quote": 1 / 2,
            "begins inside a quotation": 0,
            "quotes without a cue in the sentence": 1 / 2,
            "same kind as the sentence before": 2 / 5,
            "forms of say among cues": 2 / 3,  # said, denied, say
            "different cues in 150": math.nan,
            "sentences an article": 3.5,
            "source types an article": 1,
        },
        nan_ok=True,
    )


def test_a_sentence_begins_inside_a_quotation_that_is_still_open():
    labelled = parse_article("@id x\n\nQ state | {t1 “Rain fell.}\nQ state | {t1 Snow too,”} {c1 said} {s1 Berg}.", "x")
    assert rates([labelled])["begins inside a quotation"] == 1 / 2


def test_nothing_gives_no_figures():
    found = rates([])
    assert (found["articles"], found["sentences"], found["unattributed in a row, longest"]) == (0, 0, 0)
    assert math.isnan(found["quotes"])


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


@pytest.mark.parametrize(("text", "expected"), [("A claim was filed.", True), ("Rain fell.", False), ("", False)])
def test_a_cue_word_is_one_of_the_word_list(text, expected):
    assert has_cue_word(text) is expected
