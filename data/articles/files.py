"""Reading articles out of files, folders and standard input, each by the reader of its kind.

Whatever cannot be read is one `SaysoError` and stops nothing else: a bad file among good ones,
or a bad row in a table, is reported and left out.
"""

import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast
from unicodedata import normalize

from ...errors import OwnError, SaysoError
from ..packed.pieces import MAX_DEPTH
from ..records import Article
from ..system.whole_file import is_already_open, opened_file, special
from .amounts import Amount, files_in
from .cells.characters import checked_characters
from .folder_columns import with_folder_columns
from .kinds import article_suffixes, reader_of
from .metadata.date_columns import with_iso_dates, with_readable_dates
from .metadata.dates import ORDERS
from .notices import Notices, Say, tell_files
from .reader import START, Document, Reader, suffix_of
from .readers import json_lines
from .tables import Columns, Result, together
from .text.joined_lines import with_joined_lines
from .unused_columns import TABLES, with_unused_columns_told


def read_articles(
    paths: Iterable[str],
    *,
    columns: Columns | None = None,
    notice: Say | None = None,
    on_error: Callable[[SaysoError], None] | None = None,
    amount: Amount | None = None,
    names: Mapping[str, str] | None = None,
    rows_together: bool = False,
) -> Iterator[Article]:
    """Yield the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : iterable of str
        Files, folders (with all below them, sorted, without hidden files), or ``-`` for standard input.
    columns : Columns, optional
        Names in a table; without them the usual ones are looked for.
    notice : callable, optional
        Is told, in a line each, what was guessed, changed or left out.
    on_error : callable, optional
        Is given each file or row that could not be read. Without it the first is raised.
    amount : Amount, optional
        Tells at any time how much has been read.
    names : mapping of str to str, optional
        How ids and messages name a path, where that is not as it is given.
    rows_together : bool, default=False
        The rows of a file that have not the column of a part are one error, not one each.

    Yields
    ------
    Article
        A text file's id is its path as given; a row's is its id column or ``path:row``. What folders such as
        ``outlet=Orla/year=2024`` say of their articles is known of each, unless it says otherwise itself.
    """
    files = _Files(columns or Columns(), Notices(notice), amount or Amount(), names or {}, rows_together=rows_together)
    yield from _articles(files, paths, on_error)


def read_folder(
    folder: Path,
    without: Container[Path] = (),
    *,
    notice: Say | None = None,
    on_error: Callable[[SaysoError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of a folder as `read_articles` does, but for files that somebody else reads.

    Parameters
    ----------
    folder : Path
    without : container of Path
        The files that are passed over, beginning with ``folder``.
    notice, on_error : callable, optional
        See `read_articles`.
    """
    files = _Files(Columns(), Notices(notice), Amount(), without=without)
    yield from _articles(files, [str(folder)], on_error)


def _articles(files: "_Files", paths: Iterable[str], on_error: Callable[[SaysoError], None] | None) -> Iterator[Article]:
    for path in paths:
        for result in files.read(path):
            found = files.finished(result) if isinstance(result, Article) else result
            if isinstance(found, Article):
                yield found
            elif on_error is None:
                raise found
            else:
                on_error(found)
        files.notices.tell_counts()


@dataclass(frozen=True, slots=True)
class _Files:
    """Reads whatever a path leads to."""

    columns: Columns
    notices: Notices
    amount: Amount
    names: Mapping[str, str] = field(default_factory=dict)
    without: Container[Path] = ()
    rows_together: bool = False

    def read(self, path: str) -> Iterator[Result]:
        """Yield what a path holds; what stops its reading comes last."""
        try:
            yield from _with_last_error(self._read_path(path))
        except OSError as error:
            yield SaysoError(f"{self._shown(path)}: {error.strerror or error}; check the path.")
        except MemoryError:
            raise
        except Exception as error:
            if "\0" in path:
                yield SaysoError(f"{self._shown(path)}: not a valid path ({error}).")
            else:  # a bug in the reader: the other files are read
                yield OwnError.of(self._shown(path), error)

    def finished(self, article: Article) -> Result:
        """Mend what is written in ways that no reader knows of: characters, and lines that were wrapped."""
        try:
            checked = checked_characters(article, self.notices, mend=self.columns.mend_encoding)
            return with_joined_lines(checked, self.notices)
        except (SaysoError, MemoryError):
            raise
        except Exception as error:
            return OwnError.of(article.id, error)

    def _read_path(self, path: str) -> Iterator[Result]:
        if path == "-":
            if sys.stdin is None:
                raise SaysoError("-: there is no standard input; give a file.")
            with self.amount.counting(sys.stdin.buffer):
                yield from self._dated(self._read_stream("-", sys.stdin.buffer))
            return
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            yield from self._read_folder(path)
        elif stat.S_ISREG(mode):
            yield from self._dated(self._read_file(path), partial(self._quietly, path))
        elif is_already_open(path):
            with open(path, "rb") as stream:
                yield from self._dated(self._read_stream(self._shown(path), stream))
        else:
            raise SaysoError(
                f"{self._shown(path)}: this is {special(mode)}, not a file; give a file, or - for standard input."
            )

    def _dated(self, results: Iterator[Result], again: Callable[[], Iterator[Result]] | None = None) -> Iterator[Result]:
        order = self.columns.date_order and ORDERS[self.columns.date_order]
        read_again = again and (lambda: with_readable_dates(again()))
        return with_iso_dates(with_readable_dates(results), self.notices, read_again, order)

    def _read_file(self, path: str) -> Iterator[Result]:
        with (
            opened_file(path, "a file with articles") as stream,
            open(os.dup(stream.fileno()), "rb") as watched,  # a reader may close its stream
            self.amount.counting(stream),
        ):
            before = os.fstat(watched.fileno())
            reader = reader_of(path, stream.read(START), self.columns.text)
            stream.seek(0)
            name = self._shown(path)
            found = self._together(reader.read(self._document(name, stream)), name)
            yield from self._told(reader, with_folder_columns(found, name), name)
            if _has_changed(before, os.fstat(watched.fileno())):
                yield SaysoError(
                    f"{name}: the file changed while it was being read; wait until it is "
                    "complete, then run the command again."
                )

    def _quietly(self, path: str) -> Iterator[Result]:
        """Read a file once more; whatever there is to tell is told by the first reading."""
        return _with_last_error(_Files(self.columns, Notices(), Amount(), self.names)._read_file(path))

    def _read_folder(self, path: str) -> Iterator[Result]:
        left: Counter[str] = Counter()
        taken: Counter[str] = Counter()
        closed: list[OSError] = []
        for file, why in files_in(path, closed.append):
            if Path(file) in self.without:
                continue
            if why is None:
                taken[suffix_of(os.path.basename(file))] += 1
                yield from self.read(file)
            else:
                left[why] += 1
        for error in closed:
            place = self._shown(os.fspath(error.filename or path))
            yield SaysoError(
                f"{place}: cannot read this folder ({error.strerror or error}); its files are missing from the result."
            )
        yield from tell_files(self._shown(path), "folder", taken, left, self.notices)

    def _read_part(self, depth: int, name: str, stream: io.BufferedReader) -> Iterator[Result]:
        if depth > MAX_DEPTH:
            yield SaysoError(f"{name}: archives nested more than {MAX_DEPTH} deep; unpack it yourself.")
        elif stream.peek(1):
            yield from _with_last_error(self._read_stream(name, stream, depth))
        else:
            yield SaysoError(f"{name}: no text; leave it out.")

    def _read_stream(self, name: str, stream: BinaryIO, depth: int = 0) -> Iterator[Result]:
        """Read what comes in one piece after the other."""
        start = _start_of(stream)
        if len(start) < START and not start.strip():
            raise SaysoError(f"{name}: the input is empty; give an article.")
        reader = reader_of(name, start, self.columns.text)
        document = self._document(name, io.BufferedReader(_Rejoined(start, stream)), depth, is_pipe=not depth)
        with document.opened:
            yield from self._told(reader, self._together(reader.read(document), name), name)
            yield from document.problems

    def _together(self, results: Iterator[Result], name: str) -> Iterator[Result]:
        return together(results, name) if self.rows_together else results

    def _told(self, reader: Reader, results: Iterator[Result], name: str) -> Iterator[Result]:
        return (
            with_unused_columns_told(results, name, self.notices)
            if isinstance(reader.place, str) and reader.place in TABLES
            else results
        )

    def _shown(self, path: str) -> str:
        return self.names.get(path) or shown_path(path)

    def _document(self, name: str, stream: io.BufferedReader, depth: int = 0, *, is_pipe: bool = False) -> Document:
        read_part = partial(self._read_part, depth + 1)
        return Document(name, stream, self.columns, self.notices, read_part, article_suffixes(), is_pipe=is_pipe)


def _has_changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _with_last_error(results: Iterator[Result]) -> Iterator[Result]:
    """Yield results; an error that stops them is the last."""
    try:
        yield from results
    except SaysoError as error:
        yield error


def _start_of(stream: BinaryIO) -> bytes:
    """Take the beginning off a stream: a line of JSON, since lines are to be read as they come in, else `START` bytes."""
    lines: list[bytes] = []
    size = 0
    while size < START and (line := stream.readline(START)):  # empty lines may have no end
        lines.append(line)
        size += len(line)
        if line.strip():
            break
    start = b"".join(lines)
    if json_lines.knows(start) or len(start) >= START:
        return start
    return start + stream.read(START - len(start))


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


def shown_path(path: str) -> str:
    """Return a path as ids and messages have it, the same on every system.

    With ``/`` between folders, composed letters (a Mac may give ``é`` as two characters), and no bytes that are none.
    """
    return normalize("NFC", os.fsencode(path).decode("utf-8", "replace")).replace(os.sep, "/")
