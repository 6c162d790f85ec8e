"""Lines of a text of any size, one after the other, in whatever encoding."""

import codecs
import io
from collections.abc import Iterable, Iterator
from functools import partial
from io import BufferedReader

from ...decode import check_is_no_archive, encoding_of_mark, told_encoding
from ...reader import MAX_BYTES, Document

_CHUNK = 1 << 18  # bytes


def _from_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows-1252: exports that were put together have pieces in either."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", "replace"), error.end


codecs.register_error("sayso-windows-1252", _from_windows)


def text_lines(document: Document) -> Iterator[str]:
    """Yield the lines of a text without their ends; the file is read twice, and never held as a whole."""
    stream = document.seekable()
    encoding, errors = _encoding_of(stream, document)
    stream.seek(0)
    with io.TextIOWrapper(stream, encoding, errors) as text:
        yield from split_lines(iter(partial(text.readline, MAX_BYTES), ""))


def split_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without their ends and without byte order marks; the end of a printed page is a line of its own."""
    for line in lines:
        for piece in line.rstrip("\n").replace("\v", "\n").replace("\f", "\n\f\n").split("\n"):
            yield piece.replace("\ufeff", "")


def first_lines(start: bytes) -> list[str]:
    """Return the lines of a file's beginning, by which its kind is told."""
    encoding = encoding_of_mark(start)
    if encoding is None and start[:2_000].count(0) * 3 > len(start[:2_000]):
        encoding = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    text = start.decode(encoding or "utf-8", "replace")
    return list(split_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _encoding_of(stream: BufferedReader, document: Document) -> tuple[str, str]:
    """Return the encoding of a text, which is read through for it, and what is done about bytes that do not fit."""
    start = chunk = stream.read(_CHUNK)
    check_is_no_archive(start[:16], document.name)
    if encoding := encoding_of_mark(start):
        return encoding, "sayso-windows-1252" if encoding == "utf-8-sig" else "replace"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
        if start.count(0) * 3 <= len(start):  # else UTF-16 without a mark, which is valid UTF-8 in English
            return "utf-8", "strict"
    except UnicodeDecodeError:
        pass
    encoding = told_encoding(_not_utf8((chunk or start)[:100_000]), document.name, document.notices.say)
    return ("utf-8", "sayso-windows-1252") if encoding == "cp1252" else (encoding, "replace")


def _not_utf8(sample: bytes) -> bytes:
    """Leave out what is UTF-8 beyond ASCII, so that the encoding of the other pieces can be guessed."""
    text = sample.decode("utf-8", "surrogateescape")
    return "".join(c for c in text if c < "\x80" or "\udc80" <= c <= "\udcff").encode("ascii", "surrogateescape")
