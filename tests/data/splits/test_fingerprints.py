import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.splits.fingerprints import Fingerprints

WORDS = [f"word{n}" for n in range(400)]


def groups_of(*texts):
    seen = Fingerprints()
    for text in texts:
        seen.add(text)
    return seen.groups()


def test_copies_stand_in_one_group_whatever_is_between():
    one, other = " ".join(WORDS[:200]), " ".join(WORDS[200:])
    # of 196 grams of 5 words the change of one word touches 5: 191 of 201 are the same
    changed = one.replace("word100", "else")
    assert groups_of(one, other, changed, "It rained.", one.upper()) == [[0, 2, 4]]


def test_half_of_the_words_is_too_little():
    # 96 of 196 grams are shared, of 296 in both: 0.32
    assert groups_of(" ".join(WORDS[:200]), " ".join(WORDS[100:300])) == []


def test_texts_without_words_are_no_copies():
    assert groups_of("", "…", "", "!") == []
    assert groups_of() == []


def test_many_copies_are_found_in_no_time():
    assert groups_of(*["The mayor said that it would rain."] * 600) == [list(range(600))]


@given(st.lists(st.sampled_from(["Rain fell on Orla.", "Vella won again.", "The bears stay.", ""]), max_size=12))
def test_groups_are_the_equal_texts(texts):
    numbers = {text: np.flatnonzero(np.array(texts) == text).tolist() for text in texts if text}
    assert groups_of(*texts) == sorted(group for group in numbers.values() if len(group) > 1)
