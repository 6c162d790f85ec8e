"""What the pages are made of: a project's articles with this person's labels, and what the models in use say of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from ...classify.annotation.annotator import Annotator, load_annotator
from ...classify.annotation.conversions import as_json
from ...classify.annotation.records import Annotated
from ...data.project.project import Project
from ...data.records import LabelledArticle

if TYPE_CHECKING:
    from ...classify.stance_bias.targets import Target

_KEPT = 64  # articles whose annotations are kept in memory


@dataclass(slots=True, weakref_slot=True)
class Settings:
    """What the command was asked for.

    Parameters
    ----------
    models : sequence of str
        Model files instead of the package's.
    targets : sequence of Target
        Whom stances are asked about.
    blind : bool
        The models' view is not sent to the browser.
    """

    models: Sequence[str] = ()
    targets: Sequence["Target"] = ()
    blind: bool = False


@dataclass
class Desk:
    """A project and the models that read its articles; it may be called from many threads.

    Parameters
    ----------
    project : Project
    settings : Settings
    """

    project: Project
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self._annotated: dict[str, list[Annotated]] = {}
        self._lock = Lock()

    @cached_property
    def annotator(self) -> Annotator:
        """The models in use."""
        return load_annotator(self.settings.models, stance=bool(self.settings.targets))

    def annotated(self, key: str, labelled: LabelledArticle) -> list[Annotated]:
        """Give what the models say of an article."""
        with self._lock:
            if key not in self._annotated:
                while len(self._annotated) >= _KEPT:
                    self._annotated.pop(next(iter(self._annotated)))
                self._annotated[key] = self.annotator.annotate(labelled.article, targets=self.settings.targets)
            return self._annotated[key]

    def model_view(self, key: str, labelled: LabelledArticle) -> Mapping[tuple[int, int], Any]:
        """Give the models' view of the sentences by their places, as `sayso annotate` writes it; empty when blind."""
        if self.settings.blind:
            return {}
        rows = map(json.loads, as_json(labelled.article, self.annotated(key, labelled)))
        return {(row["start"], row["end"]): row for row in rows}
