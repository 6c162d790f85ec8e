"""The system's locks on files: they go with the process that holds them, however it ends."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_HELD = frozenset((errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK))
"""What the system says where somebody else has a lock."""
_PAUSE = 0.02  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows locks bytes against reading; none of the text stands there
    _SHARES = 64  # bytes: who shares a lock has one of them, who has it alone all

    def _take(handle: int, *, shared: bool) -> None:
        try:
            for tried in range(_SHARES if shared else 1):
                first = (os.getpid() + tried) % _SHARES if shared else 0
                os.lseek(handle, _FAR + first, os.SEEK_SET)
                try:
                    msvcrt.locking(handle, msvcrt.LK_NBLCK, 1 if shared else _SHARES)
                    return
                except OSError:
                    if tried == (_SHARES - 1 if shared else 0):
                        raise
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(handle: int, *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def take(handle: int, *, shared: bool = False, wait: float = 0) -> bool:
    """Lock an open file until it is closed.

    Parameters
    ----------
    handle : int
        Its number, as `os.open` gives it.
    shared : bool, default=False
        Let others hold a shared lock as well.
    wait : float, default=0
        Seconds for which it is tried again.

    Returns
    -------
    bool
        False where somebody else holds it.

    Raises
    ------
    OSError
        If the file system has no locks.
    """
    end = time.monotonic() + wait
    while True:
        try:
            _take(handle, shared=shared)
        except OSError as error:
            if error.errno not in _HELD:
                raise
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def hold(path: Path, *, make: bool = True) -> int | None:
    """Open and lock a file that tells whether its owner lives; None where another process has it, or it is gone.

    Where the file system has no locks, the file is only opened.
    """
    try:
        handle = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o666)
    except FileNotFoundError:
        return None
    with contextlib.suppress(OSError):  # without locks nobody can tell
        if not take(handle) or os.fstat(handle).st_nlink == 0:  # somebody removed it in between
            os.close(handle)
            return None
    return handle


@contextlib.contextmanager
def folder_locked(folder: Path, wait: float) -> Iterator[bool]:
    """Keep other runs from moving files in a folder meanwhile; gives False where another one still does.

    Where folders cannot be locked (Windows, some network disks), nothing is.
    """
    if os.name == "nt":
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        is_ours = True
        with contextlib.suppress(OSError):
            is_ours = take(handle, wait=wait)
        yield is_ours
    finally:
        os.close(handle)
