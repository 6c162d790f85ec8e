import numpy as np
import pytest
from builders import labelled_article

from sayso.data.records import Span
from sayso.train.sentences.fit_stance import fit_stance
from sayso.train.shipped_stance import groups_of, rows_of_both, stance_scores

PORTS = ("Ulm", "Brest", "Gent", "Turku", "Faro", "Lodz", "Cork", "Linz")
LABELS = ("favor", "against", "neutral")


def whole(port):
    name = f"{port} Union"
    lines = (
        ("against", "Critics condemned the {}."),
        ("favor", "Many praised the {}."),
        ("neutral", "The {} met on Friday."),
    )
    sentences = [(text.format(name), {"stance": {name: label}}) for label, text in lines * 2]
    return labelled_article(port, *sentences, targets={name: ()})


def alone(n):
    label, verb = (("against", "condemned"), ("favor", "praised"), ("neutral", "met"))[n % 3]
    text = f"Voters {verb} Roe {n} times."
    start = text.index("Roe")
    about = {"stance": {"Roe": label}, "mentions": {"Roe": (Span(start, start + 3),)}}
    return labelled_article(f"m{n}", (text, about), targets={"Roe": ()})


@pytest.fixture(scope="module")
def data():
    return [whole(port) for port in PORTS], [alone(n) for n in range(12)]


@pytest.fixture(scope="module")
def rows(data):
    own, mentions = data
    return rows_of_both(own, [[] for _ in own], mentions)


def test_both_sources_are_rows_and_the_second_weighs_less(rows):
    assert rows.sources == [0] * 48 + [1] * 12
    assert rows.weights.tolist() == [1.0] * 48 + [0.2] * 12
    assert len(np.unique(rows.groups)) == 20


def test_a_feature_that_few_sentences_share_is_left_out(rows):
    names = set(rows.features.names)
    assert "run: condemn the TARGET" in names
    assert not any("ulm" in name.lower() for name in names)


def test_targets_stay_together_in_our_corpus_and_articles_in_the_other(data):
    own, mentions = data
    assert groups_of([[own[0], own[0]], mentions[:3]]).tolist() == [0, 0, 2, 3, 4]


def test_what_is_read_whole_has_a_second_model_though_most_sentences_stand_alone(rows):
    assert fit_stance(rows, LABELS, calibrated=False).second is not None


def test_each_source_is_scored_by_itself(data, rows):
    own, mentions = data
    scores = stance_scores(rows, groups_of([own, mentions]), ["ours", "theirs"], 0)
    assert list(scores) == ["ours", "theirs"]
    assert scores["ours"]["stance macro F1"] > 0.9
    assert 0.0 <= scores["theirs"]["told of those that speak of the target"] <= 1.0
