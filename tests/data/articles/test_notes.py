import pytest

from sayso.data.articles.sentences import find_sentences, split


def found(text):
    return [span.of(text) for span in find_sentences(text)]


@pytest.mark.parametrize(
    "note",
    [
        "[3]",
        "[12]",
        "[4][5]",
        "[4, 5]",
        " [3]",
        "[a]",
        "[note 2]",
        "[citation needed]",
        "¹",
        "²³",
        "¹,²",
        "†",
        "‡",
        "7",
        "12",
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_sentence(note):
    text = f"Roe will resign.{note} The board met on Monday.{note}\n\nNobody wept.{note}"
    assert found(text) == ["Roe will resign.", "The board met on Monday.", "Nobody wept."]


def test_a_note_behind_a_quotation_is_no_part_of_it():
    assert found("“I will resign.”[3] The board met.") == ["“I will resign.”", "The board met."]


def test_a_sentence_may_have_the_note_of_the_one_before_and_its_own():
    assert found("It passed.[12] Nobody wept.¹ It ended.") == ["It passed.", "Nobody wept.", "It ended."]


def test_an_asterisk_behind_a_sentence_is_a_note():
    assert found("Roe will resign.*\n\n*It rained.*") == ["Roe will resign.", "*It rained.*"]


@pytest.mark.parametrize(
    "text",
    [
        "It rose 2.5 points.",
        "It lasts until Aug.31.",
        "See Fig.2 below.",
        "“[The mayor] will resign.”",
        "Roe said [it] was late.",
        "[A] few people came.",
        "The vote was 5–4.",
    ],
)
def test_what_looks_like_a_note_stays(text):
    assert found(text) == [text]


def test_a_number_behind_a_missing_space_begins_a_sentence():
    assert found("Troops left the city.15 Velm soldiers died.") == ["Troops left the city.", "15 Velm soldiers died."]


def test_split_keeps_notes():
    text = "Roe will resign.[3] The board met.²"
    assert "".join(span.of(text) for span in split(text)) == "Roe will resign.[3] The board met.²"
