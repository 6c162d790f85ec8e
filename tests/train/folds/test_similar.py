from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from builders import labelled_article
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.corpora.reader import GROUP
from sayso.train.folds.cross_validation import stand_alone
from sayso.train.folds.similar import LARGEST, Similar, similar_groups

BRIDGE = "The mayor of Osk opened the new bridge over the river Tarn on {}."
PLAIN = ["Nobody came.", "It was cold again.", "Prices rose.", "They left early.", "Shops closed.", "Roads froze."]


def alone(*lines):
    return [labelled_article(f"a{i}", line) for i, line in enumerate(lines)]


def test_nearly_the_same_sentences_stay_together():
    numbers, similar = similar_groups(alone(BRIDGE.format("Monday"), *PLAIN, BRIDGE.format("Tuesday")))
    assert numbers == [0, 1, 2, 3, 4, 5, 6, 0]
    assert similar == Similar(8, 7, 2, 1)
    assert similar.note == (
        "--group-similar: 8 texts in 7 groups, each kept within one fold; the largest has 2; 1 pair of "
        "near-duplicate sentences."
    )


def test_a_group_that_is_given_counts_as_one_whatever_its_size():
    """Four texts of one story and four of another share rare words: as two groups they may be joined, as eight texts not."""
    lines = [f"The Quillon dyke at Osk {verb} again." for verb in ("leaked", "sank", "burst", "gave")]
    lines += [f"At Osk the Quillon dyke was {state}." for state in ("mended", "closed", "drained", "guarded")]
    groups = ["one"] * 4 + ["two"] * 4 + [f"plain {n}" for n in range(len(PLAIN))]
    articles = [replace(a, meta={GROUP: g}) for a, g in zip(alone(*lines, *PLAIN), groups, strict=True)]
    assert set(similar_groups(articles)[0][:8]) == {0}


def test_sentences_that_share_rare_words_stay_together():
    lines = ["Trenk praised the Harrow works.", "At Harrow, Trenk cut a ribbon.", *PLAIN]
    numbers, similar = similar_groups(alone(*lines))
    assert numbers[:2] == [0, 0]
    assert (similar.groups, similar.largest, similar.near) == (7, 2, 0)


def test_rare_words_make_no_group_larger_than_five_where_there_are_few_texts():
    # one chain: each sentence shares a word with the next
    names = ["Aldra", "Bevin", "Corvo", "Dunmer", "Elgar", "Fossa", "Garn", "Hollis", "Ister", "Jarrow", "Kelda"]
    numbers, similar = similar_groups(alone(*(f"{one} {other}" for one, other in pairwise(names))))
    assert similar.largest <= 5
    assert max(Counter(numbers).values()) == similar.largest


def test_near_duplicates_are_never_parted_however_many_there_are():
    lines = [BRIDGE.format(f"the {n}th") for n in range(12)]
    numbers, similar = similar_groups(alone(*lines, *PLAIN))
    assert len(set(numbers[:12])) == 1
    assert similar.largest == 12


WORDS = st.lists(st.sampled_from("harbour mayor Trenk Osk snow tax court rail farm vote gold rain".split()), min_size=2)


@settings(max_examples=20, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_groups_are_the_same_again_and_small_but_for_near_duplicates(lines):
    articles = alone(*(" ".join(words) for words in lines))
    numbers, similar = similar_groups(articles)
    assert (numbers, similar) == similar_groups(articles)
    assert all(number <= i and numbers[number] == number for i, number in enumerate(numbers))
    if not similar.near and len({a.article.text for a in articles}) == len(articles):
        assert similar.largest <= max(5, LARGEST * len(articles))


@pytest.mark.parametrize(
    ("sentences", "expected"), [([1] * 10, True), ([1] * 9 + [2], False), ([1] * 11 + [2], True), ([3, 3], False)]
)
def test_sentences_that_stand_alone(sentences, expected):
    articles = [labelled_article(f"a{i}", *(f"Rain {i} {k}." for k in range(n))) for i, n in enumerate(sentences)]
    assert stand_alone(articles) is expected
