import random

import numpy as np
import pytest
from builders import labelled_article as article

from sayso.data.splits.near_articles import near_articles, shared_sentences, sketch_of, sketched_before


def words(*numbers):
    return " ".join(f"w{n}" for n in numbers)


def test_likeness_is_the_share_of_word_5_grams_in_common():
    one, other = article("a", words(*range(12))), article("b", words(*range(10), 90, 91))
    # 8 grams each, 6 of them the same: 6 of 10
    assert list(near_articles([one, other])) == [(0, 1, pytest.approx(0.6))]


def test_what_is_less_alike_than_the_limit_is_no_pair():
    one, other = article("a", words(*range(12))), article("b", words(*range(8), 90, 91, 92, 93))
    assert list(near_articles([one, other])) == []  # 4 grams of 12
    assert len(list(near_articles([one, other], like=0.3))) == 1


def test_case_punctuation_and_layout_do_not_count():
    one, other = (
        article("a", "Rain fell, again, on “the town” today."),
        article("b", "rain fell again on\n\nThe Town: today"),
    )
    assert list(near_articles([one, other])) == [(0, 1, 1.0)]


def test_short_and_empty_articles_are_compared_whole():
    found = list(
        near_articles([article("a", "Rain fell."), article("b", "Rain fell!"), article("c", "…"), article("d", "…")])
    )
    assert found == [(0, 1, 1.0)]


def test_pairs_that_are_not_worth_it_are_left_out():
    same = [article(name, words(*range(9))) for name in "abc"]
    assert {(i, j) for i, j, _ in near_articles(same, worth=lambda i, j: i != 0)} == {(1, 2)}


def test_minhash_misses_no_near_duplicate_among_many_articles():
    rng = random.Random(5)
    originals = [[rng.randrange(3000) for _ in range(200)] for _ in range(150)]
    copies = [[n if rng.random() > 0.06 else 5000 + rng.randrange(3000) for n in of] for of in originals]
    everything = [article(str(i), words(*of)) for i, of in enumerate(originals + copies)]
    grams = [{tuple(of[i : i + 5]) for i in range(196)} for of in originals + copies]
    expected = {
        (i, j) for i in range(300) for j in range(i + 1, 300) if 2 * len(grams[i] & grams[j]) >= len(grams[i] | grams[j])
    }
    assert len(expected) > 60
    assert {(i, j) for i, j, _ in near_articles(everything)} == expected


def test_sentences_of_eight_words_are_shared_shorter_ones_not():
    long, short = "The mayor of the town closed the old bridge.", "Nobody was hurt in the blast today."
    one, other = article("a", long, short), article("b", short, long.upper(), long)
    assert list(shared_sentences([one, other])) == [[0, 1]]


def test_a_text_is_known_by_the_sketch_of_one_that_is_nearly_the_same():
    storm = "The storm took the roof of the fish hall, and the ferry to Aldmar stays in the harbour until it is over."
    school = "The school of Tolle opens again in May, because its roof has been mended by parents and the fire brigade."
    known = np.stack([sketch_of(storm), sketch_of("Rain.")])
    assert known.shape == (2, 32)
    assert sketched_before([storm.upper(), f"{storm} So it was said.", school, "rain", "", " "], known) == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]
