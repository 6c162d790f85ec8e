"""What is printed of a labelled set: scores by part, calibration, errors by cause."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from sayso.data.arrays import Bools, Floats64, Ints, Strings
from sayso.data.scheme import KINDS, SOURCE_TYPES
from sayso.train.measures.calibration import BINS
from sayso.train.measures.scores import Score, accuracy_interval, score

from .causes import CAUSES, mended, speaker_errors
from .gold_sets import Judged

_LABELS: Mapping[str, Sequence[str]] = {"kind": KINDS, "source_type": SOURCE_TYPES}
_SURE = (0.95, 0.9, 0.8, 0.65, 0.5, 0.0)


def print_scores(judged: Judged, name: str) -> None:
    """Print the scores of the whole set on a few lines."""
    n_articles = len(judged.texts)
    print(f"\n{judged.name}: {len(judged.pairs)} sentences of {n_articles} articles, {name}")
    for column, labels in _LABELS.items():
        truth, given = judged.column(column)
        groups = judged.article_numbers()
        scored = score(truth, given, groups, labels)
        f1 = "  ".join(f"{x.label} {x.f1:.2f}" for x in scored.labels if x.support)
        print(f"  {column:12} {_line(scored, accuracy_interval(truth, given, groups))}\n  {'':12} F1 by label: {f1}")
    for field in ("source", "speaker"):
        if found := judged.scores.get(field):
            print(f"  {field:12}", "  ".join(f"{k} {v:.3f}" if k != "gold" else f"of {v}" for k, v in found.items()))
    print(f"  same bounds  {judged.scores['same_bounds']:.3f}", flush=True)


def _line(scored: Score, accuracy: tuple[float, float]) -> str:
    return (
        f"accuracy {scored.accuracy:.3f} [{accuracy[0]:.3f}, {accuracy[1]:.3f}]  "
        f"macro F1 {scored.macro_f1:.3f} [{scored.interval[0]:.3f}, {scored.interval[1]:.3f}]"
    )


def print_parts(judged: Judged) -> None:
    """Print the scores of each part: articles of one origin, or of outlets of one leaning."""
    parts = np.array([judged.parts[p.article] for p in judged.pairs])
    articles = judged.article_numbers()
    kinds, types = judged.column("kind"), judged.column("source_type")
    print(f"  {'part':24} articles  sentences   kind accuracy, macro F1     source type accuracy, macro F1")
    for part in np.unique(parts):
        of = parts == part
        cells = "        ".join(_part(truth[of], given[of], articles[of]) for truth, given in (kinds, types))
        print(f"  {part:24} {len(np.unique(articles[of])):8}  {of.sum():9}   {cells}", flush=True)


def _part(truth: Strings, given: Strings, articles: Ints) -> str:
    scored = score(truth, given, articles)
    low, high = scored.interval
    return f"{scored.accuracy:.3f}, {scored.macro_f1:.3f} [{low:.2f}, {high:.2f}]"


def print_calibration(judged: Judged) -> None:
    """Print how many of the labels said at a confidence or above it are right, and the expected calibration error."""
    heads = [f"at {least:.2f} or more" if least else "all" for least in _SURE]
    print(f"  {'calibration':12}", "".join(f"{head:>18}" for head in heads), "   ECE")
    there = [pair for pair in judged.pairs if "kind_confidence" in pair.given]
    for column in _LABELS:
        right = np.array([p.given[column] == p.gold[column] for p in there])
        sure = np.array([p.given[f"{column}_confidence"] for p in there])
        cells = [f"{right[sure >= least].sum()}/{(sure >= least).sum()} {_share(right[sure >= least])}" for least in _SURE]
        print(
            f"  {column:12}", "".join(f"{cell:>18}" for cell in cells), f"  {calibration_error(sure, right):.3f}", flush=True
        )


def calibration_error(sure: Floats64, right: Bools) -> float:
    """Give the expected calibration error over bins of equal width."""
    places = np.clip(np.ceil(sure * BINS).astype(int) - 1, 0, BINS - 1)
    distances = [abs((sure[places == k] - right[places == k]).sum()) for k in range(BINS)]
    return float(sum(distances) / len(sure))


def _share(right: Bools) -> str:
    return f"{right.mean():.3f}" if len(right) else "-"


def print_causes(judged: Judged, found: Sequence[str | None]) -> None:
    """Print how many sentences are wrong by each cause, and both macro F1 as if that cause were mended."""
    n = sum(cause is not None for cause in found)
    print(f"  {n} sentences have a wrong kind or source type; the macro F1 behind each cause are those without its errors")
    print(f"  {'cause':24} sentences  kind wrong  type wrong  articles  sources   kind F1  type F1")
    for cause in CAUSES:
        if rows := [p for p, c in zip(judged.pairs, found, strict=True) if c == cause]:
            wrong = [sum(p.gold[column] != p.given[column] for p in rows) for column in _LABELS]
            sources = {(p.article, p.gold.get("speaker") or p.gold["source"]) for p in rows}
            without = mended(judged, found, cause)
            print(
                f"  {cause:24} {len(rows):9}  {wrong[0]:10}  {wrong[1]:10}  {len({p.article for p in rows}):8}  "
                f"{len(sources):7}   {without['kind']:7.3f}  {without['source_type']:7.3f}"
            )
    confused = Counter(
        (p.gold["source_type"], p.given["source_type"])
        for p, cause in zip(judged.pairs, found, strict=True)
        if cause and p.gold["source_type"] != p.given["source_type"]
    )
    print("  types, ours for the labelled one:", ", ".join(f"{a} for {b} {k}" for (b, a), k in confused.most_common(8)))
    if wrong_speakers := Counter(filter(None, speaker_errors(judged))):
        print("  wrong speakers:", ", ".join(f"{what} {k}" for what, k in wrong_speakers.most_common()), flush=True)
