"""The dataset card: a ``README.md`` that people and the hub can read."""

from collections.abc import Mapping, Sequence

from .features import COLUMNS, Feature, quoted, yaml_features
from .rates import label_counts
from .records import LabelledArticle
from .row_place import SPLITS

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


def dataset_card(
    articles: Sequence[LabelledArticle],
    name: str,
    columns: Mapping[str, Feature],
    digest: str,
    licence: str | None,
) -> str:
    """Write the card of a dataset.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    name : str
    columns : mapping of str to Feature
    digest : str
        SHA-256 of the content.
    licence : str or None
        None is written as unknown.
    """
    splits = {s: [a for a in articles if a.meta.get("split", "train") == s] for s in SPLITS}
    splits = {split: members for split, members in splits.items() if members}
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
        *(f"| {split} | {len(found)} | {_n_sentences(found)} |" for split, found in splits.items()),
        "",
        *_label_tables(articles),
        "| column | holds |",
        "| --- | --- |",
        *(f"| {_cell(column)} | {_about(column)} |" for column in columns),
        "",
        f"Licence: {licence or 'not stated'}.",
        f"SHA-256 of the content: `{digest}`.",
        "",
    ]
    return "\n".join(front + body)


def _n_sentences(articles: Sequence[LabelledArticle]) -> int:
    return sum(len(a.sentences) for a in articles)


def _label_tables(articles: Sequence[LabelledArticle]) -> list[str]:
    lines = ["| task | label | sentences |", "| --- | --- | ---: |"]
    for task, counts in label_counts(articles).items():
        lines += [f"| {task} | {label} | {n} |" for label, n in counts.items()]
    return [*lines, ""] if len(lines) > 2 else []


def _about(column: str) -> str:
    if column in COLUMNS:
        return _ABOUT[column]
    return "about the article" if column.startswith("article_") else "label of the builder's own"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
