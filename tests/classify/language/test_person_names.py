import pytest

from sayso.classify.language.person_names import is_first_name, known_in, nickname_end, title_end, without_nickname


def test_first_names_of_many_countries_are_known():
    assert all(map(is_first_name, ["Ngozi", "Rajesh", "Siobhan", "Oleksandr", "Wanjiru"]))
    assert not is_first_name("Velm")


@pytest.mark.parametrize("phrase", ["Nils Baker", "Karl Stern", "Sana Malik", "Bill and Hilda Cross"])
def test_the_lists_know_nothing_of_a_persons_name(phrase):
    assert known_in(phrase.split()) == ()


def test_words_that_are_no_names_are_known_as_ever():
    assert [m.sort for m in known_in(["the", "baker"])] == ["role"]
    assert [m.sort for m in known_in(["economist", "Nils", "Baker"])] == ["role"]


@pytest.mark.parametrize(
    ("phrase", "start"),
    [("Prime Minister Kofi Banks", 2), ("economist Nils Baker", 1), ("the Prime Minister", 0), ("many Democrats", 0)],
)
def test_where_a_name_begins_behind_its_title(phrase, start):
    words = phrase.split()
    assert title_end(words, known_in(words)) == start


@pytest.mark.parametrize(
    ("name", "at", "end"),
    [
        ("Carl “ Bud ” Lowe", 1, 4),
        ("Tobias ‘ The Anvil ’ Hale", 1, 5),
        ("William ( Bill ) Roe", 1, 4),
        ("Lowe said “ Go ” Roe", 2, 0),
        ("Carl “ bud ” Lowe", 1, 0),
        ("Carl “ Bud ” said", 1, 0),
    ],
)
def test_nicknames_stand_in_marks_between_two_names(name, at, end):
    assert nickname_end(name.split(), at) == end


def test_a_name_without_its_nickname():
    assert list(without_nickname("Carl “ Bud ” Lowe".split())) == ["Carl", "Lowe"]
    assert list(without_nickname(["Carl", "Lowe"])) == ["Carl", "Lowe"]


@pytest.mark.parametrize(
    ("phrase", "known"),
    [
        ("San Juan Mayor Carmen Roe", ["San Juan", "Mayor"]),
        ("German Chancellor Ulla Brenn", ["German", "Chancellor"]),
        ("Virginia Governor Ann Roe", ["Virginia", "Governor"]),
        ("Economist Star Adeyemi", ["Economist"]),
        ("Senator Major Brooks", ["Senator"]),
        ("trader Sky Mensah", ["trader"]),
        ("University Dean Baker", ["University", "Dean", "Baker"]),
        ("Anna Hospital", ["Hospital"]),
        ("Mekong River Commission", ["Commission"]),
    ],
)
def test_offices_and_bodies_behind_words_that_are_first_names(phrase, known):
    words = phrase.split()
    assert [" ".join(words[m.first : m.last]) for m in known_in(words)] == known
