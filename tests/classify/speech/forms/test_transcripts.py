import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import candidate, said, seen, words_of

from sayso.classify.speech.forms.transcripts import QUESTION, TURN, transcripts

RADIO = "Mladenov: The state has kept its word. We have paid.\n\nHost: And the opposition?\n\nMladenov: It has no plan."
PAPER = (
    "The Courier: You voted against it. Why?\n\nHalvard Moe: It had no money for us.\n\n"
    "The Courier: And now?\n\nHalvard Moe: Now I wait."
)
HEARING = (
    "SEN. ANA RUIZ (D-Ohio): Were you there?\n\nTHE WITNESS: I was. (Laughter)\n\n[crosstalk]\n\n"
    "RUIZ: At night?\n\nTHE WITNESS: Yes."
)
GLUED = "HOST: Who pays? RASK: We do. It costs little. HOST: Thank you."
INTERVIEW = (
    "Lund on trains\n\nRico Lund has run the depot since 2012.\n\nHow did you start?\n\nI swept floors.\n\nMy uncle did.\n\n"
    "Do you like it?\n\nI do.\n\nWill you stay?\n\nWe will see.\n\n"
    "The depot is in Osk."
)
BOLD_THEN_LABELS = (
    "Keel on trains\n\nIrma Keel runs a depot.\n\nWhen did you start?\n\nIn 2012.\n\nPost: Will it pay?\n\n"
    "Keel: No. I hope not."
)
EXPLAINER = (
    "The tax\n\nWho has to pay?\n\nAnybody who owns a car.\n\nWhen do you pay?\n\nIn June.\n\n"
    "What if you forget?\n\nA letter comes."
)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            RADIO,
            [
                ("Mladenov", "The state has kept its word. We have paid."),
                ("Host", "And the opposition?"),
                ("Mladenov", "It has no plan."),
            ],
        ),
        (
            PAPER,
            [
                ("The Courier", "You voted against it. Why?"),
                ("Halvard Moe", "It had no money for us."),
                ("The Courier", "And now?"),
                ("Halvard Moe", "Now I wait."),
            ],
        ),
        (
            HEARING,
            [
                ("SEN. ANA RUIZ", "Were you there?"),
                ("THE WITNESS", "I was."),
                ("RUIZ", "At night?"),
                ("THE WITNESS", "Yes."),
            ],
        ),
        (GLUED, [("HOST", "Who pays?"), ("RASK", "We do. It costs little."), ("HOST", "Thank you.")]),
        (
            INTERVIEW,
            [
                (None, "How did you start?"),
                ("Rico Lund", "I swept floors.\n\nMy uncle did."),
                (None, "Do you like it?"),
                ("Rico Lund", "I do."),
                (None, "Will you stay?"),
                ("Rico Lund", "We will see."),
            ],
        ),
        (
            BOLD_THEN_LABELS,
            [(None, "When did you start?"), ("Keel", "In 2012."), ("Post", "Will it pay?"), ("Keel", "No. I hope not.")],
        ),
        ("Q: Where were you? A: At home. Q: Alone?", [(None, "Where were you?"), (None, "At home."), (None, "Alone?")]),
        (
            "Osk Radio spoke to Ida Moll.\n\nMs Moll, when will it open?\n\n"
            "We hope soon.\n\nWhat will you pay?\n\nI do not know."
            "\n\nAnd who helps?\n\nNobody, I fear.",
            [
                (None, "Ms Moll, when will it open?"),
                ("Ida Moll", "We hope soon."),
                (None, "What will you pay?"),
                ("Ida Moll", "I do not know."),
                (None, "And who helps?"),
                ("Ida Moll", "Nobody, I fear."),
            ],
        ),
        (
            "Engineer Nils Holt leads the search.\n\nQ: Why did it break?\n\nA: The gates were old.",
            [(None, "Why did it break?"), ("Engineer Nils Holt", "The gates were old.")],
        ),
        (
            "Q. Where were you?\n\nA. At home.\n\nQ. Alone?",
            [(None, "Where were you?"), (None, "At home."), (None, "Alone?")],
        ),
        (
            "Daily Star: You lost.\n\nIvo Stark: We did.\n\nDS: Why?\n\nIS: The pitch.",
            [("Daily Star", "You lost."), ("Ivo Stark", "We did."), ("DS", "Why?"), ("IS", "The pitch.")],
        ),
        (
            '"WALLIS: Who pays?\n\n"PRYCE: We do.\n\n"WALLIS: All of it?"',
            [("WALLIS", "Who pays?"), ("PRYCE", "We do."), ("WALLIS", "All of it?")],
        ),
        (
            "[00:12] HOST: You left. Why?\n\n[00:15] LUND: It left me.",
            [("HOST", "You left. Why?"), ("LUND", "It left me.")],
        ),
        (
            "NADIA ORR: What did you see?\n\nFARMER #1: Dogs.\n\nFARMER #2: I saw water.\n\nORR (voice-over): It broke.",
            [
                ("NADIA ORR", "What did you see?"),
                ("FARMER #1", "Dogs."),
                ("FARMER #2", "I saw water."),
                ("ORR", "It broke."),
            ],
        ),
        (
            "Q Mr. Hale, will you sign?\n\nTHE PRESIDENT: I will.",
            [(None, "Mr. Hale, will you sign?"), ("THE PRESIDENT", "I will.")],
        ),
        (
            "Here is how it went. Ruiz: “You paid.” Holt: “I did not.” Ruiz: “Twice!” The crowd laughed.",
            [("Ruiz", "You paid."), ("Holt", "I did not."), ("Ruiz", "Twice!")],
        ),
    ],
)
def test_each_turn_is_one_quotation_of_who_speaks(text, turns):
    viewed = seen(text)
    found = transcripts(viewed, [])
    assert [said(viewed, c) for c in found] == turns
    assert {c.form for c in found} <= {TURN, QUESTION}
    assert all(c.cue is None for c in found)


@pytest.mark.parametrize(
    "text",
    [
        EXPLAINER,
        "Q: How do I vote? A: By post. Q: When must I do it? A: You have time until May.",
        "The tax in brief\n\nQ: Who pays the tax?\n\nA: Owners of cars.\n\nQ: When?\n\nA: In June.",
        "What to know\n\nLocation: The old mill in Osk.\n\nTime: When you like.\n\nLocation: We meet inside.",
        "The vote\n\nOhio 3: Iowa 2.\n\nOhio 4: Iowa 1.",
        "The candidates\n\nHolt: Would raise the rate.\n\nRuiz: Opposes it.\n\nHolt: Free meals.\n\nRuiz: None.",
        "Osk beats Velm\n\nHolm: We will not yield\n\nThe match ended late.",
        "The mayor: a portrait\n\nShe was born in Osk. Her motto: Do it yourself.",
        "Why do we wait?\n\nI asked a friend.\n\nHe did not know.",
    ],
)
def test_lists_headlines_and_explainers_are_no_conversations(text):
    assert transcripts(seen(text), []) == []


def test_only_who_asks_for_a_newspaper_is_media():
    assert [c.form for c in transcripts(seen(PAPER), [])] == [QUESTION, TURN, QUESTION, TURN]
    assert {c.form for c in transcripts(seen(HEARING), [])} == {TURN}


def test_a_later_label_stands_for_the_full_name_in_the_first():
    viewed = seen(HEARING)
    third = transcripts(viewed, [])[2]
    assert (words_of(viewed, third.source), words_of(viewed, third.speaker)) == ("RUIZ", "SEN. ANA RUIZ")


def test_a_label_in_capitals_is_the_name_as_it_is_printed_elsewhere():
    viewed = seen("THE COURT: Mr. Holm, are you ready?\n\nMR. HOLM: I am. We can begin.\n\nTHE COURT: Then begin.")
    [holm] = [c for c in transcripts(viewed, []) if words_of(viewed, c.source) == "MR. HOLM"]
    assert words_of(viewed, holm.speaker).endswith("Holm")


def test_the_article_goes_on_where_it_speaks_about_the_speakers():
    viewed = seen(RADIO + "\n\nMladenov said later that taxes would fall. Nobody asked.")
    outside = candidate(viewed, None, "said", "taxes would fall")
    found = transcripts(viewed, [outside])
    assert [said(viewed, c) for c in found][-2:] == [("Mladenov", "It has no plan."), (None, "taxes would fall")]


def test_what_is_reported_in_a_turn_is_kept_within_it():
    viewed = seen("HOST: Who pays?\n\nRASK: Lund said we would pay. I doubt it.")
    found = transcripts(viewed, [candidate(viewed, "Lund", "said", "we would pay")])
    assert [said(viewed, c)[1] for c in found] == ["Who pays?", "Lund said we would pay. I doubt it."]
    assert [words_of(viewed, c.source) for c in found[1].nested] == ["Lund"]


PIECES = ["Q: ", "A: ", "HOST: ", "Rask: ", "“", "”", "Why?", "I know.", "He left.", "\n\n", "(laughs)", "You paid. "]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=150, deadline=None)
def test_turns_lie_in_the_text_and_do_not_overlap(pieces):
    viewed = seen(" ".join(pieces))
    found = transcripts(viewed, [])
    tokens = [t for c in found for t in c.content.tolist()]
    assert len(tokens) == len(set(tokens))
    assert all(0 <= t < len(viewed.words) for t in tokens)
    assert len({c.anchor for c in found}) == len(found)


def test_readers_questions_that_somebody_answers_are_a_conversation():
    viewed = seen(
        "Dr. Ida Moll answered readers’ questions.\n\nQuestion: Should I boil it?\n\nAnswer: Yes, for a minute.\n\n"
        "Question: And at night?\n\nAnswer: At night as well."
    )
    found = transcripts(viewed, [])
    assert [(words_of(viewed, c.speaker), c.form) for c in found] == [
        (None, QUESTION),
        ("Dr. Ida Moll", TURN),
        (None, QUESTION),
        ("Dr. Ida Moll", TURN),
    ]


@pytest.mark.parametrize(
    ("introduction", "form"), [("From the inquest into the fire.", TURN), ("A talk about fire.", QUESTION)]
)
def test_who_asks_at_a_hearing_asks_for_no_newspaper(introduction, form):
    viewed = seen(
        introduction + "\n\nMs. Roe: When did you wake?\n\nMr. Falk: At nine. I ran.\n\nMs. Roe: Alone?\n\nMr. Falk: Yes."
    )
    assert transcripts(viewed, [])[0].form == form
