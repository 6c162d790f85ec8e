"""What an exchange format is: how it is written, how it is known again when it comes back, and how it is read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..atomic_write import replace_file
from ..records import LabelledArticle
from ..rows.files import json_rows
from .passages import Judged

Write = Callable[[Sequence[LabelledArticle], Path], None]

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
    write : callable of (sequence of LabelledArticle, Path)
        Writes a file or a folder that is not there, or may be replaced.
    read : callable of Path, optional
        Yields the articles, and raises a `SaysoError` where one is broken. Without it `rows.files.read_rows` reads it,
        as any table.
    knows : callable of Path, optional
        Tells whether a file with one of the suffixes, or a folder, is of this format. Without it every one is.
    parts : tuple of str, optional
        Suffixes of all files that its folder may hold; empty for a format that is a file.
    beside : str, optional
        Suffix of a second file that ``write`` writes beside the first.
    write_excel : callable, optional
        Writes it so that spreadsheets run no cell as a formula.
    """

    tool: str
    holds: str
    suffixes: tuple[str, ...]
    write: Write
    read: Callable[[Path], Iterator[Judged]] | None = None
    knows: Callable[[Path], bool] = lambda path: True
    parts: tuple[str, ...] = ()
    beside: str = ""
    write_excel: Write | None = None

    @property
    def is_folder(self) -> bool:
        """Tell whether it is a folder, not a file."""
        return bool(self.parts)

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
    with suppress(SaysoError, OSError):
        return next(iter(json_rows(path)), ("", None))[1]
    return None
