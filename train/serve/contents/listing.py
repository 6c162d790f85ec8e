"""The list of articles: which are shown, in which order, and with which to go on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import Any
from urllib.parse import urlencode

from ....data.codebook.codebook import Codebook
from ....data.project.records import Entry

PER_PAGE = 100
DOWNLOADS: Mapping[str, tuple[str, str]] = {
    "format=csv&excel": ("table (CSV)", "for Excel, R, SPSS"),
    "format=jsonl": ("JSON lines", "for programs"),
    "format=parquet": ("Parquet", "for pandas"),
    "format=label-studio": ("Label Studio", "to go on there"),
}
"""What can be downloaded: what is asked of ``/api/export``, what it is called, and for what it is."""
_MOST_WORDS = 20  # of a search


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
    """

    words: str = ""
    is_open: bool = False
    sort: str = "new"
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """Read it from the address; what makes no sense there is left out."""
        page, sort = query.get("page", "1"), query.get("sort", "new")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        words = query.get("q", "").strip()[:200]
        return cls(words, query.get("open") == "1", sort if sort in SORTS else "new", max(number, 1))

    def address(self, page: int) -> str:
        """Give the address of a page of this list."""
        values = {"q": self.words, "open": "1" if self.is_open else "", "sort": self.sort, "page": str(page)}
        usual = {"q": "", "open": "", "sort": "new", "page": "1"}
        query = urlencode({name: value for name, value in values.items() if value != usual[name]})
        return f"/?{query}" if query else "/"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list of articles.

    Parameters
    ----------
    entries : sequence of Entry
        Those that are shown.
    wanted : Wanted
        With the page that is shown.
    n_found, n_pages : int
        Articles that fit, and pages that they fill.
    n_articles, n_sentences, n_done : int
        Of the project.
    labelled : mapping of str to int
        Sentences of the project with a label in each column.
    go_on : Entry or None
        The article to label next: the last one that was begun, or the first that was not; None where all are done.
    """

    entries: Sequence[Entry]
    wanted: Wanted
    n_found: int
    n_pages: int
    n_articles: int
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
    n_pages = max(-(-len(found) // PER_PAGE), 1)
    page = min(wanted.page, n_pages)
    labelled: dict[str, int] = {}
    for entry in entries:
        for column, n in entry.labelled.items():
            labelled[column] = labelled.get(column, 0) + n
    return Listing(
        found[(page - 1) * PER_PAGE : page * PER_PAGE],
        replace(wanted, page=page),
        len(found),
        n_pages,
        len(entries),
        sum(e.n_sentences for e in entries),
        sum(e.done for e in entries),
        labelled,
        _go_on(entries),
    )


def _fits(entry: Entry, wanted: Wanted) -> bool:
    if wanted.is_open and entry.done:
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
    path = quote(str(folder))
    return [
        f"sayso train {quote(column)} --data {path} --out {quote(column)}.sayso",
        f"sayso data show {path}",
        f"sayso data export {path} --format label-studio --out tasks.json",
    ]
