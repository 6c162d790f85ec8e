import pytest
from said import candidate, seen, words_of

from sayso.classify.speech.forms.side_clauses import SIDE, mark_side_clauses


def forms(text, *candidates):
    """Give the forms of a text's attributions once side clauses are marked."""
    viewed = seen(text)
    return [c.form for c in mark_side_clauses(viewed, [candidate(viewed, *one) for one in candidates])]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Whatever the palace says, bread has doubled in price.", "the palace", "says", "Whatever"),
        ("While the army says it has left, its tanks still stand here.", "the army", "says", "it has left"),
        ("The ferry sailed again on Friday, with Portlink saying it was sound.", "Portlink", "saying", "it was sound"),
        ("The dam was built even though the guild warned of floods.", "the guild", "warned", "of floods"),
        ("The fair has grown so large that the mayor says it is a town.", "the mayor", "says", "it is a town"),
        ("The pier will be torn down in May, but the club says it will sue.", "the club", "says", "it will sue"),
    ],
)
def test_speech_beside_a_main_clause_is_marked(text, source, cue, content):
    assert forms(text, (source, cue, content)) == [SIDE]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The palace says that bread is cheap, while the poor go hungry.", "The palace", "says", "that bread is cheap"),
        ("But the mayor said that the pier would stay.", "the mayor", "said", "that the pier would stay"),
        ("The pier is shut, the mayor said.", "the mayor", "said", "The pier is shut"),
        ("It rained, and the mayor said that the pier would stay shut for a year.", "the mayor", "said", "that the pier"),
        ("The ferry sailed on Friday as Portlink said, “We will not stop.”", "Portlink", "said", "“We will not stop.”"),
    ],
)
def test_other_speech_is_left(text, source, cue, content):
    assert forms(text, (source, cue, content)) == [""]


def test_speech_in_both_clauses_is_left():
    text = "While the army says it has left, the mayor says tanks still stand here."
    both = ("the army", "says it", "it has left"), ("the mayor", "says tanks", "tanks still stand here")
    assert forms(text, *both) == ["", ""]


def test_the_main_clause_is_cut_off_a_source():
    viewed = seen("Prices rose fast in May, with traders saying they had seen worse.")
    given = candidate(viewed, "Prices rose fast in May, with traders", "saying", "they had seen worse")
    [found] = mark_side_clauses(viewed, [given])
    assert (words_of(viewed, found.source), found.form) == ("traders", SIDE)
