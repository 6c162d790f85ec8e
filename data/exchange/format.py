"""What an exchange format is: how it is written, how it is known again when it comes back, and how it is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..atomic_write import replace_file
from ..codebook.codebook import Codebook
from ..records import LabelledArticle
from ..rows.files import json_rows
from ..rows.places import Row
from .passages import Judged, rows_of_judged

Write = Callable[[Sequence[LabelledArticle], Path], None]
Rows = Iterator[tuple[str, Row]]
"""Where each row stands, and the row: what `rows.labelled_rows.stream_articles` takes."""

JSON_LINES = (".jsonl", ".ndjson", ".jsonld")
"""Suffixes of the formats that are JSON lines; their first object tells which it is."""


@dataclass(frozen=True, slots=True)
class Format:
    """An exchange format: an entry of `formats.FORMATS`.

    Parameters
    ----------
    tool : str
        Who reads and writes it.
    holds : str
        What of ours it can hold.
    suffixes : tuple of str
        Of its files, in lower case, that of written ones first; of a folder: of the files that are read in it.
    write : callable of (sequence of LabelledArticle, Path), optional
        Writes a file or a folder that is not there, or may be replaced. Without it the format is only read.
    read : callable of Path, optional
        Yields the articles, and raises a `SaysoError` where one is broken.
    read_rows : callable of (Path, callable of str), optional
        Yields rows, in the place of ``read``, and tells what it does not use. Without either `rows.files.read_rows`
        reads it, as any table.
    knows : callable of Path, optional
        Tells whether a file with one of the suffixes, or a folder, is of this format. Without it every one is.
    foreign_file : callable of Path, optional
        Names a file of a folder that ``write`` did not write; None where all may be replaced. A format without it is a
        file.
    beside : str, optional
        Suffix of a second file that ``write`` writes beside the first.
    write_by : callable of (sequence of LabelledArticle, Path, Codebook), optional
        Writes it with what a codebook asks, and its texts.
    write_excel : callable, optional
        Writes it so that spreadsheets run no cell as a formula.
    needs : str, optional
        The extra that brings the library by which it is read.
    """

    tool: str
    holds: str
    suffixes: tuple[str, ...]
    write: Write | None = None
    read: Callable[[Path], Iterator[Judged]] | None = None
    read_rows: Callable[[Path, Say], Rows] | None = None
    knows: Callable[[Path], bool] = lambda path: True
    foreign_file: Callable[[Path], str | None] | None = None
    beside: str = ""
    write_by: Callable[[Sequence[LabelledArticle], Path, Codebook], None] | None = None
    write_excel: Write | None = None
    needs: str = ""

    def rows(self, path: Path, notice: Say = lambda _: None) -> Rows | None:
        """Give the rows of a file or folder; None where it is read as any table."""
        if self.read_rows:
            return self.read_rows(path, notice)
        return rows_of_judged(self.read(path)) if self.read else None

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder, not a file."""
        return self.foreign_file is not None

    @property
    def written_suffixes(self) -> tuple[str, ...]:
        """Give the suffixes that a written file may have."""
        return JSON_LINES if self.suffix == ".jsonl" else (self.suffix,)

    @property
    def suffix(self) -> str:
        """Give the suffix of a written file; empty for a folder."""
        return "" if self.is_folder else self.suffixes[0]


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, line ends included, as UTF-8; the file is there when all are written."""
    with replace_file(path) as file:
        for line in lines:
            file.write(line.encode())


def first_object(path: Path) -> Any:
    """Give the first object of JSON lines; None where there is none or it is broken."""
    return next(iter(first_objects(path, 1)), None)


def first_objects(path: Path, most: int = 20) -> list[Any]:
    """Give the first objects of JSON lines, up to where one is broken."""
    objects: list[Any] = []
    with suppress(SaysoError, OSError):
        for _, row in islice(json_rows(path), most):
            objects.append(row)
    return objects
