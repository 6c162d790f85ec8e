"""Disturb every command that writes: what is there afterwards is the old output or the new one, and a rerun mends it.

    python benchmarks/faults.py --kills 200 --seed 24
    python benchmarks/faults.py --quick --seed 24
    python benchmarks/faults.py --only audit

Kills with signal 9 before each rename of each command, before other changes of files and at random times; SIGTERM, SIGINT
and SIGHUP; full disks and read-only folders (small disks in memory, which only root can mount); an output that is an
input; two runs at once; closed, full and unread streams; small limits of memory, open files, sizes and processor time.

Faults are: a traceback, a message of many lines, a process that is left, a wrong exit code; an output that is neither the
old one nor the new one after the next start of sayso (a single file: at any moment); a temporary file after the next run; a
rerun that gives other bytes than an undisturbed run. Each is printed; ends with 1 if there was one. Needs Linux.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from fault_runs.bench import Bench
from fault_runs.kills import end_by_signals, kill, kill_projects
from fault_runs.others import (
    close_disks,
    close_folders,
    close_streams,
    fill_by_steps,
    fill_disks,
    run_two,
    set_limits,
    write_into_inputs,
)
from fault_runs.runs import adopt_orphans
from fault_runs.works import Work, works, write_inputs

from sayso.cli import COMMANDS, DATA_COMMANDS

_QUICK = 6  # kills of a quick run
_PROJECTS = 10  # one of so many kills is of a labelling project
_LIBRARIES = ("numpy", "pyarrow.parquet", "sklearn.linear_model", "jinja2", "matplotlib.figure")


def main() -> int:
    """Run what was asked for, print what was found, and give the exit code."""
    options = _options()
    start = time.monotonic()
    _load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="sayso-faults-"))
    folder.chmod(0o755)  # other users come in
    chosen = [work for work in works(quick=options.quick) if options.only in work.name]
    n_lanes = 1 if options.quick else max(1, min(options.lanes, len(chosen)))
    try:
        write_inputs(folder / "inputs")
        lanes = [_begin_lane(folder, number, chosen[number::n_lanes], options) for number in range(n_lanes)]
        done, faults = _ended(lanes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for what, n in done.items():
        print(f"{n:6,}  {what}")
    print(f"{len(faults):6,}  faults, {len(chosen)} commands, {time.monotonic() - start:.0f} s, seed {options.seed}")
    return 1 if faults else 0


def _begin_lane(folder: Path, number: int, chosen: Sequence[Work], options: argparse.Namespace) -> tuple[int, Path]:
    """Disturb some of the commands in a process of its own; give its number, and the file of what it did and found."""
    place, noted = folder / f"lane-{number}", folder / f"done-{number}.json"
    place.mkdir()
    sys.stdout.flush()
    if pid := os.fork():
        return pid, noted
    bench = Bench(place, folder / "inputs", random.Random(f"{options.seed} {number}"))
    code = 1
    try:
        adopt_orphans()
        kills = -(-options.kills * len(chosen) // len(works())) if not options.quick else min(options.kills, _QUICK)
        with contextlib.suppress(KeyboardInterrupt):  # what was found so far is printed
            _disturb(bench, chosen, kills, options)
            code = 0
    except BaseException:
        traceback.print_exc()
        bench.fault("the harness", f"lane {number}", "it failed")
    finally:
        noted.write_text(json.dumps([bench.done, bench.faults]), encoding="utf-8")
        os._exit(code)


def _ended(lanes: Sequence[tuple[int, Path]]) -> tuple[Counter[str], list[str]]:
    """Wait for all lanes; add up what they did and found."""
    try:
        for pid, _ in lanes:
            os.waitpid(pid, 0)
    except KeyboardInterrupt:
        for pid, _ in lanes:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM)
                os.waitpid(pid, 0)
    done: Counter[str] = Counter()
    faults: list[str] = []
    for _, noted in lanes:
        of_lane, found = json.loads(noted.read_text(encoding="utf-8"))
        done.update(of_lane)
        faults += found
    return done, faults


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="number of kills with signal 9")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="a few kills, and one of each other fault")
    parser.add_argument("--only", default="", metavar="NAME", help="commands whose name holds this")
    parser.add_argument("--lanes", type=int, default=3, metavar="N", help="number of commands that are run side by side")
    parser.add_argument("--part", action="append", default=[], metavar="NAME", help="signals, full, kills and so on")
    return parser.parse_args()


def _load() -> None:
    """Import what commands need once, so that each run begins at once."""
    for place in (*COMMANDS.values(), *DATA_COMMANDS.values()):
        import_module(f"sayso.{place.partition(':')[0]}")
    for name in _LIBRARIES:
        import_module(name)


def _disturb(bench: Bench, chosen: Sequence[Work], kills: int, options: argparse.Namespace) -> None:
    """Go through the parts; kills, which take longest, come last."""
    quick, n, start = options.quick, len(chosen), time.monotonic()
    one, two = chosen[-1:] if quick else chosen, chosen[:2] if quick else chosen
    all_parts: dict[str, Callable[[], object]] = {
        "signals": lambda: end_by_signals(bench, chosen, 2 if quick else n),
        "full": lambda: fill_disks(bench, chosen, 1 if quick else n),
        "sizes": lambda: fill_by_steps(bench, [] if quick else chosen),
        "read-only": lambda: close_disks(bench, two[:1] if quick else chosen),
        "users": lambda: close_folders(bench, two[:1] if quick else chosen),
        "inputs": lambda: write_into_inputs(bench, two[1:] if quick else chosen),
        "two": lambda: run_two(bench, two, 1 if quick else n),
        "limits": lambda: set_limits(bench, one, 1 if quick else n),
        "streams": lambda: close_streams(bench, one if quick else chosen[::3], few=quick),
        "projects": lambda: kill_projects(bench, max(1, kills // _PROJECTS)),
        "kills": lambda: kill(bench, chosen, kills - bench.done["kills"]),
    }
    for name, disturb in all_parts.items():
        if not options.part or name in options.part:
            disturb()
            print(f"{time.monotonic() - start:5.0f} s  {name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
