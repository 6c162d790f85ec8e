import pytest
from builders import spans_in_a_row

from sayso.classify.entities.coreference import Memory
from sayso.classify.entities.mentions import introductions
from sayso.classify.language.article_tokens import view


def reader(*sentences):
    return Memory(introductions(view("\n".join(sentences), spans_in_a_row(sentences, "\n"))))


def ask(memory, phrase):
    resolved = memory.resolve(phrase.split())
    memory.note(phrase.split(), resolved)
    return resolved.speaker, resolved.source_type


def test_a_surname_stands_for_who_was_introduced():
    memory = reader("Polish Foreign Minister Anna Berg spoke .", "Berg said no .")
    assert ask(memory, "Berg") == ("Anna Berg", "state")


def test_the_description_may_stand_behind_the_name():
    memory = reader("Euan Roe , a sociologist in Lowestoft , said so .", "Mr Roe said more .")
    assert ask(memory, "Euan Roe") == ("Euan Roe", "expert")
    assert ask(memory, "Mr Roe") == ("Euan Roe", "expert")


@pytest.mark.parametrize("verb", ["said", "warned"])
def test_a_source_behind_a_comma_does_not_describe_the_place_before_it(verb):
    memory = reader(f"Rents rose in Brennick , the mayor {verb} on Monday .")
    assert ask(memory, "the mayor") == ("mayor", "state")


def test_a_nationality_before_a_noun_is_no_name():
    memory = reader("A recent British assessment said so .")
    assert ask(memory, "A recent British assessment")[0] == "recent British assessment"


def test_she_is_a_woman_and_he_is_not():
    memory = reader(
        "Ms Ida Lund , the mayor , said so .", "Mr Karl Voss , a farmer , disagreed .", "She said no .", "He said yes ."
    )
    ask(memory, "Ms Ida Lund")
    ask(memory, "Mr Karl Voss")
    assert ask(memory, "She") == ("Ida Lund", "state")
    assert ask(memory, "He") == ("Karl Voss", "individual")


def test_it_is_the_body_that_spoke_last():
    memory = reader("The Port Workers Union said no .", "Jan Roe , a farmer , agreed .", "It said more .")
    ask(memory, "The Port Workers Union")
    ask(memory, "Jan Roe")
    assert ask(memory, "It") == ("Port Workers Union", "organisation")


def test_a_short_form_stands_for_the_body_named_so():
    memory = reader("The Norwegian Defence Ministry said no .", "The ministry said more .")
    ask(memory, "The Norwegian Defence Ministry")
    assert ask(memory, "The ministry") == ("Norwegian Defence Ministry", "state")


def test_another_ministry_is_not_meant():
    memory = reader("The Norwegian Defence Ministry said no .", "The labour ministry said more .")
    ask(memory, "The Norwegian Defence Ministry")
    assert ask(memory, "The labour ministry") == ("labour ministry", "state")


def test_a_role_stands_for_its_bearer():
    memory = reader("Anna Berg , the Danish transport minister , said so .", "The minister said more .")
    ask(memory, "Anna Berg")
    assert ask(memory, "The minister") == ("Anna Berg", "state")


def test_an_acronym_in_brackets_names_the_body():
    memory = reader("the Harbour Pilots Federation ( HPF ) met .", "HPF said no .")
    assert ask(memory, "HPF") == ("Harbour Pilots Federation", "organisation")


def test_the_name_behind_a_role_is_the_speaker():
    memory = reader("The Port Workers Union met .", "Its president , Ana Roe , said no .")
    assert ask(memory, "Its president , Ana Roe") == ("Ana Roe", "organisation")


def test_a_report_is_its_author():
    memory = reader("A report by Amnesty International said so .", "The report said more .")
    ask(memory, "A report by Amnesty International")
    assert ask(memory, "The report") == ("Amnesty International", "monitor")


def test_nobody_stands_behind_a_pronoun_without_antecedent():
    memory = reader("He said no .")
    assert ask(memory, "He") == (None, None)


def test_who_is_named_later_is_not_meant_yet():
    memory = reader("The minister said no .", "Anna Berg , the transport minister , came .")
    assert ask(memory, "The minister") == ("minister", "state")


def test_a_public_figure_keeps_to_the_types_held():
    memory = reader("Republican candidate Donald Trump spoke .", "Trump said no .")
    assert ask(memory, "Trump") == ("Donald Trump", "political")


def test_words_of_the_introduction_are_known_of_the_source():
    memory = reader("Euan Roe , a stock modeller , said so .", "Roe said more .")
    assert "modeller" in memory.resolve(["Roe"]).words


def test_an_empty_phrase_is_nobody():
    assert reader("No .").resolve([]).how == "unknown"


@pytest.mark.parametrize(
    ("phrase", "speaker", "source_type"),
    [
        ("a senior official who would not be named", "senior official", "state"),
        ("Rt . Hon . Kit Vane", "Kit Vane", None),
        ("Brenn , Lowe and Pryce", "Brenn", None),
        ("the union 's president , Ana Roe", "Ana Roe", "organisation"),
        ("Rudd Society of Orla president Ana Roe", "Ana Roe", "organisation"),
        ("a Rudd Foods spokesman", "Rudd Foods spokesman", "organisation"),
        ("Rudd Foods Corp today", "Rudd Foods Corp", "organisation"),
        ("the bloc 's head , former minister Ada Holm", "Ada Holm", "political"),
    ],
)
def test_a_speaker_is_a_whole_name_or_what_somebody_is_called(phrase, speaker, source_type):
    memory = reader(f"Yesterday {phrase} said no .")
    assert ask(memory, phrase) == (speaker, source_type)


def test_who_stands_for_the_noun_before_it():
    memory = reader("A police officer who would not be named said no .")
    assert ask(memory, "who") == ("police officer", "state")


def test_nobody_stands_before_who():
    assert ask(reader("Who said no ?"), "Who") == (None, None)


def test_some_are_some_of_the_people_before():
    memory = reader("Passengers spoke of a bang .", "Some said no .", "It rained .", "Many said yes .")
    assert ask(memory, "Some") == ("Passengers", "individual")
    assert ask(memory, "Many")[1] == "unnamed"


def test_the_group_is_the_people_before_not_the_school_they_teach_at():
    memory = reader("Forty teachers of Brede College wrote .", "The group said no .")
    assert ask(memory, "The group") == ("group", "individual")


def test_it_is_the_department_that_spoke_not_the_university():
    memory = reader("Lars Moe is at the University of Tolland .", "His department said no .", "It said more .")
    ask(memory, "His department")
    assert ask(memory, "It")[0] == "department"


def test_it_is_no_place_where_people_post():
    memory = reader("The Port Workers Union met .", "It was on Facebook .", "It said no .")
    ask(memory, "The Port Workers Union")
    memory.at = 10
    assert ask(memory, "It")[0] == "Port Workers Union"


def test_a_speaker_is_not_whom_the_quotation_names():
    memory = reader("Kern said Lund slept .", "“ Lund never left , ” he said .")
    ask(memory, "Kern")
    assert ask(memory, "he")[0] == "Kern"


def test_a_campaign_is_not_its_candidate():
    memory = reader("Ada Holm , a senator , spoke .", "The Holm campaign said no .")
    assert ask(memory, "The Holm campaign") == ("Holm campaign", "political")


def test_a_document_stands_for_whose_it_is():
    memory = reader("Ada Holm , a senator , spoke .", "Holm 's letter said no .")
    assert ask(memory, "Holm 's letter") == ("Ada Holm", "political")


def test_capitals_name_an_acronym_not_a_pronoun():
    memory = reader("the World Holm Organization ( WHO ) met .", "WHO said no .")
    assert ask(memory, "WHO")[0] == "World Holm Organization"


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("U.S. Secretary of State Jo Roe", "Jo Roe"),
        ("The envoy to the United Nations Anna Roe", "Anna Roe"),
        ("the finance minister", "Ada Holm"),
        ("those who stayed", "those who stayed"),
    ],
)
def test_speakers_behind_long_offices_and_before_a_name(phrase, speaker):
    memory = reader("It rained .", f"{phrase} , Ada Holm , said no ." if "minister" in phrase else f"{phrase} said no .")
    assert ask(memory, phrase)[0] == speaker


def test_what_a_source_says_of_somebody_is_kept():
    memory = reader("Ada Holm came .", "Holm , the mayor , said no .", "She said more .")
    ask(memory, "Holm , the mayor ,")
    assert ask(memory, "She") == ("Ada Holm", "state")


def test_nobody_and_laws_are_not_remembered():
    memory = reader("The Port Workers Union met .", "The Dunes Act came .", "No one said so .", "It said no .")
    ask(memory, "The Port Workers Union")
    ask(memory, "No one")
    memory.at = 15
    assert ask(memory, "It")[0] == "Port Workers Union"


@pytest.mark.parametrize(
    ("sentences", "phrase", "expected"),
    [
        (("Parents of the pupils stood at the gate .", "They said no ."), "They", ("Parents", "individual")),
        (("Some tourists fled the beach .", "They said no ."), "They", ("tourists", "individual")),
        (("The museum in Ems paid for them .", "It said no ."), "It", ("museum", "organisation")),
        (("Velair cancelled 40 trips .", "It blamed the fog ."), "It", ("Velair", "organisation")),
        (("Smoke filled the hall .", "He met Quillmart .", "It said no ."), "It", (None, None)),
        (("Velm Energy gave Lisa Trent a seat .", "The company said no ."), "The company", ("Velm Energy", "organisation")),
        (("Rosa and Emilio Duarte lost it all .", "She said no ."), "She", ("Rosa Duarte", "individual")),
        (("Nora saw the clerk , Omar , there .", "He asked why ."), "He", ("Omar", "individual")),
        (
            ("Judge Helen Price and her husband , Robert , left .", "Mr. Price said no ."),
            "Mr. Price",
            ("Robert Price", "individual"),
        ),
        (
            ("The Green Left party lost .", "Its leader , Vera Holub , said no ."),
            "Its leader , Vera Holub",
            ("Vera Holub", "political"),
        ),
        (("Minister of Health Ola Bern came .", "The secretary said no ."), "The secretary", ("Ola Bern", "state")),
        (("They paid Rev . Sam Udo .", "The clergyman said no ."), "The clergyman", ("Sam Udo", "organisation")),
        (("Lt. Col. Esther van der Walt said no .",), "Lt. Col. Esther van der Walt", ("Esther van der Walt", "state")),
        (("In The Week , Harry Moll wrote no .",), "Harry Moll", ("Harry Moll", "media")),
    ],
)
def test_who_is_meant_by_what_the_article_said_before(sentences, phrase, expected):
    assert ask(reader(*sentences), phrase) == expected


def test_the_survey_is_of_the_type_of_its_maker():
    memory = reader(
        "A survey by the consultancy Ems & Roe asked 300 firms .", "The survey said no .", "Its results were new ."
    )
    assert ask(memory, "The survey")[1] == "expert"
    memory = reader("Velm Foods released a survey on Friday .", "The survey said no .")
    assert ask(memory, "The survey")[1] == "organisation"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("NorthRail said its profits had fallen .", "NorthRail"),
        ("Mr Roe called it a day after shares of Brantel fell .", "Brantel"),
        ("Tarrow ( TRW ) expects more .", "Tarrow"),
        ("Quillmart will open 12 stores in Kenya .", "Quillmart"),
        ("Brantel ’s customers had no signal .", "Brantel"),
    ],
)
def test_an_unknown_name_is_a_firm_where_its_sentence_tells_of_profits_or_stores(sentence, name):
    assert reader(sentence).article.find([name]).source_type == "organisation"


@pytest.mark.parametrize(
    "sentence",
    ["The plant in Kilnagleary sells its shares .", "Uncertainty is bad for shares .", "Heating closed the stores ."],
)
def test_places_and_words_are_no_firms(sentence):
    assert not any(e.source_type == "organisation" for known in reader(sentence).article.names.values() for e in known)


def test_results_and_shares_are_of_the_survey_told_before():
    memory = reader("A survey of 300 nurses found that half slept badly .", "Results were worse .", "A third drank .")
    ask(memory, "A survey of 300 nurses")
    assert [ask(memory, phrase)[1] for phrase in ("Results", "A third")] == ["expert", "expert"]


def test_the_members_of_a_body_speak_for_it():
    memory = reader("A UN panel came to Orla .", "The rapporteurs said no .", "Its members said more .")
    assert ask(memory, "The rapporteurs") == ("UN panel", "monitor")
    assert ask(memory, "Its members") == ("UN panel", "monitor")


def test_the_last_body_told_is_meant():
    memory = reader("The UN commission said no .", "The county commission met .", "The commissioners said yes .")
    ask(memory, "The UN commission")
    assert ask(memory, "The commissioners") == ("county commission", "state")


def test_who_published_a_survey_made_it():
    memory = reader("The Velm Union of Teachers published a survey of members .", "Two-thirds said no .")
    assert ask(memory, "Two-thirds")[1] == "organisation"


def test_shares_of_nurses_surveyed_are_of_the_survey_before_them():
    memory = reader("A survey of 300 nurses found no .", "Half of surveyed nurses said yes .", "Three-quarters drank .")
    assert ask(memory, "Three-quarters")[1] == "expert"


def test_the_head_of_a_body_speaks_for_the_body_told_before():
    memory = reader(
        "The department of plant science at Brede University said no .", "The department ’s head , Rosa Tam , agreed ."
    )
    ask(memory, "The department of plant science at Brede University")
    assert ask(memory, "The department ’s head , Rosa Tam") == ("Rosa Tam", "expert")


def test_whose_association_it_is_belongs_to_its_name():
    memory = reader("The Velm Hoteliers ’ Association said no .")
    assert ask(memory, "The Velm Hoteliers ’ Association")[0] == "Velm Hoteliers ’ Association"


@pytest.mark.parametrize(
    "phrase", ["Supporters of the dam", "Centers for Elder and Family services", "Opponents of Senator Ray Holt"]
)
def test_a_noun_keeps_what_makes_a_name_of_it(phrase):
    assert ask(reader(f"{phrase} said no ."), phrase)[0] == phrase


def test_a_rank_is_no_name():
    memory = reader("Maj . Gen. Quorl Hollis said no .")
    assert ask(memory, "Maj . Gen. Quorl Hollis")[0].endswith("Hollis")


def test_a_listed_firm_is_known_by_its_first_word():
    memory = reader("Adobe Analytics says sales rose .", "Adobe said more .")
    assert ask(memory, "Adobe Analytics")[0] == ask(memory, "Adobe")[0] == "Adobe Analytics"


def test_a_body_with_a_noun_of_its_own_is_no_court():
    memory = reader("They asked the Food and Drug Administration of Velm .", "The court said no .")
    assert ask(memory, "The court")[0] == "court"
