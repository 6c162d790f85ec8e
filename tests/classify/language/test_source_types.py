import pytest

from sayso.classify.language.phrase_heads import head_noun
from sayso.classify.language.source_types import judge
from sayso.classify.language.source_words import look_up


@pytest.mark.parametrize(
    ("phrase", "source_type"),
    [
        ("a spokesman for the Interior Ministry", "state"),
        ("the teachers ' union 's president", "organisation"),
        ("Rep. Ada Quill ( R-Ohio )", "political"),
        ("Norbert Aule , a sociologist at Lorne University", "expert"),
        ("Hanna Birk , who teaches labour law", "expert"),
        ("Orla Finn , who heads the farmers ' union", "organisation"),
        ("Peadar Roe , 61 ,", "individual"),
        ("a 34 -year-old carter", "individual"),
        ("people familiar with the talks", "unnamed"),
        ("a banker who has seen the draft", "unnamed"),
        ("Six in ten", "monitor"),
        ("Twenty-one percent of those asked", "monitor"),
        ("a report published on Friday by Amnesty International", "monitor"),
        ("a group that tracks evictions", "monitor"),
        ("the Harrow Gazette", "media"),
        ("Pelican Freight Holdings", "organisation"),
        ("the Kremlin", "state"),
        ("several residents of the valley", "individual"),
        ("the farmers ' council", "organisation"),
        ("the nurses ' alliance", "organisation"),
        ("a majority of economists", "expert"),
        ("55 percent of surveyed doctors", "expert"),
        ("two in three voters", "monitor"),
        ("A survey from Ems & Roe , a consultancy", "expert"),
        ("A survey by Velm Foods of its own customers", "organisation"),
        ("a survey by the Orla Center for Family Medicine", "expert"),
        ("a poll by Ipsar , the pollster", "monitor"),
        ("an opinion poll by Datum Lab", "monitor"),
        ("a poll by the Labour Ministry", "state"),
        ("the Holm Rose Council", "organisation"),
        ("Mosque council chairman Ali Demir", "organisation"),
        ("the city council", "state"),
        ("the alliance", "organisation"),
        ("the opposition Freedom Alliance", "political"),
        ("the authority", "state"),
        ("President Ada Holm", "state"),
        ("a commander of the Free Mountain Front", "political"),
        ("the Velm Liberation Army", "political"),
        ("the Reform Bloc", "political"),
        ("the department of plant science at Ems Tech", "expert"),
        ("Its chair , Representative Lois Kane ,", "political"),
        ("the Holm Met Service", "state"),
        ("backers of the dam", "unnamed"),
        ("the agency ’s general counsel , Mary Lodd", "state"),
        ("then-Medicare spokesman Ken Ash", "state"),
        ("Officials for one chain of clinics", "organisation"),
        ("Lady Justice Wanjiru Kamau", "state"),
        ("Mr and Mrs Adeyemi", "individual"),
        ("vice president for policy at Beacon Health Plans", "organisation"),
        ("Ute Holm , managing director at the Institute for Sea Policy", "expert"),
        ("the Alliance for Clean Rivers", "organisation"),
        ("Rudd Society of Orla president Erik Theo", "organisation"),
        ("officials familiar with the talks", "state"),
        ("a senior Kenyan official", "state"),
        ("an attorney for Rosa Gund", "individual"),
        ("Holm ’s lawyer", "individual"),
        ("a human rights lawyer", "individual"),
        ("the chapter ’s president", "organisation"),
        ("a statement from the company", "organisation"),
        ("the ministry ’s Facebook page", "state"),
        ("Ada Quell ( Lab )", "political"),
        ("Democratic officials", "political"),
        ("the Republican governor", "state"),
        ("the shadow energy secretary", "political"),
        ("House Budget Chairman Ada Holm", "political"),
        ("former governor Ada Holm", "political"),
        ("Ada Holm , a union organiser and a former mayor", "organisation"),
        ("Ada Holm , who is running for the senate", "political"),
        ("Ada Holm , whose son drowned", "individual"),
        ("Ada Holm , who runs a bakery", "organisation"),
        ("Father Tom Reilly", "organisation"),
        ("Dr Hana Kos", "expert"),
        ("critics of the law", "unnamed"),
        ("many opponents", "unnamed"),
        ("market watchers", "expert"),
        ("family sources", "individual"),
        ("multiple reports", "media"),
        ("trade unions and economists", "organisation"),
        ("doctors testifying before the court", "expert"),
        ("a retired nurse", "individual"),
        ("nurses of the hospital", "expert"),
        ("the National Wildfire Service", "state"),
        ("school board president Ada Holm", "state"),
        ("the union , which represents 40 school boards", "organisation"),
        ("Ada Holm , who covers courts for the Harrow Gazette", "media"),
        ("Ada Holm , who represents Velm in parliament", "political"),
        ("NDP critic Ada Holm", "political"),
        ("a vendor at the market", "individual"),
        ("the Holm White House", "state"),
        ("the deputy director of Norvik", "organisation"),
        ("the director of the Labour Ministry", "state"),
        ("the mayor of Norvik", "state"),
        ("Jan Roe , who oversees the fleet", "organisation"),
        ("a supervisor at Norvik", "organisation"),
        ("a geologist who advises the Interior Ministry", "state"),
        ("legal adviser to the government", "state"),
        ("an economist who leads the farmers ' union", "organisation"),
        ("Ada Holm , an economist and labour minister", "state"),
        ("health minister and physician Ada Holm", "state"),
        ("former health minister and physician Ada Holm", "expert"),
        ("self-defence forces", "political"),
        ("Tarn-led forces", "political"),
        ("NATO-led forces", "state"),
        ("Danish forces", "state"),
        ("Kurdish forces", "political"),
        ("government troops", "state"),
        ("environmental activists", "individual"),
    ],
)
def test_words_of_a_phrase_tell_its_type(phrase, source_type):
    assert judge(phrase.split()).source_type == source_type


@pytest.mark.parametrize(
    ("phrase", "source_type"),
    [
        ("economist Nils Baker", "expert"),
        ("Professor Marta Judge of Brede", "expert"),
        ("Prime Minister Kofi Banks", "state"),
        ("Senator Ana Ruiz", "political"),
        ("neighbour Sana Malik", "individual"),
        ("biologist Petra Star", "expert"),
        ("Mayor Ira Cook", "state"),
    ],
)
def test_a_title_goes_before_what_the_lists_make_of_the_name(phrase, source_type):
    assert judge(phrase.split()) == (source_type, True)


@pytest.mark.parametrize("phrase", ["Orla Finn", "Zebulon Prask of Ennis", "he"])
def test_a_name_without_description_tells_nothing(phrase):
    assert judge(phrase.split()) is None


def test_the_article_tells_what_the_lists_do_not():
    assert judge("Prask 's lawyer".split(), lambda words: "political").source_type == "individual"
    assert judge("its spokeswoman".split(), lambda words: "media").source_type == "media"


def test_a_weak_noun_alone_is_unsure():
    assert judge(["the", "director"]).sure is False
    assert judge(["the", "Defence", "Ministry"]).sure is True


def test_proper_names_are_found_only_with_their_capital():
    assert [f.sort for f in look_up(["the", "guardian"])] != ["name"]
    assert [f.source_type for f in look_up(["in", "the", "Guardian"])] == ["media"]


def test_the_noun_stands_behind_the_owner():
    assert head_noun("the union 's president".split())[:2] == (3, 4)
    assert head_noun([]) is None


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        ("Harbour Freight Lines", None, ("organisation", True)),  # by its ending, whatever the article says
        ("Velm", "media", ("media", False)),
        ("Velm Torr", None, None),
        ("Dr Velm", None, ("expert", False)),  # a word that means something is no plain name
    ],
)
def test_a_name_that_no_list_knows_is_of_the_type_that_the_article_tells(name, answer, expected):
    assert judge(name.split(), lambda _: answer) == expected


def test_what_an_article_answers_is_not_told_of_other_articles():
    phrase = "Velm aides".split()
    assert [judge(phrase, {("Velm",): told}.get) for told in ("media", "expert", None, "media")] == [
        ("media", False),
        ("expert", False),
        ("state", False),  # as the word list has aides
        ("media", False),
    ]
