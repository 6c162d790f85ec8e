"""CSV, TSV, and what has semicolons or bars: an article a row."""

import codecs
import csv
import re
from collections.abc import Iterator

from ....errors import SaysoError
from ...tabular.column_names import named_column, names_text
from ...tabular.delimited import delimited_rows
from ...tabular.dialect import DELIMITERS
from ...tabular.spreadsheets import unquoted
from ..decode import encoding_of_mark
from ..notices import Notices
from ..reader import Document
from ..tables import Result, article_of


def read(document: Document) -> Iterator[Result]:
    """Yield the article of each row below the header; its row is its number below the header, from 1."""
    name, stream = document.name, document.seekable()
    lines: list[str] = []  # only after the header is known to be good: a refused file gets one line
    notices = Notices(lines.append)
    stream.seek(0)
    as_meant = unquoted if stream.read(3) == codecs.BOM_UTF8 else str
    header, rows = delimited_rows(stream, name, notices)
    document.columns.find(list(map(as_meant, header)), name)
    for line in lines:
        document.notices.say(line)
    notices.say = document.notices.say
    where = ""
    for where, row in rows:
        try:
            if isinstance(row, SaysoError):
                raise row
            cells = {as_meant(column): cell and as_meant(cell) for column, cell in row.items()}
            yield article_of(cells, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    notices.tell_counts()
    if not where:
        raise SaysoError(f"{name}: no rows below the header.")


_ALONE = frozenset(("text", "sentence", "body", "content", "tweet"))  # headers of one column: no prose begins so
_IDENTIFIER = re.compile(r"[^\W\d][\w.:-]{0,29}")  # surely the name of a column, whether or not we know it


def knows(start: bytes, text_column: str | None = None) -> bool:
    """Tell a table by its first lines: a header of fields, and a row.

    The header has a usual name of a column of text, or the one that is given; or its fields are single words, and the row
    has as many. Prose has a space behind its commas, and an empty line behind its title.
    """
    text = start.decode(encoding_of_mark(start) or "utf-8", "ignore").lstrip("\ufeff\r\n")
    lines = text.splitlines()[:3]
    if lines and lines[0].lower().startswith("sep="):
        del lines[0]
    if not lines or (len(lines) > 1 and not lines[1].strip()):
        return False
    if lines[0] in _ALONE and len(lines) > 1:
        return True
    return any(_is_header(lines, delimiter, text_column) for delimiter in DELIMITERS if delimiter in lines[0])


def _is_header(lines: list[str], delimiter: str, text_column: str | None) -> bool:
    fields = _fields(lines[0], delimiter)
    if names_text(fields) or (text_column is not None and named_column(fields, text_column)):
        return True
    row = _fields(lines[1], delimiter) if len(lines) > 1 else []
    return len(fields) == len(row) > 1 and all(map(_IDENTIFIER.fullmatch, fields))


def _fields(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])
