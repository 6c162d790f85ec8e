"""A stand-in for Windows' module of the same name: locks on ranges of bytes, which only their own handle may have twice."""

import errno
import os

LK_UNLCK, LK_LOCK, LK_NBLCK = 0, 1, 2
_held = []  # (device and number of the file, first byte, last byte, handle)


def locking(handle, mode, n_bytes):
    """Lock bytes from where the handle stands; what another handle holds is refused, as is what the own one holds."""
    about = os.fstat(handle)
    which, first = (about.st_dev, about.st_ino), os.lseek(handle, 0, os.SEEK_CUR)
    ours = (which, first, first + n_bytes - 1, handle)
    _forget_closed()
    if mode == LK_UNLCK:
        _held.remove(ours)
        return
    for other, start, end, _ in _held:
        if other == which and start <= ours[2] and first <= end:
            raise PermissionError(errno.EACCES, "Permission denied")
    _held.append(ours)


def _forget_closed():
    """Let go of what closed handles held, as the system does."""
    _held[:] = [lock for lock in _held if _is_open(lock)]


def _is_open(lock):
    try:
        about = os.fstat(lock[3])
    except OSError:
        return False
    return (about.st_dev, about.st_ino) == lock[0]
