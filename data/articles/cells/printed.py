r"""Values that a program printed into a cell in the place of words: lists, objects, bytes."""

import ast
import json
import re
import warnings
from typing import Any

_STRING = re.compile(r"[uU]?(?:'(?>(?:[^'\\]|\\.)*)'|\"(?>(?:[^\"\\]|\\.)*)\")", re.S)
_BETWEEN = re.compile(r"\s*+,?\s*+")
_ENDS = {"[": "]", "(": ")", "{": "}"}
_BYTES = re.compile(r"b(?:'(?>(?:[^'\\]|\\.)*)'|\"(?>(?:[^\"\\]|\\.)*)\")\Z", re.S)


def printed_value(text: str) -> Any:
    r"""Return the value that a text is the print of: of Python, NumPy or JSON; None where it is none.

    A list or tuple of strings is a list, an object a dictionary, bytes and JSON's own strings are text.

    >>> printed_value("['The pit opened.', \"It's wet.\"]"), printed_value("['A.'\n 'B.']"), printed_value('["a", 1]')
    (['The pit opened.', "It's wet."], ['A.', 'B.'], ['a', 1])
    >>> printed_value("b'Caf\\xc3\\xa9'"), printed_value('{"text": "Dry."}'), printed_value('"No," he said. "Never."')
    ('Café', {'text': 'Dry.'}, None)
    >>> printed_value("[Editor's note: It rained.]") is None
    True
    """
    text = text.strip()
    first, last = text[:1], text[-1:]
    if first == "b" and _BYTES.match(text):
        return _of_bytes(text)
    if first == '"' == last:
        return _json(text) if "\\" in text else None
    if not first or _ENDS.get(first) != last or len(text) < 3:
        return None
    value = _strings(text) or _json(text) or _literal(text)
    return value if first != "(" or isinstance(value, tuple) else None  # other brackets hold prose


def _strings(text: str) -> list[str] | None:
    """Read a list of strings one by one: Python would make one of two that have no comma between, as NumPy prints them."""
    if text[0] != "[":
        return None
    strings: list[str] = []
    at, end = len(text) - len(text[1:].lstrip()), len(text) - 1
    while at < end:
        string = _STRING.match(text, at, end)
        if string is None:
            return None
        value = _literal(string[0])
        if not isinstance(value, str):
            return None
        strings.append(value)
        between = _BETWEEN.match(text, string.end(), end)
        at = between.end() if between else end
    return strings or None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _literal(text: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that Python does not know
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _of_bytes(text: str) -> str | None:
    value = _literal(text)
    try:
        return value.decode("utf-8") if isinstance(value, bytes) else None
    except UnicodeDecodeError:
        return None
