"""Two builds on the same labelled sentences: what the one says is kept, and the other is told beside it."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sayso.data.arrays import Floats64, Ints, Strings
from sayso.data.scheme import KINDS, SOURCE_TYPES
from sayso.train.measures.scores import drawn_confusions, interval, macro_f1

from .gold_sets import NOTHING, Judged, Pair

_LABELS = {"kind": (*KINDS, NOTHING["kind"]), "source_type": (*SOURCE_TYPES, NOTHING["source_type"])}
Kept = Mapping[tuple[str, str, int], Mapping[str, str]]


def keep(judged: Judged, file: Path) -> None:
    """Add what is said of each sentence of a set to a file, a JSON line each."""
    with file.open("a", encoding="utf-8") as out:
        for pair in judged.pairs:
            out.write(json.dumps({"key": _key(judged, pair), **{c: pair.given[c] for c in _LABELS}}) + "\n")


def read_kept(file: Path) -> Kept:
    """Read what was kept."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {tuple(row["key"]): row for row in rows}


def _key(judged: Judged, pair: Pair) -> tuple[str, str, int]:
    return judged.name, pair.article, pair.gold["n"]


def print_changes(judged: Judged, kept: Kept) -> None:
    """Print how far the scores moved, with 95 % intervals: the same articles are drawn for both builds."""
    groups = judged.article_numbers()
    for column, labels in _LABELS.items():
        truth, now = judged.column(column)
        before = np.array([kept[_key(judged, pair)][column] for pair in judged.pairs])
        drawn = [drawn_confusions(truth, given, groups, labels)[0] for given in (before, now)]
        shares, f1 = [_accuracy(d) for d in drawn], [macro_f1(d) for d in drawn]
        whole = [_whole(truth, given, groups, labels) for given in (before, now)]
        accuracy, macro = (f"{b - a:+.3f}" for a, b in zip(*whole, strict=True))
        n_mended, n_broken = ((truth == now) & (truth != before)).sum(), ((truth != now) & (truth == before)).sum()
        print(
            f"  {column:12} changed: accuracy {accuracy} [{_ends(shares)}], macro F1 {macro} [{_ends(f1)}]; "
            f"{n_mended} sentences mended, {n_broken} broken",
            flush=True,
        )


def _whole(truth: Strings, given: Strings, groups: Ints, labels: tuple[str, ...]) -> tuple[float, float]:
    """Give accuracy and macro F1 of all sentences."""
    once = np.zeros(len(truth), dtype=groups.dtype)  # as one article: every draw is the whole
    whole = drawn_confusions(truth, given, once, labels, draws=1)[0]
    return float(_accuracy(whole)[0]), float(macro_f1(whole)[0])


def _accuracy(confusions: Floats64) -> Floats64:
    return np.asarray(np.trace(confusions, axis1=1, axis2=2) / confusions.sum(axis=(1, 2)))


def _ends(drawn: list[Floats64]) -> str:
    low, high = interval(drawn[1] - drawn[0])
    return f"{low:+.3f}, {high:+.3f}"
