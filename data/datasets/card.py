"""The dataset card: a ``README.md`` that people and the hub can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..codebook.codebook import Codebook
from ..codebook.report import card_lines
from ..display import markdown_text
from ..rows.columns import COLUMNS, Feature, quoted, yaml_features
from ..rows.places import ABOUT_ARTICLE, SPLITS
from ..rows.suggestions import CODEBOOK, is_suggestion
from .tally import Tally

SIGN = "built by `sayso data build`"
"""Words on every card, by which a dataset of ours is known: it may be replaced."""

_BEING_LABELLED = "Labelling with `sayso serve` is in progress: the counts are from the last time the project was closed."
_ABOUT = {
    "article": "id of the article",
    "n": "number of the sentence in the article",
    "start": "where the sentence begins, in characters of the article's text",
    "end": "where it ends, exclusive",
    "before": "the article's text between the sentence before and this one",
    "text": "the sentence",
    "after": "the text after the article's last sentence",
    "kind": "on whose word the reader has it: the article's own narration, a quote, a paraphrase, …",
    "source_type": "type of the source",
    "bias": "whether the outlet's own wording is loaded",
    "attributions": "source, cue and content spans, the speaker that the source refers to, the source type",
    "stance": "stance towards each target, and the words that mention it if they were marked",
    "loaded": "the loaded words",
    "title": "headline",
    "outlet": "outlet that published the article",
    "date": "when",
    "url": "where",
    "language": "language code",
    "targets": "stance targets of the article and their aliases",
    "complete": "columns labelled in every sentence of the article",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where sentences came from: what it is called, its licence as far as it is stated, and how much it gave."""

    name: str
    licence: str | None
    n_articles: int
    n_sentences: int


def dataset_card(
    tally: Tally,
    name: str,
    columns: Mapping[str, Feature],
    licence: str | None,
    sources: Sequence[Provenance] = (),
    codebook: Codebook | None = None,
    *,
    is_open: bool = False,
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
    codebook : Codebook, optional
        What its labels mean.
    is_open : bool, default=False
        It is being labelled: its content has no digest that would stay.
    """
    splits = [split for split in SPLITS if split in tally.articles]
    lines = [
        *_front_matter(name, columns, licence, splits),
        "",
        f"# {markdown_text(name)}",
        "",
        f"News sentences, one per row, {SIGN}.",
        "",
        *_table(
            ("split", "articles", "sentences"), [(split, tally.articles[split], tally.sentences[split]) for split in splits]
        ),
        *_table(
            ("task", "label", "sentences"),
            [(task, label, n) for task, counts in tally.labels.items() for label, n in counts.most_common()],
        ),
        *_table(
            ("source", "licence", "articles", "sentences"),
            [(s.name, s.licence or "not stated", s.n_articles, s.n_sentences) for s in sources],
        ),
        *_table(("column", "holds"), [(column, _about(column)) for column in columns]),
        f"Licence: {markdown_text(licence or 'not stated')}.",
        _BEING_LABELLED if is_open else f"SHA-256 of the content: `{tally.digest}`.",
        "",
        *(card_lines(codebook) if codebook else ()),
    ]
    return "\n".join(lines)


def _front_matter(name: str, columns: Mapping[str, Feature], licence: str | None, splits: Sequence[str]) -> list[str]:
    """Give the YAML that the hub reads: which files hold which split, and the columns."""
    files = [line for split in splits for line in (f"  - split: {split}", f"    path: data/{split}-*.parquet")]
    return [
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
        *files,
        "dataset_info:",
        "  features:",
        *yaml_features(columns, "  "),
        "---",
    ]


def _table(header: Sequence[str], rows: Sequence[tuple[str | int, ...]]) -> list[str]:
    """Give a table in Markdown, numbers to the right, and an empty line; nothing where there are no rows."""
    if not rows:
        return []
    rule = " | ".join("---:" if isinstance(cell, int) else "---" for cell in rows[0])
    head, *shown = (" | ".join(markdown_text(str(cell)) for cell in row) for row in (header, *rows))
    return [*(f"| {line} |" for line in (head, rule, *shown)), ""]


def _about(column: str) -> str:
    if column in COLUMNS:
        return _ABOUT[column]
    if column == CODEBOOK:
        return (
            "how labels were given: version of the codebook, and which labels were accepted from a "
            "model's suggestion; not a label"
        )
    if is_suggestion(column):
        return "a model's suggestion; not a label"
    return "about the article" if column.startswith(ABOUT_ARTICLE) else "label column of the dataset's authors"
