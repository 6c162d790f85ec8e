"""Full disks, read-only folders, an output that is an input, two runs at once, closed streams, small limits."""

import contextlib
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fault_runs.bench import Bench, Known
from fault_runs.runs import Disturbance, Outcome, Run, run
from fault_runs.works import Work, state_of

_FULL, _READ_ONLY = "No space left on device", "Read-only file system"
_FREE = (0, 4, 16, 40, 100, 250)  # KB
_BLOCK, _MOST_FREE = 4, 4000  # KB
_SEVERAL_FILES = ("annotate-html", "annotate-two", "audit", "build", "split", "evaluate", "evaluate-page")
_SOMEBODY = 65534  # the number of a user who owns nothing
_ENDED = (0, 1, 2)
_CLOSED = {
    "standard output closed": ">&-",
    "standard error closed": "2>&-",
    "standard input closed": "<&-",
    "standard output full": ">/dev/full",
    "standard error full": "2>/dev/full",
    "nobody reads": "| true",
}


@contextlib.contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path | None]:
    """Mount a small disk in memory; None where this needs rights that we do not have."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True)
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def fill_disks(bench: Bench, works: Sequence[Work], n: int) -> None:
    """Run works on a disk that has little room left: the old output stays, and one line says why."""
    for turn in range(n):
        _on_full_disk(bench, bench.learn(works[turn % len(works)]), bench.draw.choice(_FREE))


def fill_by_steps(bench: Bench, works: Sequence[Work], *, growth: float = 1.5) -> None:
    """Run works that write several files on disks with more and more room, until there is enough."""
    for work in works:
        if work.name in _SEVERAL_FILES:
            free = 0
            while _on_full_disk(bench, bench.learn(work), free) and free < _MOST_FREE:
                free = max(free + _BLOCK, int(free * growth) // _BLOCK * _BLOCK)


def _on_full_disk(bench: Bench, known: Known, free: int) -> bool:
    """Run a work on a disk with so many free KB, and look; tell whether it failed."""
    said = f"{free} KB free"
    with small_disk(bench.folder / "disk", "size=40m") as disk:
        if disk is None:
            bench.done["full disks left out (they need root)"] += 1
            return False
        place = disk / "run"
        shutil.copytree(known.template, place, copy_function=shutil.copy)
        _leave_free(disk, free * 1024)
        outcome = run(known.work.words, place, _noted_elsewhere(bench))
        bench.done["full disks"] += 1
        bench.check_words(known.work, said, outcome)
        bench.check_code(known.work, said, outcome, 1, known.outcome.code)
        state = bench.check_state(known, place, said, clean=True)
        if outcome.code and not known.work.by_file:
            _check_line(bench, known, said, outcome, _FULL)
            if state != "old":
                bench.fault(known.work, said, f"it failed, and the output is {state}")
        elif not outcome.code and state != "new":
            bench.fault(known.work, said, f"exit code {outcome.code}, and the output is {state}")
        (disk / "filler").unlink()
        bench.check_again(known, place, said)
    return bool(outcome.code)


def _noted_elsewhere(bench: Bench) -> Disturbance:
    return Disturbance(noted=bench.folder)


def _leave_free(disk: Path, size: int) -> None:
    about = os.statvfs(disk)
    with open(disk / "filler", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, about.f_bavail * about.f_frsize - size))


def _check_line(bench: Bench, known: Known, said: str, outcome: Outcome, reason: str) -> None:
    lines = [line for line in outcome.err.splitlines() if line.startswith("Error: ")]
    if len(lines) != 1 or reason not in lines[0]:
        bench.fault(known.work, said, f"not one line that says {reason}: {outcome.err[-400:]}")


def close_disks(bench: Bench, works: Sequence[Work]) -> None:
    """Run works in a folder that nothing can be written to."""
    for turn, work in enumerate(works):
        known = bench.learn(work)
        with small_disk(bench.folder / f"closed-{turn}", "size=40m") as disk:
            if disk is None:
                bench.done["read-only folders left out (they need root)"] += 1
                return
            place = disk / "run"
            shutil.copytree(known.template, place, copy_function=shutil.copy)
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            outcome = run(work.words, place, _noted_elsewhere(bench))
            bench.done["read-only folders"] += 1
            bench.check_words(work, "read-only folder", outcome)
            bench.check_code(work, "read-only folder", outcome, 1)
            _check_line(bench, known, "read-only folder", outcome, "")
            if bench.check_state(known, place, "read-only folder", clean=True) != "old":
                bench.fault(work, "read-only folder", "something was written")


def close_folders(bench: Bench, works: Sequence[Work]) -> None:
    """Run works as a user who may write nowhere, and as one who may write only into folders that are there."""
    if os.geteuid():
        bench.done["other users left out (they need root)"] += 1
        return
    for work in works:
        known = bench.learn(work)
        for said, is_owner in (("folder of another user", False), ("own folder in that of another user", True)):
            place = bench.fresh(known.template)
            if is_owner:
                give(*(place / target for target in work.targets if (place / target).is_dir()))
            os.chmod(place, 0o555)
            outcome = run(work.words, place, Disturbance(user=_SOMEBODY))
            bench.done[said] += 1
            bench.check_words(work, said, outcome)
            bench.check_code(work, said, outcome, 0, 1)
            if outcome.code:
                _check_line(bench, known, said, outcome, "")
            if bench.check_state(known, place, said, clean=True) != ("old" if outcome.code else "new"):
                bench.fault(work, said, f"exit code {outcome.code}, and the output is not so")
            shutil.rmtree(place)


def give(*paths: Path) -> None:
    """Give files and folders to a user who owns nothing else."""
    for path in paths:
        for each in (path, *path.rglob("*")):
            os.chown(each, _SOMEBODY, _SOMEBODY)


def write_into_inputs(bench: Bench, works: Sequence[Work]) -> None:
    """Give each input of a work as its output: it is refused, or what is there afterwards is whole."""
    for work in works:
        known = bench.learn(work)
        inputs = [word for word in work.words[1:] if (known.template / word).exists() and word not in work.targets]
        for name in inputs:
            place = bench.fresh(known.template)
            words = [name if word == work.targets[0] else word for word in work.words]
            before = state_of(place, [name])
            outcome = run(words, place)
            said = f"output is the input {name}"
            bench.done["output is an input"] += 1
            bench.check_words(work, said, outcome)
            bench.check_code(work, said, outcome, *_ENDED)
            after = state_of(place, [name])
            if outcome.code and after != before:
                bench.fault(work, said, "refused, and yet the input was changed")
            shutil.rmtree(place)


def run_two(bench: Bench, works: Sequence[Work], n: int) -> None:
    """Run two commands into one output at once: what is there afterwards is that of the one or of the other."""
    for turn in range(n):
        work = works[turn % len(works)]
        if work.before is None:
            continue
        known = bench.learn(work)
        place = bench.fresh(known.template)
        first = Run(work.words, place)
        second = Run([*work.before, *(() if "--force" in work.before else ("--force",))], place)
        outcomes = [first.wait(), second.wait()]
        bench.done["two runs at once"] += 1
        for outcome in outcomes:
            bench.check_words(work, "two runs at once", outcome)
            bench.check_code(work, "two runs at once", outcome, 0, 1)
        bench.check_state(known, place, "two runs at once", clean=True)
        bench.check_again(known, place, "two runs at once")
        shutil.rmtree(place)


def close_streams(bench: Bench, works: Sequence[Work], *, few: bool = False) -> None:
    """Start programs without a standard stream, with a full one, or with one that nobody reads."""
    for turn, work in enumerate(works):
        known = bench.learn(work)
        for said, how in [*_CLOSED.items()][:: len(_CLOSED) - 1] if few else [*_CLOSED.items()][turn % 2 :: 2]:
            place = bench.fresh(known.template)
            command = f'"$0" -m sayso "$@" {how}; exit ${{PIPESTATUS[0]}}'
            done = subprocess.run(
                ["bash", "-c", command, sys.executable, *work.words], cwd=place, capture_output=True, text=True, check=False
            )
            outcome = Outcome(done.returncode, done.stdout, done.stderr or "?", 0.0)
            bench.done["closed or full streams"] += 1
            bench.check_words(work, said, outcome)
            codes = (known.outcome.code,) if "error" in said or "input" in said else (known.outcome.code, 1)
            bench.check_code(work, said, outcome, *codes)
            if outcome.code == 0 and bench.check_state(known, place, said, clean=True) != "new":
                bench.fault(work, said, "exit code 0, and the output is not the new one")
            shutil.rmtree(place)


def limits_of(draw: Callable[[int, int], int], work: Work, *, n_open: int) -> dict[str, dict[int, int]]:
    """Name small limits of what a process may take."""
    limits = {
        "memory": {resource.RLIMIT_AS: draw(1, 400) << 20},
        "open files": {resource.RLIMIT_NOFILE: n_open + draw(0, 6)},
        "size of files": {resource.RLIMIT_FSIZE: draw(2, 40) << 9},
    }
    if not os.geteuid():
        limits["processes"] = {resource.RLIMIT_NPROC: draw(1, 3)}
    if work.name.startswith(("train", "evaluate", "compare", "annotate")):
        limits["processor time"] = {resource.RLIMIT_CPU: 1}
    return limits


def set_limits(bench: Bench, works: Sequence[Work], n: int) -> None:
    """Run works with little memory, few open files, short files, few processes and little processor time; two kinds each."""
    n_open = len(os.listdir("/proc/self/fd")) + 1
    for turn in range(n):
        work = works[turn % len(works)]
        known = bench.learn(work)
        limits = [*limits_of(bench.draw.randint, work, n_open=n_open).items()]
        for number in (2 * turn, 2 * turn + 1):
            name, limit = limits[number % len(limits)]
            said = f"{name} at most {next(iter(limit.values())):,}"
            place, user = bench.fresh(known.template), _SOMEBODY if name == "processes" else None
            if user:
                give(place)
            outcome = run(work.words, place, Disturbance(limits=limit, user=user))
            bench.done[f"small limits: {name}"] += 1
            bench.check_words(work, said, outcome)
            bench.check_code(work, said, outcome, *_ENDED, 128 + 24)
            if not work.by_file:
                state = bench.check_state(known, place, said, clean=True)
                if outcome.code not in (0, known.outcome.code) and state == "new" and known.old != known.new:
                    bench.done["failed after its output was in place"] += 1
            bench.check_again(known, place, said, user=user)
            shutil.rmtree(place)
