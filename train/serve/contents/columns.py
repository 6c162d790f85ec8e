"""The columns of the codebook, as the pages name and ask them, and the models that label them now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ....classify.linear.composed import ATTRIBUTION
from ....classify.linear.label_pairs import PAIRED, VOICE
from ....classify.model_files.container import read_model
from ....data.codebook.codebook import Codebook, Column
from ....data.codebook.versions import Versions
from ....data.project.project import Project
from ....data.scheme import LABELS_OF
from ...teach.accepted import model_of

_COUNTED_AS = {"attribution": "attributions"}  # what a project counts under another name than the codebook's
_MARKED = frozenset(("attribution",))
STANCE = "stance"
PACKAGE = "the built-in model"


def codebook_of(project: Project) -> Codebook:
    """Give the codebook that is in force in a project."""
    return Versions(project.layout.root).current()


@dataclass(frozen=True, slots=True)
class Counted:
    """A column, as the list of articles counts it.

    Parameters
    ----------
    name : str
    key : str
        The name under which `data.project.records.Entry` counts it.
    is_marked : bool
        Words are marked, so that not every sentence has something in it.
    is_free : bool
        Answered in words of one's own, or not at all.
    """

    name: str
    key: str
    is_marked: bool
    is_free: bool


def counted(codebook: Codebook, labelled: Mapping[str, int], *, has_targets: bool) -> list[Counted]:
    """Give the columns that people are asked for; what need not be answered only where somebody answered it.

    Parameters
    ----------
    codebook : Codebook
    labelled : mapping of str to int
        Sentences of the project with something in each column.
    has_targets : bool
        Stances are asked about in every article.
    """
    columns = [
        Counted(c.name, _COUNTED_AS.get(c.name, c.name), c.name in _MARKED, not c.labels and c.name not in _MARKED)
        for c in codebook.asked()
    ]
    return [c for c in columns if labelled.get(c.key) or not (c.is_free or (c.name == STANCE and not has_targets))]


def queued_columns(codebook: Codebook) -> list[Column]:
    """Give the asked columns of which every sentence gets one label of a list: stances have a target beside it."""
    return [c for c in codebook.asked() if c.labels and c.name not in (*_MARKED, STANCE)]


def taught_columns(codebook: Codebook) -> list[Column]:
    """Give the asked columns that a model can learn from a person's labels."""
    return [c for c in codebook.asked() if c.labels and c.name not in _MARKED]


def models_beside(column: str, models: Iterable[str | Path]) -> tuple[Path, ...]:
    """Find the other model files in use by which annotating tells a kind or a source type; none of another column."""
    if column not in PAIRED:
        return ()
    own, tasks = model_of(column, models := list(models)), (VOICE, *PAIRED, ATTRIBUTION)
    return tuple(Path(path) for path in models if Path(path) != own and read_model(path).manifest["task"] in tasks)


def shown_model(column: str, models: Iterable[str | Path], given: Iterable[str | Path] = ()) -> str:
    """Say which of the models in use labels a column now, and what has become of one that was given."""
    path, asked_for = model_of(column, models), model_of(column, given)
    if path is None:
        return PACKAGE if column in (*LABELS_OF, STANCE) else "none yet"
    if path == asked_for:
        return f"{path.name} (given with --model), until you accept a model taught here"
    return f"{path.name}, taught here" + (f", instead of {asked_for.name} given with --model" if asked_for else "")
