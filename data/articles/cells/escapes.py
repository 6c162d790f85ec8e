r"""Escapes of programming languages that were never undone: ``\n``, ``\u201c``, ``\xe2\x80\x9c``, ``\"``, ``<U+201C>``."""

import re
import sys

_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\\u[0-9a-fA-F]{4}|\\U000[01][0-9a-fA-F]{4}|\\x[89a-fA-F][0-9a-fA-F]|(?:\\[23][0-7]{2}){2}",
        r"\\r\\n|\\n\s*\\n",
        r"[.!?…”’\"']\s*\\[nr](?![a-z])",  # a line that ends with its sentence
        r"[a-z,;:)]\s?\\n(?=[\"'“‘«\[(]?[A-Z0-9“‘])",
        r"(?:^|[\s(\[—–-])\\\"(?=\w)[^\\\"]{1,2000}\\\"",  # marks before and behind words
        r"(?<=[a-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)",
        r"(?<=https:|.http:)\\/\\/|(?<=\w)\\/(?=\w)",
    )
)
"""Ordinary text has none of these; one of them tells that the whole text was escaped."""
_IN_PATH = r"(?:[^\s\"“”.,;\\]|[.,;](?!\\)|\\(?![nr]\\[nr]))*"  # no folder's name ends with a period
_PATH = re.compile(rf"(?<![A-Za-z])[A-Za-z]:\\{_IN_PATH}|\\\\[\w.-]{{2,}}\\[\w$]{_IN_PATH}")
_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<unit>[0-9a-fA-F]{4})"
    r"|U(?P<long>000[01][0-9a-fA-F]{4})|x(?P<bytes>[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*)"
    r"|(?P<octal>[23][0-7]{2}(?:\\[23][0-7]{2})+)|r\\n|(?P<letter>[nrt\"'/\\]))"
)
_OF_R = re.compile(r"<U\+(?P<unit>[0-9A-Fa-f]{4,8})>|(?P<bytes>(?:<[89a-f][0-9a-f]>){2,}|<(?:85|9[1-7])>)")
"""How R prints what the machine's encoding does not have: ``<U+2019>``, ``<92>``, ``<e2><80><99>``."""
_LETTERS = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "'": "'", "/": "/", "\\": "\\"}


def has_escapes(text: str) -> bool:
    r"""Tell whether a text was surely escaped and not undone.

    >>> [has_escapes(text) for text in (r"He left.\nShe stayed.", r"He said \"no\".", r"C:\new\text, G\"odel")]
    [True, True, False]
    """
    if "<" in text and _OF_R.search(text):
        return True
    if "\\" not in text:
        return False
    rest = _PATH.sub("", text)
    return any(sure.search(rest) for sure in _SURE)


def without_escapes(text: str) -> str:
    r"""Return an escaped text with the characters that were meant; paths of Windows stay.

    >>> without_escapes(r"\u201cNo,\u201d he said.\n\nHe read C:\new\a.txt and left\/stayed.")
    '“No,” he said.\n\nHe read C:\\new\\a.txt and left/stayed.'
    """
    text = _OF_R.sub(_meant_by_r, text)
    parts: list[str] = []
    at = 0
    for path in _PATH.finditer(text):
        parts += [_ESCAPE.sub(_meant, text[at : path.start()]), path[0]]
        at = path.end()
    return "".join([*parts, _ESCAPE.sub(_meant, text[at:])])


def _meant(escape: re.Match[str]) -> str:
    if escape["high"]:
        return bytes.fromhex(escape["high"] + escape["low"]).decode("utf-16-be")
    if code := escape["unit"] or escape["long"]:
        return chr(int(code, 16))
    if escape["bytes"]:
        return _of_bytes(bytes.fromhex(escape["bytes"].replace("\\x", "")), escape[0])
    if escape["octal"]:
        return _of_bytes(bytes(int(code, 8) for code in escape["octal"].split("\\")), escape[0])
    return _LETTERS[escape["letter"]] if escape["letter"] else "\n"


def _meant_by_r(printed: re.Match[str]) -> str:
    if printed["unit"]:
        code = int(printed["unit"], 16)
        return chr(code) if code <= sys.maxunicode else printed[0]
    return _of_bytes(bytes.fromhex(printed["bytes"].replace("<", "").replace(">", "")), printed[0])


def _of_bytes(raw: bytes, escape: str) -> str:
    """Return what bytes mean in UTF-8, or else in Windows-1252; the escape where they mean nothing."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return escape
