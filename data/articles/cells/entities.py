"""Characters that stand in a text as entities: ``&amp;``, ``&#8217;``, and those that were written twice over."""

import re
from html import unescape
from html.entities import html5

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});(?![ \t]+entit(?:y|ies)\b)")
_TWICE = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_NO_CHARACTER = re.compile(r"&#\d{1000,};?")
_DEEPEST = 3  # times that a text was made safe for HTML, one program after the other


def has_entities(text: str) -> bool:
    """Tell whether there is an entity in a text; a name that HTML does not know is none."""
    return any(is_known(entity[0]) for entity in _ENTITY.finditer(text)) if "&" in text else False


def without_entities(text: str) -> str:
    """Return a text with characters in the place of entities; names need their semicolon.

    >>> without_entities("AT&T & R&amp;D: &amp;quot;Non&eacute;&amp;quot; &unknown; ?a=1&copy=2")
    'AT&T & R&D: "Noné" &unknown; ?a=1&copy=2'
    """
    for _ in range(_DEEPEST):
        if not _TWICE.search(text):
            break
        text = _TWICE.sub("&", text)
    return _ENTITY.sub(lambda entity: unescape(entity[0]) if is_known(entity[0]) else entity[0], text)


def unescaped(text: str) -> str:
    """Put characters in the place of all entities, as `html.unescape` does, which fails on a number of 5,000 digits.

    >>> unescaped("Nyhamn &amp; Ulvik &#" + "9" * 5000 + ";") == "Nyhamn & Ulvik \ufffd"
    True
    """
    return unescape(_NO_CHARACTER.sub("\ufffd", text))


def is_known(entity: str) -> bool:
    """Tell whether HTML knows an entity, given with its ampersand and semicolon."""
    return entity.endswith(";") and (entity[1] == "#" or entity[1:] in html5)
