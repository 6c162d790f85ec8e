"""CSV, TSV, and what has semicolons or bars: an article a row."""

import csv
from collections.abc import Iterator

from ....errors import SaysoError
from ...tabular.column_names import names_text
from ...tabular.delimited import delimited_rows
from ...tabular.dialect import DELIMITERS
from ..decode import encoding_of_mark
from ..reader import Document, Reader
from ..tables import Result, article_of


def _read(document: Document) -> Iterator[Result]:
    """Yield the article of each row below the header; its row is its number below the header, from 1."""
    name, stream = document.name, document.seekable()
    header, rows = delimited_rows(stream, name, document.notices.say)
    document.columns.find(header, name)
    where = ""
    for where, row in rows:
        try:
            if isinstance(row, SaysoError):
                raise row
            yield article_of(row, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not where:
        raise SaysoError(f"{name}: no rows below the header; there is nothing to read.")


def begins_table(start: bytes) -> bool:
    """Tell a table by its first line: names in fields, one of them that of a column of text."""
    encoding = encoding_of_mark(start) or "utf-8"
    text = start.decode(encoding, "ignore").lstrip("\ufeff\r\n")
    lines = text.splitlines()[:2]
    if lines and lines[0].lower().startswith("sep="):
        lines = lines[1:]
    if not lines:
        return False
    return any(d in lines[0] and names_text(_fields(lines[0], d)) for d in DELIMITERS)


def _fields(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


READER = Reader("CSV and TSV, with ; and | too: an article a row", (".csv", ".tsv", ".tab"), _read, begins_table)
