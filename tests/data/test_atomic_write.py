import contextlib
import errno
import os
import stat
from pathlib import Path

import pytest

from sayso.data.atomic_write import fill_folder, replace_file, replace_folder
from sayso.errors import SaysoError


def write_half(path, error):
    with replace_file(path) as file:
        file.write(b"half")
        raise error


def fill_half(path, error):
    with replace_folder(path) as folder:
        (folder / "new").write_bytes(b"new")
        raise error


def test_a_file_takes_the_old_ones_place_when_all_is_written(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with replace_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("error", [RuntimeError("broken"), KeyboardInterrupt("broken")])
def test_after_an_error_the_old_file_is_whole_and_nothing_else_is_left(tmp_path, error):
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(type(error), match="broken"):
        write_half(path, error)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_full_disk_is_named_with_the_path(tmp_path):
    path = tmp_path / "out.jsonl"
    with (
        pytest.raises(SaysoError, match=r"out\.jsonl: cannot be written \(No space left"),
        replace_file(path),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_is_named_with_the_path(tmp_path):
    path = tmp_path / "none" / "out.jsonl"
    with pytest.raises(SaysoError, match=r"none.out\.jsonl: cannot be written"), replace_file(path):
        pass


def test_an_error_about_another_file_is_passed_on(tmp_path):
    with pytest.raises(FileNotFoundError, match="elsewhere"), replace_file(tmp_path / "out") as file:
        file.write(open("/elsewhere/in", "rb").read())
    assert os.listdir(tmp_path) == []


def test_the_rights_of_the_old_file_are_kept(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with replace_file(path) as file:
        file.write(b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_a_link_points_to_is_replaced(tmp_path):
    path, link = tmp_path / "out", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(path)
    with replace_file(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_device_is_written_to_and_stays_one():
    with replace_file(os.devnull) as file:
        file.write(b"gone")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replace_file(pipe) as file:
        file.write(b"all of it")
    assert os.read(reader, 99) == b"all of it"
    os.close(reader)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


def test_a_folder_takes_the_old_ones_place_when_all_is_written(tmp_path):
    path = tmp_path / "data"
    path.mkdir()
    (path / "old").write_bytes(b"old")
    with replace_folder(path) as folder:
        (folder / "new").write_bytes(b"new")
        assert os.listdir(path) == ["old"]
    assert os.listdir(path) == ["new"]
    assert os.listdir(tmp_path) == ["data"]


def test_after_an_error_the_old_folder_is_whole(tmp_path):
    path = tmp_path / "data"
    path.mkdir()
    (path / "old").write_bytes(b"old")
    with pytest.raises(RuntimeError, match="broken"):
        fill_half(path, RuntimeError("broken"))
    assert os.listdir(path) == ["old"]
    assert os.listdir(tmp_path) == ["data"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_new_file_gets_what_the_umask_allows_and_an_old_one_keeps_its_rights(tmp_path):
    earlier = os.umask(0o027)
    try:
        for name in ("new", "old"):
            (tmp_path / "old").touch(mode=0o600)
            with replace_file(tmp_path / name) as file:
                file.write(b"x")
        assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("new", "old")] == ["0o640", "0o600"]
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(earlier)


def test_files_come_into_a_folder_together_and_what_else_is_in_it_stays(tmp_path):
    folder = tmp_path / "audit"
    for text in ("first", "second"):
        with fill_folder(folder) as new:
            (new / "pages").mkdir()
            (new / "pages" / "1.html").write_text(text)
            (new / "roster.csv").write_text(text)
        (folder / "notes.txt").write_text("ours")
    assert {file.name: file.read_text() for file in folder.rglob("*.*")} == {
        "1.html": "second",
        "roster.csv": "second",
        "notes.txt": "ours",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["audit"]


@pytest.mark.parametrize("is_there", [True, False])
def test_after_ctrl_c_a_folder_holds_nothing_of_it(tmp_path, is_there):
    folder = tmp_path / "audit"
    if is_there:
        folder.mkdir()
        (folder / "roster.csv").write_text("old")
    with contextlib.suppress(KeyboardInterrupt), fill_folder(folder) as new:
        (new / "roster.csv").write_text("new")
        raise KeyboardInterrupt
    assert [path.read_text() for path in tmp_path.rglob("*.csv")] == ["old"] * is_there
    assert [path.name for path in tmp_path.iterdir()] == ["audit"] * is_there


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="only Linux has it")
def test_a_file_in_memory_is_a_file_like_any_other():
    path = f"/dev/shm/sayso-test-{os.getpid()}"
    try:
        for text in (b"first", b"second"):
            with replace_file(path) as file:
                file.write(text)
        assert Path(path).read_bytes() == b"second"
    finally:
        os.unlink(path)
