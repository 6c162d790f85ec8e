"""What file systems do in different ways: which paths are one place, whether case counts, and moving what is in use."""

import errno
import os
import re
import shlex
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 2.0  # seconds: a virus scanner or a search index looks at a new file for less
_PAUSE = 0.05  # seconds between two tries
_IN_USE = frozenset((5, 32, 33))  # what Windows says of a file that another program has open: ACCESS_DENIED and two SHARING

_NEEDS_MARKS = re.compile(r"[^\w./\\:@+=,-]")

Identity = tuple[int, int]
Name = str | os.PathLike[str]


def quoted(word: str) -> str:
    """Quote a word of a command that people copy into their shell: single marks are letters to Windows' own."""
    if sys.platform != "win32":
        return shlex.quote(word)
    return word if word and not _NEEDS_MARKS.search(word) else f'"{word}"'


class Steps:
    """How far below other paths a path is, also where the file system has two names for one place (``News``, ``news``).

    Parameters
    ----------
    path : str or path
        Something that is there, or is to be written.
    """

    def __init__(self, path: Name) -> None:
        self._target = Path(os.path.realpath(path))
        upward = enumerate(map(_identity, (self._target, *self._target.parents)))
        self._upward = {which: n for n, which in upward if which is not None}

    def down_from(self, place: Name) -> int | None:
        """Give the number of folders between, 0 where both are one place; None where the path is not below the other."""
        source = Path(os.path.realpath(place))
        if self._target.is_relative_to(source):
            return len(self._target.relative_to(source).parts)
        which = _identity(source)
        return None if which is None else self._upward.get(which)


def _identity(path: Path) -> Identity | None:
    """Give what no two files share; None where there is no file, or the file system does not number them."""
    with suppress(OSError, ValueError):
        about = os.stat(path)
        return (about.st_dev, about.st_ino) if about.st_ino else None
    return None


def ignores_case(folder: Name) -> bool:
    """Tell whether a folder takes ``A`` and ``a`` for one file, as on Macs, Windows and USB sticks.

    Parameters
    ----------
    folder : str or path
        Where it is not there yet, the one that it will be in is asked. Where nobody can write, the answer is no.
    """
    place = Path(os.path.realpath(folder))
    while not place.is_dir() and place != place.parent:
        place = place.parent
    with suppress(OSError), tempfile.TemporaryDirectory(prefix=".sayso-case-", suffix=".part", dir=place) as asked:
        return Path(asked).with_name(Path(asked).name.upper()).exists()
    return False


def replace(source: Name, target: Name) -> None:
    """Move a file or folder to the place of another, as `os.replace` does; wait a moment where another program has it open.

    Only Windows refuses to replace an open file, or to rename a folder with one in it.

    Raises
    ------
    OSError
        Its ``strerror`` says what to do where another program does not let go of it, or it may only be read.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(source, target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            if _is_read_only(target):
                raise PermissionError(errno.EACCES, "it is marked as read-only", os.fspath(target)) from error
            if time.monotonic() >= until:
                raise OSError(errno.EBUSY, "another program has it open; close it there", os.fspath(target)) from error
            time.sleep(_PAUSE)


def _is_read_only(path: Name) -> bool:
    try:
        return not os.stat(path).st_mode & stat.S_IWRITE
    except OSError:
        return False


def remove_folder(folder: Name) -> None:
    """Remove a folder with all that is in it, as far as it can be; Windows keeps files that may only be read otherwise."""
    if sys.platform == "win32":
        for place, _, names in os.walk(folder):
            for name in names:
                with suppress(OSError):
                    os.chmod(os.path.join(place, name), stat.S_IWRITE)
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.isdir(folder) and not os.path.islink(folder):  # the limit of open files: this needs one at a time
        _remove_by_names(folder)


def _remove_by_names(folder: Name) -> None:
    for place, folders, names in os.walk(folder, topdown=False):
        for name in (*names, *folders):
            path = os.path.join(place, name)
            with suppress(OSError):
                os.rmdir(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
    with suppress(OSError):
        os.rmdir(folder)
