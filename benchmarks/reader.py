"""What a word reader costs and what it gains: time, start and memory, and scores on real news, with and without it.

    python benchmarks/reader.py SHARED [--reader minilm] [--only {speed,gold,polnear}]

SHARED holds ``articles/news-500.jsonl``, ``gold-dev-2``, ``gold-dev``, ``corpora`` and ``tools`` (the scorers).
``--reader`` is a name or a folder. Both ways take turns in one run, so that a busy moment hits both: compare them with
each other, not with figures of another machine.

- Speed: sentences per second of processor time, one thread, first articles left out; median of the rounds.
- Start: ``sayso annotate`` of one article, from the shell; median of the runs.
- Memory: the peak of a process that annotates invented articles.
- Scores: those of ``gold.py``.
"""

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from annotate import seconds
from memory import measure, write
from real_news.gold_sets import SETS, by_models, judge
from real_news.polnear import by_annotator, by_extractor, print_polnear
from real_news.tables import print_scores

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.classify.word_reader.reader import PACKAGES, load_word_reader
from sayso.cli import collect_seldom
from sayso.data.articles.files import read_articles

WAYS = ("without", "with")
N_WARM = 20
N_TIMED = 100  # articles
N_ROUNDS = 3
N_STARTS = 5
N_IN_MEMORY = 1000  # articles of four sentences


def print_speed(shared: Path, annotators: Sequence[Annotator]) -> None:
    """Time both ways on the same articles."""
    collect_seldom()
    path = str(shared / "articles" / "news-500.jsonl")
    articles = list(itertools.islice(read_articles([path]), N_WARM + N_TIMED))
    rates: list[list[float]] = [[], []]
    for annotator in annotators:
        list(annotator.annotate_all(articles[:N_WARM]))
    for _ in range(N_ROUNDS):
        for rate, annotator in zip(rates, annotators, strict=True):
            began = time.process_time()
            n_sentences = sum(len(annotated) for annotated in annotator.annotate_all(articles[N_WARM:]))
            rate.append(n_sentences / (time.process_time() - began))
    _print_both("sentences per CPU second", [statistics.median(rate) for rate in rates], ",.0f")


def print_start(shared: Path, options: Sequence[Sequence[str]]) -> None:
    """Time the command on one article."""
    taken: list[list[float]] = [[], []]
    for number in range(N_STARTS + 1):
        for times, given in zip(taken, options, strict=True):
            once = seconds([sys.executable, "-m", "sayso", "annotate", "articles/kharkiv-scraped.txt", *given], shared)
            times += [once] if number else []
    _print_both("seconds for one article", [statistics.median(times) for times in taken], ".2f")


def print_memory(options: Sequence[Sequence[str]]) -> None:
    """Measure the peak of memory."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), N_IN_MEMORY)
        peaks = [measure(Path(folder), "file", ["--format", "jsonl", *given])[0] for given in options]
    _print_both(f"peak in MB, {N_IN_MEMORY:,} articles", peaks, ",.0f")


def _print_both(what: str, figures: Sequence[float], form: str) -> None:
    without, with_reader = figures
    cells = "  ".join(f"{way} {figure:{form}}" for way, figure in zip(WAYS, figures, strict=True))
    print(f"{what:32} {cells}  ratio {with_reader / without:.3g}", flush=True)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--reader", default="minilm", help="name or folder")
    parser.add_argument("--only", choices=("speed", "gold", "polnear"))
    given = parser.parse_args()
    shared = given.shared.resolve()
    name = given.reader if given.reader in PACKAGES else str(Path(given.reader).resolve())
    reader = load_word_reader(name)
    print(f"reader {reader.name}, digest {reader.digest}")
    annotators = [load_annotator([], bias=False), load_annotator([], bias=False, reader=reader)]
    if given.only in (None, "speed"):
        options = ([], ["--reader", name])
        print_speed(shared, annotators)
        print_start(shared, options)
        print_memory(options)
    if given.only in (None, "gold"):
        for gold_set, (way, annotator) in itertools.product(SETS, zip(WAYS, annotators, strict=True)):
            print_scores(judge(shared, gold_set, by_models(annotator)), f"{way} the reader")
    if given.only in (None, "polnear"):
        print("\nattributions on PolNeAR's dev part")
        for way, annotator in zip(WAYS, annotators, strict=True):
            if annotator.extractor:
                print_polnear(shared, by_extractor(annotator.extractor), f"{way}, extractor")
            print_polnear(shared, by_annotator(annotator), f"{way}, annotator")


if __name__ == "__main__":
    main()
