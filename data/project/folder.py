"""Where things stand in a project's folder."""

from dataclasses import dataclass
from pathlib import Path

from ...errors import SaysoError
from ..system.file_names import is_left_by_system
from .names import DECIDED

_LABELS, _HISTORY, _CODEBOOK = "labels", "history", "codebook.toml"
_PARTS = frozenset((_LABELS, _HISTORY, _CODEBOOK))


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a project's folder."""

    root: Path

    @property
    def codebook(self) -> Path:
        """The label scheme that is in force."""
        return self.root / _CODEBOOK

    def labels(self, annotator: str) -> Path:
        """Give the dataset of an annotator."""
        return self.root / _LABELS / annotator

    def history(self, annotator: str) -> Path:
        """Give the log of an annotator's changes."""
        return self.root / _HISTORY / f"{annotator}.jsonl"

    def lock(self, annotator: str) -> Path:
        """Give the file that the process which writes an annotator's labels holds."""
        return self.root / _HISTORY / f"{annotator}.lock"

    def check_is_free(self) -> None:
        """Refuse a folder that holds something else: a project is not put beside other files.

        Raises
        ------
        SaysoError
            If it is a file, or has files and none of a project's.
        """
        if self.root.exists() and not self.root.is_dir():
            raise SaysoError(f"{self.root} is a file; give a folder for the project.")
        there = {path.name for path in self.root.iterdir()} if self.root.is_dir() else set()
        others = {name for name in there if not name.startswith(".") and not is_left_by_system(name)}
        if others and there.isdisjoint(_PARTS):
            raise SaysoError(
                f"{self.root} contains {min(others)!r} and is not a labelling project; give another folder, or a new one."
            )

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
            f"{path}: holds the labels of {names}; give the folder of one annotator, or merge them: "
            f"sayso data merge {each} --out gold"
        )
    return folders[0]


def annotators_in(path: Path) -> list[Path]:
    """Give the dataset folders of a project's annotators; none where a folder is no project."""
    layout = Layout(path)
    return [layout.labels(name) for name in layout.annotators()]
