"""Which column of a user's table is what: part of a labelled sentence, a label of the user's own, or neither.

It is decided on the whole table, and what is not used is told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from typing import Any

from ....errors import SaysoError
from ...articles.notices import Notices
from ...display import counted
from ..places import ABOUT, ABOUT_ARTICLE, Row, is_absent
from .cells import cells_of, own_label, settle_source, settle_stance, settle_text
from .choice import Choice, choose_columns
from .names import USUAL, RowNames, listed
from .survey import Survey, survey

Rows = Iterator[tuple[str, Row]]
_OURS = frozenset(("article", "n", "start", "end", "text"))
BY_TEXT = "text "
"""The ids of articles that are called by the words of their sentence begin so."""
_FIRST = 1000  # rows by which a table is judged that can be read only once


@dataclass(frozen=True, slots=True)
class Reading:
    """Gives the rows of a table under the names that `places` and `labels` know.

    Parameters
    ----------
    choice : Choice or None
        What is read from which column; None: all as it stands, since sayso wrote it.
    """

    choice: Choice | None = None

    def is_by_text(self) -> bool:
        """Tell whether rows of one sentence are one article."""
        return self.choice is not None and self.choice.by_text

    def row(self, values: Row, where: str, notices: Notices | None = None) -> Row:
        """Return a row under our names.

        Parameters
        ----------
        values : mapping
        where : str
        notices : Notices, optional
            Is told of cells that are read otherwise than they stand.
        """
        if self.choice is None:
            return values
        cells = cells_of(values)
        row: dict[str, Any] = {}
        for part, columns in self.choice.parts.items():
            value = next((cells[column] for column in columns if column in cells), None)
            if value is not None:
                row[part] = value
        if self.choice.by_text:
            row["article"] = _id_of(str(row.get("text", "")))
        elif "article" in self.choice.parts and "article" not in row and notices:
            notices.count("rows without an article, each read as an article of its own", where)
        settle_source(row, where, notices)
        settle_text(row, where, notices)
        settle_stance(row, where, notices)
        for column, name in self.choice.own.items():
            if column in cells and (label := own_label(cells[column], column, where, notices)) is not None:
                row[name] = label
        for column, labels_of in self.choice.listed.items():
            if column in cells:
                labels, unknown = labels_of.row(cells[column])
                row |= labels
                if unknown and notices:
                    notices.count(f"labels in column {column!r} that do not occur in the first rows, left out", where)
        return row


def _id_of(text: str) -> str:
    """Return an article's id for a sentence that stands in several rows."""
    return BY_TEXT + _digest(" ".join(text.split()))


def _digest(words: str) -> str:
    return blake2b(words.encode(errors="replace"), digest_size=6).hexdigest()


def _article_told(row: Row) -> dict[str, str]:
    """Return what a row tells of its article: outlet, date, address and the like."""
    return {
        name: str(value)
        for name, value in row.items()
        if (name in ABOUT or name.startswith(ABOUT_ARTICLE)) and not is_absent(value)
    }


def texts_of_several(rows: Iterable[tuple[str, Row]], notices: Notices, where: str) -> set[str]:
    """Find the sentences without an article whose rows tell different things of it, and say how many.

    Parameters
    ----------
    rows : iterable of (str, Row)
        Who labelled a row, and the row; only rows of one person are compared.
    notices : Notices
    where : str
        What messages call the table.

    Returns
    -------
    set of str
        The ids that these sentences have as articles.
    """
    told: dict[tuple[str, str], dict[str, str]] = {}
    differ: dict[str, str] = {}
    n_rows: Counter[str] = Counter()
    for who, row in rows:
        article = row["article"]
        n_rows[article] += 1
        first = told.setdefault((who, article), {})
        for name, value in _article_told(row).items():
            if first.setdefault(name, value) != value:
                differ.setdefault(article, name)
    if differ:
        n = sum(n_rows[article] for article in differ)
        notices.say(
            f"{where}: {counted(len(differ), 'sentence')} in several rows ({n:,}) that differ in "
            f"{listed(sorted(set(differ.values())))}: only rows that agree in this are read as one article."
        )
    return set(differ)


def parted(rows: Rows, several: set[str] | None) -> Rows:
    """Give rows of one sentence an article by what they tell of it; None: all rows, not only those of some articles."""
    for where, row in rows:
        told = _article_told(row)
        if told and (several is None or row["article"] in several):
            row = {**row, "article": f"{row['article']} {_digest(repr(sorted(told.items())))}"}
        yield where, row


def named_rows(
    table: Callable[[], Rows], where: str, notices: Notices, names: RowNames = USUAL
) -> Callable[[Notices | None], Rows]:
    """Read a table through once, and give what reads its rows under our names, again and again.

    Parameters
    ----------
    table : callable
        Gives its rows anew.
    where : str
        What messages call it.
    notices : Notices
        Is told which columns are not used, and what was guessed.
    names : RowNames, optional
        The columns that the user named.

    Returns
    -------
    callable of Notices or None
        Gives the rows, each with its place; is told of cells that are read otherwise than they stand.

    Raises
    ------
    SaysoError
        If a named column is missing.
    """
    reading = _reading(table(), where, notices, names)

    def rows(of_cells: Notices | None) -> Rows:
        return ((place, reading.row(row, place, of_cells)) for place, row in table())

    if not reading.is_by_text() or names.by_annotator:
        return rows
    several = texts_of_several((("", row) for _, row in rows(None)), notices, where)
    # Of several annotators one may know the outlet and another not: their sentences must still meet.
    return lambda of_cells: parted(rows(of_cells), several if names.by_text else None)


def named_once(rows: Rows, where: str, notices: Notices, names: RowNames = USUAL) -> Rows:
    """Return the rows of a table that can be read only once under our names; its first rows tell what its columns are."""
    first = list(islice(rows, _FIRST))
    reading = _reading(iter(first), where, notices, names)
    named = ((place, reading.row(row, place, notices)) for place, row in chain(first, rows))
    return parted(named, None) if reading.is_by_text() else named


def _reading(rows: Rows, where: str, notices: Notices, names: RowNames) -> Reading:
    first = list(islice(rows, 1))
    if first and not names.of_parts() and is_ours(first[0][1]):
        names.checked([str(name) for name in first[0][1]], where)
        return Reading()
    seen = survey(chain(first, rows))
    return reading_of(seen, where, notices, names)


def is_ours(row: Row) -> bool:
    """Tell whether a row has the columns that every row has that sayso wrote."""
    return _OURS <= set(row)


def reading_of(seen: Survey, where: str, notices: Notices, names: RowNames = USUAL) -> Reading:
    """Decide what each column of a table is, and say what was guessed and what is not used.

    Raises
    ------
    SaysoError
        If a named column is missing, or any column of text.
    """
    names = names.checked(list(seen.names), where)
    choice = choose_columns(seen, names)
    if "text" not in choice.parts:
        raise SaysoError(
            f"{where}: no text column (sentence, text, …); it has {listed(seen.filled())}. Give its name with --text-column."
        )
    for line in choice.remarks:
        notices.say(f"{where}: {line}")
    if "article" not in choice.parts and seen.n_rows > 1 and not choice.by_text:
        notices.say(
            f"{where}: no column says which article a sentence belongs to, so each sentence counts as an "
            "article of its own and scores cannot be computed by article; name the column with --article-column."
        )
    if choice.unused:
        unread = ", ".join(f"{column} ({_counted(seen, column)}{why})" for column, why in choice.unused.items())
        notices.say(f"{where}: not used: {unread}.")
    return Reading(choice)


def _counted(seen: Survey, column: str) -> str:
    n = seen.columns[column].n_cells
    return f"{n:,} row" if n == 1 else f"{n:,} rows"
