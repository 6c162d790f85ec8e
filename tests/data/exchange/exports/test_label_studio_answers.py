"""Label Studio with a user's own labelling configuration: what was chosen becomes columns of sentences."""

import json

import pytest
from builders import run_sayso, sentences_of

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.formats import read_exchange
from sayso.errors import SaysoError

CLAIM, QUOTE, SNOW = "The ministry said the dyke was safe.", "“It will hold,” Ida Brack said.", "Snow fell."


def choice(name, *labels, **place):
    return {"id": "r", "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": list(labels), **place}}


def region(key, start, end, label, text=None):
    value = {"start": start, "end": end, "labels": [label], **({"text": text} if text else {})}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def task(number, text, *results, data=None, **more):
    annotation = {"id": number, "completed_by": 1, "result": list(results), "was_cancelled": False, "ground_truth": True}
    return {"id": number, "data": {"text": text, **(data or {})}, "annotations": [annotation], "predictions": [], **more}


@pytest.fixture
def read(tmp_path):
    """Write tasks, and give the articles and what was told of them."""

    def written(*tasks, name="tasks.json"):
        path = tmp_path / name
        path.write_text(json.dumps(tasks), "utf-8")
        told = []
        list(read_exchange(path, told.append))
        return read_labelled([path]), [line.removeprefix(f"{path}: Label Studio: ") for line in told]

    return written


def sentence_of(article):
    (sentence,) = article.sentences
    return sentence


@pytest.mark.parametrize("name", ["kind", "Kind", "label", "sentence type"])
def test_a_choice_without_a_region_labels_the_text(read, name):
    articles, told = read(
        task(1, CLAIM, choice(name, "Official claim")),
        task(2, QUOTE, choice(name, "quote")),
        task(3, SNOW, choice(name, "NARRATIVE")),
    )
    assert [sentence_of(a).kind for a in articles] == ["official_claim", "quote", "narrative"]
    assert [a.article.id for a in articles] == ["1", "2", "3"]
    assert told == ([] if name == "kind" else [f"3 labels of {name!r} read as kind."])


def test_labels_of_ones_own_become_a_column_of_that_name(read):
    articles, told = read(task(1, CLAIM, choice("topic", "sea")), task(2, SNOW, choice("topic", "weather")))
    assert [dict(sentence_of(a).extra) for a in articles] == [{"topic": "sea"}, {"topic": "weather"}]
    assert told == []


def test_several_choices_become_yes_and_no(read):
    articles, _ = read(
        task(1, CLAIM, choice("topic", "sea", "money")), task(2, SNOW, choice("topic", "sea")), task(3, QUOTE)
    )
    assert [dict(sentence_of(a).extra) for a in articles] == [
        {"topic_sea": "yes", "topic_money": "yes"},
        {"topic_sea": "yes", "topic_money": "no"},
        {},
    ]


def test_fields_of_the_data_tell_the_article(read):
    data = {"article_id": "a1", "outlet": "Penbrook Post", "mood": 3}
    nested = {"meta": {"doc_id": "a1", "title": "Dyke holds"}}
    articles, told = read(
        task(1, SNOW, choice("kind", "narrative"), data=data),
        task(2, SNOW, choice("kind", "quote"), data=data),
        task(3, SNOW, choice("kind", "narrative"), data=nested),
    )
    (article,) = articles
    assert (article.article.id, article.article.outlet, article.article.title) == ("a1", "Penbrook Post", "Dyke holds")
    assert sentences_of(article) == [SNOW, SNOW, SNOW]
    assert [s.kind for s in article.sentences] == ["narrative", "quote", "narrative"]
    assert told == ["data fields named 'mood', left out: 2."]


def test_a_stance_needs_its_target(read):
    (article,), _ = read(task(1, CLAIM, choice("stance", "Favour"), data={"target": "the ministry"}))
    assert sentence_of(article).stance == {"the ministry": "favor"}
    with pytest.raises(SaysoError, match=r"tasks\.json:1: a stance without a target; add a field named target to each task"):
        read(task(1, CLAIM, choice("stance", "favor")))


def test_a_cancelled_annotation_is_none(read):
    cancelled = task(1, SNOW, choice("kind", "quote"))
    cancelled["annotations"][0]["was_cancelled"] = True
    (one, other), told = read(cancelled, task(2, SNOW, choice("kind", "narrative"), drafts=[{"result": []}]))
    assert (sentence_of(one).kind, sentence_of(other).kind) == (None, "narrative")
    assert told == ["cancelled annotations, left out: 1.", "drafts that were not submitted, left out: 1."]


def test_where_people_differ_there_is_no_label_but_theirs(read):
    both = task(1, SNOW, choice("kind", "quote"), choice("topic", "sea"))
    both["annotations"].append(
        {"completed_by": {"email": "ben@example.org"}, "result": [choice("kind", "narrative"), choice("topic", "sea")]}
    )
    (article,), told = read(both)
    assert sentence_of(article).kind is None
    assert dict(sentence_of(article).extra) == {
        "topic": "sea",
        "kind_by_1": "quote",
        "topic_by_1": "sea",
        "kind_by_ben_example_org": "narrative",
        "topic_by_ben_example_org": "sea",
    }
    assert told == [
        "tasks on which annotators differ in kind: left unlabelled, with each annotator's label in a column of its own: 1."
    ]


def test_a_region_of_a_whole_sentence_labels_it(read):
    text = f"{SNOW} {QUOTE} {CLAIM}"
    second = text.index(QUOTE)
    marks = [region("a", 0, 10, "Narrative", SNOW), region("b", second, second + len(QUOTE), "Quote")]
    (article,), told = read(task(1, text, *marks, choice("topic", "sea")))
    assert [(s, k.kind) for s, k in zip(sentences_of(article), article.sentences, strict=True)] == [
        (SNOW, "narrative"),
        (QUOTE, "quote"),
        (CLAIM, None),
    ]
    assert article.meta["topic"] == "sea"  # a choice about a text of several sentences is about the article
    assert told == ["2 labels of 'label' read as kind."]


def test_a_choice_of_a_region_stands_with_its_sentence(read):
    text = f"{SNOW} {QUOTE}"
    (article,), _ = read(task(1, text, region("a", 0, 10, "Narrative"), choice("sure", "yes", start=0, end=10)))
    assert [(s.kind, dict(s.extra)) for s in article.sentences] == [("narrative", {"sure": "yes"}), (None, {})]


def test_an_end_behind_the_text_is_the_texts_end_if_the_words_say_so(read):
    """Label Studio accepts such ends, and exports them."""
    (article,), _ = read(task(1, SNOW, region("a", 0, 15, "Narrative", SNOW)))
    assert sentence_of(article).kind == "narrative"
    with pytest.raises(SaysoError, match=r"tasks\.json:1: 'Narrative' is 0 to 15, outside the text's 10 characters"):
        read(task(1, SNOW, region("a", 0, 15, "Narrative")))


def test_line_ends_of_windows_move_the_regions(read):
    text = f"😀 {SNOW}\r\n{QUOTE}"
    start = text.index("“")
    (article,), _ = read(task(1, text, region("b", start, len(text), "quote", QUOTE)))
    assert [(s.span.of(article.article.text), s.kind) for s in article.sentences] == [(f"😀 {SNOW}", None), (QUOTE, "quote")]


def test_what_is_no_label_is_counted(read):
    note = {"id": "n", "from_name": "note", "type": "textarea", "value": {"text": ["clear"]}}
    _, told = read(task(1, SNOW, choice("kind", "narrative"), note))
    assert told == ["answers of the type textarea, left out: 1."]


def test_a_text_may_have_another_name(read):
    one = {"id": 1, "data": {"body": SNOW, "id": "b1"}, "annotations": [{"result": [choice("kind", "narrative")]}]}
    (article,), _ = read(one)
    assert (article.article.id, sentence_of(article).kind) == ("b1", "narrative")
    with pytest.raises(
        SaysoError, match=r"tasks\.json:1: no text; a field such as text is required, but " r"the fields are 'image'"
    ):
        read({"id": 1, "data": {"image": "a.png"}, "annotations": []})


def test_annotations_that_are_numbers_are_refused(read):
    with pytest.raises(
        SaysoError, match=r"tasks\.json:1: annotations are numbers, not labels; export from Label Studio as full JSON"
    ):
        read({"id": 1, "data": {"text": SNOW}, "annotations": [7]})


def test_tasks_may_stand_in_lines_and_annotations_hold_their_task(tmp_path):
    """Storage that Label Studio writes to has a file for each annotation."""
    tasks = [task(1, CLAIM, choice("kind", "official_claim")), task(2, SNOW, choice("kind", "narrative"))]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(one) + "\n" for one in tasks), "utf-8")
    assert [sentence_of(a).kind for a in read_labelled([tmp_path / "t.jsonl"])] == ["official_claim", "narrative"]
    turned = {"id": 9, "result": [choice("kind", "quote")], "task": {"id": 4, "data": {"text": QUOTE}}}
    (tmp_path / "one.json").write_text(json.dumps(turned), "utf-8")
    (article,) = read_labelled([tmp_path / "one.json"])
    assert (article.article.id, sentence_of(article).kind) == ("4", "quote")


def test_a_prediction_is_a_suggestion(read):
    one = task(1, SNOW, predictions=[{"result": [choice("kind", "Narrative")]}])
    (article,), _ = read(one)
    assert (sentence_of(article).kind, dict(sentence_of(article).extra)) == (None, {"suggested_kind": "narrative"})


def test_suggestions_come_back_though_the_export_has_numbers_for_them(tmp_path):
    """Label Studio 1.23.2 exports a prelabelled project with ``"predictions": [2]``."""
    rows = {"article": "a1", "text": SNOW, "suggested_kind": "narrative"}
    (tmp_path / "in.jsonl").write_text(json.dumps(rows), "utf-8")
    assert run_sayso("data", "export", tmp_path / "in.jsonl", "-f", "label-studio", "-o", tmp_path / "out.json")[0] == 0
    (one,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    one |= {"id": 5, "predictions": [2]}
    (tmp_path / "out.json").write_text(json.dumps([one]), "utf-8")
    assert read_labelled([tmp_path / "out.json"]) == read_labelled([tmp_path / "in.jsonl"])


def test_numbers_without_our_data_are_told(read):
    (article,), told = read(task(1, SNOW, choice("kind", "narrative"), predictions=[2]))
    assert (sentence_of(article).kind, dict(sentence_of(article).extra)) == ("narrative", {})
    assert told == ["predictions that are only numbers, left out: 1."]


def test_a_choice_about_the_text_beside_our_own_regions_is_the_articles(read):
    (article,), _ = read(task(1, f"{CLAIM} {SNOW}", region("s", 0, 12, "source", "The ministry"), choice("topic", "sea")))
    assert article.meta["topic"] == "sea"
    assert [len(s.attributions) for s in article.sentences] == [1, 0]


# JSON-MIN and CSV

ADMINISTRATION = {
    "annotator": 1,
    "annotation_id": 5,
    "created_at": "2026-11-30",
    "updated_at": "2026-11-30",
    "lead_time": 2.5,
}


def test_json_min_without_regions_is_read(read):
    articles, told = read(
        {
            "text": CLAIM,
            "article_id": "a1",
            "mood": 3,
            "id": 2,
            "kind": "Official claim",
            "topic": {"choices": ["sea", "money"]},
            **ADMINISTRATION,
        },
        {
            "text": SNOW,
            "article_id": "a1",
            "id": 3,
            "kind": "Narrative",
            "topic": "sea",
            "sure": [{"rating": 4}],
            **ADMINISTRATION,
        },
    )
    (article,) = articles
    assert [(s.kind, dict(s.extra)) for s in article.sentences] == [
        ("official_claim", {"topic_money": "yes", "topic_sea": "yes"}),
        ("narrative", {"topic_money": "no", "topic_sea": "yes", "sure": "4"}),
    ]
    assert told == ["data fields named 'mood', left out: 1."]


def test_json_min_with_regions_is_refused(read):
    row = {
        "text": SNOW,
        "id": 2,
        "label": [{"start": 0, "end": 10, "text": SNOW, "labels": ["Narrative"]}],
        **ADMINISTRATION,
    }
    with pytest.raises(
        SaysoError, match=r"tasks\.json:1: label holds Label Studio regions, .* drops which choice .*; export as JSON\."
    ):
        read(row)


def test_csv_is_read_or_refused_like_json_min(tmp_path):
    head = "annotation_id,annotator,created_at,id,kind,label,lead_time,text,updated_at\n"
    path = tmp_path / "p.csv"
    path.write_text(f'{head}3,1,2026,2,Narrative,,3.0,{SNOW},2026\n4,1,2026,3,Quote,,,"{QUOTE}",2026\n', "utf-8")
    articles = read_labelled([path])
    assert [(sentence_of(a).kind, dict(sentence_of(a).extra)) for a in articles] == [("narrative", {}), ("quote", {})]
    regions = '"[{""start"":0,""end"":10,""labels"":[""Narrative""]}]"'
    path.write_text(f"{head}3,1,2026,2,,{regions},3.0,{SNOW},2026\n", "utf-8")
    with pytest.raises(SaysoError, match=r"p\.csv:1: label holds Label Studio regions"):
        read_labelled([path])
