"""Input without an end, and what is no file: a limit, and one line; the limits are set low here."""

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sayso.data.articles import reader
from sayso.data.articles.files import read_articles
from sayso.data.articles.readers import json_lines
from sayso.data.articles.readers.archives import exports
from sayso.data.articles.readers.crawls import warc
from sayso.data.articles.readers.documents.mail import mailbox
from sayso.data.articles.readers.xml import stream as xml_stream
from sayso.data.packed import compression
from sayso.data.tabular import dialect

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
MAIL = b"From roe@ems.example Tue May  2 08:00:00 2023\nFrom: roe@ems.example\nSubject: Ferry\n\nThe ferry was late.\n"


@pytest.fixture(autouse=True)
def limits(monkeypatch):
    """An article has 1,000 bytes at most, and 5,000 are read to reach the next."""
    for module in (reader, json_lines, mailbox, exports, xml_stream):
        monkeypatch.setattr(module, "MAX_BYTES", 1000)
    for module in (json_lines, mailbox, warc):
        monkeypatch.setattr(module, "MAX_PASSED", 5000)
    monkeypatch.setattr(reader, "MAX_PIPED", 2_000_000)
    monkeypatch.setattr(json_lines, "_PIECE", 100)
    monkeypatch.setattr(dialect, "_LONGEST_LINE", 1000)
    monkeypatch.setattr(compression, "_MOST_USELESS", 2000)


class Endless(io.RawIOBase):
    """Standard input that somebody writes the same words to for ever, until a test has waited too long."""

    def __init__(self, words):
        self._words, self._at, self._left = words, 0, 50_000_000

    def readable(self):
        return True

    def readinto(self, buffer):
        repeated = self._words * (len(buffer) // len(self._words) + 2)
        buffer[:] = repeated[self._at : self._at + len(buffer)]
        self._at = (self._at + len(buffer)) % len(self._words)
        self._left -= len(buffer)
        assert self._left > 0, "read on and on"
        return len(buffer)


def read(path):
    errors = []
    articles = list(read_articles([str(path)], on_error=errors.append))
    return [article.text for article in articles], [str(error) for error in errors]


def read_stdin(monkeypatch, words):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(Endless(words))))
    return read("-")


@pytest.mark.parametrize("words", [b"y\n", b"\n", b"\0", b"<a>", b"[1, "])
def test_endless_standard_input_is_one_article_that_is_too_large(monkeypatch, words):
    assert read_stdin(monkeypatch, words) == (
        [],
        ["-: more than 0 MB, too large for one article; split it, or give JSON lines."],
    )


def test_an_endless_table_from_a_pipe_is_not_kept(monkeypatch):
    assert read_stdin(monkeypatch, b"text,b\n") == ([], ["-: more than 2 MB by a pipe; save it as a file, and give that."])


def test_a_line_of_json_without_an_end_is_given_up(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "It rained."}\n{"text": "' + b"x" * 10_000 + b'"}\n{"text": "It froze."}')
    assert read(tmp_path / "a.jsonl") == (
        ["It rained."],
        [
            f"{tmp_path}/a.jsonl:2: more than 0 MB, too large for one article; split it.",
            f"{tmp_path}/a.jsonl: no end of a line within 0 MB; the rest is left out. Divide the file.",
        ],
    )


def test_behind_a_line_of_json_that_is_only_too_long_the_next_is_read(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"x" * 3000 + b'"}\n{"text": "It froze."}\n{"text": "It hailed."}\n')
    assert read(tmp_path / "a.jsonl") == (
        ["It froze.", "It hailed."],
        [f"{tmp_path}/a.jsonl:1: more than 0 MB, too large for one article; split it."],
    )


@pytest.mark.parametrize("start", [b"", b"id,text\n1,It rained.\n2,"])
def test_a_line_of_a_table_without_an_end_is_not_read_through(tmp_path, start):
    with open(tmp_path / "a.csv", "wb") as file:
        file.write(start)
        file.truncate(10**11)
    texts, errors = read(tmp_path / "a.csv")
    assert texts == ["It rained."] * bool(start)
    assert errors == [
        f"{tmp_path}/a.csv: a line of 0 million characters or more is too long for a row; the rows before it were read."
    ]


@pytest.mark.parametrize(
    ("name", "start", "error"),
    [
        ("a.mbox", b"", "a.mbox:1: not a mailbox"),
        ("a.mbox", MAIL, "a.mbox:1: more than 0 MB, too large for one mail"),
        ("a.rss", b"", "broken XML"),
        ("a.warc", b"", "no end of record 0 or no record behind it"),
        ("a.warc", b"WARC/1.0\r\n", "no end of record 0 or no record behind it"),
        ("a.pdf", b"%PDF-1.4\n", "100,000,000,000 bytes are too many for this PDF"),
    ],
)
def test_a_sparse_file_is_not_read_through(tmp_path, monkeypatch, name, start, error):
    monkeypatch.setattr(warc, "_LONGEST_HEADERS", 100_000)
    with open(tmp_path / name, "wb") as file:
        file.write(start)
        file.truncate(10**11)
    texts, errors = read(tmp_path / name)
    assert not texts
    assert any(error in line for line in errors), errors


def test_an_export_in_which_no_article_begins_any_more_is_given_up(tmp_path):
    head = "1 of 2 DOCUMENTS\n\nEms Post\n\nMay 2, 2023 Tuesday\n\nFerry late\n\nLENGTH: 3 words\n\n"
    (tmp_path / "a.txt").write_text(head + "It rained.\n" * 200)
    assert read(tmp_path / "a.txt") == (
        [],
        [f"{tmp_path}/a.txt: no article begins within 0 million characters; divide the file."],
    )


@needs_pipes
def test_what_is_no_file_is_left_out_of_a_folder_and_counted(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    notices = []
    (article,) = read_articles([str(tmp_path)], notice=notices.append)
    assert article.text == "It rained."
    assert notices == [f"{tmp_path}: left out: 2 files (device 1, named pipe 1)."]


@needs_pipes
def test_a_pipe_that_is_named_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "b.txt")
    assert read(tmp_path / "b.txt") == (
        [],
        [f"{tmp_path}/b.txt: this is a named pipe, not a file; give a file, or - for standard input."],
    )


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no /dev/fd")
def test_a_pipe_that_a_shell_has_opened_is_read():
    reading, writing = os.pipe()
    os.write(writing, b"It rained.")
    os.close(writing)
    assert read(f"/dev/fd/{reading}") == (["It rained."], [])
    os.close(reading)
