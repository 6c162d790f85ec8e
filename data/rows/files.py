"""Rows out of files: JSON lines, JSON, CSV, TSV and Parquet, strictly UTF-8."""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.decode import check_is_no_archive
from ..articles.tables import MAX_ARTICLE, parse_json
from .places import Row
from .tables import unquoted

_AS_PUBLISHED = "take the file as its authors publish it."
_HALF = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")  # NUL, or half of a pair that may have lost the other


def read_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table, each with its place: ``file:number``.

    The number is that of the line in JSON lines and of the row, from 1 and without the header, elsewhere.

    Raises
    ------
    SaysoError
        If the file is missing, empty, not UTF-8, or broken; the message names the place.
    """
    read = _READ.get(path.suffix.lower())
    if read is None:
        raise SaysoError(f"{path}: labelled sentences are read from {', '.join(sorted(TABLES))} files.")
    n_rows = 0
    try:
        for where, row in read(path):
            n_rows += 1
            yield where, row
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; check the path.") from error
    if not n_rows:
        raise SaysoError(f"{path}: empty; a row for each sentence is needed.")


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    with open(path, "rb") as stream:
        check_is_no_archive(stream.peek(16)[:16], str(path))
        yield stream


def json_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield the objects of JSON lines, each with its place, whatever the file is called."""
    with _opened(path) as stream:
        for number, line in enumerate(stream, 1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                where = f"{path}:{number}"
                row = _object(parse_json(line, where), where)
                if _HALF.search(line):
                    _check_characters(row, where)
                yield where, row


def _json(path: Path) -> Iterator[tuple[str, Row]]:
    with _opened(path) as stream:
        raw = stream.read()
    if not raw.strip():
        return
    rows = parse_json(raw, str(path))
    if not isinstance(rows, list):
        raise SaysoError(f"{path}: a {type(rows).__name__} where a list of objects, one a sentence, is needed.")
    for number, row in enumerate(rows, 1):
        where = f"{path}:{number}"
        _check_characters(_object(row, where), where)
        yield where, row


def _object(row: Any, where: str) -> Row:
    if not isinstance(row, dict):
        raise SaysoError(f"{where}: a {type(row).__name__} where an object with a text is needed.")
    return row


def _check_characters(row: Any, where: str) -> None:
    words = json.dumps(row, ensure_ascii=False)
    if "\\u0000" in words:
        raise SaysoError(f"{where}: a NUL character; this is no text, or broken.")
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise SaysoError(f"{where}: half of a character ({words[error.start]!a}); mend the text.") from error


def _delimited(delimiter: str, path: Path) -> Iterator[tuple[str, Row]]:
    with _opened(path) as stream:
        yield from csv_rows(stream, path, delimiter)


def read_utf8(path: Path) -> str:
    """Read a file that has to be UTF-8, its line ends as they are.

    Raises
    ------
    SaysoError
        If it is missing, or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise SaysoError(f"{path}: this file of the corpus is missing; {_AS_PUBLISHED}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SaysoError(f"{path}:{line}: not UTF-8; {_AS_PUBLISHED}") from error


def csv_rows(stream: BufferedReader, path: Path, delimiter: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table of text, strictly: whole quotations, no more fields than the header names."""
    csv.field_size_limit(MAX_ARTICLE)
    as_meant = unquoted if stream.peek(3)[:3] == codecs.BOM_UTF8 else str
    rows = csv.reader(_lines(stream, path), delimiter=delimiter, strict=True)
    number = 0
    try:
        header = _header([as_meant(cell).strip() for cell in next(rows, [])], path)
        for cells in filter(any, rows):
            number += 1
            if len(cells) > len(header):
                raise SaysoError(
                    f"{path}:{number}: {len(cells)} fields where the header names {len(header)}; "
                    "put text with the delimiter in it in quotation marks."
                )
            yield f"{path}:{number}", dict(zip(header, map(as_meant, cells), strict=False))
    except csv.Error as error:
        raise SaysoError(f"{path}:{number + 1}: broken quotation at line {rows.line_num} ({error}).") from error


def _header(names: list[str], path: Path) -> list[str]:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SaysoError(f"{path}: two columns are called {twice!r}; rename one.")
    return names


def _lines(stream: BufferedReader, path: Path) -> Iterator[str]:
    for number, raw in enumerate(stream, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SaysoError(f"{path}: line {number} is not UTF-8; convert the file.") from error
        if "\0" in line:
            raise SaysoError(f"{path}: line {number} has a NUL character; this is no text, or broken.")
        yield line


def _parquet(path: Path) -> Iterator[tuple[str, Row]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as table:
            names = _class_names(table.schema_arrow.metadata or {})
            for batch in table.iter_batches(batch_size=2000):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{path}:{number}", with_names(row, names)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise SaysoError(f"{path}: no Parquet table, or a broken one ({reason}).") from error


def _class_names(metadata: dict[bytes, bytes]) -> dict[str, list[str]]:
    """Return the labels behind the numbers of a column, as `datasets` writes them down."""
    try:
        features = json.loads(metadata.get(b"huggingface", b"{}")).get("info", {}).get("features", {})
        return {
            name: [str(label) for label in feature["names"]]
            for name, feature in features.items()
            if isinstance(feature, dict) and feature.get("_type") == "ClassLabel"
        }
    except (ValueError, AttributeError, KeyError, TypeError):
        return {}


def with_names(row: dict[str, Any], names: dict[str, list[str]]) -> Row:
    """Put the labels of ClassLabel columns in the place of their numbers; None for a number without one."""
    for column, labels in names.items():
        number = row.get(column)
        if isinstance(number, int):
            row[column] = labels[number] if 0 <= number < len(labels) else None
    return row


_READ: Mapping[str, Callable[[Path], Iterator[tuple[str, Row]]]] = {
    ".jsonl": json_rows,
    ".ndjson": json_rows,
    ".json": _json,
    ".csv": partial(_delimited, ","),
    ".tsv": partial(_delimited, "\t"),
    ".parquet": _parquet,
}
TABLES = frozenset(_READ)
"""Suffixes of the tables of labelled sentences."""
