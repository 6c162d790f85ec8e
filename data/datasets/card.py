"""The dataset card: a ``README.md`` that people and the hub can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..rows.columns import COLUMNS, Feature, quoted, yaml_features
from ..rows.places import ABOUT_ARTICLE, SPLITS
from ..rows.suggestions import is_suggestion
from .tally import Tally

_ABOUT = {
    "article": "id of the article",
    "n": "order of the sentence in it",
    "start": "where the sentence begins, in characters of the article's text",
    "end": "where it ends, exclusive",
    "before": "the article's text between the sentence before and this one",
    "text": "the sentence",
    "after": "what stands after the article's last sentence",
    "kind": "whose word the reader has for it",
    "source_type": "what sort of source",
    "bias": "whether the outlet's own wording is loaded",
    "attributions": "source, cue and content spans, whom the source stands for, its type",
    "stance": "stance towards each target",
    "loaded": "the loaded words",
    "title": "headline",
    "outlet": "who published it",
    "date": "when",
    "url": "where",
    "language": "language code",
    "targets": "stance targets of the article and their other names",
    "complete": "what is labelled throughout the article",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where sentences came from: what it is called, its licence as far as it is stated, and how much it gave."""

    name: str
    licence: str | None
    n_articles: int
    n_sentences: int


def dataset_card(
    tally: Tally, name: str, columns: Mapping[str, Feature], licence: str | None, sources: Sequence[Provenance] = ()
) -> str:
    """Write the card of a dataset.

    Parameters
    ----------
    tally : Tally
        What is in it.
    name : str
    columns : mapping of str to Feature
    licence : str or None
        None is written as unknown.
    sources : sequence of Provenance
        Where its sentences came from.
    """
    splits = [split for split in SPLITS if split in tally.articles]
    front = [
        "---",
        f"pretty_name: {quoted(name)}",
        f"license: {quoted(licence or 'unknown')}",
        "task_categories:",
        "- text-classification",
        "tags:",
        "- news",
        "- attribution",
        "configs:",
        "- config_name: default",
        "  data_files:",
    ]
    for split in splits:
        front += [f"  - split: {split}", f"    path: data/{split}-*.parquet"]
    front += ["dataset_info:", "  features:", *yaml_features(columns, "  "), "---"]
    body = [
        "",
        f"# {' '.join(name.split())}",
        "",
        "News sentences, one a row, built by `sayso data build`.",
        "",
        "| split | articles | sentences |",
        "| --- | ---: | ---: |",
        *(f"| {split} | {tally.articles[split]} | {tally.sentences[split]} |" for split in splits),
        "",
        *_label_tables(tally),
        *_source_table(sources),
        "| column | holds |",
        "| --- | --- |",
        *(f"| {_cell(column)} | {_about(column)} |" for column in columns),
        "",
        f"Licence: {licence or 'not stated'}.",
        f"SHA-256 of the content: `{tally.digest}`.",
        "",
    ]
    return "\n".join(front + body)


def _label_tables(tally: Tally) -> list[str]:
    lines = ["| task | label | sentences |", "| --- | --- | ---: |"]
    for task, counts in tally.labels.items():
        lines += [f"| {task} | {label} | {n} |" for label, n in counts.most_common()]
    return [*lines, ""] if len(lines) > 2 else []


def _source_table(sources: Sequence[Provenance]) -> list[str]:
    lines = ["| source | licence | articles | sentences |", "| --- | --- | ---: | ---: |"]
    lines += [
        f"| {_cell(s.name)} | {_cell(s.licence or 'not stated')} | {s.n_articles} | {s.n_sentences} |" for s in sources
    ]
    return [*lines, ""] if sources else []


def _about(column: str) -> str:
    if column in COLUMNS:
        return _ABOUT[column]
    if is_suggestion(column):
        return "what a model suggests; no label"
    return "about the article" if column.startswith(ABOUT_ARTICLE) else "label of the builder's own"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
