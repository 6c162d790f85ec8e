"""To add an exchange format: one `Format`, and a line of `FORMATS`."""

from dataclasses import replace
from functools import partial

import pytest
from builders import labelled_article, run_sayso

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.format import Format, write_lines
from sayso.data.exchange.formats import FORMATS, write_exchange
from sayso.data.exchange.passages import SENTENCE, Mark, Passage
from sayso.errors import SaysoError


def write(articles, path):
    """Write ``id|kind|sentence`` lines."""
    rows = ((a.article, s) for a in articles for s in a.sentences)
    write_lines(path, (f"{article.id}|{s.kind or ''}|{s.span.of(article.text)}\n" for article, s in rows))


def read(path):
    passages = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.count("|") != 2:
            raise SaysoError(f"{path}:{number}: not two bars.")
        name, kind, text = line.split("|")
        passage = passages.setdefault(name, Passage(name, "", f"{path}:{number}"))
        start = len(passage.text)
        passage.text += text
        passage.sentences.append(Mark(SENTENCE, start, len(passage.text), text, {"kind": kind} if kind else {}))
    for passage in passages.values():
        yield passage, None


BARS = Format(tool="bars", holds="kinds", suffixes=(".bars",), write=write, read=read)
ONE = labelled_article("a1", ("It rained.", {"kind": "narrative"}), "It froze.", gap="")


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(FORMATS, "bars", BARS)


run = partial(run_sayso, "data")


def test_what_goes_out_comes_back_equal(tmp_path):
    path = tmp_path / "out.bars"
    assert write_exchange([ONE], path, "bars") == [path]
    assert path.read_text("utf-8") == "a1|narrative|It rained.\na1||It froze.\n"
    assert read_labelled([path]) == [ONE]


def test_what_is_broken_is_told_by_its_reader(tmp_path):
    (tmp_path / "a.bars").write_text("a1|It rained.\n")
    with pytest.raises(SaysoError, match=r"a\.bars:1: not two bars"):
        read_labelled([tmp_path / "a.bars"])


def test_labels_are_judged_as_everywhere(tmp_path):
    (tmp_path / "a.bars").write_text("a1|qoute|It rained.\n")
    with pytest.raises(SaysoError, match=r"a\.bars:1, sentence at 0: kind 'qoute' is not one of quote, official_claim"):
        read_labelled([tmp_path / "a.bars"])


def test_two_formats_of_one_suffix_are_told_apart_by_what_they_know(tmp_path, monkeypatch):
    first = {"bars": "a", "other": "b"}
    for name, letter in first.items():
        fits = replace(BARS, knows=lambda path, letter=letter: path.read_text("utf-8")[0] == letter)
        monkeypatch.setitem(FORMATS, name, fits if name == "bars" else replace(fits, read=lambda path: iter(())))
    (tmp_path / "a.bars").write_text("a1||It rained.\n")
    (tmp_path / "b.bars").write_text("b1||It rained.\n")
    assert [len(read_labelled([tmp_path / f"{letter}.bars"])) for letter in "ab"] == [1, 0]


def test_the_commands_write_and_read_it(tmp_path):
    write_exchange([ONE], tmp_path / "in.jsonl", "jsonl")
    path, out = tmp_path / "out.bars", tmp_path / "out"
    assert "bars\tbars\t.bars\tkinds\n" in run("export", "--list")[1]
    assert run("export", tmp_path / "in.jsonl", "-f", "bars", "-o", path) == (
        0,
        "",
        f"2 sentences in 1 article.\nWritten to {path}.\n",
    )
    assert run("build", path, "-o", out)[0] == 0
    assert [s.kind for a in read_labelled([out]) for s in a.sentences] == ["narrative", None]
    assert run("export", path, "-f", "bars", "-o", tmp_path / "no" / "b.bars")[2] == (
        f"Error: {tmp_path / 'no'}: no such folder; create it first.\n"
    )
    assert run("export", path, "-f", "bars", "--excel", "-o", tmp_path / "b.bars")[2] == (
        "Error: --excel works only with --format csv.\n"
    )
