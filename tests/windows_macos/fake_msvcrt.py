"""A stand-in for Windows' module of the same name: locks on ranges of bytes, which belong to one handle.

Linux has such locks too; they go when the handle is closed.
"""

import errno
import fcntl
import os
import struct

LK_UNLCK, LK_LOCK, LK_NBLCK = 0, 1, 2


def locking(handle, mode, n_bytes):
    """Lock bytes from where the handle stands; what another handle holds is refused."""
    sort = fcntl.F_UNLCK if mode == LK_UNLCK else fcntl.F_WRLCK
    wanted = struct.pack("hhqqi", sort, os.SEEK_CUR, 0, n_bytes, 0)
    try:
        fcntl.fcntl(handle, fcntl.F_OFD_SETLK, wanted)
    except BlockingIOError as error:
        raise PermissionError(errno.EACCES, "Permission denied") from error
