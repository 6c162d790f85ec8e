from importlib import resources

import pytest

from sayso.data.checks.articles import check_articles
from sayso.data.corpora.own import own_corpus
from sayso.data.datasets.show import label_counts
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES


@pytest.fixture(scope="module")
def corpus():
    return own_corpus()


def test_the_corpus_is_as_large_as_we_say(corpus):
    assert len(corpus) >= 260
    assert sum(len(a.sentences) for a in corpus) >= 4500
    assert len({a.meta["country"] for a in corpus}) >= 40
    assert len({a.meta["topic"] for a in corpus}) >= 14


def test_an_id_is_the_name_of_its_file(corpus):
    folder = resources.files("sayso.data") / "corpus"
    stems = sorted(p.name.removesuffix(".txt") for p in folder.iterdir() if p.name.endswith(".txt"))
    assert sorted(a.article.id for a in corpus) == stems


def test_the_check_finds_no_error(corpus):
    assert [p.line() for p in check_articles(corpus) if p.level == "error"] == []


def test_every_sentence_has_every_label(corpus):
    for labelled in corpus:
        assert 1 <= len(labelled.targets) <= 2, labelled.article.id
        for s in labelled.sentences:
            assert s.kind in KINDS
            assert s.source_type in SOURCE_TYPES
            assert s.bias in BIASES
            assert set(s.stance) == set(labelled.targets)


def test_rare_labels_are_not_too_rare_to_learn(corpus):
    counts = label_counts(corpus)
    for task, labels in (
        ("kind", KINDS),
        ("source_type", SOURCE_TYPES),
        ("bias", BIASES),
        ("stance", STANCES),
    ):
        assert min(counts[task].get(label, 0) for label in labels) >= 250, task


def test_no_layout_mark_is_left_in_a_text(corpus):
    for labelled in corpus:
        assert not set("{}\\") & set(labelled.article.text), labelled.article.id
        assert "\r" not in labelled.article.text
