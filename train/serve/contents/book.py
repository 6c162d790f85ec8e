"""The codebook as its page shows it: what is in force, and what each version changed."""

from itertools import pairwise
from typing import Any, NamedTuple

from ....data.codebook.changes import changes
from ....data.codebook.versions import FILE, Versions
from ....data.project.project import Project


class Version(NamedTuple):
    """A version, and what it changed: a line each."""

    number: int
    changes: list[str]


def codebook_page(project: Project) -> dict[str, Any]:
    """Give what the template speaks of."""
    root = project.layout.root
    versions = Versions(root)
    book = versions.current()
    return {
        "book": book,
        "asked": book.asked(),
        "file": root / FILE,
        "folder": root / "codebook",
        "versions": list_versions(versions),
    }


def list_versions(versions: Versions) -> list[Version]:
    """List the versions, the newest first, each with what it changed in the one before."""
    books = [versions.version(number) for number in versions.numbers()]
    listed = [Version(book.version or 0, changes(before, book)) for before, book in pairwise(books)]
    first = [Version(books[0].version or 0, ["the first version"])] if books else []
    return [*first, *listed][::-1]
