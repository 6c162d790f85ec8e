import pytest
from said import candidate, said, seen, words_of

from sayso.classify.speech.forms.blocks import BLOCK, blocks
from sayso.classify.speech.forms.inverted_clauses import inverted_clauses
from sayso.classify.speech.forms.quoted_speech import quoted_speech
from sayso.classify.speech.source_spans import INVERTED

BRIDGE = "\n\nThe bridge is from 1905."


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The mayor wrote on her page:\n\nWe will not close it. Nobody asked me.",
            "The mayor",
            "We will not close it. Nobody asked me.",
        ),
        (
            "In a letter, Nils Holt wrote:\n\nDear all,\n\nI have bad news.\n\nI am sorry.",
            "Nils Holt",
            "Dear all,\n\nI have bad news.\n\nI am sorry.",
        ),
        (
            "The statement of the ministry reads:\n\nThe ship left at dawn.",
            "The statement of the ministry",
            "The ship left at dawn.",
        ),
        ("The minister tweeted: I am tired of this. We will act.", "The minister", "I am tired of this. We will act."),
        (
            "The mayor said:\n\n• It is safe.\n\n• It will open in June.",
            "The mayor",
            "• It is safe.\n\n• It will open in June.",
        ),
    ],
)
def test_a_block_behind_a_colon_is_said_by_whom_the_sentence_names(text, source, content):
    viewed = seen("Osk waits.\n\n" + text + BRIDGE)
    [found] = blocks(viewed, [])
    assert said(viewed, found) == (source, content)
    assert (found.form, found.cue is None) == (BLOCK, False)


@pytest.mark.parametrize(
    ("notice", "source"),
    [
        ("Read Governor Ines Pardo's statement in full below.", "Governor Ines Pardo"),
        ("The full text of Ines Pardo's speech follows.", "Ines Pardo"),
        ("Here is the full letter from the chairman.", "the chairman"),
        ("Her full statement is below.", "Her"),
    ],
)
def test_what_is_printed_below_a_notice_is_said_by_whom_it_names(notice, source):
    viewed = seen("Osk waits.\n\n" + notice + "\n\nFriends, I leave you. It was an honour." + BRIDGE)
    [found] = blocks(viewed, [])
    assert said(viewed, found) == (source, "Friends, I leave you. It was an honour.")


@pytest.mark.parametrize("notice", ["The full report is below the table.", "The bridge's full load is below nine tons."])
def test_other_things_below_are_no_speech(notice):
    assert blocks(seen("Osk waits.\n\n" + notice + "\n\nWe saw the bridge in May." + BRIDGE), []) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said: Nobody will pay. The bridge is old.",
        "The mayor wrote on her page:\n\n“We will not close it.”",
        "There were three reasons:\n\nThe bridge is old.",
        "Here is what the mayor said:\n\nWhat we know so far",
    ],
)
def test_other_colons_introduce_no_block(text):
    assert blocks(seen("Osk waits.\n\n" + text + BRIDGE), []) == []


def test_what_is_reported_in_a_block_is_kept_within_it():
    viewed = seen(
        "Osk waits.\n\nThe mayor wrote:\n\nWe heard it on Sunday. The firm told us the bridge would fall." + BRIDGE
    )
    [found] = blocks(viewed, [candidate(viewed, "The firm", "told", "the bridge would fall")])
    assert said(viewed, found)[0] == "The mayor"
    assert [words_of(viewed, c.source) for c in found.nested] == ["The firm"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We want water.”\n\n— Ben Lowe, farmer\n\n“We want roads.”\n\n— Ida Moll, teacher", ["Ben Lowe", "Ida Moll"]),
        ("“We want water.”\nBen Lowe, Daily Post\n\n“We want roads.”\nIda Moll, Morning Star", ["Ben Lowe", "Ida Moll"]),
        ("Ben Lowe, 43, farmer\n\n“We want water.”\n\nIda Moll, 50, teacher\n\n“We want roads.”", ["Ben Lowe", "Ida Moll"]),
        ("“We want water.”\n\n— Ben Lowe", ["Ben Lowe"]),
        ("“We want water.” ― Ben Lowe\n“We want roads.”― Ida Moll.", ["Ben Lowe", "Ida Moll"]),
        ("“We want water…\n\n“We want it now.”\n\n— Ben Lowe", ["Ben Lowe", "Ben Lowe"]),
    ],
)
def test_a_line_beside_a_quotation_names_its_speaker(text, speakers):
    viewed = seen("Voices from the square\n\n" + text)
    assert [said(viewed, c)[0] for c in quoted_speech(viewed, [])] == speakers


def test_a_line_without_a_name_is_no_credit():
    viewed = seen("Voices from the square\n\n“We want water.”\n\nWhat happens next, and when")
    assert [said(viewed, c)[0] for c in quoted_speech(viewed, [])] == [None]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Not so fast, warned the Velm Retail Federation.", "the Velm Retail Federation", "Not so fast"),
        ("The bank, said Ida Moll, is safe.", "Ida Moll", "The bank, said Ida Moll, is safe"),
        ("Utter bunk, fumed Anglers for Osk when told of the toll.", "Anglers for Osk", "Utter bunk"),
        ("Nonsense, snapped the mayor when asked.", "the mayor", "Nonsense"),
        (
            "Under the new rules, explains notary Ida Moll of Osk, heirs pay.",
            "notary Ida Moll of Osk",
            "Under the new rules, explains notary Ida Moll of Osk, heirs pay",
        ),
        ("A farce, scoffed foreman Ola Moll as he left.", "foreman Ola Moll", "A farce"),
        ("Half of the plums are gone, fear growers.", "growers", "Half of the plums are gone"),
        ("Half of the plums are gone, fear quonkers.", "quonkers", "Half of the plums are gone"),
    ],
)
def test_a_clause_behind_a_comma_attributes_verb_first(text, source, content):
    viewed = seen("Osk waits. " + text)
    [found] = inverted_clauses(viewed, [])
    assert said(viewed, found) == (source, content)
    assert found.form == INVERTED


def test_what_somebody_is_told_belongs_to_the_tail_of_a_clause_whose_verb_is_inverted():
    viewed = seen("Utter bunk, fumed Anglers for Osk when told that the toll would rise.")
    [found] = inverted_clauses(viewed, [candidate(viewed, None, "told", "that the toll would rise.")])
    assert said(viewed, found) == ("Anglers for Osk", "Utter bunk")


@pytest.mark.parametrize(
    "text",
    ["The plan, noted the same day, failed.", "He left, said goodbye and ran.", "The law, argued over for years, fell."],
)
def test_a_participle_behind_a_comma_is_no_clause_of_speech(text):
    assert inverted_clauses(seen("Osk waits. " + text), []) == []


def test_a_pronoun_behind_the_verb_is_who_speaks():
    viewed = seen("Osk waits. “It is late,” said she, with a little laugh.")
    [found] = inverted_clauses(viewed, [candidate(viewed, "a little", "said she", "“It is late,”")])
    assert (words_of(viewed, found.source), words_of(viewed, found.cue)) == ("she", "said")
