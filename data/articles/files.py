"""Reading articles out of files, folders and standard input, each by the reader of its kind.

Whatever cannot be read is one `SaysoError` and stops nothing else: a bad file among good ones,
or a bad row in a table, is reported and left out.
"""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from ...errors import SaysoError
from ..records import Article
from .reader import Document, Notice, Reader
from .readers import delimited, html, json_document, json_lines, plain_text
from .tables import Columns, Result
from .text.joined_lines import LineJoiner

READERS: dict[str, Reader] = {
    "text": plain_text.READER,
    "html": html.READER,
    "json-lines": json_lines.READER,
    "json": json_document.READER,
    "csv": delimited.READER,
}
"""Every kind of file that holds articles. A file that no reader knows is plain text."""


def article_suffixes() -> frozenset[str]:
    """Give the suffixes of what is read out of a folder; a file that is named itself may have any."""
    return frozenset(suffix for reader in READERS.values() for suffix in reader.suffixes)


def read_articles(
    paths: Iterable[str],
    *,
    columns: Columns | None = None,
    notice: Notice | None = None,
    on_error: Callable[[SaysoError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : iterable of str
        Files, folders (with all below them, sorted, without hidden files), or ``-`` for standard input.
    columns : Columns, optional
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
    files = _Files(columns or Columns(), notice or (lambda line: None))
    lines = LineJoiner(files.notice)
    for path in paths:
        for result in files.read(path):
            if isinstance(result, Article):
                yield lines.join(result)
            elif on_error is None:
                raise result
            else:
                on_error(result)
    lines.tell()


@dataclass(frozen=True, slots=True)
class _Files:
    """Reads whatever a path leads to."""

    columns: Columns
    notice: Notice

    def read(self, path: str) -> Iterator[Result]:
        """Yield what a path holds; what stops its reading comes last."""
        try:
            yield from _with_last_error(self._read_path(path))
        except OSError as error:
            yield SaysoError(f"{_shown(path)}: {error.strerror or error}; check the path.")
        except ValueError as error:  # a NUL in the path
            yield SaysoError(f"{_shown(path)}: this cannot be a path ({error}).")

    def _read_path(self, path: str) -> Iterator[Result]:
        if path == "-":
            if sys.stdin is None:
                raise SaysoError("-: there is no standard input; name a file.")
            yield from self._read_stream("-", sys.stdin.buffer)
            return
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            yield from self._read_folder(path)
            return
        with open(path, "rb") as stream:
            if stat.S_ISREG(mode):
                reader = _by_suffix(path) or plain_text.READER
                yield from reader.read(self._document(_shown(path), stream))
            else:
                yield from self._read_stream(_shown(path), stream)

    def _read_folder(self, path: str) -> Iterator[Result]:
        suffixes = article_suffixes()
        n_files = 0
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                    n_files += 1
                    yield from self.read(os.path.join(folder, name))
        if not n_files:
            raise SaysoError(f"{_shown(path)}: no articles in this folder; it needs {', '.join(sorted(suffixes))} files.")

    def _read_part(self, name: str, stream: io.BufferedReader) -> Iterator[Result]:
        reader = _by_suffix(name)
        results = reader.read(self._document(name, stream)) if reader else self._read_stream(name, stream)
        yield from _with_last_error(results)

    def _read_stream(self, name: str, stream: BinaryIO) -> Iterator[Result]:
        """Read what no suffix tells the kind of: its beginning does."""
        start = _start_of(stream)
        if not start:
            raise SaysoError(f"{name}: nothing came in; give it an article.")
        reader = next((r for r in READERS.values() if r.knows(start)), plain_text.READER)
        yield from reader.read(self._document(name, io.BufferedReader(_Rejoined(start, stream))))

    def _document(self, name: str, stream: io.BufferedReader) -> Document:
        return Document(name, stream, self.columns, self.notice, self._read_part)


def _with_last_error(results: Iterator[Result]) -> Iterator[Result]:
    """Yield results; an error that stops them is the last."""
    try:
        yield from results
    except SaysoError as error:
        yield error


def _by_suffix(path: str) -> Reader | None:
    suffix = Path(path).suffix.lower()
    return next((reader for reader in READERS.values() if suffix in reader.suffixes), None)


def _start_of(stream: BinaryIO) -> bytes:
    """Take the beginning off a stream, through its first line that is not empty."""
    lines: list[bytes] = []
    for line in stream:
        lines.append(line)
        if line.strip():
            break
    return b"".join(lines)


class _Rejoined(io.RawIOBase):
    """A stream with the beginning that was taken off; gives what has come in, without waiting for more."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, cast(io.BufferedReader, rest)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        piece, self._start = self._start[:size], self._start[size:]
        piece = piece or self._rest.read1(size)
        buffer[: len(piece)] = piece
        return len(piece)


def _shown(path: str) -> str:
    """Return a path as it can be written, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
