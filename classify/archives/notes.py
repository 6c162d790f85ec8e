"""What a run keeps of each file: whether it is finished, what went wrong, and the sums of its articles.

A note is written when the output stands in its place: with it a file is finished, without it the file is done again. It is
two members of gzip, lines of JSON both: the first is one line, of the file; the second a line for each error and article.
"""

import contextlib
import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from unicodedata import normalize

from ...data.atomic_write import replace_file
from ...errors import SaysoError
from .inputs import ERRORS, OURS, ArchiveFile

_IN_MEMORY = 1 << 20  # bytes of a note that wait in memory
SUFFIX = ".note"  # what looks for *.jsonl or *.parquet does not find it
_ERROR = b'{"error":'
_LEVEL = 1  # half of it is random numbers, which nothing makes smaller


Rows = list[dict[str, Any]]
"""Of ``errors.jsonl``."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a file that was worked on.

    Parameters
    ----------
    given, output : str
        As in `ArchiveFile`.
    root : int
    size, time : int
        Of the file when it was read, in bytes and nanoseconds; -1 where it could not be told.
    finished : bool
        Its output stands in its place.
    articles, sentences, errors : int
        How many.
    """

    given: str
    output: str
    root: int
    size: int
    time: int
    finished: bool
    articles: int
    sentences: int
    errors: int

    def is_of(self, stamp: tuple[int, int]) -> bool:
        """Tell whether the file still has the size and the time that it had."""
        return (self.size, self.time) == stamp


def stamp_of(path: str) -> tuple[int, int]:
    """Give the size and the time of a file, by which a change shows; -1 and -1 where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return -1, -1
    return found.st_size, found.st_mtime_ns


class NoteLines:
    """Collects the lines of a note while its file is read; a context manager."""

    def __init__(self) -> None:
        self.n_errors = 0
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)

    def __enter__(self) -> "NoteLines":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def error(self, row: Mapping[str, Any]) -> None:
        """Add an error."""
        self.n_errors += 1
        self._add({"error": row})

    def article(self, sums: Mapping[str, Any]) -> None:
        """Add what `sums.sums_of` gave."""
        self._add(sums)

    def _add(self, values: Mapping[str, Any]) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(f"{json.dumps(values)}\n".encode())

    def errors(self) -> list[dict[str, Any]]:
        """Give the errors that were added."""
        self._file.seek(0)
        return [values["error"] for values in map(json.loads, self._file) if "error" in values]

    def write(self, note: Note, out: str) -> None:
        """Write a note with these lines into the folder of outputs; of a file that is not finished only the errors."""
        path = note_path(out, note.output)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file.seek(0)
        kept = self._file if note.finished else (line for line in self._file if line.startswith(_ERROR))
        with replace_file(path, durable=False) as target:  # half a note is none, and the file is done again
            with _gzip(target) as head:
                head.write(f"{json.dumps(asdict(note))}\n".encode())
            with _gzip(target) as lines:
                lines.writelines(kept)


def _gzip(file: IO[bytes]) -> gzip.GzipFile:
    return gzip.GzipFile(
        filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0
    )  # no time: always the same bytes


def note_path(out: str, output: str) -> Path:
    """Give where the note of an output stands."""
    return notes_folder(out) / (output + SUFFIX)


def notes_folder(out: str) -> Path:
    """Give the folder that holds the notes, at the places of the outputs."""
    return Path(out, OURS, "notes")


def read_note(out: str, output: str) -> Note | None:
    """Read what is known of a file by the place of its output; None where nothing is, or the note is broken."""
    try:
        with gzip.open(note_path(out, output)) as file:
            return Note(**json.loads(file.readline()))
    except (OSError, EOFError, zlib.error, ValueError, TypeError):
        return None


def notes_of(out: str) -> Iterator[Note]:
    """Yield the notes of all files that a folder has any of, in no order."""
    for output in noted_outputs(out):
        note = read_note(out, output)
        if note is not None:
            yield note


def noted_outputs(out: str) -> Iterator[str]:
    """Yield the places of the outputs that a folder has notes of, in no order."""
    folder = notes_folder(out)
    for path in folder.rglob(f"*{SUFFIX}"):
        yield normalize("NFC", path.relative_to(folder).as_posix().removesuffix(SUFFIX))


def lines_of(out: str, output: str) -> Iterator[dict[str, Any]]:
    """Yield the further lines of a note.

    Raises
    ------
    SaysoError
        If it cannot be read.
    """
    path = note_path(out, output)
    try:
        with gzip.open(path) as file:
            file.readline()
            for line in file:
                yield json.loads(line)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise SaysoError(f"{path}: damaged ({error}); delete it and run sayso annotate again.") from error


def errors_of_note(out: str, note: Note) -> Rows:
    """Give the errors of a file, as rows of ``errors.jsonl``."""
    if not note.errors:
        return []
    return [line["error"] for line in lines_of(out, note.output) if "error" in line]


def write_errors(out: str, files: Iterable[ArchiveFile], unkept: Mapping[str, Rows]) -> int:
    """Write ``errors.jsonl``: what went wrong with all files, in their order; without errors there is no such file.

    Parameters
    ----------
    out : str
        The folder of outputs.
    files : iterable of ArchiveFile
        All files, also those of other parts.
    unkept : mapping of str to list of dict
        Errors of files whose note could not be written, by their output.

    Returns
    -------
    int
        How many errors there are.
    """
    path, n_errors = Path(out, ERRORS), 0
    with replace_file(path) as target:
        for file in files:
            for row in unkept.get(file.output) or _kept(out, file):
                target.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode(errors="replace"))
                n_errors += 1
    if not n_errors:
        with contextlib.suppress(OSError):
            path.unlink()
    return n_errors


def _kept(out: str, file: ArchiveFile) -> Rows:
    note = read_note(out, file.output)
    try:
        return errors_of_note(out, note) if note else []
    except SaysoError as error:
        return [{"file": file.given, "article": None, "row": None, "message": str(error)}]


def write_listing(out: str, files: Sequence[ArchiveFile]) -> None:
    """Keep which outputs a run is to have, so that what comes later knows whether all are there."""
    text = "".join(f"{json.dumps(file.output)}\n" for file in files)
    with replace_file(_listing(out)) as file:
        file.write(text.encode())


def read_listing(out: str) -> list[str]:
    """Give the places of the outputs that the last run was to have, in the order in which its files are read."""
    try:
        return [json.loads(line) for line in _listing(out).read_bytes().splitlines()]
    except (OSError, ValueError):
        return []


def _listing(out: str) -> Path:
    return Path(out, OURS, "outputs")
