"""What is still to be moved into its place, written down beforehand, so that the next run can finish it after a kill."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Self

from ..system.file_systems import replace

JOURNAL, PLAN, LOCK = "journal.json", "plan.json", "lock"
NEW, OLD = "new", "old"
ASIDE, KEEP, PUT, FOLDER = "aside", "keep", "put", "folder"
_ABOUT = 64_000_000  # bytes of a journal: a folder of some 100,000 files


class ForeignError(Exception):
    """A journal that was copied from elsewhere, or that no run of ours wrote."""


@dataclass(slots=True)
class Moves:
    """Moves between a work folder and the targets beside it; each can be tried again after it was done.

    Parameters
    ----------
    work : Path
        The work folder.
    targets : list of str
        The names beside it that may be changed.
    steps : list of tuple
        ``(ASIDE, a, b)`` moves a to b unless b is there; ``(KEEP, a, b)`` gives a file the second name b, so that it can
        be put back; ``(PUT, a, b)`` lets a take the place of b; ``(FOLDER, a, "")`` makes a folder. Paths are relative to
        the folder in which the work folder stands.
    """

    work: Path
    targets: list[str] = field(default_factory=list)
    steps: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def base(self) -> Path:
        """The folder that paths are relative to."""
        return self.work.parent

    def add(self, how: str, a: Path, b: Path | None = None) -> None:
        """Note a step."""
        self.steps.append((how, self._name(a), self._name(b) if b else ""))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.base).as_posix()

    def run(self) -> None:
        """Take all steps that were not taken.

        Raises
        ------
        OSError
        """
        for how, a, b in self.steps:
            source, place = self.base / a, self.base / b
            if how == FOLDER:
                source.mkdir(exist_ok=True)
            elif not os.path.lexists(source):
                continue
            elif how == PUT:
                replace(source, place)
            elif not os.path.lexists(place):
                _aside(source, place, keep=how == KEEP)

    def undo(self) -> None:
        """Take back all steps that were taken.

        Raises
        ------
        OSError
            If one cannot be; those before it stay taken.
        """
        for how, a, b in reversed(self.steps):
            source, place = self.base / a, self.base / b
            if how == FOLDER:
                with suppress(OSError):  # it was there, with what is in it
                    source.rmdir()
            elif not os.path.lexists(source) and os.path.lexists(place):
                replace(place, source)

    def as_json(self) -> dict[str, Any]:
        """Give what the file says; the number of the work folder tells a copy from what a run left."""
        from socket import gethostname

        return {
            "folder": os.stat(self.work).st_ino,
            "pid": os.getpid(),
            "host": gethostname(),
            "targets": self.targets,
            "steps": self.steps,
        }

    @classmethod
    def read(cls, work: Path, name: str) -> tuple[Self, dict[str, Any]]:
        """Read a journal or plan.

        Raises
        ------
        FileNotFoundError
            If there is none.
        ForeignError
            If it is not that of this folder, or would move anything but its targets.
        """
        path = work / name
        if path.stat().st_size > _ABOUT:
            raise ForeignError
        try:
            about = json.loads(path.read_bytes())
            found = cls(work, [*map(str, about["targets"])], [(how, a, b) for how, a, b in about["steps"]])
            is_ours = about["folder"] == os.stat(work).st_ino and all(map(found._is_allowed, found.steps))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ForeignError from error
        if not is_ours:
            raise ForeignError
        return found, about

    def _is_allowed(self, step: Sequence[Any]) -> bool:
        how, *paths = step
        if how not in (ASIDE, KEEP, PUT, FOLDER) or not all(isinstance(path, str) for path in paths):
            return False
        return all(self._is_below(path) for path in paths if path or how != FOLDER)

    def _is_below(self, path: str) -> bool:
        parts = PurePath(path).parts
        return bool(parts) and parts[0] in (*self.targets, self.work.name) and ".." not in parts and parts[0] != ".."


def _aside(source: Path, place: Path, *, keep: bool) -> None:
    """Move a file or folder aside; a file that stays until another takes its place gets a second name, where it can."""
    if keep and not source.is_symlink():
        with suppress(OSError):
            os.link(source, place)
            return
    replace(source, place)


def write_json(path: Path, about: dict[str, Any]) -> None:
    """Write a small file that is whole or not there, and on the disk."""
    part = path.with_suffix(".tmp")
    with open(part, "wb") as file:
        file.write(json.dumps(about).encode())
        file.flush()
        os.fsync(file.fileno())
    replace(part, path)


def commit(all_steps: Sequence[Moves]) -> Path:
    """Write down the steps of all work folders; from the moment that the first one's journal is there, they hold.

    Returns
    -------
    Path
        The journal.
    """
    first, *others = all_steps
    for one in others:
        write_json(one.work / PLAN, {**one.as_json(), "main": os.fspath(first.work)})
    journal = first.work / JOURNAL
    write_json(journal, {**first.as_json(), "others": [os.fspath(one.work) for one in others]})
    return journal


def written(work: Path) -> list[Moves]:
    """Read all that belongs together with a work folder, the one with the journal first; empty without a journal.

    Raises
    ------
    ForeignError
    OSError
    """
    try:
        main, about = Moves.read(work, JOURNAL)
    except FileNotFoundError:
        try:
            _, about = Moves.read(work, PLAN)
        except FileNotFoundError:
            return []
        at = Path(str(about.get("main")))
        try:
            main, about = Moves.read(at, JOURNAL)
        except FileNotFoundError:
            return []
        if os.fspath(work) not in about.get("others", ()):
            return []
    return [main, *_others(main.work, about.get("others", ()))]


def _others(main: Path, paths: Sequence[Any]) -> Iterator[Moves]:
    for path in map(str, paths):
        with suppress(FileNotFoundError):  # done, and removed
            one, about = Moves.read(Path(path), PLAN)
            if about.get("main") == os.fspath(main):
                yield one
