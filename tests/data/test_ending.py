"""How a command ends that is stopped from outside."""

import errno
import os
import signal
import subprocess
import sys

import pytest

from sayso.data.writing.ending import StoppedError, ended_by_signals, nobody_reads, shortage

_MEMORY = "there is not enough memory; give it smaller files, or fewer --jobs."
_PROCESSES = "the system allows no further process or thread; close other programs, or use a smaller --jobs."
_FILES = "the system allows no further open file; raise the limit (ulimit -n), or use a smaller --jobs."

_AT_AN_EVENT = """
import os, signal, sys
number = int(sys.argv.pop(1))
sys.addaudithook(lambda event, _: event == "os.chmod" and os.kill(os.getpid(), number))
from sayso.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), _MEMORY),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), _MEMORY),
        (ImportError("libarrow.so: failed to map segment from shared object"), _MEMORY),
        (RuntimeError("can't start new thread"), _PROCESSES),
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), _PROCESSES),
        (OSError(errno.EMFILE, "Too many open files"), _FILES),
        (OSError(errno.ENOSPC, "No space left on device"), None),
        (RuntimeError("something of ours"), None),
        (ImportError("cannot import name 'x'"), None),
    ],
)
def test_a_shortage_is_said_in_a_line(error, line):
    assert shortage(error) == line


def test_memory_and_threads_that_arrow_lacks_are_said():
    from pyarrow.lib import ArrowException, ArrowMemoryError

    assert shortage(ArrowException("Unknown error: Failed to launch worker thread: Resource unavailable")) == _PROCESSES
    assert shortage(ArrowMemoryError("malloc of size 64 failed")) == _MEMORY


def test_a_reader_that_has_gone_is_told_from_a_full_disk():
    assert nobody_reads(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert not nobody_reads(OSError(errno.ENOSPC, "No space left on device"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_a_signal_ends_what_is_done_once_and_the_old_way_is_back():
    before = signal.getsignal(signal.SIGTERM)
    cleaned = []

    def work():
        with ended_by_signals():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            finally:
                os.kill(os.getpid(), signal.SIGTERM)  # a second one does not interrupt the cleaning up
                cleaned.append(True)

    with pytest.raises(StoppedError, match=r"Terminated\.") as found:
        work()
    assert (found.value.number, cleaned) == (signal.SIGTERM, [True])
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code", "line"), [(15, 143, "Terminated."), (2, 130, "Interrupted.")])
def test_a_signal_leaves_no_temporary_file(tmp_path, number, code, line):
    command = [sys.executable, "-c", _AT_AN_EVENT, str(number), "data", "codebook", "--new", "codebook.toml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"{line}\n")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="no shell there has such a background")
def test_ctrl_c_is_ignored_where_a_shell_says_so(tmp_path):
    words = ["-c", _AT_AN_EVENT, "2", "data", "codebook", "--new", "codebook.toml"]
    command = ["bash", "-c", 'trap "" INT; "$0" "$@"', sys.executable, *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, os.listdir(tmp_path)) == (0, ["codebook.toml"]), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no shell there closes streams")
@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("data codebook >&-", 1, "Error: standard output: it is closed.\n"),
        (
            "data codebook --new out.toml >&- <&-",
            0,
            "Written to out.toml; edit it, then check it with: sayso data codebook out.toml\n",
        ),
        ("data codebook --new out.toml 2>&-", 0, ""),
        ("--version >/dev/full", 1, "Error: standard output: No space left on device.\n"),
    ],
)
def test_a_stream_that_is_closed_costs_only_what_was_to_be_printed(tmp_path, words, code, line):
    command = ["bash", "-c", f'"$0" -m sayso {words}', sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.endswith(line)
    assert "Traceback" not in done.stderr
    assert os.listdir(tmp_path) == ["out.toml"] * ("--new" in words)
