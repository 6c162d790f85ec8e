import pytest
from said import candidate, said, seen, words_of

from sayso.classify.speech.forms.colon_headlines import HEADLINE, colon_headlines
from sayso.classify.speech.forms.inverted_clauses import INVERTED, inverted_clauses

HOLM = "\n\nPresident Oskar Holm spoke in Osk on Sunday."


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Minister: No new taxes", "Minister", "No new taxes"),
        ("Police: Man killed by own dog", "Police", "Man killed by own dog"),
        ("Economists: Rents will fall by spring", "Economists", "Rents will fall by spring"),
        ("Study: Cats sleep less than dogs", "Study", "Cats sleep less than dogs"),
        ("Poll: Most voters want a new bridge", "Poll", "Most voters want a new bridge"),
        ("Opposition leader: Our country deserves better", "Opposition leader", "Our country deserves better"),
        ("White House: Extend the ban", "White House", "Extend the ban"),
        ("Holm: ‘We will not yield’", "Holm", "We will not yield"),
        ("Holm: Taxes must fall", "Holm", "Taxes must fall"),
        ("Holm on the budget: ‘It will not hold’", "Holm", "It will not hold"),
        ("No new taxes this year: minister", "minister", "No new taxes this year"),
        ("Dog killed its owner: police", "police", "Dog killed its owner"),
        ("‘We will not yield’: Holm", "Holm", "‘We will not yield"),
        ("‘We will not yield’ – Holm", "Holm", "‘We will not yield"),
        ("Bridge unsafe for lorries – engineers", "engineers", "Bridge unsafe for lorries"),
        ("President Holm faces the unions: ‘We will not yield’", "President Holm", "We will not yield"),
    ],
)
def test_a_colon_or_a_dash_in_a_headline_attributes(headline, source, content):
    viewed = seen(headline + HOLM)
    [found] = colon_headlines(viewed, [])
    assert (said(viewed, found)[0], said(viewed, found)[1].strip("‘")) == (source, content.strip("‘"))
    assert (found.form, found.cue, viewed.words[found.anchor] in ":–") == (HEADLINE, None, True)


@pytest.mark.parametrize(
    "headline",
    [
        "Opinion: We need new taxes",
        "Watch: Minister falls off stage",
        "Live: Storm hits the coast",
        "Review: A film that is too long",
        "Explainer: How the tax will work",
        "Cricket: Osk beat Velm by two runs",
        "Ukraine: what next?",
        "World Cup 2022: Osk are out",
        "Storm in Osk: What we know",
        "Police: What we know so far",
        "Holm: The end of an era",
        "Holm’s big mistake: A town without water",
        "Osk 2 – Velm 1",
        "The well-known baker is back",
        "Two dead in Osk: what we know",
        "Photos: The bridge at night",
    ],
)
def test_a_topic_is_no_source(headline):
    assert colon_headlines(seen(headline + HOLM), []) == []


def test_a_sentence_that_ends_in_a_full_stop_is_no_heading():
    viewed = seen("Osk waits\n\nThe minister has a plan: Nobody will pay new taxes.")
    assert colon_headlines(viewed, []) == []


def test_what_a_cue_attributes_stays():
    viewed = seen("Minister tells unions: Taxes must fall" + HOLM)
    told = candidate(viewed, "Minister", "tells", "Taxes must fall")
    assert colon_headlines(viewed, [told]) == [told]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Says Mayor Tess Moll: “The gate stays shut.”", "Mayor Tess Moll", "The gate stays shut."),
        (
            "Said one of the dockers, a father of two: “We are tired.”",
            "one of the dockers, a father of two",
            "We are tired.",
        ),
        ("Added Holm: “Nobody will pay.”", "Holm", "Nobody will pay."),
    ],
)
def test_a_verb_that_opens_the_sentence_attributes_the_quotation_behind_the_colon(text, source, content):
    viewed = seen("Osk waits.\n\n" + text)
    wrong = candidate(viewed, source.split()[-1], text.split()[0], content)
    [found] = inverted_clauses(viewed, [wrong])
    assert said(viewed, found) == (source, content)
    assert (found.form, words_of(viewed, found.cue)) == (INVERTED, text.split()[0])


@pytest.mark.parametrize("text", ["Said to be ill: “the old king”.", "Holm said: “Nobody will pay.”", "Says who?"])
def test_other_sentences_stay_as_they_are(text):
    assert inverted_clauses(seen(text), []) == []
