"""Which model is in use for a column, and how a better one is taught."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...classify.linear.label_pairs import PAIRED, VOICE
from ...classify.model_files.container import read_model
from ...classify.model_files.files import LabelModel, load
from ...classify.model_files.shipped import mark_of, seen_by, shipped_model
from ...data.records import LabelledArticle
from ...data.system.file_names import hashed_stem
from ...errors import SaysoError
from ..tasks.adapted import ADAPTED_FROM, OF_PACKAGE, PACKAGE, AdaptedPart, AdaptedTask, about_base, adapted_task
from ..tasks.registry import task_of
from ..tasks.task import AnyTask
from .accepted import model_of
from .files import BASE, MODELS

_NEARLY_ALL = 0.8  # of what a model learned from must be there to make it anew: articles may have been taken away since
_PACKAGES, _ACCEPTED = "the built-in model", "the model in use"
_ADAPTED = "The weights of {} are adjusted to the labels."
_ALONE = "A new model is trained on the labels, as with sayso train {}."


@dataclass(frozen=True, slots=True)
class InUse:
    """The model file that labels a column now.

    Parameters
    ----------
    path : Path or Traversable
    name : str
        What people call it.
    """

    path: Path | Traversable
    name: str

    @classmethod
    def of_package(cls, column: str) -> "InUse | None":
        """Give the package's model of a column; None where it has none."""
        path = shipped_model(OF_PACKAGE[column]) if column in OF_PACKAGE else None
        return cls(path, _PACKAGES) if path else None

    @property
    def given(self) -> str:
        """What commands are given for it."""
        return PACKAGE if self.name == _PACKAGES else str(self.path)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What the file says of its making."""
        return read_model(self.path).manifest

    @property
    def seen(self) -> frozenset[str]:
        """The marks of the articles that it learned from."""
        return seen_by(self.manifest)

    def is_of(self, articles: Iterable[LabelledArticle], besides: frozenset[str] = frozenset()) -> bool:
        """Tell whether it learned from nothing but these articles, ``besides`` left out: it can be made anew of them."""
        learned = self.seen - besides
        return len(learned & {mark_of(a.article) for a in articles}) >= _NEARLY_ALL * max(len(learned), 1)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a column is taught.

    Parameters
    ----------
    column : str
    task : Task
        That is cross-validated and fitted.
    in_use : InUse or None
        None where nothing labels the column yet.
    base : InUse or None
        The model that learning begins with; None where it begins with nothing.
    """

    column: str
    task: AnyTask
    in_use: InUse | None
    base: InUse | None

    @property
    def told(self) -> str:
        """How it is taught, in a sentence."""
        return _ALONE.format(self.column) if self.base is None else _ADAPTED.format(self.base.name)

    @property
    def instead(self) -> AnyTask | None:
        """The way of learning where it is not the column's own."""
        return self.task if self.base else None

    @property
    def asked(self) -> AnyTask | None:
        """The way to ask the model in use; None where that follows from its sort."""
        return self.task if isinstance(self.task, AdaptedTask) else None

    @property
    def stand_in(self) -> AnyTask | None:
        """The way in which a model that was taught here was made; None for the column's own."""
        is_adapted = self.in_use is not None and ADAPTED_FROM in self.in_use.manifest
        return self.task if is_adapted and self.base else None

    @property
    def beside(self) -> "Recipe | None":
        """The same for the column that the model labels too: kind beside source type, and the other way round."""
        if not isinstance(self.task, AdaptedTask) or self.task.base.task != VOICE:
            return None
        (other,) = set(PAIRED) - {self.column}
        task = adapted_task(self.task.base, other)
        return replace(self, column=other, task=replace(task, may_change=self.task.may_change))

    @property
    def without_change(self) -> "Recipe":
        """The same where the labels ask for no change: what is scored then is the model that learning began with."""
        if not isinstance(self.task, AdaptedTask | AdaptedPart):
            return self
        return replace(self, task=replace(self.task, may_change=False))

    def commands(self, data: Path) -> list[str]:
        """Give the commands that do the same: compare, report, train."""
        way, adapt = ("adapted", ["--adapt", self.base.given]) if self.base else ("own", [])
        of_data = ["--data", str(data)]
        words = [
            ["evaluate", self.column, *adapt, *of_data, "--report", f"{hashed_stem(self.column)}.html"],
            ["train", self.column, *adapt, *of_data, "--out", f"{hashed_stem(self.column)}.sayso"],
        ]
        rival = "most_frequent" if self.in_use is None else "package" if self.in_use.given == PACKAGE else None
        if rival and (self.base is None or self.base.given == PACKAGE):
            words.insert(0, ["compare", rival, way, "--task", self.column, *of_data])
        return [shlex.join(["sayso", *of]) for of in words]

    def is_unchanged(self, model: LabelModel) -> bool:
        """Tell whether a fitted model is the one that learning began with, because the labels ask for no change."""
        return isinstance(self.task, AdaptedTask | AdaptedPart) and model is self.task.base

    def about(self, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
        """Give what the taught model's manifest says of it."""
        return about_base(self.base.given, self.column, articles) if self.base else {}


def recipes_for(column: str, articles: Sequence[LabelledArticle], models: Iterable[str | Path] = ()) -> list[Recipe]:
    """List how a column can be taught: by adapting a model, by the labels alone, or either.

    Kind and source type are always adapted. The package's models of loaded wording and stance know a scheme of their
    own; who labels by another one is better off with the labels alone.

    Parameters
    ----------
    column : str
    articles : sequence of LabelledArticle
    models : iterable of path
        The model files in use.

    Raises
    ------
    SaysoError
        If the column cannot be learned.
    """
    alone = Recipe(column, task_of(column, articles), model_in_use(column, models), None)
    base = _base_of(alone.in_use, column, articles) if alone.in_use else None
    if base is None:
        return [alone]
    adapted = replace(alone, task=adapted_task(load(base.path), column), base=base)
    return [adapted] if column in PAIRED else [adapted, alone]


def model_in_use(column: str, models: Iterable[str | Path] = ()) -> InUse | None:
    """Find the model that labels a column: of those given, or of the package; None where there is none."""
    if path := model_of(column, models):
        return InUse(path, _ACCEPTED if path.parent.name == MODELS else path.name)
    return InUse.of_package(column)


def _base_of(in_use: InUse, column: str, articles: Sequence[LabelledArticle]) -> InUse | None:
    """Find the model that learning begins with: the one in use, or what that began with where it was taught itself."""
    if began := in_use.manifest.get(ADAPTED_FROM):
        kept = Path(str(in_use.path)).with_suffix(BASE)
        return InUse(kept, str(began["name"])) if kept.is_file() else InUse.of_package(column)
    is_of_others = in_use.given == PACKAGE or not in_use.is_of(articles)
    return in_use if is_of_others and _can_be_adapted(in_use, column) else InUse.of_package(column)


def _can_be_adapted(in_use: InUse, column: str) -> bool:
    try:
        adapted_task(load(in_use.path), column)
    except SaysoError:
        return False
    return True
