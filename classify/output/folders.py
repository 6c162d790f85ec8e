"""Folders that formats write: which may be replaced."""

import os
from pathlib import Path

from ...data.system.file_names import visible
from ...data.system.whole_file import begins_with
from ...data.writing.leftovers import clear_leftovers
from ...errors import SaysoError
from .formats import all_formats

NEAR = 8000
"""Bytes at the beginning of a file in which a sign of ours stands."""


def check_folder(path: str) -> None:
    """Refuse to write where something else than a folder of ours stands.

    Raises
    ------
    SaysoError
        If it is a file, or holds what none of the formats wrote.
    """
    folder = Path(path)
    clear_leftovers(Path(os.path.realpath(path)))  # an interrupted run's files are nobody's work
    if not folder.is_dir() and folder.exists():
        raise SaysoError(f"{path}: this is a file; this format needs --out FOLDER.")
    if folder.is_dir() and (foreign := _foreign_file(folder)):
        raise SaysoError(f"{path}: holds {foreign!r}, which sayso did not write; give a new folder with --out.")


def _foreign_file(folder: Path) -> str | None:
    """Name the first file that the format of a folder did not write; in a folder without a sign of ours that is any."""
    forms = (form.folder for form in all_formats() if form.folder)
    form = next((form for form in forms if begins_with(folder / form.sign[0], form.sign[1], NEAR)), None)
    foreign = (path.name for path in visible(folder, "*") if form is None or not (path.is_file() and form.wrote(path)))
    return next(foreign, None)
