import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import candidate, said, seen

from sayso.classify.speech.forms.quoted_speech import UNCUED, quoted_speech
from sayso.classify.speech.forms.stretches import is_speech, quotations_of

UNION = "“We were never asked,” said Kaja Moll, head of the fishers’ union."


def with_cue(text):
    """Read a text that opens with the union's sentence, of which the model has found the attribution."""
    viewed = seen(text)
    return viewed, quoted_speech(viewed, [candidate(viewed, "Kaja Moll", "said", "“We were never asked,”")])


@pytest.mark.parametrize(
    ("behind", "last"),
    [
        (
            "\n\n“Two boats are gone. The third has no engine.\n\n“Who will answer for that?”\n\nThe hearing goes on.",
            "answer for that?",
        ),
        ("\n\n“Two boats are gone.”", "boats are gone."),
        (" “Two boats are gone. The third has no engine.”", "no engine."),
        (" She sighed. “Two boats are gone.”", "boats are gone."),
    ],
)
def test_a_quotation_keeps_its_speaker_to_the_end(behind, last):
    viewed, found = with_cue(UNION + behind)
    spoken = [c for c in found if c.cue]
    assert said(viewed, spoken[0])[1].endswith(last) or any(said(viewed, c)[1].endswith(last) for c in found)
    assert {said(viewed, c)[0] for c in found} <= {"Kaja Moll", "She"}


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Ada Brenn has sold fish here for 40 years.\n\n“I have never seen it.”", "Ada Brenn", "I have never seen it."),
        ("Mayor Ana Reis faced the crowd.\n\n“You will get your money.”", "Mayor Ana Reis", "You will get your money."),
        ("Brenn shook his head. “It is brown.”", "Brenn", "It is brown."),
        ("The old man put down his cup. “It is brown.”", "The old man", "It is brown."),
        ("The plant closed in May.\n\n“It is brown.” She shook her head.", "She", "It is brown."),
        ("The plant closed in May.\n\n“It is a shame for us all.”", None, "It is a shame for us all."),
        ("Residents gathered at the gate.\n\n“It is a shame for us all.”", None, "It is a shame for us all."),
        ("Her neighbour, Ivo Stark, is 60.\n\n“I will not find work.”", "Ivo Stark", "I will not find work."),
        ("Rain fell.\n\nHer neighbour Ivo Stark nodded. “I will not find work.”", "Ivo Stark", "I will not find work."),
        ("Rain fell.\n\nThe letter that Ada Brenn sent is short. “We are well here.”", "Ada Brenn", "We are well here."),
        ("The budget – Ana Ruiz: “It will not hold.”", "Ana Ruiz", "It will not hold."),
        ("Rain fell.\n\nAsked about the strike, Ivo Stark shrugged. “It is over.”", "Ivo Stark", "It is over."),
        ("Rain fell.\n\nIts chief executive resigned. “I take the blame.”", "Its chief executive", "I take the blame."),
        ("Rain fell.\n\nAna Ruiz (Green): “We will fix the pipes first.”", "Ana Ruiz", "We will fix the pipes first."),
        ("Rain fell.\n\nBen Lowe, 34, a teacher: “I would tax the wells.”", "Ben Lowe", "I would tax the wells."),
        ("Rain fell.\n\nThe claim drew an answer from the Velm mayor: “It is a lie.”", "the Velm mayor", "It is a lie."),
        ("Bus driver Ivo Stark points to the hole.\n\n“It is a lie.”", "Bus driver Ivo Stark", "It is a lie."),
        ("It rained when Ivo Stark came home.\n\n“It is a shame for us all.”", None, "It is a shame for us all."),
        ("Rain fell, and then came a letter from the bishop: “It is a lie.”", "the bishop", "It is a lie."),
        ("“It is a shame for us all.”", None, "It is a shame for us all."),
        ("Rain fell.\n\nIvo Stark turned round: “It is a shame.”", "Ivo Stark", "It is a shame."),
    ],
)
def test_a_quotation_without_a_cue_gets_the_speaker_that_a_reader_gives_it(text, speaker, content):
    viewed = seen(text)
    [found] = quoted_speech(viewed, [])
    assert said(viewed, found) == (speaker, content)
    assert (found.form, found.cue) == (UNCUED, None)


def test_two_who_speak_in_turn_are_told_apart():
    viewed = seen("“Who pays?” asked Lena Holt.\n\n“Not us,” said Piet Rask.\n\n“Then who?”\n\n“The town.”")
    holt = candidate(viewed, "Lena Holt", "asked", "“Who pays?”")
    rask = candidate(viewed, "Piet Rask", "said", "“Not us,”")
    spoken = [said(viewed, c) for c in quoted_speech(viewed, [holt, rask])]
    assert spoken == [
        ("Lena Holt", "Who pays?"),
        ("Piet Rask", "Not us,"),
        ("Lena Holt", "Then who?"),
        ("Piet Rask", "The town."),
    ]


def test_who_speaks_next_but_one_spoke_before():
    viewed = seen("“No,” said Ben Holm.\n\n“Why not?”\n\n“It is late.”\n\n“It was late in May,” said Kaja Moll.")
    holm = candidate(viewed, "Ben Holm", "said", "“No,”")
    moll = candidate(viewed, "Kaja Moll", "said Kaja", "“It was late in May,”")
    speakers = [said(viewed, c)[0] for c in quoted_speech(viewed, [holm, moll])]
    assert speakers == ["Ben Holm", "Kaja Moll", "Kaja Moll"] or speakers == [
        "Ben Holm",
        "Kaja Moll",
        "Ben Holm",
        "Kaja Moll",
    ]


def test_a_dash_between_quotations_parts_speakers():
    viewed = seen("Osk waits.\n\n“Is it true that you knew?” — “I knew nothing.” — “Your name is on it.”")
    assert [said(viewed, c)[1] for c in quoted_speech(viewed, [])] == [
        "Is it true that you knew?",
        "I knew nothing.",
        "Your name is on it.",
    ]


def test_who_was_asked_answers():
    viewed = seen("“I did it,” said Nils Holt. He sat down.\n\nThe judge asked him why.\n\n“I was cold.”")
    holt = candidate(viewed, "Nils Holt", "said", "“I did it,”")
    asked = candidate(viewed, "The judge", "asked", "why")
    assert said(viewed, quoted_speech(viewed, [holt, asked])[-1]) == ("Nils Holt", "I was cold.")


def test_an_answer_in_a_new_paragraph_is_taken_from_who_asked():
    viewed = seen("“Is she within?” said Tom Orr to the landlord.\n\n“She went out.”\n\n“Alone?”\n\n“With her uncle.”")
    asked = candidate(viewed, "Tom Orr", "said", "“Is she within?”", "“She went out.”", "“Alone?”", "“With her uncle.”")
    spoken = [said(viewed, c) for c in quoted_speech(viewed, [asked])]
    assert [words for _, words in spoken][1:] == ["She went out.", "With her uncle."]
    assert spoken[0][0] == "Tom Orr"


def test_a_deed_behind_a_quotation_is_not_said():
    viewed = seen("Rask met his tenant. He said, “Not us!” and left.")
    [found] = quoted_speech(viewed, [candidate(viewed, "He", "said", "“Not us!” and left")])
    assert said(viewed, found) == ("He", "Not us!")


def test_a_possible_attribution_of_the_same_words_is_not_kept_beside_one_that_is_told():
    viewed = seen("Osk waits.\n\n“I told you so. Nobody listens to me.”")
    possible = candidate(viewed, "I", "told", "Nobody listens to me", score=0.3)
    assert [said(viewed, c) for c in quoted_speech(viewed, [possible])] == [(None, "I told you so. Nobody listens to me.")]


def test_a_text_may_end_behind_a_quotation():
    viewed = seen("“We left,” said Moll.\n\n“It was a gift. And a gift,” he")
    assert said(viewed, quoted_speech(viewed, [candidate(viewed, "Moll", "said", "“We left,”")])[0])[0] == "Moll"


@pytest.mark.parametrize(
    "text",
    [
        "He sold “magic” pills at a “clinic” in Osk.",
        "Carl “Bud” Lowe ran the mine.",
        "Her book, “The Long Way Home,” sold well.",
        "The song “We Shall Overcome” was heard again.",
        "He called it “the worst year of all” in the log.",
    ],
)
def test_words_and_titles_in_marks_are_no_speech(text):
    assert quoted_speech(seen(text), []) == []


def test_what_is_reported_within_a_quotation_becomes_a_report_within():
    viewed = seen("“We were never asked,” said Moll.\n\n“Two boats are gone. Rask said the third had no engine.”")
    moll = candidate(viewed, "Moll", "said", "“We were never asked,”")
    at = len(viewed.words) - 10
    inner = candidate(viewed, "Rask", "Rask said", "the third had no engine")
    assert inner.anchor > at - 5
    [found] = quoted_speech(viewed, [moll, inner])
    assert said(viewed, found) == (
        "Moll",
        "We were never asked,” said Moll.\n\n“Two boats are gone. Rask said the third had no engine.",
    )
    assert [c.anchor for c in found.nested] == [inner.anchor]


@given(
    st.lists(st.sampled_from(["“", "”", '"', "‘", "’", "We know.", "Rask said so.", "\n\n", "yes", "He left."]), max_size=30)
)
@settings(max_examples=150, deadline=None)
def test_nothing_is_said_twice_and_everything_lies_in_the_text(pieces):
    viewed = seen(" ".join(pieces))
    found = quoted_speech(viewed, [])
    tokens = [t for c in found for t in c.content.tolist()]
    assert len(tokens) == len(set(tokens))
    assert all(0 <= t < len(viewed.words) for t in tokens)
    spoken = [q for q in quotations_of(viewed) if is_speech(viewed, q)]
    assert {t for q in spoken for t in range(q.first, q.last)} <= set(tokens)


def test_who_is_turned_to_answers_and_who_asks_goes_on():
    viewed = seen(
        "Judge Ida Moll turned to the grocer Ivo Stark.\n\n“Were you alone?” she asked.\n\n“I was.”\n\n“All night long?”"
    )
    asked = candidate(viewed, "she", "asked", "“Were you alone?”")
    assert [said(viewed, c)[0] for c in quoted_speech(viewed, [asked])] == ["she", "Ivo Stark", "she"]


def test_a_colon_takes_a_quotation_from_who_acts_before():
    viewed = seen("Lund mentioned it again, and got a reply from the Velm mayor: “It is a lie.”")
    given = candidate(viewed, "Lund", "mentioned", "it again", "“It is a lie.”")
    assert [said(viewed, c) for c in quoted_speech(viewed, [given])] == [
        ("Lund", "it again"),
        ("the Velm mayor", "It is a lie."),
    ]
