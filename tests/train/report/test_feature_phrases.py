"""Features stand in a report in words; its JSON keeps their names."""

from types import SimpleNamespace

import pytest

from sayso.classify.wording.knowledge import measure_names
from sayso.data.citing.tex import escaped
from sayso.train.measures.feature_phrases import feature_phrase, kind_phrase, phrases
from sayso.train.measures.top_features import Heavy
from sayso.train.report.sections.features import Features


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("at first: Sport", "first pass: Sport"),
        ("at first, +2: Sport", "first pass, two sentences after: Sport"),
        ("rest of the article: Sport", "first pass, rest of the article: Sport"),
        ("form: share of grammar", "share of function words"),
        ("form: commas", "commas"),
        ("gram: bread", "word “bread”"),
        ("chars:  th", "characters “␣th”"),
        ("style: opinion", "words of opinion"),
        ("source type: state", "built-in model: probability of source type state"),
        ("around: -1: official_claim", "in the article: sentence before: official claim"),
        ("around: speech, score 0.3: none", "in the article: reported speech by attributions of 0.3 or more: none"),
        ("around: place: 2", "in the article: place in the article: 2"),
        ("likely genre: comment", "predicted genre: comment"),
        ("towards: Mayor Tarnow", "target: Mayor Tarnow"),
    ],
)
def test_a_feature_in_words(name, phrase):
    assert feature_phrase(name) == phrase


def test_every_measure_of_a_sentence_has_a_phrase():
    names = measure_names(judged=True)
    told = [feature_phrase(name) for name in names]
    assert [name for name, phrase in zip(names, told, strict=True) if phrase == name] == []
    assert [phrase for phrase in told if phrase.startswith(("style:", "form:", "kind:"))] == []


def test_features_of_kinds_have_words_of_their_own():
    assert kind_phrase("+1: quote") == "sentence after: quote"
    assert kind_phrase("unheard of") == "unheard of"


def test_two_features_of_one_phrase_are_told_apart():
    found = phrases(["quoted: under 0.01", "quoted share", "quoted words: 3"], of_kinds=True)
    assert found == ["share of words in quotation marks: under 0.01", "share of words in quotation marks",
                     "number of words in quotation marks: 3"]  # fmt: skip
    twice = phrases(["attribution: said by anybody", "style: time", "attribution: said by anybody"], of_kinds=False)
    assert twice[0] == "share of words attributed to anybody (attribution: said by anybody)"
    assert twice[1] == "words of time"


def test_page_and_tables_have_the_phrases():
    heavy = {"Sport": [Heavy("at first: Sport", 0.5, 0.1, 0.25, 5)]}
    section = Features(SimpleNamespace(column="desk"), heavy, 5)
    assert section.rows("Sport") == [("first pass: Sport", "0.250", "0.500", "0.100", "5")]
    (table,) = section.printed_tables()
    assert table.csv() == "feature,effect,weight,deviation,agree\nfirst pass: Sport,0.25,0.5,0.1,5\n"
    assert "first pass: Sport & 0.250 &" in table.tex("desk")


def test_latex_prints_the_sign_of_a_space():
    assert escaped(feature_phrase("chars: a ")) == r"characters “a\textvisiblespace{}”"
