"""What a kind of file that holds articles is: how it is known, and how its articles are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader

from ...errors import SaysoError
from .tables import MAX_ARTICLE, Columns, Result

Notice = Callable[[str], None]

MAX_BYTES = 4 * MAX_ARTICLE
"""Of one article: a character of UTF-8 has four bytes at most."""


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
    notice : callable of str
        Is told, in a line, what was guessed.
    read_part : callable of (str, BufferedReader)
        Yields the articles and errors of a part (of an archive, or what was compressed), by the reader of its own kind;
        its name tells the kind, or else its beginning. A part that cannot be read stops no other.
    """

    name: str
    stream: BufferedReader
    columns: Columns
    notice: Notice
    read_part: Callable[[str, BufferedReader], Iterator[Result]]

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
            raise SaysoError(
                f"{self.name}: more than {limit} MB are too many for one article; split it, or give JSON lines."
            )
        return raw


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of file that holds articles: an entry of `files.READERS`.

    Parameters
    ----------
    suffixes : tuple of str
        Of its files, in lower case; files with them are read out of folders.
    read : callable of Document
        Yields its articles one by one, and an error for each that cannot be read; raises a `SaysoError` where nothing
        further can be read. Memory does not grow with the number of articles.
    knows : callable of bytes, optional
        Tells from its beginning, through the first line that is not empty, whether a stream without a name (standard
        input) is of this kind. Without it none is.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Document], Iterator[Result]]
    knows: Callable[[bytes], bool] = lambda start: False
