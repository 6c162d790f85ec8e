"""Labelled sentences as tables, a row a sentence: JSON lines and CSV (Parquet is written by `dataset`)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..records import LabelledArticle
from ..tabular.spreadsheets import BOM, csv_text
from .labelled_rows import rows_of


def row_with_split(labelled: LabelledArticle) -> Iterator[dict[str, Any]]:
    """Give the rows of an article, each with its split."""
    for row in rows_of(labelled):
        yield {**row, "split": labelled.meta.get("split", "train")}


def json_lines(articles: Iterable[LabelledArticle]) -> Iterator[str]:
    """Give a line for each sentence; what is not known is left out."""
    for labelled in articles:
        for row in row_with_split(labelled):
            yield json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False) + "\n"


def csv_lines(articles: Sequence[LabelledArticle], *, excel: bool = False) -> Iterator[str]:
    """Give a table for spreadsheets, nested cells as JSON.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    excel : bool, default=False
        Keep a cell from being run as a formula: an apostrophe stands before it (see `tabular.spreadsheets`). A byte order
        mark begins the file, and tells `read_rows` to take the apostrophes away again.
    """
    names = list(dict.fromkeys(name for a in articles for row in row_with_split(a) for name in row))
    yield (BOM if excel else "") + csv_text([names], safe=excel, end="\n")
    for labelled in articles:
        rows = ([_cell(row.get(name)) for name in names] for row in row_with_split(labelled))
        yield csv_text(rows, safe=excel, end="\n")


def spreadsheet(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Give a table that a person fills in, safe to open in spreadsheets; what a row lacks, or None, is an empty cell."""
    return BOM + csv_text([names, *([row.get(name) for name in names] for row in rows)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
