"""What is in an annotator's part of a project now: the dataset on disk, its index in memory, and what the history says."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..display import counted
from ..records import LabelledArticle
from ..rows.places import ABOUT_ARTICLE, RESERVED, SPLITS
from ..rows.suggestions import is_counted, is_label_column
from .changes import Facts, applied, holds, sentence_values
from .disk.history import History
from .disk.index import Found
from .disk.shards import CARD, ForeignError, Shards, Writing, sharded
from .disk.tables import articles_in, joined_by_split, table_of
from .records import Entry, Note, Recorded, key_of
from .state import State
from .values import shown

if TYPE_CHECKING:
    import pyarrow as pa


Listed = tuple[tuple[str, ...], frozenset[str]]
"""Columns and splits."""


class Present:
    """What is there; it knows nothing of threads, see `Project`.

    Parameters
    ----------
    labels : Path
        The dataset folder.
    history : Path
        The log.
    title : str
        What the dataset's card calls it.
    tell : callable of str
        Is told what was found amiss and mended.
    publishing : context manager
        Is entered while what readers see is changed.
    """

    def __init__(self, labels: Path, history: Path, title: str, tell: Say, publishing: AbstractContextManager[Any]) -> None:
        self.shards, self.history = Shards(labels, publishing), History(history, tell)
        self.articles: dict[str, Found] = {}
        self.state = State()
        self.columns: Mapping[str, Sequence[str] | None] = {}
        self.codebook: int | None = None
        self.blind = False
        self._title, self._tell, self._publishing = title, tell, publishing
        self._by_key: dict[str, str] = {}
        self._on_card: Listed = (), frozenset()

    @property
    def last(self) -> int:
        """The number of the last change, also of one whose line in the log is gone."""
        return max(self.history.last, self.shards.newest)

    def load(self) -> None:
        """Read what is on disk, and redo what the log has and the shards have not."""
        self.shards.recover()
        try:
            found, is_foreign = self.shards.load(), False
        except ForeignError:
            found, is_foreign = [], True
        self.articles = {one.id: one for one in found}
        self.state = State()
        missing = []
        for recorded in self.history.load():
            self.state.add(recorded)
            one = self.articles.get(recorded.article)
            if one is not None and one.place.shard.change < recorded.number:
                missing.append(recorded)
        if is_foreign:
            self._take_foreign()
        self._by_key = {key_of(name): name for name in self.articles}
        self._on_card = self._listed()
        if missing:
            self._redo(missing)
        self.shards.widen(self.columns)
        if self.history.last < self.shards.newest:
            self._tell(
                f"{self.shards.folder}: holds changes up to {self.shards.newest:,}, the history up to {self.history.last:,} "
                "only; those between cannot be undone."
            )

    def use(self, columns: Mapping[str, Sequence[str] | None]) -> None:
        """Take the columns of a codebook.

        Raises
        ------
        SaysoError
            If one has a name of ours.
        """
        for name in columns:
            is_ours = name in RESERVED or name.startswith(ABOUT_ARTICLE) or not is_label_column(name)
            if is_ours or not name.isprintable() or name.strip() != name or not name:
                raise SaysoError(f"{shown(name)} cannot be a column of the codebook's own; give it another name.")
        self.shards.widen(columns)
        self.columns = dict(columns)

    def _take_foreign(self) -> None:
        """Cut a dataset that somebody put there into shards; it counts as it stands."""
        from .disk.intake import whole_tables

        tables = whole_tables(self.shards.folder)
        if tables is None or self.shards.has_other_tables():
            raise SaysoError(
                f"{self.shards.folder}: holds tables that are not as sayso writes them; make a dataset of them elsewhere "
                "with sayso data build, and put its data folder there."
            )
        cut = sharded(tables, 0, self.history.last)
        self.shards.replace_all(cut)
        self.articles = {one.id: one for one in self.shards.load()}
        if self.history.last:
            self._tell(f"{self.shards.folder}: was changed by other means than this page; it is taken as it stands.")

    def _redo(self, missing: Sequence[Recorded]) -> None:
        """Put changes into the shards that were logged before the process was killed."""
        changed: dict[str, LabelledArticle] = {}
        redone = 0
        for recorded in missing:
            labelled = changed.get(recorded.article) or self.article(recorded.article)
            changed[recorded.article] = labelled
            labels = {key: value for key, value in recorded.was.items() if key not in ("done", "note")}
            with suppress(KeyError, TypeError, ValueError, AttributeError):  # a line that somebody wrote by hand
                if holds(labelled, recorded.n, labels, Facts()):
                    changed[recorded.article] = applied(labelled, recorded.n, recorded.set, recorded.also.get("set", {}))
                    redone += 1
        with self.replacing(changed, self.history.last) as writing:
            writing.place()
        self.refresh(changed.values())
        folder = self.shards.folder
        if redone:
            self._tell(f"{folder}: put {counted(redone, 'change')} of the history into the dataset that had not got there.")
        if n_left := len(missing) - redone:
            fit = "does" if n_left == 1 else "do"
            self._tell(
                f"{folder}: {counted(n_left, 'change')} of the history {fit} not fit the dataset, which counts as it stands."
            )

    def replacing(self, changed: Mapping[str, LabelledArticle], change: int) -> Writing:
        """Prepare shards with changed articles; the last change is given."""
        return self.shards.replacing([(self.articles[name].place, of) for name, of in changed.items()], change)

    def refresh(self, changed: Iterable[LabelledArticle]) -> None:
        """Count the labels of changed articles anew."""
        for labelled in changed:
            counts: dict[str, int] = {}
            for s in labelled.sentences:
                values = sentence_values(labelled, s)
                own = ((column, label) for column, label in values.pop("own").items() if is_counted(column))
                for column, value in (*own, *values.items()):
                    if value:
                        counts[column] = counts.get(column, 0) + 1
            found = self.articles[labelled.article.id]
            found.labelled, found.complete = counts, labelled.complete

    def id_of(self, key: object) -> str:
        """Find an article by its key, or by its id."""
        name = self._by_key.get(key, key) if isinstance(key, str) else None
        if name is None or name not in self.articles:
            raise SaysoError(f"no article {shown(key)} in this project; open the list again.")
        return name

    def article(self, name: str) -> LabelledArticle:
        """Read an article by its id."""
        return self.shards.article(self.articles[name].place)

    def facts(self, name: str, n: object, state: State, complete: frozenset[str]) -> Facts:
        """Give what a change is judged by."""
        note = state.note((name, n)) if n is None or type(n) is int else ""
        return Facts(self.columns, self.codebook, state.is_done(name, complete), note)

    def add(self, articles: Iterable[LabelledArticle]) -> list[str]:
        """Take articles in; give their ids, and tell of one that had to get another."""
        taken = {*self.articles}
        named = [self._with_new_id(labelled, taken) for labelled in articles if self._is_kept(labelled)]
        own = {name for labelled in named for s in labelled.sentences for name in s.extra}
        about = {ABOUT_ARTICLE + name for labelled in named for name in labelled.meta if name != "split"}
        self.shards.widen(own | about)
        tables = [(labelled.split, self._rows_of(labelled)) for labelled in named]
        return self.take(joined_by_split(tables, self.shards.schema))

    def take(self, tables: "Sequence[tuple[str, pa.Table]]") -> list[str]:
        """Take rows in that are known to be right and new, and have the columns of the shards; give the ids."""
        found = self.shards.append(tables, self.last) if tables else []
        with self._publishing:
            for one in found:
                self.articles[one.id] = one
                self._by_key[key_of(one.id)] = one.id
        return [one.id for one in found]

    def _is_kept(self, labelled: LabelledArticle) -> bool:
        if not labelled.sentences:
            self._tell(f"{labelled.article.id}: left out, there is no sentence in it.")
        return bool(labelled.sentences)

    def _rows_of(self, labelled: LabelledArticle) -> "pa.Table":
        """Give the rows of an article that come back as they went in.

        Raises
        ------
        SaysoError
            If they do not: nothing is to be lost later that could be told of now.
        """
        name = labelled.article.id
        if labelled.split not in SPLITS:
            raise SaysoError(f"{name}: split {labelled.split!r} is not one of {', '.join(SPLITS)}.")
        table = table_of(labelled, self.shards.schema)
        read = articles_in(table, labelled.split)
        if not name or [(a.article.id, a.article.text) for a in read] != [(name, labelled.article.text)]:
            raise SaysoError(f"{shown(name)}: the id is empty, or the text does not come back as it is; mend the text.")
        return table

    def _with_new_id(self, labelled: LabelledArticle, taken: set[str]) -> LabelledArticle:
        """Give an article an id that nobody has yet."""
        first = name = labelled.article.id
        number = 2
        while name in taken:
            name, number = f"{first} ({number})", number + 1
        taken.add(name)
        if name == first:
            return labelled
        self._tell(f"{first}: there is an article of this name already; the new one is called {name}.")
        return replace(labelled, article=replace(labelled.article, id=name))

    def entries(self) -> list[Entry]:
        """List the articles, in order of arrival."""
        notes: dict[str, int] = {}
        for (name, _), (note, _) in self.state.notes.items():
            notes[name] = notes.get(name, 0) + bool(note)
        return [self._entry(found, notes.get(found.id, 0)) for found in self.articles.values()]

    def entry(self, name: str) -> Entry:
        """Give the line of one article."""
        return self._entry(self.articles[name], sum(bool(n) for (of, _), (n, _) in self.state.notes.items() if of == name))

    def _entry(self, found: Found, notes: int) -> Entry:
        done = self.state.is_done(found.id, found.complete)
        return Entry(
            key_of(found.id), found.id, **found.about, n_sentences=found.place.n_rows, labelled=found.labelled, done=done,
            notes=notes,
        )  # fmt: skip

    def notes(self) -> list[Note]:
        """List the notes, in the order of articles and sentences."""
        order = {name: i for i, name in enumerate(self.articles)}
        there = [(where, note) for where, note in self.state.notes.items() if note[0] and where[0] in order]
        there.sort(key=lambda pair: (order[pair[0][0]], -1 if pair[0][1] is None else pair[0][1]))
        return [Note(name, n, self._words(name, n), note, time) for (name, n), (note, time) in there]

    def _words(self, name: str, n: int | None) -> str:
        if n is None:
            return self.articles[name].about["title"] or ""
        labelled = self.article(name)
        return next((s.span.of(labelled.article.text) for s in labelled.sentences if s.n == n), "")

    def about(self, name: str) -> dict[str, Any]:
        """Give what is known of an article beside its labels; `Project.state` says what."""
        labelled = self.article(name)
        numbers = [None, *(s.n for s in labelled.sentences)]
        notes = {n: note for n in numbers if (note := self.state.note((name, n)))}
        return {
            "done": self.state.is_done(name, labelled.complete),
            "note": notes.pop(None, ""),
            "notes": notes,
            "changes": {n: change for n in numbers if (change := self.state.touched.get((name, n)))},
        }

    def _listed(self) -> "Listed":
        return tuple(self.shards.schema.names), frozenset(shard.split for shard in self.shards.shards)

    def keep_card(self) -> None:
        """Write the card where there is none, or columns or splits have come since: by these the dataset is loaded.

        Its counts are those of `write_card`, for which all shards are read.
        """
        if self._on_card != self._listed() or not (self.shards.folder / CARD).is_file():
            self.write_card()

    def write_card(self) -> None:
        """Write the dataset's card with the counts of now, unless somebody else has written the dataset."""
        from .disk.card import write_card

        if self.articles and self.shards.look() == self.shards.signature:
            write_card(self.shards, self._title)
            self._on_card = self._listed()
