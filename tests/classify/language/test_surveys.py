import pytest

from sayso.classify.language.source_types import judge
from sayso.classify.language.surveys import is_of_survey, without_relay


@pytest.mark.parametrize(
    ("phrase", "source_type"),
    [
        ("a survey of more than 300 midwives and nurses", "expert"),
        ("a poll of 40 economists", "expert"),
        ("a national survey of 1,500 adults", "monitor"),
        ("a poll of likely voters", "monitor"),
        ("a survey of nurses by the Labour Ministry", "state"),
        ("most forecasters surveyed by the Lantern", "expert"),
        ("analysts polled by the Orla Gazette", "expert"),
        ("residents polled by the Orla Gazette", "monitor"),
        ("Another 40 percent of surveyed pharmacists", "expert"),
        ("Roughly six in 10", "monitor"),
        ("Three-quarters of tenants", "monitor"),
    ],
)
def test_who_was_asked_tells_what_a_survey_is(phrase, source_type):
    assert judge(phrase.split()).source_type == source_type


@pytest.mark.parametrize(
    ("phrase", "bare"),
    [
        ("Meanwhile , the mayor", "the mayor"),
        ("Meanwhile", "Meanwhile"),
        ("records seen by the Orla Gazette from the ministry", "records by the ministry"),
        ("data handed to the Orla Gazette", "data handed to the Orla Gazette"),
        ("data given to the Orla Gazette by the union", "data by the union"),
        ("a memo from the police obtained by the Lantern", "a memo from the police"),
        ("records seen by the Lantern", "records seen by the Lantern"),
        ("records seen by neighbours", "records seen by neighbours"),
        ("economists polled by the Lantern", "economists"),
        ("voters polled by the Lantern", "voters polled by the Lantern"),
    ],
)
def test_an_outlet_that_was_shown_something_is_not_its_maker(phrase, bare):
    assert " ".join(without_relay(tuple(phrase.split()))) == bare


@pytest.mark.parametrize(
    ("phrase", "of_survey"),
    [
        ("The survey", True),
        ("The survey 's findings", True),
        ("Results", True),
        ("Three-quarters", True),
        ("Half of the respondents", True),
        ("Half of the voters", False),
        ("The results of the vote in Orla", False),
        ("The union", False),
    ],
)
def test_what_points_back_to_a_survey(phrase, of_survey):
    assert is_of_survey(tuple(phrase.split())) is of_survey
