import pytest
from builders import spans_in_a_row

from sayso.classify.entities.entities import Told
from sayso.classify.entities.mentions import introductions
from sayso.classify.language.article_tokens import view


def entities_of(*sentences):
    article = introductions(view("\n".join(sentences), spans_in_a_row(sentences, "\n")))
    return {m.entity.name: m.entity for m in article.mentions}


@pytest.mark.parametrize(
    ("name", "source_type", "sentences"),
    [
        ("Ana Roe", "state", ["Ana Roe spoke .", "Roe is the town 's mayor ."]),
        ("Ana Roe", "individual", ["Ana Roe , a farmer from Ems , spoke ."]),
        ("Ana Roe", "expert", ["“ We wait , ” said Ana Roe .", "The economist Ana Roe teaches in Velm ."]),
        ("Ana Roe", "political", ["Ana Roe ( Lab ) spoke ."]),
        ("Ana Roe", "political", ["They met Ana Roe MP on Monday ."]),
        ("Petra Kvist", "state", ["They met Judge Petra Kvist on Monday ."]),
        ("Hana Kos", "expert", ["They met Hana Kos of the University of Jena ."]),
        ("Holm ’s", "organisation", ["The shops of Holm ’s said no ."]),
        ("Ivo Stark", "organisation", ["The match was lost in overtime .", "They met captain Ivo Stark ."]),
        ("Ivo Stark", "state", ["They met police captain Ivo Stark ."]),
        ("Ida Moll", "political", ["The opposition left .", "They met Deputy Ida Moll ."]),
        ("Ida Moll", "state", ["The opposition left .", "They met Deputy Mayor Ida Moll ."]),
        ("Kurt Roe", "political", ["Her former aide , Kurt Roe , has left the campaign ."]),
        ("Kurt Roe", "individual", ["Her former aide , Kurt Roe , has left the town ."]),
        ("Lindqvist", "organisation", ["Mr Lindqvist , you have led the fishers ’ union for years ."]),
        ("Baker Bob ’s", "organisation", ["A man ran into a Baker Bob ’s shop .", "Baker Bob ’s employee Ivo Stark hid ."]),
    ],
)
def test_an_entity_has_one_type_by_all_that_the_article_says(name, source_type, sentences):
    assert entities_of(*sentences)[name].source_type == source_type


def test_a_title_tells_better_than_a_description_and_that_better_than_a_list():
    assert Told.TITLED > Told.DESCRIBED > Told.LISTED > Told.GUESSED > Told.NOT
    assert entities_of("They met Senator Ana Roe on Monday .")["Ana Roe"].told == Told.TITLED
    assert entities_of("They met Ana Roe , a senator , there .")["Ana Roe"].told == Told.DESCRIBED


@pytest.mark.parametrize(
    "name",
    [
        "Department of Public Works and Highways",
        "Rudd Iron and Steel Institute",
        "St Olave ’s Hospital",
        "Carl “Bud” Lowe",
        "Omar al-Karim",
    ],
)
def test_names_are_whole(name):
    spaced = name.replace("“", "“ ").replace("”", " ”")
    assert name in entities_of(f"On Monday they met {spaced} , a farmer , in Velm .")


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [
        ("Baker Bob ’s employee Ivo Stark hid .", True),
        ("The grocer Ivo Stark hid .", True),
        ("They hid the grocer Ivo Stark .", False),
    ],
)
def test_who_acts_behind_a_description_opens_the_sentence(sentence, opens):
    article = introductions(view(sentence, spans_in_a_row([sentence])))
    assert [m.opens for m in article.mentions if m.entity.name == "Ivo Stark"] == [opens]


def test_an_epithet_is_no_name():
    assert "Quorl Ek" in entities_of("Old Quorl Ek , a farmer , mends clocks .")


def test_two_of_one_surname_are_two():
    assert {"Bill Cross", "Hilda Cross"} <= entities_of("Bill and Hilda Cross sold the farm .").keys()


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Secretary of State Jo Roe", "Jo Roe"),
        ("the envoy to the United Nations Anna Roe", "Anna Roe"),
        ("Council of Dune Advisers Chairman Anna Roe", "Anna Roe"),
        ("Velm Water ’s Anna Roe", "Anna Roe"),
        ("WATCH Anna Roe", "WATCH Anna Roe"),
    ],
)
def test_titles_are_no_part_of_a_name(printed, name):
    assert name in entities_of(f"On Monday they met {printed} in Velm .")


def test_a_shouted_word_is_no_part_of_a_name():
    assert "Anna Roe" in entities_of("It rained .", "WATCH Anna Roe on the dunes .")


def test_an_employer_before_the_name_tells_a_guess():
    met = entities_of("On Monday they met Velm Water ’s Anna Roe there .")["Anna Roe"]
    assert (met.source_type, met.told) == ("organisation", Told.GUESSED)


def test_a_place_someone_is_from_tells_nothing():
    assert entities_of("They met Ana Roe of Kyiv .")["Ana Roe"].source_type is None


def test_who_stands_behind_a_fronted_place_is_another():
    met = entities_of("In a post on Velm Square , the former governor called it a lie .")
    assert all(entity.source_type != "political" for entity in met.values())


@pytest.mark.parametrize(
    ("sentences", "source_type"),
    [
        (["Donald Trump spoke .", "The Trump campaign waited .", "The candidate Trump left ."], "political"),
        (["President Donald Trump spoke .", "The Trump campaign waited ."], "state"),
    ],
)
def test_a_campaign_makes_a_candidate_but_not_of_a_president(sentences, source_type):
    assert entities_of(*sentences)["Donald Trump"].source_type == source_type
