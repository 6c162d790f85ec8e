import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import candidate, seen

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.speech.corrections import corrected, exclusive

PIECES = [
    "“",
    "”",
    '"',
    "'",
    "\n\n",
    "HOST: ",
    "Q. ",
    "Rask: ",
    "— ",
    "He said ",
    "The mayor wrote:",
    "We know. ",
    "Who pays? ",
]
PIECES += ["Police: Man killed", "said she", " and left. ", "[10:05] ", "asked ", "Holm tweeted: I am.", "• "]


@pytest.fixture(scope="module")
def extractor():
    return load_annotator(bias=False).extractor


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=100, deadline=None)
def test_whatever_the_text_nothing_is_said_twice_and_all_lies_in_it(extractor, pieces):
    viewed = seen("".join(pieces))
    found = corrected(viewed, extractor.extract(viewed))
    said = [t for c in found for t in c.content.tolist()]
    assert len(said) == len(set(said))
    assert all(0 <= t < len(viewed.words) for t in said)
    assert all(len(c.content) for c in found)
    assert [c.anchor for c in found] == sorted(c.anchor for c in found)


def test_the_surer_of_two_attributions_has_the_words_that_both_say():
    viewed = seen("Holm said that Rask denied that the firm paid.")
    holm = candidate(viewed, "Holm", "said", "that Rask denied that the firm paid", score=0.6)
    rask = candidate(viewed, "Rask", "denied", "that the firm paid", score=0.9)
    first, second = exclusive([holm, rask])
    assert [viewed.words[t] for t in first.content.tolist()] == ["that", "Rask", "denied"]
    assert second is rask


def test_an_attribution_that_is_left_with_nothing_to_say_is_dropped():
    viewed = seen("Holm said that Rask denied it.")
    holm = candidate(viewed, "Holm", "said", "denied it", score=0.5)
    rask = candidate(viewed, "Rask", "denied", "denied it", score=0.9)
    assert exclusive([holm, rask]) == [rask]


def test_attributions_that_share_nothing_stay_as_they_are():
    viewed = seen("Holm said yes. Rask said no.")
    both = [candidate(viewed, "Holm", "said", "yes"), candidate(viewed, "Rask", "Rask said", "no")]
    assert exclusive(both) == both
