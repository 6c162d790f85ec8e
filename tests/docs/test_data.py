import re
from pathlib import Path

import pytest

from sayso.data.articles.kinds import kinds_of_articles
from sayso.data.checks.articles import check_article
from sayso.data.corpora.own import parse_article
from sayso.data.corpora.registry import as_rows
from sayso.data.exchange.formats import FORMATS, kinds_of_labels
from sayso.data.rows.columns import COLUMNS
from sayso.data.tabular.column_names import ADMINISTRATION, ANY_LABEL, OF_ARTICLES, OF_SENTENCES

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_is_documented():
    table = (DOCS / "dataset-format.md").read_text(encoding="utf-8").split("## Columns")[1].split("A span is")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", "".join(line.split("|")[1:2]))}
    assert named >= set(COLUMNS)


def test_the_example_of_the_corpus_format_is_right():
    text = (DOCS / "corpus-format.md").read_text(encoding="utf-8")
    labelled = parse_article(text.split("```text\n")[1].split("```")[0], "corpus-format.md")
    assert [s.kind for s in labelled.sentences] == [
        "narrative",
        "official_claim",
        "narrative",
        "quote",
        "quote",
        "official_claim",
    ]
    assert list(check_article(labelled)) == []


def test_the_table_of_corpora_is_that_of_the_importers():
    text = (DOCS / "corpora.md").read_text(encoding="utf-8")
    table = text.split("| corpus | its label | becomes |\n| --- | --- | --- |\n")[1].split("\n\n")[0].splitlines()
    assert table == [f"| `{name}` | {label} | {ours} |" for name, label, ours in as_rows()]


def test_every_exchange_format_is_documented():
    text = (DOCS / "exchange-formats.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE) == list(FORMATS)


@pytest.mark.parametrize(
    ("heading", "kinds"), [("Articles", kinds_of_articles()), ("Labelled sentences", kinds_of_labels())]
)
def test_the_kinds_of_files_are_those_that_are_listed(heading, kinds):
    section = (DOCS / "formats.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].strip().split("\n\n")[0]
    assert section.splitlines()[2:] == [f"| {kind} | {files} | {needs} |" for kind, files, needs in kinds]


def test_the_names_of_columns_are_those_that_are_recognised():
    text = (DOCS / "tables.md").read_text(encoding="utf-8")
    for part, names in [*OF_SENTENCES.items(), *OF_ARTICLES.items()]:
        assert f"| `{part}` | {listed(names)} |\n" in text, part
    assert f"and it is told: {listed(ANY_LABEL)}.\n" in text
    assert f"These are never labels: {listed(sorted(ADMINISTRATION))}.\n" in text


def listed(names):
    return ", ".join(f"`{name}`" for name in names)
