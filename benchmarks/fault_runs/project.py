"""A labelling project that a process changes, as the server does, and what must be in it after a kill."""

import os
from pathlib import Path

from fault_runs.works import PROJECT_ARTICLES
from sayso.data.datasets.build import read_labelled
from sayso.data.project.project import Project
from sayso.data.project.records import Change
from sayso.errors import SaysoError

_KINDS = ("narrative", "quote", "official_claim", "independent_assessment")
_CHANGES = 60


def _opened(folder: Path) -> Project:
    return Project.open(folder / "p", "anna", tell=lambda line: None, columns={"topic": ("water", "roads")}, codebook=1)


def label(folder: Path | None = None) -> int:
    """Begin a project and change labels; each number is printed once the change is answered."""
    with _opened(folder or Path()) as project:
        project.add(read_labelled([Path("project.jsonl")]))
        for number in range(1, _CHANGES + 1):
            change = Change(
                f"t{number % PROJECT_ARTICLES}", number % 4, {"kind": _KINDS[number % 3], "note": f"change {number}"}
            )
            recorded = project.change(change)
            os.write(1, f"{recorded.number}\n".encode())
    return 0


def acknowledged(printed: str) -> list[int]:
    """Give the changes that were answered."""
    return [int(line) for line in printed.split()]


def check(folder: Path, numbers: list[int]) -> str:
    """Open the project again; say what is wrong with it, nothing where it is whole."""
    try:
        with _opened(folder) as project:
            last = project.last
            if numbers and not numbers[-1] <= last <= numbers[-1] + 1:
                return f"change {numbers[-1]} was answered, the last one there is {last}"
            labels = {(a.article.id, s.n): s for a in project.labels_of("anna") for s in a.sentences}
            for number in range(1, last + 1):
                if any(
                    later % PROJECT_ARTICLES == number % PROJECT_ARTICLES and later % 4 == number % 4
                    for later in range(number + 1, last + 1)
                ):
                    continue
                found = labels[f"t{number % PROJECT_ARTICLES}", number % 4]
                if found.kind != _KINDS[number % 3]:
                    return f"change {number} is lost: {found.kind}"
    except SaysoError as error:
        return f"it cannot be opened: {error}"
    return ""
