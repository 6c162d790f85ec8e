"""Opening files that somebody names, and reading those that are read whole: nothing endless, nothing that is waited for."""

import errno
import os
import re
import stat
from io import BufferedReader, FileIO

from ...errors import SaysoError

_PIECE = 1 << 20  # bytes
_BUFFER = 1 << 17  # bytes; a line of 40 MB comes in half the time it takes by Python's 8 KB
_ALREADY_OPEN = re.compile(r"/dev/(?:stdin|fd/[0-9]+)|/proc/(?:self|[0-9]+)/fd/[0-9]+")
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def whole_file(path: str | os.PathLike[str], *, most: int, what: str) -> bytes:
    """Read a file that is read whole.

    Parameters
    ----------
    path : str or path
    most : int
        The number of bytes that it may have.
    what : str
        What the file is to be, as in "a roster"; messages name it.

    Returns
    -------
    bytes

    Raises
    ------
    SaysoError
        If there are more bytes, or if it is a named pipe, a socket or a device.
    OSError
        If it cannot be opened or read: no such file, a folder, no right to.
    """
    pieces: list[bytes] = []
    n_bytes = 0
    with opened_file(path, what) as stream:
        if os.fstat(stream.fileno()).st_size > most:  # a long file is refused before it is read
            n_bytes = most + 1
        while n_bytes <= most and (piece := stream.read(min(_PIECE, most + 1 - n_bytes))):
            pieces.append(piece)
            n_bytes += len(piece)
    if n_bytes > most:
        raise SaysoError(
            f"{os.fspath(path)}: longer than {most:,} bytes, the limit for {what}; check that it is the right file."
        )
    return b"".join(pieces)


def opened_file(path: str | os.PathLike[str], what: str) -> BufferedReader:
    """Open a file for reading, without waiting for a pipe that nobody writes to.

    What is already open is read as it comes: ``/dev/stdin``, and the ``/dev/fd/63`` that a shell makes of ``<(…)``.

    Parameters
    ----------
    path : str or path
    what : str
        What the file is to be, as in "a roster".

    Raises
    ------
    SaysoError
        If it is a named pipe, a socket or a device.
    OSError
        If it cannot be opened: no such file, a folder, no right to.
    """
    if is_already_open(path):
        return open(path, "rb")
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        _check_is_file(path, os.stat(path).st_mode, what)  # a socket cannot be opened
        raise
    try:
        _check_is_file(path, os.fstat(handle).st_mode, what)
        return BufferedReader(FileIO(handle), _BUFFER)
    except BaseException:
        os.close(handle)
        raise


def begins_with(path: str | os.PathLike[str], words: str, within: int = _PIECE) -> bool:
    """Tell whether words stand in the first bytes of a file, a megabyte by default; False for what cannot be read."""
    try:
        with opened_file(path, "a file") as stream:
            return words.encode() in stream.read(within)
    except (OSError, SaysoError):
        return False


def is_already_open(path: str | os.PathLike[str]) -> bool:
    """Tell a path that a shell makes of standard input or of ``<(…)``: a stream that is open and that somebody feeds."""
    return _ALREADY_OPEN.fullmatch(os.path.normpath(os.fsdecode(path))) is not None


def special(mode: int) -> str | None:
    """Name what is neither a file nor a folder by its mode; None for a file or folder.

    >>> special(0o100644), special(0o010644)
    (None, 'a named pipe')
    """
    return next((name for is_it, name in _SPECIAL if is_it(mode)), None)


def _check_is_file(path: str | os.PathLike[str], mode: int, what: str) -> None:
    if (sort := special(mode)) is not None:
        way = " What a command prints can be given as <(COMMAND)." if stat.S_ISFIFO(mode) else ""
        raise SaysoError(f"{os.fspath(path)}: this is {sort}, not a file; give {what}.{way}")
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
