"""What stands where a command is to write stays as it is, unless --force says that it may go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import run_sayso, write_rows

TEXT = "The ministry said the port would stay closed. It rained."
PAGE_OF_MINE = "<p>My notes.</p>"


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text(TEXT, encoding="utf-8")
    return lambda *words: run_sayso("annotate", "news.txt", *words, *fake_model_options)


def exists(path):
    return f"Error: {path} already exists; choose another name, or add --force to overwrite it.\n"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["--out", "a.jsonl"], "a.jsonl"),
        (["-f", "parquet", "-o", "a.parquet"], "a.parquet"),
        (["--out", "a.jsonl", "--profile", "p.csv"], "p.csv"),
        (["--shares", "s.json"], "s.json"),
    ],
)
def test_a_file_stays_unless_forced(run, words, path):
    Path(path).write_text("mine", encoding="utf-8")
    assert run(*words) == (1, "", exists(path))
    assert sorted(os.listdir()) == sorted(["news.txt", path])
    assert Path(path).read_text(encoding="utf-8", errors="replace") == "mine"
    assert run(*words, "--force")[0] == 0
    assert Path(path).read_bytes() != b"mine"


def test_pages_of_others_stay_even_if_forced(run):
    assert run("-f", "html", "--out", "pages")[0] == 0
    Path("pages/mine.html").write_text(PAGE_OF_MINE, encoding="utf-8")
    told = "Error: pages: holds 'mine.html', which sayso did not write; give a new folder with --out.\n"
    assert run("-f", "html", "--out", "pages", "--force") == (1, "", told)
    assert sorted(os.listdir("pages")) == ["index.html", "mine.html", "news.html"]


def test_texts_of_others_stay_in_a_folder_of_brat(run):
    assert run("-f", "brat", "--out", "ann")[0] == 0
    assert run("-f", "brat", "--out", "ann") == (1, "", exists("ann"))
    assert run("-f", "brat", "--out", "ann", "--force")[0] == 0
    Path("ann/notes.txt").write_text("mine", encoding="utf-8")
    told = "Error: ann: holds 'notes.txt', which sayso did not write; give a new folder with --out.\n"
    assert run("-f", "brat", "--out", "ann", "--force") == (1, "", told)
    assert run_sayso("data", "build", "news.txt", "--out", "set")[0] == 0
    export = run_sayso("data", "export", "set", "--format", "brat", "--out", "ann", "--force")
    assert export == (1, "", "Error: ann contains 'notes.txt', which sayso did not write; choose another folder.\n")
    assert Path("ann/notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_filled(run):
    os.mkdir("pages")
    assert run("-f", "html", "--out", "pages")[0] == 0
    assert sorted(os.listdir("pages")) == ["index.html", "news.html"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "a.docx"], "a.docx: .docx is no format of ours; name the file .txt, .jsonl, .ndjson, .json, .csv, "),
        (["-o", "a.jsonl.gz"], "a.jsonl.gz: .gz is no format of ours; name the file "),
        (["-o", "a.tsv"], "a.tsv: .tsv is no format of ours; name the file "),
        (["-f", "jsonl", "-o", "a.docx"], "a.docx: jsonl is written to a .jsonl or .ndjson file; name it so.\n"),
        (["-f", "csv", "-o", "a.json"], "a.json: csv is written to a .csv file; name it so.\n"),
        (["-f", "terminal", "-o", "a.odt"], "a.odt: terminal is written to a .txt file; name it so.\n"),
        (["-f", "brat", "-o", "a.zip"], "a.zip: the output is a folder; give a name without .zip.\n"),
        (["-f", "html", "-o", "a.pdf"], "a.pdf: the output is a folder; give a name without .pdf.\n"),
        (
            ["--profile", "p.txt"],
            "p.txt: --profile writes only .json or .csv files; choose a name that ends in one of these.\n",
        ),
        (["--shares", "s.xml"], "s.xml: shares can be written only to .json or .csv files; - prints them as text.\n"),
        (["-o", "a.csv", "--shares", "a.csv"], "a.csv: given for two outputs; give each output a file of its own.\n"),
        (
            ["-o", "news.txt", "--force"],
            "news.txt: this is an input file and is not overwritten; choose another output.\n",
        ),
    ],
)
def test_a_name_that_cannot_be_right_is_refused(run, words, message):
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: {message}")
    assert err.count("\n") == 1
    assert os.listdir() == ["news.txt"]
    assert Path("news.txt").read_text(encoding="utf-8") == TEXT


def test_what_is_read_in_a_folder_is_not_written_over(run, fake_model_options):
    os.mkdir("articles")
    Path("articles/a.txt").write_text(TEXT, encoding="utf-8")
    words = ("annotate", "articles", "--force", *fake_model_options, "--out")
    told = "Error: articles/a.txt: this is an input file and is not overwritten; choose another output.\n"
    assert run_sayso(*words, "articles/a.txt") == (1, "", told)
    assert run_sayso(*words, "articles/new.txt")[0] == 0
    assert Path("articles/a.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="the system has no /dev/stdout")
@pytest.mark.parametrize("where", ["pipe", "file"])
def test_standard_output_by_its_name(run, fake_model_options, where):
    command = [sys.executable, "-m", "sayso", "annotate", "news.txt", *fake_model_options, "-f", "csv", "-o", "/dev/stdout"]
    with Path("caught.csv").open("w+", encoding="utf-8") as file:
        done = subprocess.run(command, stdout=subprocess.PIPE if where == "pipe" else file, check=False, text=True)
    caught = done.stdout if where == "pipe" else Path("caught.csv").read_text(encoding="utf-8")
    assert (done.returncode, caught.count("\n")) == (0, 3)  # a header and two sentences


@pytest.mark.parametrize("out", ["a.TXT", "a.CSV", "a.htm", "a"])
def test_names_of_ours_go_whatever_their_case(run, out):
    assert run("-o", out) == (0, "", "")
    assert Path(out).stat().st_size > 0


def test_an_audit_is_no_file(run, fake_model_options):
    told = "Error: audit.csv: the output is a folder; give a name without .csv.\n"
    assert run_sayso("audit", "news.txt", "--out", "audit.csv", *fake_model_options) == (1, "", told)


def test_datasets_of_others_stay_even_if_forced(run):
    os.makedirs("theirs/data")
    Path("theirs/README.md").write_text("# Theirs", encoding="utf-8")
    Path("theirs/data/train-00000-of-00001.parquet").write_bytes(b"PAR1")
    code, _, err = run_sayso("data", "build", "news.txt", "--out", "theirs", "--force")
    assert (code, err) == (1, "Error: theirs contains a dataset that sayso did not write; choose another folder.\n")
    assert run_sayso("data", "build", "news.txt", "--out", "set.parquet")[2].startswith(
        "Error: set.parquet: the output is a folder"
    )


def test_a_log_of_what_was_left_out_stays(run):
    Path("set.dropped.jsonl").write_text("mine", encoding="utf-8")
    build = ("data", "build", "news.txt", "--out", "set")
    assert run_sayso(*build) == (1, "", exists("set.dropped.jsonl"))
    assert (Path("set.dropped.jsonl").read_text(encoding="utf-8"), Path("set").exists()) == ("mine", False)
    assert run_sayso(*build, "--force")[0] == 0


def test_decisions_on_disputes_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, kind in (("anna", "quote"), ("ben", "narrative")):
        write_rows(f"{name}.jsonl", [{"article": "a", "n": 0, "text": "It rained.", "kind": kind}])
    Path("d.csv").write_text("mine", encoding="utf-8")
    agree = ("data", "agree", "anna.jsonl", "ben.jsonl", "--disputes")
    assert run_sayso(*agree, "d.csv") == (1, "", exists("d.csv"))
    assert run_sayso(*agree, "d.csv", "--force")[0] == 0
    assert "decision" in Path("d.csv").read_text(encoding="utf-8")
    assert (
        run_sayso(*agree, "d.txt")[2] == "Error: d.txt: disputes are written as .csv or .jsonl; choose a "
        "name that ends in one of these.\n"
    )


def test_a_model_has_a_name_of_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run_sayso("train", "kind", "--data", "none", "--out", "kind.docx")
    assert (code, err) == (1, "Error: kind.docx: the name of a model file ends in .sayso; give kind.sayso.\n")
