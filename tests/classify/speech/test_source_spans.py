import pytest
from said import candidate, seen, words_of

from sayso.classify.speech.governing_clauses import GOVERNING, add_governing
from sayso.classify.speech.source_spans import ANONYMOUS, INVERTED, UNAUTHORISED, mend_sources


def mended(text, *given):
    """Mend attributions of a text: source, words that are said, form."""
    viewed = seen(text)
    found = mend_sources(viewed, [candidate(viewed, *parts) for parts in given])
    return [(words_of(viewed, c.source), " ".join(viewed.words[t] for t in c.content.tolist()), c.form) for c in found]


@pytest.mark.parametrize(
    ("text", "given", "source", "said", "form"),
    [
        (
            "The cost of the floods has climbed to four billion crowns, said insurers on Thursday night.",
            ("crowns", "said", "insurers on Thursday night"),
            "insurers",
            "The cost of the floods has climbed to four billion crowns",
            INVERTED,
        ),
        (
            "Not so fast, warned the Velm Retail Federation.",
            (None, "warned", "the Velm Retail Federation"),
            "the Velm Retail Federation",
            "Not so fast",
            INVERTED,
        ),
        (
            "Among those to go, said the group, would be 14 women.",
            ("Among those to go", "said", "the group, would be 14 women"),
            "the group",
            "Among those to go would be 14 women",
            INVERTED,
        ),
        (
            "Behind the rise, argues economist Ama Moll of the Osk Institute, lie two dry years.",
            ("Ama", "argues", "lie two dry years"),
            "economist Ama Moll of the Osk Institute",
            "Behind the rise lie two dry years",
            INVERTED,
        ),
        (
            "The bridge, say engineers, will not last.",
            ("The bridge", "say", "engineers, will not last"),
            "engineers",
            "The bridge will not last",
            INVERTED,
        ),
        (
            "There are signs that the strike is over.",
            ("There", "are signs", "that the strike is over"),
            None,
            "that the strike is over",
            "",
        ),
        (
            "Says Mayor Tess Moll: “The gate stays shut.”",
            ("Tess Moll", "Says", "The gate stays shut."),
            "Mayor Tess Moll",
            "“ The gate stays shut . ”",
            "",
        ),
        (
            "Gary West, a delegate from Ems, said the polls were wrong.",
            ("Gary West, a delegate from Ems", "said", "the polls were wrong"),
            "Gary West, a delegate from Ems",
            "the polls were wrong",
            "",
        ),
        (
            "The mayor falsely said the dam was full.",
            ("The mayor falsely", "said", "the dam was full"),
            "The mayor",
            "the dam was full",
            "",
        ),
        (
            "The water board of Velm released a video purporting to show a leak.",
            ("The water board of Velm released a video", "purporting", "to show a leak"),
            "The water board of Velm",
            "to show a leak",
            "",
        ),
        (
            "River patrols also shared a map purporting to show the reef.",
            ("River patrols also shared a map", "purporting", "to show the reef"),
            "River patrols",
            "to show the reef",
            "",
        ),
        (
            "The figures released by Velm say rents fell.",
            ("The figures released by Velm", "say", "rents fell"),
            "The figures released by Velm",
            "rents fell",
            "",
        ),
        (
            "According to a report by observers of the Coast Commission, nobody had fired.",
            ("a report by observers of", "According to", "nobody had fired"),
            "a report by observers of the Coast Commission",
            "nobody had fired",
            "",
        ),
        (
            "Brenn, Lowe and Pryce said they would vote no.",
            ("Lowe and Pryce", "said", "they would vote no"),
            "Brenn, Lowe and Pryce",
            "they would vote no",
            "",
        ),
        (
            "Earlier, Lowe and Pryce said they would vote no.",
            ("Lowe and Pryce", "said", "they would vote no"),
            "Lowe and Pryce",
            "they would vote no",
            "",
        ),
        (
            "A police officer who did not want to be identified said two men had been shot.",
            ("who", "did not want", "to be identified said two men had been shot"),
            "A police officer who did not want to be identified",
            "two men had been shot",
            ANONYMOUS,
        ),
        (
            "It will buy 40 jets, according to a person familiar with it, who asked not to be named.",
            ("a person familiar with it", "according to", "It will buy 40 jets", "who asked not to be named"),
            "a person familiar with it",
            "It will buy 40 jets",
            "",
        ),
    ],
)
def test_the_source_is_whole_and_holds_nothing_that_is_said(text, given, source, said, form):
    assert mended(text, given) == [(source, said, form)]


def test_who_denies_a_charge_does_not_say_the_rest():
    denied = ("the council’s press office", "denied", "The bishop accused the council of theft, a charge")
    assert mended("The bishop accused the council of theft, a charge the council’s press office denied.", denied) == [
        ("The bishop", "the council of theft", INVERTED),
        ("the council’s press office", "a charge", ""),
    ]


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        (
            "Winds of ninety miles an hour will reach Ems, the weather office warned.",
            "the weather office",
            "Winds of ninety miles an hour will reach Ems",
        ),
        (
            "Wages in the ports will rise, predict economists at Brede University.",
            "economists",
            "Wages in the ports will rise",
        ),
        ("The envoy underlined the need for calm.", "The envoy", "the need for calm"),
    ],
)
def test_a_clause_of_speech_governs_a_sentence_in_which_nothing_was_found(text, source, said):
    viewed = seen(text)
    [found] = add_governing(viewed, [])
    assert (words_of(viewed, found.source), found.form) == (source, GOVERNING)
    assert " ".join(viewed.words[t] for t in found.content.tolist()) == said


def test_nothing_is_added_where_something_is_told():
    viewed = seen("The envoy underlined the need for calm, he said.")
    given = [candidate(viewed, "he", "said", "The envoy underlined the need for calm")]
    assert add_governing(viewed, given) == given


@pytest.mark.parametrize(
    "text",
    [
        "The envoy painted the barn.",
        "Judge Ida Moll turned to the accused, the grocer Ivo Stark.",
        "The envoy left, as the mayor had said.",
        "Rain fell in Ems.",
    ],
)
def test_no_speech_is_made_up(text):
    assert add_governing(seen(text), []) == []


@pytest.mark.parametrize("opening", ["Asked whether it was fair", "When asked about the fine", "Pressed on the delay"])
def test_what_somebody_was_asked_is_not_said(opening):
    text = f"{opening}, Judge Moll said nobody had complained."
    said_too = opening.split(maxsplit=2)[2]
    given = ("Judge Moll", "said", said_too, "nobody had complained")
    assert mended(text, given) == [("Judge Moll", "nobody had complained", "")]


def test_who_asked_is_not_told():
    text = "Asked whether it was fair, Judge Moll said it was."
    given = (None, "Asked", "whether it was fair"), ("Judge Moll", "said", "it was")
    assert [source for source, _, _ in mended(text, *given)] == ["Judge Moll"]


def test_a_clause_about_anonymity_is_no_speech():
    text = "The club will sell him, said two aides, who spoke on condition of anonymity because talks go on."
    given = (
        ("two aides", "said", "The club will sell him"),
        ("who", "spoke on", "condition of anonymity because talks go on"),
    )
    assert [source for source, _, _ in mended(text, *given)] == ["two aides"]


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("An employee not authorised to speak", UNAUTHORISED),
        ("A worker who was not authorized to speak", UNAUTHORISED),
        ("An employee of the mill", ""),
        ("A resident", ""),
    ],
)
def test_staff_who_may_not_speak_are_marked(source, form):
    assert [found for _, _, found in mended(f"{source} said the valve leaked.", (source, "said", "the valve leaked"))] == [
        form
    ]
