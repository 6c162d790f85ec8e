"""Run sayso on broken and odd input of every kind, by chance but repeatable, and keep what fails.

    python benchmarks/fuzz.py --minutes 30 --seed 1
    python benchmarks/fuzz.py --inputs 300 --seed 24
    python benchmarks/fuzz.py --again fuzz-failures/NAME.json

Each input is run twice, in this process and in a folder of its own. Faults are: a traceback, an internal error of sayso, an
exit code other than 0, 1 and 2; more than a second of CPU time for 10 KB (but 2 seconds for any input) or 20 seconds by the
clock; more than 300 MB of memory; a wrong offset; other bytes on the second run; a message of more than one line or with
raw control characters; something written outside its place; an existing file lost. Each distinct fault is kept once, made
as small as it fails. Input number K of seed S is always the same. Ends with 1 if there was a fault. Ctrl-C ends it after the
input that is being run, with what has been found so far.
"""

import argparse
import gc
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from fuzzing.case import Case, Fault, fault_of, read_kept, write_kept
from fuzzing.checks import Checker, forget, limit_memory, resident
from fuzzing.kinds import KINDS, case_of, kind_of
from fuzzing.shrink import shrink

_COLLECT_EVERY, _FORGET_EVERY, _TELL_EVERY = 50, 500, 10.0  # inputs; seconds
_NOT_MADE = "cannot be made"
_MOST_GROWN = 300_000_000  # bytes that the process itself may have grown by in the end


@dataclass(slots=True)
class Tally:
    """What has been done so far."""

    inputs: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    faults: Counter[str] = field(default_factory=Counter)
    kept: dict[Fault, Path] = field(default_factory=dict)


def main() -> int:
    options = _options()
    limit_memory()
    checker = Checker({name: kind.run for name, kind in KINDS.items()})
    try:
        return _again(checker, options.again) if options.again else _fuzz(checker, options)
    finally:
        checker.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--minutes", type=float, help="how long (default: 1)")
    limit.add_argument("--inputs", type=int, help="how many inputs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=int, default=0, help="number of the first input (default: 0)")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only this kind; can be repeated")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for inputs that fail")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run an input that was kept once more")
    options = parser.parse_args()
    options.keep = options.keep.absolute()
    options.again = options.again and options.again.absolute()
    return options


def _again(checker: Checker, path: Path) -> int:
    """Run a kept input once more, and print its fault."""
    fault = checker.check(read_kept(path))
    print(f"{fault.trace}{fault.sort} at {fault.place}: {fault.detail}" if fault else "no fault")
    return 1 if fault else 0


def _fuzz(checker: Checker, options: argparse.Namespace) -> int:
    tally, before = Tally(), 0
    told = time.monotonic()
    pressed = _ctrl_c()
    for number, case in _cases(options):
        if pressed:
            break
        began = time.process_time()
        fault = _checked(checker, case)
        tally.seconds[case.kind] += time.process_time() - began
        tally.inputs[case.kind] += 1
        if fault:
            tally.faults[fault.sort] += 1
            if fault not in tally.kept:
                tally.kept[fault] = _keep(checker, case, fault, options, number)
        n = tally.inputs.total()
        if n % _COLLECT_EVERY == 0:
            gc.collect()
        if n % _FORGET_EVERY == 0:
            forget()
            before = before or resident()
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            _progress(number, tally)
    forget()
    if pressed:
        print("interrupted", file=sys.stderr)
    return _summary(tally, resident() - before if before else 0)


def _ctrl_c() -> list[int]:
    """Give a list that is filled once Ctrl-C is pressed: a command that is being run must not take it for its own."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    signal.signal(signal.SIGINT, note)
    return pressed


def _cases(options: argparse.Namespace) -> Iterator[tuple[int, Case]]:
    """Give the inputs that were asked for, with their numbers."""
    end = time.monotonic() + 60 * (options.minutes or 1)
    number, n = options.start, 0
    while n < options.inputs if options.inputs else time.monotonic() < end:
        if not options.kind or kind_of(options.seed, number) in options.kind:
            yield number, _made(options.seed, number)
            n += 1
        number += 1


def _made(seed: int, number: int) -> Case:
    """Make an input; one that cannot be made has no files, and says in its words what prevents it."""
    try:
        return case_of(seed, number)
    except Exception as error:
        return Case(kind_of(seed, number), {}, (_NOT_MADE, f"{type(error).__name__}: {error}"))


def _checked(checker: Checker, case: Case) -> Fault | None:
    """Give the fault of an input; where the harness itself fails that is one, and the run goes on."""
    if case.words[:1] == (_NOT_MADE,):
        return Fault("harness", f"{case.kind} {_NOT_MADE}", " ".join(case.words[1:]))
    try:
        return checker.check(case)
    except Exception as error:
        return fault_of(error, "harness")


def _keep(checker: Checker, case: Case, fault: Fault, options: argparse.Namespace, number: int) -> Path:
    """Make a failing input smaller, and keep it."""
    smaller = shrink(case, lambda one: _checked(checker, one) == fault)
    options.keep.mkdir(parents=True, exist_ok=True)
    path: Path = options.keep / f"{fault.name}.json"
    about = {"seed": options.seed, "number": number}
    write_kept(path, smaller, _checked(checker, smaller) or fault, about)
    print(f"{fault.sort} at {fault.place}: {fault.detail}\n  input {number} of seed {options.seed}: {path}", file=sys.stderr)
    return path


def _progress(number: int, tally: Tally) -> None:
    memory = resident() // 1_000_000
    faults = f"{tally.faults.total():,} faults, {len(tally.kept):,} distinct"
    print(f"{tally.inputs.total():,} inputs, number {number:,}: {faults}; {memory:,} MB", file=sys.stderr, flush=True)


def _summary(tally: Tally, grown: int) -> int:
    print(f"{'kind':16} {'inputs':>9} {'a second':>9}")
    for kind in KINDS:
        if n := tally.inputs[kind]:
            print(f"{kind:16} {n:>9,} {n / max(tally.seconds[kind], 1e-9):>9.1f}")
    total, seconds = tally.inputs.total(), sum(tally.seconds.values())
    print(f"{'all':16} {total:>9,} {total / max(seconds, 1e-9):>9.1f}   {seconds:,.0f} s of CPU time")
    print(f"faults: {tally.faults.total():,}, {len(tally.kept):,} distinct; memory grown by {grown // 1_000_000:,} MB")
    for sort, n in tally.faults.most_common():
        print(f"  {n:>7,}  {sort}")
    for fault, path in tally.kept.items():
        print(f"  {fault.sort} at {fault.place}: {fault.detail}\n    {path}")
    return 1 if tally.kept or grown > _MOST_GROWN else 0


if __name__ == "__main__":
    sys.exit(main())
