"""JSON lines: one article per line."""

import codecs
import io
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO, Any, BinaryIO, TextIO

from ....errors import OwnError, SaysoError
from ..decode import check_is_no_archive, encoding_of_mark
from ..reader import MAX_BYTES, MAX_PASSED, Document
from ..tables import Result, parse_json
from .json_articles import articles_of

_PIECE = 1 << 17  # bytes
JSON_LINES = (".jsonl", ".ndjson")
"""Suffixes of its files."""


def read_lines(lines: Iterable[bytes | str], document: Document) -> Iterator[Result]:
    """Yield the article of each line that is not empty; its row is its line number, from 1.

    Raises
    ------
    SaysoError
        After the last line, if all were empty.
    """
    n_rows = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        n_rows += 1
        where = f"{document.name}:{number}"
        try:
            if len(line) > MAX_BYTES:
                limit = MAX_BYTES // 1_000_000
                raise SaysoError(f"{where}: more than {limit} MB, too large for one article; split it.")
            value = parse_json(line, where)
            if not _is_bulk_action(value):
                yield from articles_of(value, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
        except MemoryError:
            raise
        except Exception as error:  # a bug of ours costs this line alone
            yield OwnError.of(where, error)
    if not n_rows:
        raise SaysoError(f"{document.name}: the file is empty.")


def lines_of(stream: BinaryIO | TextIO, name: str) -> Iterator[bytes | str]:
    """Yield the lines of a stream; of one that is too long for an article only as much as shows that.

    Raises
    ------
    SaysoError
        Behind a line that has no end within `MAX_PASSED` bytes, or as many empty lines.
    """
    n_passed = 0
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        n_passed = 0 if line.strip() else n_passed + len(line)
        rest = line if len(line) > MAX_BYTES else line[:0]
        while n_passed <= MAX_PASSED and rest and rest[-1:] not in (b"\n", "\n"):
            rest = stream.readline(_PIECE)
            n_passed += len(rest)
        if n_passed > MAX_PASSED:
            limit = MAX_PASSED // 1_000_000
            raise SaysoError(f"{name}: no end of a line within {limit:,} MB; the rest is left out. Divide the file.")


def _is_bulk_action(value: Any) -> bool:
    """Tell whether an object is what Elasticsearch's bulk files have before each document."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    action, about = next(iter(value.items()))
    return action in ("index", "create") and isinstance(about, dict) and all(key.startswith("_") for key in about)


def is_object(line: bytes) -> bool:
    """Tell whether a line is a whole JSON object."""
    if not line.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(parse_json(line, ""), dict)
    except SaysoError:
        return False


def has_lines(stream: IO[bytes]) -> bool:
    """Tell JSON lines, whatever they are called: the first line is a whole object, and there are more. It is rewound."""
    lines = (line for line in iter(partial(stream.readline, MAX_BYTES), b"") if line.strip())
    found = is_object(next(lines, b"")) and next(lines, None) is not None
    stream.seek(0)
    return found


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    first, *_ = start.lstrip().splitlines() or [b""]
    return is_object(first)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    start = document.stream.peek(16)[:16]
    check_is_no_archive(start, document.name)
    encoding = encoding_of_mark(start)
    is_utf8 = encoding in (None, "utf-8-sig")
    stream = document.stream if is_utf8 else io.TextIOWrapper(document.stream, encoding, "replace")
    yield from read_lines(lines_of(stream, document.name), document)
