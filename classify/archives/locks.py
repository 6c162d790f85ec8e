"""Locks by which two runs do not work on one folder at once; they go with the process that holds them, however it ends."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ...data.articles.notices import Say
from ...errors import SaysoError
from .inputs import OURS, Part

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 2.0  # seconds: processes of a run that was killed end a moment after it
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


@contextlib.contextmanager
def locked(out: str, part: Part | None, say: Say) -> Iterator[None]:
    """Keep other runs from a folder of outputs; parts of one run may work there at once, each once.

    Raises
    ------
    SaysoError
        If another run works there.
    """
    with contextlib.ExitStack() as held:
        if part is None:
            held.enter_context(_lock(out, "run", _exclusive(), say))
        else:
            held.enter_context(_lock(out, "run", _shared(), say))
            held.enter_context(_one_division(out, part, say))
            held.enter_context(_lock(out, f"part-{part.number}-{part.of}", _exclusive(), say))
        yield


@contextlib.contextmanager
def gathering(out: str, say: Say) -> Iterator[None]:
    """Wait until no other part of the run writes what belongs to all of them."""
    with _lock(out, "gather", fcntl.LOCK_EX if fcntl else 0, say):
        yield


@contextlib.contextmanager
def _one_division(out: str, part: Part, say: Say) -> Iterator[None]:
    """Have all parts that work at once be of one division: parts of 20 and of 40 hold the same files."""
    with gathering(out, say):
        path = Path(out, OURS, "locks", "parts-of")
        alone = _try(path, _exclusive())
        if alone is not None:
            os.ftruncate(alone, 0)
            os.write(alone, str(part.of).encode())
            os.close(alone)
        elif (others := path.read_text("ascii")) != str(part.of):
            raise SaysoError(
                f"{out}: a run with parts of {others} is writing to this folder; use the same number of "
                "parts, or wait until it is done."
            )
        held = _try(path, _shared())
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _exclusive() -> int:
    return fcntl.LOCK_EX | fcntl.LOCK_NB if fcntl else 0


def _shared() -> int:
    return fcntl.LOCK_SH | fcntl.LOCK_NB if fcntl else 0


@contextlib.contextmanager
def _lock(out: str, name: str, how: int, say: Say) -> Iterator[None]:
    path = Path(out, OURS, "locks", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + _PATIENCE
    handle = None
    try:
        while (handle := _try(path, how)) is None:
            if time.monotonic() > until:
                raise SaysoError(f"{out}: another run is writing to this folder; wait until it is done.")
            time.sleep(0.05)
    except OSError as error:
        if fcntl and error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            raise
        say(f"{out}: this file system does not support locks; make sure that only one run at a time writes there.")
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _try(path: Path, how: int) -> int | None:
    """Lock a file, and give its handle; None where somebody else has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if fcntl:
            fcntl.flock(handle, how)
    except OSError as error:
        os.close(handle)
        if error.errno in _TAKEN:
            return None
        raise
    return handle
