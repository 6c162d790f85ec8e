"""Measure how well two blind labellings of the own corpus agree.

    python benchmarks/agreement.py

Reads first-labels.tsv and second-labels.tsv beside it: the labels of 70 articles, drawn by seed, as those
gave them who wrote the articles and as those gave them who had not seen the first labels, both as they were
before any correction. Prints one JSON object: the coefficients of each task, as `sayso data agree` computes them,
and the F1 of sources, cues and loaded words, for which two spans agree that share half of their words or more.
Every figure has a 95 % interval by bootstrap over articles.

In the files a stance is one sign for each target of the article, in the order of its @target lines (+ favor,
- against, . neutral), ``.`` is an empty field, and loaded words are separated by ``; ``.
"""

import csv
import json
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from sayso.data.agreement.annotators import column_agreement
from sayso.data.agreement.coefficients import ratings_of, span_f1
from sayso.data.agreement.report import plain_coefficients, plain_figure
from sayso.data.agreement.spans import n_matched

Row = dict[str, str]
Pair = tuple[Row, Row]
Words = frozenset[str]

HERE = Path(__file__).parent


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


def parts(value: str) -> list[Words]:
    """Return the words of each span in a field; ``.`` is none."""
    spans = [] if value == "." else value.split("; ")
    return [frozenset(re.findall(r"\w+", span.lower())) for span in spans]


def shared(one: Words, other: Words) -> float:
    return len(one & other) / max(len(one | other), 1)


def task_figures(task: str, articles: Sequence[Sequence[Pair]]) -> dict[str, object]:
    units = [(i, unit) for i, article in enumerate(articles) for unit in labels_of(task, article)]
    found = column_agreement(task, ratings_of([unit for _, unit in units], [i for i, _ in units]))
    return {"units": found.units, **plain_coefficients(found.overall)}


def span_figures(field: str, articles: Sequence[Sequence[Pair]]) -> dict[str, object]:
    spans = [[(parts(a[field]), parts(b[field])) for a, b in article] for article in articles]
    counts = [(sum(n_matched(a, b, shared) for a, b in of), sum(len(a) + len(b) for a, b in of)) for of in spans]
    n_each = [sum(len(pair[side]) for of in spans for pair in of) for side in (0, 1)]
    return {"spans": n_each, "f1": plain_figure(span_f1(counts))}


def main() -> None:
    articles = by_article(load(HERE / "first-labels.tsv"), load(HERE / "second-labels.tsv"))
    out: dict[str, object] = {"articles": len(articles), "sentences": sum(map(len, articles))}
    out |= {task: task_figures(task, articles) for task in ("kind", "source_type", "stance", "bias")}
    out |= {field: span_figures(field, articles) for field in ("source", "cue", "loaded")}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
