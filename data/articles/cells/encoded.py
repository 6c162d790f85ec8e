"""Texts that were encoded for sending, and not decoded: base64, quoted-printable, percent signs."""

import base64
import binascii
import quopri
import re
from urllib.parse import unquote_plus

_BASE64 = re.compile(r"(?>(?:[A-Za-z0-9+/]{4}\s?)*)(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z")
_SHORTEST_BASE64 = 40  # characters; a shorter word may be a word
_QUOTED = re.compile(r"(?:=[C-F][0-9A-F](?:=\n)?)(?:=[89AB][0-9A-F])")
_PERCENT = re.compile(r"[^\s%]*(?:%20|\+)[^\s]*%[0-9A-Fa-f]{2}[^\s]*|[^\s%]*(?:%20[^\s%]+){3,}[^\s]*")

_SPACE = re.compile(r"(?<=[\w.,;:!?”\"'’)])%20(?=[\w“\"'‘(])")
_SENTENCE_BEGINS = re.compile(r"[.!?][”\"'’)]?%20[“\"'‘(]?[A-Z]")


def decoded(text: str) -> str | None:
    r"""Return a text that was encoded for sending; None where it was not.

    >>> decoded("VGhlIHN0b3JtIGNsb3NlZCB0aGUgaGFyYm91ciBmb3IgYSBkYXku")
    'The storm closed the harbour for a day.'
    >>> decoded("=E2=80=9CNo,=E2=80=9D he said, and=\n left."), decoded("It%20rained%20all%20day."), decoded("a=E2 5%20")
    ('“No,” he said, and left.', 'It rained all day.', None)
    """
    if _QUOTED.search(text):
        return _utf8(quopri.decodestring(text.encode()))
    words = text.strip()
    if "%" in words and _PERCENT.fullmatch(words) and "://" not in words:
        return unquote_plus(words)
    if "%20" in words and _SENTENCE_BEGINS.search(words) and "://" not in words:  # between sentences, so in no file's name
        return _SPACE.sub(" ", text)
    return from_base64(words)


def _utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def from_base64(text: str) -> str | None:
    """Return the text that stands in a text as base64; None where it is none.

    >>> from_base64("VGhlIHN0b3JtIGNsb3NlZCB0aGUgaGFyYm91ciBmb3IgYSBkYXku"), from_base64("harbours")
    ('The storm closed the harbour for a day.', None)
    """
    letters = text.strip()
    if len(letters) < _SHORTEST_BASE64 or not _BASE64.match(letters):
        return None
    try:
        text = base64.b64decode(letters).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return text if " " in text and text.replace("\n", " ").replace("\r", "").replace("\t", " ").isprintable() else None
