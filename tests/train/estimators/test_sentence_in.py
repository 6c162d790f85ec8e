import numpy as np
import pytest
from builders import labelled_article, span_of
from sklearn.model_selection import GroupKFold, cross_val_score

from sayso.data.records import Article, Span
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.sentence_in import DataError, SentenceIn, gather, items_of
from sayso.train.estimators.stance import StanceClassifier

PORT = "The port of Aldmar closed at noon. The ministry said the pier was old. Nobody was hurt."
ARTICLE = Article("port", PORT)


def sentence(words, target=None, article=ARTICLE):
    return SentenceIn(article, span_of(article.text, words), target)


def test_other_sentences_of_the_article_are_context_without_labels():
    given = [sentence("Nobody was hurt."), sentence("The port of Aldmar closed at noon.")]
    found = gather(given, [{"kind": "narrative"}, {"topic": "port"}])
    (labelled,) = found.articles
    assert [s.span.of(PORT) for s in labelled.sentences] == [
        "The port of Aldmar closed at noon.", "The ministry said the pier was old.", "Nobody was hurt.",
    ]  # fmt: skip
    assert [(s.kind, dict(s.extra)) for s in labelled.sentences] == [
        (None, {"topic": "port"}),
        (None, {}),
        ("narrative", {}),
    ]
    assert found.places == {(0, 2, ""): 0, (0, 0, ""): 1}


def test_a_sentence_that_is_cut_in_another_way_takes_the_place_of_those_that_are_found():
    both = "The ministry said the pier was old. Nobody was hurt."
    (labelled,) = gather([sentence(both)], [{"kind": "narrative"}]).articles
    assert [s.span.of(PORT) for s in labelled.sentences] == ["The port of Aldmar closed at noon.", both]


def test_a_sentence_that_is_given_twice_stands_in_two_copies_of_its_article():
    twice = [sentence("Nobody was hurt.")] * 2
    found = gather(twice, [{"kind": "narrative"}, {"kind": "quote"}])
    assert [[s.kind for s in a.sentences] for a in found.articles] == [[None, None, "narrative"], [None, None, "quote"]]
    assert found.places == {(0, 2, ""): 0, (1, 2, ""): 1}


def test_one_sentence_has_a_stance_towards_each_target():
    words = "The ministry said the pier was old."
    given = [sentence(words, "the ministry"), sentence(words, "the port")]
    found = gather(given, [{"stance": "against"}, {"stance": "favor"}], aliases={"the port": ["Aldmar"]})
    (labelled,) = found.articles
    assert labelled.targets == {"the ministry": (), "the port": ("Aldmar",)}
    assert [dict(s.stance) for s in labelled.sentences] == [{}, {"the ministry": "against", "the port": "favor"}, {}]
    assert found.places == {(0, 1, "the ministry"): 0, (0, 1, "the port"): 1}
    filled = gather(given, [{"stance": "favor"}] * 2, fill={"stance": "favor"}).articles[0]
    assert [sorted(s.stance) for s in filled.sentences] == [["the ministry", "the port"]] * 3


@pytest.mark.parametrize("span", [(0, 0), (-1, 4), (5, 3), (80, 90)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match=r"does not lie in the 87 characters of article 'port'; count characters from 0"):
        SentenceIn(ARTICLE, span)


def test_a_pair_of_numbers_becomes_a_span():
    assert SentenceIn(ARTICLE, (0, 3)).span == Span(0, 3)
    assert SentenceIn(ARTICLE, (0, 3)).text == "The"


class Frame(dict):
    """Stands for a table."""

    columns = ("text",)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (ARTICLE, r"^X is one Article; give a list of sentences, such as \[x\]\.$"),
        (sentence("Nobody was hurt."), r"^X is one SentenceIn; give a list of sentences"),
        (None, r"^X is one NoneType; give a list"),
        (Frame(), r"^X is a table; give one of its columns, such as X\[\"text\"\]: a list of sentences\.$"),
        (7, r"^X is a int; give a list of sentences\.$"),
        (["It rained.", None], r"^X\[1\] has no value; leave it out\.$"),
        (["It rained.", float("nan")], r"^X\[1\] has no value; leave it out\.$"),
        (["It rained.", " \n"], r"^X\[1\] is an empty text; leave it out\.$"),
        ([["It rained."]], r"^X\[0\] is a list, not a text or a SentenceIn\.$"),
    ],
)  # fmt: skip
def test_what_are_no_sentences_is_refused(X, message):
    with pytest.raises(DataError, match=message):
        items_of(X)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([sentence("Nobody was hurt.")], r"^X\[0\] has no target; give SentenceIn\(article, span, target\)\.$"),
        (["It rained."], r"^X\[0\] is not a pair of text and target; give \(text, target\), or SentenceIn with a target\.$"),
        ([("It rained.", "")], r"^X\[0\] has no target; give \(text, target\)\.$"),
    ],
)
def test_a_stance_needs_a_target(X, message):
    with pytest.raises(DataError, match=message):
        items_of(X, need_target=True)


def test_arrays_series_and_tables_are_read():
    from pandas import DataFrame, Series

    for X in (np.array(["It rained.", "It snowed."]), Series(["It rained.", "It snowed."], index=[7, 9])):
        assert [item.text for item in items_of(X)] == ["It rained.", "It snowed."]
    table = DataFrame({"sentence": ["It rained."], "towards": ["the port"]})
    for pairs in (table.to_numpy(), table):
        assert [(item.text, item.target) for item in items_of(pairs, need_target=True)] == [("It rained.", "the port")]


def harbour(number):
    """Give an article of four sentences; its kinds and source types hang by their words."""
    return labelled_article(
        f"a{number}",
        (f"The port of Aldmar closed for {number} hours.", {"kind": "narrative", "source_type": "none"}),
        (f"The ministry said {number} piers were old.", {"kind": "official_claim", "source_type": "state"}),
        (f"“We held {number} ropes,” said Ines Tolk.", {"kind": "quote", "source_type": "individual"}),
        "Rain fell.",
    )


def test_the_labelled_sentences_of_a_dataset_are_listed_and_learned_from():
    articles = [harbour(n) for n in range(1, 7)]
    X, y, groups = SentenceIn.labelled(articles, "kind")
    assert (len(X), y[:3], groups[:4]) == (18, ["narrative", "official_claim", "quote"], ["a1", "a1", "a1", "a2"])
    assert [x.text for x in X[:2]] == ["The port of Aldmar closed for 1 hours.", "The ministry said 1 piers were old."]
    scores = cross_val_score(KindClassifier(), X, y, groups=groups, cv=GroupKFold(3), error_score="raise")
    assert scores.tolist() == [1, 1, 1]
    shuffled = [X[i] for i in (5, 0, 10, 3)]
    fitted = KindClassifier().fit(X, y)
    assert fitted.predict(shuffled).tolist() == [y[i] for i in (5, 0, 10, 3)]
    types = SentenceIn.labelled(articles, "source_type")[1]
    together = KindClassifier(column="source_type").fit(X, types, other=y)
    assert together.model_.task == "voice"
    assert together.predict(shuffled).tolist() == [types[i] for i in (5, 0, 10, 3)]
    assert together.score(articles) == together.score(X, types) == 1


def test_the_other_column_must_fit():
    X, y, _ = SentenceIn.labelled([harbour(1), harbour(2)], "kind")
    for other, message in (
        (["state"], r"^y has 6 labels and other has 1; give both for each item\.$"),
        (["nobody"] * 6, r"^'nobody' is not a label of source_type; the labels are state, "),
    ):
        with pytest.raises(DataError, match=message):
            KindClassifier().fit(X, y, other=other)
    with pytest.raises(DataError, match=r"^'rumour' is not a label of kind; the labels are quote, "):
        KindClassifier().fit(X, ["rumour", *y[1:]])
    with pytest.raises(DataError, match=r"^column is 'topic'; give kind or source_type, or use TextClassifier\.$"):
        KindClassifier(column="topic").fit(X, y)
    with pytest.raises(DataError, match=r"^fewer than two labels remain in the sentences that have kind and source_type\.$"):
        KindClassifier(together=True).fit(X, y)


def test_where_most_lack_the_other_label_the_column_is_learned_alone():
    X, y, _ = SentenceIn.labelled([harbour(n) for n in range(1, 5)], "kind")
    types = ["none", "state", "individual"] + [None, float("nan"), ""] * 3
    assert KindClassifier().fit(X, y, other=types).model_.task == "kind"


def test_copies_of_an_article_are_held_out_together():
    X, y, _ = SentenceIn.labelled([harbour(1)], "kind")
    assert KindClassifier().fit(X * 3, y * 3).model_.scale.tolist() == [1]  # one article: no folds, no calibration


def strike(number):
    """Give an article whose stances towards two targets hang by its words."""
    return labelled_article(
        f"s{number}",
        (f"The port gave way to {number} rightful demands of the union.", {"stance": {"the union": "favor"}}),
        (f"The union wrecked {number} ships in its greed.", {"stance": {"the union": "against"}}),
        (f"The union meets at {number}.", {"stance": {"the union": "neutral"}}),
        (f"Nobody trusts the union after {number} lies.", {"stance": {"the union": "against"}}),
        (f"The union won {number} fair contracts.", {"stance": {"the union": "favor"}}),
        targets={"the union": ()},
    )


def test_stances_in_articles_do_not_depend_on_which_sentences_are_asked():
    articles = [strike(n) for n in range(1, 7)]
    X, y, _ = SentenceIn.labelled(articles, "stance")
    fitted = StanceClassifier().fit(X, y)
    assert fitted.model_.second is not None  # it looks at the sentences around
    whole = fitted.predict_proba(X)
    assert np.allclose(fitted.predict_proba(X[7:9]), whole[7:9])
    assert fitted.predict(articles).tolist() == fitted.predict(X).tolist()


def test_groups_say_what_the_calibration_holds_out_together():
    X, y, _ = SentenceIn.labelled([harbour(n) for n in range(1, 7)], "kind")
    alone = KindClassifier().fit(X, y)
    assert alone.model_.scale.tolist() != [1, 1, 1, 1]
    together = KindClassifier().fit(X, y, groups=["one event"] * len(X))  # no folds, no calibration
    assert together.model_.scale.tolist() == [1]
    assert together.model_.weights.tolist() == alone.model_.weights.tolist()
    with pytest.raises(DataError, match=r"^groups\[2\] has no value; give every item of X a group\.$"):
        KindClassifier().fit(X, y, groups=["a", "b", None, *"c" * 15])
