"""The notes on hard cases, as they are listed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....data.project.project import Project
from ....data.project.records import Note, key_of
from ....data.records import LabelledArticle
from ....errors import SaysoError
from ..desk import Desk
from .names import shown_name

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
        Last written first.
    words, which : str
        What was looked for: all of the words; ``open``, ``settled`` or ``all``.
    n_all, n_open : int
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
    others: list[str]
    is_blind: bool


def list_notes(desk: Desk, query: Mapping[str, str]) -> Noted:
    """Choose the notes that fit what an address asks for: one's own, and if not blind those of the others."""
    project, is_blind = desk.project, desk.settings.blind
    which = query.get("which", "open")
    which = which if which in ("open", "settled", "all") else "open"
    words = query.get("q", "").strip()[:200]
    others = [] if is_blind else [name for name in project.annotators() if name != project.annotator]
    cases = _cases(project, [("", note) for note in project.notes()])
    cases += [case for name in others for case in _cases(project, [(name, note) for note in notes_of(project, name)])]
    cases.sort(key=lambda case: case.time, reverse=True)
    fitting = [c for c in cases if which == "all" or c.is_settled == (which == "settled")]
    looked_for = words.casefold().split()
    found = [c for c in fitting if all(word in f"{c.note} {c.text} {c.title} {c.by}".casefold() for word in looked_for)]
    by = sorted({case.by for case in cases if case.by})
    return Noted(found, words, which, len(cases), sum(not c.is_settled for c in cases), by, is_blind)


def notes_of(project: Project, annotator: str) -> list[Note]:
    """Read another's notes out of the history that their own process writes; a line that is being written is passed over."""
    latest: dict[tuple[str, int | None], tuple[str, str]] = {}
    try:
        with open(project.layout.history(annotator), "rb") as file:
            for line in file:
                if b'"note"' in line and line.endswith(b"}\n"):
                    change = json.loads(line)
                    if "note" in change["set"]:
                        latest[change["article"], change["n"]] = change["set"]["note"], change["time"]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # what can be read is shown
    latest = {where: told for where, told in latest.items() if told[0]}
    articles = {of.article.id: of for of in project.labels_of(annotator, {name for name, _ in latest})} if latest else {}
    return [Note(name, n, _words(articles.get(name), n), *told) for (name, n), told in latest.items()]


def _words(labelled: LabelledArticle | None, n: int | None) -> str:
    sentences = labelled.sentences if labelled else ()
    return next((s.span.of(labelled.article.text) for s in sentences if s.n == n), "") if labelled else ""


def _cases(project: Project, notes: Sequence[tuple[str, Note]]) -> list[Case]:
    titles = dict(_titles(project, {note.article for _, note in notes}))
    return [_case(project, by, note, titles) for by, note in notes]


def _titles(project: Project, names: set[str]) -> Iterator[tuple[str, str]]:
    """Give what articles are called; one that somebody else alone has is left out."""
    for name in names:
        try:
            yield name, shown_name(project.article(name).article)
        except SaysoError:
            continue


def _case(project: Project, by: str, note: Note, titles: Mapping[str, str]) -> Case:
    is_settled = note.note.startswith(SETTLED)
    changes = {} if by else project.state(key_of(note.article))["changes"]
    return Case(
        by,
        key_of(note.article),
        titles.get(note.article, note.article),
        note.n,
        note.text,
        note.note.removeprefix(SETTLED),
        note.time,
        is_settled,
        changes.get(note.n, 0),
        note.article in titles,
    )
