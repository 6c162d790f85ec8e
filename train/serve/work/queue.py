"""Which sentences to label next: a process beside this one asks the model about them while people work."""

import multiprocessing
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from ....classify.bulk.processes import Processes
from ....classify.queue.asker import Asker, Said, load_asker
from ....classify.queue.choose import choose, choose_unlike
from ....classify.queue.queue import Queued, Unlabelled, Wanted, unlike_each_other, unsure
from ....data.articles.metadata.article_language import article_language
from ....data.articles.metadata.language import ENGLISH
from ....data.project.records import Entry, key_of
from ....data.records import LabelledArticle
from ....errors import SaysoError
from .labels import TeamLabels, Version

UNSURE, CALLED = "unsure", "called"
MODES = (UNSURE, CALLED)
_SLICE = 400  # sentences that the model is asked about at a time: some tenths of a second
_SOME = 10.0  # seconds that an answer waits for something to choose from
_ALL, _REST = 1.5, 0.3  # seconds that it waits for all of it: the first time, and where there was something before
_CHOICE = 10  # times as many sentences as are wanted are read where no model chooses among them
_MODELS = 4  # whose chances are kept
_NICENESS = 5  # the page goes first


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask about which column.

    Parameters
    ----------
    column : str
    model : Path or None
        The model file in use; None: the package's, where it labels the column.
    beside : tuple of Path
        Files of the other models in use with which kinds and source types are told together.
    """

    column: str
    model: Path | None = None
    beside: tuple[Path, ...] = ()
    is_blind: bool = False
    """No model may choose."""

    def version(self) -> Version:
        """Give what differs as soon as the model does."""
        files = [path for path in (self.model, *self.beside) if path]
        return (self.column, self.is_blind, *((path, of.st_mtime_ns, of.st_size) for path in files for of in (path.stat(),)))


class Eye:
    """What the process beside this one keeps: the loaded models."""

    def __init__(self) -> None:
        self._askers: dict[Version, Asker | None] = {}
        self._is_gentle = False

    def asker(self, asked: Asked) -> Asker | None:
        """Load a model; the one before is dropped."""
        if multiprocessing.parent_process() is not None and not self._is_gentle and hasattr(os, "nice"):
            os.nice(_NICENESS)
        self._is_gentle = True
        version = asked.version()
        if version not in self._askers:
            self._askers = {version: load_asker(asked.model, asked.column, asked.beside)}
        return self._askers[version]


def _labels(eye: Eye, asked: Asked) -> list[str] | None:
    """Give the labels that the model tells apart; None where there is no model."""
    asker = None if asked.is_blind else eye.asker(asked)
    return list(asker.labels) if asker else None


def _look(eye: Eye, asked: Asked, articles: Sequence[LabelledArticle]) -> list[Said]:
    asker = eye.asker(asked)
    assert asker is not None
    return asker.ask(articles)


def _call(eye: Eye, function: Callable[..., list[int]], arguments: Sequence[Any], options: dict[str, Any]) -> list[int]:
    return function(*arguments, **options)


class Beside(Protocol):
    """Does tasks of this module in another process."""

    def submit(self, task: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Have it call ``task(eye, *arguments)``."""
        ...


@dataclass(slots=True)
class _Seen:
    """What a model said so far, by the article's id."""

    asked: Asked
    labels: list[str] | None = None
    is_loaded: bool = False
    said: dict[str, Said] = field(default_factory=dict)
    left: list[Entry] = field(default_factory=list)
    error: Exception | None = None


class LabelQueue:
    """The queue of a project.

    What a model says of an article is kept as long as the model is the same, so only the first queue takes time; meanwhile
    it chooses from what has been looked at.

    Parameters
    ----------
    team : TeamLabels
    beside : callable, optional
        Starts the process that asks models.
    """

    def __init__(self, team: TeamLabels, beside: Callable[[], Beside] | None = None) -> None:
        self._team = team
        self._start = beside or (lambda: Processes(1, Eye))
        self._beside: Beside | None = None
        self._seen: dict[Version, _Seen] = {}
        self._current: _Seen | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._changed = threading.Condition()

    def next_to_label(self, asked: Asked, wanted: Wanted, *, mode: str = UNSURE, blind: bool = False) -> dict[str, Any]:
        """Choose sentences without a label in a column.

        Parameters
        ----------
        asked : Asked
        wanted : Wanted
            With ``called`` in the mode of this name. Where there are too few articles, more than ``per_article`` are taken.
        mode : str
            One of `MODES`.
        blind : bool
            No model is asked, neither for labels nor for the order; no mode ``called`` then.

        Returns
        -------
        dict
            - ``column``, ``mode``, ``label`` (of the mode ``called``);
            - ``labels``: those that may be asked for in the mode ``called``;
            - ``looked_at``, ``of``: how many of the unlabelled sentences the model was asked about; ``finished``: all;
            - ``line``: how the sentences were chosen, how far looking is, or why there are none;
            - ``sentences``, the least sure first: a list of ``{key, article, title, outlet, date, n, text, before, after,
              guess, chance, margin}``; the last three are None without a model or view of it.

        Raises
        ------
        SaysoError
            If the model does not label the column, or does not know the label asked for.
        """
        _check(mode, wanted, blind)
        asked = replace(asked, is_blind=blind)
        entries = [entry for entry in self._team.entries() if _n_open(entry, asked.column)]
        wanted = replace(wanted, per_article=_most_of_one(entries, asked.column, wanted))
        seen = self._look_at(asked, entries)
        if seen.labels is not None and wanted.called not in (None, *seen.labels):
            raise SaysoError(f"{asked.column} {wanted.called!r} is not one of {', '.join(seen.labels)}.")
        if seen.is_loaded and seen.labels is None and mode == CALLED:
            raise SaysoError(f"there is no model for {asked.column!r} yet; teach one first.")
        known = [entry for entry in entries if entry.id in seen.said]
        if seen.is_loaded and seen.labels is None:
            known = _enough(entries, asked.column, wanted)
        unlabelled = Unlabelled.of(self._team.own(known), asked.column)
        n_all = sum(_n_open(entry, asked.column) for entry in entries)
        n_known = len(unlabelled.places) if seen.labels is not None else n_all
        found, why = self._chosen(seen, unlabelled, wanted)
        return {
            "column": asked.column,
            "mode": mode,
            "label": wanted.called,
            "labels": [] if blind else seen.labels or [],
            "looked_at": n_known if seen.is_loaded else 0,
            "of": n_all,
            "finished": seen.is_loaded and n_known == n_all,
            "line": why or _line(seen, n_known, n_all, wanted),
            "sentences": [_described(queued, blind) for queued in found],
        }

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        if isinstance(self._beside, Processes):
            self._beside.__exit__(None, None, None)

    def _chosen(self, seen: _Seen, unlabelled: Unlabelled, wanted: Wanted) -> tuple[list[Queued], str | None]:
        if not unlabelled.places:
            return [], None
        if seen.labels is None:
            return unlike_each_other(unlabelled, wanted, self._chooser(choose_unlike)), None
        of_articles = {a: seen.said[unlabelled.articles[a].article.id] for a, _ in unlabelled.places}
        try:
            return unsure(unlabelled, unlabelled.said(of_articles), seen.labels, wanted, self._chooser(choose)), None
        except SaysoError as error:
            return [], str(error)

    def _chooser(self, function: Callable[..., list[int]]) -> Callable[..., list[int]]:
        """Have the other process sort sentences by likeness, so that this one need not load what does it."""

        def choose_beside(*arguments: Any, **options: Any) -> list[int]:
            chosen: list[int] = self._do(_call, function, arguments, options)
            return chosen

        return choose_beside

    def _look_at(self, asked: Asked, entries: Sequence[Entry]) -> _Seen:
        """Have the model look at what it has not seen; wait a moment for it."""
        version = asked.version()
        with self._changed:
            seen = self._seen.pop(version, None)
            if seen is None or seen.error is not None:
                seen = _Seen(asked)
            self._seen[version] = seen  # the latest is the last
            while len(self._seen) > _MODELS:
                del self._seen[next(iter(self._seen))]
            if seen.labels is not None or not seen.is_loaded:
                seen.left = [entry for entry in _shuffled(entries) if entry.id not in seen.said]
            self._current = seen
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="queue", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            self._wait(seen)
            if seen.error is not None:
                raise seen.error
        return seen

    def _wait(self, seen: _Seen) -> None:
        """Wait for something to choose from, and a moment longer for all of it."""
        began = time.monotonic()
        some, all_ = began + _SOME, began + (_REST if seen.said else _ALL)
        while _has_work(seen):
            until = all_ if seen.said else some
            if (rest := until - time.monotonic()) <= 0:
                return
            self._changed.wait(rest)

    def _work(self) -> None:
        """Ask the model about slice after slice."""
        while True:
            with self._changed:
                while not self._is_closed and not _has_work(self._current):
                    self._changed.wait()
                seen = self._current
                if self._is_closed or seen is None:
                    return
                part = list(_first(seen.left))
            try:
                self._ask(seen, part)
            except Exception as error:
                self._failed(seen, error)

    def _ask(self, seen: _Seen, part: Sequence[Entry]) -> None:
        if not seen.is_loaded:
            labels = self._do(_labels, seen.asked)
            with self._changed:
                seen.labels, seen.is_loaded = labels, True
                if labels is None:
                    seen.left = []
                self._changed.notify_all()
            return
        found = self._do(_look, seen.asked, self._team.own(part))
        with self._changed:
            seen.said |= {entry.id: said for entry, said in zip(part, found, strict=True)}
            seen.left = [entry for entry in seen.left if entry.id not in seen.said]
            self._changed.notify_all()

    def _failed(self, seen: _Seen, error: Exception) -> None:
        """Say it with the next answer, and try again with the one after that."""
        told = error if isinstance(error, SaysoError) else SaysoError(f"the model could not be run ({error}); try again.")
        with self._changed:
            seen.error, seen.left = told, []
            self._changed.notify_all()

    def _do(self, task: Callable[..., Any], *arguments: Any) -> Any:
        """Have the other process do a task; one that was ended from outside is started anew for the next."""
        with self._changed:
            if self._beside is None:
                self._beside = self._start()
            beside = self._beside
        try:
            return beside.submit(task, *arguments).result()
        except Exception as error:
            if not any(isinstance(e, BrokenProcessPool) for e in (error, error.__cause__)):
                raise
            with self._changed:
                if self._beside is beside:
                    self._beside = None
            raise SaysoError(
                "the process that runs the model was stopped, possibly because memory ran out; try again."
            ) from error


def _check(mode: str, wanted: Wanted, blind: bool) -> None:
    if mode not in MODES:
        raise SaysoError(f"mode {mode!r} is not one of {', '.join(MODES)}.")
    if (mode == CALLED) != (wanted.called is not None):
        raise SaysoError(f"the mode {CALLED} needs a label; other modes take none.")
    if mode == CALLED and blind:
        raise SaysoError(f"the mode {CALLED} would show the model's predictions, which --blind hides.")


def _has_work(seen: _Seen | None) -> bool:
    return seen is not None and seen.error is None and bool(seen.left or not seen.is_loaded)


def _n_open(entry: Entry, column: str) -> int:
    """Count the sentences of an article that have no label in a column."""
    return entry.n_sentences - entry.labelled.get(column, 0)


def _most_of_one(entries: Sequence[Entry], column: str, wanted: Wanted) -> int:
    """Give how many sentences of one article may be chosen: more than was said where there are too few articles."""
    left = [_n_open(entry, column) for entry in entries]
    enough = min(wanted.n, sum(left))
    most = wanted.per_article
    while sum(min(most, n) for n in left) < enough:
        most += 1
    return most


def _shuffled(entries: Sequence[Entry]) -> list[Entry]:
    """Mix articles, always alike: what is looked at first stands for all."""
    mixed = list(entries)
    random.Random(0).shuffle(mixed)
    return mixed


def _first(entries: Sequence[Entry]) -> Iterator[Entry]:
    n = 0
    for entry in entries:
        yield entry
        n += entry.n_sentences
        if n >= _SLICE:
            return


def _enough(entries: Sequence[Entry], column: str, wanted: Wanted) -> list[Entry]:
    """Give as many articles as there is something to choose from, so that not all need to be read."""
    chosen, n = [], 0
    for entry in _shuffled(entries):
        chosen.append(entry)
        n += min(wanted.per_article, _n_open(entry, column))
        if n >= _CHOICE * wanted.n:
            break
    return chosen


def _line(seen: _Seen, n_looked_at: int, n_all: int, wanted: Wanted) -> str:
    column = seen.asked.column
    if not n_all:
        return f"Every sentence has a {column}."
    if not seen.is_loaded:
        return "The model is being loaded."
    if seen.asked.is_blind:
        return f"Sentences without a {column}, chosen to differ from each other, without a model."
    if seen.labels is None:
        return f"There is no model for {column} yet, so these sentences are chosen to differ from each other."
    which = "those that the model is least sure of"
    if wanted.called is not None:
        which = f"the least certain of those that the model labels {wanted.called}"
    return f"Checked {n_looked_at:,} of {n_all:,} sentences without a {column}: {which}, chosen to differ from each other."


def _described(queued: Queued, blind: bool) -> dict[str, Any]:
    about, sentences, i = queued.labelled.article, queued.labelled.sentences, queued.i
    is_known = article_language(about)[0] in (ENGLISH, None)  # of others the article's page has no view of the models
    guess = queued.guess if is_known and not blind else None
    return {
        "key": key_of(about.id),
        "article": about.id,
        **{name: getattr(about, name) for name in ("title", "outlet", "date")},
        "n": sentences[i].n,
        "text": sentences[i].span.of(about.text),
        "before": sentences[i - 1].span.of(about.text) if i else "",
        "after": sentences[i + 1].span.of(about.text) if i + 1 < len(sentences) else "",
        "guess": guess and guess.label,
        "chance": guess and round(guess.chance, 4),
        "margin": guess and round(guess.margin, 4),
    }
