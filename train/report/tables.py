"""An evaluation as tables, for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation
from ..measures.attribution_scores import ScopeScore, Share
from ..measures.scores import Score

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""Names of columns, and rows."""
NAMES = {
    "most_frequent": "always the most frequent label",
    "stratified": "labels drawn by their shares",
    "rule": "the hand-written rules",
}
_MEASURES = {
    "content": "words of content",
    "source": "words of source",
    "cue": "words of cue",
    "linked": "words linked",
    "overlap": "attributions, overlap",
    "full": "attributions, full",
    "exact": "attributions, exact",
}
TERMS = (
    "Linked: words of content given a right source. Overlap: the contents share half or more of their words; "
    "full: and the source is right; exact: the contents hold the same words."
)
_SCOPES = {
    "direct": "direct: at least half of the content inside quotation marks; words inside them",
    "indirect": "indirect: the others; words outside quotation marks",
}


def as_tables(found: Evaluation | AttributionEvaluation) -> Iterator[tuple[str, Table]]:
    """Give an evaluation as tables with their titles."""
    if isinstance(found, AttributionEvaluation):
        yield from _attribution_tables(found)
        return
    yield title_of(found), (("", "macro F1", "95 % of it", "accuracy"), [_line(*row) for row in headline(found)])
    if len(found.by_fold) > 1:
        yield from _fold_tables(found)
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


def title_of(found: Evaluation) -> str:
    """Say what was scored, on what."""
    what = f"{found.folds} folds over articles" if found.folds else "a given model"
    if found.repeats and found.repeats > 1:
        what += f", {found.repeats} times"
    return f"{found.task}: {what}, {found.sentences:,} sentences in {found.articles:,} articles"


def headline(found: Evaluation) -> Iterator[tuple[str, Score]]:
    """Give the scores that belong side by side, with their names."""
    yield "the model", found.score
    for name, of in found.baselines.items():
        yield NAMES.get(name, name), of
    if found.human:
        yield f"a second person, on {found.human.sentences:,} sentences", found.human.people
        yield "the model, on those", found.human.model
    if found.grouped:
        yield f"the model, where it has seen nothing of the {found.grouped.column}", found.grouped.score
    if found.random_folds:
        yield "folds over sentences would claim", found.random_folds


def _fold_tables(found: Evaluation) -> Iterator[tuple[str, Table]]:
    rows: list[tuple[str, ...]] = [
        (str(f.repeat + 1), str(f.fold + 1), f"{f.sentences:,}", f"{f.macro_f1:.3f}", f"{f.accuracy:.3f}")
        for f in found.by_fold
    ]
    yield "by fold", (("repeat", "fold", "sentences", "macro F1", "accuracy"), rows)


def _line(name: str, of: Score) -> tuple[str, ...]:
    low, high = of.interval
    return name, f"{of.macro_f1:.3f}", f"{low:.3f} to {high:.3f}", f"{of.accuracy:.3f}"


def _attribution_tables(found: AttributionEvaluation) -> Iterator[tuple[str, Table]]:
    what = f"{found.folds} folds over articles" if found.folds else "a given model"
    titles = {"all": f"attribution: {what}, {found.attributions:,} attributions in {found.articles:,} articles", **_SCOPES}
    for scope, score in found.scores.items():
        yield titles[scope], (("", "precision", "recall", "F1", "95 % of it", "marked"), list(_measure_lines(score)))
    yield (
        "sources of the attributions that overlap",
        (
            ("", *found.scores),
            [
                ("source named: a right one found", *(_share(score.source) for score in found.scores.values())),
                ("no source named: none found", *(_share(score.no_source) for score in found.scores.values())),
            ],
        ),
    )


def _measure_lines(score: ScopeScore) -> Iterator[tuple[str, ...]]:
    for name, m in score.measures.items():
        low, high = m.interval
        figures = f"{m.precision:.3f}", f"{m.recall:.3f}", f"{m.f1:.3f}", f"{low:.3f} to {high:.3f}", f"{m.marked:,}"
        yield _MEASURES[name], *figures


def _share(found: Share) -> str:
    return "none" if found.share is None else f"{found.share:.3f} of {found.of:,}"


def remarks(found: Evaluation | AttributionEvaluation) -> Iterator[str]:
    """Say in sentences what to know about the figures."""
    if isinstance(found, AttributionEvaluation):
        yield TERMS
    elif found.random_folds:
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
