"""XML read element by element, whatever it declares: nothing is fetched, and no entity of its own is followed."""

import codecs
import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from ...decode import encoding_of_mark
from ...reader import MAX_BYTES
from .elements import Element, name_of

_WRAPPER = "sayso-documents"
"""The root of all: old collections hold one document after the other."""

_NAMED = re.compile(r"""<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{2,40})""")
_PROLOG = re.compile(r"<\?xml\b[^>]{0,300}\?>|<!DOCTYPE[^\[>]{0,1000}(?:\[.*?\]\s*)?>", re.S)
_ENTITY = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_OF_XML = ("amp", "lt", "gt", "quot", "apos")
_OPEN = re.compile(r"(?:&[#\w]{0,40}|<[!?][^>]{0,1000}|<[!?]?)\Z")
"""What the next piece may go on with."""
_PIECE = 1 << 16  # bytes
_LATIN = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii")
"""Encodings that are named where Windows-1252 was written, which has the same letters, and marks besides."""


class XmlStream:
    """The elements of an XML file in the order of their ends.

    Parameters
    ----------
    stream : BufferedReader

    Attributes
    ----------
    root : str
        Name of the first element; "" before it has come, or if there is none.
    broken : str
        Where it is no well-formed XML, and why; "" if it is, or before the end.
    n_guessed : int
        Bytes that are not of the encoding which the file names, and were read as Windows-1252.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._source = _Mended(stream)
        self.root = ""
        self.broken = ""

    @property
    def n_guessed(self) -> int:
        """Bytes that were read as Windows-1252."""
        return self._source.n_guessed

    def __iter__(self) -> Iterator[tuple[Element, int]]:
        """Yield each element with its depth, 0 for the root; whoever takes one may clear it."""
        from lxml import etree

        # Entities of the file's own could be made to fill the memory, or to read other files.
        events: Any = etree.iterparse(
            io.BufferedReader(self._source),
            events=("start", "end"),
            recover=True,
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        depth = 0
        try:
            for event, element in events:
                self._source.n_since = 0
                if name_of(element) == _WRAPPER:
                    continue
                self.root = self.root or name_of(element)
                if event == "start":
                    depth += 1
                else:
                    depth -= 1
                    yield element, depth
        except etree.XMLSyntaxError as error:
            self.broken = error.msg
            return
        if self._source.n_since > MAX_BYTES:
            self.broken = f"no element begins or ends within {MAX_BYTES // 1_000_000} MB"
            return
        wrong = next((entry for entry in events.error_log if entry.level_name in ("ERROR", "FATAL")), None)
        if wrong is not None:
            self.broken = f"line {wrong.line:,}: {wrong.message.strip()}"


class _Mended(io.RawIOBase):
    """The bytes of XML in UTF-8, without declarations, in one root, with characters in the place of HTML's entities."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.n_guessed = 0
        encoding = _encoding_of(stream.peek(1024)[:1024])
        self._decoder = codecs.getincrementaldecoder(encoding)(_AS_WINDOWS)
        self._ready = f"<{_WRAPPER}>".encode()
        self._rest = ""
        self._is_over = False
        self.n_since = 0  # characters since the last element

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._is_over:
            self._fill()
        piece, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _fill(self) -> None:
        raw = self._stream.read(_PIECE) if self.n_since <= MAX_BYTES else b""
        self.n_since += len(raw)
        self._is_over = not raw
        text = self._rest + self._decoder.decode(raw, final=not raw)
        is_open = _OPEN.search(text, max(0, len(text) - 1100)) if raw else None
        self._rest = text[is_open.start() :] if is_open else ""
        text = _ENTITY.sub(_as_number, _PROLOG.sub("", text[: is_open.start()] if is_open else text))
        text, n_guessed = _GUESSED.subn(_of_windows, text)
        self.n_guessed += n_guessed
        self._ready = text.encode("utf-8", "replace") + (f"</{_WRAPPER}>".encode() if not raw else b"")


_GUESSED = re.compile("[\uf780-\uf7ff]")
"""Characters for private use, each for a byte until they are counted."""
_AS_WINDOWS = "sayso-as-windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xF700 + byte) for byte in error.object[error.start : error.end]), error.end


def _of_windows(guessed: re.Match[str]) -> str:
    return bytes([ord(guessed[0]) & 0xFF]).decode("cp1252", "replace")


codecs.register_error(_AS_WINDOWS, _as_windows)


def _encoding_of(start: bytes) -> str:
    """Return the encoding of XML: by its mark, by where its zeros are, by what it names, or else UTF-8."""
    if marked := encoding_of_mark(start):
        return marked
    if b"\0" in start[:4]:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    named = _NAMED.search(start.decode("latin-1"))
    encoding = named[1].lower() if named else "utf-8"
    if encoding in _LATIN:
        return "cp1252"
    try:
        return "utf-8" if encoding.startswith(("utf-16", "utf-32", "ucs")) else codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"


def _is_half(number: str) -> bool:
    """Tell the number of half a character: lxml keeps it, and cannot give the text around it.

    >>> _is_half("#xD800"), _is_half("#57343"), _is_half("#8220"), _is_half("#x")
    (True, True, False, False)
    """
    try:
        return 0xD800 <= (int(number[2:], 16) if number[1:2] in "xX" else int(number[1:])) <= 0xDFFF
    except ValueError:
        return False


def _as_number(entity: re.Match[str]) -> str:
    """Return a named entity of HTML as its numbers, and what XML does not know as words."""
    name = entity[1]
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        return "&#65533;" if _is_half(name) else entity[0]
    if name in _OF_XML:
        return entity[0]
    characters = html5.get(f"{name};")
    return f"&amp;{name};" if characters is None else "".join(f"&#{ord(one)};" for one in characters)
