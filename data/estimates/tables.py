"""Tables of labels by machine or people: their rows with what each says in a column."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.metadata.date_columns import DateOrder
from ..articles.metadata.dates import ORDERS, iso_date, year_of
from ..articles.notices import Notices
from ..datasets.as_file import as_file
from ..datasets.build import labelled_rows
from ..records import LABEL_COLUMNS, Article
from ..rows.files import holds_table, read_rows
from ..rows.label_values import scheme_label, single
from ..rows.places import ABOUT_ARTICLE, RESERVED, Row, value_shown
from ..rows.recognition.cells import cells_of
from ..rows.recognition.names import RowNames, listed
from ..rows.recognition.survey import survey
from ..rows.suggestions import is_label_column
from ..scheme import LABELS_OF
from ..tabular.column_names import OF_SENTENCES, find_column, is_administration, named_column

STANCE = "stance: "
"""The columns of stances begin so; the target follows."""
PROBABILITIES = ("pi", "sampling_probability", "inclusion_probability", "selection_probability")
"""Usual names of a column with the probability that a row was drawn for the sample."""
_OF_DATE = {"month": len("2024-05"), "year": len("2024")}
_FIELDS = ("outlet", "date", "language", "title", "url")


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of a file, each cell by its column.

    Parameters
    ----------
    name : str
        How messages call the file.
    places : sequence of str
        Where each row stands: ``file:number``.
    rows : sequence of mapping
        Filled cells.
    articles : mapping of str to Article
        Articles by their ids, which tell more of the rows; none unless they were read as well.
    date_order : str, optional
        The order of the numbers of dates that the user gave, one of `dates.ORDERS`.
    """

    name: str
    places: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    articles: Mapping[str, Article] = field(default_factory=dict)
    date_order: str | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def columns(self) -> list[str]:
        """The columns that are not empty."""
        return list(dict.fromkeys(name for row in self.rows for name in row))

    def part(self, part: str, named: str | None = None) -> str | None:
        """Give the column that holds a part of a labelled sentence: the one that was named, or one of the usual names."""
        columns = self.columns
        if named is not None:
            if (found := named_column(columns, named)) is None:
                raise SaysoError(f"{self.name}: no column {named!r}; it has {listed(columns)}.")
            return found
        return find_column(columns, OF_SENTENCES[part])

    def cells(self, column: str) -> list[str]:
        """Give what each row says in a column; empty where it says nothing."""
        return [_shown(row.get(column), column) for row in self.rows]

    def values(self, name: str) -> list[str]:
        """Give what is known of each row by a name: a column, a field of its article, ``month`` or ``year`` of its date.

        Raises
        ------
        SaysoError
            If no row and no article tells anything of it.
        """
        columns = self.columns
        column = name if name in columns else find_column(columns, OF_SENTENCES.get(name, ()))
        column = column or (ABOUT_ARTICLE + name if ABOUT_ARTICLE + name in columns else None)
        found = self.cells(column) if column else self._of_articles(name)
        if not any(found) and name in _OF_DATE:
            found = self._parts_of_dates(name)
        if not any(found):
            known = [*columns, *(key for article in list(self.articles.values())[:1] for key in article.extra)]
            hint = "" if self.articles else " To add information about the articles, give --articles FILE."
            raise SaysoError(f"{self.name}: no column {name!r}; it has {listed(known)}.{hint}")
        return found

    def _parts_of_dates(self, name: str) -> list[str]:
        seen, dates = DateOrder(self.date_order and ORDERS[self.date_order]), self._dates()
        for words in dates:
            seen.add(words)
        days = [iso_date(words, seen.order) or year_of(words) for words in dates]
        return [day[: _OF_DATE[name]] if len(day) >= _OF_DATE[name] else "" for day in days]

    def _dates(self) -> list[str]:
        column = find_column(self.columns, OF_SENTENCES["date"])
        return self.cells(column) if column else self._of_articles("date")

    def _of_articles(self, name: str) -> list[str]:
        column = self.part("article")
        if not self.articles or column is None:
            return [""] * len(self)
        of = {key: _known(article, name) for key, article in self.articles.items()}
        return [of.get(article, "") for article in self.cells(column)]

    def label_columns(self) -> list[str]:
        """Name the columns that hold labels: those of the scheme, stances, and others whose cells can be labels."""
        seen = survey(zip(self.places, self.rows, strict=True))
        parts = {find_column(self.columns, names) for part, names in OF_SENTENCES.items() if part not in LABEL_COLUMNS}
        return [
            name
            for name in self.columns
            if name in LABEL_COLUMNS
            or name.startswith(STANCE)
            or not (
                name in parts
                or name in RESERVED
                or name in PROBABILITIES
                or name.startswith(ABOUT_ARTICLE)
                or is_administration(name)
                or not is_label_column(name)
                or seen.columns[name].why_no_labels()
            )
        ]


def _known(article: Article, name: str) -> str:
    value = article.extra.get(name)
    return (value or getattr(article, name) if name in _FIELDS else value) or ""


def _shown(value: Any, column: str) -> str:
    """Give a cell as text; a label of the scheme by its name."""
    value = single(value) if value is not None else ""
    if isinstance(value, Mapping | list | tuple | bytes) or value is None:
        return ""
    words = value_shown(value).strip()
    allowed = LABELS_OF.get(column)
    return (scheme_label(words, allowed) if allowed else None) or words


def read_table(path: Path, kept: Sequence[str], notices: Notices) -> Table:
    """Read labels: a table, what ``sayso annotate`` wrote, a dataset folder, or a file of another tool.

    Parameters
    ----------
    path : Path
    kept : sequence of str
        Columns that are asked for by name.
    notices : Notices
        Is told what was guessed.

    Raises
    ------
    SaysoError
        If the file cannot be read, or holds no rows.
    """
    with as_file(path, notices.say) as file:
        told = file.notices(notices)
        if file.path.is_file() and holds_table(file.path):
            found = read_rows(file.path, told)
        else:
            found = labelled_rows(file.path, RowNames(asked=tuple(kept)), told)(told)
        places, rows = [], []
        for where, row in file.rows(found):
            places.append(where)
            rows.append(_cells(row))
        told.tell_counts()
    if not rows:
        raise SaysoError(f"{path}: no labels.")
    return Table(str(path), places, rows)


def _cells(row: Row) -> dict[str, Any]:
    cells = cells_of(row)
    if (stance := cells.get("stance")) is not None and "target" not in cells:
        cells |= dict(_stances(stance))
    return cells


def _stances(stance: Any) -> Iterator[tuple[str, str]]:
    """Give a column for each target of a sentence."""
    if isinstance(stance, str):
        try:
            stance = json.loads(stance)
        except (ValueError, RecursionError):
            return
    if not isinstance(stance, Mapping | list):
        return
    items = (
        stance.items() if isinstance(stance, Mapping) else ((x.get("target"), x) for x in stance if isinstance(x, Mapping))
    )
    for target, label in items:
        label = label.get("label") if isinstance(label, Mapping) else label
        if target and isinstance(label, str):
            yield f"{STANCE}{target}", label


def with_articles(table: Table, path: Path | None, notices: Notices, date_order: str | None = None) -> Table:
    """Add what is known of the articles: those that were annotated, by their ids; and the order of dates' numbers.

    Raises
    ------
    SaysoError
        If none of them is an article of the table.
    """
    table = replace(table, date_order=date_order)
    if path is None:
        return table
    from ..articles.files import read_articles
    from ..articles.tables import Columns

    column = table.part("article")
    if column is None:
        raise SaysoError(f"{table.name}: no column names the article, so --articles {path} cannot be joined.")
    columns = Columns(date_order=date_order)
    articles = {article.id: article for article in read_articles([str(path)], columns=columns, notice=notices.say)}
    ids = set(table.cells(column))
    if not ids & articles.keys():
        raise SaysoError(f"{path}: none of its {len(articles):,} articles occurs in {table.name}, such as {min(ids)!r}.")
    return replace(table, articles=articles)
