"""The labels of everybody in a project as they are now: read once, and after that only where something changed."""

import threading
from typing import Any

from ....data.agreement.annotators import Annotator, annotator_of
from ....data.project.project import Project
from ....data.project.records import key_of
from ....data.records import LabelledArticle

Version = tuple[Any, ...]


class TeamLabels:
    """What each annotator of a project labelled.

    One's own articles are kept up with by the recorded changes; those of others are read again when their files changed.
    May be used by several threads.

    Parameters
    ----------
    project : Project
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self._lock = threading.RLock()
        self._own: dict[str, LabelledArticle] = {}
        self._last = 0
        self._others: dict[str, tuple[Version, Annotator]] = {}

    def own(self) -> list[LabelledArticle]:
        """Give one's own articles, in order of arrival; those that did not change are the same objects as before."""
        with self._lock:
            keys = [entry.key for entry in self.project.entries()]
            changes = self.project.since(self._last)
            changed = {key_of(change.article) for change in changes} if self._own else set()
            if keys and not self._own:
                self._own = {key_of(of.article.id): of for of in self.project.labels_of(self.project.annotator)}
            for key in changed.intersection(keys) | (set(keys) - self._own.keys()):
                self._own[key] = self.project.article(key)
            self._last = max([self._last, *(change.number for change in changes)])
            return [self._own[key] for key in keys]

    def annotators(self) -> list[Annotator]:
        """Give all who labelled, oneself first; the labels that were decided are nobody's."""
        with self._lock:
            mine = Annotator(self.project.annotator, {of.article.id: of for of in self.own()})
            return [mine, *map(self._other, self._others_names())]

    def version(self) -> Version:
        """Give what differs as soon as anybody's labels do."""
        with self._lock:
            n_own = len(self.own())
            return (self._last, n_own, *((name, self._files(name)) for name in self._others_names()))

    def _others_names(self) -> list[str]:
        return [name for name in self.project.annotators() if name != self.project.annotator]

    def _other(self, name: str) -> Annotator:
        version = self._files(name)
        known = self._others.get(name)
        if known is None or known[0] != version:
            known = self._others[name] = version, annotator_of(name, self.project.labels_of(name))
        return known[1]

    def _files(self, name: str) -> Version:
        """Tell the state of somebody's files by size and time."""
        files = sorted((self.project.labels_folder(name) / "data").glob("*.parquet"))
        return tuple((file.name, of.st_size, of.st_mtime_ns) for file in files for of in (file.stat(),))
