"""The versions of a project's codebook: ``codebook.toml`` as a person edits it, and each that was in force."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ...errors import SaysoError
from ..atomic_write import replace_file
from .changes import changes
from .codebook import Codebook
from .reading import codebook_text, default_codebook, default_text, parse_codebook, read_codebook
from .writing import as_toml, digest

FILE = "codebook.toml"
_FOLDER = "codebook"
_NUMBERED = re.compile(r"([1-9]\d{0,8})\.toml")


class TakenUp(NamedTuple):
    """The codebook that is in force now, and lines that say what changed; none if nothing did."""

    codebook: Codebook
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The codebook of a project folder.

    ``codebook.toml`` is what people edit. ``codebook/1.toml``, ``codebook/2.toml`` … hold each version that was in force,
    whole: whatever texts come along with a later sayso, a version stays what it was.
    """

    folder: Path

    @property
    def is_project(self) -> bool:
        """Tell whether the folder is that of a project: it has a codebook, and versions of it or labels."""
        return (self.folder / FILE).is_file() and any((self.folder / name).is_dir() for name in (_FOLDER, "labels"))

    def numbers(self) -> list[int]:
        """Give the numbers of the versions, the oldest first."""
        folder = self.folder / _FOLDER
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted(int(found[1]) for name in names if (found := _NUMBERED.fullmatch(name)))

    def all(self) -> list[Codebook]:
        """Give all versions, the oldest first."""
        return [self.version(number) for number in self.numbers()]

    def current(self) -> Codebook:
        """Give the version in force; before the first, what ``codebook.toml`` says, or what comes along.

        Raises
        ------
        SaysoError
            If the file is broken.
        """
        numbers = self.numbers()
        if numbers:
            return self.version(numbers[-1])
        file = self.folder / FILE
        return read_codebook(file) if file.exists() else default_codebook()

    def version(self, number: int) -> Codebook:
        """Give a version.

        Raises
        ------
        SaysoError
            If there is none of this number, or its file is broken.
        """
        path = self.folder / _FOLDER / f"{number}.toml"
        if not path.exists():
            known = ", ".join(map(str, self.numbers())) or "none"
            raise SaysoError(f"{path}: no version {number} of the codebook; the versions are {known}.")
        return replace(read_codebook(path), version=number)

    def take_up(self, file: Path | None = None) -> TakenUp:
        """Put ``codebook.toml`` into force: if it says something new, it becomes the next version.

        Parameters
        ----------
        file : Path, optional
            Takes the place of ``codebook.toml``, which is taken up before, so that nothing of it is lost. Without it,
            and without a ``codebook.toml``, the newest version is put there, or the codebook that comes along.

        Raises
        ------
        SaysoError
            If a file is broken, or cannot be written; the version in force stays in force.
        """
        own = self.folder / FILE
        text = codebook_text(file) if file is not None else ""  # read once: it may come from a pipe
        wanted = parse_codebook(text, str(file)) if file is not None else None
        told: tuple[str, ...] = ()
        self.folder.mkdir(parents=True, exist_ok=True)
        if wanted is not None and not (own.exists() and read_codebook(own) == wanted):
            told = self._next().changes if own.exists() else ()
            _write(own, text)
        elif not own.exists():
            numbers = self.numbers()
            _write(own, as_toml(self.version(numbers[-1])) if numbers else default_text())
        taken = self._next()
        return taken._replace(changes=told + taken.changes)

    def _next(self) -> TakenUp:
        """Write the next version, if ``codebook.toml`` says something new."""
        numbers = self.numbers()
        newest = self.version(numbers[-1]) if numbers else None
        if newest and not codebook_text(self.folder / FILE).strip():
            raise SaysoError(
                f"{self.folder / FILE}: the file is empty; fill it, or delete it to restore version {newest.version}."
            )
        codebook = read_codebook(self.folder / FILE, newest)
        number = newest.version if newest else 0
        if newest and replace(codebook, version=number) == newest:
            return TakenUp(newest, ())
        number = (number or 0) + 1
        said = changes(newest, codebook) if newest else ["the first version"]
        about = "\n".join(f"# {line}" for line in (f"Version {number} of the codebook, in force from here on.", *said))
        (self.folder / _FOLDER).mkdir(parents=True, exist_ok=True)
        _write(self.folder / _FOLDER / f"{number}.toml", f"{about}\n\n{as_toml(codebook)}")
        told = f"Codebook: version {number} ({digest(codebook)[:12]}): {'; '.join(said)}."
        return TakenUp(replace(codebook, version=number), (told,))


def codebook_around(
    paths: Iterable[str | Path], file: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> Codebook | None:
    """Give the codebook of datasets: that of a file, or of the project in which one of them stands.

    Parameters
    ----------
    paths : iterable of str or Path
        Datasets. Each may be a project's folder, or stand up to two folders below it (``my-project/labels/anna``).
    file : Path, optional
        A codebook, or a project's folder; it is taken whatever stands around the datasets.
    tell : callable, optional
        Is told of a codebook that nobody named.

    Returns
    -------
    Codebook or None
        None where none is named and no dataset stands in a project.

    Raises
    ------
    SaysoError
        If it is broken.
    """
    if file is not None:
        return read_with_news(file)[0]
    versions = versions_around(paths)
    if versions is None:
        return None
    codebook, news = read_with_news(versions.folder)
    tell(" ".join((f"Codebook: {versions.folder / FILE}.", *news)))
    return codebook


def versions_around(paths: Iterable[str | Path]) -> Versions | None:
    """Give the versions of the project in which one of some datasets stands; None where none does."""
    places = (Versions(place) for path in paths for place in _places(Path(path)))
    return next((versions for versions in places if versions.is_project), None)


def _places(path: Path) -> tuple[Path, ...]:
    try:
        place = path.resolve()
    except (OSError, ValueError):
        return ()  # reading it tells what is wrong
    return place, *place.parents[:2]


def read_with_news(path: Path | None) -> tuple[Codebook, list[str]]:
    """Read a codebook, and say what of a project's is not in force yet.

    Parameters
    ----------
    path : Path or None
        A file, or the folder of a project; None for the codebook that comes along.

    Raises
    ------
    SaysoError
        If it is broken, or the folder has none.
    """
    if path is None:
        return default_codebook(), []
    if not path.is_dir():
        return read_codebook(path), []
    versions = Versions(path)
    if not (path / FILE).exists():
        raise SaysoError(f"{path}: no {FILE} in this folder; sayso data codebook --new {path / FILE} writes one.")
    numbers = versions.numbers()
    if not numbers:
        return read_codebook(path / FILE), []
    newest = versions.version(numbers[-1])
    edited = read_codebook(path / FILE, newest)
    if news := changes(newest, edited):
        return edited, [f"Changes since version {newest.version}, not yet in force: {'; '.join(news)}."]
    return newest, [f"Version {newest.version}, in force."]


def _write(path: Path, text: str) -> None:
    with replace_file(path) as file:
        file.write(text.encode())
