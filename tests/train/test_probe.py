from itertools import islice

import pytest
from tiny_readers import attribution_with

from sayso.classify.kinds import features
from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import ATTRIBUTION, load
from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.word_reader.reader import load_word_reader
from sayso.classify.word_reader.reads import ROUGH
from sayso.train.digests import digests
from sayso.train.probe import article_parts, probe_articles, probes


def parts_of_the_first(attribution=None):
    return [dict(parts) for parts in islice(article_parts(attribution), 2)]


def changed(before, attribution):
    """Name the models that see something else of the first articles than before."""
    now = parts_of_the_first(attribution)
    return [sorted(name for name in then if after[name] != then[name]) for after, then in zip(now, before, strict=True)]


def test_a_bucket_that_begins_a_word_later_is_noticed_where_it_is_a_feature(monkeypatch):
    before = parts_of_the_first()
    assert parts_of_the_first() == before
    monkeypatch.setattr(features, "_LENGTHS", (7, 12, 20, 30, 40))
    monkeypatch.setattr(features, "_open", [])  # where the names of buckets are remembered
    for now, then in zip(parts_of_the_first(), before, strict=True):
        assert {name for name in then if now[name] != then[name]} == {"voice"}


def test_the_articles_written_for_the_probe_come_before_those_of_the_corpus():
    articles = list(probe_articles())
    ids = [a.article.id for a in articles]
    assert len(set(ids)) == len(ids)
    assert {"nurse", "page.txt"} < set(ids[:-37])
    assert [bool(a.article.outlet) for a in articles[-37:]] == [True] * 37  # 407 articles, every eleventh


@pytest.fixture(scope="module")
def probes_today():
    return probes(load(shipped_model(ATTRIBUTION)))


@pytest.mark.parametrize("name", [ATTRIBUTION, "voice", "stance", "bias"])
def test_shipped_models_are_of_today(name, probes_today):
    path, today = shipped_model(name), {**digests(), "probe": probes_today[name]}
    stale = {key for key, value in today.items() if read_model(path).manifest["digests"].get(key) != value}
    assert not stale, f"{name}.sayso was made of another {', '.join(sorted(stale))}: sayso train defaults --polnear …"
    assert len(path.read_bytes()) <= 2_000_000


@pytest.fixture(scope="module")
def with_reader():
    return attribution_with({"name": "tiny", "digest": "0123456789abcdef"})


def test_with_a_reader_only_models_on_top_of_it_have_a_probe(with_reader):
    parts = parts_of_the_first(with_reader)
    assert [set(of) for of in parts] == [{"", "voice", ATTRIBUTION}] * 2
    assert parts == parts_of_the_first(with_reader)
    without = parts_of_the_first(load(shipped_model(ATTRIBUTION)))
    assert [part["voice"] != other["voice"] for part, other in zip(parts, without, strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("place", "value", "models"),
    [
        ("sayso.classify.word_reader.reads._LEAST", 0.2, ["voice"]),
        ("sayso.classify.attribution.features.FINE", ROUGH, [ATTRIBUTION]),
        ("sayso.classify.word_reader.pieces.WINDOW", 40, [ATTRIBUTION]),
        ("sayso.classify.word_reader.pieces.case_of", lambda word: 1, [ATTRIBUTION, "voice"]),
    ],
)
def test_another_look_at_what_a_reader_says_is_noticed(with_reader, monkeypatch, place, value, models):
    before = parts_of_the_first(with_reader)
    monkeypatch.setattr(place, value)
    assert changed(before, with_reader)[0] == models


@pytest.fixture(scope="module")
def reader_probes_today(reader_folder):
    if not (reader_folder / "attribution.sayso").is_file():
        pytest.skip(f"{reader_folder} holds no models")
    return probes(load(reader_folder / "attribution.sayso"))


@pytest.mark.parametrize("name", [ATTRIBUTION, "voice"])
def test_models_of_the_reader_are_of_today(name, reader_folder, reader_probes_today):
    manifest = read_model(reader_folder / f"{name}.sayso").manifest
    today = {**digests(), "probe": reader_probes_today[name]}
    stale = {key for key, value in today.items() if manifest.get("digests", {}).get(key) != value}
    assert not stale, f"{name}.sayso of the reader was made of another {', '.join(sorted(stale))}: refit it"
    assert manifest["reader"] == load_word_reader(str(reader_folder)).as_json()
