"""The notes on hard cases, as they are listed."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import urlencode

from ....data.project.project import Project
from ....data.project.records import Entry, Note, key_of
from ..desk import Desk
from .names import names_of

PER_PAGE = 100
SETTLED = "settled: "
"""A note that begins so is settled: it can be read and written everywhere, and is no field of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One note.

    Parameters
    ----------
    by : str
        Who wrote it; empty of one's own.
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
    is_here : bool
        This person has the article as well.
    """

    by: str
    key: str
    title: str
    n: int | None
    text: str
    note: str
    time: str
    is_settled: bool
    change: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """What is shown of the notes.

    Parameters
    ----------
    cases : list of Case
        Those of one page, last written first.
    words, which : str
        What was looked for: all of the words; ``open``, ``settled`` or ``all``.
    n_all, n_open, n_found : int
        Notes there are, open ones, and those that fit.
    page, n_pages : int
    others : list of str
        Whose notes are among them, beside this person's.
    is_blind : bool
        Others' notes are hidden.
    """

    cases: list[Case]
    words: str
    which: str
    n_all: int
    n_open: int
    n_found: int
    page: int
    n_pages: int
    others: list[str]
    is_blind: bool

    def address(self, page: int) -> str:
        """Give the address of a page of this list."""
        values = {"q": self.words, "which": self.which, "page": str(page)}
        usual = {"q": "", "which": "open", "page": "1"}
        asked = urlencode({name: value for name, value in values.items() if value != usual[name]})
        return f"/notes?{asked}" if asked else "/notes"


def list_notes(desk: Desk, query: Mapping[str, str]) -> Noted:
    """Choose the notes that fit what an address asks for: one's own, and if not blind those of the others."""
    project, is_blind = desk.project, desk.settings.blind
    which = query.get("which", "open")
    which = which if which in ("open", "settled", "all") else "open"
    words = query.get("q", "").strip()[:200]
    others = [] if is_blind else [name for name in project.annotators() if name != project.annotator]
    written = _in_order({"": project.notes(), **{name: notes_of(project, name) for name in others}})
    found = [(by, note) for by, note in written if which == "all" or _is_settled(note) == (which == "settled")]
    entries = {entry.id: entry for entry in project.entries()}
    if looked_for := words.casefold().split():
        names = _names(project, entries, found)
        found = [(by, note) for by, note in found if _fits(looked_for, by, note, names)]
    n_pages, asked = max(-(-len(found) // PER_PAGE), 1), query.get("page", "1")
    page = min(max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1, n_pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    names = _names(project, entries, shown)
    cases = [_case(by, note, names) for by, note in shown]
    n_open = sum(not _is_settled(note) for _, note in written)
    whose = sorted({by for by, _ in written if by})
    return Noted(cases, words, which, len(written), n_open, len(found), page, n_pages, whose, is_blind)


def _in_order(notes: Mapping[str, Sequence[Note]]) -> list[tuple[str, Note]]:
    """Put the notes of all in order, last written first; where a clock was set back, the order of the changes counts."""
    timed: list[tuple[str, str, Note]] = []
    for by, of_one in notes.items():
        numbered = sorted(of_one, key=lambda note: note.number)
        times = accumulate((note.time for note in numbered), max)
        timed += [(time, by, note) for time, note in zip(times, numbered, strict=True)]
    return [(by, note) for _, by, note in reversed(sorted(timed, key=lambda one: one[0]))]


def _is_settled(note: Note) -> bool:
    return note.note.startswith(SETTLED)


def _fits(looked_for: Sequence[str], by: str, note: Note, names: Mapping[str, str]) -> bool:
    text = f"{note.note.removeprefix(SETTLED)} {note.text} {names.get(note.article, note.article)} {by}".casefold()
    return all(word in text for word in looked_for)


def notes_of(project: Project, annotator: str) -> list[Note]:
    """Read another's notes out of the history that their own process writes; a line that is being written is passed over."""
    latest: dict[tuple[str, int | None], tuple[str, str, int]] = {}
    with suppress(OSError), open(project.layout.history(annotator), "rb") as file:
        for line in file:
            if b'"note"' in line and line.endswith(b"}\n"):
                with suppress(ValueError, KeyError, TypeError, RecursionError):  # what can be read is shown
                    change = json.loads(line)
                    if "note" in change["set"]:
                        note, time, number = change["set"]["note"], change["time"], change["number"]
                        latest[change["article"], change["n"]] = str(note), str(time), int(number)
    latest = {where: told for where, told in latest.items() if told[0]}
    words = project.words_of(annotator, latest.keys()) if latest else {}
    return [Note(name, n, words.get((name, n), ""), *told, 0) for (name, n), told in latest.items()]


def _names(project: Project, entries: Mapping[str, Entry], notes: Sequence[tuple[str, Note]]) -> dict[str, str]:
    """Give what the articles of notes are called; one that somebody else alone has is left out."""
    noted = {note.article for _, note in notes} & entries.keys()
    by_key = names_of(project, [entries[name] for name in noted])
    return {name: by_key[entries[name].key] for name in noted}


def _case(by: str, note: Note, names: Mapping[str, str]) -> Case:
    return Case(
        by,
        key_of(note.article),
        names.get(note.article, note.article),
        note.n,
        note.text,
        note.note.removeprefix(SETTLED),
        note.time,
        _is_settled(note),
        note.change,
        note.article in names,
    )
