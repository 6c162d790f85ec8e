"""Labelled sentences as tables, a row a sentence: JSON lines and CSV (Parquet is written by `dataset`)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..records import LabelledArticle
from .labelled_rows import rows_of

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
BOM = "\ufeff"
"""Begins a table for Excel, which takes it for UTF-8 then; in such a table `unquoted` undoes `quoted`."""


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
        Keep a cell from being run as a formula (one that begins with ``=``, ``+``, ``-``, ``@``, a tab): an apostrophe
        stands before it. A byte order mark begins the file, and tells `read_rows` to take the apostrophes away again.
    """
    names = list(dict.fromkeys(name for a in articles for row in row_with_split(a) for name in row))
    as_shown = quoted if excel else str

    def line(cells: Iterable[str]) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(map(as_shown, cells))
        return buffer.getvalue()

    yield (BOM if excel else "") + line(names)
    for labelled in articles:
        for row in row_with_split(labelled):
            yield line(_cell(row.get(name)) for name in names)


def spreadsheet(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Give a table that a person fills in, safe to open in spreadsheets; what a row lacks, or None, is an empty cell."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(map(quoted, names))
    table.writerows([quoted(str(x)) if (x := row.get(name)) is not None else "" for name in names] for row in rows)
    return BOM + written.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def quoted(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    >>> quoted("=1+1"), quoted("'=1+1"), quoted("it")
    ("'=1+1", "''=1+1", 'it')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unquoted(cell: str) -> str:
    """Take the apostrophe of `quoted` away.

    >>> unquoted("''=1+1"), unquoted("'tis")
    ("'=1+1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
