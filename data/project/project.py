"""A labelling project, opened by one annotator; `docs/dataset-format.md` describes what it writes."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ...errors import SaysoError
from ..articles.notices import Say
from ..display import counted
from ..records import LabelledArticle
from .batch import Batch
from .disk.lock import Lock
from .disk.shared import read_shared
from .folder import Layout
from .names import check_annotator
from .present import Present
from .records import Change, Entry, Note, Recorded
from .state import Where
from .values import shown

if TYPE_CHECKING:
    from .taking import Portion, Taken

Columns = Mapping[str, Sequence[str] | None]
"""The columns of a codebook that are not of our scheme, with their labels; None for any text."""
_STOPPED = "the server stopped before this was saved; nothing was changed."


@dataclass(slots=True)
class _Request:
    """A change that waits to be written, and what became of it."""

    act: Callable[[Batch], Recorded | None]
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
        self._lock = Lock(layout.lock(annotator))
        title = f"{layout.root.resolve().name}: {annotator}"
        about = layout.root.stat()
        self._root = about.st_dev, about.st_ino
        self._reading = threading.RLock()  # what is in memory
        self._present = Present(layout.labels(annotator), layout.history(annotator), title, tell, self._reading)
        self._writing = threading.RLock()  # what is on disk
        self._queue: list[_Request] = []
        self._told_gone: set[str] = set()
        self._is_open = True

    @classmethod
    def open(
        cls,
        folder: Path,
        annotator: str,
        *,
        tell: Say,
        columns: Columns | None = None,
        codebook: int | None = None,
        blind: bool = False,
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
        blind : bool
            The annotator works without the models' view; the history keeps it with each change.

        Raises
        ------
        SaysoError
            If the folder holds something else or cannot be read, the name is none, or another process labels under it.
        """
        layout = Layout(Path(folder))
        annotator = check_annotator(annotator, layout.annotators())
        layout.check_is_free()
        project = cls(layout, annotator, tell)
        try:
            project._load()
            project.use(columns or {}, codebook)
            if project._lock.was_left:
                project._present.write_card()
        except BaseException:
            project._lock.release()
            raise
        project._present.blind = blind
        return project

    def _load(self) -> None:
        """Read what is on disk; where the project's folder has gone, what is in memory stays."""
        with self._reading:
            if self.is_there():
                self._present.load()

    @property
    def columns(self) -> Columns:
        """The columns of the codebook that are not of our scheme, with their labels; None for any text."""
        return self._present.columns

    @columns.setter
    def columns(self, columns: Columns) -> None:
        self.use(columns)

    @property
    def codebook(self) -> int | None:
        """The version of the codebook that is in force."""
        return self._present.codebook

    @codebook.setter
    def codebook(self, version: int | None) -> None:
        self._present.codebook = version

    def use(self, columns: Columns, codebook: int | None = None) -> None:
        """Take another version of the codebook.

        Parameters
        ----------
        columns : mapping of str to sequence of str or None
            Those that are not of our scheme, with their labels; None for any text.
        codebook : int, optional
            Its number; without it the number stays.

        Raises
        ------
        SaysoError
            If a column has a name of ours.
        """
        with self._changing(), self._reading:
            self._present.use(columns)
            self._present.codebook = self.codebook if codebook is None else codebook
            self._present.keep_card()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let nobody else write while files are added or replaced; after an error read anew what is there.

        Who reads waits only while something new is put in place of the old.
        """
        with self._writing:
            self._check_open()
            self._look()
            try:
                yield
            except BaseException:
                with suppress(SaysoError, OSError):  # the next who changes something tries again
                    self._load()
                raise

    def _check_open(self) -> None:
        if not self._is_open:
            raise SaysoError(f"{self.layout.root}: the project is closed.")

    def is_there(self) -> bool:
        """Tell whether the project's folder is the one that was opened."""
        try:
            about = self.layout.root.stat()
        except OSError:
            return False
        return (about.st_dev, about.st_ino) == self._root

    def _look(self) -> None:
        """See to it that the project is there and ours; read anew what somebody else has changed.

        Raises
        ------
        SaysoError
            If its folder is gone, or another process has the annotator's lock.
        """
        if not self.is_there():
            raise self._gone()
        self._lock.check()
        self._read_anew()

    def _gone(self) -> SaysoError:
        return SaysoError(
            f"{self.layout.root}: the project's folder was removed, renamed or replaced; nothing was changed. "
            "Put it back, or stop the server and start it with the project's new place."
        )

    def _read_anew(self) -> None:
        """Read the dataset and the history anew where somebody else has changed them."""
        if self._present.is_as_on_disk():
            return
        if self._present.shards.look() != self._present.shards.signature:
            self._tell(f"{self.labels_folder()}: was changed outside this page; it is read again.")
        if not self._present.history.is_as_it_was():
            path = self.layout.history(self.annotator)
            self._tell(f"{path}: was changed outside this page; it is read again.")
        self._load()

    def add(self, articles: Iterable[LabelledArticle]) -> list[str]:
        """Take articles in, with the labels that they have.

        Parameters
        ----------
        articles : iterable of LabelledArticle
            Those without sentences are left out, which is told.

        Returns
        -------
        list of str
            Their ids; one that is there already gets a number (`` (2)``), which is told.

        Raises
        ------
        SaysoError
            If one cannot be kept as it is; none is taken then.
        """
        with self._changing():
            ids = self._present.add(articles)
            self._present.keep_card()
        return ids

    def take(self, sources: Sequence[str]) -> list[str]:
        """Take the articles of files, folders and datasets in; those that are there with the same text are left out.

        Parameters
        ----------
        sources : sequence of str
            Whatever ``sayso data build`` takes. They are only read.

        Returns
        -------
        list of str
            The ids of what is new.
        """
        from .taking import read_source

        ids, n_known = self._take([portion for source in sources for portion in read_source(source, self._tell)])
        if n_known:
            self._tell(f"{n_known:,} of the articles are already in the project; their labels there are kept.")
        return ids

    def _take(self, portions: "Sequence[Portion]") -> "Taken":
        """Take what was read in, a portion at a time."""
        ids: list[str] = []
        n_known = 0
        for portion in portions:
            with self._changing():
                new, known = portion(self._present)
                self._present.keep_card()
            ids, n_known = ids + new, n_known + known
        return ids, n_known

    def take_from_others(self) -> list[str]:
        """Take the articles in that other annotators of the project have and this one has not, without anybody's labels.

        Returns
        -------
        list of str
            The ids of what is new.
        """
        from .taking import read_unlabelled

        others = [self.layout.labels(name) for name in self.layout.annotators() if name != self.annotator]
        ids, _ = self._take([portion for folder in others for portion in read_unlabelled(folder)])
        return ids

    def entries(self) -> list[Entry]:
        """List the articles, in order of arrival."""
        self._look_if_idle()
        with self._reading:
            return self._present.entries()

    def _look_if_idle(self) -> None:
        """Look whether somebody else changed the dataset, unless we are writing just now."""
        if self.is_there() and self._writing.acquire(blocking=False):
            try:
                self._read_anew()
            finally:
                self._writing.release()

    def id_of(self, key: str) -> str:
        """Give the id of the article that a key of an address stands for; ids are no keys here.

        Raises
        ------
        SaysoError
            If there is no such article.
        """
        with self._reading:
            return self._present.id_of_key(key)

    def entry(self, name: str) -> Entry:
        """Give the line of one article, by its id or key; an id that looks like another's key is an id."""
        with self._reading:
            return self._present.entry(self._present.id_of(name))

    def article(self, name: str) -> LabelledArticle:
        """Read an article with this annotator's labels, by its id or key; an id that looks like another's key is an id.

        Raises
        ------
        SaysoError
            If there is no such article.
        """
        with self._reading_files():
            return self._present.article(self._present.id_of(name))

    def read(self, name: str) -> tuple[LabelledArticle, dict[str, Any]]:
        """Read an article by its id, and what is known of it beside its labels, both as of one moment.

        Raises
        ------
        SaysoError
            If there is no such article, or it cannot be read any more.
        """
        with self._reading_files():
            return self._present.article(name), self._present.about(name)

    @contextmanager
    def _reading_files(self) -> Iterator[None]:
        """Read what may have to be read from disk; where that fails since the project has gone, say so."""
        try:
            with self._reading:
                yield
        except SaysoError:
            if self.is_there():
                raise
            raise self._gone() from None

    def state(self, name: str) -> dict[str, Any]:
        """Give what is known of an article beside its labels, by its id or key.

        Returns
        -------
        dict
            ``done``; ``note``, on the article; ``notes``, by sentence; ``changes``, the number of the change that last
            touched each sentence, by its number (None: the article), where there was one.
        """
        with self._reading:
            return self._present.about(self._present.id_of(name))

    def change(self, change: Change, *, base: int | None = None) -> Recorded:
        """Change labels: judged, logged and in the dataset on disk when this returns.

        Parameters
        ----------
        change : Change
        base : int, optional
            The number of the sentence's (or article's) last change that the person saw; 0 where there was none.

        Raises
        ------
        ConflictError
            If it was changed after ``base``; nothing is overwritten.
        SaysoError
            If anything in the change is wrong, or it cannot be written; nothing is changed.
        """
        recorded = self._submit(lambda batch: batch.change(change, base))
        if recorded is None:
            raise AssertionError("a change is recorded, or an error raised")
        return recorded

    def undo(self, *, within: str | None = None) -> Recorded | None:
        """Take the last change back, over restarts too; None where there is none.

        Parameters
        ----------
        within : str, optional
            The id of the only article in which that is wanted.

        Raises
        ------
        ConflictError
            If the labels were changed since by other means. The next undo goes on to the change before.
        ElsewhereError
            If the change was made in another article than ``within``; nothing is changed.
        """
        return self._submit(lambda batch: batch.undo(within))

    def redo(self, *, within: str | None = None) -> Recorded | None:
        """Take the last undoing back; None where there is none, or something was changed after it.

        Parameters
        ----------
        within : str, optional
            The id of the only article in which that is wanted.

        Raises
        ------
        ConflictError, ElsewhereError
            As of `undo`.
        """
        return self._submit(lambda batch: batch.redo(within))

    def _submit(self, act: Callable[[Batch], Recorded | None]) -> Recorded | None:
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
        """Judge and write what waits; what is wrong with one does not touch the others."""
        try:
            self._check_open()
            self._look()
            batch = Batch(self._present)
            for request in waiting:
                try:
                    request.recorded = request.act(batch)
                except Exception as error:
                    request.error = error
            batch.write(self._reading)
        except BaseException as error:
            for request in waiting:
                request.error = request.error or (error if isinstance(error, Exception) else SaysoError(_STOPPED))
            with suppress(SaysoError, OSError):  # it is told to who asks next
                self._load()
            if not isinstance(error, Exception):
                raise
        finally:
            for request in waiting:
                request.is_done = True

    @property
    def last(self) -> int:
        """The number of the last change; 0 before the first."""
        with self._reading:
            return self._present.last

    def since(self, number: int, at_most: int | None = None) -> list[Recorded]:
        """Give the changes after a number, in order: all, or the first of them."""
        self._look_if_idle()
        with self._reading:
            found = self._present.history.since(number, at_most)
            gone = {recorded.article for recorded in found} - self._present.articles.keys() - self._told_gone
            self._told_gone |= gone
        if gone:
            self._tell(
                f"{self.labels_folder()}: {counted(len(gone), 'article')} from the history not found, such as "
                f"{shown(min(gone))}; changes to missing articles are skipped."
            )
        return found

    def notes(self) -> list[Note]:
        """List the notes, in the order of articles and sentences."""
        with self._reading:
            parts = self._present.unread()
        for unread in parts:
            with self._reading:  # a change need not wait until all is read
                self._present.read_words(unread)
        with self._reading:
            return self._present.notes()

    def annotators(self) -> list[str]:
        """List whose labels are in the project, sorted."""
        return sorted({*self.layout.annotators(), self.annotator})

    def labels_folder(self, annotator: str | None = None) -> Path:
        """Give the dataset folder of an annotator; this one's without a name."""
        return self.layout.labels(annotator or self.annotator)

    def labels_of(self, annotator: str, ids: Collection[str] | None = None) -> list[LabelledArticle]:
        """Read another's labels; their own process may change them meanwhile.

        Parameters
        ----------
        annotator : str
        ids : collection of str, optional
            Only these articles, which is quicker than all of a large dataset.

        Raises
        ------
        SaysoError
            If there is no such annotator.
        """
        if annotator not in self.layout.datasets():
            raise SaysoError(f"no labels by {shown(annotator)}; the annotators here are {', '.join(self.annotators())}.")
        return read_shared(self.layout.labels(annotator), ids)

    def words_of(self, annotator: str, places: Collection[Where]) -> dict[Where, str]:
        """Read the words of sentences of another's dataset: of those that can be read, by article's id and number."""
        from .disk.shared import read_words

        return read_words(self.layout.labels(annotator), places) if annotator in self.layout.datasets() else {}

    def close(self) -> None:
        """Write the dataset's card with the counts of now, and let others have the lock."""
        with self._writing, self._reading:
            if not self._is_open:
                return
            self._is_open = False
            try:
                self._present.write_card()
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
