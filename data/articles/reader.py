"""What a kind of file that holds articles is: how it is known, and how its articles are read."""

import re
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from io import BufferedReader
from pathlib import PurePath
from typing import IO, Any, Protocol, cast

from ...errors import SaysoError
from ..packed.pieces import CutOffError
from .notices import Notices
from .tables import MAX_ARTICLE, Columns, Result

MAX_BYTES = 4 * MAX_ARTICLE
"""Of one article: a character of UTF-8 has four bytes at most."""
MAX_PASSED = 2_000_000_000
"""Bytes of one record that are read to reach the next. A longer one is taken for a file without an end."""
MAX_PIPED = 1_000_000_000
"""Bytes that are kept of standard input, where a kind of file has to be read more than once."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that hold one article or many: a file, standard input, or a part of an archive.

    Parameters
    ----------
    name : str
        How messages name it, and the id of an article that has no other: its path, or ``-`` for standard input.
    stream : BufferedReader
        All of its bytes; only a file's can be rewound.
    columns : Columns
        The columns that the user named, for tables.
    notices : Notices
        Is told what was guessed, changed or left out.
    read_part : callable of (str, BufferedReader)
        Yields the articles and errors of a part (of an archive, or what was compressed), by the reader of its own kind;
        its name tells the kind, or else its beginning. A part that cannot be read stops no other.
    suffixes : frozenset of str, optional
        Of the files that are read out of archives, as `suffix_of` gives them.
    problems : list of SaysoError, optional
        Errors to be told behind what was read.
    opened : ExitStack, optional
        Closes what was opened for reading it.
    is_pipe : bool, default=False
        It comes from another program, which may never end.
    """

    name: str
    stream: BufferedReader
    columns: Columns
    notices: Notices
    read_part: Callable[[str, BufferedReader], Iterator[Result]]
    suffixes: frozenset[str] = frozenset()
    problems: list[SaysoError] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)
    is_pipe: bool = False
    _copy: list[BufferedReader] = field(default_factory=list, init=False)

    def whole(self) -> bytes:
        """Return all bytes of one article.

        Raises
        ------
        SaysoError
            If there are more than `MAX_BYTES`.
        """
        raw = self.stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise SaysoError(f"{self.name}: more than {limit} MB, too large for one article; split it, or give JSON lines.")
        return raw

    def seekable(self) -> BufferedReader:
        """Return its bytes from the first, for reading more than once; what comes by a pipe goes to a temporary file.

        Where that breaks off, what came before is read, and the error told behind it.

        Raises
        ------
        SaysoError
            If a pipe gives more than `MAX_PIPED` bytes, or what was packed more than text does.
        """
        if not self.stream.seekable() and not self._copy:
            copy = self.opened.enter_context(tempfile.TemporaryFile())
            self._copy.append(cast(BufferedReader, copy))
            try:
                self._keep(copy)
            except CutOffError as error:
                self.problems.append(error)
        stream = self._copy[0] if self._copy else self.stream
        stream.seek(0)
        return stream

    def _keep(self, copy: IO[bytes]) -> None:
        while piece := self.stream.read(1 << 20):
            copy.write(piece)
            if self.is_pipe and copy.tell() > MAX_PIPED:
                limit = MAX_PIPED // 1_000_000
                raise SaysoError(f"{self.name}: more than {limit:,} MB by a pipe; save it as a file, and give that.")


PACKED = (".gz", ".bz2", ".xz", ".zst")
"""Suffixes that stand behind the one of what was compressed."""


def suffix_of(name: str) -> str:
    """Give the suffix that tells a file's kind, in lower case; of what is compressed the one before as well.

    >>> suffix_of("May.JSONL"), suffix_of("news/may.csv.gz"), suffix_of("README")
    ('.jsonl', '.csv.gz', '')
    """
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix + path.suffix if path.suffix in PACKED else path.suffix


ABOUT_FOLDER = re.compile(r"(?:readme|licen[cs]e|changelog|contributing|code_of_conduct)\.(?:md|markdown|txt)", re.I)


def left_out_as(name: str, suffixes: Container[str]) -> str | None:
    """Tell how a file of a folder or archive is counted that is not read; None of one that is.

    >>> [left_out_as(name, {".txt", ".csv.gz"}) for name in ("a.txt", "b.CSV.gz", "b.jpg", "news/README.txt")]
    [None, None, '.jpg', 'README.txt']
    """
    own_name, suffix = PurePath(name).name, suffix_of(name)
    if suffix not in suffixes:
        return suffix
    return own_name if ABOUT_FOLDER.fullmatch(own_name) else None


def optional_module(module: str, where: str, kind: str, extra: str = "files") -> Any:
    """Import a library that only some kinds of file need.

    Parameters
    ----------
    module : str
        As it is imported.
    where : str
        File, for the message.
    kind : str
        What it reads, as in "reading PDF".
    extra : str, default="files"
        Of ours that brings it along.

    Raises
    ------
    SaysoError
        If it is not installed; the message says how to get it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise SaysoError(f'{where}: reading {kind} needs {name}; install it with: pip install "sayso[{extra}]"') from error


class Reading(Protocol):
    """What reads a kind of file: a module of `readers`."""

    def read(self, document: Document, /) -> Iterator[Result]:
        """Yield its articles one by one, and an error for each that cannot be read.

        Raises
        ------
        SaysoError
            Where nothing further can be read. Memory does not grow with the number of articles.
        """
        ...

    def knows(self, start: bytes, /) -> bool:
        """Tell by its beginning (`START` bytes at most) whether something is surely of this kind, whatever its name."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of file that holds articles: an entry of `files.READERS`.

    Parameters
    ----------
    kind : str
        What users call it, in the plural, and what it gives, for the table of kinds.
    suffixes : tuple of str
        Of its files, in lower case; files with them are read out of folders. Two kinds may share one.
    place : str or Reading
        The module that reads it, below ``data.articles.readers``; it is loaded for the first file that may be of the kind.
    begins : bytes, optional
        A regular expression that matches what a file of this kind begins with, behind a byte order mark and white space.
        Without it only the suffix tells the kind.
    extra : str, optional
        Of ours that has to be installed for it.
    """

    kind: str
    suffixes: tuple[str, ...]
    place: str | Reading
    begins: bytes | None = None
    extra: str = ""

    def knows(self, start: bytes) -> bool:
        """Tell by its beginning whether something is surely of this kind."""
        if self.begins is None:
            return False
        may_be = re.match(rb"%s(?:%s)" % (_BLANK, self.begins), start, re.DOTALL)
        return may_be is not None and self._module.knows(start)

    def read(self, document: Document) -> Iterator[Result]:
        """Yield the articles of a document."""
        return self._module.read(document)

    @property
    def _module(self) -> Reading:
        if isinstance(self.place, str):
            return cast(Reading, import_module(f".readers.{self.place}", __package__))
        return self.place


_BLANK = rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ \t\r\n\0]*"
START = 1 << 16
"""Bytes of a file's beginning by which its kind is told."""
