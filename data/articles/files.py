"""Reading articles: text files, folders, standard input, JSON lines, JSON, CSV, TSV and HTML.

Whatever cannot be read is one `SaysoError` and stops nothing else: a bad file among good ones,
or a bad row in a table, is reported and left out.
"""

import codecs
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from ...errors import SaysoError
from ..records import Article
from .decode import check_is_no_archive, decode, encoding_of_mark, guess_encoding
from .tables import (
    MAX_ARTICLE,
    Columns,
    Result,
    new_article,
    parse_json,
    read_csv,
    read_json,
    read_json_lines,
)

SUFFIXES = frozenset((".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"))
"""What is read out of a folder; a file that is named itself may have any."""

_LONGEST_DOCUMENT = 4 * MAX_ARTICLE
_CHUNK = 1 << 20

Notice = Callable[[str], None]


def read_articles(
    paths: Iterable[str],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    title_column: str | None = None,
    outlet_column: str | None = None,
    date_column: str | None = None,
    url_column: str | None = None,
    notice: Notice | None = None,
    on_error: Callable[[SaysoError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : iterable of str
        Files, folders (with all below them, sorted, without hidden files), or ``-`` for standard input.
    text_column, id_column, title_column, outlet_column, date_column, url_column : str, optional
        Names in a table; without them the usual ones are looked for.
    notice : callable, optional
        Is told, in a line, what was guessed.
    on_error : callable, optional
        Is given each file or row that could not be read. Without it the first is raised.

    Yields
    ------
    Article
        A text file's id is its path as given; a row's is its id column or ``path:row``.
    """
    columns = Columns(text_column, id_column, title_column, outlet_column, date_column, url_column)
    for path in paths:
        for result in _guarded(path, columns, notice or _ignore):
            if isinstance(result, Article):
                yield result
            elif on_error is None:
                raise result
            else:
                on_error(result)


def _ignore(line: str) -> None:
    """Keep quiet."""


def _guarded(path: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    """Yield what a path holds; what stops its reading comes last."""
    try:
        yield from _read_path(path, columns, notice)
    except SaysoError as error:
        yield error
    except OSError as error:
        yield SaysoError(f"{_shown(path)}: {error.strerror or error}; check the path.")
    except ValueError as error:  # a NUL in the path
        yield SaysoError(f"{_shown(path)}: this cannot be a path ({error}).")


def _read_path(path: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    if path == "-":
        if sys.stdin is None:
            raise SaysoError("-: there is no standard input; name a file.")
        yield from _read_stream(sys.stdin.buffer, "-", columns, notice)
        return
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        yield from _read_folder(path, columns, notice)
    elif stat.S_ISREG(mode):
        yield from _read_file(path, columns, notice)
    else:
        with open(path, "rb") as stream:
            yield from _read_stream(stream, _shown(path), columns, notice)


def _read_folder(path: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    n_found = 0
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                n_found += 1
                yield from _guarded(os.path.join(folder, name), columns, notice)
    if not n_found:
        raise SaysoError(f"{_shown(path)}: no articles in this folder; it needs {', '.join(sorted(SUFFIXES))} files.")


def _read_file(path: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    suffix, shown = Path(path).suffix.lower(), _shown(path)
    with open(path, "rb") as stream:
        if suffix in (".jsonl", ".ndjson"):
            yield from _read_rows(_json_lines(stream, shown), shown, columns)
        elif suffix in (".csv", ".tsv"):
            encoding = _encoding_of(stream, shown, notice)
            stream.seek(0)
            with io.TextIOWrapper(stream, encoding, "replace", newline="") as lines:
                yield from read_csv(lines, shown, columns, "\t" if suffix == ".tsv" else None)
        else:
            raw = _whole(stream, shown)
            if suffix == ".json":
                yield from _read_json(raw, shown, columns, notice)
            elif suffix in (".html", ".htm"):
                from .html import read_html

                yield read_html(raw, shown, notice)
            else:
                yield new_article(shown, decode(raw, shown, notice), shown)


def _read_stream(stream: BinaryIO, shown: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    """Read what has no file name: JSON lines if the first line is an object, else one article of text."""
    head: list[bytes] = []
    for line in stream:
        head.append(line)
        if line.strip():
            break
    if head and _is_object(head[-1]):
        yield from _read_rows(_limited(chain(head, stream), shown), shown, columns)
        return
    raw = b"".join(head) + _whole(stream, shown)
    if not raw:
        raise SaysoError(f"{shown}: nothing came in; give it an article.")
    yield new_article(shown, decode(raw, shown, notice), shown)


def _read_json(raw: bytes, shown: str, columns: Columns, notice: Notice) -> Iterator[Result]:
    lines = raw.splitlines()
    if len(lines) > 1 and _is_object(lines[0]):
        yield from _read_rows(lines, shown, columns)
    else:
        yield from read_json(decode(raw, shown, notice), shown, columns)


def _read_rows(lines: Iterable[bytes | str | SaysoError], shown: str, columns: Columns) -> Iterator[Result]:
    n_rows = 0
    for result in read_json_lines(lines, shown, columns):
        n_rows += 1
        yield result
    if not n_rows:
        raise SaysoError(f"{shown}: empty; there is nothing to read.")


def _json_lines(stream: BinaryIO, shown: str) -> Iterator[bytes | str | SaysoError]:
    start = stream.read(16)
    check_is_no_archive(start, shown)
    stream.seek(0)
    encoding = encoding_of_mark(start)
    if encoding in (None, "utf-8-sig"):
        yield from _limited(stream, shown)
    else:
        yield from io.TextIOWrapper(stream, encoding, "replace")


def _limited(lines: Iterable[bytes], shown: str) -> Iterator[bytes | SaysoError]:
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST_DOCUMENT:
            yield SaysoError(f"{shown}:{number}: {len(line):,} bytes are too many for one article; split it.")
        else:
            yield line


def _is_object(line: bytes) -> bool:
    if not line.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(parse_json(line, ""), dict)
    except SaysoError:
        return False


def _whole(stream: BinaryIO, shown: str) -> bytes:
    raw = stream.read(_LONGEST_DOCUMENT + 1)
    if len(raw) > _LONGEST_DOCUMENT:
        limit = _LONGEST_DOCUMENT // 1_000_000
        raise SaysoError(f"{shown}: more than {limit} MB are too many for one article; split it, or give JSON lines.")
    return raw


def _encoding_of(stream: BinaryIO, shown: str, notice: Notice) -> str:
    """Return the encoding of a table, which is read through for it: it may be UTF-8 but for its last row."""
    head = stream.read(_CHUNK)
    check_is_no_archive(head, shown)
    if encoding := encoding_of_mark(head):
        return encoding
    decoder, chunk = codecs.getincrementaldecoder("utf-8")(), head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        encoding = guess_encoding(chunk or head, shown)
    notice(f"{shown}: not UTF-8; read as {encoding}, a guess. Convert it to UTF-8 to be sure.")
    return encoding


def _shown(path: str) -> str:
    """Return a path as it can be written, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
