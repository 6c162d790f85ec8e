"""Outputs that take their places together: all of them, or none."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path

from ...errors import SaysoError
from ..system.file_systems import remove_folder
from .journal import ASIDE, FOLDER, JOURNAL, KEEP, LOCK, NEW, OLD, PUT, Moves, commit
from .leftovers import busy, clear_leftovers, finish_interrupted, finish_off, prefix_of
from .locks import folder_locked, hold

_PATIENCE = 30.0  # seconds: another run is moving its files
_SYNCED = 100  # files of a folder that are put on the disk one by one; more of them, with all else that waits for it
CURRENT: "ContextVar[Batch | None]" = ContextVar("batch", default=None)
"""What outputs join that are written now."""


class Batch:
    """Work folders beside the outputs that are written, and how their contents come into their places.

    Parameters
    ----------
    check : callable
        Is given each output just before it takes its place; raises where it may not.
    """

    def __init__(self, check: Callable[[Path], None]) -> None:
        self._check = check
        self._works: dict[Path, Moves] = {}
        self._locks: list[int] = []
        self._made: list[tuple[Callable[[], None], Path]] = []
        self.shown = ""

    @property
    def targets(self) -> list[Path]:
        """What takes its place."""
        return [target for _, target in self._made]

    def name_in(self, error: OSError) -> str:
        """Give what could not be written, of which an error tells."""
        named = {*map(os.fspath, self.targets)} & {error.filename, error.filename2}
        return self.shown if len(self._made) == 1 or not named else min(named)

    def new(self, target: Path, shown: str | os.PathLike[str], *, is_folder: bool = False) -> Path:
        """Give a place for what is to be written; a folder is made there. Errors name it as ``shown``."""
        self.shown = self.shown or os.fspath(shown)
        finish_interrupted([target])
        clear_leftovers(target)
        base = target if is_folder and _stays(target) else target.parent
        place = _free(self._steps(base, target).work, NEW)
        if is_folder:
            place.mkdir()
        return place

    def _steps(self, base: Path, target: Path) -> Moves:
        if base not in self._works:
            self._works[base] = Moves(self._work(base, target))
        return self._works[base]

    def _work(self, base: Path, target: Path) -> Path:
        """Make a work folder that others see is in use."""
        while True:
            work = Path(tempfile.mkdtemp(prefix=prefix_of(target), suffix=".part", dir=base))
            try:
                lock = hold(work / LOCK)
            except BaseException:
                remove_folder(work)
                raise
            if lock is not None:
                self._locks.append(lock)
                return work

    def file(self, new: Path, target: Path) -> None:
        """A new file is to take the place of the target."""
        self._made.append((lambda: self._put(self._of(new), new, target), target))

    def replace(self, new: Path, target: Path) -> None:
        """A new folder is to take the place of the target."""
        self._made.append((lambda: self._replace(new, target), target))

    def fill(self, new: Path, target: Path, remove: Callable[[], Sequence[Path]]) -> None:
        """The files of a new folder are to come into the target, and some of those in it to go."""
        self._made.append((lambda: self._fill(new, target, remove()), target))

    def remove(self, target: Path) -> None:
        """A file is to go."""
        steps = self._steps(target.parent, target)
        self._made.append((lambda: steps.add(ASIDE, target, _old(steps)), target))

    def holds(self, path: Path) -> bool:
        """Tell whether a path is in one of the work folders."""
        return any(path.is_relative_to(steps.work) for steps in self._works.values())

    def _of(self, new: Path) -> Moves:
        return next(steps for steps in self._works.values() if new.is_relative_to(steps.work))

    def _put(self, steps: Moves, new: Path, place: Path) -> None:
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(place))
        if os.path.lexists(place):
            steps.add(KEEP, place, _old(steps))
        steps.add(PUT, new, place)

    def _replace(self, new: Path, target: Path) -> None:
        steps = self._of(new)
        _on_disk(new)
        if steps.base == target:
            self._swap(steps, new, target)
            return
        steps.targets.append(target.name)
        if os.path.lexists(target):
            os.chmod(new, os.stat(target).st_mode & 0o7777)
            steps.add(ASIDE, target, _old(steps))
        steps.add(PUT, new, target)

    def _swap(self, steps: Moves, new: Path, target: Path) -> None:
        """Let what is in a folder take the place of what was in it: the folder itself has to stay."""
        for path in sorted(target.iterdir()):
            if path != steps.work:
                steps.targets.append(path.name)
                steps.add(ASIDE, path, _old(steps))
        for path in sorted(new.iterdir()):
            steps.targets.append(path.name)
            steps.add(PUT, path, target / path.name)

    def _fill(self, new: Path, target: Path, remove: Sequence[Path]) -> None:
        if not target.exists():
            self._replace(new, target)
            return
        steps = self._of(new)
        _on_disk(new)
        inside = steps.base == target
        steps.targets += [] if inside else [target.name]
        for path in sorted(new.rglob("*")):
            place = target / path.relative_to(new)
            self._check(place)
            if inside:
                steps.targets.append(place.relative_to(target).parts[0])
            if path.is_dir():
                steps.add(FOLDER, place)
            else:
                self._put(steps, path, place)
        for path in remove:
            steps.targets += [path.relative_to(target).parts[0]] if inside else []
            steps.add(ASIDE, path, _old(steps))

    def put_in_place(self) -> None:
        """Let everything take its place.

        Raises
        ------
        OSError
            If something cannot; then nothing has.
        SaysoError
            If that cannot be taken back, or another run is moving files there.
        """
        with contextlib.ExitStack() as held:
            for base in sorted(self._works):
                if not held.enter_context(folder_locked(base, _PATIENCE)):
                    raise busy(base)
            for make, target in self._made:
                self._check(target)
                make()
            self._add_file_targets()
            all_steps = [steps for steps in self._works.values() if steps.steps]
            if all_steps:
                _move(all_steps)

    def _add_file_targets(self) -> None:
        for _, target in self._made:
            steps = self._works.get(target.parent)
            if steps and target.name not in steps.targets:
                steps.targets.append(target.name)

    def close(self) -> None:
        """Remove the work folders."""
        try:
            self._remove()
        except BaseException:  # Ctrl-C in this moment
            self._remove()
            raise

    def _remove(self) -> None:
        is_begun = any((steps.work / JOURNAL).exists() for steps in self._works.values())  # to be finished by the next run
        if os.name == "nt":  # what is open cannot be removed there
            self._let_go()
        for steps in self._works.values():
            if not is_begun:
                remove_folder(steps.work)
        self._let_go()
        for steps in self._works.values():
            if not is_begun and steps.work.exists():  # no open file was left to go through it
                remove_folder(steps.work)

    def _let_go(self) -> None:
        while self._locks:
            os.close(self._locks.pop())


def _move(all_steps: Sequence[Moves]) -> None:
    commit(all_steps)
    try:
        for steps in all_steps:
            steps.run()
    except OSError as error:
        try:
            for steps in reversed(all_steps):
                steps.undo()
        except OSError:
            names = ", ".join(steps.work.name for steps in all_steps)
            reason = error.strerror or error
            told = f"{error.filename2 or error.filename}: cannot be written ({reason}); the new files are in {names}."
            raise SaysoError(f"{told} The next run of sayso there puts them in place.") from error
        finish_off(all_steps)
        raise
    except BaseException:  # Ctrl-C: a moment, and all of it is there
        for steps in all_steps:
            steps.run()
        finish_off(all_steps)
        raise
    finish_off(all_steps)


def _free(work: Path, name: str) -> Path:
    """Give a name in a work folder that nothing has."""
    place, number = work / name, 1
    while os.path.lexists(place):
        number += 1
        place = work / f"{name}-{number}"
    return place


def _old(steps: Moves) -> Path:
    """Give a name for what goes aside."""
    return steps.work / f"{OLD}-{len(steps.steps)}"


def _stays(target: Path) -> bool:
    """Tell whether a folder cannot be replaced: something is mounted there, or nothing can be written beside it."""
    return target.is_dir() and (os.path.ismount(target) or not os.access(target.parent, os.W_OK | os.X_OK))


def _on_disk(folder: Path) -> None:
    """Wait until the disk has the files of a folder, so that nothing takes the place of something before it is there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    if len(files) > _SYNCED and hasattr(os, "sync"):
        os.sync()
        return
    for path in files:
        with open(path, "r+b") as file:
            os.fsync(file.fileno())
