"""What is remembered from one article to the next has a bound, so that memory is flat however many there are."""

import functools
import inspect
import pkgutil
from importlib import import_module

import pytest
from builders import tokens_of

import sayso.classify
import sayso.data.articles
from sayso.classify.annotation.conversions import _Chances, written_chance
from sayso.classify.language import word_forms
from sayso.classify.linear import feature_matrix
from sayso.classify.linear.feature_matrix import Vocabulary

MOST = 8192  # of a cache by words or phrases; few are as large
FINITE = {  # caches without a bound, by what cannot come out of an article
    "sayso.classify.language.cues._of_groups",  # groups of the word list
    "sayso.classify.language.source_words._longer",  # first two words of entries of the word lists
    "sayso.data.articles.text.pasted_posts._compiled",  # names of the patterns
    "sayso.classify.linear.hashed._constants",  # seeds of the models
    "sayso.classify.output.parquet._schema",  # columns of the user's own
    "sayso.classify.pages.html._read",  # files of the package
    "sayso.classify.kinds.kind_rule.habit",  # rates of the word list
    "sayso.data.articles.text.furniture_patterns._compiled",  # names of the patterns
}


def caches():
    for package in (sayso.classify, sayso.data.articles):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, functools._lru_cache_wrapper) and value.__module__ == module.name:
                    yield f"{module.name}.{name}", value


def test_every_cache_is_bounded_or_holds_one_thing():
    found = dict(caches())
    assert FINITE <= found.keys()
    assert len(found) > 50
    for name, cached in found.items():
        most = cached.cache_parameters()["maxsize"]
        if most is None:
            assert name in FINITE or not inspect.signature(cached).parameters, name
        else:
            assert most <= MOST, name


def test_word_forms_are_forgotten_before_they_are_too_many(monkeypatch):
    monkeypatch.setattr(word_forms, "_MOST", 5)
    monkeypatch.setattr(word_forms, "_MOST_LEXEMES", 3)
    lexicon = word_forms.Lexicon()
    assert [lexicon[word].lower for word in ("Rain", "fell", "on", "Tolle", "Rain")] == [
        "rain",
        "fell",
        "on",
        "tolle",
        "rain",
    ]
    assert list(lexicon) == ["Tolle", "Rain"]
    before = word_forms.FormNumbers()
    monkeypatch.setattr(word_forms, "_numbers", before)
    first = tokens_of("Rain fell on Tolle.")
    assert (first.form_key, len(before)) == (before.key, 5)
    second = tokens_of("Snow fell.")
    assert second.form_key is not before.key
    assert list(word_forms.form_numbers()) == ["Snow", "fell", "."]


def test_bundles_of_features_are_forgotten_before_they_are_too_many(monkeypatch):
    monkeypatch.setattr(feature_matrix, "_MOST", 2)
    asked = []

    def names(word):
        asked.append(word)
        return [word]

    known = Vocabulary(["rain", "snow"]).bundles(names)
    assert [known[word] for word in ("rain", "snow", "rain", "hail", "rain")] == [
        (0,),
        (1,),
        (0,),
        (),
        (0,),
    ]
    assert asked == ["rain", "snow", "hail", "rain"]


def test_chances_are_written_in_ten_thousand_and_one_ways():
    assert [written_chance(chance) for chance in (0.0, 1 / 3, 0.99996, 1.0)] == ["0.0", "0.3333", "1.0", "1.0"]
    known = _Chances()
    for n in range(30_001):
        known[n / 3 + 1.5 * 2**52]
    assert len(known) == 10_001
    with pytest.raises(ValueError, match=r"^1\.0001 is no chance$"):
        known[10_001 + 1.5 * 2**52]
