"""The codebook as its page shows it: what is in force, and what each version changed."""

from itertools import pairwise
from typing import Any, NamedTuple

from ....data.codebook.changes import changes
from ....data.codebook.versions import FILE, Versions
from ....data.project.project import Project
from ..desk import Desk


class Version(NamedTuple):
    """A version, and what it changed: a line each."""

    number: int
    changes: list[str]


def codebook_page(desk: Desk) -> dict[str, Any]:
    """Give what the template speaks of; ``error`` is what is wrong with the file as it is now."""
    root = desk.project.layout.root
    versions = Versions(root)
    book = versions.current()
    listed = list_versions(versions)
    return {
        "latest": next(iter(listed[:-1]), None),
        "book": book,
        "error": desk.codebook_error,
        "asked": book.asked(),
        "file": root / FILE,
        "folder": root / "codebook",
        "versions": listed,
    }


def changed_since(project: Project, shown: object) -> list[str]:
    """Say what changed since a version: a line each."""
    versions = Versions(project.layout.root)
    if type(shown) is not int or shown not in versions.numbers():
        return []
    return changes(versions.version(shown), versions.current())


def list_versions(versions: Versions) -> list[Version]:
    """List the versions, the newest first, each with what it changed in the one before."""
    books = [versions.version(number) for number in versions.numbers()]
    listed = [Version(book.version or 0, changes(before, book)) for before, book in pairwise(books)]
    first = [Version(books[0].version or 0, ["the first version"])] if books else []
    return [*first, *listed][::-1]
