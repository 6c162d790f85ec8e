import pytest

from sayso.classify.speakers.aliases import known_as


@pytest.mark.parametrize(
    ("printed", "name", "description"),
    [
        ("Anna Berg", "Anna Berg", ""),
        ("Foreign Minister Anna Berg", "Anna Berg", "Foreign Minister"),
        ("German Foreign Minister Anna Berg", "Anna Berg", "German Foreign Minister"),
        ("Mr. Holm", "Holm", "Mr."),
        ("Anna Berg, a stock modeller in Lowestoft", "Anna Berg", "a stock modeller in Lowestoft"),
        ("President Obama", "Obama", "President"),
        ("Sen. John Holm (R-Ohio)", "John Holm", "Sen., R-Ohio"),
        ("spokeswoman Mary Roe", "Mary Roe", "spokeswoman"),
        ("ministry spokesman John Roe", "John Roe", "ministry spokesman"),
        ("Former Secretary of State John Roe", "John Roe", "Former Secretary of State"),
        ("Longtime Republican Sen. John Holm", "John Holm", "Longtime Republican Sen."),
        ("the union’s president, Mary Roe", "Mary Roe", "union’s president"),
        ("Mr. Letter", "Letter", "Mr."),
        ("Ranking Member of the Budget Committee Rep. John Roe", "John Roe", "Ranking Member of the Budget Committee Rep."),
        ("Steve Israel", "Steve Israel", ""),
        ("Carl “Bud” Lowe", "Carl Lowe", ""),
        ("Mayor William (Bill) Roe", "William Roe", "Mayor"),
        ("Omar al-Karim", "Omar al-Karim", ""),
    ],
)
def test_a_person_is_called_by_the_name_alone(printed, name, description):
    assert known_as(printed) == (name, "person", description)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("the Interior Ministry", "Interior Ministry"),
        ("White House", "White House"),
        ("the Department of Justice", "Department of Justice"),
        ("FBI", "FBI"),
        ("The New York Times", "New York Times"),
        ("Russia", "Russia"),
        ("the Department of Public Works and Highways", "Department of Public Works and Highways"),
        ("the Committee to Protect Dunes", "Committee to Protect Dunes"),
        ("Portland Police", "Portland Police"),
    ],
)
def test_a_body_is_called_without_its_article(printed, name):
    assert known_as(printed)[:2] == (name, "body")


@pytest.mark.parametrize(
    "printed",
    [
        *("officials", "a senior administration official", "spokesman", "a spokesman for the Interior Ministry", "critics"),
        *("a spokesman for John Roe", "Six siblings of Sen. John Roe", "John Roe’s attorneys", "the Ohio Republican"),
        *(
            "Republicans",
            "Senate Republicans",
            "police",
            "the ministry",
            "her mother",
            "one of them",
            "I",
            "Some U.S. lawmakers",
            "",
            "…",
        ),
    ],
)
def test_whoever_is_not_named_is_no_person(printed):
    assert known_as(printed).sort == "unnamed"


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("Orla media also published a photo on Saturday", ("Orla media", "body")),
        ("the White House announced the decision", ("White House", "body")),
        ("Hong Kong authorities withdrew riot police", ("Hong Kong authorities", "unnamed")),
        ("Anna Berg of the Farmers Union", ("Anna Berg", "person")),
        (
            "A spokeswoman for Anna Berg of the Farmers Union",
            ("A spokeswoman for Anna Berg of the Farmers Union", "unnamed"),
        ),
        ("Velm Airlines Inc", ("Velm Airlines Inc", "body")),
        ("Robin Hale (they/them), a baker", ("Robin Hale", "person")),
        ("The left", ("left", "unnamed")),
    ],
)
def test_a_clause_is_cut_behind_its_subject_and_a_name_before_what_hangs_on_it(printed, known):
    assert known_as(printed)[:2] == known


@pytest.mark.parametrize(
    "printed", ["Another survey", "Recent reports", "in the Orla party", "Polls", "Residents of Tolle", "My research"]
)
def test_capitals_that_open_a_sentence_are_no_name(printed):
    assert known_as(printed).sort == "unnamed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joseph R. Biden", "Joseph Biden"),
        ("the Interior Ministry", "The interior Ministry"),
        ("Sen. Anna Berg", "Anna Berg"),
        ("John Holm Jr.", "John Holm"),
    ],
)
def test_trivial_variants_are_one(one, other):
    assert known_as(one).key == known_as(other).key


@pytest.mark.parametrize(
    ("one", "other"), [("Anna Berg", "Berg"), ("John Holm", "Jane Holm"), ("Ford", "Ford Motor Company")]
)
def test_other_names_are_others(one, other):
    assert known_as(one).key != known_as(other).key


@pytest.mark.parametrize("printed", ["Thursday", "Nevertheless", "They’d", "Me", "February"])
def test_a_day_an_adverb_or_a_contraction_is_no_person(printed):
    assert known_as(printed).sort == "unnamed"


def test_a_day_is_no_part_of_a_name():
    assert known_as("President Berg Saturday") == ("Berg", "person", "President")
    assert known_as("Ada April")[:2] == ("Ada April", "person")
