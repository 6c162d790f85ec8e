"""Measure what archives of growing size cost: processor time, peak memory of a process, and bytes in and out.

    python benchmarks/scale.py SHARED --sizes 1000 10000 100000 --jobs 1 --format parquet

SHARED is the folder that holds ``articles/news-500.jsonl``. An archive of so many sentences is made of these articles again
and again, each time with new ids and with their paragraphs in another order: words and lengths are those of real news, the
articles are not. Files hold 500 articles each, in folders by year.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.classify.archives.notes import notes_of
from sayso.data.articles.sentences import find_sentences

_IN_A_FILE = 500  # articles
_ROW_GROUP = 100
_HEAD = ("sentences", "articles", "CPU s", "sentences a CPU s", "wall s", "peak MB", "MB in", "MB out", "MB kept")


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of processors and of a clock, and the largest process in MB."""

    cpu: float
    wall: float
    peak: float


def main() -> None:
    options = _options()
    with Path(options.shared, "articles", "news-500.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    a_round = sum(len(find_sentences(row["text"])) for row in rows)
    print(f"| {' | '.join(_HEAD)} | shares: CPU s | peak MB |\n|{' ---: |' * (len(_HEAD) + 2)}", flush=True)
    for n_sentences in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.work) as work:
            archive, out = Path(work, "archive"), Path(work, "out")
            _make(rows, max(round(n_sentences * len(rows) / a_round), 1), archive, options.suffix)
            jobs = ["--jobs", str(options.jobs)]
            run = _measured(["annotate", "archive", "--out", "out/", "--format", options.format, *jobs], work)
            shares = _measured(["annotate", "out", "--shares", "shares.csv", "--by", "year"], work)
            notes = list(notes_of(str(out)))
            counts = sum(note.sentences for note in notes), sum(note.articles for note in notes)
            sizes = [_size(archive), _size(out, f"*.{options.format}"), _size(out / "_sayso")]
            _print(counts, run, sizes, shares)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="Sentences.")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--format", default="parquet", choices=("parquet", "jsonl"))
    parser.add_argument("--suffix", default=".parquet", choices=(".parquet", ".jsonl"), help="Of the archive's files.")
    parser.add_argument("--work", help="Folder for the archives; default: the system's temporary one.")
    return parser.parse_args()


def _articles(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield articles without end."""
    for number in range(sys.maxsize):
        row, draw = rows[number % len(rows)], random.Random(number)
        paragraphs = row["text"].split("\n")
        if number >= len(rows):
            draw.shuffle(paragraphs)
        yield {**row, "id": f"a{number}", "text": "\n".join(paragraphs)}


def _make(rows: Sequence[dict[str, Any]], n_articles: int, archive: Path, suffix: str) -> None:
    articles = _articles(rows)
    for number, start in enumerate(range(0, n_articles, _IN_A_FILE)):
        some = [next(articles) for _ in range(min(_IN_A_FILE, n_articles - start))]
        path = archive / f"year={2015 + number % 10}" / f"part-{number:05}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(some), path, row_group_size=_ROW_GROUP)
        else:
            path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in some), encoding="utf-8")


def _measured(words: Sequence[str], work: str) -> Cost:
    began = time.perf_counter()
    running = subprocess.Popen([sys.executable, "-m", "sayso", *words], cwd=work, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(running.pid, 0)  # with the processes that it started: the sum of times, the largest memory
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024)


def _size(folder: Path, pattern: str = "*") -> float:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 1e6


def _print(counts: tuple[int, int], run: Cost, sizes: Sequence[float], shares: Cost) -> None:
    n_sentences, n_articles = counts
    figures = [f"{n_sentences:,}", f"{n_articles:,}", f"{run.cpu:,.1f}", f"{n_sentences / run.cpu:,.0f}", f"{run.wall:,.1f}"]
    figures += [f"{run.peak:,.0f}", *(f"{size:,.1f}" for size in sizes), f"{shares.cpu:,.1f}", f"{shares.peak:,.0f}"]
    print(f"| {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
