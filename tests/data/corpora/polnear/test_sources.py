"""Source types of source strings: invented examples, expected by the labelling guide."""

import pytest

from sayso.data.corpora.polnear.sources import source_type_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Trump", "political"),
        ("Mr. Trump", "political"),
        ("Donald J. Trump", "political"),
        ("TRUMP", "political"),
        ("Hillary Clinton’s", "political"),
        ("President Obama", "state"),
        ("Sen. Chuck Grassley (R-Iowa)", "political"),
        ("Politico", "media"),
        ("the F.B.I.", "state"),
    ],
)
def test_a_known_name(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Sen. Marian Holt", "political"),
        ("Gov. Abel Trask of Kansas", "state"),
        ("Rep. Brooks", "political"),
        ("Representative Zebulon Plinth of Ohio", "political"),
        ("a representative of the airline", "organisation"),
        ("Judge Miriam Oduya", "state"),
    ],
)
def test_the_title_of_an_unknown_name(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a spokesman for the police department", "state"),
        ("a police spokesman", "state"),
        ("Trump campaign spokeswoman Dora Quill", "political"),
        ("a spokesman for the airline", "organisation"),
        ("the president of the teachers' union", "organisation"),
        ("the president", "state"),
        ("Ada Lund, an economist at the bank,", "expert"),
        ("Iris Vance, Clinton's Latino vote director", "political"),
        ("some of her aides", "political"),
        ("a majority of voters", "individual"),
        ("the Clinton campaign's new television ad", "political"),
        ("a law enforcement official familiar with the inquiry", "state"),
        ("a report about immigrants by the Organization for Economic Cooperation and Development", "monitor"),
    ],
)
def test_a_head_noun_and_the_words_around_it(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a new Quinnipiac poll", "monitor"),
        ("42 percent of Republicans", "monitor"),
        ("About four in 10 voters", "monitor"),
        ("two-thirds", "monitor"),
    ],
)
def test_shares_of_respondents_are_a_poll(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Dana Wexcombe, 41, of Elko", "individual"), ("a voter who works for Trump", "individual")],
)
def test_private_people(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Republicans and the White House", "political"), ("the ministry and the Sierra Club", "state")],
)
def test_the_first_of_two_sources_decides(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("critics", "unnamed"),
        ("supporters of the levy", "unnamed"),
        ("Trump supporters", "unnamed"),
        ("most insiders", "unnamed"),
        ("his allies", "unnamed"),
        ("Clinton allies", "political"),
        ("people", "unnamed"),
        ("young voters", "individual"),
        ("climate activists", "individual"),
        ("international observers", "monitor"),
    ],
)
def test_crowds(source, expected):
    assert source_type_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the city council", "state"),
        ("City Councilwoman Zora Plinth", "state"),
        ("a member of the House budget committee", "political"),
        ("leaked documents", "unnamed"),
        ("court documents", "state"),
    ],
)
def test_bodies_and_papers(source, expected):
    assert source_type_of(source) == expected


def test_somebody_else_of_a_known_surname_is_not_that_person():
    assert source_type_of("reporter Zelda Cruz") == "media"


@pytest.mark.parametrize("source", ["she", "They", "who", "it", "", "“", "Zyx Qwert"])
def test_pronouns_and_the_unknown_have_no_type(source):
    assert source_type_of(source) is None
