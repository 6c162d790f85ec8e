"""Prodigy, doccano, spaCy and GATE with labels of the user's own."""

import json

import pytest
from builders import sentences_of, write_rows

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.formats import read_exchange
from sayso.data.records import Attribution
from sayso.errors import SaysoError

CLAIM, QUOTE, SNOW = "The ministry said the dyke was safe.", "“It will hold,” Ida Brack said.", "Snow fell."
TEXTS = (CLAIM, QUOTE, SNOW)
KINDS = ["official_claim", "quote", "narrative"]
OPTIONS = [{"id": kind, "text": kind.replace("_", " ")} for kind in (*KINDS, "independent_assessment")]


@pytest.fixture
def read(tmp_path):
    """Write lines, and give the articles and what was told of them."""

    def written(*rows, name="t.jsonl"):
        path = tmp_path / name
        write_rows(path, rows)
        told = []
        list(read_exchange(path, told.append))
        return read_labelled([path]), [line.partition(": ")[2].partition(": ")[2] for line in told]

    return written


def kinds_of(articles):
    return [s.kind for a in articles for s in a.sentences]


def extras_of(articles):
    return [dict(s.extra) for a in articles for s in a.sentences]


# Prodigy


def accepted(text, *chosen, options=OPTIONS, **more):
    return {"text": text, "options": options, "accept": list(chosen), "answer": "accept", "_view_id": "choice", **more}


NUMBERED = [{"id": n, "text": text} for n, text in enumerate(("Quote", "Official claim", "Narrative"))]
NAMELESS = [{"text": "quote"}, {"text": "official_claim"}, {"text": "narrative"}]
SHORT = [{"id": "q", "text": "Quote"}, {"id": "oc", "text": "Official claim"}, {"id": "n", "text": "Narrative"}]


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (OPTIONS, KINDS),
        (NUMBERED, (1, 0, 2)),
        (NUMBERED, ("1", "0", "2")),
        (NAMELESS, KINDS),
        (NAMELESS, (1, 0, 2)),
        (SHORT, ("oc", "q", "n")),
        ([], ("Official claim", "QUOTE", "Narrative")),
    ],
)
def test_the_option_that_was_accepted_is_the_label(read, options, chosen):
    articles, told = read(*(accepted(text, one, options=options) for text, one in zip(TEXTS, chosen, strict=True)))
    assert kinds_of(articles) == KINDS
    assert told == ["3 labels read as kind."]


def test_several_accepted_options_become_yes_and_no(read):
    rows = [
        accepted(text, *chosen, options=[]) for text, chosen in ((CLAIM, ("sea", "money")), (SNOW, ["sea"]), (QUOTE, []))
    ]
    articles, _ = read(*rows)
    assert extras_of(articles) == [
        {"label_sea": "yes", "label_money": "yes"},
        {"label_sea": "yes", "label_money": "no"},
        {"label_sea": "no", "label_money": "no"},
    ]


def test_a_rejected_label_is_no_label(read):
    def binary(text, label, answer, number):
        return {"text": text, "label": label, "answer": answer, "_input_hash": number, "_task_hash": number + 10}

    articles, told = read(
        binary(CLAIM, "QUOTE", "reject", 1),
        binary(CLAIM, "OFFICIAL_CLAIM", "accept", 1),
        binary(QUOTE, "QUOTE", "accept", 2),
        binary(SNOW, "QUOTE", "ignore", 3),
    )
    assert ([sentences_of(a) for a in articles], kinds_of(articles)) == ([[CLAIM], [QUOTE]], ["official_claim", "quote"])
    assert told == [
        "2 labels read as kind.",
        "tasks answered with ignore, left out: 1.",
        "tasks answered with reject, left out: 1.",
    ]


def test_labels_of_ones_own_accepted_one_at_a_time_become_yes_and_no(read):
    asked = [(SNOW, "sea"), (SNOW, "money"), (CLAIM, "sea")]
    rows = [{"text": text, "label": label, "answer": "accept", "_input_hash": len(text)} for text, label in asked]
    articles, told = read(*rows)
    assert extras_of(articles) == [{"label_money": "yes", "label_sea": "yes"}, {"label_money": "no", "label_sea": "yes"}]
    assert told == []


def test_two_labels_accepted_for_one_text_are_told(read):
    row = {"text": SNOW, "answer": "accept", "_input_hash": 1}
    articles, told = read({**row, "label": "quote"}, {**row, "label": "official_claim"})
    assert kinds_of(articles) == [None]
    assert "kind of sentences with several labels (official_claim, quote), left out: 1." in told


def test_sessions_that_agree_give_the_label(read):
    rows = [
        accepted(text, kind, _input_hash=n, _session_id=f"news-{who}", _timestamp=1_700_000_000)
        for who, kinds in (("ann", ["quote", "narrative"]), ("ben", ["quote", "quote"]))
        for n, (text, kind) in enumerate(zip((QUOTE, SNOW), kinds, strict=True))
    ]
    articles, told = read(*rows)
    assert kinds_of(articles) == ["quote", None]
    assert extras_of(articles) == [
        {"kind_by_news_ann": "quote", "kind_by_news_ben": "quote"},
        {"kind_by_news_ann": "narrative", "kind_by_news_ben": "quote"},
    ]
    assert (
        told[1] == "tasks on which annotators differ in the label: left unlabelled, with each "
        "annotator's label in a column of its own: 1."
    )


def test_the_same_sentence_twice_in_an_article_is_two(read):
    meta = {"article_id": "a1", "title": "Dyke", "source": "news.jsonl"}
    rows = [
        accepted(text, kind, meta=meta) for text, kind in ((SNOW, "narrative"), (CLAIM, "official_claim"), (SNOW, "quote"))
    ]
    (article,), told = read(*rows)
    assert (article.article.id, article.article.title) == ("a1", "Dyke")
    assert sentences_of(article) == [SNOW, CLAIM, SNOW]
    assert kinds_of([article]) == ["narrative", "official_claim", "quote"]
    assert told == ["3 labels read as kind."]


def test_labels_without_an_answer_are_suggestions(read):
    open_task = {name: value for name, value in accepted(SNOW, "narrative").items() if name != "answer"}
    articles, told = read(open_task, accepted(QUOTE, "quote"))
    assert kinds_of(articles) == [None, "quote"]
    assert extras_of(articles) == [{"suggested_kind": "narrative"}, {}]
    assert "tasks without an answer, read as suggestions: 1." in told


def test_spans_without_an_answer_are_suggestions(read):
    text = f"{CLAIM} {SNOW} {QUOTE}"
    articles, _ = read({"text": text, "spans": [{"start": 0, "end": 47, "label": "Official claim"}], "_task_hash": 4})
    assert [sentences_of(a) for a in articles] == [[f"{CLAIM} {SNOW}", QUOTE]]
    assert (kinds_of(articles), extras_of(articles)) == ([None, None], [{"suggested_kind": "official_claim"}, {}])


def test_spans_of_whole_sentences_are_labels_and_names_are_told(read):
    text = f"{CLAIM} {QUOTE}"
    spans = [{"start": 0, "end": len(CLAIM), "label": "Official claim"}, {"start": 4, "end": 12, "label": "ORG"}]
    articles, told = read({"text": text, "spans": spans, "answer": "accept", "_task_hash": 4})
    assert kinds_of(articles) == ["official_claim", None]
    assert told == ["1 label read as kind.", "spans labelled 'ORG' that cover only part of a sentence, left out: 1."]


def test_a_task_of_an_image_is_refused(read):
    with pytest.raises(SaysoError, match=r"t\.jsonl:1: no text; each line must be a Prodigy task"):
        read({"image": "a.png", "accept": ["quote"], "answer": "accept", "_task_hash": 1})


# doccano


def test_spans_of_doccano_are_sentences_with_kinds(read):
    text = f"{CLAIM} {QUOTE} {SNOW}"
    spans = [[0, 36, "official_claim"], [37, 37 + len(QUOTE), "Quote"]]
    articles, told = read({"id": 1, "text": text, "label": spans, "Comments": []})
    assert [sentences_of(a) for a in articles] == [list(TEXTS)]
    assert kinds_of(articles) == ["official_claim", "quote", None]
    assert told == ["2 labels read as kind."]


@pytest.mark.parametrize("end", [15, 36])
def test_a_part_of_a_sentence_stands_for_it(read, end):
    articles, _ = read(
        {"text": f"{CLAIM} {SNOW}", "entities": [{"label": "official_claim", "start_offset": 0, "end_offset": end}]}
    )
    assert kinds_of(articles) == ["official_claim", None]


def test_a_span_of_two_sentences_makes_them_one(read):
    text = f"{CLAIM} {SNOW} {QUOTE}"
    articles, _ = read({"text": text, "label": [[0, 47, "narrative"]]})
    assert [sentences_of(a) for a in articles] == [[f"{CLAIM} {SNOW}", QUOTE]]
    assert kinds_of(articles) == ["narrative", None]


def test_two_kinds_in_a_sentence_are_none(read):
    articles, told = read({"text": f"{CLAIM} {SNOW}", "label": [[0, 12, "quote"], [13, 36, "official_claim"]]})
    assert kinds_of(articles) == [None, None]
    assert "kind of sentences with several labels (official_claim, quote), left out: 1." in told


@pytest.mark.parametrize(
    "relations", [[{"from_id": 2, "to_id": 1}, {"from_id": 2, "to_id": 3}], []], ids=["joined", "alone"]
)
def test_sources_cues_and_contents_make_an_attribution(read, relations):
    places = {"Source": (0, 12), "Cue": (13, 17), "Content": (18, 35)}
    spans = [
        {"id": n, "label": name, "start_offset": a, "end_offset": b} for n, (name, (a, b)) in enumerate(places.items(), 1)
    ]
    (article,), _ = read({"id": 7, "text": f"{CLAIM} {SNOW}", "entities": spans, "relations": relations})
    assert [s.attributions for s in article.sentences] == [(Attribution((0, 12), (13, 17), ((18, 35),)),), ()]


def test_classes_of_doccano_are_labels_of_texts(read):
    rows = [
        {"id": n, "text": text, "label": labels, "Comments": []}
        for n, (text, labels) in enumerate(zip(TEXTS, (["official_claim", "state"], ["quote"], []), strict=True))
    ]
    articles, told = read(*rows)
    assert kinds_of(articles) == ["official_claim", "quote", None]
    assert [a.sentences[0].source_type for a in articles] == ["state", None, None]
    assert told == ["2 labels read as kind.", "1 label read as source_type."]


def test_classes_of_a_text_whose_stretches_are_labelled_are_the_articles(read):
    (article,), _ = read({"text": f"{CLAIM} {SNOW}", "entities": [[0, 36, "official_claim"]], "cats": ["sea"]})
    assert (kinds_of([article]), article.meta["label"]) == (["official_claim", None], "sea")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"text": SNOW, "label": [[0, 99, "narrative"]]},
            r"t\.jsonl:1: 'narrative' is 0 to 99, outside the text's 10 characters",
        ),
        (
            {"text": SNOW, "label": [["0", "9", "narrative"]]},
            r"t\.jsonl:1: span 'narrative': start is '0'; it must be a whole number, 0 or more",
        ),
        (
            {"text": SNOW, "annotations": [{"label": 3, "start_offset": 0, "end_offset": 4}]},
            r"t\.jsonl:1: label 3 is not a name",
        ),
        (
            {"text": SNOW, "label": ["It says at length that snow fell, and goes on about the snow."], "Comments": []},
            r"is a text, not a",
        ),
    ],
)
def test_what_cannot_be_a_label_is_refused(read, row, message):
    with pytest.raises(SaysoError, match=message):
        read(row)


# spaCy and GATE


def test_pairs_of_spacy_are_read(tmp_path):
    pairs = [[CLAIM, {"cats": {"official_claim": 1.0, "quote": 0.0}}], [QUOTE, {"cats": {"official_claim": 0, "quote": 1}}]]
    (tmp_path / "t.json").write_text(json.dumps(pairs), "utf-8")
    assert kinds_of(read_labelled([tmp_path / "t.json"])) == ["official_claim", "quote"]
    (tmp_path / "t.json").write_text(json.dumps([[f"{CLAIM} {SNOW}", {"entities": [[0, 36, "official_claim"]]}]]), "utf-8")
    assert kinds_of(read_labelled([tmp_path / "t.json"])) == ["official_claim", None]


def test_pairs_of_spacy_may_stand_a_line_each(tmp_path):
    pairs = [[CLAIM, {"cats": {"official_claim": 1.0, "quote": 0.0}}], [QUOTE, {"cats": {"official_claim": 0, "quote": 1}}]]
    write_rows(tmp_path / "t.jsonl", pairs)
    assert kinds_of(read_labelled([tmp_path / "t.jsonl"])) == ["official_claim", "quote"]
    write_rows(tmp_path / "one.jsonl", pairs[:1])
    assert kinds_of(read_labelled([tmp_path / "one.jsonl"])) == ["official_claim"]
    write_rows(tmp_path / "t.jsonl", [*pairs, CLAIM])
    with pytest.raises(SaysoError, match=r"t\.jsonl:3: not a pair of a text and its labels"):
        read_labelled([tmp_path / "t.jsonl"])


def test_a_document_of_gate_is_read(tmp_path):
    document = {
        "text": f"{CLAIM} {SNOW}",
        "entities": {"Official claim": [{"indices": [0, 36]}], "Narrative": [{"indices": [37, 47]}]},
    }
    (tmp_path / "g.json").write_text(json.dumps(document), "utf-8")
    assert kinds_of(read_labelled([tmp_path / "g.json"])) == ["official_claim", "narrative"]


# not read, or none of these


@pytest.mark.parametrize(
    ("item", "tool"),
    [
        ({"annotatable": {"parts": ["s1"]}, "anncomplete": True, "entities": []}, "tagtog"),
        ({"name": "news", "examples": [{"content": SNOW}]}, "LightTag"),
        ({"documentName": "a", "document": SNOW, "tokens": []}, "UBIAI"),
        ({"id": "1", "fields": {"text": SNOW}, "responses": {"label": []}}, "Argilla"),
        ({"id": "1", "displayed_text": SNOW, "label_annotations": {}}, "Potato"),
        ({"source": SNOW, "kind": 0, "kind-metadata": {"class-name": "quote"}}, "SageMaker Ground Truth"),
    ],
)
def test_what_is_not_read_is_named(read, item, tool):
    with pytest.raises(SaysoError, match=rf"t\.jsonl: {tool} cannot be read; \w+"):
        read(item)


def test_files_of_other_programs_are_named(tmp_path):
    (tmp_path / "a.spacy").write_bytes(b"x")
    with pytest.raises(SaysoError, match=r"a\.spacy: spaCy's DocBin cannot be read; write a line"):
        read_labelled([tmp_path / "a.spacy"])


@pytest.mark.parametrize(
    "row",
    [
        {"text": SNOW, "kind": "narrative"},
        {"text": SNOW, "kind": "narrative", "label": ["sea"]},
        {"text": SNOW, "entities": [{"name": "Ida Brack", "type": "person"}]},
        {"id": "a", "title": "Dyke", "body": CLAIM, "paragraphs": [CLAIM]},
        {"text": SNOW, "label": "narrative"},
    ],
)
def test_rows_and_articles_are_left_to_their_readers(tmp_path, row):
    assert read_exchange(write_rows(tmp_path / "t.jsonl", [row])) is None


def test_a_broken_character_is_told(tmp_path):
    (tmp_path / "t.json").write_text('[{"text": "Snow \\\\ud83d fell.", "cats": ["sea"]}]'.replace("\\\\", "\\"), "utf-8")
    with pytest.raises(SaysoError, match=r"t\.json:1: contains half of a character \('.ud83d'\); correct the text"):
        read_labelled([tmp_path / "t.json"])
