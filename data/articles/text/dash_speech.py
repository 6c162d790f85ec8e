"""Speech that dashes mark, as in Spanish, French and Polish: ``—We leave —said Roe—``.

A dash at a paragraph's start is one of an item too, so an attribution has to show that somebody speaks.
"""

import re

_SAID = (
    "said|says|asked|asks|added|adds|replied|replies|answered|answers|shouted|cried|whispered|told|wrote|explained|declared|"
    "continued|insisted|warned|recalled|exclaimed|complained|confirmed|noted|admitted|stressed|joked|sighed|agreed"
)
_ATTRIBUTION = rf"(?:(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){{0,3}}) )?(?:{_SAID})\b"
_DASH = "[—–―]"
_PARAGRAPH = re.compile(rf"^[ \t]*(?P<dash>{_DASH})\s?(?=[\w¿¡“‘\"'…])", re.MULTILINE)
_AFTER_DASH = re.compile(rf"\s?(?P<mark>{_DASH})\s?{_ATTRIBUTION}[^—–―\n]*")
_AFTER_COMMA = re.compile(rf"(?P<mark>[,!?…])\s{_ATTRIBUTION}[^—–―\n]*")
_RESUMES = re.compile(rf"(?P<dash>{_DASH})[.,:;]?\s?(?=\S)")


def with_marks_for_dashes(text: str) -> str:
    """Return a text with quotation marks in the place of the dashes around speech, or of the comma where no dash ends it.

    >>> with_marks_for_dashes("—We leave —said Roe—. Nobody stays.")
    '“We leave ”said Roe“. Nobody stays.'
    """
    paragraphs = list(_PARAGRAPH.finditer(text))
    if not paragraphs:
        return text
    marks: dict[int, str] = {}
    for m in paragraphs:
        end = text.find("\n", m.end())
        marks |= _speech(text, m, len(text) if end < 0 else end)
    if not marks:
        return text
    parts = list(text)
    for at, mark in marks.items():
        parts[at] = mark
    return "".join(parts)


def _speech(text: str, opening: re.Match[str], end: int) -> dict[int, str]:
    """Return the marks of one paragraph by their place; none if nobody speaks in it."""
    marks: dict[int, str] = {}
    opened, at = opening.start("dash"), opening.end()
    while opened >= 0:
        said = _AFTER_DASH.search(text, at, end) or _AFTER_COMMA.search(text, at, end)
        if said is None:
            if marks:
                marks[opened] = "“"
            break
        marks[opened] = "“"
        marks[said.start("mark")] = "”"
        resumed = _RESUMES.match(text, said.end(), end)
        opened, at = (resumed.start("dash"), resumed.end()) if resumed else (-1, end)
    return marks
