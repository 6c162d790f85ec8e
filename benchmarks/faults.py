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
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from fault_runs.bench import Bench
from fault_runs.kills import end_by_signals, kill, kill_projects
from fault_runs.others import close_disks, close_streams, fill_disks, run_two, set_limits, write_into_inputs
from fault_runs.runs import adopt_orphans
from fault_runs.works import Work, works

from sayso.cli import COMMANDS, DATA_COMMANDS

_QUICK = 8  # kills of a quick run
_PROJECTS = 10  # one of so many kills is of a labelling project
_LIBRARIES = ("numpy", "pyarrow.parquet", "sklearn.linear_model", "jinja2", "matplotlib.figure")


def main() -> int:
    """Run what was asked for, print what was found, and give the exit code."""
    options = _options()
    start = time.monotonic()
    _load()
    adopt_orphans()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="sayso-faults-"))
    bench = Bench(folder, random.Random(options.seed))
    chosen = [work for work in works(quick=options.quick) if options.only in work.name]
    try:
        with contextlib.suppress(KeyboardInterrupt):  # what was found so far is printed
            bench.begin()
            _disturb(bench, chosen, options.kills if not options.quick else min(options.kills, _QUICK), quick=options.quick)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for what, n in bench.done.items():
        print(f"{n:6,}  {what}")
    print(f"{len(bench.faults):6,}  faults, {len(chosen)} commands, {time.monotonic() - start:.0f} s, seed {options.seed}")
    return 1 if bench.faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="number of kills with signal 9")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="a few kills, and one of each other fault")
    parser.add_argument("--only", default="", metavar="NAME", help="commands whose name holds this")
    return parser.parse_args()


def _load() -> None:
    """Import what commands need once, so that each run begins at once."""
    for place in (*COMMANDS.values(), *DATA_COMMANDS.values()):
        import_module(f"sayso.{place.partition(':')[0]}")
    for name in _LIBRARIES:
        import_module(name)


def _disturb(bench: Bench, chosen: Sequence[Work], kills: int, *, quick: bool) -> None:
    n, two = len(chosen), chosen[:2] if quick else chosen
    start = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - start:5.0f} s  {what}", file=sys.stderr, flush=True)

    kill_projects(bench, max(1, kills // _PROJECTS))
    kill(bench, chosen, kills - bench.done["kills"])
    tell("killed")
    end_by_signals(bench, chosen, 2 if quick else 2 * n)
    tell("ended by signals")
    fill_disks(bench, chosen, 1 if quick else 2 * n)
    close_disks(bench, two[:1] if quick else chosen)
    tell("on full and on read-only disks")
    write_into_inputs(bench, two[1:] if quick else chosen)
    run_two(bench, two, 1 if quick else 2 * n)
    tell("two at once")
    set_limits(bench, chosen[-1:] if quick else chosen, 1 if quick else n)
    tell("with small limits")
    close_streams(bench, chosen[-1:] if quick else chosen[::4], few=quick)


if __name__ == "__main__":
    sys.exit(main())
