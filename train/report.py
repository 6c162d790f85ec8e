"""An evaluation as tables, for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from .evaluate import Evaluation
from .scores import Score

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Names of columns, and rows."""
_NAMES = {"most_frequent": "always the most frequent label", "rule": "the hand-written rules"}


def as_tables(found: Evaluation) -> Iterator[tuple[str, Table]]:
    """Give an evaluation as tables with their titles."""
    what = f"{found.folds} folds over articles" if found.folds else "a given model"
    title = f"{found.task}: {what}, {found.sentences:,} sentences in {found.articles:,} articles"
    rows = [_line("the model", found.score)]
    rows += [_line(_NAMES.get(name, name), of) for name, of in found.baselines.items()]
    if found.random_folds:
        rows.append(_line("folds over sentences would claim", found.random_folds))
    yield title, (("", "macro F1", "95 % of it", "accuracy"), rows)
    yield (
        "by label",
        (
            ("label", "precision", "recall", "F1", "sentences"),
            [
                (s.label, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", f"{s.support:,}")
                for s in found.score.labels
            ],
        ),
    )
    names = [s.label for s in found.score.labels]
    yield (
        "confusion: true labels down, predicted ones across",
        (
            ("", *names),
            [(name, *(f"{n:,}" for n in row)) for name, row in zip(names, found.score.confusion, strict=True)],
        ),
    )


def _line(name: str, of: Score) -> tuple[str, ...]:
    low, high = of.interval
    return name, f"{of.macro_f1:.3f}", f"{low:.3f} to {high:.3f}", f"{of.accuracy:.3f}"


def remarks(found: Evaluation) -> Iterator[str]:
    """Say in sentences what to know about the figures."""
    if found.random_folds:
        gap = found.random_folds.macro_f1 - found.score.macro_f1
        yield (
            f"Folds over sentences: {gap:+.3f} macro F1. They train on neighbours of the tested sentences; "
            "what they claim says nothing about new articles."
        )
    yield from found.notes


def manifest_lines(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give what a model file says of itself, one fact a line."""
    for key, value in manifest.items():
        if key == "seen":
            yield "seen", f"{len(value) // 10:,} articles" if isinstance(value, str) else "?"
        else:
            yield from _facts(key, value)


def _facts(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _facts(f"{key}: {name}", inner)
    elif isinstance(value, list) and any(isinstance(x, Mapping) for x in value):
        for number, inner in enumerate(value, 1):
            yield from _facts(f"{key} {number}", inner)
    else:
        yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
