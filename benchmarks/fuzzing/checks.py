"""Runs an input twice and finds what is wrong: errors, time, memory, what was written, and other bytes the second time."""

import ctypes
import errno
import gc
import io
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from sayso import cli, errors
from sayso.classify.annotation import annotator
from sayso.errors import SaysoError

from .case import Case, Fault, FaultError, fault_of, fault_of_trace

SECONDS_A_BYTE = 1 / 10_000
FLOOR = 2.0  # seconds that any input may take: fixed costs, such as loading a library
HARD_STOP, WAITED = 20.0, 120.0  # seconds of CPU time, and by the clock, as others may use the processor
MOST_MEMORY = 300_000_000  # bytes that an input may need beside what was there before
_ADDRESS_SPACE = 4_000_000_000  # bytes beside what was there: a runaway ends as a MemoryError, not the machine
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # folders are made and removed four times an input
_HERE, _WRITTEN = "here", 1_900_000_000
Run = Callable[[Case], bytes]


def _nothing(*args: Any) -> None:
    """Stand in for what is not done here; a `Mock` would keep each call in memory."""


class StoppedError(BaseException):
    """The time is up."""


class Checker:
    """Runs inputs in a folder of its own.

    Parameters
    ----------
    runs : mapping of str to callable
        What is done with an input of each kind; it gives the bytes that have to be the same the second time.
    """

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self._runs = runs
        self._own_errors: list[Fault] = []
        self._undo = ExitStack()
        self._undo.callback(os.chdir, Path.cwd())
        self._root = Path(self._undo.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-", dir=_IN_MEMORY))).resolve()
        self._undo.callback(os.chdir, "/")  # a folder that one is in cannot be removed everywhere
        self._case, self._tmp = self._root / "case", self._root / "tmp"
        self._tmp.mkdir()
        self._guard = Guard(self._root)
        for patch in (
            mock.patch.object(annotator, "_load_shipped", cache(vars(annotator)["_load_shipped"])),
            mock.patch.object(errors.OwnError, "__init__", self._recorded(errors.OwnError.__init__)),
            mock.patch.object(cli, "collect_seldom", _nothing),  # here many commands share one process
            mock.patch.object(os, "fsync", _nothing),  # what a power cut leaves is not looked at here
            mock.patch.object(tempfile, "tempdir", str(self._tmp)),
            mock.patch.dict(os.environ, {"SAYSO_CONFIG": "", "HOME": str(self._tmp), "TMPDIR": str(self._tmp)}),
        ):
            self._undo.enter_context(patch)

    def close(self) -> None:
        """Remove the folder, and undo what was changed in the process."""
        self._undo.close()

    def _recorded(self, usual: Callable[..., None]) -> Callable[..., None]:
        """Hear of each error of ours that was caught."""

        def recorded(error: errors.OwnError, lost: str, said: str, trace: str) -> None:
            usual(error, lost, said, trace)
            self._own_errors.append(fault_of_trace("internal error", said, trace))

        return recorded

    def check(self, case: Case) -> Fault | None:
        """Run an input twice; give the first fault."""
        first = self._once(case)
        if isinstance(first, Fault) and first.sort == "slow":  # it may have been the first of its kind
            first = self._once(case)
        if isinstance(first, Fault):
            return first
        second = self._once(case)
        if isinstance(second, Fault):
            return None if second.sort == "slow" else second
        if changed := [name for name in {**first, **second} if first.get(name) != second.get(name)]:
            return Fault("other bytes", _command(case), f"{changed[0]!r} differs on the second run")
        return None

    def _once(self, case: Case) -> dict[str, bytes] | Fault:
        """Run an input; give what it came to, by file, or its fault."""
        self._make_folders(case)
        self._own_errors.clear()
        memory, said = PeakMemory(), io.StringIO()
        began = time.process_time()
        try:
            with self._guard.watching(), redirect_stderr(said), redirect_stdout(said), _stopped():
                output = self._runs[case.kind](case)
        except SaysoError as error:
            output = f"refused: {error}".encode("utf-8", "backslashreplace")
        except FaultError as error:
            return error.fault
        except StoppedError as error:
            return Fault("hang", _command(case), fault_of(error).place, fault_of(error).trace)
        except Exception as error:
            return self._guard.found[0] if self._guard.found else fault_of(error)
        if said.getvalue():
            return Fault("printed", _command(case), ascii(said.getvalue()[:300]))
        return self._judged(case, output, time.process_time() - began, memory.grown())

    def _judged(self, case: Case, output: bytes, seconds: float, grown: int) -> dict[str, bytes] | Fault:
        allowed = max(FLOOR, case.size * SECONDS_A_BYTE)
        if self._own_errors:
            return self._own_errors[0]
        if self._guard.found:
            return self._guard.found[0]
        if seconds > allowed:
            return Fault("slow", _command(case), f"{seconds:.1f} s for {case.size:,} bytes, at most {allowed:.1f}")
        if grown > MOST_MEMORY:
            return Fault("memory", _command(case), f"{grown // 1_000_000:,} MB for {case.size:,} bytes")
        return self._written(case, output)

    def _written(self, case: Case, output: bytes) -> dict[str, bytes] | Fault:
        """Give all files that are there now, or the fault of one."""
        if left := sorted(os.listdir(self._tmp)):
            return Fault("left over", _command(case), f"{left[0]!r} is still in the folder for temporary files")
        there = {path.relative_to(self._case / _HERE).as_posix(): path for path in _files(self._case / _HERE)}
        if "--force" not in case.words and "-c" not in case.words:
            for name, raw in case.files.items():
                if name not in there or there[name].read_bytes() != raw:
                    return Fault("lost", _command(case), f"{name!r} was {'changed' if name in there else 'removed'}")
        if left := sorted(name for name in there if name.endswith(".part")):
            return Fault("left over", _command(case), f"{left[0]!r} is still there")
        if output.startswith(b"exit code 2") and (new := sorted(there.keys() - case.files.keys())):
            return Fault("written though refused", _command(case), repr(new[0]))
        return {"": output, **{name: path.read_bytes() for name, path in there.items() if name not in case.files}}

    def _make_folders(self, case: Case) -> None:
        os.chdir("/")
        for folder in (self._case, self._tmp):
            if not folder.is_dir() or any(folder.iterdir()):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
        here = self._case / _HERE
        here.mkdir()
        os.chdir(here)
        os.environ["SAYSO_CONFIG"] = ""
        for name, raw in case.files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
            os.utime(path, (_WRITTEN, _WRITTEN))  # some commands keep it


class Guard:
    """Hears of each file that is opened to be written, each connection and each process; refuses what is not allowed.

    Parameters
    ----------
    folder : Path
        Where files may be written.
    """

    def __init__(self, folder: Path) -> None:
        self.found: list[Fault] = []
        self._allowed = (f"{folder}{os.sep}", os.devnull, "/proc/self/")
        self._is_on = False
        sys.addaudithook(self._heard)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen meanwhile."""
        self.found.clear()
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._is_on:
            return
        if event == "open":
            flags = args[2] or 0
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND):
                self._check(event, args[0])
        elif event in _CHANGES:
            for n, path in enumerate(args[: _CHANGES[event]]):
                if args[_CHANGES[event] + n] in (-1, None):  # not relative to an open folder
                    self._check(event, path)
        elif event in _NEVER and args[1:2] != (("::1", 0),):  # by which libraries look whether there is IPv6
            self._refuse(event, " ".join(map(repr, args))[:200])

    def _check(self, event: str, path: Any) -> None:
        if isinstance(path, int):
            return
        full = os.path.abspath(os.fsdecode(path))
        if not full.startswith(self._allowed):
            self._refuse(event, full)

    def _refuse(self, event: str, what: str) -> None:
        if not self.found:
            self.found.append(fault_of_trace("outside", f"{event}: {what}", "".join(traceback.format_stack())))
        raise PermissionError(errno.EACCES, "not allowed while fuzzing", what)


_CHANGES = {"os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2, "os.symlink": 2, "os.link": 2, "os.truncate": 1}
"""Events of changes to files, with the number of paths that their arguments begin with."""
_NEVER = frozenset(
    ("socket.connect", "socket.bind", "subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system")
)


class PeakMemory:
    """How much memory a piece of work needs at its peak beside what was there before."""

    def __init__(self) -> None:
        self._is_exact = Path("/proc/self/clear_refs").exists()
        if self._is_exact:
            Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        self._before = self._peak()

    def grown(self) -> int:
        """Give the bytes."""
        return self._peak() - self._before

    def _peak(self) -> int:
        if not self._is_exact:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return resident("VmHWM")


def resident(name: str = "VmRSS") -> int:
    """Give the bytes of memory that the process has, or had at its peak."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def limit_memory() -> None:
    """Let the process grow so far and no farther."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (resident("VmSize") + _ADDRESS_SPACE, hard))


@contextmanager
def _stopped() -> Iterator[None]:
    """Stop what takes too long."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise StoppedError

    timers = {signal.SIGPROF: (signal.ITIMER_PROF, HARD_STOP), signal.SIGALRM: (signal.ITIMER_REAL, WAITED)}
    usual = {number: signal.signal(number, stop) for number in timers}
    for timer, seconds in timers.values():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for number, (timer, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, usual[number])


def forget() -> None:
    """Empty the caches of sayso that have a limit, collect garbage, and give freed memory back."""
    gc.unfreeze()
    for cached in gc.get_objects():
        if type(cached).__name__ == "_lru_cache_wrapper" and str(getattr(cached, "__module__", "")).startswith("sayso."):
            if cached.cache_parameters()["maxsize"]:
                cached.cache_clear()
    gc.collect()
    gc.freeze()  # until the next time only what is new is looked through
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if path.is_file():
                yield path


def _command(case: Case) -> str:
    """Name what was run: the command without its options, or the kind."""
    words = []
    for word in case.words[:2]:
        if not word.isalpha():
            break
        words.append(word)
    return " ".join([case.kind, *words])
