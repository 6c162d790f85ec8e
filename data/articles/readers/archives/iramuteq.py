"""IRaMuTeQ and Alceste: a line of starred variables before each text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .entries import Entry, Export, groups_from

_STARS = re.compile(r"\s*(?:\*{4}|\d{4,5})((?:\s+\*\S+)*)\s*")
_VARIABLE = re.compile(r"\*([^\s_*]+)_?(\S*)")
_THEME = re.compile(r"\s*-\*\S+\s*")
_PARTS = {
    **dict.fromkeys("source journal media outlet newspaper presse publication revue".split(), "outlet"),
    **dict.fromkeys("date jour day".split(), "date"),
    **dict.fromkeys("title titre headline".split(), "title"),
    **dict.fromkeys("author auteur byline".split(), "byline"),
    **dict.fromkeys("language langue lang".split(), "language"),
    **dict.fromkeys("id ident uid".split(), "id"),
}


def _stars(line: str) -> bool:
    """Tell a line of variables: four stars alone, or with a variable; Alceste's numbers only with one."""
    stars = _STARS.fullmatch(line)
    return bool(stars and (stars[1] or line.strip() == "****"))


def _knows(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return _stars(first) and "*" in first.strip().lstrip("*")


def _records(lines: Iterable[str]) -> Iterator[list[str]]:
    return groups_from(lines, _stars)


def _entry(record: list[str]) -> Entry | None:
    if not _stars(record[0]):
        return None
    known: dict[str, str] = {}
    for name, value in _VARIABLE.findall(record[0]):
        part = _PARTS.get(name.casefold(), name.casefold())
        if part in ("title", "outlet", "byline"):
            value = value.replace("_", " ")
        elif part == "date":
            value = re.sub(r"[_.](?=\d)", "-", value)
        known.setdefault(part, value or "yes")
    return Entry([line for line in record[1:] if not _THEME.fullmatch(line)], known)


EXPORT = Export("IRaMuTeQ", _knows, _records, _entry)
