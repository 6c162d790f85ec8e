from dataclasses import replace

import pytest
from said import candidate, seen

from sayso.classify.kinds.reading import Reading
from sayso.classify.speech.deeds import DEED
from sayso.classify.speech.forms.quoted_speech import quoted_speech
from sayso.classify.speech.leanings import leanings
from sayso.classify.speech.plain_speech import marked_speech, plain_clauses


def reading(text, *given):
    """Read a text in which the model has found one attribution."""
    viewed = seen(text)
    return Reading.of(viewed, [candidate(viewed, *given, score=0.6)])


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("The party condemned the attack.", ("The party", "condemned", "the attack")),
        ("The opposition demanded an inquiry.", ("The opposition", "demanded", "an inquiry")),
        ("The health ministry’s figures show 400 cases.", ("The health ministry’s figures", "show", "400 cases")),
        ("In a video on Telegram, the rebel chief called it a trap.", ("the rebel chief", "called", "it a trap")),
        ("Services will not run, Northway says.", ("Northway", "says", "Services will not run")),
    ],
)
def test_a_clause_of_speech_and_no_more_is_attributed(text, given):
    assert [n for n, leaning in plain_clauses(reading(text, *given)) if leaning.attributed > 0] == [0]


@pytest.mark.parametrize(("score", "n_found"), [(0.9, 1), (0.6, 0)])
def test_a_clause_that_ends_with_a_verb_of_speech_is_attributed_where_the_model_is_sure(score, n_found):
    viewed = seen("Boarding starts earlier, Northway cautions.")
    given = candidate(viewed, "Northway", "cautions", "Boarding starts earlier", score=score)
    assert len(list(plain_clauses(Reading.of(viewed, [given])))) == n_found


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("In recent weeks, people calling for peace met.", ("people", "calling for", "peace")),
        ("We condemned the attack.", ("We", "condemned", "the attack")),
        ("The farmer painted the barn.", ("The farmer", "painted", "the barn")),
        ("When the party condemned the attack, it was late in the evening.", ("the party", "condemned", "the attack")),
    ],
)
def test_other_clauses_are_left_to_the_model(text, given):
    assert list(plain_clauses(reading(text, *given))) == []


@pytest.mark.parametrize(
    ("text", "given", "is_quote"),
    [
        ("“Never mind,” laughed coach Dan Hurd.", ("coach Dan Hurd", "laughed", "“Never mind,”"), True),
        ("The mayor said: “It is only a bridge.”", ("The mayor", "said", "“It is only a bridge.”"), True),
        ("The mayor called it “a total disgrace”.", ("The mayor", "called", "it “a total disgrace”"), False),
        (
            "The firm said the rule “may cost some shops half of it”.",
            ("The firm", "said", "the rule “may cost some shops half of it”"),
            True,
        ),
        (
            "The firm said the rule “to cost some shops half of it”.",
            ("The firm", "said", "the rule “to cost some shops half of it”"),
            False,
        ),
        ("He sold “magic” pills, she said.", ("she", "said", "He sold “magic” pills"), False),
    ],
)
def test_all_that_is_said_in_marks_makes_a_quotation(text, given, is_quote):
    assert [n for n, _ in marked_speech(reading(text, *given))] == ([0] if is_quote else [])


def test_a_deed_leans_against_being_attributed():
    viewed = seen("The senate rejected the bill.")
    given = candidate(viewed, "The senate", "rejected", "the bill")
    marked = Reading.of(viewed, [replace(given, form=DEED)])
    assert [leaning.attributed < 0 for _, leaning in leanings(marked)] == [True]


@pytest.mark.parametrize(
    ("text", "n_quotes"),
    [
        ("The captain looked at the recruits.\n\n“You will sleep in the snow.”\n\nThey saluted.", 1),
        ("The captain looked at the recruits.\n\n“You will sleep in the snow” is what it says.\n\nThey saluted.", 0),
    ],
)
def test_a_quotation_without_a_cue_is_one_where_it_is_all_of_its_sentence(text, n_quotes):
    viewed = seen(text)
    read = Reading.of(viewed, quoted_speech(viewed, []))
    assert [n for n, leaning in marked_speech(read) if leaning.quote > 0] == [1] * n_quotes
