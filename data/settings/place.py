"""Where a settings file is looked for: in the working folder, and in the folders above it."""

import os
from collections.abc import Iterator
from pathlib import Path

from ...errors import SaysoError

NAME = "sayso.toml"
VARIABLE = "SAYSO_CONFIG"
_PROJECT = "pyproject.toml"
_TABLE = b"tool.sayso"
_MOST_BYTES = 1_000_000  # of a project file, to look for the table in


def find_file() -> Path | None:
    """Find the settings file that is in force.

    ``SAYSO_CONFIG`` names another file; where it is empty, there is none.

    Raises
    ------
    SaysoError
        If the file that the variable names is not there.
    """
    named = os.environ.get(VARIABLE)
    if named is None:
        return next((path for folder in folders_upward() if (path := _in_folder(folder))), None)
    if named and not Path(named).is_file():
        raise SaysoError(f"{VARIABLE}={named}: no such file; correct the path, or unset {VARIABLE}.")
    return Path(named) if named else None


def folders_upward() -> Iterator[Path]:
    """Give the working folder and those above it, up to the home folder or the root."""
    try:
        here = Path.cwd()
    except OSError:  # the folder has been deleted
        return
    home = Path(os.path.expanduser("~")).resolve()
    for folder in (here, *here.parents):
        yield folder
        if folder == home:
            return


def _in_folder(folder: Path) -> Path | None:
    try:
        if (own := folder / NAME).is_file():
            return own
        project = folder / _PROJECT
        with project.open("rb") as file:
            return project if _TABLE in file.read(_MOST_BYTES) else None
    except OSError:  # there is none, or a folder cannot be looked into
        return None
