from importlib import resources

from sayso.data.checks.articles import check_articles
from sayso.data.datasets.show import label_counts
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES


def test_the_corpus_is_as_large_as_we_say(our_corpus):
    assert len(our_corpus) >= 260
    assert sum(len(a.sentences) for a in our_corpus) >= 4500
    assert len({a.meta["country"] for a in our_corpus}) >= 40
    assert len({a.meta["topic"] for a in our_corpus}) >= 14


def test_an_id_is_the_name_of_its_file(our_corpus):
    folder = resources.files("sayso.data") / "corpus"
    stems = sorted(p.name.removesuffix(".txt") for p in folder.iterdir() if p.name.endswith(".txt"))
    assert sorted(a.article.id for a in our_corpus) == stems


def test_the_check_finds_no_error(our_corpus):
    assert [p.line() for p in check_articles(our_corpus) if p.level == "error"] == []


def test_every_sentence_has_every_label(our_corpus):
    for labelled in our_corpus:
        assert 1 <= len(labelled.targets) <= 2, labelled.article.id
        for s in labelled.sentences:
            assert s.kind in KINDS
            assert s.source_type in SOURCE_TYPES
            assert s.bias in BIASES
            assert set(s.stance) == set(labelled.targets)


def test_rare_labels_are_not_too_rare_to_learn(our_corpus):
    counts = label_counts(our_corpus)
    for task, labels in (
        ("kind", KINDS),
        ("source_type", SOURCE_TYPES),
        ("bias", BIASES),
        ("stance", STANCES),
    ):
        assert min(counts[task].get(label, 0) for label in labels) >= 250, task


def test_no_layout_mark_is_left_in_a_text(our_corpus):
    for labelled in our_corpus:
        assert not set("{}\\") & set(labelled.article.text), labelled.article.id
        assert "\r" not in labelled.article.text
