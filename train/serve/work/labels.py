"""The labels of everybody in a project as they are now: read once, and after that only where something changed."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ....data.agreement.annotators import Annotator
from ....data.project.disk.shards import Found, Shards
from ....data.project.project import Project
from ....data.project.records import Entry, key_of
from ....data.records import LabelledArticle
from ....data.rows.places import ABOUT_ARTICLE
from ....data.rows.suggestions import is_label_column

Version = tuple[Any, ...]


class TeamLabels:
    """What each annotator of a project labelled.

    One's own articles are kept up with by the recorded changes; those of others are read again when their files changed.
    An article that did not change is the same object as before. May be used by several threads.

    Parameters
    ----------
    project : Project
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self._lock = threading.RLock()
        self._own: dict[str, LabelledArticle] = {}
        self._last = 0
        self._others: dict[str, _Other] = {}

    def own(self, entries: Sequence[Entry]) -> list[LabelledArticle]:
        """Give one's own articles of some entries, in their order."""
        with self._lock:
            for change in self.project.since(self._last):
                self._own.pop(key_of(change.article), None)
                self._last = max(self._last, change.number)
            for entry in entries:
                if entry.key not in self._own:
                    self._own[entry.key] = self.project.article(entry.key)
            return [self._own[entry.key] for entry in entries]

    def annotators(self) -> list[Annotator]:
        """Give all who label with the articles in which they labelled something, oneself first."""
        with self._lock:
            mine = self.own([entry for entry in self.project.entries() if entry.labelled or entry.done])
            annotators = [Annotator(self.project.annotator, {of.article.id: of for of in mine})]
            for name in self._names():
                other = self._others.setdefault(name, _Other(Shards(self.project.labels_folder(name))))
                annotators.append(Annotator(name, other.now()))
            return annotators

    def version(self) -> Version:
        """Give what differs as soon as anybody's labels do."""
        files = [(name, _files(self.project.labels_folder(name) / "data")) for name in self._names()]
        return (self.project.last, len(self.project.entries()), *files)

    def _names(self) -> list[str]:
        return [name for name in self.project.annotators() if name != self.project.annotator]


@dataclass(slots=True)
class _Other:
    """What somebody else labelled, of which only the files that changed are read again."""

    shards: Shards
    files: Version = ()
    articles: dict[str, LabelledArticle] = field(default_factory=dict)

    def now(self) -> dict[str, LabelledArticle]:
        """Give the articles in which something is labelled, by their ids."""
        files = _files(self.shards.data)
        if files == self.files:
            return self.articles
        same = {name for name, *_ in {*files} & {*self.files}}
        found = [of for of in self.shards.load() if _has_labels(of)]
        known = self.articles
        self.articles = {
            of.id: known[of.id] if of.place.shard.name in same and of.id in known else self.shards.article(of.place)
            for of in found
        }
        self.files = files  # as they were before reading: what is written meanwhile is read the next time
        return self.articles


def _has_labels(found: Found) -> bool:
    columns = [name for name in found.labelled if is_label_column(name) and not name.startswith(ABOUT_ARTICLE)]
    return bool(columns or found.complete)


def _files(data: Path) -> Version:
    """Tell the state of a folder of shards by the size and time of each."""
    try:
        return tuple(
            (file.name, of.st_size, of.st_mtime_ns) for file in sorted(data.glob("*.parquet")) for of in (file.stat(),)
        )
    except FileNotFoundError:  # all are being replaced together, which takes a moment
        return ()
