"""An evaluation, and what a model file says of itself, as tables for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...data.display import Table
from ...data.records import LabelledArticle
from ..measures.as_json import plain
from ..trust.elsewhere import caution
from .contents import compute_sections
from .sections.section import AnyEvaluation
from .sections.trust import Trust


def as_tables(evaluation: AnyEvaluation, articles: Sequence[LabelledArticle]) -> tuple[list[tuple[str, Table]], list[str]]:
    """Give an evaluation as tables with their titles, and in sentences what to know about the figures.

    Parameters
    ----------
    evaluation : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.
    """
    sections = compute_sections(evaluation, articles, terminal=True)
    tables = [table for section in sections for table in section.tables()]
    return tables, [*(section.remark for section in sections if section.remark), *evaluation.notes]


def caution_line(evaluation: AnyEvaluation, articles: Sequence[LabelledArticle]) -> str:
    """Give what stands before the scores, in words; empty where there is nothing to know."""
    found = caution(evaluation, articles)
    return found.sentence if found else ""


def as_json(evaluation: AnyEvaluation, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Give the figures of an evaluation as plain values, and the verdicts on them; a caution stands first."""
    added = plain(Trust.compute(evaluation, articles))
    return {"caution": added["caution"], **evaluation.as_json(), "trust": added["trust"]}


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
