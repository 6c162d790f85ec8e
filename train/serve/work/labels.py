"""The labels of everybody in a project as they are now: read once, and after that only where something changed."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ....data.agreement.annotators import Annotator
from ....data.project.disk.shards import ForeignError, Shards, Signature
from ....data.project.disk.shared import read_shared
from ....data.project.project import Project
from ....data.project.records import Entry, key_of
from ....data.records import LabelledArticle
from ....data.rows.suggestions import has_labels
from ....errors import SaysoError

Version = tuple[Any, ...]
Where = tuple[str, int]
"""An article's id, and a sentence."""


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
        self._as_of = 0, 0
        self._files: Signature = {}
        self._others: dict[str, _Other] = {}

    def entries(self) -> list[Entry]:
        """Give the list of articles; what somebody changed in the files by other means is read again."""
        with self._lock:
            entries = self.project.entries()
            last, files = self.project.last, Shards(self.project.labels_folder()).look()
            if (last, len(entries)) == self._as_of and files != self._files:
                self._own = {}
            self._as_of, self._files = (last, len(entries)), files
            return entries

    def own(self, entries: Sequence[Entry]) -> list[LabelledArticle]:
        """Give one's own articles of some entries, in their order."""
        with self._lock:
            for change in self.project.since(self._last):
                self._own.pop(key_of(change.article), None)
                self._last = max(self._last, change.number)
            for entry in entries:
                if entry.key not in self._own:
                    self._own[entry.key] = self.project.article(entry.id)
            return [self._own[entry.key] for entry in entries]

    def annotators(self) -> list[Annotator]:
        """Give all who label with the articles in which they labelled something, oneself first."""
        with self._lock:
            mine = self.own([entry for entry in self.entries() if entry.labelled or entry.done])
            annotators = [Annotator(self.project.annotator, {of.article.id: of for of in mine})]
            for name in self._names():
                other = self._others.setdefault(name, _Other(self.project.labels_folder(name)))
                annotators.append(Annotator(name, other.now()))
            return annotators

    def touched(self, name: str) -> dict[Where, bool] | None:
        """Give the sentences that somebody labelled in the project; None of whom no server was ever started for.

        Returns
        -------
        dict or None
            Whether the last change to a sentence was made without the models' view.
        """
        layout = self.project.layout
        if not layout.history(name).exists():
            return {} if layout.lock(name).exists() else None
        try:
            with open(layout.history(name), "rb") as file:
                lines = [json.loads(line) for line in file if line.endswith(b"}\n")]
        except (OSError, ValueError):
            return None
        of_labels = [change for change in lines if change["n"] is not None and change["set"].keys() - {"note"}]
        return {(str(change["article"]), int(change["n"])): change.get("blind") is True for change in of_labels}

    def version(self) -> Version:
        """Give what differs as soon as anybody's labels do."""
        names = [self.project.annotator, *self._names()]
        return tuple((name, *sorted(Shards(self.project.labels_folder(name)).look().items())) for name in names)

    def _names(self) -> list[str]:
        return [name for name in self.project.annotators() if name != self.project.annotator]


@dataclass(slots=True)
class _Other:
    """What somebody else labelled, of which only the files that changed are read again."""

    folder: Path
    files: Signature = field(default_factory=dict)
    articles: dict[str, LabelledArticle] = field(default_factory=dict)

    def now(self) -> dict[str, LabelledArticle]:
        """Give the articles in which something is labelled, by their ids."""
        shards = Shards(self.folder)
        files = shards.look()
        if files and files == self.files:
            return self.articles
        try:
            self.articles = self._read(shards)
        except (ForeignError, SaysoError, OSError):  # no shards of ours, or all being replaced together just now
            self.articles = {of.article.id: of for of in read_shared(self.folder) if has_labels(of)}
        self.files = files  # as they were before reading: what is written meanwhile is read the next time
        return self.articles

    def _read(self, shards: Shards) -> dict[str, LabelledArticle]:
        found = [of for of in shards.load() if of.labelled or of.complete]
        same = {name for name, about in shards.signature.items() if self.files.get(name) == about}
        known = self.articles
        return {
            of.id: known[of.id] if of.place.shard.name in same and of.id in known else shards.article(of.place)
            for of in found
        }
