"""What the columns of a table hold, seen in a first pass: how many cells, how many different ones, of which shape."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...tabular.column_names import plain
from ..label_values import label_list, single
from ..places import Row, value_shown
from .cells import cells_of
from .label_lists import ListedLabels, new_lists

_MOST_HASHES = 20_000  # different values that are told apart; a column with more holds no labels
_MOST_VALUES = 200  # different values whose shape is looked at
_FEW = 5  # rows with as many values, all different: too few to tell labels from notes
_SHORT = 4  # words; a cell with more is a note, not a label, if no other row says the same
_MOST_DECIMALS = 20  # different decimal numbers; more are no labels (a few may be, as means of ratings)

_SOURCE = "source"  # the one column of which it counts whether its words stand in the sentence

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dates", re.compile(r"\d{4}-\d\d?-\d\d?([T ].*)?|\d{1,2}[./]\d{1,2}[./]\d{4}( .*)?|1[0-9]{12}|1[0-9]{9}\.\d+")),
    ("addresses", re.compile(r"https?://\S+|www\.\S+|[^@\s]+@[^@\s]+\.\w+")),
    ("ids", re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{8,}|(?=.*\d)[0-9a-f]{16,}", re.IGNORECASE)),
    ("decimal numbers", re.compile(r"[+-]?\d*[.,](?!0+$)\d+(e[+-]?\d+)?", re.IGNORECASE)),
)


@dataclass(slots=True)
class Column:
    """What the cells of a column hold; empty ones do not count."""

    n_cells: int = 0
    n_nested: int = 0
    n_in_text: int = 0
    values: dict[str, None] = field(default_factory=dict)
    listed: list[ListedLabels] = field(default_factory=new_lists)
    _hashes: set[int] = field(default_factory=set)

    def add(self, value: Any, words: str = "") -> None:
        """Look at a cell; see whether it stands in the words of its row, if these are given."""
        self.n_cells += 1
        for listed in self.listed:
            listed.add(value)
        if not isinstance(value, str) or value[:1] in ("[", " "):
            value = single(value)
            if value is None or isinstance(value, Mapping | bytes) or label_list(value) is not None:
                self.n_nested += 1
                return
        shown = value_shown(value).strip()
        if len(self._hashes) < _MOST_HASHES:
            self._hashes.add(hash(shown))
        if len(self.values) < _MOST_VALUES:
            self.values[shown] = None
        if words:
            self.n_in_text += shown in words

    @property
    def n_different(self) -> int:
        """How many values it has."""
        return len(self._hashes)

    @property
    def n_again(self) -> int:
        """How many cells say what another one said; 0 where there are too many to know."""
        return self.n_cells - self.n_nested - self.n_different if self.n_different < _MOST_HASHES else 0

    @property
    def all_values_known(self) -> bool:
        """Tell whether `values` has all of them."""
        return self.n_different <= len(self.values)

    @property
    def holds_sentences(self) -> bool:
        """Tell whether most values are several words."""
        return 2 * sum(len(value.split()) > 1 for value in self.values) > len(self.values)

    def why_no_labels(self) -> str | None:
        """Say why these values are no labels; None where they may be."""
        if self.n_nested > self.n_cells / 2:
            return "lists or objects"
        n, n_different = self.n_cells - self.n_nested, self.n_different
        repeats = 3 * n_different <= n
        if (shape := self._shape()) and not (shape == "decimal numbers" and repeats and n_different <= _MOST_DECIMALS):
            return shape
        if n_different >= _MOST_HASHES:
            return "too many different values"
        if n_different == n and (n >= _FEW or (n > 1 and self._are_notes())):
            return "every value is different"
        if n >= 4 * _FEW and 2 * n_different > n:
            return f"{n_different:,} different values in {n:,} rows"
        return None

    def _shape(self) -> str | None:
        counts = Counter(next((name for name, shape in _SHAPES if shape.fullmatch(value)), "") for value in self.values)
        name, n = counts.most_common(1)[0] if counts else ("", 0)
        return name if name and 2 * n > len(self.values) else None

    def _are_notes(self) -> bool:
        return all(len(value.split()) > _SHORT for value in self.values)


@dataclass(slots=True)
class Survey:
    """What the columns of a table hold."""

    n_rows: int = 0
    columns: dict[str, Column] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    def filled(self) -> list[str]:
        """Return the columns that are not empty, in the order of the table."""
        return [name for name in self.names if name and name in self.columns]


def survey(rows: Iterable[tuple[str, Row]]) -> Survey:
    """Look at all rows of a table once; what is kept does not grow with their number."""
    seen = Survey()
    for _, row in rows:
        seen.n_rows += 1
        for name in row:
            seen.names.setdefault(str(name).strip())
        for name, value in cells_of(row).items():
            seen.names.setdefault(name)
            column = seen.columns.get(name)
            if column is None:
                column = seen.columns[name] = Column()
            column.add(value, _longest(row) if plain(name) == _SOURCE else "")
    return seen


def _longest(row: Row) -> str:
    """Return the longest text of a row: its sentence, whatever that is called."""
    return max((value for value in row.values() if isinstance(value, str)), key=len, default="")
