"""Whether the process of a run still lives: it holds a lock on a file, and the system lets go of it however it ends."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ...data.writing.locks import take
from ...errors import SaysoError

_PAUSE = 0.02  # seconds between two tries


@contextlib.contextmanager
def alive(path: Path) -> Iterator[None]:
    """Hold the lock while the context lasts.

    Raises
    ------
    SaysoError
        If another process holds it.
    """
    handle = _try(path)
    if handle is None:
        raise SaysoError(f"{path.parent}: another process is working on this run.")
    try:
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def one_at_a_time(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock while the context lasts; who comes second waits.

    Parameters
    ----------
    path : Path
    patience : float
        Seconds to wait at most.

    Raises
    ------
    SaysoError
        If another holds it for longer.
    """
    until = time.monotonic() + patience
    while (handle := _try(path)) is None:
        if time.monotonic() > until:
            raise SaysoError(f"{path.parent}: another process is starting the teaching; try again.")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        os.close(handle)


def is_alive(path: Path) -> bool:
    """Tell whether a process holds the lock."""
    if not path.is_file():
        return False
    handle = _try(path)
    if handle is None:
        return True
    os.close(handle)
    return False


def _try(path: Path) -> int | None:
    """Lock a file, and give its handle; None where somebody else has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    with contextlib.suppress(OSError):  # where the file system has no locks, only whoever started the process knows of it
        if not take(handle):
            os.close(handle)
            return None
    return handle
