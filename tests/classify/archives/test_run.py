import errno
import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from builders import json_rows, run_sayso

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.archives import annotate_files as annotate_one
from sayso.classify.archives.inputs import output_of

from .conftest import FIRE, OUTPUTS, PORT, contents

DOCS = Path(__file__).parents[3] / "docs"


def test_each_file_has_an_output_at_its_place(archive, run):
    assert run("news", "--out", "out/", "-f", "parquet") == (0, "", "")
    assert sorted(contents("out")) == sorted(["run.json", *(output_of(place, ".parquet") for place in OUTPUTS)])
    table = pq.ParquetFile("out/outlet=Orla%20Post/year=2024/a.parquet").read()
    assert table.column("article").to_pylist() == [f"o{n}" for n in range(7) for _ in range(3)]
    assert set(table.column("outlet").to_pylist()) == {"Orla Post"}
    assert set(table.column("year").to_pylist()) == {2024}
    assert set(table.column("date").to_pylist()) == {"2024"}


def test_rows_are_those_of_one_output_with_what_is_known_of_the_article(archive, run):
    assert run("news", "--out", "out", "-f", "jsonl") == (0, "", "")  # a folder is read, and the name has no suffix
    together = {(row["article"], row["n"]): row for row in json_rows(run("news", "-f", "jsonl").stdout)}
    rows = [row for place in OUTPUTS for row in json_rows(Path("out", output_of(place, ".jsonl")).read_text("utf-8"))]
    assert len(rows) == len(together) == 28
    about = {"title": None, "outlet": None, "date": None, "url": None, "year": None}
    schema = json.loads((DOCS / "annotation.schema.json").read_text(encoding="utf-8"))
    for row in rows:
        jsonschema.validate(row, schema, jsonschema.Draft202012Validator)
        known = {name: row.pop(name) for name in about}
        assert row == together[row["article"], row["n"]]
        if row["article"] == "c0":
            assert known == about | {"title": "Fire"}
        if row["article"] == "b0":
            assert known == about | {"outlet": "Tolm", "date": "2024-05-19"}
        if row["article"] == "o0":
            assert known == about | {"outlet": "Orla Post", "date": "2024", "year": "2024"}


def test_one_file_or_several_paths_may_be_given(archive, run):
    assert run("news/d.txt", "news/may", "--out", "out/", "-f", "jsonl") == (0, "", "")
    assert sorted(contents("out")) == ["b.jsonl", "d.txt.jsonl", "run.json"]


def test_what_is_finished_is_passed_over(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    first = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.jsonl")}
    Path("news/new.txt").write_text(PORT, encoding="utf-8")
    assert run("news", "--out", "out/", "-f", "jsonl") == (0, "", "5 files of 6 are already finished.\n")
    assert len(list(Path("out").rglob("*.jsonl"))) == 6
    assert {path: path.stat().st_mtime_ns for path in first} == first


def test_a_file_that_changed_is_annotated_again(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    Path("news/d.txt").write_text(PORT, encoding="utf-8")
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err.splitlines()[1]) == (0, "1 file has changed since then (first news/d.txt); annotated again.")
    assert json_rows(Path("out/d.txt.jsonl").read_text("utf-8"))[0]["text"] == PORT.split(" “")[0]


def test_outputs_of_files_that_are_gone_are_told(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    Path("news/d.txt").unlink()
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    told = (
        "out/: 1 output in this folder belongs to a file that is no longer among the inputs (first "
        "d.txt.jsonl). It is kept, but not counted in shares and audits."
    )
    assert (code, err.splitlines()[-1]) == (0, told)
    Path("out/d.txt.jsonl").unlink()
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err) == (0, "4 files of 4 are already finished.\n")


def test_an_output_that_was_removed_comes_again(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    Path("out/d.txt.jsonl").unlink()
    assert run("news", "--out", "out/", "-f", "jsonl") == (0, "", "4 files of 5 are already finished.\n")
    assert Path("out/d.txt.jsonl").is_file()


def test_another_run_is_refused_and_named(archive, run, fake_models):
    run("news", "--out", "out/", "-f", "jsonl")
    start = "Error: out/: run.json in this folder belongs to another run: "
    end = "; choose another folder, or start again with --force.\n"
    assert run("news", "--out", "out/", "-f", "parquet").stderr == f"{start}format (jsonl, now parquet){end}"
    told = f"{start}any_language (false, now true){end}"
    assert run("news", "--out", "out/", "-f", "jsonl", "--any-language").stderr == told
    told = f"{start}model 'bias' (no longer used), bias (true, now false){end}"
    assert run("news", "--out", "out/", "-f", "jsonl", "--no-bias").stderr == told
    code, _, err = run_sayso("annotate", "news", "--out", "out/", "-f", "jsonl", "--model", fake_models / "voice.sayso")
    assert (code, err) == (1, f"{start}model 'attribution' (another file){end}")
    code, _, err = run("news/may", "--out", "out/", "-f", "jsonl")
    columns = "column 'outlet' of folders (text, now none), column 'year' of folders (number, now none)"
    assert (code, err) == (1, f"{start}{columns}{end}")
    made = json.loads(Path("out/run.json").read_bytes())
    made["versions"]["numpy"] = "0.1"
    Path("out/run.json").write_text(json.dumps(made), encoding="utf-8")
    assert run("news", "--out", "out/", "-f", "jsonl").stderr.startswith(f"{start}numpy (0.1, now ")


def test_force_begins_anew_and_leaves_what_is_not_ours(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    Path("out/mine.jsonl").write_text("{}\n", encoding="utf-8")
    code, _, err = run("news", "--out", "out/", "-f", "parquet", "--force")
    assert (code, err) == (0, "out/: 5 outputs of the previous run are removed.\n")
    names = ["mine.jsonl", "run.json", *(output_of(place, ".parquet") for place in OUTPUTS)]
    assert sorted(contents("out")) == sorted(names)


def test_a_folder_of_something_else_is_refused(archive, run):
    Path("out").mkdir()
    Path("out/d.txt.jsonl").write_text("mine", encoding="utf-8")
    told = (
        "Error: out/: this folder contains other files and no run.json written by sayso; give a new "
        "folder, or add --force.\n"
    )
    assert run("news", "--out", "out/", "-f", "jsonl") == (1, "", told)
    told = (
        "Error: out/d.txt.jsonl: this file was not written by sayso, so it is not overwritten; choose "
        "another folder, or move the file.\n"
    )
    assert run("news", "--out", "out/", "-f", "jsonl", "--force") == (1, "", told)
    assert Path("out/d.txt.jsonl").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("paths", "out", "told"),
    [
        (
            ["-"],
            "out/",
            "-: out/ is a folder with one output per input file; to annotate standard input, give a file with --out.",
        ),
        (
            ["news"],
            "news/out/",
            "news/out/: this is inside the input folder news; choose a folder outside it for the output.",
        ),
        (["news"], "news/", "news/: this is the input folder; choose another folder for the output."),
        (["none"], "out/", "none: No such file or directory; check the path."),
        (
            ["news/d.txt", "news"],
            "out/",
            "news/d.txt and news/d.txt would both be written to d.txt.jsonl; rename one of the inputs.",
        ),
        (["news"], "out.parquet/", "out.parquet/: the output is a folder; give a name without .parquet."),
        (["news"], "news/d.txt/", "news/d.txt/: this is a file; give a folder with --out."),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(archive, run, paths, out, told):
    assert run(*paths, "--out", out, "-f", "jsonl") == (1, "", f"Error: {told}\n")
    assert not Path("out").exists()


def test_outputs_never_collide(archive, run):
    Path("news/e.jsonl.gz").write_bytes(gzip.compress(Path("news/e.jsonl").read_bytes()))
    told = "Error: news/e.jsonl and news/e.jsonl.gz would both be written to e.jsonl; rename one of the inputs.\n"
    assert run("news", "--out", "out/", "-f", "jsonl") == (1, "", told)
    assert run("news", "--out", "out/", "-f", "parquet").exit_code == 0
    Path("news/errors.jsonl").write_bytes(Path("news/e.jsonl").read_bytes())
    told = "Error: news/errors.jsonl: its output would overwrite the run's own errors.jsonl; rename the input.\n"
    assert run("news/errors.jsonl", "--out", "out2/", "-f", "jsonl") == (1, "", told)


def test_the_same_place_of_another_archive_is_not_passed_over(archive, run):
    run("news", "--out", "out/", "-f", "jsonl")
    Path("older/outlet=Tolm/year=2023").mkdir(parents=True)
    Path("older/d.txt").write_text(PORT, encoding="utf-8")
    Path("older/outlet=Tolm/year=2023/a.txt").write_text(PORT, encoding="utf-8")
    told = (
        "Error: out/d.txt.jsonl was made from news/d.txt, not from older/d.txt; give the same paths "
        "as before, or another folder.\n"
    )
    assert run("older", "--out", "out/", "-f", "jsonl") == (1, "", told)
    assert run_sayso("annotate", "out/", "--shares", "shares.csv", "--keep-duplicates") == (0, "", "")  # of news, as before


@pytest.fixture
def broken(archive):
    """Put three bad files into the archive, and a bad row."""
    rows = [json.dumps({"id": f"g{n}", "text": f"{PORT} {random.Random(n).random()}"}) for n in range(40)]
    whole = gzip.compress("\n".join(rows).encode())
    Path("news/cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    whole = Path("news/outlet=Orla%20Post/year=2024/a.parquet").read_bytes()
    Path("news/cut.parquet").write_bytes(whole[: len(whole) // 2])
    with Path("news/c.csv").open("a", encoding="utf-8") as file:
        file.write("c1,,None\nc2,Rain fell.,Rain\n")
    return archive


def test_what_is_bad_costs_a_row_and_nothing_else(broken, run):
    code, out, err = run("news", "--out", "out/", "-f", "jsonl")
    rows = json_rows(Path("out/errors.jsonl").read_text("utf-8"))
    assert [(row["file"], row["article"], row["row"]) for row in rows] == [
        ("news/c.csv", "news/c.csv:2", 2),
        ("news/cut.jsonl.gz", None, None),
        ("news/cut.parquet", None, None),
    ]
    assert (code, out) == (1, "")
    assert [row["message"] for row in rows] == [line.removeprefix("Error: ") for line in err.splitlines()[:3]]
    assert err.splitlines()[3] == "3 errors, in out/errors.jsonl; 1 file without output, to be tried again in the next run."
    assert [row["article"] for row in json_rows(Path("out/c.csv.jsonl").read_text("utf-8"))] == ["c0", "c2"]
    assert 0 < len(json_rows(Path("out/cut.jsonl").read_text("utf-8"))) < 80
    errors = Path("out/errors.jsonl").read_bytes()
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err.splitlines()[0]) == (1, "6 files of 7 are already finished.")
    assert Path("out/errors.jsonl").read_bytes() == errors


def test_a_file_that_was_mended_is_no_error_any_more(broken, run):
    run("news", "--out", "out/", "-f", "jsonl")
    for name in ("cut.parquet", "cut.jsonl.gz"):
        Path("news", name).unlink()
    Path("news/c.csv").write_text(f"id,text\nc0,{FIRE}\n", encoding="utf-8")
    assert run("news", "--out", "out/", "-f", "jsonl").exit_code == 0
    assert not Path("out/errors.jsonl").exists()


def test_an_article_that_the_code_stumbles_over_stops_no_other(archive, run, monkeypatch):
    real = Annotator._annotated

    def stumble(self, viewed, *more):
        if "3 ships" in viewed.text:
            raise IndexError("list index\nout of range")
        return real(self, viewed, *more)

    monkeypatch.setattr(Annotator, "_annotated", stumble)
    code, _, err = run("news", "--out", "out/", "-f", "parquet")
    assert code == 1
    told = "o3: left out because of an internal error of sayso (IndexError: list index out of range); please report it."
    assert err.splitlines()[0] == f"Error: news/outlet=Orla%20Post/year=2024/a.parquet: {told}"
    [row] = json_rows(Path("out/errors.jsonl").read_text("utf-8"))
    assert (row["article"], row["row"]) == ("o3", None)
    ids = pq.read_table("out/outlet=Orla%20Post/year=2024/a.parquet", partitioning=None).column("article").to_pylist()
    assert list(dict.fromkeys(ids)) == ["o0", "o1", "o2", "o4", "o5", "o6"]


def test_a_reader_that_stumbles_is_an_error_of_its_file(archive, run, monkeypatch):
    real = annotate_one.read_articles

    def stumble(paths, **options):
        yield from real(paths, **options)
        if paths[0].endswith("e.jsonl"):
            raise RecursionError("too deep")

    monkeypatch.setattr(annotate_one, "read_articles", stumble)
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err.splitlines()[0]) == (1, "Error: news/e.jsonl: cannot be read (RecursionError: too deep).")
    assert len(json_rows(Path("out/e.jsonl").read_text("utf-8"))) == 2


@pytest.mark.parametrize(("then", "what"), [(lambda path: path.write_text(FIRE), "changed"), (Path.unlink, "vanished")])
def test_a_file_that_changes_under_the_run_has_no_output(archive, run, monkeypatch, then, what):
    real = annotate_one.read_articles

    def changing(paths, **options):
        yield from real(paths, **options)
        if paths[0].endswith("e.jsonl"):
            then(Path(paths[0]))

    monkeypatch.setattr(annotate_one, "read_articles", changing)
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    told = f"Error: news/e.jsonl: {what} while it was being read; run the command again when the file no longer changes."
    assert (code, err.splitlines()[0]) == (1, told)
    assert not Path("out/e.jsonl").exists()
    assert len(list(Path("out").rglob("*.jsonl"))) == 5  # the four others, and the errors


def failing(monkeypatch, name, number):
    """Have the writing of files of a name fail."""
    real = annotate_one.replace_file

    class Full:
        def __init__(self, path):
            self._real = real(path)
            self._fails = Path(path).name == name

        def __enter__(self):
            file = self._real.__enter__()
            if self._fails:
                self._real.__exit__(None, None, None)
                raise annotate_one.SaysoError(f"{name}: cannot be written.") from OSError(number, os.strerror(number))
            return file

        def __exit__(self, *error):
            return self._real.__exit__(*error)

    monkeypatch.setattr(annotate_one, "replace_file", Full)


def test_an_output_that_cannot_be_written_is_an_error_of_its_file(archive, run, monkeypatch):
    failing(monkeypatch, "d.txt.jsonl", errno.EIO)
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err.splitlines()[0]) == (1, "Error: news/d.txt: d.txt.jsonl: cannot be written.")
    assert len(json_rows(Path("out/errors.jsonl").read_text("utf-8"))) == 1
    monkeypatch.undo()


def test_a_full_disk_ends_the_run(archive, run, monkeypatch):
    failing(monkeypatch, "d.txt.jsonl", errno.ENOSPC)
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    told = "Error: out/: the disk is full; finished files are kept. Free some space and run the command again."
    assert (code, err.splitlines()[-1]) == (1, told)


def test_articles_that_are_not_english_are_told_together(archive, run):
    german = "Die Polizei sagte am Montag, dass das Haus in der Nacht gebrannt habe. Niemand wurde verletzt, sagte sie. "
    for name in ("f.txt", "g.txt"):
        Path("news", name).write_text(german * 3, encoding="utf-8")
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    told = "2 articles are not in English (de 2; first news/f.txt): left out; to label them anyway, add --any-language.\n"
    assert (code, err) == (0, told)
    assert Path("out/f.txt.jsonl").read_bytes() == b""


def test_options_of_archives_need_one(archive, run):
    told = "Error: --part works only when annotating to a folder; give --out FOLDER/ and --format parquet or jsonl.\n"
    assert run("news", "--part", "1/2") == (1, "", told)


KILLED = """
import os, signal, sys
from sayso.cli import app

left, real = [int(sys.argv.pop(1))], os.replace

def replace(*paths):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*paths)

os.replace = replace
app()
"""
"""Runs a command, and kills it where the n-th file is whole but does not stand in its place."""


def test_a_killed_run_goes_on_and_ends_in_the_same_bytes(broken, run, fake_model_options):
    run("news", "--out", "whole/", "-f", "parquet")
    command = ["annotate", "news", "--out", "out/", "-f", "parquet", *fake_model_options]
    for nth in (1, 3, 4, 7, 2):  # run.json, the list of outputs, two outputs, a note
        killed = subprocess.run([sys.executable, "-c", KILLED, str(nth), *command], stderr=subprocess.DEVNULL, check=False)
        assert killed.returncode == -9
        assert list(Path("out").rglob(".*.part"))
    code, _, err = run("news", "--out", "out/", "-f", "parquet")
    assert (code, err.splitlines()[0]) == (1, "3 files of 7 are already finished.")
    assert contents("out") == contents("whole")
    assert not list(Path("out").rglob(".*.part"))


KILLED_WORKER = """
import multiprocessing, os, signal
from sayso.cli import app

real = os.replace

def replace(*paths):
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*paths)

os.replace = replace
app()
"""
"""Runs a command whose first process to finish a file is killed before the file stands in its place."""


@pytest.mark.skipif(sys.platform != "linux", reason="only forks are patched")
def test_a_killed_process_leaves_nothing_half_written(archive, run, fake_model_options):
    run("news", "--out", "whole/", "-f", "parquet")
    command = ["annotate", "news", "--out", "out/", "-f", "parquet", *map(str, fake_model_options)]
    killed = subprocess.run([sys.executable, "-c", KILLED_WORKER, *command, "--jobs", "2"], capture_output=True, check=False)
    assert killed.returncode == 1
    assert killed.stderr.decode().startswith("Error: a worker process was stopped by the system")
    assert not [path for path in Path("out").rglob("*.p*") if path.suffix in (".part", ".parquet")]
    assert run("news", "--out", "out/", "-f", "parquet").exit_code == 0
    assert contents("out") == contents("whole")
