"""XML read element by element, whatever it declares: no entity of its own is followed, nothing is fetched."""

import io
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from .elements import Element, name_of

WRAPPER = "sayso-documents"
"""The root of what has no declaration: old collections hold one document after the other."""

_ENTITY = re.compile(rb"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_OF_XML = (b"amp", b"lt", b"gt", b"quot", b"apos")
_LONGEST = 40  # bytes of an entity
_PIECE = 1 << 16  # bytes
_DECLARATION = re.compile(rb"\s*<(?:\?xml|!DOCTYPE)")


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
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.root = ""
        self.broken = ""

    def __iter__(self) -> Iterator[tuple[Element, int]]:
        """Yield each element with its depth, 0 for the root; whoever takes one may clear it."""
        from lxml import etree

        source = io.BufferedReader(_Mended(self._stream))
        # Entities of the file's own could be made to fill the memory, or to read other files.
        events: Any = etree.iterparse(
            source,
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        depth = 0
        try:
            for event, element in events:
                if name_of(element) == WRAPPER:
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
        wrong = next((entry for entry in events.error_log if entry.level_name in ("ERROR", "FATAL")), None)
        if wrong is not None:
            self.broken = f"line {wrong.line:,}: {wrong.message.strip()}"


class _Mended(io.RawIOBase):
    """The bytes of XML with characters in the place of the entities of HTML, and a root around what has no declaration."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        start = stream.peek(_LONGEST)[:200]
        self._is_ascii = not start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in start[:8]
        is_bare = self._is_ascii and not _DECLARATION.match(start.removeprefix(b"\xef\xbb\xbf"))
        self._end = f"</{WRAPPER}>".encode() if is_bare else b""
        self._ready = f"<{WRAPPER}>".encode() if is_bare else b""
        self._rest = b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._is_over:
            self._fill()
        piece, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def _fill(self) -> None:
        piece = self._stream.read(_PIECE)
        self._is_over = not piece
        raw = self._rest + piece
        cut = raw.rfind(b"&", max(0, len(raw) - _LONGEST))  # an entity may go on in the next piece
        self._rest = raw[cut:] if piece and cut >= 0 else b""
        raw = raw[:cut] if self._rest else raw
        self._ready = (_ENTITY.sub(_as_number, raw) if self._is_ascii else raw) + (self._end if not piece else b"")


def _as_number(entity: re.Match[bytes]) -> bytes:
    """Return a named entity of HTML as its numbers, and an ampersand that begins none as one that XML can read."""
    name = entity[1]
    if name is None:
        return b"&amp;"
    if name.startswith(b"#") or name in _OF_XML:
        return entity[0]
    characters = html5.get(f"{name.decode()};")
    return entity[0] if characters is None else "".join(f"&#{ord(one)};" for one in characters).encode()
