"""A labelling project, for one annotator: what is there, what is changed, and what is on disk before anybody is told."""

import threading
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ...errors import SaysoError
from ..articles.notices import Say
from ..datasets.card import dataset_card
from ..datasets.tally import Tally
from ..records import LabelledArticle
from ..rows.suggestions import is_label_column
from .changes import Facts, applied, plan, values_of
from .folder import Layout
from .history import History
from .lock import Lock
from .names import DECIDED, check_annotator
from .records import Change, ConflictError, Entry, Note, Recorded, key_of
from .shards import Found, Shards
from .values import shown

Where = tuple[str, int | None]
"""An article's id, and a sentence of it; None for the article as a whole."""


@dataclass(slots=True)
class _State:
    """What the history says of the present.

    Parameters
    ----------
    touched : mapping
        The number of the last change of each sentence and article.
    notes : mapping
        The note on it, and when it was written.
    done : mapping of str to bool
        Articles that somebody said to be done, or not to be.
    to_undo, to_redo : list of int
        Numbers of changes, the next one last.
    """

    touched: Any = field(default_factory=dict)
    notes: Any = field(default_factory=dict)
    done: Any = field(default_factory=dict)
    to_undo: list[int] = field(default_factory=list)
    to_redo: list[int] = field(default_factory=list)

    def above(self) -> "_State":
        """Give a copy to try changes on."""
        return _State(
            ChainMap({}, self.touched),
            ChainMap({}, self.notes),
            ChainMap({}, self.done),
            list(self.to_undo),
            list(self.to_redo),
        )

    def take(self, tried: "_State") -> None:
        """Take over what was tried."""
        for mine, of in ((self.touched, tried.touched), (self.notes, tried.notes), (self.done, tried.done)):
            mine.update(of.maps[0])
        self.to_undo, self.to_redo = tried.to_undo, tried.to_redo

    def add(self, recorded: Recorded) -> None:
        """Follow a change."""
        where = recorded.article, recorded.n
        self.touched[where] = recorded.number
        if "note" in recorded.set:
            self.notes[where] = recorded.set["note"], recorded.time
        if "done" in recorded.set:
            self.done[recorded.article] = recorded.set["done"]
        if recorded.undoes is None:
            self.to_undo.append(recorded.number)
            self.to_redo.clear()
        elif self.to_undo and self.to_undo[-1] == recorded.undoes:
            self.to_undo.pop()
            self.to_redo.append(recorded.number)
        elif self.to_redo and self.to_redo[-1] == recorded.undoes:
            self.to_redo.pop()
            self.to_undo.append(recorded.number)


@dataclass(slots=True)
class _Request:
    """A change that waits to be written, and what became of it."""

    act: "Callable[[_Batch], Recorded | None]"
    recorded: Recorded | None = None
    error: Exception | None = None
    is_done: bool = False


class Project:
    """A labelling project, opened by one annotator; any number of threads may use it.

    Examples
    --------
    ::

        with Project.open(Path("my-project"), "anna", tell=print) as project:
            project.add(articles)
            entry = project.entries()[0]
            project.change(Change(entry.id, 0, {"kind": "quote"}))
    """

    def __init__(self, layout: Layout, annotator: str, tell: Say) -> None:
        self.layout, self.annotator, self._tell = layout, annotator, tell
        self.columns: Mapping[str, Sequence[str] | None] = {}
        self.codebook: int | None = None
        self._lock = Lock(layout.lock(annotator))
        self._shards = Shards(layout.labels(annotator))
        self._history = History(layout.history(annotator), tell)
        self._articles: dict[str, Found] = {}
        self._by_key: dict[str, str] = {}
        self._state = _State()
        self._reading = threading.RLock()  # what is in memory
        self._writing = threading.Lock()  # what is on disk
        self._queue: list[_Request] = []

    @classmethod
    def open(
        cls,
        folder: Path,
        annotator: str,
        *,
        tell: Say,
        columns: Mapping[str, Sequence[str] | None] | None = None,
        codebook: int | None = None,
    ) -> "Project":
        """Open a project, or begin one.

        Parameters
        ----------
        folder : Path
        annotator : str
        tell : callable of str
            Is told, in a line each, what was found amiss and mended.
        columns : mapping of str to sequence of str or None, optional
            The columns of the codebook that are not of our scheme, with their labels; None for any text.
        codebook : int, optional
            The version of the codebook that is in force.

        Raises
        ------
        SaysoError
            If the name is none, another process labels under it, or something there cannot be read.
        """
        layout = Layout(Path(folder))
        return cls._opened(layout, check_annotator(annotator, layout.annotators()), tell, columns, codebook)

    @classmethod
    def open_decided(
        cls,
        folder: Path,
        *,
        tell: Say,
        columns: Mapping[str, Sequence[str] | None] | None = None,
        codebook: int | None = None,
    ) -> "Project":
        """Open the dataset of what was decided between annotators; as `open`, whose parameters these are."""
        return cls._opened(Layout(Path(folder)), DECIDED, tell, columns, codebook)

    @classmethod
    def _opened(
        cls,
        layout: Layout,
        annotator: str,
        tell: Say,
        columns: Mapping[str, Sequence[str] | None] | None,
        codebook: int | None,
    ) -> "Project":
        project = cls(layout, annotator, tell)
        try:
            project.codebook = codebook
            project._load()
            project.use(columns or {})
        except BaseException:
            project._lock.release()
            raise
        return project

    def use(self, columns: Mapping[str, Sequence[str] | None], codebook: int | None = None) -> None:
        """Take the columns of another version of the codebook.

        Parameters
        ----------
        columns : mapping of str to sequence of str or None
            Those that are not of our scheme, with their labels; None for any text.
        codebook : int, optional
            Its version; without it the version stays.
        """
        with self._writing, self._reading:
            self._shards.widen(columns)
            self.columns = columns
            self.codebook = self.codebook if codebook is None else codebook

    def _load(self) -> None:
        """Read what is on disk, and redo what the log has and the shards have not."""
        self._shards.recover()
        self._articles = {found.id: found for found in self._shards.load()}
        self._by_key = {key_of(name): name for name in self._articles}
        self._state = _State()
        missing = []
        for recorded in self._history.load():
            self._state.add(recorded)
            found = self._articles.get(recorded.article)
            if found is not None and 0 <= found.place.shard.change < recorded.number:
                missing.append(recorded)
        if missing:
            self._redo_missing(missing)

    def _redo_missing(self, missing: Sequence[Recorded]) -> None:
        """Put changes into the shards that a killed process had only logged."""
        changed: dict[str, LabelledArticle] = {}
        for recorded in missing:
            labelled = changed.get(recorded.article) or self._shards.article(self._articles[recorded.article].place)
            changed[recorded.article] = applied(labelled, recorded.n, recorded.set, recorded.also.get("set", {}))
        with self._prepared(changed):
            pass
        for name in changed:
            self._refresh(changed[name])
        self._tell(f"{self.annotator}: {len(missing):,} logged changes were not in the dataset yet; they are now.")

    def _prepared(self, changed: Mapping[str, LabelledArticle], change: int | None = None) -> Any:
        by_shard: dict[int, list[Any]] = {}
        for name, labelled in changed.items():
            place = self._articles[name].place
            by_shard.setdefault(place.shard.number, []).append((place, labelled))
        return self._shards.replace(by_shard, self._history.last if change is None else change)

    def _refresh(self, labelled: LabelledArticle) -> None:
        """Count the labels of a changed article anew."""
        sentences = [values_of(labelled, s.n) for s in labelled.sentences]
        counts: dict[str, int] = {}
        for values in sentences:
            own = values.pop("own")
            for column, value in (*values.items(), *own.items()):
                if value:
                    counts[column] = counts.get(column, 0) + 1
        found = self._articles[labelled.article.id]
        found.labelled, found.complete = counts, labelled.complete

    def add(self, articles: Iterable[LabelledArticle]) -> list[str]:
        """Take articles in, with the labels that they have.

        Parameters
        ----------
        articles : iterable of LabelledArticle

        Returns
        -------
        list of str
            Their ids; one that is there already gets a number (`` (2)``), which is told.
        """
        with self._writing:
            taken = {*self._articles}
            renamed = []
            for labelled in articles:
                if not labelled.sentences:
                    self._tell(f"{labelled.article.id}: no sentence in it; left out.")
                    continue
                renamed.append(_with_new_id(labelled, taken, self._tell))
            own = {name for a in renamed for s in a.sentences for name in s.extra}
            about = {f"article_{name}" for a in renamed for name in a.meta if name != "split"}
            with self._reading:
                self._shards.widen(own | about)
                for found in self._shards.append(renamed, self._history.last):
                    self._articles[found.id] = found
                    self._by_key[key_of(found.id)] = found.id
        self._write_card()
        return [a.article.id for a in renamed]

    def entries(self) -> list[Entry]:
        """List the articles, in order of arrival."""
        with self._reading:
            n_notes: dict[str, int] = {}
            for (name, _), (note, _) in self._state.notes.items():
                n_notes[name] = n_notes.get(name, 0) + bool(note)
            return [self._entry(found, n_notes.get(found.id, 0)) for found in self._articles.values()]

    def entry(self, key: str) -> Entry:
        """Give the line of one article."""
        with self._reading:
            found = self._articles[self._id(key)]
            notes = sum(bool(note) for (name, _), (note, _) in self._state.notes.items() if name == found.id)
            return self._entry(found, notes)

    def _entry(self, found: Found, notes: int) -> Entry:
        labelled = {
            column: n
            for column, n in found.labelled.items()
            if is_label_column(column) and not column.startswith("article_")
        }
        return Entry(
            key_of(found.id), found.id, **found.about, n_sentences=found.place.n_rows, labelled=labelled,
            done=_is_done(found.id, self._state, found.complete), notes=notes,
        )  # fmt: skip

    def _id(self, key: str) -> str:
        """Find an article by its key, or by its id."""
        name = self._by_key.get(key) if isinstance(key, str) else None
        if name is None and key in self._articles:
            name = key
        if name is None:
            raise SaysoError(f"no article {shown(key)} in this project; open the list again.")
        return name

    def article(self, key: str) -> LabelledArticle:
        """Read an article with this annotator's labels."""
        with self._reading:
            return self._shards.article(self._articles[self._id(key)].place)

    def state(self, key: str) -> dict[str, Any]:
        """Give what is known of an article beside its labels.

        Returns
        -------
        dict
            ``done``; ``note``, on the article; ``notes``, by sentence; ``changes``, the number of the change that last
            touched each sentence, by its number (None: the article).
        """
        with self._reading:
            name = self._id(key)
            labelled = self.article(key)
            numbers = [None, *(s.n for s in labelled.sentences)]
            notes = {n: note for n in numbers if (note := self._state.notes.get((name, n), ("", ""))[0])}
            return {
                "done": _is_done(name, self._state, self._articles[name].complete),
                "note": notes.pop(None, ""),
                "notes": notes,
                "changes": {n: change for n in numbers if (change := self._state.touched.get((name, n)))},
            }

    def change(self, change: Change, *, base: int | None = None) -> Recorded:
        """Change labels: judged, logged and in the dataset on disk when this returns.

        Parameters
        ----------
        change : Change
        base : int, optional
            The number of the sentence's (or article's) last change that the person saw.

        Raises
        ------
        ConflictError
            If it was changed after ``base``; nothing is overwritten.
        SaysoError
            If anything in the change is wrong, or it cannot be written; nothing is changed.
        """
        recorded = self._submit(lambda batch: batch.change(change, base))
        assert recorded is not None
        return recorded

    def undo(self) -> Recorded | None:
        """Take the last change back; None where there is none."""
        return self._submit(lambda batch: batch.take_back(batch.state.to_undo))

    def redo(self) -> Recorded | None:
        """Take the last undoing back; None where there is none."""
        return self._submit(lambda batch: batch.take_back(batch.state.to_redo))

    @property
    def last(self) -> int:
        """The number of the last change."""
        return self._history.last

    def since(self, number: int) -> list[Recorded]:
        """Give the changes after a number."""
        with self._reading:
            return self._history.since(number)

    def notes(self) -> list[Note]:
        """List the notes, in the order of articles and sentences."""
        with self._reading:
            order = {name: i for i, name in enumerate(self._articles)}
            there = [(where, of) for where, of in self._state.notes.items() if of[0] and where[0] in order]
            there.sort(key=lambda pair: (order[pair[0][0]], -1 if pair[0][1] is None else pair[0][1]))
            return [Note(name, n, self._words(name, n), note, time) for (name, n), (note, time) in there]

    def _words(self, name: str, n: int | None) -> str:
        if n is None:
            return self._articles[name].about["title"] or ""
        labelled = self.article(name)
        return next((s.span.of(labelled.article.text) for s in labelled.sentences if s.n == n), "")

    def annotators(self) -> list[str]:
        """List whose labels are in the project."""
        return sorted({*self.layout.annotators(), *({self.annotator} - {DECIDED})})

    def labels_folder(self, annotator: str | None = None) -> Path:
        """Give the dataset folder of an annotator; this one's without a name."""
        return self.layout.labels(annotator or self.annotator)

    def labels_of(self, annotator: str) -> list[LabelledArticle]:
        """Read another's labels; they may be changed by another process meanwhile.

        Raises
        ------
        SaysoError
            If there is no such annotator.
        """
        if annotator not in self.layout.datasets():
            raise SaysoError(f"no labels of {shown(annotator)}; annotators here: {', '.join(self.annotators())}.")
        shards = Shards(self.layout.labels(annotator))
        return [shards.article(found.place) for found in list(shards.load())]

    def _submit(self, act: "Callable[[_Batch], Recorded | None]") -> Recorded | None:
        """Wait until an action is written, together with all that wait; the first to come writes for all."""
        request = _Request(act)
        with self._reading:
            self._queue.append(request)
        with self._writing:
            if not request.is_done:
                with self._reading:
                    waiting, self._queue = self._queue, []
                self._write(waiting)
        if request.error is not None:
            raise request.error
        return request.recorded

    def _write(self, waiting: Sequence[_Request]) -> None:
        batch = _Batch(self)
        try:
            for request in waiting:
                try:
                    request.recorded = request.act(batch)
                except Exception as error:
                    request.error = error
            batch.write()
        except BaseException as error:
            for request in waiting:
                request.error = request.error or (error if isinstance(error, Exception) else SaysoError("stopped."))
            raise
        finally:
            for request in waiting:
                request.is_done = True

    def _write_card(self) -> None:
        folder = self.labels_folder()
        if not self._articles:
            return
        from ..atomic_write import replace_file
        from .shards import columns_with

        tally = Tally()
        for found in self._articles.values():
            tally.articles[found.place.shard.split] += 1
            tally.sentences[found.place.shard.split] += found.place.n_rows
        card = dataset_card(
            tally, f"{self.layout.root.resolve().name}: {self.annotator}", columns_with(self._shards.own), None
        )
        with replace_file(folder / "README.md") as file:
            file.write(card.encode())

    def close(self) -> None:
        """Write the card, and let others have the lock."""
        with self._writing:
            self._write_card()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Batch:
    """Changes that are written together: each is judged by what those before it leave."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.state = project._state.above()
        self._changed: dict[str, LabelledArticle] = {}
        self._recorded: list[Recorded] = []

    def _article(self, name: object) -> LabelledArticle:
        if not isinstance(name, str) or name not in self._project._articles:
            raise SaysoError(f"no article {shown(name)} in this project; open the list again.")
        return self._changed.get(name) or self._project.article(name)

    def change(self, change: Change, base: int | None) -> Recorded:
        """Judge a change, and apply it."""
        labelled = self._article(change.article)
        where = change.article, change.n
        if base is not None and self.state.touched.get(where, 0) > base:
            raise ConflictError(
                "this was changed meanwhile, in another window perhaps; look at it as it stands now.",
                change.article, change.n, self._present(labelled, change.n),
            )  # fmt: skip
        facts = Facts(
            self._project.columns,
            self._project.codebook,
            _is_done(change.article, self.state, labelled.complete),
            self.state.notes.get(where, ("", ""))[0],
        )
        planned = plan(change, labelled, facts)
        also = {"set": planned.also_set, "was": planned.also_was} if planned.also_set else {}
        return self._record(labelled, change.n, planned.set, planned.was, also, None)

    def _present(self, labelled: LabelledArticle, n: int | None) -> dict[str, Any]:
        where = labelled.article.id, n
        values = (
            values_of(labelled, n)
            if n is not None
            else {"targets": labelled.targets, "done": _is_done(where[0], self.state, labelled.complete)}
        )
        return {**values, "note": self.state.notes.get(where, ("", ""))[0], "change": self.state.touched.get(where, 0)}

    def take_back(self, numbers: list[int]) -> Recorded | None:
        """Take the last of some changes back."""
        if not numbers:
            return None
        undone = next((r for r in self._recorded if r.number == numbers[-1]), None) or self._project._history.change(
            numbers[-1]
        )
        labelled = self._article(undone.article)
        also = {"set": undone.also["was"], "was": undone.also["set"]} if undone.also else {}
        return self._record(labelled, undone.n, undone.was, undone.set, also, undone.number)

    def _record(
        self,
        labelled: LabelledArticle,
        n: int | None,
        values: Mapping[str, Any],
        was: Mapping[str, Any],
        also: Mapping[str, Mapping[str, Any]],
        undoes: int | None,
    ) -> Recorded:
        number = self._project._history.last + len(self._recorded) + 1
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        name = labelled.article.id
        self._changed[name] = applied(labelled, n, values, also.get("set", {}))
        recorded = Recorded(name, n, values, number, time, was, self._project.codebook, undoes, also)
        self._recorded.append(recorded)
        self.state.add(recorded)
        return recorded

    def write(self) -> None:
        """Put the changes on disk: shards beside the old ones, then the log, then the shards into their places."""
        if not self._recorded:
            return
        project = self._project
        with project._reading:
            with project._prepared(self._changed, self._recorded[-1].number):
                project._history.append(self._recorded)
            project._state.take(self.state)
            for labelled in self._changed.values():
                project._refresh(labelled)


def _is_done(name: str, state: _State, complete: frozenset[str]) -> bool:
    """Tell whether an article is labelled to the end: as somebody said, or as it came."""
    return bool(state.done.get(name, {"attribution", "kind"} <= complete))


def _with_new_id(labelled: LabelledArticle, taken: set[str], tell: Say) -> LabelledArticle:
    """Give an article an id that nobody has yet."""
    name = labelled.article.id
    number = 2
    while name in taken:
        name, number = f"{labelled.article.id} ({number})", number + 1
    taken.add(name)
    if name == labelled.article.id:
        return labelled
    tell(f"{labelled.article.id}: there is an article of this name already; the new one is called {name}.")
    return replace(labelled, article=replace(labelled.article, id=name))
