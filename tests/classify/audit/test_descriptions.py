import pytest

from sayso.classify.audit.descriptions import called, description_of
from sayso.classify.speakers.aliases import Known

LORENZ = Known("Pia Lorenz", "person", "")
OFFICE = Known("Harbour Office", "body", "")


@pytest.mark.parametrize(
    "printed",
    [
        "Foreign Minister",
        "Sen., R-Tolle",
        "longtime Holm spokesman",
        "her Conservative challenger",
        "45, a baker",
        "a baker from Ems, who owes the bank nothing",
        "whose mill burned down",
        "managing director specializing in timber",
        "the prominent trial lawyer",
        "a Republican",
        "professor of geography at the University of Tolle",
    ],
)
def test_titles_appositions_and_relative_clauses_describe(printed):
    assert description_of(LORENZ, printed) == printed


@pytest.mark.parametrize(
    "printed",
    [
        "Perhaps",
        "Slippery",
        "many young adults",
        "Arms",
        "in a statement",
        "on Wednesday",
        "according to senior aides",
        "a recent",
        "single parents are the loneliest",
        "who",
        "whom Holm",
        "5",
        "Mr.",
        "Schulman",
        "her campaign",
        "Some of the candidates",
        "MSNBC's",
        "issues President",
        "joking about waste",
        "and",
        "a judge | Consumer confidence fell",
        "as Pia Lorenz",
    ],
)
def test_adverbs_verbs_numbers_and_fragments_do_not_describe_a_person(printed):
    assert description_of(LORENZ, printed) == ""


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Press Secretary, in a statement", "Press Secretary"),
        ("the former mayor of Tolle, is now a candidate", "the former mayor of Tolle"),
        ("Speaker, R-Ky.) on Friday morning", "Speaker, R-Ky."),
        ("Republican Sen., of Tolle", "Republican Sen. of Tolle"),
        ("55 and a former mayor", "a former mayor"),
        ("who heads the mill, the largest in Tolle", "who heads the mill"),
    ],
)
def test_what_follows_a_description_is_cut_off(printed, kept):
    assert description_of(LORENZ, printed) == kept


def test_bodies_are_described_by_nouns_for_bodies():
    assert description_of(OFFICE, "state news agency") == "state news agency"
    assert description_of(OFFICE, "in Moscow") == ""


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("Officials", "officials"),
        ("Republicans", "Republicans"),
        ("Russians", "Russians"),
        ("5. Texas governor", "Texas governor"),
        ("officials last month", "officials"),
        ("two people familiar", "two people"),
        ("Certainly critics", "critics"),
        ("new poll released Friday", "new poll"),
        ("a senior official", "a senior official"),
        ("Salon video below", ""),
        ("surveyed", ""),
        ("which", ""),
        ("30", ""),
        ("52 percent", ""),
        ("of them", ""),
        ("One", ""),
        ("Among the most", ""),
        ("", ""),
    ],
)
def test_what_is_not_named_is_called_by_a_noun(phrase, shown):
    assert called(phrase) == shown
