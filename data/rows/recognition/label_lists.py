"""Columns whose cells hold several labels: each label becomes a column of its own, with yes and no."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..label_values import label_list, plain_name, single

YES, NO = "yes", "no"
_COMMA = ","
_SIGNS = (";", "|", _COMMA)
"""What stands between labels in a cell, the least likely in a label first."""
_MOST = 50  # labels; a column with more holds words, names or notes
_LONGEST = 60  # characters of a label
_LEAST_SEVERAL = 0.05  # of the cells: fewer are slips of the hand, and the rest is one label a sentence
_AGAIN = 1.5  # times that a label stands in the column on average, or it holds words, not labels


@dataclass(slots=True)
class ListedLabels:
    """The labels of the cells seen so far, cut at one sign; without a sign, those of lists.

    Parameters
    ----------
    sign : str
        Empty for lists.
    """

    sign: str = ""
    n_cells: int = 0
    n_several: int = 0
    fits: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    alone: set[str] = field(default_factory=set)
    _cells: set[str] = field(default_factory=set)

    def add(self, value: Any) -> None:
        """Look at a cell."""
        labels = labels_in(value, self.sign) if self.fits else None
        if labels is None or any(not label or len(label) > _LONGEST for label in labels):
            self.fits = False
            return
        self.n_cells += 1
        self.n_several += len(labels) > 1
        if self.sign and value in self._cells:
            return  # "Crime, law" a hundred times is one label; what tells two is that they stand in other cells as well
        self._cells.add(str(value))
        self.counts.update(labels)
        self.alone.update(labels[:1] if len(labels) == 1 else ())
        self.fits = len(self.counts) <= _MOST

    def are_labels(self, *, asked: bool) -> bool:
        """Tell whether cells hold several labels; lists of a column that was asked for need hold no label twice."""
        if not self.fits or self.n_several < max(1, _LEAST_SEVERAL * self.n_cells) or len(self.counts) < 2:
            return False
        if self.sign == _COMMA and 2 * len(self.alone) < len(self.counts):
            return False  # "Lyon, France": what stands behind the comma never stands alone
        return (asked and not self.sign) or self.counts.total() >= _AGAIN * len(self.counts)


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """The columns that a column of several labels becomes.

    Parameters
    ----------
    sign : str
        What stands between its labels; empty for lists.
    names : dict of str to str
        Label to the name of its column.
    """

    sign: str
    names: dict[str, str]

    def row(self, value: Any) -> tuple[dict[str, str], list[str]]:
        """Give yes or no for each label, and the labels of the cell that have no column."""
        labels = labels_in(value, self.sign)
        if labels is None:
            return {}, [str(value)]
        cells = {name: YES if label in labels else NO for label, name in self.names.items()}
        return cells, [label for label in labels if label not in self.names]


def labels_in(value: Any, sign: str) -> list[str] | None:
    """Give the labels of a cell; None where it holds something else.

    >>> labels_in("sea; weather", ";"), labels_in(["sea", {"label": "weather"}], ""), labels_in([[1, 2]], "")
    (['sea', 'weather'], ['sea', 'weather'], None)
    """
    if sign:
        return [part.strip() for part in str(value).split(sign) if part.strip()] if isinstance(value, str) else None
    cells = label_list(value)
    found = [single(cell) for cell in ([value] if cells is None else cells)]
    return [cell.strip() for cell in found if isinstance(cell, str)] if all(isinstance(c, str) for c in found) else None


def label_columns(column: str, seen: Iterable[ListedLabels], *, asked: bool = False) -> LabelColumns | None:
    """Say which columns a column of several labels becomes; None where its cells hold one label, or none."""
    found = next((listed for listed in seen if listed.are_labels(asked=asked)), None)
    if found is None:
        return None
    names: dict[str, str] = {}
    for label in sorted(found.counts):
        name = f"{column}_{plain_name(label) or label}"
        names[label] = f"{column}_{label}" if name in names.values() else name
    return LabelColumns(found.sign, names)


def new_lists() -> list[ListedLabels]:
    """Give what looks at the cells of a column, for lists and for each sign."""
    return [ListedLabels(), *map(ListedLabels, _SIGNS)]
