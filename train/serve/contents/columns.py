"""The columns of the codebook, as the pages name and ask them."""

from dataclasses import dataclass

from ....data.codebook.codebook import Codebook, Column
from ....data.codebook.versions import Versions
from ....data.project.project import Project

_COUNTED_AS = {"attribution": "attributions"}  # what a project counts under another name than the codebook's
_MARKED = frozenset(("attribution",))


def codebook_of(project: Project) -> Codebook:
    """Give the codebook that is in force in a project."""
    return Versions(project.layout.root).current()


@dataclass(frozen=True, slots=True)
class Counted:
    """A column, as the list of articles counts it.

    Parameters
    ----------
    name : str
    key : str
        The name under which `data.project.records.Entry` counts it.
    is_marked : bool
        Words are marked, so that not every sentence has something in it.
    """

    name: str
    key: str
    is_marked: bool


def counted(codebook: Codebook) -> list[Counted]:
    """Give the columns that people are asked for."""
    return [Counted(c.name, _COUNTED_AS.get(c.name, c.name), c.name in _MARKED) for c in codebook.asked()]


def by_sentence(codebook: Codebook) -> list[Column]:
    """Give the asked columns whose labels are given to a sentence as a whole, by choosing one of a list."""
    return [c for c in codebook.asked() if c.name not in _MARKED and c.labels]


def shown_label(name: str) -> str:
    """Give a label as people read it.

    >>> shown_label("official_claim")
    'official claim'
    """
    return name.replace("_", " ")
