"""Places that cannot be read or written, and files that change under a run: a line each, and nothing is lost."""

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import json_rows, run_sayso, write_rows

from sayso.data.articles.files import read_articles

TEXT = "The ministry said the port would stay closed. It rained."
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
no_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path("articles").mkdir(exist_ok=True)
        Path(f"articles/{name}.txt").write_text(TEXT, encoding="utf-8")
    return Path("articles")


@pytest.fixture
def run(folder, fake_model_options):
    return lambda *words: run_sayso("annotate", *words, *fake_model_options)


@needs_full
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_one_line(run, jobs):
    code, out, err = run("articles", "--format", "jsonl", "--out", "/dev/full", "--jobs", jobs)
    assert (code, out) == (1, "")
    assert err == "Error: /dev/full: cannot be written (No space left on device).\n"


@needs_full
def test_standard_output_on_a_full_disk_is_one_line(folder, fake_model_options):
    command = [sys.executable, "-m", "sayso", "annotate", "articles", *fake_model_options, "--jobs", "2"]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert (done.returncode, done.stderr) == (1, "Error: standard output: No space left on device.\n")


@pytest.mark.parametrize(
    "words",
    [
        ["--out", "articles/out.jsonl"],
        ["--out", "articles/pages", "--format", "html"],
        ["--out", "a.jsonl", "--profile", "articles/profile.csv"],
        ["--out", "a.jsonl", "--keep-duplicates", "--shares", "articles/shares.json"],
    ],
    ids=["file", "folder", "profile", "shares"],
)
def test_an_output_in_what_is_read_is_refused_unless_forced(run, words):
    said = (
        f"Error: {next(word for word in words if word.startswith('articles/'))}: this is inside the input folder articles, "
    )
    assert run("articles", *words) == (
        1,
        "",
        f"{said}so the next run would read it as articles; choose another place, or add --force.\n",
    )
    assert sorted(os.listdir("articles")) == ["a.txt", "b.txt"]
    assert run("articles", *words, "--force")[::2] == (0, "")


def test_an_audit_in_what_is_read_is_refused_unless_forced(folder, fake_model_options):
    code, _, err = run_sayso("audit", "articles", "--out", "articles/audit", *fake_model_options)
    assert (code, err.split(";")[0]) == (
        1,
        "Error: articles/audit: this is inside the input folder articles, so the next run would read it as articles",
    )
    assert run_sayso("audit", "articles", "--out", "articles/audit", "--force", *fake_model_options)[0] == 0


@pytest.mark.parametrize("option", ["--profile", "--out"])
def test_a_folder_that_is_not_there_is_told_before_the_work(run, monkeypatch, option):
    monkeypatch.delattr("sayso.classify.files.annotate_files.load_annotator")
    assert run("articles", option, "none/p.json") == (
        1,
        "",
        "Error: none/p.json: cannot be written (No such file or directory); choose another place.\n",
    )


@no_root
def test_a_folder_that_may_not_be_written_to_is_told_before_the_work(run, monkeypatch):
    monkeypatch.delattr("sayso.classify.files.annotate_files.load_annotator")
    os.mkdir("closed", mode=0o500)
    told = "Error: closed/p.json: cannot be written (Permission denied); choose another place.\n"
    assert run("articles", "--profile", "closed/p.json") == (1, "", told)


def closed(path):
    """Make the system's answer to looking into a folder that of one without the right to."""
    listed = os.scandir

    def scandir(place):
        if os.fspath(place).endswith(path):
            raise PermissionError(13, "Permission denied", os.fspath(place))
        return listed(place)

    return scandir


def test_a_folder_that_may_not_be_read_is_told_and_the_rest_comes_out(run, monkeypatch):
    shutil.copytree("articles", "articles/later")
    monkeypatch.setattr(os, "scandir", closed("later"))
    code, out, err = run("articles", "--format", "jsonl")
    assert (code, {row["article"] for row in json_rows(out)}) == (1, {"articles/a.txt", "articles/b.txt"})
    assert (
        err == "Error: articles/later: cannot read this folder (Permission denied); its files are missing from the result.\n"
    )


def test_a_file_that_vanishes_is_told_and_the_rest_comes_out(folder):
    errors = []
    articles = read_articles(["articles"], on_error=errors.append)
    first = next(articles)
    os.remove("articles/b.txt")
    Path("articles/c.txt").write_text(TEXT, encoding="utf-8")
    assert [article.id for article in (first, *articles)] == ["articles/a.txt"]
    assert list(map(str, errors)) == ["articles/b.txt: No such file or directory; check the path."]


def test_a_file_that_grows_while_it_is_read_is_told(folder):
    news = write_rows("news.jsonl", [{"id": name, "text": TEXT} for name in ("a", "b")])
    errors = []
    articles = read_articles([news], on_error=errors.append)
    first = next(articles)
    with open(news, "a", encoding="utf-8") as file:
        file.write('{"id": "c", "text": "It hailed."}\n')
    assert [article.id for article in (first, *articles)] == ["a", "b", "c"]
    assert list(map(str, errors)) == [
        "news.jsonl: the file changed while it was being read; wait until it is complete, then run the command again."
    ]


def test_a_file_that_stays_is_not_told(folder):
    assert len(list(read_articles(["articles"]))) == 2  # an error would be raised


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_compressed_file_that_is_cut_off_costs_its_end(run, jobs):
    rows = [{"id": f"row{n}", "text": f"{TEXT} {n * 7919} umbrellas were sold, the mayor said."} for n in range(400)]
    write_rows("news.jsonl", rows)
    whole = gzip.compress(Path("news.jsonl").read_bytes())
    Path("cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    code, out, err = run("cut.jsonl.gz", "articles", "--format", "jsonl", "--jobs", jobs)
    names = list(dict.fromkeys(row["article"] for row in json_rows(out)))
    assert code == 1
    assert (
        "Error: cut.jsonl.gz: the compressed data is cut off; download the file again. Everything "
        "before that was read.\n" in err
    )
    assert len(names) > 100
    assert names[-2:] == ["articles/a.txt", "articles/b.txt"]


def test_a_line_that_is_no_row_ends_a_table_in_one_line(folder, monkeypatch):
    monkeypatch.setattr("sayso.data.tabular.dialect._LONGEST_LINE", 1_000_000)
    rows = f"id,text\na,{TEXT}\nb,It hailed.\nc,{'x' * 3_000_000}\n"
    Path("news.csv").write_text(rows, encoding="utf-8")
    errors = []
    assert [a.id for a in read_articles(["news.csv"], on_error=errors.append)] == ["a", "b"]
    told = "news.csv: a line of 1 million characters or more is too long for a row; the rows before it were read."
    assert list(map(str, errors)) == [told]
