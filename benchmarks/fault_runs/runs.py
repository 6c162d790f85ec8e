"""A command in a process of its own, forked from this one so that it starts at once, and disturbed as is asked for."""

import atexit
import contextlib
import ctypes
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

_LONGEST = 600.0  # seconds after which a run hangs
_ORPHANS = 5.0  # seconds in which the processes that a run started have to end
_MOVES = ("os.rename", "os.link")
_EVENTS = frozenset((*_MOVES, "open", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "shutil.rmtree"))
_KEEP_RIGHTS, _RIGHTS_OF_LINUX, _READ_ALL = 8, 0x20080522, 1 << 2  # prctl, the version of capset, CAP_DAC_READ_SEARCH
_SUBREAPER = 36  # of prctl: what a killed process started becomes ours, so that its end is seen


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: its exit code (negative: the signal that ended it), what it printed, and how long it took."""

    code: int
    out: str
    err: str
    seconds: float
    moves: int = 0
    events: int = 0
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What is to happen to a run.

    Parameters
    ----------
    after : float or None
        Seconds after which it gets the signal.
    number : int
        The signal.
    at_move, at_event : int or None
        It kills itself before its n-th rename or link, or before its n-th change of a file at all.
    limits : dict of int to int
        Soft limits of `resource`; that of memory is what may be added to what the process has.
    user : int or None
        The number of the user it runs as, who can read everything, as the tests of root need.
    noted : Path or None
        The folder in which what it prints is kept; beside its own without it.
    """

    after: float | None = None
    number: int = signal.SIGKILL
    at_move: int | None = None
    at_event: int | None = None
    limits: dict[int, int] = field(default_factory=dict)
    user: int | None = None
    noted: Path | None = None


class Run:
    """A command that is running.

    Parameters
    ----------
    words : sequence of str
        The command line, without the program.
    folder : Path
        Where it runs.
    how : Disturbance, optional
    instead : callable, optional
        Runs in the process in place of the command.
    """

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        how: Disturbance | None = None,
        instead: Callable[[], int | None] | None = None,
    ) -> None:
        self.how = how or Disturbance()
        self._noted = (self.how.noted or folder.parent) / f"noted.{time.monotonic_ns()}"
        self._noted.mkdir()
        self._start = time.monotonic()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _child(words, folder, self.how, self._noted, instead)

    def wait(self) -> Outcome:
        """Wait until it has ended, with all processes that it started; give it its signal meanwhile."""
        if self.how.after is not None:
            time.sleep(max(0.0, self._start + self.how.after - time.monotonic()))
            os.kill(self.pid, self.how.number)
        code, until = None, time.monotonic() + _LONGEST
        while code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                os.killpg(self.pid, signal.SIGKILL)
                until = time.monotonic() + _LONGEST
                (self._noted / "err").write_text("it hangs")
            else:
                time.sleep(0.002)
        seconds = time.monotonic() - self._start
        orphans = _wait_for_group(self.pid) and code != -signal.SIGKILL  # joblib's workers notice a kill after minutes
        read = {name: _text(self._noted / name) for name in ("out", "err", "moves", "events", "modules")}
        for path in self._noted.iterdir():
            path.unlink()
        self._noted.rmdir()
        err = read["err"] + ("\nprocesses are left" if orphans else "")
        modules = tuple(read["modules"].split())
        return Outcome(code, read["out"], err, seconds, int(read["moves"] or 0), int(read["events"] or 0), modules)


def run(words: Sequence[str], folder: Path, how: Disturbance | None = None) -> Outcome:
    """Run a command to its end."""
    return Run(words, folder, how).wait()


def import_as(outcome: Outcome) -> None:
    """Import what a run did, so that later ones begin with it."""
    for name in outcome.modules:
        if name.startswith(("sayso.", "sklearn.", "pyarrow.")) and name not in sys.modules:
            with contextlib.suppress(Exception):
                import_module(name)


def adopt_orphans() -> None:
    """Have processes whose parent was killed become children of this one (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _wait_for_group(group: int) -> bool:
    """Wait until no process of a run is left; tell whether some had to be killed."""
    until = time.monotonic() + _ORPHANS
    while time.monotonic() < until:
        try:
            os.waitpid(-group, os.WNOHANG)
        except ChildProcessError:
            return False
        time.sleep(0.002)
    os.killpg(group, signal.SIGKILL)
    return True


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _child(
    words: Sequence[str], folder: Path, how: Disturbance, noted: Path, instead: Callable[[], int | None] | None
) -> None:
    """Be the command, and end."""
    code: int | str | None = 70
    try:
        os.setpgid(0, 0)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for name, number in (("out", 1), ("err", 2)):
            os.dup2(os.open(noted / name, os.O_WRONLY | os.O_CREAT), number)
        os.chdir(folder)
        sys.argv = ["sayso", *words]
        counting = _Counting(how, noted)
        if how.user is not None:
            os.chown(noted, how.user, how.user)
            _become(how.user)
        _limit(how.limits)
        sys.addaudithook(counting)
        code = instead() if instead else _command()
    except SystemExit as error:
        code = error.code
    except BaseException:  # what would end the interpreter with a traceback
        traceback.print_exc()
        code = 1
    finally:
        _leave(code, noted, counting)


def _leave(code: int | str | None, noted: Path, counting: "_Counting") -> None:
    try:
        for number in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_NPROC):
            resource.setrlimit(number, (resource.getrlimit(number)[1],) * 2)
        moves, events, counting.is_over = counting.moves, counting.events, True
        threading._shutdown()  # type: ignore[attr-defined]  # as when an interpreter ends: workers are sent home
        atexit._run_exitfuncs()
        sys.stdout.flush()
        (noted / "modules").write_text(" ".join(sys.modules))
        (noted / "moves").write_text(str(moves))
        (noted / "events").write_text(str(events))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code if isinstance(code, int) else int(code is not None))


def _command() -> int | None:
    from sayso.__main__ import main

    main()
    return 0


def _become(user: int) -> None:
    """Give up all rights of root but that to read everything: the interpreter may be in a folder closed to others."""
    libc = ctypes.CDLL(None)
    libc.prctl(_KEEP_RIGHTS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    libc.capset((ctypes.c_uint32 * 2)(_RIGHTS_OF_LINUX, 0), (ctypes.c_uint32 * 6)(_READ_ALL, _READ_ALL, 0, 0, 0, 0))


def _limit(limits: dict[int, int]) -> None:
    for number, most in limits.items():
        now = 0
        if number == resource.RLIMIT_AS:
            with open("/proc/self/statm", encoding="ascii") as sizes:
                now = int(sizes.read().split()[0]) * resource.getpagesize()
        if number == resource.RLIMIT_CPU:
            now = int(sum(os.times()[:2]))
        resource.setrlimit(number, (now + most, resource.getrlimit(number)[1]))


class _Counting:
    """Counts what a process does to files, and kills it at the moment that is asked for."""

    def __init__(self, how: Disturbance, noted: Path) -> None:
        self._how, self._pid = how, os.getpid()
        self.moves = self.events = 0
        self.is_over = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in _EVENTS or self.is_over or (event == "open" and not _writes(arguments)):
            return
        if os.getpid() != self._pid:
            return
        if event in _MOVES:
            if self.moves == self._how.at_move:
                os.kill(self._pid, signal.SIGKILL)
            self.moves += 1
        if self.events == self._how.at_event:
            os.kill(self._pid, signal.SIGKILL)
        self.events += 1


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR)) and isinstance(arguments[0], str)
