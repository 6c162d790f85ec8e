"""Excel: one article per row, of every sheet that has a column of text."""

from collections.abc import Iterator

from ....errors import SaysoError
from ...packed.archives import is_zip
from ...tabular.workbook import workbook_rows
from ..reader import Document
from ..tables import Result, article_of


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""

    def text_column(header: list[str]) -> str | None:
        try:
            return document.columns.find(header, document.name)["text"]
        except SaysoError:
            return None

    where = ""
    for where, row in workbook_rows(document.seekable(), document.name, document.notices.count, text_column):
        try:
            yield article_of(row, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not where:
        raise SaysoError(f"{document.name}: no rows below the header.")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith(b"PK\x03\x04") and b"xl/" in start and not is_zip(start)
