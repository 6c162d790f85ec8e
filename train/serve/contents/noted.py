"""The notes on hard cases, as they are listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ....data.project.project import Project
from ....data.project.records import Note, key_of

PER_PAGE = 100
SETTLED = "settled: "
"""A note that begins so is settled: it can be read and written everywhere, and is no field of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One note.

    Parameters
    ----------
    key, title : str
        Of the article.
    n : int or None
        The sentence; None for the article as a whole.
    text : str
        The sentence.
    note : str
        Without the mark that it is settled.
    time : str
        ISO 8601, UTC.
    is_settled : bool
    change : int
        The number of the last change of the sentence, or of the article.
    """

    key: str
    title: str
    n: int | None
    text: str
    note: str
    time: str
    is_settled: bool
    change: int


@dataclass(frozen=True, slots=True)
class Noted:
    """What is shown of the notes.

    Parameters
    ----------
    cases : list of Case
        Last written first.
    words, which : str
        What was looked for: all of the words; ``open``, ``settled`` or ``all``.
    n_all, n_open : int
    n_found : int
        How many fit; ``cases`` are those of one page.
    page, n_pages : int
    """

    cases: list[Case]
    words: str
    which: str
    n_all: int
    n_open: int
    n_found: int
    page: int
    n_pages: int

    def address(self, page: int) -> str:
        """Give the address of a page of this list."""
        values = {"q": self.words, "which": self.which, "page": str(page)}
        usual = {"q": "", "which": "open", "page": "1"}
        asked = urlencode({name: value for name, value in values.items() if value != usual[name]})
        return f"/notes?{asked}" if asked else "/notes"


def list_notes(project: Project, query: Mapping[str, str]) -> Noted:
    """Choose the notes that fit what an address asks for."""
    which = query.get("which", "open")
    which = which if which in ("open", "settled", "all") else "open"
    words = query.get("q", "").strip()[:200]
    notes = sorted(project.notes(), key=lambda note: note.number, reverse=True)  # a clock may have been set back
    cases = _cases(project, notes)
    fitting = [c for c in cases if which == "all" or c.is_settled == (which == "settled")]
    looked_for = words.casefold().split()
    found = [c for c in fitting if all(word in f"{c.note} {c.text} {c.title}".casefold() for word in looked_for)]
    n_pages = max(-(-len(found) // PER_PAGE), 1)
    asked = query.get("page", "1")
    page = min(max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1, n_pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    n_open = sum(not c.is_settled for c in cases)
    return Noted(shown, words, which, len(cases), n_open, len(found), page, n_pages)


def _cases(project: Project, notes: Sequence[Note]) -> list[Case]:
    titles = {entry.key: entry.title or entry.id for entry in project.entries()}
    keys = {name: key_of(name) for name in {note.article for note in notes}}
    return [_case(note, keys[note.article], titles) for note in notes]


def _case(note: Note, key: str, titles: Mapping[str, str]) -> Case:
    is_settled = note.note.startswith(SETTLED)
    return Case(
        key,
        titles.get(key, note.article),
        note.n,
        note.text,
        note.note.removeprefix(SETTLED),
        note.time,
        is_settled,
        note.change,
    )
