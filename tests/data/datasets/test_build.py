import json

import pytest
from builders import write_rows

from sayso.data.articles.notices import Notices
from sayso.data.datasets.build import check_buildable, read_labelled, summary
from sayso.data.records import Attribution, Span
from sayso.errors import SaysoError

ANNOTATED = {
    "article": "rain.txt",
    "n": 1,
    "start": 8,
    "end": 29,
    "text": "Rain fell, Berg said.",
    "kind": "official_claim",
    "kind_confidence": 0.93,
    "kind_scores": {"quote": 0.01},
    "abstain": False,
    "source_type": "state",
    "source_type_confidence": 0.88,
    "source": "Berg",
    "cue": "said",
    "attributions": [
        {
            "source": {"start": 19, "end": 23, "text": "Berg"},
            "speaker": "Una Berg",
            "cue": {"start": 24, "end": 28, "text": "said", "tone": "neutral"},
            "content": [{"start": 8, "end": 17}],
            "quoted": False,
            "source_type": "state",
        }
    ],
    "stance": {"Ukraine": {"label": "against", "confidence": 0.71}},
    "bias": {"label": "biased", "confidence": 0.9, "words": [{"start": 8, "end": 12, "text": "Rain"}]},
    "why": {"kind": [["cue: said", 1.8]]},
}


@pytest.fixture
def read(tmp_path):
    """Read rows, or bytes, as a file of the name given."""

    def read_file(content, name="x.jsonl"):
        path = tmp_path / name
        if not isinstance(content, bytes):
            content = "".join(json.dumps(row) + "\n" for row in content).encode()
        path.write_bytes(content)
        return read_labelled([path])

    return read_file


def test_what_annotating_wrote_becomes_labelled_data(read):
    (found,) = read([{"article": "rain.txt", "n": 0, "start": 0, "end": 7, "text": "Cheers!"}, ANNOTATED])
    assert found.article.text == "Cheers! Rain fell, Berg said."
    assert found.targets == {"Ukraine": ()}
    sentence = found.sentences[1]
    assert (sentence.kind, sentence.source_type, sentence.bias) == ("official_claim", "state", "biased")
    assert (dict(sentence.stance), sentence.loaded, sentence.extra) == (
        {"Ukraine": "against"},
        (Span(8, 12),),
        {},
    )
    assert sentence.attributions == (Attribution(Span(19, 23), Span(24, 28), (Span(8, 17),), "Una Berg", "state"),)


def test_how_sure_a_model_was_of_a_column_is_no_column_unless_a_person_says_it(read):
    said = {"topic": "rain", "topic_confidence": 0.61}
    (found,) = read([{"text": "Rain fell.", "kind": "narrative", "kind_confidence": 0.9, **said}])
    assert found.sentences[0].extra == {"topic": "rain"}
    (found,) = read([{"text": "Rain fell.", "kind": "narrative", "kind_confidence": 0.9, "my_confidence": "low"}])
    assert found.sentences[0].extra == {"my_confidence": "low"}
    (found,) = read([{"text": "Rain fell.", "kind": "narrative", **said, "topic_confidence": "low"}])
    assert found.sentences[0].extra == {"topic": "rain", "topic_confidence": "low"}


def test_what_every_row_has_is_complete(read):
    row = {"article": "x", "text": "It rained.", "kind": "narrative", "bias": "neutral", "attributions": []}
    assert read([row, row])[0].complete == {"kind", "bias", "attribution"}
    assert read([row, {"article": "x", "text": "It hailed.", "kind": "narrative"}])[0].complete == {"kind"}


def test_a_source_and_a_cue_can_be_given_as_words(read):
    (found,) = read([{"text": "So it said, Berg said.", "source": "Berg", "cue": "said", "source_type": "state"}])
    assert found.sentences[0].attributions == (Attribution(Span(12, 16), Span(6, 10), (), None, "state"),)


def test_a_source_without_a_cue_is_the_outlet_or_who_stands_in_the_sentence(read):
    (found,) = read([{"text": "It rained.", "source": "Tidal Post"}])
    assert (found.sentences[0].attributions, found.article.outlet) == ((), "Tidal Post")
    (found,) = read([{"text": "It rained, Berg said.", "source": "Berg"}])
    assert (found.sentences[0].attributions, found.article.outlet) == ((Attribution(Span(11, 15), None),), None)


def test_other_columns_are_kept_as_text(read):
    row = {"text": "It rained.", "label": "spam", "level": 3, "sure": True, "none": None, "raw": {"a": 1}}
    assert read([row])[0].sentences[0].extra == {"label": "spam", "level": "3", "sure": "true"}


def test_what_is_known_of_an_article_is_kept(read):
    row = {
        "text": "It rained.",
        "article": "x",
        "outlet": "Tidal Post",
        "article_topic": "climate",
        "split": "dev",
    }
    (found,) = read([row])
    assert (found.article.outlet, found.meta) == ("Tidal Post", {"topic": "climate", "split": "validation"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", 'text,kind,label\n"Rain, hail",narrative,a\n\nSnow,,\n'),
        ("x.tsv", "text\tkind\tlabel\nRain, hail\tnarrative\ta\nSnow\t\t\n"),
        ("x.csv", '\ufefftext,kind,label\r\n"Rain, hail",narrative,a\r\nSnow\r\n'),
        ("x.json", '[{"text": "Rain, hail", "kind": "narrative", "label": "a"}, {"text": "Snow"}]'),
        ("x.ndjson", '\ufeff{"text": "Rain, hail", "kind": "narrative", "label": "a"}\n\n{"text": "Snow"}\n'),
    ],
)
def test_every_sort_of_table_is_read(read, name, content):
    rain, snow = read(content.encode(), name)
    assert (rain.article.text, rain.sentences[0].kind) == ("Rain, hail", "narrative")
    assert rain.sentences[0].extra == {"label": "a"}
    assert (snow.article.text, snow.sentences[0].kind, snow.sentences[0].extra) == ("Snow", None, {})


def test_lists_stand_in_a_table_of_text_as_json(read):
    header, cues = "text,stance,attributions", '"[{""cue"": {""start"": 3, ""end"": 9}}]"'
    rows = header + '\nIt rained.,"{""Rain"": ""favor""}",' + cues
    (found,) = read(rows.encode(), "x.csv")
    assert found.sentences[0].stance == {"Rain": "favor"}
    assert found.sentences[0].attributions[0].cue == Span(3, 9)


def test_rows_of_an_article_may_stand_apart_and_in_several_files(tmp_path):
    for name, n in (("a.jsonl", 1), ("b.jsonl", 0)):
        rows = [{"text": f"Line {n}.", "article": "x", "n": n}, {"text": "Rain.", "article": f"of {name}"}]
        write_rows(tmp_path / name, rows)
    found = read_labelled([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    assert [(a.article.id, a.article.text) for a in found] == [
        ("x", "Line 0. Line 1."),
        ("of a.jsonl", "Rain."),
        ("of b.jsonl", "Rain."),
    ]


def test_our_corpus_format_is_read_as_file_and_folder(tmp_path):
    path = tmp_path / "rain.txt"
    path.write_text("@id rain\n\nN none | Rain fell.\n", encoding="utf-8")
    assert read_labelled([path]) == read_labelled([tmp_path])
    assert read_labelled([path])[0].article.id == "rain"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "a", "kind": "qoute"}, "kind 'qoute' is not one of quote, official_claim, independent"),
        ({"text": "a", "source_type": "Stat"}, "source_type 'Stat' is not one of state, political,"),
        ({"text": "a", "kind": ["quote", "narrative"]}, r"kind holds 2 labels \(quote, narrative\); a sentence has one\."),
        (
            {"text": "a", "bias": "left"},
            r"bias 'left' is not one of biased, neutral\. If these are your own labels, give --label-column bi",
        ),
        ({"text": "a", "bias": {"label": "left"}}, "bias 'left' is not one of biased, neutral"),
        (
            {"text": "a", "stance": {"X": "pro"}},
            "stance towards X: 'pro' is not one of favor, against, neutral",
        ),
        ({"text": "a", "stance": "[1, 2]"}, r"stance\[0\] is 1; it must be an object\."),
        ({"text": "a", "stance": "[1"}, r"stance is '\[1'; it must be a JSON list\."),
        (
            {"text": "a", "kind": "quote", "source_type": "none"},
            "quote cannot have the source type none; it has",
        ),
        (
            {"text": "abc", "start": 0, "end": 4},
            "start 0 to end 4 are 4 characters, but the text has 3; correct",
        ),
        ({"text": "a", "start": -1}, r"start is -1; it must be a whole number, 0 or more\."),
        ({"text": "a", "start": "x"}, r"start is 'x'; it must be a whole number, 0 or more\."),
        ({"text": "a", "start": 5, "before": "ab"}, r"start is 5, but the text before it ends at 2\."),
        ({"text": "a", "n": 1.5}, r"n is 1\.5; it must be a whole number, 0 or more\."),
        ({"text": "a", "n": True}, r"n is true; it must be a whole number, 0 or more\."),
        ({"text": "a", "split": "half"}, r"split 'half' is not one of train, validation, test\."),
        ({"text": " "}, r"the text is empty; leave the row out\."),
        ({"text": 4}, r"text is 4; it must be text\."),
        ({"txt": "a"}, r"no text; a column text or sentence is required, but the filled columns are 'txt'\."),
        ({"text": "a\0"}, r"contains a NUL character; this is not text, or it is damaged\."),
        ({"text": "\ud83d"}, r"contains half of a character \('.ud83d'\); correct the text\."),
        ({"text": "a", "source": "b", "cue": "a"}, r"source 'b' does not occur in the sentence\."),
        ({"text": "a", "attributions": "x"}, r"attributions is 'x'; it must be a JSON list\."),
        ({"text": "a", "attributions": [1]}, r"attributions\[0\] is 1; it must be an object\."),
        (
            {"text": "a", "attributions": [{"cue": "a"}]},
            r"attributions\[0\].cue is 'a'; it must be an object\.",
        ),
        (
            {"text": "ab", "attributions": [{"cue": {"start": 0, "end": 1, "text": "b"}}]},
            "attribution 1: cue is 0 to 1, which is 'a', not 'b'; offsets count characters",
        ),
        (
            {"text": "ab", "attributions": [{"content": [{"start": 1, "end": 3}]}]},
            "attribution 1: content 1 is 1 to 3, outside the article's 2 characters",
        ),
        ({"text": "ab", "loaded": [{"start": 1, "end": 1}]}, "loaded 1 is 1 to 1, outside the article's 2"),
        ({"text": "a", "targets": [1]}, r"targets\[0\] is 1; it must be an object\."),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_file_and_line(read, row, reason):
    with pytest.raises(SaysoError, match=rf"x\.jsonl:2: {reason}"):
        read([{"text": "It rained."}, row])


def test_two_rows_that_contradict_each_other_are_refused(read):
    row = {"article": "x", "text": "It rained."}
    with pytest.raises(SaysoError, match=r"x\.jsonl:2: sentence 0 of 'x' is already given at .*x\.jsonl:1"):
        read([{**row, "n": 0}, {**row, "n": 0}])
    with pytest.raises(SaysoError, match=r"x\.jsonl:2: start is 9, but the previous sentence ends at 10\."):
        read([{**row, "start": 0}, {**row, "start": 9}])
    with pytest.raises(SaysoError, match=r"x\.jsonl:2: outlet is 'B', but 'A' in an earlier row of the same article\."):
        read([{**row, "outlet": "A"}, {**row, "outlet": "B"}])
    with pytest.raises(SaysoError, match=r"x\.jsonl:2: no n, although other rows of the same article have one\."):
        read([{**row, "n": 0}, row])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.jsonl", b"", r"x\.jsonl: the file is empty; give one row per sentence\."),
        ("x.jsonl", b"\n \n", r"x\.jsonl: the file is empty; give one row per sentence\."),
        ("x.csv", b"text,kind\n", r"x\.csv: the file is empty; give one row per sentence\."),
        ("x.json", b"[]", r"x\.json: the file is empty; give one row per sentence\."),
        ("x.jsonl", b'{"text": "a"}\n{"text', r"x\.jsonl:2: broken JSON \(Unterminated string"),
        ("x.jsonl", b"[1]\n", r"x\.jsonl:1: this is \[1\]; it must be an object with a text\."),
        ("x.json", b'{"text": "a"}', r'x\.json: this is {"text": "a"}; it must be a list of objects, one per sentence\.'),
        (
            "x.jsonl",
            b'{"text": "\xff"}\n',
            r"x\.jsonl:1: not UTF-8 at byte 10; JSON must be UTF-8, so convert the file\.",
        ),
        ("x.csv", b"text\nRain\0\n", r"x\.csv:1: contains a NUL character; this is not text, or it is damaged\."),
        ("x.csv", b"text,\0\nRain,b\n", r"x\.csv:1: contains a NUL character; this is not text, or it is damaged\."),
        ("x.csv", b"text,text\na,b\n", r"x\.csv: two columns have the name 'text'; rename one\."),
        (
            "x.csv",
            b"text\na,b\n",
            r"x\.csv:1: 2 fields, but the header has 1; put fields that contain the delimiter",
        ),
        ("x.csv", b'text\n"a" b, c\n', r"x\.csv:1: broken quoting at line 2 \("),
        ("x.csv", b"PK\x03\x04", r"x\.csv: this is a zip archive or an office document, not text"),
        ("x.parquet", b"PAR1 no", r"x\.parquet: not a Parquet table, or a damaged one \("),
        (
            "x.doc",
            b"Rain",
            r"x\.doc: cannot read labelled sentences from this kind of file; use \.csv, \.json, \.jsonl,",
        ),
        ("x.txt", b"Rain\n", r"x\.txt:1: 'Rain' is not a sentence line; write 'KIND TYPE \| text'\."),
        ("x.txt", b"@id x\n\xff\n", r"x\.txt:2: not UTF-8; convert the file to UTF-8\."),
    ],
)
def test_a_file_that_is_no_table_is_refused(read, name, content, message):
    with pytest.raises(SaysoError, match=message):
        read(content, name)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(SaysoError, match=r"none\.jsonl: no such file or folder\.$"):
        read_labelled([tmp_path / "none.jsonl"])


def test_what_is_wrong_can_be_collected_instead(tmp_path):
    rows = [{"text": "a", "kind": "qoute"}, {"text": ""}, {"text": "b", "article": "B", "start": 0, "end": 5}]
    path = write_rows(tmp_path / "x.jsonl", rows)
    refused = []
    found = read_labelled([path], refused.append)
    assert [(a.article.text, a.sentences[0].kind) for a in found] == [("a", None), ("b", None)]
    assert [(error.where[-1], error.article[-1:], error.n) for error in refused] == [
        ("2", "", None),
        ("1", "1", 0),
        ("3", "B", None),
    ]


def test_an_article_belongs_to_one_split_and_one_file(tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()
    for split in ("train", "test"):
        (folder / f"{split}.csv").write_text("text,article\nRain,a\n", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"^article 'a' is in test and train; an article belongs to one split\.$"):
        check_buildable(read_labelled([folder]))
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("@id same\n\nN none | Rain.\n", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"^two articles have the id 'same'; give each its own id\.$"):
        check_buildable(read_labelled([tmp_path / "one.txt", tmp_path / "two.txt"]))


def test_the_summary_counts_sentences_articles_and_labels(read):
    rows = [
        {"text": "It rained.", "article": "x", "kind": "narrative", "label": "wet"},
        {"text": "It hailed.", "article": "x", "kind": "narrative"},
        {"text": "“It did,” she said.", "article": "y", "kind": "quote", "split": "test"},
    ]
    assert summary(read(rows)).splitlines() == [
        "3 sentences in 2 articles (train 1, test 1)",
        "kind: narrative 2, quote 1",
        "label: 1 sentence (a label column of your own)",
    ]


def test_words_about_a_nul_character_are_words(tmp_path):
    row = r'{"text": "It rained.", "motto": "Typed: \\u0000."}'
    for name, content in (("x.jsonl", row), ("x.json", f"[{row}]")):
        (tmp_path / name).write_text(content, "utf-8")
        (labelled,) = read_labelled([tmp_path / name])
        assert labelled.sentences[0].extra == {"motto": r"Typed: \u0000."}


def test_each_table_of_a_folder_is_read_by_its_own_columns(tmp_path):
    (tmp_path / "a.csv").write_text("sentence,kind,article\nThe mayor left.,narrative,a\n", "utf-8")
    (tmp_path / "b.csv").write_text("text,label,doc\nThe council met.,narrative,b\n“Yes.” she said.,quote,b\n", "utf-8")
    lines: list[str] = []
    one, other = read_labelled([tmp_path], notices=Notices(lines.append))
    assert [(s.kind, dict(s.extra)) for s in (*one.sentences, *other.sentences)] == [
        ("narrative", {}),
        ("narrative", {}),
        ("quote", {}),
    ]
    assert (one.article.id, other.article.id) == ("a", "b")
    assert lines == [f"{tmp_path}/b.csv: column 'label' is read as kind, because all its values fit."]


def test_tables_of_a_folder_with_the_same_columns_are_judged_together(tmp_path):
    rows = [f"Rain fell {n} times.,mood {n % 2}" for n in range(6)]
    (tmp_path / "train.csv").write_text("sentence,mood\n" + "\n".join(rows[:4]) + "\n", "utf-8")
    (tmp_path / "test.csv").write_text("sentence,mood\n" + "\n".join(rows[4:]) + "\n", "utf-8")
    lines: list[str] = []
    articles = read_labelled([tmp_path], notices=Notices(lines.append))
    assert [(a.meta.get("split"), a.sentences[0].extra["mood"]) for a in articles] == [
        *((None, f"mood {n % 2}") for n in range(4)),
        ("test", "mood 0"),
        ("test", "mood 1"),
    ]
    assert [line.partition(":")[0] for line in lines] == [str(tmp_path)]


EXPORTED = [{"id": 7, "text": "Rain fell.", "label": ["narrative"], "Comments": []}]


def test_labelled_tables_beside_what_another_tool_wrote_are_read_too(tmp_path):
    write_rows(tmp_path / "doccano.jsonl", EXPORTED)
    (tmp_path / "ours.csv").write_text("sentence,kind,article\nThe mayor left.,narrative,a\n", "utf-8")
    (tmp_path / "stance.csv").write_text("Target;Tweet;Stance\nferries;We love ferries;FAVOR\n", "utf-8")
    (tmp_path / "texts.csv").write_text("sentence,page\nThe council met.,3\n", "utf-8")
    (tmp_path / "notes.txt").write_text("Ask Ada.\n", "utf-8")
    lines: list[str] = []
    articles = read_labelled([tmp_path], notices=Notices(lines.append))
    assert [(a.article.text, a.sentences[0].kind, dict(a.sentences[0].stance)) for a in articles] == [
        ("Rain fell.", "narrative", {}),
        ("The mayor left.", "narrative", {}),
        ("We love ferries", None, {"ferries": "favor"}),
    ]
    assert f"{tmp_path}: left out: 2 files (.csv 1, .txt 1)." in lines


def test_an_article_of_a_table_and_of_what_another_tool_wrote_is_refused(tmp_path):
    write_rows(tmp_path / "doccano.jsonl", EXPORTED)
    (tmp_path / "ours.csv").write_text("sentence,kind,article\nThe mayor left.,narrative,7\n", "utf-8")
    with pytest.raises(
        SaysoError, match=r"ours\.csv:1: article '7' is already given at " r".*doccano\.jsonl:1; to compare two ann"
    ):
        read_labelled([tmp_path])


def test_the_folder_is_asked_for_where_annotations_of_brat_are_named(tmp_path):
    (tmp_path / "a.ann").write_text("T1\tquote 0 4\tRain\n", "utf-8")
    with pytest.raises(SaysoError, match=r"a\.ann: brat annotations are read together with their texts; give the folder "):
        read_labelled([tmp_path / "a.ann"])
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.ann").rename(tmp_path / "deep" / "a.ann")
    with pytest.raises(SaysoError, match=r"a\.ann: brat annotations are .*; give the folder .*deep\."):
        read_labelled([tmp_path])
