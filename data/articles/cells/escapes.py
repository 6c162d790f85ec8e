r"""Escapes of programming languages that were never undone: ``\n``, ``\u201c``, ``\"``, ``\/``."""

import re

_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\\u[0-9a-fA-F]{4}",
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
    r"|x(?P<byte>[0-9a-fA-F]{2})|r\\n|(?P<letter>[nrt\"'/\\]))"
)
_LETTERS = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "'": "'", "/": "/", "\\": "\\"}


def has_escapes(text: str) -> bool:
    r"""Tell whether a text was surely escaped and not undone.

    >>> [has_escapes(text) for text in (r"He left.\nShe stayed.", r"He said \"no\".", r"C:\new\text, G\"odel")]
    [True, True, False]
    """
    if "\\" not in text:
        return False
    rest = _PATH.sub("", text)
    return any(sure.search(rest) for sure in _SURE)


def without_escapes(text: str) -> str:
    r"""Return an escaped text with the characters that were meant; paths of Windows stay.

    >>> without_escapes(r"\u201cNo,\u201d he said.\n\nHe read C:\new\a.txt and left\/stayed.")
    '“No,” he said.\n\nHe read C:\\new\\a.txt and left/stayed.'
    """
    parts: list[str] = []
    at = 0
    for path in _PATH.finditer(text):
        parts += [_ESCAPE.sub(_meant, text[at : path.start()]), path[0]]
        at = path.end()
    return "".join([*parts, _ESCAPE.sub(_meant, text[at:])])


def _meant(escape: re.Match[str]) -> str:
    if escape["high"]:
        return bytes.fromhex(escape["high"] + escape["low"]).decode("utf-16-be")
    if code := escape["unit"] or escape["byte"]:
        return chr(int(code, 16))
    return _LETTERS[escape["letter"]] if escape["letter"] else "\n"
