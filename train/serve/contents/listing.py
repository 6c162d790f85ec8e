"""The list of articles: which are shown, in which order, and with which to go on."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlencode

from ....data.codebook.codebook import Codebook
from ....data.project.records import Entry
from ....data.system.file_systems import quoted

PER_PAGE = 100
DOWNLOADS: Mapping[str, tuple[str, str]] = {
    "format=csv&excel": ("table (CSV)", "for Excel, R, SPSS"),
    "format=jsonl": ("JSON lines", "for programs"),
    "format=parquet": ("Parquet", "for pandas"),
    "format=label-studio": ("Label Studio", "to continue in another tool"),
}
"""What can be downloaded: what is asked of ``/api/export``, what it is called, and for what it is."""
_MOST_WORDS = 20  # of a search
_ROW = re.compile(r"(.+\.\w+):[1-9]\d*")  # the id of a row of a table that belongs to no article


def _left(entry: Entry) -> int:
    """Count the sentences without a label in the column that has most of them."""
    return entry.n_sentences - max(entry.labelled.values(), default=0)


SORTS: Mapping[str, tuple[str, Callable[[Entry], Any], bool]] = {
    "new": ("last added first", lambda _: 0, False),
    "old": ("first added first", lambda _: 0, False),
    "title": ("by title", lambda e: (e.title or e.id).casefold(), False),
    "outlet": ("by outlet", lambda e: (not e.outlet, (e.outlet or "").casefold()), False),
    "date": ("newest first", lambda e: e.date or "", True),
    "begun": ("most labelled first", lambda e: max(e.labelled.values(), default=0) / max(e.n_sentences, 1), True),
    "left": ("most to label first", _left, True),
}
"""Orders of the list: what each is called, what it sorts by, and whether the greatest comes first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the list.

    Parameters
    ----------
    words : str
        All of them stand in the title, the outlet, the date or the id.
    is_open : bool
        Only articles that are not done.
    sort : str
        A key of `SORTS`.
    page : int
        From 1.
    table : str
        Only the rows of this table, a line each; empty: all articles.
    """

    words: str = ""
    is_open: bool = False
    sort: str = "new"
    page: int = 1
    table: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Read it from the address; what makes no sense there is left out."""
        page, sort = query.get("page", "1"), query.get("sort", "new")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        words = query.get("q", "").strip()[:200]
        table = query.get("table", "")[:500]
        return cls(words, query.get("open") == "1", sort if sort in SORTS else "new", max(number, 1), table)

    def address(self, page: int) -> str:
        """Give the address of a page of this list."""
        values = {"table": self.table, "q": self.words, "open": "1" if self.is_open else "", "sort": self.sort}
        values["page"] = str(page)
        usual = {"table": "", "q": "", "open": "", "sort": "new", "page": "1"}
        query = urlencode({name: value for name, value in values.items() if value != usual[name]})
        return f"/?{query}" if query else "/"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: an article, or the rows of a table that belong to no article.

    Parameters
    ----------
    entry : Entry
        The article; of a table the row to label next.
    table : str
        The table, by the path under which it was read; empty for an article.
    n_sentences, notes : int
    labelled : mapping of str to int
    done : bool
    """

    entry: Entry
    table: str
    n_sentences: int
    notes: int
    labelled: Mapping[str, int]
    done: bool

    @property
    def name(self) -> str:
        """The name of the table."""
        return PurePath(self.table).name


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list of articles.

    Parameters
    ----------
    lines : sequence of Line
        Those that are shown.
    wanted : Wanted
        With the page that is shown.
    n_found, n_lines, n_pages : int
        Articles that fit, and the lines and pages that they fill.
    n_articles, n_rows, n_sentences, n_done : int
        Of the project; rows are single sentences of tables, which count as articles.
    labelled : mapping of str to int
        Sentences of the project with a label in each column.
    go_on : Entry or None
        The article to label next: the last one that was begun, or the first that was not; None where all are done.
    """

    lines: Sequence[Line]
    wanted: Wanted
    n_found: int
    n_lines: int
    n_pages: int
    n_articles: int
    n_rows: int
    n_sentences: int
    n_done: int
    labelled: Mapping[str, int]
    go_on: Entry | None


def list_articles(entries: Sequence[Entry], wanted: Wanted) -> Listing:
    """Choose what is shown of a project's articles.

    Parameters
    ----------
    entries : sequence of Entry
        In the order in which they were added.
    wanted : Wanted
    """
    found = _sorted([e for e in entries if _fits(e, wanted)], wanted.sort)
    lines = _lines(found, "" if wanted.table else None)
    n_pages = max(-(-len(lines) // PER_PAGE), 1)
    page = min(wanted.page, n_pages)
    return Listing(
        lines[(page - 1) * PER_PAGE : page * PER_PAGE],
        replace(wanted, page=page),
        len(found),
        len(lines),
        n_pages,
        len(entries),
        sum(bool(table_of(e)) for e in entries),
        sum(e.n_sentences for e in entries),
        sum(e.done for e in entries),
        _summed(entries),
        _go_on(entries),
    )


def table_of(entry: Entry) -> str:
    """Give the table of which an entry is a row that belongs to no article; empty for an article.

    >>> table_of(Entry("0", "lab.csv:7", None, None, None, None, None, 1, {}, False, 0))
    'lab.csv'
    """
    found = _ROW.fullmatch(entry.id)
    return found[1] if found and entry.n_sentences == 1 and not entry.title else ""


def _lines(entries: Sequence[Entry], table: str | None) -> list[Line]:
    """Put rows of a table into one line where the first of them stands; with a ``table`` given each keeps its own."""
    of_table: dict[str, list[Entry]] = {}
    for entry in entries:
        of_table.setdefault((table if table is not None else table_of(entry)) or entry.key, []).append(entry)
    return [_line(some) for some in of_table.values()]


def _line(entries: Sequence[Entry]) -> Line:
    left = [entry for entry in entries if not entry.done and not entry.labelled]
    return Line(
        min(left or entries, key=lambda entry: _number(entry) if len(entries) > 1 else 0),
        table_of(entries[0]) if len(entries) > 1 else "",
        sum(entry.n_sentences for entry in entries),
        sum(entry.notes for entry in entries),
        _summed(entries),
        all(entry.done for entry in entries),
    )


def _number(entry: Entry) -> int:
    return int(entry.id.rpartition(":")[2])


def _summed(entries: Iterable[Entry]) -> dict[str, int]:
    """Count the sentences with something in each column."""
    labelled: dict[str, int] = {}
    for entry in entries:
        for column, n in entry.labelled.items():
            labelled[column] = labelled.get(column, 0) + n
    return labelled


def _fits(entry: Entry, wanted: Wanted) -> bool:
    if (wanted.is_open and entry.done) or (wanted.table and table_of(entry) != wanted.table):
        return False
    told = " ".join(part for part in (entry.title, entry.outlet, entry.date, entry.id) if part).casefold()
    return all(word in told for word in wanted.words.casefold().split()[:_MOST_WORDS])


def _sorted(entries: list[Entry], sort: str) -> list[Entry]:
    if sort in ("new", "old"):
        return entries[::-1] if sort == "new" else entries
    _, key, is_reverse = SORTS[sort]
    return sorted(entries, key=key, reverse=is_reverse)


def _go_on(entries: Sequence[Entry]) -> Entry | None:
    left = [e for e in entries if not e.done]
    begun = [e for e in left if any(e.labelled.values())]
    return begun[-1] if begun else next(iter(left), None)


def useful_commands(folder: Path, codebook: Codebook, listing: Listing) -> list[str]:
    """Give commands that take the labels as they are: teaching the column that has most of them, showing, exporting."""
    asked = [column.name for column in codebook.asked()]
    column = max(asked, key=lambda name: listing.labelled.get(name, 0))
    path = quoted(str(folder))
    return [
        f"sayso train {quoted(column)} --data {path} --out {quoted(column)}.sayso",
        f"sayso data show {path}",
        f"sayso data export {path} --format label-studio --out tasks.json",
    ]
