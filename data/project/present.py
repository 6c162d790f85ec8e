"""What is in an annotator's part of a project now: the dataset on disk, its index in memory, and what the history says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..display import counted
from ..records import LabelledArticle, Sentence
from ..rows.places import ABOUT_ARTICLE, RESERVED, SPLITS
from ..rows.suggestions import is_counted, is_label_column
from .changes import Facts, applied, holds, sentence_values
from .disk.history import History
from .disk.index import Found
from .disk.kept import Kept
from .disk.shards import CARD, ForeignError, Shards, Writing, sharded
from .disk.tables import articles_in, changed_sentences, check_fits, joined_by_split, table_of
from .records import Entry, Note, Recorded, key_of
from .state import State, Where
from .values import shown

if TYPE_CHECKING:
    import pyarrow as pa


Listed = tuple[tuple[str, ...], frozenset[str]]
"""Columns and splits."""
UNFIT = (KeyError, TypeError, ValueError, AttributeError, SaysoError)
"""What goes wrong where a line of the history that somebody wrote by hand is applied."""


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
        self._kept = Kept()
        self._words: dict[Where, str] = {}  # of sentences with notes
        self._is_whole = False
        self._on_card: Listed = (), frozenset()

    @property
    def last(self) -> int:
        """The number of the last change, also of one whose line in the log is gone."""
        return max(self.history.last, self.shards.newest)

    def load(self) -> None:
        """Read what is on disk, and redo what the log has and the shards have not."""
        self._is_whole = False
        self._kept.clear()
        self._words.clear()
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
                f"{self.shards.folder}: holds changes up to {self.shards.newest:,}, but the history only up to "
                f"{self.history.last:,}; the changes in between cannot be undone."
            )
        self._is_whole = True

    def is_as_on_disk(self) -> bool:
        """Tell whether nobody else changed the dataset or the history, and all was read."""
        is_same = self.shards.look() == self.shards.signature and self.history.is_as_it_was()
        return self._is_whole and is_same

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
                raise SaysoError(f"{shown(name)} cannot be a column of the codebook; give it another name.")
        self.shards.widen(columns)
        self.columns = dict(columns)

    def _take_foreign(self) -> None:
        """Cut a dataset that somebody put there into shards; it counts as it stands."""
        from .disk.intake import whole_tables

        tables = whole_tables(self.shards.folder)
        if tables is None or self.shards.has_other_tables():
            raise SaysoError(
                f"{self.shards.folder}: holds tables that sayso did not write; build a dataset from them "
                "elsewhere with sayso data build, then put its data folder here."
            )
        cut = sharded(tables, 0, self.history.last)
        self.shards.replace_all(cut)
        self.articles = {one.id: one for one in self.shards.load()}
        if self.history.last:
            self._tell(f"{self.shards.folder}: was changed outside this page; its current content is used.")

    def _redo(self, missing: Sequence[Recorded]) -> None:
        """Put changes into the shards that were logged before the process was killed."""
        changed: dict[str, LabelledArticle] = {}
        redone = 0
        for recorded in missing:
            labelled = changed.get(recorded.article) or self.article(recorded.article)
            changed[recorded.article] = labelled
            labels = {key: value for key, value in recorded.was.items() if key not in ("done", "note")}
            with suppress(*UNFIT):
                if holds(labelled, recorded.n, labels, Facts()):
                    after = applied(labelled, recorded.n, recorded.set, recorded.also.get("set", {}))
                    check_fits(after, recorded.n, self.shards.schema)
                    changed[recorded.article] = after
                    redone += 1
        with self.replacing(changed, self.history.last) as writing:
            writing.place()
        self.refresh(changed.values())
        folder = self.shards.folder
        if redone:
            self._tell(f"{folder}: added {counted(redone, 'change')} from the history that were missing from the dataset.")
        if n_left := len(missing) - redone:
            fit = "does" if n_left == 1 else "do"
            self._tell(
                f"{folder}: {counted(n_left, 'change')} in the history {fit} not match the dataset; the "
                "dataset is used as it is."
            )

    def replacing(self, changed: Mapping[str, LabelledArticle], change: int) -> Writing:
        """Prepare shards with changed articles; the last change is given."""
        articles = [(self.articles[name].place, self._kept.get(name), of) for name, of in changed.items()]
        return self.shards.replacing(articles, change)

    def refresh(self, changed: Iterable[LabelledArticle]) -> None:
        """Count the labels of changed articles anew."""
        for labelled in changed:
            found, before = self.articles[labelled.article.id], self._kept.get(labelled.article.id)
            sentences = changed_sentences(before, labelled)
            if before is None or sentences is None:
                counts = _counts(labelled, labelled.sentences)
            else:
                counts = Counter(found.labelled)
                counts.subtract(_counts(before, [before.sentences[i] for i in sentences]))
                counts.update(_counts(labelled, [labelled.sentences[i] for i in sentences]))
            found.labelled = {column: n for column, n in counts.items() if n}
            found.complete = labelled.complete
            self._kept.put(labelled)

    def id_of(self, name: object) -> str:
        """Find an article by its id, or else by its key: an id may look like the key of another article."""
        return name if isinstance(name, str) and name in self.articles else self.id_of_key(name)

    def id_of_key(self, key: object) -> str:
        """Find an article by the key that stands for it in addresses, and by nothing else."""
        name = self._by_key.get(key) if isinstance(key, str) else None
        if name is None:
            raise SaysoError(f"no article {shown(key)} in this project; reload the list.")
        return name

    def article(self, name: str) -> LabelledArticle:
        """Read an article by its id."""
        labelled = self._kept.get(name)
        if labelled is None:
            if name not in self.articles:
                raise SaysoError(f"no article {shown(name)} in this project; reload the list.")
            labelled = self.shards.article(self.articles[name].place)
            self._kept.put(labelled)
        return labelled

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
            self._tell(f"{labelled.article.id}: left out, as it has no sentence.")
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
            raise SaysoError(
                f"{shown(name)}: the id is empty, or the text cannot be stored unchanged; correct the id or the text."
            )
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
        self._tell(f"{first}: an article with this id already exists; the new one is named {name}.")
        return replace(labelled, article=replace(labelled.article, id=name))

    def entries(self) -> list[Entry]:
        """List the articles, in order of arrival."""
        notes: dict[str, int] = {}
        for (name, _), noted in self.state.notes.items():
            notes[name] = notes.get(name, 0) + bool(noted.note)
        return [self._entry(found, notes.get(found.id, 0)) for found in self.articles.values()]

    def entry(self, name: str) -> Entry:
        """Give the line of one article."""
        return self._entry(self.articles[name], sum(bool(x.note) for (of, _), x in self.state.notes.items() if of == name))

    def _entry(self, found: Found, notes: int) -> Entry:
        done = self.state.is_done(found.id, found.complete)
        return Entry(
            key_of(found.id), found.id, **found.about, n_sentences=found.place.n_rows, labelled=found.labelled, done=done,
            notes=notes,
        )  # fmt: skip

    def notes(self) -> list[Note]:
        """List the notes, in the order of articles and sentences."""
        order = {name: i for i, name in enumerate(self.articles)}
        there = [(where, noted) for where, noted in self.state.notes.items() if noted.note and where[0] in order]
        there.sort(key=lambda pair: (order[pair[0][0]], -1 if pair[0][1] is None else pair[0][1]))
        for unread in self.unread():
            self.read_words(unread)
        touched = self.state.touched
        return [
            Note(*where, self._words_at(where), noted.note, noted.time, noted.number, touched[where])
            for where, noted in there
        ]

    def _words_at(self, where: Where) -> str:
        return self._words.get(where, "") if where[1] is not None else self.articles[where[0]].about["title"] or ""

    def unread(self) -> list[list[Where]]:
        """Give the sentences with notes whose words were not read yet, those of a shard together."""
        by_shard: dict[int, list[Where]] = {}
        for where, noted in self.state.notes.items():
            if noted.note and where[1] is not None and where[0] in self.articles and where not in self._words:
                by_shard.setdefault(self.articles[where[0]].place.shard.number, []).append(where)
        return list(by_shard.values())

    def read_words(self, unread: Sequence[Where]) -> None:
        """Read the words of sentences of one shard; they never change."""
        places = {name: self.articles[name].place for name, _ in unread if name in self.articles}
        if not places:
            return
        numbers, words = self.shards.sentences(next(iter(places.values())).shard)
        at = {(name, numbers[i]): i for name, of in places.items() for i in range(of.start, of.start + of.n_rows)}
        self._words.update((where, words[at[where]] if where in at else "") for where in unread)

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


def _counts(labelled: LabelledArticle, sentences: Iterable[Sentence]) -> Counter[str]:
    """Count of each column how many sentences have something in it."""
    counts: Counter[str] = Counter()
    for s in sentences:
        values = sentence_values(labelled, s)
        own = ((column, label) for column, label in values.pop("own").items() if is_counted(column))
        counts.update(column for column, value in (*own, *values.items()) if value)
    return counts
