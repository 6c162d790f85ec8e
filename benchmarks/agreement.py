"""Measure how well two blind labellings of the own corpus agree.

    python benchmarks/agreement.py

Reads first-labels.tsv and second-labels.tsv beside it: the labels of 70 articles, drawn by seed, as those
gave them who wrote the articles and as those gave them who had not seen the first labels, both as they were
before any correction. Prints one JSON object: Cohen's kappa of each task with a 95 % interval by bootstrap over
articles, and the F1 of sources, cues and loaded words, for which two spans agree that share half of their words
or more.

In the files a stance is one sign for each target of the article, in the order of its @target lines (+ favor,
- against, . neutral), ``.`` is an empty field, and loaded words are separated by ``; ``.
"""

import csv
import json
import random
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

Row = dict[str, str]
Pair = tuple[Row, Row]

HERE = Path(__file__).parent
DRAWS = 1000


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_article(first: Sequence[Row], second: Sequence[Row]) -> list[list[Pair]]:
    """Join the two labels of each sentence, an article at a time."""
    pairs = list(zip(first, second, strict=True))
    if any((a["article"], a["n"]) != (b["article"], b["n"]) for a, b in pairs):
        raise SystemExit("the two files do not label the same sentences")
    return [list(group) for _, group in groupby(pairs, key=lambda pair: pair[0]["article"])]


def labels_of(task: str, pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    """Return both labels of every unit: a sentence, or a sentence and one of its targets."""
    if task != "stance":
        return [(a[task], b[task]) for a, b in pairs]
    return [unit for a, b in pairs for unit in zip(a[task], b[task], strict=True)]


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    return float(cohen_kappa_score(*zip(*labels, strict=True)))


def f1(counts: Sequence[tuple[int, int, int]]) -> float:
    """Return the F1 of spans: hits twice over all spans of both."""
    hits, of_first, of_second = (sum(column) for column in zip(*counts, strict=True))
    return 2 * hits / max(of_first + of_second, 1)


def spans_of(field: str, pairs: Sequence[Pair]) -> list[tuple[int, int, int]]:
    return [match(parts(a[field]), parts(b[field])) for a, b in pairs]


def parts(value: str) -> list[frozenset[str]]:
    """Return the words of each span in a field; ``.`` is none."""
    spans = [] if value == "." else value.split("; ")
    return [frozenset(re.findall(r"\w+", span.lower())) for span in spans]


def match(one: list[frozenset[str]], other: list[frozenset[str]]) -> tuple[int, int, int]:
    """Count agreeing spans, each used once, and the spans of either side."""
    free, hits = list(other), 0
    for words in one:
        like = [x for x in free if words & x and len(words & x) >= len(words | x) / 2]
        if like:
            hits += 1
            free.remove(like[0])
    return hits, len(one), len(other)


def interval(measure: Callable[[list], float], articles: Sequence[list]) -> list[float]:
    """Return the 2.5 % and 97.5 % points over draws of articles with replacement."""
    rng = random.Random(0)
    draws = sorted(
        measure([unit for article in rng.choices(articles, k=len(articles)) for unit in article]) for _ in range(DRAWS)
    )
    return [round(draws[round(DRAWS * q)], 3) for q in (0.025, 0.975)]


def main() -> None:
    articles = by_article(load(HERE / "first-labels.tsv"), load(HERE / "second-labels.tsv"))
    pairs = [pair for article in articles for pair in article]
    out: dict[str, object] = {"articles": len(articles), "sentences": len(pairs)}
    for task in ("kind", "source_type", "stance", "bias"):
        units = [labels_of(task, article) for article in articles]
        flat = [unit for article in units for unit in article]
        same = sum(a == b for a, b in flat) / len(flat)
        out[task] = {
            "units": len(flat),
            "same": round(same, 3),
            "kappa": round(kappa(flat), 3),
            "kappa_95": interval(kappa, units),
        }
    for field in ("source", "cue", "loaded"):
        counts = [spans_of(field, article) for article in articles]
        flat_counts = [count for article in counts for count in article]
        _, n_first, n_second = (sum(column) for column in zip(*flat_counts, strict=True))
        out[field] = {
            "spans": [n_first, n_second],
            "f1": round(f1(flat_counts), 3),
            "f1_95": interval(f1, counts),
        }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
