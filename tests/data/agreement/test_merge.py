import json
import re

import pytest

from sayso.data.agreement.annotators import annotator_of
from sayso.data.agreement.disputes import Decision, read_decisions
from sayso.data.agreement.merge import merge_articles
from sayso.data.rows.labelled_rows import articles_of
from sayso.errors import SaysoError

TEXTS = ("Rain fell on Hull.", "The mayor said it would stop.")
CUE = {"attributions": [{"cue": {"start": 29, "end": 33}}]}


def labelled(*labels, texts=TEXTS):
    rows = [{"article": "rain", "n": n, "text": text, **of} for n, (text, of) in enumerate(zip(texts, labels, strict=False))]
    return articles_of((f"x:{i}", row) for i, row in enumerate(rows))


def merge(*each, undecided="refuse", **decisions):
    annotators = [annotator_of(name, of) for name, of in zip(("anna", "ben", "cora"), each, strict=False)]
    keys = {("rain", int(key[-1]), key[:-2].replace("_of_", ": ")): Decision("d.csv:1", of) for key, of in decisions.items()}
    return merge_articles(annotators, keys, undecided)


def test_what_all_agree_on_or_one_alone_says_is_taken():
    found = merge(labelled({"kind": "narrative"}, {"kind": "quote"}), labelled({"kind": "narrative"}, {"bias": "neutral"}))
    (article,) = found.articles
    assert [(s.kind, s.bias) for s in article.sentences] == [("narrative", None), ("quote", "neutral")]
    assert (found.agreed, found.alone, found.open) == (1, 2, [])
    assert article.complete == {"kind"}


def test_versions_are_kept_on_which_all_agree_and_what_a_person_decided_was_not_accepted():
    accepted = {"version": 2, "accepted": True}
    one = labelled(
        {"kind": "narrative", "bias": "neutral", "codebook": json.dumps({"kind": accepted, "bias": accepted})}, {}
    )
    other = labelled({"kind": "quote", "bias": "neutral", "codebook": json.dumps({"kind": accepted, "bias": accepted})}, {})
    (s, _) = merge(one, other, kind_0="anna").articles[0].sentences
    assert json.loads(s.extra["codebook"]) == {"kind": 2, "bias": accepted}
    first, second = labelled({"kind": "quote", "codebook": "1"}, {}), labelled({"kind": "quote", "codebook": "2"}, {})
    assert merge(first, second).articles[0].sentences[0].extra == {}
    assert merge(first, first).articles[0].sentences[0].extra == {"codebook": "1"}


def test_a_decision_names_a_label_or_an_annotator():
    one = labelled({"kind": "narrative", "topic": "sky", "stance": {"town": "favor"}}, {})
    other = labelled({"kind": "quote", "topic": "sea", "stance": {"town": "against"}}, {})
    found = merge(one, other, kind_0="quote", topic_0="anna", stance_of_town_0="neutral")
    s = found.articles[0].sentences[0]
    assert (s.kind, s.extra, s.stance, found.decided) == ("quote", {"topic": "sky"}, {"town": "neutral"}, 3)


def test_places_of_targets_are_kept_where_the_stance_is():
    place = {"start": 8, "end": 12}
    one = labelled({"stance": [{"target": "rain", "label": "favor", "mentions": [{"start": 0, "end": 4}]}]}, {})
    other = labelled({"stance": [{"target": "town", "label": "neutral", "mentions": [place]}]}, {})
    assert merge(one, other).articles[0].sentences[0].mentions == {"rain": ((0, 4),), "town": ((8, 12),)}
    against = labelled({"stance": [{"target": "town", "label": "against", "mentions": [place]}]}, {})
    assert merge(other, against, undecided="unlabelled").articles[0].sentences[0].mentions == {}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ({"from": 8, "to": 99}, "mention is 8 to 99, outside the sentence; offsets count"),
        ({"from": "x", "to": 9}, "mention: from is 'x'; it must be a whole number, 0 or more"),
        ({"from": 3}, "mention: to is null; it must be a whole number, 0 or more"),
        ({"mentions": [{"start": 8, "end": 99}]}, "mention 1 is 8 to 99, outside the article's 48 characters"),
    ],
)
def test_a_place_that_cannot_be_is_refused(place, reason):
    with pytest.raises(SaysoError, match=rf"^x:0: stance towards town: {re.escape(reason)}"):
        labelled({"stance": [{"target": "town", "label": "favor", **place}]}, {})


def test_a_place_in_the_sentence_is_a_place_in_the_article():
    (article,) = labelled({}, {"stance": {"mayor": {"label": "favor", "from": 4, "to": 9}}})
    (place,) = article.sentences[1].mentions["mayor"]
    assert place.of(article.article.text) == "mayor"


def test_disputed_spans_are_those_of_the_annotator_who_is_right():
    nothing = {"attributions": []}
    one, other = labelled(nothing, CUE), labelled(nothing, nothing)
    assert len(merge(one, other, attributions_1="anna").articles[0].sentences[1].attributions) == 1
    found = merge(one, other, attributions_1="ben").articles[0]
    assert found.sentences[1].attributions == ()
    assert found.complete == {"attribution"}
    left = merge(one, other, undecided="unlabelled")
    assert (left.open, left.articles[0].complete) == ([("rain", 1, "attributions")], frozenset())


def test_open_disputes_are_named_or_left_unlabelled():
    one = labelled({"kind": "narrative"}, {"kind": "quote"})
    other = labelled({"kind": "quote"}, {"kind": "quote"})
    with pytest.raises(
        SaysoError, match=r"^1 disputes are undecided \(rain:0 kind\); decide them, or choose what to do with them:"
    ):
        merge(one, other)
    found = merge(one, other, undecided="unlabelled").articles[0]
    assert [s.kind for s in found.sentences] == [None, "quote"]
    assert found.complete == frozenset()


def test_a_majority_decides_but_no_tie():
    kinds = ["narrative", "quote", "quote"]
    found = merge(*(labelled({"kind": kind}, {}) for kind in kinds), undecided="majority")
    assert (found.articles[0].sentences[0].kind, found.by_majority) == ("quote", 1)
    found = merge(*(labelled({"kind": kind}, {}) for kind in kinds[:2]), undecided="majority")
    assert found.open == [("rain", 0, "kind")]
    marked = [labelled({"attributions": []}, of) for of in (CUE, CUE, {"attributions": []})]
    found = merge(*marked, undecided="majority")
    assert len(found.articles[0].sentences[1].attributions) == 1


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (
            {"kind_0": "qoute"},
            "d.csv:1: kind 'qoute' is neither one of quote, official_claim, independent_assessment, narrative nor",
        ),
        (
            {"kind_0": "quote", "topic_0": "moon"},
            "d.csv:1: topic 'moon' is neither one of sea, sky nor an annotator (anna, ben).",
        ),
        (
            {"kind_0": "quote", "topic_0": "sky", "bias_0": "biased"},
            "d.csv:1: no such dispute; write the disputes again.",
        ),
        (
            {"kind_0": "quote", "topic_0": "sky", "attributions_1": "eve"},
            "d.csv:1: attributions 'eve' is not one of anna, ben;",
        ),
        (
            {"kind_0": "narrative", "topic_0": "sky"},
            "article 'rain', sentence 0: narrative cannot have the source type state;",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_named(decisions, message):
    one = labelled({"kind": "narrative", "topic": "sky", "attributions": []}, CUE)
    other = labelled({"kind": "quote", "source_type": "state", "topic": "sea", "attributions": []}, {"attributions": []})
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}"):
        merge(one, other, undecided="unlabelled", **decisions)


def test_the_annotator_who_said_nothing_cannot_be_right():
    found = [labelled({"kind": kind} if kind else {}, {}) for kind in ("narrative", "quote", None)]
    with pytest.raises(SaysoError, match=r"^d\.csv:1: cora gave no kind to this sentence; write a label as the decision\.$"):
        merge(*found, kind_0="cora")


def test_some_sentences_of_an_article_are_put_into_the_whole_of_it():
    part = articles_of([("x:1", {"article": "rain", "n": 1, "start": 19, "text": TEXTS[1], "kind": "official_claim"})])
    whole = labelled({"kind": "narrative"}, {})
    for each in ((whole, part), (part, whole)):
        (article,) = merge(*each).articles
        assert article.article.text == " ".join(TEXTS)
        assert [s.kind for s in article.sentences] == ["narrative", "official_claim"]
        assert article.complete == {"kind"}


def test_an_article_of_two_texts_is_not_merged():
    other = articles_of([("x:1", {"article": "rain", "n": 1, "text": TEXTS[1]})])  # without start, its offsets begin anew
    with pytest.raises(
        SaysoError,
        match=r"^the text of article 'rain' in ben differs from that in anna " r"\(at 0\); to merge, all annotators",
    ):
        merge(labelled({}, {}), other)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"anna": "narrative", "ben": "quote"}, None),
        ({"anna": " narrative", "other": "x"}, None),
        (None, None),
        ({"anna": "official_claim", "ben": "quote"}, r"d\.csv:1: anna now has 'narrative', but had 'official_claim' when"),
        (
            {"anna": "narrative", "ben": ""},
            r"d\.csv:1: ben now has 'quote', but had 'nothing' when this was decided; write",
        ),
    ],
)
def test_a_decision_between_other_labels_than_there_are_now_is_refused(answers, message):
    each = [annotator_of(name, labelled({"kind": kind}, {})) for name, kind in (("anna", "narrative"), ("ben", "quote"))]
    decided = {("rain", 0, "kind"): Decision("d.csv:1", "quote", answers)}
    if message is None:
        assert merge_articles(each, decided).articles[0].sentences[0].kind == "quote"
    else:
        with pytest.raises(SaysoError, match=message):
            merge_articles(each, decided)


def test_a_decision_between_other_spans_than_there_are_now_is_refused():
    marked = [{"loaded": [{"start": 0, "end": end}]} for end in (4, 9)]
    each = [annotator_of(name, labelled(of, {})) for name, of in zip(("anna", "ben"), marked, strict=True)]
    key = "rain", 0, "loaded"
    fits = Decision("d.csv:1", "ben", {"anna": "Rain", "ben": "Rain fell"})
    assert merge_articles(each, {key: fits}).articles[0].sentences[0].loaded == ((0, 9),)
    with pytest.raises(
        SaysoError, match="ben now has 'Rain fell', but had 'fell' when this was decided; write the disputes"
    ):
        merge_articles(each, {key: fits._replace(answers={"anna": "Rain", "ben": "fell"})})


@pytest.mark.parametrize(("name", "answers"), [("d.jsonl", {"anna": "-1", "ben": "7"}), ("d.csv", None)])
def test_what_annotators_said_is_read_from_json_lines_alone(tmp_path, name, answers):
    row = {"article": "rain", "n": 0, "column": "tone", "text": "Rain fell.", "anna": "-1", "ben": 7, "decision": "anna"}
    cells = [",".join(map(str, values)) for values in (row, row.values())]
    (tmp_path / name).write_text(json.dumps(row) if name == "d.jsonl" else "\n".join(cells), encoding="utf-8")
    assert read_decisions(tmp_path / name)["rain", 0, "tone"].answers == answers
