import json

import pytest
from projects import begun, opened

from sayso.data.project.disk.history import History
from sayso.data.project.records import Change, Recorded
from sayso.errors import SaysoError


def _logged(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_holds_what_was_changed_and_what_stood_there(tmp_path):
    with begun(tmp_path / "p", "zoë") as project:
        project.change(Change("bridge", 0, {"kind": "quote", "note": "„so?“"}))
        project.undo()
    path = tmp_path / "p" / "history" / "zoë.jsonl"
    first, second = _logged(path)
    assert "„so?“" in path.read_text(encoding="utf-8")
    assert {key: first[key] for key in ("number", "article", "n", "set", "was", "codebook", "undoes")} == {
        "number": 1,
        "article": "bridge",
        "n": 0,
        "set": {"kind": "quote", "note": "„so?“"},
        "was": {"kind": None, "note": ""},
        "codebook": 1,
        "undoes": None,
    }
    assert (second["number"], second["set"], second["was"], second["undoes"]) == (2, first["was"], first["set"], 1)


def test_it_is_kept_which_changes_were_made_blind(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
    with opened(tmp_path / "p", blind=True) as project:
        project.change(Change("bridge", 1, {"kind": "quote"}))
    with opened(tmp_path / "p") as project:
        assert [recorded.blind for recorded in project.since(0)] == [False, True]
    assert [line.get("blind") for line in _logged(tmp_path / "p" / "history" / "anna.jsonl")] == [None, True]


def test_it_is_kept_which_labels_were_accepted(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}, accepted=True))
        project.change(Change("bridge", 1, {"kind": "quote"}))
        project.undo()
        project.undo()
        project.redo()
        assert json.loads(project.article("bridge").sentences[0].extra["codebook"])["kind"]["accepted"] is True
    path = tmp_path / "p" / "history" / "anna.jsonl"
    assert [line.get("accepted") for line in _logged(path)] == [True, None, None, None, None]
    with opened(tmp_path / "p") as project:
        assert [recorded.accepted for recorded in project.since(0)] == [True, False, False, False, False]


@pytest.mark.parametrize("cut", [1, 20, -2])
def test_a_torn_last_line_is_put_aside_and_told(tmp_path, cut):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("bridge", 1, {"kind": "quote"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    whole = path.read_bytes()
    torn = whole.splitlines()[0].replace(b'"number": 1', b'"number": 3')[:cut]
    path.write_bytes(whole + torn)
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        (aside,) = path.parent.glob("anna.torn-*")
        assert told == [
            f"{path}: the last line is incomplete and was moved to {aside.name}. If sayso was stopped "
            "while writing it, the change was never reported as saved."
        ]
        assert (path.read_bytes(), aside.read_bytes()) == (whole, torn)
        assert project.change(Change("bridge", 2, {"kind": "quote"})).number == 3
    with opened(tmp_path / "p") as project:
        assert project.undo().undoes == 3


def test_a_line_that_only_lacks_its_end_counts(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    with opened(tmp_path / "p") as project:
        project.change(Change("bridge", 1, {"kind": "quote"}))
    assert [line["number"] for line in _logged(path)] == [1, 2]


def test_other_lines_are_passed_over_and_told(tmp_path):
    path = tmp_path / "anna.jsonl"
    change = Recorded("bridge", 0, {"kind": "quote"}, 1, "2031-04-02T10:00:00.000Z", {"kind": None})
    history = History(path, print)
    history.write([change])
    hand = path.read_bytes().replace(b'"number": 1', b'"number": 2').replace(b'"bridge"', b'["bridge"]')
    path.write_bytes(b"\0\0\0\n" + path.read_bytes() * 2 + b'{"number": 2}\n[]\n' + hand)
    told = []
    history = History(path, told.append)
    assert list(history.load()) == [change]
    assert [line.split(": ")[0] for line in told] == [f"{path}:{n}" for n in (1, 3, 4, 5, 6)]
    history.write([later := Recorded("bridge", 0, {"kind": None}, 2, "2031-04-02T10:00:01.000Z", {"kind": "quote"})])
    history.note([later])
    assert (history.last, history.since(0), history.since(1), history.since(2)) == (2, [change, later], [later], [])
    assert history.change(2) == later


def test_a_log_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    history = History(tmp_path / "file" / "anna.jsonl", print)
    with pytest.raises(SaysoError, match=r"anna\.jsonl: cannot be written \(.*\); nothing was changed\.$"):
        history.write([Recorded("bridge", 0, {}, 1, "", {})])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"n": 0, ', ""),
        ('"n": 0', '"n": Infinity'),
        ('"note": "a"', '"note": "\\ud800"'),
        ('"undoes": null', '"undoes": 1e400'),
    ],
)
def test_a_line_without_a_key_or_with_a_value_of_another_type_is_skipped(tmp_path, old, new):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"note": "a"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    line = path.read_text()
    assert old in line
    path.write_text(line.replace(old, new))
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.since(0) == []
    assert told[0] == f"{path}:1: not a valid change, or out of order; the line is skipped."


def test_a_line_without_what_it_undoes_undoes_nothing(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"note": "a"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    path.write_text(path.read_text().replace('"undoes": null, ', ""))
    with opened(tmp_path / "p") as project:
        assert project.since(0)[0].undoes is None
