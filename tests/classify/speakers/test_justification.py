import pytest

from sayso.classify.speakers.aliases import known_as
from sayso.classify.speakers.justification import JUSTIFICATIONS, NAMINGS, justify, naming_of


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Foreign Minister Anna Berg", "title"),
        ("Anna Berg, a spokeswoman for the Interior Ministry", "title"),
        ("Clara Pell, a baker in the village", "title"),
        ("a senior official", "title"),
        ("the Interior Ministry", "body"),
        ("Anna Berg of the Farmers Union", "body"),
        ("Republicans", "body"),
        ("a media outlet", "body"),
        ("Olivia Venn, a professor of geography at Selm University", "expertise"),
        ("Dr. Anna Berg", "expertise"),
        ("economists at the bank", "expertise"),
        ("a report by the ministry", "document"),
        ("court documents", "document"),
        ("the ministry’s letter", "document"),
        ("leaflets", "document"),
        ("residents of Tolle", "witness"),
        ("Paula Lund, who saw it from her window", "witness"),
        ("a survivor", "witness"),
        ("the victim’s mother", "witness"),
        ("Anna Berg", "nothing"),
        ("Ms Berg", "nothing"),
        ("sources", "nothing"),
        ("sources close to the council", "nothing"),
        ("voters", "nothing"),
        ("some people", "nothing"),
    ],
)
def test_what_the_phrase_itself_says(printed, label):
    assert justify(known_as(printed), printed) == label


@pytest.mark.parametrize(
    ("printed", "introduced", "label"),
    [
        ("Berg", "Berg a professor at Selm University", "expertise"),
        ("she", "the town ’s mayor", "title"),
        ("she", "a resident of the island", "witness"),
        ("Berg", "Berg senator the son and brother of two governors", "title"),
        ("Berg", "Berg Velm Water ’s", "body"),
        ("Berg, a Democrat", "Berg , a Democrat Governor", "title"),
        ("Berg, a Democrat", "Berg , a Democrat", "body"),
        ("she", "", "nothing"),
    ],
)
def test_what_introduced_it_elsewhere_counts_where_the_phrase_is_bare(printed, introduced, label):
    assert justify(known_as("Anna Berg"), printed, introduced.split()) == label


def test_no_source_is_not_justified():
    assert justify(known_as(""), None) == "nothing"


def test_a_newspaper_is_no_document_for_being_called_a_post():
    assert justify(known_as("the Washington Post"), "the Washington Post") == "body"


@pytest.mark.parametrize(
    ("printed", "naming"),
    [
        ("Anna Berg", "named"),
        ("the Interior Ministry", "named"),
        ("a senior official", "described"),
        ("residents", "described"),
        ("sources close to the council", "described"),
        ("sources", "unnamed"),
        ("two people", "unnamed"),
        ("they", "unnamed"),
        ("some", "unnamed"),
    ],
)
def test_named_described_or_neither(printed, naming):
    assert naming_of(known_as(printed), printed) == naming


def test_a_pronoun_for_somebody_described_is_described():
    assert naming_of(known_as("climate advocates"), "they") == "described"


def test_the_labels_are_all_that_there_are():
    assert JUSTIFICATIONS == ("title", "body", "expertise", "document", "witness", "nothing")
    assert NAMINGS == ("named", "described", "unnamed")
