import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import find, seen

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.speech.forms.by_sentence import ByWords, anchored, by_home

TEXT = "Ada Holm said the weir leaks. It does, she added. The council denied it. Rain fell."
WORDS = "Ada Holm said the weir leaks . It does , she added . The council denied it . Rain fell .".split()


def candidate(at, *content):
    return Candidate(at, (at, at + 1), None, np.array(content, dtype=np.int64))


def anchors(candidates):
    return [c.anchor for c in candidates]


def test_attributions_are_found_by_their_anchors():
    found = [candidate(at, 0) for at in (2, 5, 5, 9)]
    assert anchors(anchored(found, 3, 9)) == [5, 5]
    assert anchors(anchored(found, 2, 10)) == [2, 5, 5, 9]
    assert anchors(anchored(found, 6, 9)) == []


def test_each_sentence_has_the_attributions_with_their_anchors_there():
    viewed = seen(TEXT)
    assert viewed.words == WORDS
    found = [candidate(find(viewed, verb)[0], 3) for verb in ("said", "added", "denied")]
    assert {n: anchors(here) for n, here in by_home(viewed, found).items()} == {0: [2], 1: [11], 2: [15]}


@pytest.mark.parametrize(
    ("content", "sentences"),
    [((3, 4, 5), [0]), ((), [0]), ((3, 4, 5, 7, 8), [0, 1]), ((3, 4, 18, 19), [0, 3]), ((13, 14), [0, 2])],
)
def test_an_attribution_is_in_the_sentences_that_it_says_words_of_and_in_that_of_its_anchor(content, sentences):
    found = ByWords(seen(TEXT), [candidate(2, *content)])
    assert [n for n in range(4) if found.of(n)] == sentences


def test_attributions_are_put_in_and_taken_out():
    one, other, third = candidate(2, 3, 4), candidate(11, 5, 7, 8), candidate(15, 16)
    found = ByWords(seen(TEXT), [third, one])
    found.add(other)
    assert anchors(found.of(0)) == [2, 11]
    found.drop(one)
    assert anchors(found.of(0)) == [11]
    assert anchors(found.in_order()) == [11, 15]
    assert anchors(found) == [15, 11]


def test_the_neighbours_of_a_token_may_stand_in_other_sentences():
    found = ByWords(seen(TEXT), [candidate(2, 3, 4), candidate(11, 7, 8), candidate(15, 16)])
    assert anchors(found.around(4)) == [2]
    assert sorted(anchors(found.around(6))) == [2, 11]  # the first sentence's full stop
    assert sorted(anchors(found.around(7))) == [2, 11]  # the second sentence's first word
    assert anchors(found.around(0)) == [2]
    assert anchors(found.around(20)) == []


@given(st.lists(st.tuples(st.integers(0, 19), st.sets(st.integers(0, 19), min_size=1)), max_size=8))
def test_no_attribution_of_a_sentence_is_missed(made):
    viewed = seen(TEXT)
    found = [candidate(at, *sorted(content)) for at, content in made]
    index = ByWords(viewed, found)
    for n in range(4):
        touching = [c for c in found if n in {viewed.home[t] for t in (c.anchor, *c.content.tolist())}]
        assert [id(c) for c in index.of(n)] == [id(c) for c in touching]
