"""Locks by Windows' own module, which a stand-in takes the place of; see `fake_msvcrt`."""

import importlib.util
import sys

import pytest

from sayso.errors import SaysoError

from . import fake_msvcrt


@pytest.fixture
def on_windows(monkeypatch):
    """Give what loads a module anew, as Windows would load it."""

    def load(name):
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setitem(sys.modules, "msvcrt", fake_msvcrt)
        spec = importlib.util.find_spec(name)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.undo()
        return module

    return load


def test_the_stand_in_refuses_what_another_handle_holds(tmp_path):
    with open(tmp_path / "lock", "w+b") as one, open(tmp_path / "lock", "r+b") as other:
        fake_msvcrt.locking(one.fileno(), fake_msvcrt.LK_NBLCK, 4)
        other.seek(3)
        with pytest.raises(PermissionError, match="Permission denied"):
            fake_msvcrt.locking(other.fileno(), fake_msvcrt.LK_NBLCK, 1)
        other.seek(4)
        fake_msvcrt.locking(other.fileno(), fake_msvcrt.LK_NBLCK, 1)
        fake_msvcrt.locking(other.fileno(), fake_msvcrt.LK_UNLCK, 1)


def test_a_run_of_teaching_is_alive_until_it_ends(tmp_path, on_windows):
    module = on_windows("sayso.train.teach.alive")
    path = tmp_path / "lock"
    with module.alive(path):
        assert module.is_alive(path)
        with pytest.raises(SaysoError, match="another process is working on this run"), module.alive(path):
            pass
    assert not module.is_alive(path)


def test_who_comes_second_waits(tmp_path, on_windows):
    module = on_windows("sayso.train.teach.alive")
    path = tmp_path / "lock"
    with module.one_at_a_time(path, 0):
        with pytest.raises(SaysoError, match="another process is starting"), module.one_at_a_time(path, 0):
            pass
    with module.one_at_a_time(path, 0):
        assert module.is_alive(path)


def test_one_process_labels_at_a_time_and_the_other_reads_who(tmp_path, on_windows):
    module = on_windows("sayso.data.project.disk.lock")
    held = module.Lock(tmp_path / "anna.lock")
    with pytest.raises(SaysoError, match=r"anna is already being labelled, by process \d+ since"):
        module.Lock(tmp_path / "anna.lock")
    held.release()
    again = module.Lock(tmp_path / "anna.lock")
    assert not again.was_left
    again.release()
