"""Measure what training and evaluating cost at a quarter, half and all of PolNeAR: processor time and memory.

    python benchmarks/training.py SHARED [--tasks attribution kind speech] [--ways train evaluate] [--jobs N]

SHARED is the folder that holds ``corpora/polnear/data``. Its articles are imported once; a quarter and a half are the first
articles of each. ``speech`` is a label column as a user's own would be. The memory is the largest sum over all processes of
a command, each shared page counted once for all that share it (``Pss`` of Linux), looked at five times a second. The
exponent compares all of it with a quarter: 1 is in proportion to the articles.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PARTS = {"a quarter": 0.25, "half": 0.5, "all": 1.0}
_BETWEEN = 0.2  # seconds


class Cost(NamedTuple):
    """Seconds of processors, and the largest memory in MB."""

    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--tasks", nargs="+", default=["attribution", "kind", "speech"])
    parser.add_argument("--ways", nargs="+", default=["train", "evaluate"], choices=["train", "evaluate"])
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    print("| | | a quarter: CPU s | MB | half: CPU s | MB | all: CPU s | MB | exponent of CPU | of MB |")
    print("| --- | --- |" + " ---: |" * 8, flush=True)
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(options.shared, "corpora", "polnear", "data")
        run(["data", "import", "polnear", str(corpus), "--out", "polnear"], work)
        for name, share in PARTS.items():
            _take(Path(work, "polnear"), Path(work, name), share)
        for task in options.tasks:
            for way in options.ways:
                costs = [run(_command(way, task, name, options.jobs), work) for name in PARTS]
                cells = [f"{cost.cpu:.0f} | {cost.memory:.0f}" for cost in costs]
                print(f"| {task} | {way} | {' | '.join(cells)} | {' | '.join(_exponents(costs))} |", flush=True)


def _command(way: str, task: str, data: str, jobs: int | None) -> list[str]:
    if way == "train":
        return ["train", task, "--data", data, "--out", "model.sayso", "--force", "--no-scores"]
    return ["evaluate", task, "--data", data, *(["--jobs", str(jobs)] if jobs else [])]


def _exponents(costs: list[Cost]) -> Iterator[str]:
    ratio = PARTS["all"] / PARTS["a quarter"]
    for small, large in zip(costs[0], costs[-1], strict=True):
        yield f"{math.log(large / small, ratio):.2f}"


def _take(dataset: Path, out: Path, share: float) -> None:
    """Make a dataset of the first articles of another."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rows = pa.concat_tables([pq.read_table(path) for path in sorted(dataset.glob("data/*.parquet"))])
    articles = rows["article"].unique()
    kept = pc.is_in(rows["article"], value_set=articles[: round(share * len(articles))])
    (out / "data").mkdir(parents=True)
    pq.write_table(rows.filter(kept), out / "data" / "train-00000-of-00001.parquet")


def run(words: list[str], folder: str) -> Cost:
    """Run a command of sayso; one that fails ends the benchmark with what it said."""
    before, most = os.times(), 0
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "sayso", *words]
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, start_new_session=True)
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(_BETWEEN)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(words)}: {said.read()}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, most / 1000)


def _memory(session: int) -> int:
    """Give the kB that all processes of a session hold."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == session:
                lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):  # it has ended
            continue
    return total


if __name__ == "__main__":
    main()
