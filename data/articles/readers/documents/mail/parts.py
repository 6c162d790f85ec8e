"""The parts of a message by what is done with them, and what their headers say, however broken."""

import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

_DEEPEST = 50  # parts within parts
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_FIRST_COUNTS = ("multipart/related", "multipart/signed")  # pictures or a signature follow
_TEXTS = ("text/plain", "text/html", "application/xhtml+xml")
_NO_ATTACHMENTS = ("multipart/", "message/", "application/pgp-", "application/pkcs7-", "image/")


@dataclass(slots=True)
class Parts:
    """The parts of a message by what is done with them."""

    texts: list[Message] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    n_attachments: int = 0
    encrypted: bool = False

    def sort(self, part: Any, depth: int = 0) -> None:
        """Put a part, and all within it, where it belongs."""
        if depth > _DEEPEST:
            return
        kind = part.get_content_type()
        within = [inner for inner in (part.get_payload() if part.is_multipart() else ()) if isinstance(inner, Message)]
        if kind in _ENCRYPTED:
            self.encrypted = True
        elif kind == "message/rfc822":
            self.messages += within
        elif kind == "multipart/alternative":
            self._sort_alternatives(within, depth)
        elif within:
            for inner in within[:1] if kind in _FIRST_COUNTS else within:
                self.sort(inner, depth + 1)
        else:
            self._sort_leaf(part, kind, depth)

    def _sort_leaf(self, part: Any, kind: str, depth: int) -> None:
        """Put a part that holds no others where it belongs."""
        if kind in _TEXTS and not (depth and _is_attached(part)):
            self.texts.append(part)
        elif depth and not kind.startswith(_NO_ATTACHMENTS):
            self.n_attachments += 1

    def _sort_alternatives(self, within: list[Message], depth: int) -> None:
        """Of several forms of one text, take the HTML, or else the plain text."""
        for wanted in ("text/html", "text/plain"):
            for inner in within:
                if any(part.get_content_type() == wanted and _has_words(part) for part in inner.walk()):
                    return self.sort(inner, depth + 1)
        for inner in within[:1]:
            self.sort(inner, depth + 1)
        return None


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except (LookupError, ValueError, TypeError, AttributeError):
        return False


def _has_words(part: Message) -> bool:
    payload = part.get_payload(decode=True)
    return isinstance(payload, bytes) and bool(re.sub(rb"<[^>]*>|&nbsp;|\s", b"", payload))


def header(message: Message, name: str) -> str:
    """Return a header in one line, decoded; as it stands where it is broken."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    value = _from_bytes(raw)
    try:
        value = str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        pass
    return " ".join(value.replace("\0", "").split())


def _from_bytes(header: str) -> str:
    """Decode bytes beyond ASCII, which a header should not have."""
    raw = header.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def payload(part: Message) -> tuple[bytes, str | None]:
    """Return the bytes of a part, and the encoding that it names."""
    raw = part.get_payload(decode=True)
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError, TypeError, AttributeError):
        charset = None
    return raw if isinstance(raw, bytes) else b"", charset


def parameter(part: Message, name: str) -> Any:
    """Return a parameter of a part's kind; empty without one."""
    try:
        return part.get_param(name, "")
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
