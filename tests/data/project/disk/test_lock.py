import json
import os
import signal
import subprocess
import sys

import pytest

from sayso.data.project.disk.lock import Lock
from sayso.errors import SaysoError

_CHILD = """
import sys, time
from pathlib import Path
from sayso.data.project.disk.lock import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_names_its_holder_and_ends_with_its_process(tmp_path):
    path = tmp_path / "history" / "anna.lock"
    with subprocess.Popen([sys.executable, "-c", _CHILD, path], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(
            SaysoError, match=rf"^anna is already being labelled, by process {child.pid} since 2.*T.*; stop that"
        ):
            Lock(path)
        child.send_signal(signal.SIGKILL)
    lock = Lock(path)
    assert lock.was_left
    assert json.loads(path.read_bytes())["pid"] == os.getpid()
    lock.release()
    lock.release()
    lock = Lock(path)
    assert not lock.was_left
    lock.release()


def test_a_holder_that_wrote_nothing_is_just_another_process(tmp_path):
    lock = Lock(tmp_path / "ben.lock")
    (tmp_path / "ben.lock").write_bytes(b"\xff{")
    with pytest.raises(SaysoError, match=r"^ben is already being labelled, by another process; stop that server"):
        Lock(tmp_path / "ben.lock")
    lock.release()
