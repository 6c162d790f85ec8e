"""To add a kind of file that holds articles: a module with `read` and `knows`, here an object, and a line of `READERS`."""

import io
import sys
import zipfile
from types import SimpleNamespace

import pytest
from builders import json_rows, run_sayso

from sayso.data.articles.files import read_articles
from sayso.data.articles.kinds import READERS
from sayso.data.articles.reader import Reader
from sayso.data.articles.tables import new_article
from sayso.errors import SaysoError


def read_wire(document):
    """Read dispatches between lines of ``%%``: the slug of each is its first line."""
    document.notices.say(f"{document.name}: dispatches of a wire.")
    for number, dispatch in enumerate(document.whole().decode().split("%%\n")[1:], 1):
        slug, _, text = dispatch.partition("\n")
        try:
            yield new_article(slug, text, f"{document.name}:{number}")
        except SaysoError as error:
            yield error


def read_bundle(document):
    """Read the files of an archive, each read read read read read read read read read by its own kind."""
    with zipfile.ZipFile(io.BytesIO(document.whole())) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                yield from document.read_part(f"{document.name}/{name}", io.BufferedReader(part))


def bundle(**files):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return b"BUNDLE" + raw.getvalue()


WIRE = "%%\nrain\nIt rained.\n%%\nnothing\n\n%%\nfrost\nIt froze.\n"


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    wire = SimpleNamespace(read=read_wire, knows=lambda start: start[:3] == b"%%\n")
    monkeypatch.setitem(READERS, "wire", Reader("Dispatches", (".wire",), wire, rb"%%"))
    of_bundles = SimpleNamespace(read=read_bundle, knows=lambda start: start[:6] == b"BUNDLE")
    monkeypatch.setitem(READERS, "bundle", Reader("Bundles", (".bundle",), of_bundles, rb"BUNDLE"))


def read(*paths):
    errors, notices = [], []
    articles = list(read_articles(map(str, paths), on_error=errors.append, notice=notices.append))
    return [(a.id, a.text) for a in articles], [str(e) for e in errors], notices


def test_a_file_gives_its_articles_its_errors_and_what_was_guessed(tmp_path):
    path = tmp_path / "a.wire"
    path.write_text(WIRE)
    assert read(path) == (
        [("rain", "It rained.\n"), ("frost", "It froze.\n")],
        [f"{path}:2: no text; leave it out."],
        [f"{path}: dispatches of a wire."],
    )


def test_its_files_are_read_out_of_a_folder(tmp_path):
    (tmp_path / "a.WIRE").write_text(WIRE)
    (tmp_path / "b.txt").write_text("It hailed.")
    assert [text for _, text in read(tmp_path)[0]] == ["It rained.\n", "It froze.\n", "It hailed."]


def test_a_folder_without_articles_says_what_it_has(tmp_path):
    (tmp_path / "a.odd").write_text("It snowed.")
    (tmp_path / "Makefile").write_text("all:")
    assert read(tmp_path)[1] == [
        f"{tmp_path}: no articles in this folder (it has .odd 1, without a suffix 1); `sayso files` "
        "lists the kinds of file that can be read."
    ]


def test_files_that_no_reader_takes_are_counted(tmp_path):
    for name in ("a.odd", "b.odd", "c.ODD", "d", ".hidden"):
        (tmp_path / name).write_text("It snowed.")
    (tmp_path / "b.txt").write_text("It hailed.")
    assert read(tmp_path)[2] == [f"{tmp_path}: left out: 4 files (.odd 3, without a suffix 1)."]


def test_files_of_several_kinds_are_told_and_those_about_the_folder_left_out(tmp_path):
    for name in ("a.txt", "b.txt", "c.odd", "README.md", "LICENSE", "d.wire"):
        (tmp_path / name).write_text(WIRE if name.endswith(".wire") else "It snowed.")
    articles, _, notices = read(tmp_path)
    assert len(articles) == 4
    assert notices[1:] == [
        f"{tmp_path}: left out: 3 files (.odd 1, README.md 1, without a suffix 1).",
        f"{tmp_path}: read 1 file of another kind than .txt: .wire 1.",
    ]


def test_what_a_file_surely_is_counts_before_its_suffix(tmp_path):
    (tmp_path / "a.txt").write_text(WIRE)
    assert [text for _, text in read(tmp_path)[0]] == ["It rained.\n", "It froze.\n"]


def test_standard_input_is_known_by_its_beginning(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WIRE.encode())))
    assert read("-")[0] == [("rain", "It rained.\n"), ("frost", "It froze.\n")]


def test_the_parts_of_an_archive_are_read_by_their_own_kind(tmp_path, monkeypatch):
    raw = bundle(a_wire=WIRE, b_txt="", c_jsonl='{"text": "It poured."}\n', d='{"text": "It hailed."}')
    path = tmp_path / "a.bundle"
    path.write_bytes(raw)
    articles, errors, _ = read(tmp_path)
    assert articles == [
        ("rain", "It rained.\n"),
        ("frost", "It froze.\n"),
        (f"{path}/c.jsonl:1", "It poured."),
        (f"{path}/d:1", "It hailed."),
    ]
    assert errors == [f"{path}/a.wire:2: no text; leave it out.", f"{path}/b.txt: no text; leave it out."]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert [text for _, text in read("-")[0]] == ["It rained.\n", "It froze.\n", "It poured.", "It hailed."]


def test_the_command_reads_it(tmp_path):
    (tmp_path / "a.wire").write_text(WIRE)
    result = run_sayso("annotate", tmp_path, "--format", "jsonl")
    assert [row["text"] for row in json_rows(result.stdout)] == ["It rained.", "It froze."]
    assert "a.wire:2: no text; leave it out." in result.stderr
