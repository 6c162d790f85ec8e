"""How much of the files has been read, in bytes, and how much there is."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ..system.whole_file import special
from .kinds import article_suffixes
from .reader import left_out_as


class Amount:
    """How many bytes of files `read_articles` has read."""

    def __init__(self) -> None:
        self._finished = 0
        self._open: BinaryIO | None = None

    @property
    def n_bytes(self) -> int:
        """Bytes of the files that are finished, and those before the place that is read now."""
        return self._finished + (_position(self._open) if self._open else 0)

    def add(self, path: Path) -> None:
        """Count a file that is read in another way than as articles."""
        self._finished += path.stat().st_size

    @contextlib.contextmanager
    def counting(self, stream: BinaryIO) -> Iterator[None]:
        """Count the bytes of a file that is read."""
        self._open = stream
        try:
            yield
        finally:
            self._finished += _position(stream)
            self._open = None


def _position(stream: BinaryIO) -> int:
    """Tell how far a file has been read; 0 of what is no file."""
    try:
        return os.lseek(stream.fileno(), 0, os.SEEK_CUR)
    except (OSError, ValueError):  # a pipe, or what only looks like a file
        return 0


def files_in(folder: str, on_error: Callable[[OSError], object] | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield the files of a folder with all below it, sorted, and why a file is left out; None for those to be read.

    What is no file is left out: a named pipe would be waited for, and a device may have no end.

    ``on_error`` is told of folders that cannot be looked into.
    """
    suffixes = article_suffixes()
    for place, below, names in os.walk(folder, onerror=on_error):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = os.path.join(place, name)
            why = left_out_as(name, suffixes)
            yield path, _special(path) if why is None else why


def _special(path: str) -> str | None:
    """Name a pipe, socket or device, which nobody meant to be read with a folder; None for a file, or what is not there."""
    try:
        found = special(os.stat(path).st_mode)
    except (OSError, ValueError):  # a link to nowhere: reading it says so
        return None
    return found and found.removeprefix("a ")


def total_bytes(paths: Iterable[str]) -> int | None:
    """Give the size of all files that `read_articles` will read; None where that is not known, as of a pipe."""
    total = 0
    try:
        for path in paths:
            about = os.fstat(sys.stdin.fileno()) if path == "-" else os.stat(path)
            if stat.S_ISDIR(about.st_mode):
                total += sum(os.stat(file).st_size for file, why in files_in(path) if why is None)
            elif stat.S_ISREG(about.st_mode):
                total += about.st_size
            else:
                return None
    except (OSError, ValueError, AttributeError):  # what is wrong with a path is told when it is read
        return None
    return total or None
