"""Folders that formats write: names for the files, and which folder may be replaced."""

import re
from pathlib import Path

from ...errors import SaysoError
from .formats import all_formats

_LONGEST = 80  # characters: with three bytes each, a number and a suffix still fit into the 255 bytes of file systems
_UNSAFE = re.compile(r"[^\w.-]+")
_NEAR_THE_BEGINNING = 2000  # characters


class FileNames:
    """Makes a file name of each article's id; no two are the same, whatever the case.

    Examples
    --------
    >>> names = FileNames("index")
    >>> names.of("news/Fire.txt"), names.of("news/fire.txt"), names.of("../index")
    ('news-Fire', 'news-fire-2', 'index-2')
    """

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def of(self, article: str) -> str:
        """Give the name, without a suffix."""
        stem = re.sub(r"\.(?:txt|html?|md)$", "", article, flags=re.IGNORECASE)
        plain = _UNSAFE.sub("-", stem).strip(".-")[:_LONGEST] or "article"
        name, n = plain, 1
        while name.lower() in self._taken:
            n += 1
            name = f"{plain}-{n}"
        self._taken.add(name.lower())
        return name


def check_folder(path: str) -> None:
    """Refuse to write where something else than a folder of ours stands.

    Raises
    ------
    SaysoError
        If it is a file, or holds what none of the formats wrote.
    """
    folder = Path(path)
    if not folder.is_dir() and folder.exists():
        raise SaysoError(f"{path}: this is a file; this format needs --out FOLDER.")
    if folder.is_dir() and (foreign := _foreign_file(folder)):
        raise SaysoError(f"{path}: holds {foreign!r}, which sayso did not write; give a new folder with --out.")


def _foreign_file(folder: Path) -> str | None:
    """Name the first file that the format of a folder did not write; in a folder without a sign of ours that is any."""
    forms = (form.folder for form in all_formats() if form.folder)
    form = next((form for form in forms if begins_with(folder / form.sign[0], form.sign[1])), None)
    foreign = (path.name for path in sorted(folder.iterdir()) if form is None or not (path.is_file() and form.wrote(path)))
    return next(foreign, None)


def begins_with(path: Path, words: str) -> bool:
    """Tell whether words stand near the beginning of a file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return words in stream.read(_NEAR_THE_BEGINNING)
    except OSError:
        return False
