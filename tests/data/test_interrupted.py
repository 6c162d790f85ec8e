"""What a kill leaves between two moves, and what the next run makes of it."""

import errno
import json
import os
import signal
import subprocess
import sys

import pytest

from sayso.classify.output.folders import check_folder
from sayso.data.atomic_write import check_not_there, fill_folder, remove_file, replace_file, replace_folder, together
from sayso.data.writing import leftovers
from sayso.data.writing.leftovers import finish_interrupted
from sayso.errors import SaysoError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process cannot be killed there as here")


@pytest.fixture
def told(monkeypatch):
    """Give the lines that are said of what was found."""
    lines = []
    monkeypatch.setattr(leftovers, "_SAYING", [lines.append])
    return lines


_CHILD = """
import os, signal, sys
from pathlib import Path
from sayso.data.atomic_write import fill_folder, remove_file, replace_file, replace_folder, together
left = int(sys.argv[2])
def at_a_rename(event, arguments):
    global left
    if event in ("os.rename", "os.link"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
def write(path, text):
    with replace_file(path) as file:
        file.write(text)
sys.addaudithook(at_a_rename)
exec(sys.argv[1])
"""


def killed_at(code, n, folder):
    """Run code that is killed before its n-th rename; tell whether it was."""
    done = subprocess.run([sys.executable, "-c", _CHILD, code, str(n)], cwd=folder, check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def make(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


_REPLACE = "with replace_folder('out') as new: (new / 'b').write_text('new')"
_FILL = "with fill_folder('out', remove=lambda out: [out / 'c']) as new: [(new / x).write_text('new') for x in 'ab']"
_FILES = "with together(): write('out/a', b'new'); write('beside', b'new'); remove_file('c')"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        (_REPLACE, {"out/a": "old", "out/b": "old"}, {"out/b": "new"}),
        (_REPLACE, {}, {"out/b": "new"}),
        (_FILL, {"out/a": "old", "out/c": "old", "out/d": "kept"}, {"out/a": "new", "out/b": "new", "out/d": "kept"}),
        (_FILES, {"out/a": "old", "beside": "old", "c": "old"}, {"out/a": "new", "beside": "new"}),
    ],
)
def test_a_kill_before_any_rename_leaves_the_old_or_the_new(tmp_path, code, old, new):
    seen, n = [], 0
    while True:
        folder = tmp_path / str(n)
        make(folder, old)
        folder.mkdir(exist_ok=True)
        was_killed = killed_at(code, n, folder)
        finish_interrupted([folder / "out"])
        left = {name: text for name, text in contents(folder).items() if ".part/" not in name}
        assert left in (old, new)
        seen.append(left == new)
        check_not_there(folder / "out", force=True)
        if left == new:
            assert contents(folder) == new
        if not was_killed:
            break
        n += 1
    assert seen == sorted(seen)  # first the old ones, from one moment on the new ones
    assert not seen[0]
    assert seen.count(True) >= 2


def test_a_kill_before_any_rename_leaves_the_old_file_or_the_new_at_once(tmp_path):
    make(tmp_path, {"out": "old"})
    assert killed_at("write('out', b'new')", 0, tmp_path)
    assert (tmp_path / "out").read_text() == "old"
    check_not_there(tmp_path / "out", force=True)
    assert contents(tmp_path) == {"out": "old"}


def _interrupted(tmp_path, n):
    make(tmp_path, {"out/a": "old"})
    assert killed_at(_REPLACE, n, tmp_path)
    [work] = tmp_path.glob(".out.*.part")
    return work


def test_what_was_finished_is_said(tmp_path, told):
    _interrupted(tmp_path, 2)  # after the journal and the move of the old folder
    finish_interrupted([tmp_path / "out"])
    assert told == [f"{tmp_path}/out: an interrupted run had not put all of it in place; this is done now."]
    assert contents(tmp_path) == {"out/b": "new"}


def test_a_copy_of_a_journal_moves_nothing(tmp_path, told):
    work = _interrupted(tmp_path, 1)
    os.rename(work, tmp_path / "moved")
    (tmp_path / "other").mkdir()
    subprocess.run(["cp", "-r", tmp_path / "moved", work], check=True)
    finish_interrupted([tmp_path / "out"])
    assert [line.endswith("delete this folder if you do not need it.") for line in told] == [True]
    assert (tmp_path / "out" / "a").read_text() == "old"
    assert work.exists()


@pytest.mark.parametrize("place", ["../elsewhere", "/elsewhere", "other", "out/../other"])
def test_a_journal_moves_nothing_but_its_targets(tmp_path, told, place):
    work = _interrupted(tmp_path, 1)
    journal = json.loads((work / "journal.json").read_text())
    journal["steps"][-1][-1] = place
    (work / "journal.json").write_text(json.dumps(journal))
    finish_interrupted([tmp_path / "out"])
    assert [line.endswith("delete this folder if you do not need it.") for line in told] == [True]
    assert (tmp_path / "out" / "a").read_text() == "old"


def test_what_an_interrupted_run_left_is_removed_after_a_day_and_at_once_for_the_same_output(tmp_path, told):
    make(tmp_path, {".old.abcdefgh.part/new/a": "half", ".new.abcdefgh.part": "half", ".same.abcdefgh.part": "half"})
    make(tmp_path, {"a.part": "of another program"})
    os.utime(tmp_path / ".old.abcdefgh.part", (1, 1))
    check_not_there(tmp_path / "same", force=False)
    assert sorted(os.listdir(tmp_path)) == [".new.abcdefgh.part", "a.part"]
    assert told == [f"{tmp_path}: removed what an interrupted run left: .old.abcdefgh.part, .same.abcdefgh.part."]


def test_no_work_folder_is_left_at_the_limit_of_open_files(tmp_path):
    def write():
        with replace_folder(tmp_path / "out") as new:
            (new / "below").mkdir()
            (new / "below" / "a").write_text("half")
            raise OSError(errno.EMFILE, "Too many open files", str(new))

    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    handle = os.open(os.devnull, os.O_RDONLY)
    os.close(handle)
    resource.setrlimit(resource.RLIMIT_NOFILE, (handle + 3, hard))  # for the lock and two others; removing took three
    try:
        with pytest.raises(SaysoError, match=r"out: cannot be written \(Too many open files\); nothing was changed"):
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert os.listdir(tmp_path) == []


def test_leftovers_in_a_folder_of_pages_are_no_foreign_files(tmp_path, told):
    make(tmp_path, {"pages/.pages.abcdefgh.part": "half", "pages/.other.abcdefgh.part": "half"})
    os.utime(tmp_path / "pages" / ".other.abcdefgh.part", (1, 1))
    check_folder(str(tmp_path / "pages"))
    assert os.listdir(tmp_path / "pages") == []


def test_what_a_living_process_writes_is_not_removed(tmp_path):
    with replace_file(tmp_path / "out") as file, replace_folder(tmp_path / "folder") as new:
        (new / "a").write_text("a")
        file.write(b"half")
        for path in tmp_path.glob(".*"):
            os.utime(path, (1, 1))
        for name in ("out", "folder"):
            check_not_there(tmp_path / name, force=False)
    assert contents(tmp_path) == {"out": "half", "folder/a": "a"}


def test_after_an_error_in_the_middle_all_is_as_it_was(tmp_path):
    make(tmp_path, {"a/x": "old", "b": "old", "c/x": "old"})

    def write_all():
        with together():
            for name in "bc":  # c is a folder, so no file can take its place
                with replace_file(tmp_path / name) as file:
                    file.write(b"new")

    before = contents(tmp_path)
    with pytest.raises(SaysoError, match=r"c: cannot be written \(Is a directory\); nothing was changed"):
        write_all()
    assert contents(tmp_path) == before


def test_what_another_run_wrote_meanwhile_is_kept(tmp_path):
    check_not_there(tmp_path / "out", force=False)

    def write():
        with replace_file(tmp_path / "out") as file:
            (tmp_path / "out").write_text("theirs")
            file.write(b"ours")

    with pytest.raises(SaysoError, match="another run wrote this meanwhile, and it is kept"):
        write()
    assert contents(tmp_path) == {"out": "theirs"}
    check_not_there(tmp_path / "out", force=True)
    with replace_file(tmp_path / "out") as file:
        file.write(b"ours")
    assert contents(tmp_path) == {"out": "ours"}


def test_a_folder_that_must_stay_gets_new_contents(tmp_path, monkeypatch):
    make(tmp_path, {"out/a": "old", "out/b/c": "old"})
    number = (tmp_path / "out").stat().st_ino
    monkeypatch.setattr(os.path, "ismount", lambda path: True)
    with replace_folder(tmp_path / "out") as new:
        make(new, {"b": "new", "d": "new"})
    assert contents(tmp_path / "out") == {"b": "new", "d": "new"}
    assert (tmp_path / "out").stat().st_ino == number
    with fill_folder(tmp_path / "out", remove=lambda out: [out / "b"]) as new:
        make(new, {"e/f": "newer"})
    remove_file(tmp_path / "out" / "d")
    assert contents(tmp_path / "out") == {"e/f": "newer"}
