"""What somebody does to a project's folder while it is open, and what a disk does."""

import json
import os
import shutil
import stat
import tempfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import BRIDGE, FERRY, begun, opened

from sayso.data.project.disk import history as history_module
from sayso.data.project.disk import lock as lock_module
from sayso.data.project.disk import shards as shards_module
from sayso.data.project.project import _Request
from sayso.data.project.records import Change, ConflictError, key_of
from sayso.errors import SaysoError


def _renamed(labelled, name):
    return replace(labelled, article=replace(labelled.article, id=name))


def _files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_id_that_is_the_key_of_another_article_is_not_taken_for_it(tmp_path):
    twin = key_of("ferry")
    with begun(tmp_path / "p", articles=[FERRY, _renamed(BRIDGE, twin)]) as project:
        project.change(Change(twin, 0, {"note": "of the bridge"}))
        assert project.state(twin)["notes"] == {0: "of the bridge"}
        assert project.state("ferry")["notes"] == {}
        assert project.entry(twin).id == twin
        assert [project.id_of(key_of(name)) for name in ("ferry", twin)] == ["ferry", twin]
        with pytest.raises(SaysoError, match=r"^no article 'ferry' in this project; reload the list\.$"):
            project.id_of("ferry")


def test_a_history_that_is_cut_while_the_project_is_open_is_read_anew(tmp_path):
    told = []
    path = tmp_path / "p" / "history" / "anna.jsonl"
    with begun(tmp_path / "p"):
        pass
    with opened(tmp_path / "p", tell=told.append) as project:
        for kind in ("quote", "narrative", "official_claim"):
            project.change(Change("bridge", 0, {"kind": kind}))
        first = path.read_bytes().splitlines(keepends=True)[0]
        path.write_bytes(first + b'{"numb')
        assert project.change(Change("ferry", 0, {"note": "later"})).number == 4
        assert told[0] == f"{path}: was changed outside this page; it is read again."
        assert "the last line is incomplete" in told[1]
        assert "holds changes up to 3, but the history only up to 1; the changes in between cannot be undone." in told[2]
        assert [recorded.number for recorded in project.since(0)] == [1, 4]
        assert project.undo().undoes == 4
        with pytest.raises(ConflictError, match=r"^change 1 cannot be undone: the labels were since changed"):
            project.undo()
        assert project.undo() is None
        assert project.article("bridge").sentences[0].kind == "official_claim"
    assert b"\0" not in path.read_bytes()
    with opened(tmp_path / "p", tell=told.append) as project:
        assert told[-1] == f"{path}:2: changes 2 to 3 are missing before this line and cannot be undone."


def test_a_history_that_is_taken_away_while_the_project_is_open(tmp_path):
    told = []
    path = tmp_path / "p" / "history" / "anna.jsonl"
    with begun(tmp_path / "p"):
        pass
    with opened(tmp_path / "p", tell=told.append) as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        path.unlink()
        assert project.undo() is None
        assert project.change(Change("bridge", 0, {"kind": "narrative"})).number == 2
        assert project.undo().number == 3
    assert path.read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 2**64},
        {"number": 2**53},
        {"number": -2},
        {"number": 0},
        {"number": 1},
        {"number": 2.0},
        {"number": True},
        {"n": -1},
        {"n": 2**70},
        {"undoes": 2**64},
        {"codebook": -3},
        {"article": 7},
        {"time": None},
        {"set": {"kind": 5}},
        {"set": {"kind": "rumour"}},
        {"was": {"kind": ["quote"]}},
        {"set": {"note": None}},
        {"set": {"done": 1}},
        {"set": {"own": {"topic": 4}}},
        {"set": {"stance": {"Tarn": "glad"}}},
        {"set": {"loaded": [4]}},
        {"set": {"attributions": {"cue": 1}}},
        {"set": {"targets": {"Tarn": "mayor"}}},
        {"also": {"set": {}}},
        {"also": {"set": {"complete": 4}, "was": {}}},
        {"also": {"set": {}, "was": {"codebook": 4}}},
    ],
)
def test_a_line_that_was_written_by_hand_and_is_no_change_is_named_and_passed_over(tmp_path, wrong):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    line = json.loads(path.read_bytes())
    by_hand = {**line, "number": 2, "set": {"kind": "narrative"}, "was": {"kind": "quote"}, "also": {}, **wrong}
    with path.open("ab") as file:
        file.write(json.dumps(by_hand).encode() + b"\n")
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert told == [f"{path}:2: not a valid change, or out of order; the line is skipped."]
        assert project.article("bridge").sentences[0].kind == "quote"
        assert project.change(Change("bridge", 1, {"kind": "quote"})).number == 2
        assert [project.undo().undoes, project.undo().undoes, project.undo()] == [2, 1, None]


def test_an_undo_of_a_line_that_was_spoilt_is_refused_once(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("ferry", 1, {"kind": "quote"}))
        project.change(Change("bridge", 0, {"note": "hm"}))
        project.change(Change("bridge", 1, {"attributions": []}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoilt = {**json.loads(lines[2]), "was": {"attributions": [{"cue": "said"}]}}
    path.write_text("\n".join([*lines[:2], json.dumps(spoilt), ""]), encoding="utf-8")
    with opened(tmp_path / "p") as project:
        before, refusals = project.article("bridge"), []
        for _ in range(3):
            refusals.append(_refusal(project.undo))
        assert refusals[0].startswith("change 3 cannot be undone: ")
        assert refusals[1:] == [None, None]
        assert [recorded.undoes for recorded in project.since(3)] == [2, 1]
        assert project.article("bridge").sentences[0] == before.sentences[0]


def test_what_a_newer_version_wrote_is_no_fault(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("bridge", 0, {"note": "Who?"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    lines = [{**json.loads(line), "device": "tablet"} for line in path.read_text(encoding="utf-8").splitlines()]
    lines[1]["set"]["tone"], lines[1]["was"]["tone"] = "calm", None
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (tmp_path / "p" / "sounds").mkdir()
    (tmp_path / "p" / "history" / "anna.index").write_bytes(b"\0\1")
    (tmp_path / "p" / "labels" / "anna" / "notes.md").write_text("Mine.", encoding="utf-8")
    with opened(tmp_path / "p") as project:
        assert [note.note for note in project.notes()] == ["Who?"]
        with pytest.raises(ConflictError, match=r"^change 2 cannot be undone"):  # what it would leave is not known
            project.undo()
        assert project.undo().undoes == 1
    assert path.read_text(encoding="utf-8").startswith('{"number": 1')
    assert '"tone": "calm"' in path.read_text(encoding="utf-8")


def test_order_is_that_of_the_numbers_where_the_clock_was_set_back(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote", "note": "first"}))
        project.change(Change("bridge", 0, {"kind": "narrative", "note": "second"}))
    path = tmp_path / "p" / "history" / "anna.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[0]["time"], lines[1]["time"] = "2090-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with opened(tmp_path / "p") as project:
        (note,) = project.notes()
        assert (note.note, note.time, note.number, note.change) == ("second", "2001-01-01T00:00:00.000Z", 2, 2)
        assert project.undo().set == {"kind": "quote", "note": "first"}


def test_an_article_that_has_gone_is_told_once_and_in_nobodys_way(tmp_path):
    with begun(tmp_path / "p", articles=[BRIDGE]) as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        project.add([replace(FERRY, meta={"split": "test"})])
        for n in (0, 1, 0):
            project.change(Change("ferry", n, {"note": f"note {n}"}))
        (test_shard,) = project.labels_folder().glob("data/test-*.parquet")
        test_shard.unlink()
        assert [recorded.number for recorded in project.since(0)] == [1, 2, 3, 4]
        assert project.notes() == []
        assert told == [
            f"{project.labels_folder()}: was changed outside this page; it is read again.",
            f"{project.labels_folder()}: 1 article from the history not found, such as 'ferry'; "
            "changes to missing articles are skipped.",
        ]
        with pytest.raises(ConflictError, match=r"^change 4 cannot be undone: its article no longer exists\.$"):
            project.undo()
        assert project.undo().undoes == 1
        project.since(0)
        assert len(told) == 2


def test_a_lock_that_was_taken_away_is_taken_again(tmp_path):
    lock = tmp_path / "p" / "history" / "anna.lock"
    with begun(tmp_path / "p") as project:
        lock.unlink()
        project.change(Change("bridge", 0, {"kind": "quote"}))
        with pytest.raises(SaysoError, match=r"^anna is already being labelled, by process \d+ since "):
            opened(tmp_path / "p")
        lock.unlink()
        with opened(tmp_path / "p", tell=print) as second:
            with pytest.raises(SaysoError, match=r"^anna is already being labelled, by process \d+ since "):
                project.change(Change("bridge", 1, {"kind": "quote"}))
            assert second.change(Change("bridge", 0, {"kind": "narrative"})).number == 2
        assert project.article("bridge").sentences[1].kind is None


@pytest.mark.parametrize("is_renamed", [True, False])
def test_nothing_is_written_where_the_folder_has_gone(tmp_path, is_renamed):
    folder = tmp_path / "p"
    project = begun(folder)
    project.change(Change("bridge", 0, {"kind": "quote"}))
    if is_renamed:
        folder.rename(tmp_path / "moved")
    else:
        shutil.rmtree(folder)
    gone = r"p: the project's folder was removed, renamed or replaced; nothing was changed\. Put it back, or stop"
    for act in (
        lambda: project.change(Change("bridge", 1, {"kind": "quote"})),
        project.undo,
        lambda: project.add([_renamed(FERRY, "boat")]),
        lambda: project.use({"mood": None}),
        lambda: project.take([]) or project.use({}),
    ):
        with pytest.raises(SaysoError, match=gone):
            act()
    assert len(project.entries()) == 2
    assert not folder.exists()
    if is_renamed:
        (tmp_path / "moved").rename(folder)
        assert project.change(Change("bridge", 1, {"kind": "quote"})).number == 2
    project.close()
    assert folder.exists() == is_renamed


def test_another_folder_in_its_place_is_not_written_to(tmp_path):
    project = begun(tmp_path / "p")
    (tmp_path / "p").rename(tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "p")
    before = _files(tmp_path / "p")
    with pytest.raises(SaysoError, match=r"folder was removed, renamed or replaced; nothing was changed\."):
        project.change(Change("bridge", 0, {"kind": "quote"}))
    project.close()
    assert _files(tmp_path / "p") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_that_somebody_took_away_stay_taken_away(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        data, log = project.labels_folder() / "data", tmp_path / "p" / "history" / "anna.jsonl"
        closed = [data, log, data / "train-00000.parquet"]
        for path, mode in zip(closed, (0o2750, 0o640, 0o640), strict=True):
            path.chmod(mode)
        project.change(Change("bridge", 0, {"kind": "narrative"}))
        project.use({"mood": None})  # all files are written anew
        project.change(Change("bridge", 1, {"kind": "narrative"}))
        assert [oct(stat.S_IMODE(path.stat().st_mode)) for path in closed] == ["0o2750", "0o640", "0o640"]


def test_a_folder_in_which_nothing_can_be_written_is_named(tmp_path, monkeypatch):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
    before = _files(tmp_path / "p")

    def refused(path, mode="r", **about):
        if {*mode} & {*"wax+"}:
            raise OSError(30, "Read-only file system", str(path))
        return open(path, mode, **about)

    with monkeypatch.context() as read_only:
        read_only.setattr(lock_module, "open", refused, raising=False)
        with pytest.raises(
            SaysoError, match=r"anna\.lock: cannot be written \(Read-only file system\); choose another folder"
        ):
            opened(tmp_path / "p")
    with opened(tmp_path / "p") as project:
        held = _files(tmp_path / "p")  # with who has the lock
        with monkeypatch.context() as read_only:
            for module in (history_module, shards_module):
                read_only.setattr(module, "open", refused, raising=False)
            read_only.setattr(tempfile, "mkstemp", lambda dir, **about: refused(dir, "w"))
            read_only.setattr(os, "mkdir", lambda path, *mode: refused(path, "w"))
            for act in (
                lambda: project.change(Change("bridge", 0, {"kind": "narrative"})),
                project.undo,
                lambda: project.add([_renamed(FERRY, "boat")]),
                lambda: project.use({"mood": None}),
            ):
                assert "cannot be written (Read-only file system); nothing" in _refusal(act)
            assert project.article("bridge").sentences[0].kind == "quote"
            assert len(project.entries()) == 2
        assert _files(tmp_path / "p") == held
        assert project.undo().undoes == 1
    assert before.keys() == _files(tmp_path / "p").keys()


def _refusal(act):
    """Do something; give the line with which it is refused, None where it is done."""
    try:
        act()
    except SaysoError as error:
        return str(error)
    return None


def _full_at(monkeypatch, module, name, moment):
    """Let the disk be full at the given call of a function, and only then; say whether it came to that."""
    real, calls = getattr(module, name), []

    def called(*words, **named):
        calls.append(words)
        if len(calls) == moment:
            raise OSError(28, "No space left on device")
        return real(*words, **named)

    monkeypatch.setattr(module, name, called)
    return lambda: len(calls) >= moment


@pytest.mark.parametrize("moment", [1, 2, 3])
@pytest.mark.parametrize("name", ["fsync", "replace", "chmod"])
def test_a_full_disk_changes_nothing_and_the_next_change_works(tmp_path, monkeypatch, name, moment):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote", "note": "Who?"}))
        before, files = [project.article(x) for x in ("bridge", "ferry")], _files(tmp_path / "p")
        with monkeypatch.context() as full:
            came_to_that = _full_at(full, os, name, moment)
            refusal = _refusal(lambda: project.change(Change("bridge", 0, {"kind": "narrative", "note": "Nobody."})))
        assert (refusal is not None) == came_to_that()
        if refusal:
            assert "No space left on device" in refusal
            assert [project.article(x) for x in ("bridge", "ferry")] == before
            assert _files(tmp_path / "p") == files
            assert (project.last, project.state("bridge")["notes"]) == (1, {0: "Who?"})
        last = project.last
        assert project.change(Change("ferry", 1, {"kind": "narrative"})).number == last + 1
        assert project.undo().undoes == last + 1
        kept = project.article("bridge")
    with opened(tmp_path / "p") as project:
        assert project.article("bridge") == kept


@pytest.mark.parametrize("moment", range(1, 9))
@pytest.mark.parametrize("name", ["fsync", "replace", "mkdir"])
@pytest.mark.parametrize("act", ["add", "use"])
def test_a_full_disk_leaves_the_old_files_where_all_are_replaced(tmp_path, monkeypatch, act, name, moment):
    acts = {"add": lambda p: p.add([_renamed(FERRY, "boat")]), "use": lambda p: p.use({"mood": None})}
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        before = [entry.id for entry in project.entries()], [project.article(x) for x in ("bridge", "ferry")]
        with monkeypatch.context() as full:
            came_to_that = _full_at(full, os, name, moment)
            refusal = _refusal(lambda: acts[act](project))
        assert refusal is None or (came_to_that() and "No space left on device" in refusal)
        ids = [entry.id for entry in project.entries()]
        assert ids[:2] == before[0]
        assert [project.article(x) for x in ("bridge", "ferry")] == before[1]
        project.change(Change("bridge", 1, {"kind": "narrative"}))
        kept = project.article("bridge")
    with opened(tmp_path / "p") as project:
        assert project.article("bridge") == kept
        assert [entry.id for entry in project.entries()] == ids


def test_where_only_one_of_two_files_can_be_replaced_both_stay_as_they_were(tmp_path, monkeypatch):
    with begun(tmp_path / "p", articles=[BRIDGE, replace(FERRY, meta={"split": "test"})]) as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        before = [project.article(x) for x in ("bridge", "ferry")]
        both = [
            _Request(lambda batch, name=x: batch.change(Change(name, 0, {"bias": "biased"}), None))
            for x in ("bridge", "ferry")
        ]
        with monkeypatch.context() as full:
            _full_at(full, os, "replace", 2)
            project._write(both)
        assert all("No space left on device" in str(request.error) for request in both)
        assert [project.article(x) for x in ("bridge", "ferry")] == before
        assert (project.last, [recorded.number for recorded in project.since(0)]) == (1, [1])
        assert project.change(Change("ferry", 0, {"bias": "biased"})).number == 2
    with opened(tmp_path / "p") as project:
        assert [project.article(x).sentences[0].bias for x in ("bridge", "ferry")] == [None, "biased"]


def test_a_write_that_breaks_off_in_the_middle_of_a_line_is_taken_back(tmp_path, monkeypatch):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        path = tmp_path / "p" / "history" / "anna.jsonl"
        before = path.read_bytes()

        def half(*words):
            file = open(*words)
            return _Half(file) if words[1] == "ab" else file

        with monkeypatch.context() as full:
            full.setattr(history_module, "open", half, raising=False)
            with pytest.raises(SaysoError, match=r"anna\.jsonl: cannot be written \(No space left on device\); nothing"):
                project.change(Change("bridge", 0, {"kind": "narrative"}))
        assert path.read_bytes() == before
        assert project.change(Change("bridge", 0, {"kind": "narrative"})).number == 2


class _Half:
    """A file that takes ten bytes."""

    def __init__(self, file):
        self._file = file

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()

    def write(self, content):
        self._file.write(content[:10])
        raise OSError(28, "No space left on device")


_SETS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from((None, "quote", "narrative")),
        "bias": st.sampled_from((None, "biased")),
        "own": st.dictionaries(st.sampled_from(("topic", "remark")), st.sampled_from((None, "water")), min_size=1),
        "stance": st.dictionaries(
            st.sampled_from(("Tarn", "crew")), st.sampled_from((None, "favor", "against")), min_size=1
        ),
        "loaded": st.sampled_from(([], [{"start": 0, "end": 5}])),
        "attributions": st.sampled_from(([], [{"cue": {"start": 2, "end": 6}, "speaker": "Ilva Tarn"}])),
        "note": st.sampled_from(("", "Who?")),
    },
).filter(bool)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("bridge", "ferry")), _SETS), min_size=1, max_size=6), st.integers(0, 3))
def test_articles_in_memory_are_those_on_disk(tmp_path_factory, changes, n_undone):
    folder = tmp_path_factory.mktemp("kept") / "p"
    with begun(folder) as project:
        for name, values in changes:
            project.change(Change(name, 0, values))
        for _ in range(n_undone):
            project.undo()
        in_memory = [(project.article(name), project.state(name)) for name in ("bridge", "ferry")]
        entries = project.entries()
    with opened(folder) as project:
        assert [(project.article(name), project.state(name)) for name in ("bridge", "ferry")] == in_memory
        assert project.entries() == entries
