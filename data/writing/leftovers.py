"""What a run that was killed left beside its outputs: finished where it can be, else removed."""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..system.file_systems import remove_folder
from .journal import JOURNAL, LOCK, PLAN, ForeignError, Moves, written
from .locks import folder_locked, hold, take

_PART = re.compile(r"\.(.+)\.[a-z0-9_]{8}\.part", re.DOTALL)
_OLD = 24 * 3600.0  # seconds after which what nobody holds is removed, whatever output it was for
_PATIENCE = 5.0  # seconds: another run is just moving its files, or processes of a killed one end
_LONGEST = 200  # bytes of an output's name in the name of its work: file systems take 255
_NAMED = 3


def prefix_of(target: Path) -> str:
    """Give how the names of temporary files and work folders of an output begin."""
    return f".{shortened(target.name)}."


def output_of(name: str) -> str | None:
    """Give the name of the output that a temporary file is for; None where it is none, or the name was cut."""
    found = _PART.fullmatch(name)
    return found[1] if found and len(found[1].encode(errors="ignore")) < _LONGEST - 3 else None


def shortened(name: str) -> str:
    """Give as much of an output's name as the name of its temporary file has room for."""
    return name.encode(errors="ignore")[:_LONGEST].decode(errors="ignore")


def finish_interrupted(paths: Iterable[str | os.PathLike[str]]) -> None:
    """Finish what runs had begun to move into its place when they were killed; each is said in a line.

    Parameters
    ----------
    paths : iterable of path
        Outputs or inputs; whatever else it may be is passed over.
    """
    folders: dict[Path, None] = {}
    for path in paths:
        with suppress(OSError, ValueError):
            real = Path(os.path.realpath(path))
            above = next((folder for folder in real.parents if folder.is_dir()), real)  # the folder of a file may be aside
            folders |= dict.fromkeys([above.parent, above, *([real] if real.is_dir() else [])])
    for folder in folders:
        for work in _parts_in(folder):
            if work.is_dir() and any(os.path.lexists(work / name) for name in (JOURNAL, PLAN)):
                _finish(work)


def clear_leftovers(target: Path) -> None:
    """Remove what killed runs left of an output, and of any other output in its folder after a day.

    Nothing is removed that a living process holds, or that belongs to somebody else.
    """
    removed = [
        path.name
        for path in (*_parts_in(target.parent), *(_parts_in(target) if target.is_dir() else ()))
        if _is_left(path, target) and _remove(path)
    ]
    if removed:
        more = f" and {len(removed) - _NAMED:,} more" if len(removed) > _NAMED else ""
        _say(f"{target.parent}: removed what an interrupted run left: {', '.join(removed[:_NAMED])}{more}.")


def _parts_in(folder: Path) -> Iterator[Path]:
    """Find temporary files and work folders; a link is none."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(e.name for e in entries if e.name.endswith(".part") and e.name.startswith("."))
    except OSError:
        return
    yield from (folder / name for name in found if _PART.fullmatch(name) and not (folder / name).is_symlink())


def _is_left(path: Path, target: Path) -> bool:
    try:
        about = os.lstat(path)
    except OSError:
        return False
    if not _is_ours(about) or not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
        return False
    if os.path.lexists(path / JOURNAL) or (os.path.lexists(path / PLAN) and _is_begun(path)):
        return False
    matched = _PART.fullmatch(path.name)
    of_this = matched is not None and matched[1] == shortened(target.name)
    return of_this or time.time() - about.st_mtime > _OLD


def _is_begun(work: Path) -> bool:
    """Tell whether the journal that a plan belongs to is there, or may be: the files are not to be lost."""
    try:
        return bool(written(work))
    except (OSError, ForeignError):
        return True


def _is_ours(about: os.stat_result) -> bool:
    return os.name == "nt" or about.st_uid == os.geteuid()


def _remove(path: Path) -> bool:
    """Remove something unless a process holds it; tell whether it is gone."""
    is_folder = path.is_dir()
    handle = hold(path / LOCK) if is_folder else _hold_file(path)
    if handle is None:
        return False
    if os.name == "nt":  # what is open cannot be removed there
        os.close(handle)
    with suppress(OSError):
        remove_folder(path) if is_folder else path.unlink()
    if os.name != "nt":
        os.close(handle)
    return not os.path.lexists(path)


def _hold_file(path: Path) -> int | None:
    """Lock a temporary file; None where its writer lives, or where the file system cannot say so and it is young."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    try:
        is_free = take(handle)
    except OSError:
        is_free = time.time() - os.fstat(handle).st_mtime > _OLD
    if is_free:
        return handle
    os.close(handle)
    return None


def _finish(work: Path) -> None:
    """Finish the moves of one work folder, with all that belongs together with it."""
    try:
        if not _is_ours(os.lstat(work)):
            _say(f"{work.parent}: another user's run was interrupted there; what it wrote is in {work.name}.")
            return
        handle = _owner_gone(work)
        if handle is None:
            return
        try:
            _take_steps(work)
        finally:
            os.close(handle)
    except ForeignError:
        _say(f"{work}: a copy of what an interrupted run left, or damaged; delete this folder if you do not need it.")
    except OSError as error:
        reason = error.strerror or error
        _say(f"{work.parent}: an interrupted run cannot be finished ({reason}); its files are in {work.name}.")


def _take_steps(work: Path) -> None:
    all_steps = written(work)
    if not all_steps:  # never was complete
        return
    with ExitStack() as held:
        for base in sorted({steps.base for steps in all_steps}):
            if not held.enter_context(folder_locked(base, _PATIENCE)):
                return
        all_steps = written(work)  # another run may have finished it while this one waited
        for steps in all_steps:
            steps.run()
        finish_off(all_steps)
    if all_steps:
        names = ", ".join(os.fspath(steps.base / name) for steps in all_steps for name in steps.targets[:_NAMED])
        _say(f"{names}: an interrupted run had not put all of it in place; this is done now.")


def finish_off(all_steps: Iterable[Moves]) -> None:
    """Remove the journals of steps that were taken, the first one last, and then the work folders."""
    all_steps = list(all_steps)
    for steps in reversed(all_steps):
        for name in (PLAN, JOURNAL):
            (steps.work / name).unlink(missing_ok=True)
    for steps in all_steps:
        remove_folder(steps.work)


def _owner_gone(work: Path) -> int | None:
    """Hold the lock of a work folder; None where its owner lives."""
    handle = os.open(work / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        is_free = take(handle, wait=_PATIENCE)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        is_free = not _lives(work)
    if is_free:
        return handle
    os.close(handle)
    return None


def _lives(work: Path) -> bool:
    """Tell by its number whether the process lives that wrote a journal; one on another machine may."""
    from socket import gethostname

    about: dict[str, Any] = {}
    for name in (JOURNAL, PLAN):
        with suppress(OSError, ForeignError):
            about = Moves.read(work, name)[1]
            break
    if os.name == "nt" or about.get("host") != gethostname():  # signal 0 is Ctrl-C on Windows
        return True
    try:
        os.kill(int(about["pid"]), 0)
    except (ProcessLookupError, ValueError, KeyError, OverflowError):
        return False
    except OSError:
        return True
    return True


def say_by(say: Callable[[str], None]) -> None:
    """Have what is found and done said by something else than the log."""
    _SAYING[:] = [say]


def _say(line: str) -> None:
    for say in _SAYING:
        say(line)


def _log(line: str) -> None:
    import logging

    logging.getLogger("sayso").warning(line)


_SAYING: list[Callable[[str], None]] = [_log]


def busy(path: str | os.PathLike[str]) -> SaysoError:
    """Say that another run is moving files where this one wants to."""
    return SaysoError(f"{os.fspath(path)}: another run is writing there; wait until it is done, and run the command again.")
