"""The notes on hard cases, as they are listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ....data.project.project import Project
from ....data.project.records import Note, key_of

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
    """

    cases: list[Case]
    words: str
    which: str
    n_all: int
    n_open: int


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
    return Noted(found, words, which, len(cases), sum(not c.is_settled for c in cases))


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
