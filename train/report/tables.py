"""An evaluation, and what a model file says of itself, as tables for the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...classify.linear.composed import ATTRIBUTION
from ...classify.linear.label_pairs import VOICE
from ...classify.model_files.shipped import BESIDE
from ...data.display import Table, sentences_in_articles
from ...data.records import LabelledArticle
from ...data.scheme import KINDS, SOURCE_TYPES
from ..measures.as_json import plain
from ..trust.elsewhere import caution
from .contents import compute_sections
from .sections.section import AnyEvaluation
from .sections.trust import Trust

_DIGEST = 10  # letters of an article's mark in a manifest


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
    """Give what a reader needs to know of a model file, in words; `--json` of the command gives the whole manifest."""
    task = str(manifest.get("task", "?"))
    is_voice = task == VOICE
    yield "task", "kind and source_type" if is_voice else task
    labels = {"kinds": KINDS, "source types": SOURCE_TYPES} if is_voice else {"labels": _listed(manifest.get("labels"))}
    yield from ((name, ", ".join(map(str, of))) for name, of in labels.items() if of)
    for of in _mappings(manifest.get("data")):
        yield "trained on", f"{of.get('name', '?')}: {_size(of)}"
    scores = manifest.get("scores")
    for name, of in scores.items() if isinstance(scores, Mapping) else ():
        yield f"scores: {name}", _scores(of) if isinstance(of, Mapping) else str(of)
    if not scores:
        yield "scores", "none: trained without cross-validation"
    yield from _needs(manifest)
    yield "seed", str(manifest.get("seed"))
    versions = manifest.get("versions")
    if isinstance(versions, Mapping):
        yield "made with", ", ".join(f"{name} {version}" for name, version in versions.items())
    seen = manifest.get("seen")
    if isinstance(seen, str):
        yield "articles seen", f"{len(seen) // _DIGEST:,}; evaluating on one of them is noted"


def _needs(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what annotating with the model needs beside the file."""
    text, beside, reader = (manifest.get(key) for key in ("text", BESIDE, "reader"))
    encoder = text.get("encoder") if isinstance(text, Mapping) else None
    if isinstance(encoder, Mapping):
        yield "needs", f"--encoder {encoder.get('name', '?')}"
    if isinstance(reader, Mapping):
        yield "needs", f"--reader {reader.get('name', '?')}, with the digest {reader.get('digest', '?')}"
    if isinstance(beside, Mapping) and beside:
        names = ["kind and source_type" if name == VOICE else str(name) for name in beside]
        names = [name for name in names if name != ATTRIBUTION or not reader]
        if names:
            yield "uses", f"the built-in models of {', '.join(names)}"


def _scores(of: Mapping[str, Any]) -> str:
    """Write scores in a line; those of an evaluation with their interval and what was scored."""
    if "macro_f1" not in of:
        return ", ".join(f"{name} {_figure(value)}" for name, value in of.items())
    ends = of.get("interval")
    between = f" ({' to '.join(map(_figure, ends))})" if isinstance(ends, list) else ""
    accuracy = f", accuracy {_figure(of['accuracy'])}" if "accuracy" in of else ""
    folds = f"; {of['folds']} folds, {_size(of)}" if of.get("folds") else ""
    return f"macro F1 {_figure(of['macro_f1'])}{between}{accuracy}{folds}"


def _size(of: Mapping[str, Any]) -> str:
    n_sentences, n_articles = of.get("sentences"), of.get("articles")
    if isinstance(n_sentences, int) and isinstance(n_articles, int):
        return sentences_in_articles(n_sentences, n_articles)
    return "size unknown"


def _figure(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [of for of in _listed(value) if isinstance(of, Mapping)]
