"""What every reader of a public corpus is, and what the readers share."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..articles.tables import MAX_ARTICLE
from ..citing.reference import Reference
from ..records import LabelledArticle, Span
from ..rows.files import read_json, read_utf8
from ..rows.places import is_word
from ..schemas.shown import shown
from ..system.whole_file import opened_file

GROUP = "group"
"""Key of `LabelledArticle.meta`: articles of one group (one event) are never parted by folds or splits."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_HINT = "use the file as its authors published it."


@dataclass(frozen=True, slots=True)
class Corpus:
    """A public corpus and how it is read.

    Parameters
    ----------
    title : str
        What its authors call it.
    home : str
        Where they publish it.
    licence : str or None
        As they state it; None where they state none.
    labels : mapping of str to str
        Each of its labels, and what becomes of it.
    read : callable of (Path, callable of str)
        Yields the articles of a folder, ``meta["split"]`` naming the split; the callable is told what was skipped.
    derive : callable of LabelledArticle, optional
        Adds the labels that a table of ours gives.
    references : tuple of Reference
        What to cite where it is used; without any its title and home are cited.
    """

    title: str
    home: str
    licence: str | None
    labels: Mapping[str, str]
    read: Callable[[Path, Say], Iterator[LabelledArticle]]
    derive: Callable[[LabelledArticle], LabelledArticle] | None = None
    references: tuple[Reference, ...] = ()

    @property
    def cited(self) -> tuple[Reference, ...]:
        """What to cite: the papers that its authors name, or its home where there are none."""
        key = "".join(filter(str.isalnum, self.title.lower()))
        return self.references or (Reference(key, "misc", self.title, (), "", {"url": self.home}),)


def find_in(path: Path, title: str, *places: str) -> Path:
    """Find the file or folder of a corpus: the path itself where it bears that name, or one of the places below it.

    Raises
    ------
    SaysoError
        If there is nothing of the sort.
    """
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    names = {Path(place).name for place in places}
    if path.resolve().name in names:
        return path
    found = next((path / place for place in places if (path / place).exists()), None)
    if found is None:
        raise SaysoError(f"{path}: no {title} here; it must contain {' or '.join(places)}.")
    return found


def read_text(path: Path) -> str:
    r"""Read a file of a corpus: UTF-8, with line ends ``\n``."""
    return read_utf8(path).replace("\r\n", "\n").replace("\r", "\n")


def read_object(path: Path) -> Mapping[str, Any]:
    """Read a file that holds one JSON object."""
    value = read_json(read_utf8(path).removeprefix("\ufeff"), str(path))
    if not isinstance(value, dict):
        raise SaysoError(f"{path}: this is {shown(value)}; it must be an object; {_HINT}")
    return value


def read_records(path: Path, delimiter: str, columns: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the rows of a table with their places (``file:row``).

    Raises
    ------
    SaysoError
        If a column is missing, or the table is broken or empty.
    """
    n_rows = 0
    with opened_file(path, "a table of a corpus") as stream:
        for where, row in _strict_rows(stream, path, delimiter):
            if lacking := [name for name in columns if name not in row]:
                raise SaysoError(f"{where}: no {lacking[0]!r}; there are {', '.join(map(repr, row))}; {_HINT}")
            n_rows += 1
            yield where, row
    if not n_rows:
        raise SaysoError(f"{path}: no rows; {_HINT}")


def need(values: Mapping[str, Any], where: str, *names: str) -> Any:
    """Look a nested value up.

    Raises
    ------
    SaysoError
        If one of the names is missing on the way.
    """
    value: Any = values
    for n, name in enumerate(names, 1):
        if not isinstance(value, Mapping) or name not in value:
            raise SaysoError(f"{where}: no {'.'.join(names[:n])!r}; {_HINT}")
        value = value[name]
    return value


def need_whole(values: Mapping[str, Any], where: str, *names: str) -> int:
    """Look a nested whole number up, which may be written as a text.

    Raises
    ------
    SaysoError
        If it is missing, or something else.
    """
    value = need(values, where, *names)
    if type(value) is int or (isinstance(value, str) and _WHOLE.fullmatch(value)):
        return int(value)
    raise SaysoError(f"{where}: {names[-1]} is {shown(value)}, not a whole number; {_HINT}")


def need_text(values: Mapping[str, Any], where: str, *names: str) -> str:
    """Look a nested text up, which may be a number, as ids are.

    Raises
    ------
    SaysoError
        If it is missing, or something else.
    """
    value = need(values, where, *names)
    if value is None or not is_word(value):
        raise SaysoError(f"{where}: {names[-1]} is {shown(value)}; it must be text; {_HINT}")
    return str(value)


def need_list(values: Mapping[str, Any], where: str, *names: str) -> list[Any]:
    """Look a nested list up.

    Raises
    ------
    SaysoError
        If it is missing, or something else.
    """
    value = need(values, where, *names)
    if not isinstance(value, list):
        raise SaysoError(f"{where}: {names[-1]} is {shown(value)}; it must be a list; {_HINT}")
    return value


def choose(table: Mapping[str, str], value: object, what: str, where: str) -> str:
    """Give what a label of a corpus becomes.

    Raises
    ------
    SaysoError
        If the corpus has no such label.
    """
    if not isinstance(value, str) or value not in table:
        raise SaysoError(f"{where}: {what} {shown(value)} is not one of {', '.join(table)}; {_HINT}")
    return table[value]


def tell_counts(counts: Counter[str], path: Path, notice: Say) -> None:
    """Tell what was left out or mended, and how often, a line each."""
    for what, n in sorted((+counts).items()):
        notice(f"{path}: {what}: {n:,}.")


def lay_out(pieces: Iterable[tuple[str, str]]) -> tuple[str, list[Span]]:
    """Put sentences together to a text.

    Parameters
    ----------
    pieces : iterable of (str, str)
        What stands before a sentence, and the sentence; spaces around it are left out of its span.

    Returns
    -------
    str, list of Span
        The text, and where each sentence stands.
    """
    text, spans = "", []
    for before, sentence in pieces:
        plain = re.sub(r"\r\n?", "\n", sentence)
        text += before if text else ""
        n_before = len(plain) - len(plain.lstrip())
        spans.append(Span(len(text) + n_before, len(text) + len(plain.rstrip())))
        text += plain
    return text, spans


def _strict_rows(stream: BufferedReader, path: Path, delimiter: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table as its authors publish it: UTF-8, whole quotations, as many fields as the header names."""
    csv.field_size_limit(MAX_ARTICLE)
    rows = csv.reader(_lines(stream, path), delimiter=delimiter, strict=True)
    number = 0
    try:
        header = [cell.strip() for cell in next(rows, [])]
        for cells in filter(any, rows):
            number += 1
            if len(cells) > len(header):
                raise SaysoError(f"{path}:{number}: {len(cells)} fields, but the header has {len(header)}; {_HINT}")
            yield f"{path}:{number}", dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise SaysoError(f"{path}:{number + 1}: broken quoting at line {rows.line_num} ({error}); {_HINT}") from error


def _lines(stream: BufferedReader, path: Path) -> Iterator[str]:
    for number, raw in enumerate(stream, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SaysoError(f"{path}: line {number} is not UTF-8; {_HINT}") from error
        if "\0" in line:
            raise SaysoError(f"{path}: line {number} has a NUL character; {_HINT}")
        yield line
