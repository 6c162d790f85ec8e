import csv
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from builders import run_sayso

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.files import annotate_files as annotate_run

STORM = "Storm closes port\nThe ministry said the port would stay closed. “We lost two cranes,” its spokesman said.\n"
FIRE = "Police claimed that it burned.\n"
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    """Annotate in a folder with two articles; give exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    Path("storm.txt").write_text(STORM, encoding="utf-8")
    Path("fire.txt").write_text(FIRE, encoding="utf-8")

    def run_command(*words, stdin=None, shipped=False):
        return run_sayso("annotate", *words, *([] if shipped else fake_model_options), stdin=stdin)

    return run_command


def start(models, *words, **options):
    command = [sys.executable, "-m", "sayso", "annotate", *words, *models]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def finish(process, stdin=None):
    out, err = process.communicate(stdin, timeout=60)
    return process.returncode, out, err


def test_an_article_is_written_for_reading(run):
    code, out, err = run("storm.txt")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "storm.txt"
    assert [line[0] for line in lines[1:4]] == ["N", "O", "Q"]
    assert lines[2].endswith("_The ministry_ *said* the port would stay closed.")
    assert lines[5] == "1 article, 2 sentences, 15 words"


def test_json_lines_are_as_the_schema_says(run):
    schema = json.loads((DOCS / "annotation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    code, out, err = run("storm.txt", "fire.txt", "--format", "jsonl")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["article"], row["n"]) for row in rows] == [("storm.txt", n) for n in range(3)] + [("fire.txt", 0)]
    for row in rows:
        jsonschema.validate(row, schema, jsonschema.Draft202012Validator)
        text = {"storm.txt": STORM, "fire.txt": FIRE}[row["article"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["kind_confidence"] == max(row["kind_scores"].values())
    assert list(rows[0]) == schema["required"]


def test_reasons_are_given_where_they_are_asked_for(run):
    schema = json.loads((DOCS / "annotation.schema.json").read_text(encoding="utf-8"))
    plain = [json.loads(line) for line in run("storm.txt", "-f", "jsonl")[1].splitlines()]
    assert [row["why"] for row in plain] == [{}, {}, {}]
    assert run("storm.txt", "-f", "jsonl", "--why", "0")[1] == run("storm.txt", "-f", "jsonl")[1]
    rows = [json.loads(line) for line in run("storm.txt", "-f", "jsonl", "--why", "1")[1].splitlines()]
    for row in rows:
        jsonschema.validate(row, schema, jsonschema.Draft202012Validator)
    assert rows[2]["why"]["kind"] == [["the word lists alone say: quote", 12.0], ["starting point", -6.0]]
    assert [row | {"why": {}} for row in rows] == plain
    assert json.loads(run("storm.txt", "-f", "json", "--why", "1")[1]) == rows


@pytest.mark.parametrize("form", ["terminal", "csv", "brat"])
def test_a_format_that_holds_no_reasons_refuses_to_give_them(run, form):
    code, out, err = run("storm.txt", "-f", form, "--out", "given", "--why", "1")
    line = f"Error: --why: {form} cannot hold reasons; choose --format jsonl, json, html or parquet.\n"
    assert (code, out, err) == (1, "", line)
    assert not Path("given").exists()
    assert run("storm.txt", "-f", form, "--out", "given", "--why", "0") == (0, "", "")


def test_a_number_of_reasons_is_not_negative(run):
    code, _, err = run("storm.txt", "-f", "jsonl", "--why", "-1")
    assert (code, "--why" in err) == (2, True)


def test_the_schema_refuses_what_is_not_in_the_format(run):
    schema = json.loads((DOCS / "annotation.schema.json").read_text(encoding="utf-8"))
    row = json.loads(run("fire.txt", "-f", "jsonl")[1])
    for wrong in ({"kind": "claim"}, {"start": -1}, {"abstain": None}, {"extra": 1}, {"why": {"bias": []}}):
        with pytest.raises(jsonschema.ValidationError, match=r"."):
            jsonschema.validate(row | wrong, schema, jsonschema.Draft202012Validator)


def test_the_format_page_names_every_key(run):
    page = (DOCS / "annotation-format.md").read_text(encoding="utf-8")
    schema = json.loads((DOCS / "annotation.schema.json").read_text(encoding="utf-8"))
    for key in [*schema["properties"], *schema["$defs"]["attribution"]["properties"]]:
        assert f"`{key}`" in page


def test_json_is_one_array(run):
    code, out, _ = run("storm.txt", "fire.txt", "-f", "json")
    assert code == 0
    assert [row["n"] for row in json.loads(out)] == [0, 1, 2, 0]


def test_csv_is_a_row_a_sentence(run):
    rows = list(csv.DictReader(io.StringIO(run("storm.txt", "-f", "csv")[1], newline="")))
    assert [row["kind"] for row in rows] == ["narrative", "official_claim", "quote"]
    assert [row["cue"] for row in rows] == ["", "said", "said"]


def test_the_suffix_of_the_file_tells_the_format(run):
    for name, first in (("a.jsonl", '{"article"'), ("a.json", "["), ("a.csv", "article,n"), ("a.txt", "fire.txt\n")):
        assert run("fire.txt", "--out", name) == (0, "", "")
        assert Path(name).read_text(encoding="utf-8").startswith(first)
    run("fire.txt", "--out", "b", "--format", "jsonl")
    assert json.loads(Path("b").read_text(encoding="utf-8"))["kind"] == "official_claim"


def test_standard_input_is_an_article_or_json_lines(run):
    assert json.loads(run("-", "-f", "jsonl", stdin=FIRE)[1])["article"] == "-"
    rows = "".join(json.dumps({"id": name, "text": FIRE}) + "\n" for name in "ab")
    assert [json.loads(line)["article"] for line in run("-", "-f", "jsonl", stdin=rows)[1].splitlines()] == ["a", "b"]


def test_columns_can_be_named(run):
    Path("news.csv").write_text("key,words\nx1,Police claimed that it burned.\n", encoding="utf-8")
    code, out, err = run("news.csv", "-f", "jsonl", "--text-column", "words", "--id-column", "key")
    assert (code, json.loads(out)["article"], err) == (0, "x1", "")
    code, out, err = run("news.csv", "-f", "jsonl")
    assert (code, out) == (1, "")
    assert err.startswith("Error: news.csv: no text column (text, body, content, …); it has ")
    assert err.count("\n") == 1


def test_good_articles_come_out_and_bad_ones_are_named(run):
    os.mkdir("news")
    Path("news/a.txt").write_text(FIRE, encoding="utf-8")
    Path("news/b.txt").write_bytes(b"\x00\x01binary\x00")
    Path("news/c.txt").write_text(STORM, encoding="utf-8")
    code, out, err = run("news", "-f", "jsonl")
    assert code == 1
    assert [json.loads(line)["article"] for line in out.splitlines()] == ["news/a.txt", *["news/c.txt"] * 3]
    assert err.startswith("Error: news/b.txt: binary data, not text")
    assert err.count("\n") == 1


@pytest.mark.parametrize("form", ["terminal", "jsonl", "json", "csv"])
@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("none.txt", None, "none.txt: No such file or directory"),
        ("empty.txt", b"", "empty.txt: "),
        ("blank.txt", b" \n\n ", "blank.txt: "),
        ("binary.txt", b"\x7fELF\x00\x00\x01", "binary.txt: binary data, not text"),
        ("nul.txt", b"Rain\x00 fell.", "nul.txt: binary data, not text"),
        ("rows.csv", b"a,b\n1,2\n", "rows.csv: no text column"),
        ("rows.jsonl", b'{"text": "Rain fell."\n', "rows.jsonl:1: "),
        ("furniture.txt", b"- 52\n", "furniture.txt: no article sentences found; check that this is the right file."),
    ],
)
def test_what_cannot_be_annotated_is_one_line_and_nothing_comes_out(run, form, name, raw, message):
    if raw is not None:
        Path(name).write_bytes(raw)
    code, out, err = run(name, "--format", form)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: {message}")
    assert err.count("\n") == 1


def test_another_encoding_is_guessed_and_said(run):
    Path("west.txt").write_bytes("Police in Málaga claimed that the café burned.".encode("cp1252"))
    code, out, err = run("west.txt", "-f", "jsonl")
    assert (code, json.loads(out)["text"]) == (0, "Police in Málaga claimed that the café burned.")
    assert err == "west.txt: not UTF-8; read as cp1252, which is a guess. Convert it to UTF-8 to be sure.\n"


def test_one_endless_line_is_annotated(run):
    Path("long.txt").write_text("Police claimed that it burned. " * 3_000, encoding="utf-8")
    code, out, err = run("long.txt", "-f", "jsonl")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 3_000


def test_a_hostile_name_does_not_steer_the_terminal(run):
    code, _, err = run("\x1b[31mnone.txt")
    assert code == 1
    assert err.startswith("Error: �[31mnone.txt: No such file")


def test_nothing_takes_the_place_of_an_old_file_when_no_article_came_out(run):
    Path("out.jsonl").write_text("old", encoding="utf-8")
    code, out, err = run("none.txt", "--out", "out.jsonl", "--force")
    assert (code, out) == (1, "")
    assert err.splitlines()[1:] == ["out.jsonl was not written."]
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir()) == ["fire.txt", "out.jsonl", "storm.txt"]


def test_a_folder_or_a_place_that_is_not_there_cannot_be_written(run):
    assert run("fire.txt", "--out", ".") == (1, "", "Error: .: this is a folder; give a file with --out.\n")
    told = "new/: csv is written to one file; give a file with --out, or choose --format jsonl or parquet."
    assert run("fire.txt", "--out", "new/", "-f", "csv") == (1, "", f"Error: {told}\n")
    assert not Path("new").exists()
    code, _, err = run("fire.txt", "--out", "none/out.jsonl")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("Error: none/out.jsonl: cannot be written (No such file or directory)")


def test_a_device_is_written_to_and_stays_one(run):
    assert run("fire.txt", "--out", "/dev/null") == (0, "", "")
    assert not Path("/dev/null").is_file()


def test_a_model_file_that_is_none_is_one_line(run):
    code, out, err = run("storm.txt", "--model", "fire.txt")
    assert (code, out) == (1, "")
    assert err == ("Error: fire.txt: this is not a model file; give one written by `sayso train` (NAME.sayso).\n")


def test_a_model_of_the_package_that_is_missing_is_one_line(run, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(
        annotate_run, "load_annotator", lambda paths, **also: load_annotator(paths, tmp_path / "models", **also)
    )
    code, out, err = run("fire.txt", shipped=True)
    assert (code, out) == (1, "")
    assert err == (
        f"Error: {tmp_path}/models/attribution.sayso: "
        "the model file that comes with the package is missing: reinstall sayso.\n"
    )


def test_without_a_path_the_usage_is_told(run):
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "Missing argument" in err


def test_a_full_disk_leaves_the_old_file(run, monkeypatch):
    Path("out.jsonl").write_text("old", encoding="utf-8")

    def no_space(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    code, _, err = run("fire.txt", "--out", "out.jsonl", "--force")
    assert (code, err) == (
        1,
        "Error: out.jsonl: cannot be written (No space left on device); nothing was changed.\n",
    )
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_standard_output_is_one_line(run, fake_model_options):
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "sayso", "annotate", "storm.txt", "-f", "jsonl", *fake_model_options]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Error: standard output: No space left on device.\n")


def test_a_closed_pipe_ends_it_quietly(run, fake_model_options):
    Path("many.jsonl").write_text(f"{json.dumps({'text': STORM * 20})}\n" * 50, encoding="utf-8")
    process = start(fake_model_options, "many.jsonl", "-f", "jsonl")
    assert json.loads(process.stdout.readline())["n"] == 0
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_a_process_that_is_killed_while_writing_leaves_the_old_file(run, fake_model_options):
    Path("out.jsonl").write_text("old", encoding="utf-8")
    process = start(fake_model_options, "-", "--out", "out.jsonl", "--force", stdin=subprocess.PIPE)
    process.stdin.write(f"{json.dumps({'text': STORM})}\n" * 200)
    process.stdin.flush()
    until = time.monotonic() + 60
    while not (begun := [n for n in os.listdir() if n.endswith(".part")]) and time.monotonic() < until:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    finish(process)
    assert len(begun) == 1
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old"


def test_annotating_imports_nothing_heavy(run, fake_model_options):
    code = (
        "import sys; from sayso.classify.files.annotate_files import Labelling, Outputs, annotate_paths; "
        f"annotate_paths(['storm.txt'], Labelling({fake_model_options[1::2]!r}), Outputs()); "
        "heavy = {'sklearn', 'scipy', 'pandas', 'datasets', 'joblib', 'matplotlib', 'rich', 'pyarrow'}; "
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


MEASURED = """
import resource, sys
from sayso.classify.files.annotate_files import Labelling, Outputs, annotate_paths
for name in ("few", "many"):
    annotate_paths([f"{name}.jsonl"], Labelling(sys.argv[1:]), Outputs(out=f"{name}.out.jsonl"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_many_articles_take_no_more_memory_than_few(run, fake_model_options):
    numbers = {"few": 20, "many": 1_000}
    for name, n in numbers.items():
        Path(f"{name}.jsonl").write_text(f"{json.dumps({'text': STORM * 5})}\n" * n, encoding="utf-8")
    command = [sys.executable, "-c", MEASURED, *fake_model_options[1::2]]
    few, many = map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    for name, n in numbers.items():
        assert len(Path(f"{name}.out.jsonl").read_text(encoding="utf-8").splitlines()) == 15 * n
    unit = 1 if sys.platform == "darwin" else 1024
    assert (many - few) * unit < 12_000_000


def test_terminal_output_is_coloured_only_where_it_should_be(run, fake_model_options):
    seen = {}
    for name, changed in (("colour", {}), ("NO_COLOR", {"NO_COLOR": "1"}), ("dumb", {"TERM": "dumb"})):
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "70", "LINES": "30"} | changed
        if name == "colour":
            environment.pop("NO_COLOR", None)
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "sayso", "annotate", "storm.txt", *fake_model_options], stdout=theirs, env=environment
        )
        os.close(theirs)
        seen[name] = read_all(ours)
        assert process.wait(timeout=60) == 0
    assert "\x1b[4mThe ministry\x1b[0m \x1b[1msaid\x1b[0m" in seen["colour"]
    for name in ("NO_COLOR", "dumb"):
        assert "\x1b" not in seen[name]
        assert "_The ministry_ *said*" in seen[name]
        assert max(map(len, seen[name].splitlines())) <= 70


def read_all(handle):
    """Read a pseudo-terminal until the other side is closed."""
    parts = []
    while True:
        try:
            part = os.read(handle, 4096)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(handle)
    return b"".join(parts).decode()
