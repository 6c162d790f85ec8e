"""Which model is in use for a column, and how a better one is taught."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...classify.linear.composed import BIAS, STANCE
from ...classify.linear.label_pairs import PAIRED, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.container import read_model
from ...classify.model_files.files import LabelModel, load
from ...classify.model_files.shipped import seen_by, shipped_model
from ...data.records import LabelledArticle
from ..tasks.adapted import ADAPTED_FROM, PACKAGE, AdaptedTask, about_base, adapted_task
from ..tasks.registry import task_of
from ..tasks.task import AnyTask
from .files import BASE, MODELS

_PACKAGES, _ACCEPTED = "the package's model", "the model in use"
_OF_PACKAGE = {"kind": VOICE, "source_type": VOICE, BIAS: BIAS, STANCE: STANCE}
_ADAPTED = "The weights of {} are changed as far as the labels ask for it."
_ALONE = "A model is learned from the labels, as sayso train {} does."


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
        path = shipped_model(_OF_PACKAGE[column]) if column in _OF_PACKAGE else None
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
    told : str
        The same in a sentence.
    """

    column: str
    task: AnyTask
    in_use: InUse | None
    base: InUse | None
    told: str

    @property
    def instead(self) -> AnyTask | None:
        """The way of learning where it is not the column's own."""
        return self.task if self.base else None

    @property
    def beside(self) -> "Recipe | None":
        """The same for the column that the model labels too: kind beside source type, and the other way round."""
        if not isinstance(self.task, AdaptedTask) or self.task.base.task != VOICE:
            return None
        (other,) = set(PAIRED) - {self.column}
        return replace(self, column=other, task=adapted_task(self.task.base, other))

    def is_unchanged(self, model: LabelModel) -> bool:
        """Tell whether a fitted model is the one that learning began with, because the labels ask for no change."""
        return isinstance(self.task, AdaptedTask) and model is self.task.base

    def about(self, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
        """Give what the taught model's manifest says of it."""
        return about_base(self.base.given, articles) if self.base else {}


def recipe_for(column: str, articles: Sequence[LabelledArticle], models: Iterable[str | Path] = ()) -> Recipe:
    """Choose how a column is taught.

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
    way = task_of(column, articles)
    in_use = model_in_use(column, models)
    base = _base_of(in_use) if in_use and column in PAIRED else None
    model = load(base.path) if base else None
    if base is None or not isinstance(model, SentenceModel):
        return Recipe(column, way, in_use, None, _ALONE.format(column))
    return Recipe(column, adapted_task(model, column), in_use, base, _ADAPTED.format(base.name))


def model_in_use(column: str, models: Iterable[str | Path] = ()) -> InUse | None:
    """Find the model that labels a column: of those given, or of the package; None where there is none."""
    by_task = {str(read_model(path).manifest["task"]): Path(path) for path in models}
    for task in (column, _OF_PACKAGE.get(column)):
        if task in by_task:
            path = by_task[task]
            return InUse(path, _ACCEPTED if path.parent.name == MODELS else path.name)
    return InUse.of_package(column)


def _base_of(in_use: InUse) -> InUse | None:
    """Find the model that learning begins with: the one in use, or what that began with where it was taught itself."""
    began = in_use.manifest.get(ADAPTED_FROM)
    if not isinstance(began, dict):
        return in_use
    kept = Path(str(in_use.path)).with_suffix(BASE)
    return InUse(kept, str(began.get("name"))) if kept.is_file() else InUse.of_package("kind")
