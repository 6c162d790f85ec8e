"""One process writes an annotator's labels at a time."""

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ....errors import SaysoError
from ...writing.locks import take


class Lock:
    """A lock that the system takes back when its process ends, however it ends.

    The file stays: it says who holds the lock.

    Parameters
    ----------
    path : Path
    wait : float, default=0
        For so many seconds it is tried again.

    Attributes
    ----------
    was_left : bool
        Whether the process that had it before ended without letting it go: it was killed.

    Raises
    ------
    SaysoError
        If another process holds it; the message names it.
    """

    def __init__(self, path: Path, wait: float = 0) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SaysoError(f"{path}: cannot be written ({error.strerror or error}); choose another folder.") from error
        self._file = _opened(path, wait)
        self._file.seek(0)
        self.was_left = bool(self._file.read())
        self._sign()

    def _sign(self) -> None:
        """Write into the file who holds the lock."""
        about = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):  # a full disk; the lock is held all the same
            self._file.truncate(0)
            self._file.write(json.dumps(about).encode() + b"\n")

    def check(self) -> None:
        """See to it that the lock is still ours: where somebody took its file away, take it again.

        Raises
        ------
        SaysoError
            If another process took it meanwhile.
        """
        if os.name == "nt":  # nobody can take away a file that is open
            return
        try:
            there, ours = os.stat(self._path), os.fstat(self._file.fileno())
            if (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino):
                return
        except FileNotFoundError:
            pass
        except OSError as error:
            raise SaysoError(f"{self._path}: cannot be read ({error.strerror or error}); nothing was changed.") from error
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)  # the project's own folder is never made anew
        file = _opened(self._path, 0)
        self._file.close()
        self._file = file
        self._sign()

    def release(self) -> None:
        """Let others have it."""
        if not self._file.closed:
            with suppress(OSError):
                self._file.truncate(0)
            self._file.close()


def _opened(path: Path, wait: float) -> BinaryIO:
    """Open a file and lock it."""
    try:
        file = open(path, "a+b", buffering=0)
    except OSError as error:
        raise SaysoError(f"{path}: cannot be written ({error.strerror or error}); choose another folder.") from error
    try:
        if take(file.fileno(), wait=wait):
            return file
    except OSError as error:
        file.close()
        reason = error.strerror or error
        raise SaysoError(f"{path}: cannot be locked ({reason}); put the project on a local disk.") from error
    file.close()
    raise SaysoError(
        f"{path.stem} is already being labelled, {_holder(path)}; stop that server, or give another --annotator."
    )


def _holder(path: Path) -> str:
    """Say who holds a lock, as far as its file tells."""
    try:
        about = json.loads(path.read_bytes())
        where = "" if about["host"] == socket.gethostname() else f" on {about['host']}"
        return f"by process {about['pid']}{where} since {about['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another process"
