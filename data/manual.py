"""The pages of documentation, which are installed with the program: ``sayso docs`` lists and prints them."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import resources
from pathlib import Path

from ..errors import SaysoError

_INDEX = "README"
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<page>[\w./-]+\.md)\)")
_MARKS = re.compile(r"\*\*|`|\[(.*?)\]\(.*?\)")
_OF_COMMANDS = {
    "audit": "source-audit",
    "files": "formats",
    "data": "label",
    "evaluate": "evaluation",
    "compare": "evaluation",
    "model": "models",
    "effects": "shares",
    "cite": "evaluation",
    "config": "cli",
    "docs": "cli",
}
"""The pages of the commands that have none of their name."""
Section = tuple[str, list[tuple[str, ...]]]


def folder() -> Path:
    """Give the folder that holds the pages."""
    return Path(str(resources.files("sayso").joinpath("docs")))


def page(name: str) -> str:
    """Give a page as Markdown.

    Parameters
    ----------
    name : str
        ``annotate``; ``docs/annotate.md`` is understood too, and the name of a command.

    Raises
    ------
    SaysoError
        If there is no such page.
    """
    wanted = name.partition("#")[0].removeprefix("docs/").removesuffix(".md").removesuffix("/README").strip("/")
    paths = {path.relative_to(folder()).with_suffix("").as_posix(): path for path in sorted(folder().rglob("*.md"))}
    names = {known.removesuffix("/README"): path for known, path in paths.items()}
    found = {known.lower(): path for known, path in names.items()}.get(_OF_COMMANDS.get(wanted.lower(), wanted.lower()))
    if found is None:
        alike = get_close_matches(wanted, names, 2)
        meant = f" Did you mean {' or '.join(alike)}?" if alike else ""
        raise SaysoError(f"{name}: no such page; sayso docs lists them.{meant}")
    return found.read_text(encoding="utf-8")


def sections() -> Iterator[Section]:
    """Give the pages as the index has them: a heading, and the name of each page with what it is about."""
    for part in page(_INDEX).split("\n## ")[1:]:
        heading, _, rest = part.partition("\n")
        rows = [row for line in rest.splitlines() if line.startswith("| ") for row in _rows(line)]
        if rows:
            yield heading.strip(), rows


def _rows(line: str) -> Iterator[tuple[str, ...]]:
    """Give the pages in a row of the index."""
    first, second = (cell.strip() for cell in line.strip("| ").split(" | ", 1))
    if link := _LINK.search(first):
        links = [(link["page"], second)]
    else:
        links = [(found["page"], part) for part in second.split("; ") if (found := _LINK.search(part))]
    for number, (path, about) in enumerate(links):
        own = about.partition(": ")[2] if ": " in about else ""
        words = second if link else (own if number else first)
        if not path.startswith(".."):
            yield path.removesuffix(".md").removesuffix("/README"), _MARKS.sub(r"\1", words)
