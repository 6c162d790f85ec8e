"""What articles are called on every page: by their title, and without one by how they begin."""

from collections.abc import Iterable
from textwrap import shorten

from ....data.project.project import Project
from ....data.project.records import Entry
from ....data.records import Article

_LONGEST = 100  # characters


def shown_name(article: Article) -> str:
    """Give the title, or how the text begins.

    >>> shown_name(Article("lab.csv:7", "The ferry to Bek left late. Nobody said why."))
    'The ferry to Bek left late. Nobody said why.'
    """
    words = " ".join((article.title or "").split())
    return (
        words or shorten(article.text[: 20 * _LONGEST].strip().partition("\n")[0], _LONGEST, placeholder=" …") or article.id
    )


def names_of(project: Project, entries: Iterable[Entry]) -> dict[str, str]:
    """Give the names of articles by their keys; of those without a title the text is read."""
    return {e.key: " ".join(e.title.split()) if e.title else shown_name(project.article(e.key).article) for e in entries}
