"""How to cite the tool: what ``CITATION.cff`` says, the one place where authors and title stand."""

import re
from functools import cache
from importlib import resources

from .reference import Reference

_FILE = "CITATION.cff"
_LINE = re.compile(r"(?P<indent> *)(?:- )?(?P<key>[\w-]+): *(?P<value>.*)")
_FOLDED = (">-", ">", "|", "|-")


@cache
def cff() -> dict[str, str | list[str]]:
    """Read ``CITATION.cff``: texts by key, and under ``authors`` their names.

    Only what our file holds is understood: texts, folded texts, and lists of authors and keywords.
    """
    text = resources.files("sayso").joinpath(_FILE).read_text(encoding="utf-8")
    found: dict[str, str | list[str]] = {}
    key = ""
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and not line.startswith((" ", "-")):
            key, value = match["key"], _unquoted(match["value"])
            found[key] = "" if value in _FOLDED else value
        elif line.strip():
            found[key] = _longer(found[key], line.strip())
    authors = found.get("authors")
    return found | {"authors": _names(authors) if isinstance(authors, list) else []}


def _longer(value: str | list[str], line: str) -> str | list[str]:
    """Add a line to a text, or to a list."""
    if line.startswith("- ") or isinstance(value, list):
        return [*(value if isinstance(value, list) else []), line]
    return f"{value} {line}".strip()


def _names(lines: list[str]) -> list[str]:
    """Give the names of authors: of a person the surname first."""
    people: list[dict[str, str]] = []
    for line in lines:
        if line.startswith("- "):
            people.append({})
        key, _, value = line.removeprefix("- ").partition(": ")
        people[-1][key] = _unquoted(value)
    return [of["name"] if "name" in of else f"{of['family-names']}, {of['given-names']}" for of in people]


def _unquoted(value: str) -> str:
    return value.strip().strip("\"'")


def tool_reference() -> Reference:
    """Give the reference of the tool, in the version that its citation file comes with."""
    facts = cff()
    fields = {"note": f"Version {facts['version']}", "howpublished": "Computer software"}
    if url := facts.get("repository-code") or facts.get("url"):
        fields["url"] = str(url)
    year = str(facts.get("date-released", ""))[:4]
    return Reference("sayso", "misc", str(facts["title"]), tuple(facts["authors"]), year, fields)
