"""The word lists parse, keep to the scheme, and hold no entry twice."""

from collections import Counter

import pytest

from sayso.data.lexicon import (
    CUE_GROUPS,
    NAME_USES,
    SOURCE_FILES,
    SOURCE_SORTS,
    STRENGTHS,
    STYLES,
    cells,
    load_cues,
    load_evaluations,
    load_people,
    load_personal_names,
    load_sources,
    load_styles,
)
from sayso.data.scheme import SOURCE_TYPES, TONES

TYPES = set(SOURCE_TYPES) - {"none"}


def repeated(keys):
    return [key for key, count in Counter(keys).items() if count > 1]


def cue(lemma, group):
    return next(cue for cue in load_cues() if (cue.lemma, cue.group) == (lemma, group))


def source(phrase):
    return next(word for word in load_sources() if word.phrase == phrase)


def person(name):
    return next(person for person in load_people() if person.name == name)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        *[("style.tsv", 2), ("cues.tsv", 4), ("people.tsv", 4), ("polnear-sources.tsv", 3), ("personal-names.tsv", 3)],
        *[("evaluation.tsv", 2), ("loaded.tsv", 2)],
        *[(name, 4) for name in SOURCE_FILES],
    ],
)
def test_every_line_has_clean_cells(name, columns):
    rows = cells(name)
    assert {len(row) for row in rows} == {columns}
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)
    assert all(row[0] for row in rows)


@pytest.mark.parametrize(
    "name", ["style.tsv", "cues.tsv", "people.tsv", "personal-names.tsv", "evaluation.tsv", "loaded.tsv", *SOURCE_FILES]
)
def test_lists_are_sorted(name):
    rows = cells(name)
    assert rows == sorted(rows)


def test_no_loaded_word_stands_twice_and_strong_ones_go_beyond_the_list_of_evaluation():
    rows = cells("loaded.tsv")
    assert not repeated(phrase for phrase, _ in rows)
    assert {strength for _, strength in rows} == set(STRENGTHS)
    judging = {e.phrase for e in load_evaluations() if not {"praise", "scorn"}.isdisjoint(e.classes)}
    assert not judging & {phrase for phrase, strength in rows if strength == "strong"}


def test_cues_keep_to_the_scheme():
    cues = load_cues()
    assert {cue.group for cue in cues} == set(CUE_GROUPS)
    assert {cue.tone for cue in cues} == set(TONES)
    assert len(cues) >= 550


def test_a_form_belongs_to_one_cue_besides_a_noun():
    cues = load_cues()
    assert not repeated(form for cue in cues if cue.group != "noun" for form in cue.forms)
    assert not repeated(form for cue in cues if cue.group == "noun" for form in cue.forms)


def test_forms_are_lower_case_and_not_empty():
    forms = [form for cue in load_cues() for form in cue.forms]
    assert all(form and form == form.lower() and "|" not in form for form in forms)


def test_forms_of_a_word_and_of_a_phrase():
    assert cue("say", "say").forms == ("say", "says", "said", "saying")
    assert "called for" in cue("call for", "act").forms
    assert cue("according to", "prep").forms == ("according to",)
    assert cue("hypothesis", "noun").forms == ("hypothesis", "hypotheses")


@pytest.mark.parametrize(
    ("lemma", "group", "tone"),
    [
        ("say", "say", "neutral"),
        ("reveal", "say", "endorsing"),
        ("point out", "say", "endorsing"),
        ("find", "finding", "endorsing"),
        ("claim", "claim", "distancing"),
        ("claim", "noun", "distancing"),
        ("allege", "claim", "distancing"),
        ("insist", "claim", "neutral"),
        ("so-called", "prep", "distancing"),
        ("decline to comment", "silent", "neutral"),
        ("overturn", "deed", "neutral"),
    ],
)
def test_tone_and_class(lemma, group, tone):
    assert cue(lemma, group).tone == tone


def test_sources_keep_to_the_scheme():
    sources = load_sources()
    assert not repeated(word.phrase for word in sources)
    assert {word.source_type for word in sources} == TYPES
    assert {word.sort for word in sources} == set(SOURCE_SORTS)
    assert {row[3] for name in SOURCE_FILES for row in cells(name)} == {"", "1"}
    assert len(sources) >= 29_000


@pytest.mark.parametrize(
    ("part", "source_type"),
    [
        *[("states", "state"), ("political", "political"), ("organisations", "organisation")],
        *[("experts", "expert"), ("monitors", "monitor"), ("media", "media")],
    ],
)
def test_a_file_of_names_holds_names_of_one_type(part, source_type):
    assert {tuple(row[1:3]) for row in cells(f"sources-{part}.tsv")} == {(source_type, "name")}


@pytest.mark.parametrize(
    ("part", "sorts"), [("roles", {"role"}), ("bodies", {"body"}), ("places", {"place", "country", "demonym"})]
)
def test_a_file_of_nouns_or_places_holds_its_sorts(part, sorts):
    assert {row[2] for row in cells(f"sources-{part}.tsv")} == sorts


def test_nouns_are_in_small_letters():
    words = [row[0] for part in ("roles", "bodies") for row in cells(f"sources-{part}.tsv")]
    single = [word for word in words if " " not in word and word[1:2].islower() and not word.islower()]
    assert sorted(single) == ("Adm Brig Capt Cmdr Col Det Gen Gov Insp Maj Rep Reps Sen Sens Sgt Supt".split())


def test_personal_names_keep_to_the_scheme():
    names = load_personal_names()
    assert not repeated(name.name for name in names)
    assert {name.use for name in names} == set(NAME_USES)
    assert {name.gender for name in names} == {"m", "f", ""}
    assert not [name for name in names if name.use == "last" and name.gender]
    assert len([name for name in names if name.use != "last"]) >= 7_000


@pytest.mark.parametrize(
    ("name", "use", "gender"),
    [
        ("Ngozi", "first", "f"),
        ("Oleksandr", "first", "m"),
        ("Siobhán", "first", "f"),
        ("Kim", "both", ""),
        ("Okafor", "last", ""),
        ("Mitchell", "both", "m"),
    ],
)
def test_use_and_gender_of_names(name, use, gender):
    assert (name, use, gender) in load_personal_names()


@pytest.mark.parametrize(
    ("phrase", "source_type"),
    [
        ("minister", "state"),
        ("Kyiv", "state"),
        ("senator", "political"),
        ("trade union", "organisation"),
        ("economist", "expert"),
        ("Human Rights Watch", "monitor"),
        ("Xinhua", "media"),
        ("resident", "individual"),
        ("people familiar with the matter", "unnamed"),
    ],
)
def test_types_of_the_guide(phrase, source_type):
    assert source(phrase).source_type == source_type


def test_a_spokesman_is_weak_and_a_police_spokesman_is_not():
    assert source("spokesman").weak
    assert not source("police spokesman").weak


def test_people_keep_to_the_scheme():
    people = load_people()
    assert not repeated(person.name for person in people)
    assert all(set(person.source_types) <= TYPES for person in people)
    assert all(person.source_types[0] == person.source_type for person in people)
    assert all(len(person.source_types) == len(set(person.source_types)) for person in people)
    assert all(person.note for person in people)
    assert len(people) >= 700


def test_a_person_whose_type_changed_has_both():
    assert person("Donald Trump").source_types == ("state", "political")
    assert person("Chuck Grassley").source_types == ("political",)


def test_polnear_sources_keep_to_the_scheme():
    rows = cells("polnear-sources.tsv")
    assert not repeated((source.removesuffix("*"), sort) for source, _, sort in rows)
    assert {source_type for _, source_type, _ in rows} == TYPES
    assert {sort for _, _, sort in rows} == {"string", "name", "head"}
    assert all(source == source.lower() for source, _, sort in rows if sort != "name")


def test_words_of_style_keep_to_the_scheme_and_stand_once():
    words = load_styles()
    assert {name for word in words for name in word.classes} == set(STYLES)
    assert not repeated(word.phrase for word in words)
    assert all(word.phrase == word.phrase.lower() for word in words)
    assert next(word for word in words if word.phrase == "of course").classes == ("certain",)
