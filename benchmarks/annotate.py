"""Measure how fast articles are annotated, and how much memory it takes.

    python benchmarks/annotate.py SHARED_DIR [--model FILE]...

SHARED_DIR holds `articles/news-500.jsonl` and `articles/kharkiv-scraped.txt`. Cold starts are set against
importing scikit-learn in the same run, speed is per second of processor time, and memory is what many articles
add to the first few.
"""

import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.classify.attribution.extractor import Candidate, Extractor
from sayso.classify.language.article_tokens import View
from sayso.classify.output.html import N_WHY
from sayso.classify.output.jsonl import JsonLines
from sayso.cli import collect_seldom
from sayso.data.articles.files import read_articles
from sayso.data.records import Article

N_STARTS = 5
N_WARM = 20
N_ROUNDS = 3
N_LONG = 2_000_000  # characters
MODES = (  # what is told, with how many reasons, and whether loaded wording is
    ("kind, source type, attributions", 0, False),
    ("everything", 0, True),
    ("everything, with reasons", N_WHY, True),
)
BARE_TYPER = "import typer; app = typer.Typer(rich_markup_mode=None); app.command()(lambda: None); app(['--help'])"


def seconds(command: Sequence[str], folder: Path) -> float:
    """Time a command as users have it: compiled, as installing and a first run leave it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True, env=environment)
    return time.perf_counter() - began


def cold_starts(shared: Path, options: Sequence[str]) -> None:
    sayso = [sys.executable, "-m", "sayso"]
    commands = {
        "sayso annotate ARTICLE": [*sayso, "annotate", "articles/kharkiv-scraped.txt", *options],
        "import sklearn.linear_model": [sys.executable, "-c", "import sklearn.linear_model"],
        "sayso --help": [*sayso, "--help"],
        "bare Typer app --help": [sys.executable, "-c", BARE_TYPER],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        seconds(command, shared)
    for _ in range(N_STARTS):  # in turns, so that a busy moment hits all
        for name, command in commands.items():
            taken[name].append(seconds(command, shared))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:32} {median:7.2f} s")
    names = list(medians)
    for ours, theirs, most in ((0, 1, 1.0), (2, 3, 1.5)):
        ratio = medians[names[ours]] / medians[names[theirs]]
        print(f"{names[ours]:32} {ratio:7.2f} × {names[theirs]} (at most {most})")


def resident() -> int:
    """Give the memory of this process in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


class Timed:
    """An extractor that adds up the processor time that it takes."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self.threshold = extractor.threshold
        self.taken = 0.0

    def extract_all(self, views: Sequence[View]) -> list[list[Candidate]]:
        """Find the attributions of articles."""
        began = time.process_time()
        found = self.extractor.extract_all(views)
        self.taken += time.process_time() - began
        return found

    def likely(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Keep those that are to be told."""
        return self.extractor.likely(found)


def throughput(shared: Path, options: Sequence[str], name: str, n_why: int, bias: bool) -> None:
    """Read, annotate and write all articles, as the command does; the first twenty once before."""
    collect_seldom()
    loaded = load_annotator(options[1::2], bias=bias)
    extractor = Timed(loaded.extractor)
    annotator = replace(loaded, extractor=extractor)
    path = str(shared / "articles" / "news-500.jsonl")
    for _ in annotator.annotate_all(itertools.islice(read_articles([path]), N_WARM)):
        pass
    before = resident()
    writer, n_sentences, n_bytes, extractor.taken = JsonLines(), 0, 0, 0.0
    began = time.process_time()
    for annotated in annotator.annotate_all(read_articles([path]), n_why):
        n_sentences += len(annotated)
        n_bytes += len(writer.article(annotated.article, annotated).encode())
    taken = time.process_time() - began
    print(f"{name:32} {n_sentences / taken:7,.0f} sentences a CPU second ({n_sentences:,} sentences)")
    for part, spent in (("finding attributions", extractor.taken), ("all else", taken - extractor.taken)):
        print(f"  {part:30} {spent / taken:7.0%} ({spent / n_sentences * 1e6:,.0f} µs a sentence)")
    if n_why:
        after = resident()
        for _ in range(N_ROUNDS):
            for _ in annotator.annotate_all(read_articles([path])):
                pass
        grown = [f"{(b - a) / 1e6:+.1f} MB" for a, b in ((before, after), (after, resident()))]
        print(f"{'memory':32} {before / 1e6:7.1f} MB, then {grown[0]}, then {grown[1]} over {N_ROUNDS} rounds more")
        long_line(annotator)


def long_line(annotator: Annotator) -> None:
    """Set an article of one line against one of half its length: twice the time is linear."""
    sentence = "The ministry said on Monday that 3 of 4 ships had left, but Anna Roe, a dealer, denied it. "
    taken = []
    for size in (N_LONG // 2, N_LONG):
        began = time.process_time()
        annotator.annotate(Article("long", sentence * (size // len(sentence))))
        taken.append(time.process_time() - began)
    print(f"{'one line of 2 MB':32} {taken[1]:7.2f} s of CPU, {taken[1] / taken[0]:.2f} × one of half its length")


def model_sizes(options: Sequence[str]) -> None:
    from importlib.resources import files

    from sayso.classify.model_files.files import load

    shipped = files("sayso.classify") / "models"
    for path in options[1::2] or [str(p) for p in shipped.iterdir()]:
        began = time.process_time()
        load(path)
        print(f"{Path(path).name:32} {Path(path).stat().st_size:9,} bytes, read in "
              f"{(time.process_time() - began) * 1000:.1f} ms")  # fmt: skip


def main() -> None:
    options = sys.argv[2:]
    if len(sys.argv) < 2 or any(flag != "--model" for flag in options[::2]) or len(options) % 2:
        sys.exit(__doc__)
    shared = Path(sys.argv[1]).resolve()
    with open(shared / "articles" / "news-500.jsonl", encoding="utf-8") as lines:
        json.loads(next(lines))
    options = [option if option == "--model" else str(Path(option).resolve()) for option in options]
    model_sizes(options)
    cold_starts(shared, options)
    for told in MODES:  # each in a process of its own: none finds the words that another has looked up
        child = get_context("spawn").Process(target=throughput, args=(shared, options, *told))
        child.start()
        child.join()
        if child.exitcode:
            sys.exit(child.exitcode)


if __name__ == "__main__":
    main()
