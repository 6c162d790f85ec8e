"""CSV and TSV: an article a row."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import chain

from ....errors import SaysoError
from ..decode import check_is_no_archive, encoding_of_mark, guess_encoding
from ..reader import Document, Reader
from ..tables import MAX_ARTICLE, Result, article_of

_CHUNK = 1 << 20  # bytes


def _read(document: Document) -> Iterator[Result]:
    stream = document.seekable()
    encoding = _encoding_of(stream, document)
    stream.seek(0)
    with io.TextIOWrapper(stream, encoding, "replace", newline="") as lines:
        yield from _read_rows(lines, document)


def _read_rows(lines: Iterable[str], document: Document) -> Iterator[Result]:
    """Yield the article of each row below the header; its row is its number below the header, from 1."""
    name, rest = document.name, iter(lines)
    first = next(rest, "")
    delimiter = "\t" if name.lower().endswith(".tsv") else max(",;\t|", key=first.count)
    csv.field_size_limit(MAX_ARTICLE)
    rows = csv.reader(chain([first], rest), delimiter=delimiter, strict=True)
    try:
        header = [column.strip() for column in next(rows, [])]
    except csv.Error as error:
        raise SaysoError(f"{name}: the header is broken ({error}); put its names in quotation marks.") from error
    if not any(header):
        raise SaysoError(f"{name}: the first line names no columns; begin with a line such as id,title,text.")
    document.columns.find(header, name)
    number = 0
    for number, row in enumerate(_rows_or_errors(rows), 1):
        where = f"{name}:{number}"
        try:
            if isinstance(row, csv.Error):
                line = f"{rows.line_num:,}"
                raise SaysoError(f"{where}: broken quotation at line {line} ({row}); double the inner marks.")
            yield article_of(_as_dict(header, row, where), where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not number:
        raise SaysoError(f"{name}: no rows below the header; there is nothing to read.")


def _rows_or_errors(rows: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """Go on after a broken row; empty lines are none."""
    while True:
        try:
            if row := next(rows):
                yield row
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _as_dict(header: list[str], row: list[str], where: str) -> dict[str, str | None]:
    """Name the fields of a row; of two columns of one name the first counts."""
    if len(row) > len(header):
        raise SaysoError(
            f"{where}: {len(row)} fields where the header names {len(header)}; put text with commas in quotation marks."
        )
    padded = [*row, *[None] * (len(header) - len(row))]
    return dict(reversed(list(zip(header, padded, strict=True))))


def _encoding_of(stream: BufferedReader, document: Document) -> str:
    """Return the encoding of a table, which is read through for it: it may be UTF-8 but for its last row."""
    name = document.name
    start = stream.read(_CHUNK)
    check_is_no_archive(start, name)
    if encoding := encoding_of_mark(start):
        return encoding
    decoder, chunk = codecs.getincrementaldecoder("utf-8")(), start
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        encoding = guess_encoding(chunk or start, name)
    document.notices.say(f"{name}: not UTF-8; read as {encoding}, a guess. Convert it to UTF-8 to be sure.")
    return encoding


READER = Reader("CSV and TSV: an article a row", (".csv", ".tsv"), _read)
