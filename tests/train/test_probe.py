from itertools import islice

import pytest

from sayso.classify.kinds import features
from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import ATTRIBUTION, load
from sayso.classify.model_files.shipped import shipped_model
from sayso.train.digests import digests
from sayso.train.probe import article_parts, probe_articles, probes


def parts_of_the_first():
    return [dict(parts) for parts in islice(article_parts(), 2)]


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
