"""Rows out of files: JSON lines, JSON, CSV, TSV, Excel and Parquet."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from ...errors import SaysoError
from ..articles.decode import check_is_no_archive
from ..articles.notices import Notices
from ..articles.reader import MAX_BYTES, START
from ..articles.readers.delimited import knows as knows_table
from ..articles.readers.json_lines import has_lines, lines_of
from ..articles.tables import parse_json
from ..schemas.shown import shown
from ..system.whole_file import opened_file, whole_file
from ..tabular.column_names import OF_SENTENCES, find_column, named_column
from ..tabular.delimited import delimited_rows
from ..tabular.json_tables import rows_of_json, sentences_of
from ..tabular.parquet import parquet_rows
from ..tabular.spreadsheets import unquoted
from ..tabular.workbook import workbook_rows
from .places import Row
from .recognition.names import USUAL, RowNames

_MOST_BYTES = 400_000_000  # of a file that is read whole
_PIECE = 1 << 20  # bytes
_AS_PUBLISHED = "use the file as its authors published it."
_HALF = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")  # NUL, or half of a pair that may have lost the other
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # not behind a backslash that is one of the text


def read_rows(path: Path, notices: Notices | None = None, names: RowNames = USUAL) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table, each with its place: ``file:number``.

    The number is that of the line in JSON lines and of the row, from 1 and without the header, elsewhere. In an Excel
    file with several sheets of sentences the sheet stands before it.

    Parameters
    ----------
    path : Path
    notices : Notices, optional
        Is told what was guessed.
    names : RowNames, optional
        The columns that the user named: they tell which sheet of an Excel file is meant.

    Raises
    ------
    SaysoError
        If the file is missing, empty or broken; the message names the place.
    """
    read = _READ.get(path.suffix.lower()) or (_delimited if holds_table(path) else None)
    if path.suffix.lower() == ".ann" and path.is_file():
        raise SaysoError(f"{path}: brat annotations are read together with their texts; give the folder {path.parent}.")
    if read is None:
        raise SaysoError(f"{path}: cannot read labelled sentences from this kind of file; use {', '.join(sorted(TABLES))}.")
    n_rows = 0
    try:
        for where, row in read(path, notices or Notices(), names):
            n_rows += 1
            yield where, row
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; check the path.") from error
    if not n_rows:
        raise SaysoError(f"{path}: the file is empty; give one row per sentence.")


def holds_table(path: Path) -> bool:
    """Tell whether a file is a table by its suffix, or where that is ``.txt`` or none by its first line."""
    suffix = path.suffix.lower()
    if suffix in TABLES or suffix not in (".txt", ".dat", ""):
        return suffix in TABLES
    try:
        with opened_file(path, "a table") as stream:
            return knows_table(stream.read(START))
    except (OSError, SaysoError):
        return False


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    with opened_file(path, "a table of labelled sentences") as stream:
        check_is_no_archive(stream.peek(16)[:16], str(path))
        yield stream


def json_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield the objects of JSON lines, each with its place, whatever the file is called."""
    with _opened(path) as stream:
        for number, line in _lines(stream, path):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                where = f"{path}:{number}"
                yield where, _object(read_json(line, where), where)


def _lines(stream: BufferedReader, path: Path) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines_of(stream, str(path)), 1):
        if len(line) > MAX_BYTES:
            raise SaysoError(f"{path}:{number}: more than {MAX_BYTES // 1_000_000} MB, too large for one row; split it.")
        yield number, cast(bytes, line)  # the stream is of bytes


def _json(path: Path) -> Iterator[tuple[str, Row]]:
    with _opened(path) as stream:
        are_lines, raw = has_lines(stream), stream.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise SaysoError(f"{path}: more than {_MOST_BYTES // 1_000_000} MB of JSON; give JSON lines, or divide the file.")
    if not raw.strip():
        return
    if are_lines:
        yield from json_rows(path)
        return
    value = parse_json(raw, str(path), decode_once)
    rows = rows_of_json(value)
    if rows is None:
        raise SaysoError(f"{path}: this is {shown(value)}; it must be a list of objects, one per sentence.")
    for number, row in enumerate(rows, 1):
        where = f"{path}:{number}"
        check_characters(_object(row, where), where)
        yield where, row


def _sentences(rows: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
    """Give a row for each sentence, where those of an article stand in one object."""
    for where, row in rows:
        for sentence in sentences_of(row, where):
            yield where, sentence


def _object(row: Any, where: str) -> Row:
    if not isinstance(row, dict):
        raise SaysoError(f"{where}: this is {shown(row)}; it must be an object with a text.")
    return row


def read_json(line: bytes | str, where: str) -> Any:
    """Return what a JSON text of a labelled file holds.

    Raises
    ------
    SaysoError
        If it is no JSON, gives a key twice, or holds a NUL character or half of a character.
    """
    value = parse_json(line, where, decode_once)
    if _HALF.search(line if isinstance(line, bytes) else line.encode(errors="surrogatepass")):
        check_characters(value, where)
    return value


def _object_of(pairs: list[tuple[str, Any]]) -> Row:
    """Make an object; of two values of one key nobody could tell which is meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(name for name, n in Counter(name for name, _ in pairs).items() if n > 1)
        raise ValueError(f"the key {shown(twice)} is given twice")
    return made


decode_once = json.JSONDecoder(object_pairs_hook=_object_of).decode


def check_characters(row: Any, where: str) -> None:
    """Refuse names and values with a NUL character, or with half of one that is written as a pair."""
    try:
        words = json.dumps(row, ensure_ascii=False, default=str)
    except RecursionError as error:
        raise SaysoError(f"{where}: this JSON is nested too deeply; give flat objects instead.") from error
    if _NUL.search(words):
        raise SaysoError(f"{where}: contains a NUL character; this is not text, or it is damaged.")
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise SaysoError(f"{where}: contains half of a character ({words[error.start]!a}); correct the text.") from error


def _delimited(path: Path, notices: Notices, names: RowNames) -> Iterator[tuple[str, Row]]:
    with _opened(path) as stream:
        yield from csv_rows(stream, path, notices)


def read_utf8(path: Path) -> str:
    """Read a file that has to be UTF-8, its line ends as they are.

    Raises
    ------
    SaysoError
        If it is missing, or not UTF-8.
    """
    try:
        return whole_file(path, most=_MOST_BYTES, what="a file of a corpus").decode("utf-8")
    except FileNotFoundError as error:
        raise SaysoError(f"{path}: this file of the corpus is missing; {_AS_PUBLISHED}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SaysoError(f"{path}:{line}: not UTF-8; {_AS_PUBLISHED}") from error


def csv_rows(stream: BufferedReader, path: Path, notices: Notices | None = None) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table of text, strictly: whole quotations, no more fields than the header names.

    Raises
    ------
    SaysoError
        If a row is broken or has more fields, or two columns have one name; the message names the row.
    """
    stream.seek(0)
    as_meant = unquoted if stream.read(3) == codecs.BOM_UTF8 else str
    if not stream.read(1).strip() and not any(map(bytes.strip, iter(partial(stream.read, _PIECE), b""))):
        return
    header, rows = delimited_rows(stream, str(path), notices or Notices())
    twice = next((name for name, n in Counter(filter(None, header)).items() if n > 1), None)
    if twice is not None:
        raise SaysoError(f"{path}: two columns have the name {as_meant(twice)!r}; rename one.")
    for where, row in rows:
        if isinstance(row, SaysoError):
            raise row
        cells = {as_meant(name): as_meant(cell) for name, cell in row.items() if name and cell is not None}
        if any("\0" in word for word in (*cells, *cells.values())):
            raise SaysoError(f"{where}: contains a NUL character; this is not text, or it is damaged.")
        yield where, cells


def _workbook(path: Path, notices: Notices, names: RowNames) -> Iterator[tuple[str, Row]]:
    def text_column(header: list[str]) -> str | None:
        if names.text:
            return named_column(header, names.text)
        return find_column(header, OF_SENTENCES["text"])

    with open(path, "rb") as stream:
        yield from workbook_rows(stream, str(path), notices.count, text_column)


def _parquet(path: Path, notices: Notices, names: RowNames) -> Iterator[tuple[str, Row]]:
    for where, row in parquet_rows(str(path), str(path)):
        check_characters(row, where)
        yield where, row


_Read = Callable[[Path, Notices, RowNames], Iterator[tuple[str, Row]]]
_READ: Mapping[str, _Read] = {
    ".jsonl": lambda path, notices, names: _sentences(json_rows(path)),
    ".ndjson": lambda path, notices, names: _sentences(json_rows(path)),
    ".json": lambda path, notices, names: _sentences(_json(path)),
    ".csv": _delimited,
    ".tsv": _delimited,
    ".tab": _delimited,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".parquet": _parquet,
}
TABLES = frozenset(_READ)
"""Suffixes of the tables of labelled sentences."""
