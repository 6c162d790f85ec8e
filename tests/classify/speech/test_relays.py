import pytest
from said import candidate, seen, words_of

from sayso.classify.speech.relays import RELAYED, look_through


def relayed(text, *given):
    """Read a text in which the model has found attributions: source, cue, content."""
    viewed = seen(text)
    found = look_through(viewed, [candidate(viewed, *parts) for parts in given])
    return [(words_of(viewed, c.source), words_of(viewed, c.via), content(viewed, c), c.form) for c in found]


def content(viewed, c):
    """Give the words that are said, without what stands between them."""
    return " ".join(viewed.words[t] for t in c.content.tolist())


@pytest.mark.parametrize(
    ("text", "source", "via", "said"),
    [
        (
            "The daily Morgenrot quoted a senior aide to the mayor as saying the dam was safe.",
            "a senior aide to the mayor",
            "The daily Morgenrot",
            "the dam was safe",
        ),
        (
            "The Harbour Post cited an army spokesman on Monday as saying that no shots were fired.",
            "an army spokesman",
            "The Harbour Post",
            "that no shots were fired",
        ),
        (
            "Governor Ines Pardo was quoted by the news agency Sonda as saying the dam was safe.",
            "Governor Ines Pardo",
            "the news agency Sonda",
            "the dam was safe",
        ),
        (
            "Governor Ines Pardo was quoted as saying by the Sonda News Agency that the dam was safe.",
            "Governor Ines Pardo",
            "the Sonda News Agency",
            "that the dam was safe",
        ),
        (
            "The trams will run again, the mayor, Ana Luz, was quoted by the Orla Post as saying.",
            "the mayor, Ana Luz",
            "the Orla Post",
            "The trams will run again",
        ),
        (
            "The Harbour Post reported the mayor, Ana Luz, as saying the dam was safe.",
            "the mayor, Ana Luz",
            "The Harbour Post",
            "the dam was safe",
        ),
        (
            "The Harbour Post named the dead man as Ivo Stark, citing police.",
            "police",
            "The Harbour Post",
            "named the dead man as Ivo Stark",
        ),
        ("The pier is closed, he was quoted as saying.", "he", None, "The pier is closed"),
        (
            "“We will not pay,” the agency Sonda quoted Premier Anton Rell as telling his party.",
            "Premier Anton Rell",
            "the agency Sonda",
            "“ We will not pay , ”",
        ),
    ],
)
def test_who_is_quoted_is_the_source_and_the_outlet_passes_it_on(text, source, via, said):
    assert relayed(text) == [(source, via, said, RELAYED)]


def test_what_the_model_took_for_the_outlets_words_makes_way():
    given = ("The Post", "quoted", "the mayor as saying the dam was safe")
    assert relayed("The Post quoted the mayor as saying the dam was safe.", given) == [
        ("the mayor", "The Post", "the dam was safe", RELAYED)
    ]


@pytest.mark.parametrize(
    ("text", "given", "source", "via"),
    [
        (
            "Two boats collided off Ems, the Manila Beacon reported, citing the coast guard.",
            ("the Manila Beacon", "reported", "Two boats collided off Ems"),
            "the coast guard",
            "the Manila Beacon",
        ),
        (
            "Citing the governor, the Kharkiv Herald reported that power was back.",
            ("the Kharkiv Herald", "reported", "that power was back"),
            "the governor",
            "the Kharkiv Herald",
        ),
        (
            "The ferry will sail, the harbour master said, the Cork Argus reported.",
            ("the Cork Argus", "reported", "The ferry will sail, the harbour master said"),
            "the harbour master",
            "the Cork Argus",
        ),
        (
            "The airline has apologised to passengers, the Manila Beacon reported.",
            ("the Manila Beacon", "reported", "The airline has apologised to passengers"),
            "The airline",
            "the Manila Beacon",
        ),
        (
            "The Cork Argus reported that the governor had asked for a delay.",
            ("The Cork Argus", "reported", "that the governor had asked for a delay"),
            "the governor",
            "The Cork Argus",
        ),
        (
            "In remarks carried by the agency VelmPress, the minister promised more patrols.",
            ("the minister", "promised", "more patrols"),
            "the minister",
            "the agency VelmPress",
        ),
        (
            "According to Radio Sol, the minister said the tax would rise.",
            ("Radio Sol", "According to", "the minister said the tax would rise"),
            "the minister",
            "Radio Sol",
        ),
        (
            "The mayor told the Boston Ledger that the pier would close.",
            ("The mayor", "told", "that the pier would close"),
            "The mayor",
            "the Boston Ledger",
        ),
        (
            "In an interview with the Delhi Courier, the mayor said the pier would close.",
            ("the mayor", "said", "the pier would close"),
            "the mayor",
            "the Delhi Courier",
        ),
    ],
)
def test_speech_that_an_outlet_reports_is_whose_it_is(text, given, source, via):
    [(found, outlet, _, _)] = relayed(text, given)
    assert (found, outlet) == (source, via)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (
            "The Harbour Post reported that the dam had cracked.",
            ("The Harbour Post", "reported", "that the dam had cracked"),
        ),
        ("The Boston Ledger found the tests were late.", ("The Boston Ledger", "found", "the tests were late")),
        ("The ministry said police had fled.", ("The ministry", "said", "police had fled")),
        ("The ministry said, citing bad weather, it had closed.", ("The ministry", "said", "it had closed")),
        ("He told reporters that the dam was safe.", ("He", "told", "that the dam was safe")),
    ],
)
def test_what_an_outlet_tells_itself_and_what_others_say_stays(text, given):
    [(source, via, said, form)] = relayed(text, given)
    assert (source, via, form) == (given[0], None, "")
    assert said == given[2]


def test_what_is_quoted_within_a_quotation_is_left_alone():
    assert relayed("“The Post quoted the mayor as saying no,” she said.") == []
