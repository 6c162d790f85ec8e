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


def compare(request, name, head, rows):
    """Compare the table below a head with the rows that the code gives; with --write-docs write these."""
    page = DOCS / name
    before, _, rest = page.read_text(encoding="utf-8").partition(head)
    table, gap, after = rest.partition("\n\n")
    if request.config.getoption("--write-docs"):
        page.write_text("".join([before, head, "\n".join(rows), gap, after]), encoding="utf-8")
    else:
        assert table.splitlines() == rows


def test_the_table_of_corpora_is_that_of_the_importers(request):
    rows = [f"| `{name}` | {label} | {ours} |" for name, label, ours in as_rows()]
    compare(request, "corpora.md", "| corpus | its label | becomes |\n| --- | --- | --- |\n", rows)


def test_every_exchange_format_is_documented():
    text = (DOCS / "exchange-formats.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE) == list(FORMATS)


@pytest.mark.parametrize(
    ("heading", "kinds"), [("Articles", kinds_of_articles()), ("Labelled sentences", kinds_of_labels())]
)
def test_the_kinds_of_files_are_those_that_are_listed(request, heading, kinds):
    rows = [f"| {kind} | {files} | {needs} |" for kind, files, needs in kinds]
    compare(request, "formats.md", f"## {heading}\n\n| kind | files | needs |\n| --- | --- | --- |\n", rows)


def test_the_names_of_columns_are_those_that_are_recognised():
    text = (DOCS / "tables.md").read_text(encoding="utf-8")
    for part, names in [*OF_SENTENCES.items(), *OF_ARTICLES.items()]:
        assert f"| `{part}` | {listed(names)} |\n" in text, part
    assert f"and a line says so: {listed(ANY_LABEL)}.\n" in text
    assert f"These are never labels: {listed(sorted(ADMINISTRATION))}.\n" in text


def listed(names):
    return ", ".join(f"`{name}`" for name in names)
