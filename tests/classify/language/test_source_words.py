"""What the word lists know of a phrase, and how a phrase must be printed to be known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.classify.language.first_names import gender_of_first_name, is_listed_first_name, is_surname
from sayso.classify.language.source_types import judge
from sayso.classify.language.source_words import first_names, look_up, may_begin_entry, may_end_entry
from sayso.data.lexicon import load_sources

PHRASES = [word.phrase.split() for word in load_sources()[::97]]


def known(text):
    words = text.split()
    return [(" ".join(words[m.first : m.last]), m.source_type) for m in look_up(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANA said", [("ANA", "organisation")]),
        ("Ana said", []),
        ("reporters of RIA", [("reporters", "media"), ("RIA", "media")]),
        ("Ria said", []),
        ("NATO said", [("NATO", "state")]),
        ("Nato said", [("Nato", "state")]),
        ("ACT leader", [("ACT", "political"), ("leader", "state")]),
        ("Act two", [("Act", "state")]),
    ],
)
def test_an_acronym_is_found_in_capitals_unless_the_lists_have_it_in_small_letters_too(text, expected):
    assert known(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Caravan said", [("The Caravan", "media")]),
        ("as the Caravan said", [("the Caravan", "media")]),
        ("the Caravan Hotel", [("Hotel", "organisation")]),
        ("The caravan said", []),
        ("Kohl 's said", [("Kohl 's", "organisation")]),
    ],
)
def test_a_name_has_its_capitals_at_both_ends(text, expected):
    assert known(text) == expected


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("the sarpanch", "state"),
        ("a barangay captain", "state"),
        ("two chief ministers", "state"),
        ("the ferry operator", "organisation"),
        ("the retail federation", "organisation"),
        ("the emergency management agency", "state"),
        ("angry commuters", "individual"),
        ("several rice farmers", "individual"),
        ("political observers", "expert"),
        ("disease modellers", "expert"),
        ("the rights watchdog", "monitor"),
        ("Pulse Asia", "monitor"),
        ("the Samajwadi Party", "political"),
        ("the Nigeria Labour Congress", "organisation"),
        ("the Kathmandu Post", "media"),
        ("the Lowy Institute", "expert"),
        ("the Reserve Bank of India", "state"),
        ("India ’s TDP", "political"),
        ("the authority ’s chief engineer", "state"),
    ],
)
def test_words_and_names_of_the_world(text, source_type):
    assert judge(text.split()).source_type == source_type


def test_a_post_without_an_entry_is_known_by_its_last_part():
    assert known("the lieutenant-warden") == [("lieutenant-warden", "state")]


@given(st.sampled_from(PHRASES))
def test_every_entry_is_found_as_it_is_printed(phrase):
    words = [part for word in phrase for part in word.replace("'s", " 's").split()]
    assert look_up(["quoth", *words])[0].first == 1
    assert may_begin_entry(words[0])
    assert may_end_entry(words[-1])


@pytest.mark.parametrize(
    ("word", "may_begin"),
    [
        ("minister", True),
        ("Ministers", True),
        ("ex-minister", True),
        ("hydrologist", True),
        ("quoth", False),
        ("Tolles", False),
    ],
)
def test_most_words_begin_no_entry(word, may_begin):
    assert may_begin_entry(word) is may_begin


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Chinedu", "m"), ("Nkechi", "f"), ("Kim", ""), ("Þórdís", "f"), ("Okafor", ""), ("Velm", "")],
)
def test_gender_of_first_names(name, gender):
    assert gender_of_first_name(name) == gender


def test_a_title_is_no_first_name_though_people_bear_it():
    assert is_listed_first_name("Dean")
    assert "Dean" not in first_names()
    assert "Petra" in first_names()


def test_first_names_and_surnames():
    assert [is_surname(name) for name in ("Baker", "Banks", "Okafor", "Petra")] == [True, True, True, False]
    assert [is_listed_first_name(name) for name in ("Petra", "Mitchell", "Okafor")] == [True, True, False]
