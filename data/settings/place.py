"""Where a settings file is looked for: in the working folder, and in the folders above it."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ...errors import SaysoError
from ..system.whole_file import opened_file

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
        what = "this is no file" if Path(named).exists() else "no such file"
        raise SaysoError(f"{VARIABLE}={named}: {what}; correct the path, or unset {VARIABLE}.")
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
    own, project = folder / NAME, folder / _PROJECT
    if own.is_file():
        return own
    if os.path.lexists(own):
        raise SaysoError(f"{own}: this is no file that can be read; remove it, or set {VARIABLE} to a settings file.")
    try:
        with opened_file(project, "a project file") as file:
            return project if _has_settings(file.read(_MOST_BYTES)) else None
    except (OSError, SaysoError):  # there is none, it is no file, or a folder cannot be looked into
        return None


def _has_settings(raw: bytes) -> bool:
    """Tell whether a project file has settings of ours, in whichever way TOML writes tables."""
    if b"sayso" not in raw:
        return False
    try:
        tool = tomllib.loads(raw.decode("utf-8-sig")).get("tool", {})
    except (ValueError, RecursionError):  # a file of other programs is not ours to judge
        return _TABLE in raw
    return isinstance(tool, dict) and "sayso" in tool
