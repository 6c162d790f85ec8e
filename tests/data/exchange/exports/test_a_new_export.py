"""To add an export that is only read: what gives a record for each text, one `Format`, and a line of `EXPORTS`."""

from functools import partial

import pytest
from builders import run_sayso

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.answers.record import Answers, Record
from sayso.data.exchange.answers.rows import Export
from sayso.data.exchange.exports.registry import EXPORTS
from sayso.data.exchange.format import Format
from sayso.errors import SaysoError


def records(path, unused):
    """Read ``person|label|text`` lines; a fourth part is a note."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        person, label, text, *notes = line.split("|")
        if not text:
            raise SaysoError(f"{path}:{number}: no text.")
        unused["notes, left out"] += len(notes)
        yield Record(f"{path}:{number}", text, task=text, person=person, answers=Answers([("", label)]))


BARS = Format(
    tool="bars",
    holds="text labels",
    suffixes=(".bars",),
    read_rows=lambda path, notice: Export("bars", path, partial(records, path)).rows(notice),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(EXPORTS, "bars", BARS)


def test_it_is_read_and_what_is_not_used_is_told(tmp_path):
    path, out = tmp_path / "in.bars", tmp_path / "out"
    path.write_text("ann|Narrative|It rained.|sure\nann|Official claim|He won.\nben|narrative|It rained.\n", "utf-8")
    code, _, told = run_sayso("data", "build", path, "--out", out)
    assert (code, told.splitlines()[:2]) == (
        0,
        [f"{path}: bars: 3 labels read as kind.", f"{path}: bars: notes, left out: 1."],
    )
    sentences = [s for a in read_labelled([out]) for s in a.sentences]
    labels = {(s.kind, s.extra.get("kind_by_ben")) for s in sentences}
    assert labels == {("narrative", "narrative"), ("official_claim", None)}


def test_what_is_broken_is_told_by_its_reader(tmp_path):
    (tmp_path / "in.bars").write_text("ann|Narrative|\n", "utf-8")
    with pytest.raises(SaysoError, match=r"in\.bars:1: no text\."):
        read_labelled([tmp_path / "in.bars"])


def test_it_is_listed(tmp_path):
    assert "bars\t.bars\t" in run_sayso("files").stdout.splitlines()
    (tmp_path / "l.jsonl").write_text('{"text": "It rained."}\n', "utf-8")
    code, _, err = run_sayso("data", "export", tmp_path / "l.jsonl", "-f", "bars", "-o", tmp_path / "o.bars")
    assert (code, "--format 'bars' is not one of" in " ".join(err.split())) == (2, True)
