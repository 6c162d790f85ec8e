import csv
import io
import json
import math
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import labelled_article, run_sayso, span_of

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.formats import FORMATS, write_exchange
from sayso.data.records import Attribution, Span
from sayso.data.schemas.row import sifted
from sayso.errors import SaysoError

FIRST = "The sluice at Orlitsa was shut."
SECOND = "Mayor Vesna Pardue said the dam was safe."
TEXT = f"{FIRST} {SECOND}"
SAID = Attribution(span_of(TEXT, "Mayor Vesna Pardue"), span_of(TEXT, "said"), (span_of(TEXT, "the dam was safe"),))
SLUICE = labelled_article(
    "sluice",
    (FIRST, {"kind": "narrative", "bias": "neutral", "extra": {"topic": "water"}}),
    (SECOND, {"bias": "biased", "loaded": ("safe",), "stance": {"the dam": "favor"}, "attributions": (SAID,)}),
    title="A sluice",
    targets={"the dam": ("the wall",)},
    complete=frozenset(("attribution",)),
)
WHOLE = "it must be a whole number, 0 or more."


def row(**cells):
    """Give the second sentence as a row, with other cells."""
    return {"article": "sluice", "n": 1, "text": SECOND, "start": 32, "end": 73, **cells}


def read(path):
    """Read a file; give its articles, and what is told without the folder."""
    told = []
    articles = read_labelled([path], told.append)
    return articles, [str(error).replace(f"{path.parent}/", "") for error in told]


def in_lines(path, cells):
    path = path / "s.jsonl"
    first = {"article": "sluice", "n": 0, "text": FIRST, "start": 0, "end": 31}
    path.write_text(json.dumps(first) + "\n" + json.dumps(row(**cells)) + "\n")
    return path


CUE = {"start": 51, "end": 55, "text": "said"}
ODD_CELLS = [
    ("complete", 3.5, "complete is 3.5; it must be a list."),
    ("complete", True, "complete is true; it must be a list."),
    ("complete", [None], "complete[0] is null; it must be one of 'kind', 'source_type', 'attribution', 'stance' or 'bias'."),
    ("complete", "3.5", "complete[0] is '3.5'; it must be one of 'kind', 'source_type', 'attribution', 'stance' or 'bias'."),
    ("attributions", True, "attributions is true; it must be a list."),
    ("attributions", "[[", "attributions is '[['; it must be a JSON list."),
    ("attributions", [7], "attributions[0] is 7; it must be an object."),
    ("attributions", [{"cue": CUE | {"text": True}}], "attributions[0].cue.text is true; it must be text."),
    ("attributions", [{"cue": CUE | {"end": {}}}], "attributions[0].cue.end is {}; " + WHOLE),
    ("attributions", [{"cue": CUE | {"end": 2**70}}], f"attributions[0].cue.end is {2**70}; {WHOLE}"),
    ("attributions", [{"cue": CUE | {"start": math.nan}}], "attributions[0].cue.start is NaN; " + WHOLE),
    ("attributions", [{"cue": {"start": 51}}], 'attributions[0].cue is {"start": 51}; it must have end.'),
    ("attributions", [{"speaker": ["Ilva"]}], 'attributions[0].speaker is ["Ilva"]; it must be text.'),
    ("loaded", [CUE | {"start": -1}], "loaded[0].start is -1; " + WHOLE),
    ("loaded", [CUE | {"start": "51"}], "loaded[0].start is '51'; " + WHOLE),
    ("stance", [{"label": "favor"}], 'stance[0] is {"label": "favor"}; it must have target.'),
    ("stance", [{"target": math.inf, "label": "favor"}], "stance[0].target is Infinity; it must be text."),
    ("targets", [{"name": "the dam", "aliases": 3}], "targets[0].aliases is 3; it must be a list."),
    ("title", {"a": 1}, 'title is {"a": 1}; it must be text.'),
    ("article_country", True, "article_country is true; it must be text."),
    ("after", 7, "after is 7; it must be text."),
    ("n", True, "n is true; " + WHOLE),
    ("start", 10**400, "start is 1"),
    ("text", True, "text is true; it must be text."),
    ("article", [1], "article is [1]; it must be text or a number."),
]


@pytest.mark.parametrize(("name", "value", "reason"), ODD_CELLS)
def test_a_cell_of_the_wrong_type_costs_itself_and_is_told_by_file_line_and_key(tmp_path, name, value, reason):
    (labelled,), told = read(in_lines(tmp_path, {name: value}))
    assert told[0].startswith(f"s.jsonl:2: {reason}")
    assert len(told) == 1
    assert labelled.article.text.startswith(FIRST)
    assert [s.n for s in labelled.sentences] == ([0] if name in ("n", "text", "article") else [0, 1])


def test_what_stands_beside_a_wrong_value_stays(tmp_path):
    attributions = [{"source": CUE | {"end": None}, "cue": CUE, "content": [CUE | {"start": []}, CUE], "speaker": 7}]
    (labelled,), told = read(in_lines(tmp_path, {"attributions": attributions, "kind": "quote"}))
    assert told == [
        f"s.jsonl:2: attributions[0].source.end is null; {WHOLE}",
        f"s.jsonl:2: attributions[0].content[0].start is []; {WHOLE}",
    ]
    assert labelled.sentences[1].kind == "quote"
    assert labelled.sentences[1].attributions == (Attribution(cue=Span(51, 55), content=(Span(51, 55),), speaker="7"),)


def test_whole_numbers_may_be_written_as_floats(tmp_path):
    (labelled,), told = read(in_lines(tmp_path, {"loaded": [{"start": 51.0, "end": 55.0, "text": "said"}], "n": 1.0}))
    assert told == []
    assert labelled.sentences[1].loaded == (Span(51, 55),)


def test_a_nested_cell_of_a_csv_is_told_in_the_same_words(tmp_path):
    path = tmp_path / "s.csv"
    cells = row(loaded='[{"start": 51, "end": true}, {"start": 51, "end": 55}]')
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerows([cells.keys(), cells.values()])
    path.write_text(written.getvalue())
    (labelled,), told = read(path)
    assert told[0] == f"s.csv:1: loaded[0].end is true; {WHOLE}"
    assert labelled.sentences[0].loaded == (Span(51, 55),)


@pytest.mark.parametrize(
    ("column", "values", "reason"),
    [
        ("complete", pa.array([1.5]), "s.parquet:1: complete is 1.5; it must be a list."),
        ("loaded", pa.array([[{"start": 1.5, "end": True}]]), f"s.parquet:1: loaded[0].start is 1.5; {WHOLE}"),
        ("title", pa.array([b"\xff"]), "s.parquet:1: title is \"b'\\\\xff'\"; it must be text."),
        ("n", pa.array([2**64 - 1], pa.uint64()), f"s.parquet:1: n is {2**64 - 1}; {WHOLE}"),
        ("n", pa.array(["²"]), f"s.parquet:1: n is '²'; {WHOLE}"),
    ],
)
def test_a_column_of_another_type_in_parquet_is_told(tmp_path, column, values, reason):
    path = tmp_path / "s.parquet"
    table = pa.table({"article": ["sluice"], "n": [0], "text": [FIRST], "start": [0], "end": [31]})
    place = table.schema.get_field_index(column)
    pq.write_table(table.append_column(column, values) if place < 0 else table.set_column(place, column, values), path)
    assert read(path)[1][0] == reason


def test_a_time_that_python_cannot_hold_is_told_by_row_and_column(tmp_path):
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table({"text": [FIRST], "date": pa.array([2**62], pa.timestamp("us"))}), path)
    with pytest.raises(SaysoError, match=r"s\.parquet:1: date holds a value of type timestamp\[\w+\] that cannot be read"):
        read(path)


def test_two_columns_of_one_name_in_parquet_are_refused(tmp_path):
    path = tmp_path / "s.parquet"
    pq.write_table(pa.table([pa.array([FIRST]), pa.array(["a"]), pa.array(["b"])], ["text", "topic", "topic"]), path)
    with pytest.raises(SaysoError, match=r"s\.parquet: two columns have the name 'topic'; rename one\.$"):
        read(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "It froze.", "kind": "quote", "kind": "narrative"}', "broken JSON (the key 'kind' is given twice)"),
        ('{"text": "It froze.", "topic": "\\ud800"}', "contains half of a character"),
        ('{"text": "It froze.", "topic": "a\\u0000"}', "contains a NUL character"),
        ('{"text": "It froze.", "topic": ' + "[" * 100_000 + "]" * 100_000 + "}", "this JSON is nested too deeply"),
        ("Infinity", "this is Infinity; it must be an object with a text."),
    ],
)
def test_a_line_that_is_no_row_is_refused(tmp_path, line, reason):
    path = tmp_path / "s.jsonl"
    path.write_text(f"{line}\n")
    with pytest.raises(SaysoError, match=f"^{re.escape(f'{path}:1: {reason}')}"):
        read(path)


def test_a_nested_cell_of_many_levels_is_told(tmp_path):
    deep = json.loads("[" * 900 + "]" * 900)
    (labelled,), told = read(in_lines(tmp_path, {"loaded": [deep], "stance": {"the dam": "favor"}}))
    assert [line[:41] for line in told] == ["s.jsonl:2: loaded[0] is [[[[[[[[[[[[[[[[["]
    assert labelled.sentences[1].stance == {"the dam": "favor"}


def test_labels_nested_deeply_are_told(tmp_path):
    empty, three = (json.loads("[" * 400 + inside + "]" * 400) for inside in ("", "3"))
    _, told = read(in_lines(tmp_path, {"kind": empty, "bias": three}))
    assert told == [
        "s.jsonl:2: bias 3 is not one of biased, neutral. If these are your own labels, give --label-column bias."
    ]


ABOUT, NOT_COMPLETE = '"complete": ["attribution"]', "complete is 3.5; it must be a list."
EXCHANGED = [
    ("label-studio", ABOUT, '"complete": 3.5', f"1: data.sayso.about: {NOT_COMPLETE}"),
    ("label-studio", '"end": 31, "n"', '"end": true, "n"', f"1: data.sayso.sentences[0]: end is true; {WHOLE}"),
    ("label-studio", '{"id": "s0"', '7, {"id": "s0"', "1: result[0] is 7; it must be an object."),
    ("label-studio", '["narrative"]', "[{}]", "1: choices of region s0 is {}; it must be text or a number."),
    ("prodigy", '"end": 31', '"end": 1e400', f"1: span 1: end is Infinity; {WHOLE}"),
    ("prodigy", 'shut.", "label"', 'shut.", "text": 1, "label"', "1: broken JSON (the key 'text' is given twice)"),
    ("prodigy", f'"text": "{FIRST}", "label"', '"text": true, "label"', "1: span 1: text is true; it must be text."),
    ("prodigy", '"title": "A sluice"', '"title": [1]', "1: meta: title is [1]; it must be text."),
    ("prodigy", '"id": "sluice"', '"id": [1]', "1: meta.id is [1]; it must be text or a number."),
    ("web-annotation", '"end": 31', '"end": "31"', f"1: annotation 1: end is '31'; {WHOLE}"),
    ("web-annotation", '"sluice"', "[1]", "1: sayso:article is [1]; it must be text or a number."),
    ("web-annotation", '"items": [', '"items": [null, ', "1: items[0] is null; it must be an object."),
    ("conll", '# article = "sluice"', "# article = {}", "2: article is {}; it must be text or a number."),
    ("conll", f'# text = "{FIRST}"', "# text = true", "6: text is true; it must be text."),
    ("conll", ABOUT, '"complete": 3.5', f"3: about: {NOT_COMPLETE}"),
    ("conll", "\t0\t3\t", "\t²\t3\t", f"8: start is '²'; {WHOLE}"),
    ("conllu", "Start=0", "Start=" + "9" * 5000, f"10: start is '{'9' * 58}…; {WHOLE}"),
    ("conllu", '# sayso_before = ""', '# sayso_before = "\\ud800"', "7: contains half of a character"),
]


@pytest.mark.parametrize(("name", "old", "new", "reason"), EXCHANGED)
def test_a_value_of_the_wrong_type_in_another_tools_file_is_told_by_record_and_key(tmp_path, name, old, new, reason):
    path = tmp_path / f"s{FORMATS[name].suffix}"
    write_exchange([SLUICE], path, name)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(SaysoError, match=f"^{re.escape(f'{path}:{reason}')}"):
        read_labelled([path])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"n": 0', '"n": []', f"00001-sluice.ann, sentence at 0: n is []; {WHOLE}"),
        ('"complete": ["attribution"]', '"complete": 3.5', "00001-sluice.ann: about: complete is 3.5; it must be a list."),
        ('"n": 0', '"n": ' + "[" * 100_000 + "]" * 100_000, "00001-sluice.ann: note of T1: this JSON is nested too deeply"),
        ("narrative 0 31", "narrative 0 " + "9" * 5000, "00001-sluice.ann:1: not a line of brat's standoff format"),
    ],
)
def test_a_value_of_the_wrong_type_in_a_note_of_brat_is_told(tmp_path, old, new, reason):
    folder = tmp_path / "brat"
    write_exchange([SLUICE], folder, "brat")
    path = folder / "00001-sluice.ann"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(SaysoError, match=f"^(?:{re.escape(f'{folder}/')})?{re.escape(reason)}"):
        read_labelled([folder])


@pytest.mark.parametrize(
    "command", [["data", "show"], ["data", "build", "--out", "made"], ["data", "split", "--out", "made"]]
)
def test_a_command_that_needs_all_rows_stops_at_a_wrong_value(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    in_lines(tmp_path, {"complete": 3.5})
    run = run_sayso(*command[:2], "s.jsonl", *command[2:])
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == "Error: s.jsonl:2: complete is 3.5; it must be a list.\n"
    assert not (tmp_path / "made").exists()


def test_a_check_goes_on_after_a_wrong_value(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    in_lines(tmp_path, {"complete": 3.5})
    run = run_sayso("data", "check", "s.jsonl")
    assert run.exit_code == 1
    assert (
        "s.jsonl:2: error: complete is 3.5; it must be a list. | Mayor Vesna Pardue said the dam was safe.\n" in run.stdout
    )
    assert "2 sentences in 1 article: 1 error, 0 warnings.\n" in run.stderr


def test_decisions_of_the_wrong_type_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, label in (("anna", "quote"), ("bert", "narrative")):
        (tmp_path / f"{name}.jsonl").write_text(
            json.dumps({"article": "a", "n": 0, "text": "It froze.", "kind": label}) + "\n"
        )
    decided = {"article": "a", "n": 0, "column": "kind", "text": "It froze.", "decision": True}
    (tmp_path / "d.jsonl").write_text(json.dumps(decided) + "\n")
    run = run_sayso("data", "merge", "anna.jsonl", "bert.jsonl", "--adjudicate", "d.jsonl", "--out", "merged")
    assert (run.exit_code, run.stderr) == (1, "Error: d.jsonl:1: decision is true; it must be text.\n")


def test_what_stands_beside_a_wrong_span_stays():
    good = {"start": 0, "end": 6, "text": "Police"}
    cells, said = sifted({"loaded": [{}, good], "attributions": [{"content": [{}, good]}]})
    assert cells == {"loaded": [good], "attributions": [{"content": [good]}]}
    assert said == [
        "attributions[0].content[0] is {}; it must have start and end.",
        "loaded[0] is {}; it must have start and end.",
    ]


def test_an_object_that_goes_takes_what_is_wrong_in_it_along():
    cells, said = sifted({"stance": [{"mentions": [{}]}, {"target": "Tolm", "label": "favor"}], "loaded": {}})
    assert cells == {"stance": [{"target": "Tolm", "label": "favor"}]}
    assert len(said) == 3
