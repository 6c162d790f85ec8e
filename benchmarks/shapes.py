"""Measure how the time of annotating grows with the length of articles of odd shapes.

    python benchmarks/shapes.py [SHAPE ...]

Makes each shape in three sizes, n, 2n and 4n, annotates each, and prints the CPU time and the exponent between the
smallest and the largest: 1 where the time grows with the length, 2 where it grows with its square. What is remembered
from one text to the next is forgotten before each try, or a text short enough to be remembered would look too quick.
Without a name all shapes of `shape_texts.SHAPES` are measured, and two files of up to 10,000 articles: some three minutes.
Ends with 1 if an exponent is above 1.1, or if 10 KB take more than a second.
"""

import csv
import functools
import gc
import io
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from shape_texts import SHAPES, people

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.cli import collect_seldom
from sayso.data.articles.files import read_articles
from sayso.data.records import Article

MOST = 1.1  # the exponent up to which a shape counts as growing with its length
SLOWEST = 1.0  # seconds for 10,000 characters
N_ARTICLES = (2500, 5000, 10_000)
Job = tuple[int, Callable[[], int]]  # how many characters there are, and what works on them, giving its sentences


def seconds(work: Callable[[], int], tries: int) -> tuple[float, int]:
    """Give the CPU time of a piece of work, in seconds, and its number of sentences; the best of some tries."""
    taken = []
    for _ in range(tries):
        forget()
        began = time.process_time()
        n = work()
        taken.append(time.process_time() - began)
    return min(taken), n


def forget() -> None:
    """Empty the caches, except those that hold what belongs to the package."""
    for cached in _caches():
        cached.cache_clear()


@functools.cache
def _caches() -> list[functools._lru_cache_wrapper]:
    every = [o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper)]
    return [
        cached for cached in every if str(cached.__module__).startswith("sayso.") and cached.cache_parameters()["maxsize"]
    ]


def shape_jobs(annotator: Annotator, name: str) -> list[Job]:
    """Give the work on a shape in three sizes."""
    make, size = SHAPES[name]
    texts = [make(size * times) for times in (1, 2, 4)]
    return [
        (len(text), functools.partial(lambda text: len(annotator.annotate(Article("shape", text))), text)) for text in texts
    ]


def file_jobs(annotator: Annotator, folder: Path, suffix: str) -> list[Job]:
    """Give the work on files of short articles, of three sizes."""
    jobs = []
    for n in N_ARTICLES:
        rows = [(f"a{k}", f"{name} said the bridge was closed. It rained.") for k, name in enumerate(people(n))]
        path = folder / f"{n}.{suffix}"
        path.write_text(as_csv(rows) if suffix == "csv" else as_json_lines(rows), encoding="utf-8")
        jobs.append((path.stat().st_size, functools.partial(annotate_file, annotator, path)))
    return jobs


def as_csv(rows: Sequence[tuple[str, str]]) -> str:
    """Write articles as a table."""
    out = io.StringIO()
    csv.writer(out).writerows([("id", "text"), *rows])
    return out.getvalue()


def as_json_lines(rows: Sequence[tuple[str, str]]) -> str:
    """Write articles as JSON lines."""
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in rows)


def annotate_file(annotator: Annotator, path: Path) -> int:
    """Read a file and annotate its articles; give the number of sentences."""
    articles = (article for article in read_articles([str(path)]) if isinstance(article, Article))
    return sum(map(len, annotator.annotate_all(articles)))


def grows_too_fast(name: str, jobs: Sequence[Job]) -> bool:
    """Measure a shape, again if it seems to grow too fast, as another process may have disturbed it; print a line."""
    taken = [seconds(work, 2) for _, work in jobs]
    if exponent(jobs, taken) > MOST:
        taken = [min(before, seconds(work, 3)) for before, (_, work) in zip(taken, jobs, strict=True)]
    grown = exponent(jobs, taken)
    slow = taken[-1][0] / jobs[-1][0] * 10_000
    bad = grown > MOST or slow > SLOWEST
    costs = "  ".join(f"{n:>6,} sentences {cpu:6.2f} s" for cpu, n in taken)
    print(f"{name:40} {costs}  exponent {grown:.2f}  {slow:.3f} s/10 KB{'  too much' if bad else ''}", flush=True)
    return bad


def exponent(jobs: Sequence[Job], taken: Sequence[tuple[float, int]]) -> float:
    """Give the power of the length with which the time grows between the smallest size and the largest."""
    return math.log(taken[-1][0] / taken[0][0]) / math.log(jobs[-1][0] / jobs[0][0])


def main() -> None:
    names = sys.argv[1:] or list(SHAPES)
    if unknown := [name for name in names if name not in SHAPES]:
        sys.exit(f"No shape is called {unknown[0]!r}. There are: {'; '.join(SHAPES)}.")
    collect_seldom()  # as the command does
    annotator = load_annotator()
    annotator.annotate(Article("first", 'Anna Roe said "the harvest" was late.'))
    failed = [name for name in names if grows_too_fast(name, shape_jobs(annotator, name))]
    if not sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            for suffix in ("csv", "jsonl"):
                name = f"articles in one .{suffix}"
                failed += [name] * grows_too_fast(name, file_jobs(annotator, Path(folder), suffix))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
