"""The columns that a user names, where a table of labelled sentences calls them otherwise than is usual."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ....errors import SaysoError
from ...tabular.column_names import named_column

_OPTIONS = {"text": "--text-column", "article": "--article-column", "target": "--target-column", "stance": "--stance-column"}


@dataclass(frozen=True, slots=True)
class RowNames:
    """The column that holds each part of a labelled sentence; None stands for its usual names.

    Parameters
    ----------
    text, article, target, stance : str or None
        The sentence; its article; towards whom a stance is, and which.
    labels : tuple of str
        Label columns of the user's own: they are labels whatever they hold.
    asked : tuple of str
        Columns that a command was asked for by name, such as the one to learn: kept where they are, under their name.
    by_text : bool
        Without a column of the article a sentence is an article that is called by its words, the same in every file.
    by_annotator : bool
        The rows are of several annotators, who may tell different things of the article of one sentence.
    """

    text: str | None = None
    article: str | None = None
    target: str | None = None
    stance: str | None = None
    labels: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    by_text: bool = False
    by_annotator: bool = False

    def of_parts(self) -> dict[str, str]:
        """Return the columns that were named, by part."""
        named = {part: getattr(self, part) for part in _OPTIONS}
        return {part: column for part, column in named.items() if column is not None}

    def found_in(self, columns: Sequence[str]) -> "RowNames":
        """Give the names as a table writes them, which may differ in capitals and outer spaces; others stay as they are."""
        parts: dict[str, Any] = {part: named_column(columns, column) or column for part, column in self.of_parts().items()}
        labels = tuple(named_column(columns, column) or column for column in self.labels)
        return replace(self, **parts, labels=labels)

    def checked(self, columns: Sequence[str], where: str) -> "RowNames":
        """Give the names as a table writes them; refuse one that it does not have.

        Raises
        ------
        SaysoError
            The message names the option and the columns that there are.
        """
        found = self.found_in(columns)
        for option, column in found.options():
            if column not in columns:
                raise SaysoError(f"{where}: no column {column!r} ({option}); it has {listed(columns)}.")
        return found

    def options(self) -> list[tuple[str, Any]]:
        """Return them as options of a command."""
        of_parts = [(_OPTIONS[part], column) for part, column in self.of_parts().items()]
        return of_parts + [("--label-column", column) for column in self.labels]


def listed(columns: Sequence[str], most: int = 12) -> str:
    """List names of columns for a message.

    >>> listed(["id", "text"]), listed([])
    ("'id', 'text'", 'no columns')
    """
    names = [repr(name if len(name) <= 30 else name[:29] + "…") for name in columns[:most] if name]
    return ", ".join(names) + (f" and {len(columns) - most:,} more" if len(columns) > most else "") or "no columns"


USUAL = RowNames()
"""No column is named: the usual names are looked for."""
