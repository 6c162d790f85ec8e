from itertools import islice

from sayso.classify.kinds import features
from sayso.train.probe import article_parts, probe_articles


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
    assert {"nurse", "page.txt"} < set(ids[:-26])
    assert [bool(a.article.outlet) for a in articles[-26:]] == [True] * 26  # 280 articles, every eleventh
