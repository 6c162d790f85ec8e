import re
from pathlib import Path

from sayso.data.check import check_article
from sayso.data.corpus import parse_article
from sayso.data.features import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_is_documented():
    table = (DOCS / "dataset-format.md").read_text(encoding="utf-8").split("## Columns")[1].split("A span is")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", "".join(line.split("|")[1:2]))}
    assert named >= set(COLUMNS)


def test_the_example_of_the_corpus_format_is_right():
    text = (DOCS / "corpus-format.md").read_text(encoding="utf-8")
    labelled = parse_article(text.split("```")[1].lstrip("\n"), "corpus-format.md")
    assert [s.kind for s in labelled.sentences] == [
        "narrative",
        "official_claim",
        "narrative",
        "quote",
        "quote",
        "official_claim",
    ]
    assert list(check_article(labelled)) == []
