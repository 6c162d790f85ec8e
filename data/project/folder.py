"""Where things stand in a project's folder."""

from dataclasses import dataclass
from pathlib import Path

from ...errors import SaysoError
from .names import DECIDED

_LABELS, _HISTORY = "labels", "history"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a project's folder."""

    root: Path

    @property
    def codebook(self) -> Path:
        """The label scheme that is in force."""
        return self.root / "codebook.toml"

    def labels(self, annotator: str) -> Path:
        """Give the dataset of an annotator."""
        return self.root / _LABELS / annotator

    def history(self, annotator: str) -> Path:
        """Give the log of an annotator's changes."""
        return self.root / _HISTORY / f"{annotator}.jsonl"

    def lock(self, annotator: str) -> Path:
        """Give the file that the process which writes an annotator's labels holds."""
        return self.root / _HISTORY / f"{annotator}.lock"

    def annotators(self) -> list[str]:
        """List whose labels are there, sorted; decisions are nobody's."""
        return sorted(name for name in self.datasets() if name != DECIDED)

    def datasets(self) -> list[str]:
        """List the datasets of labels."""
        folder = self.root / _LABELS
        if not folder.is_dir():
            return []
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith(".") and (p / "data").is_dir())


def is_project(path: Path) -> bool:
    """Tell whether a folder is that of a labelling project."""
    return bool(Layout(path).datasets()) or ((path / _LABELS).is_dir() and (path / _HISTORY).is_dir())


def dataset_in(path: Path) -> Path:
    """Give the dataset that is meant by a path: of a project's folder that of its one annotator, otherwise the path itself.

    Raises
    ------
    SaysoError
        If it is a project with several annotators, or without labels.
    """
    if not path.is_dir() or not is_project(path):
        return path
    folders = annotators_in(path)
    if not folders:
        raise SaysoError(f"{path}: a labelling project without labels yet; open it with sayso serve --project {path}.")
    if len(folders) > 1:
        names = " and ".join(folder.name for folder in folders)
        each = " ".join(map(str, folders))
        raise SaysoError(
            f"{path}: holds the labels of {names}; name the folder of one, or put them together: "
            f"sayso data merge {each} --out gold"
        )
    return folders[0]


def annotators_in(path: Path) -> list[Path]:
    """Give the dataset folders of a project's annotators; none where a folder is no project."""
    layout = Layout(path)
    return [layout.labels(name) for name in layout.annotators()]
