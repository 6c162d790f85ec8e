"""Locks by which two runs do not work on one folder at once; they go with the process that holds them, however it ends."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from ...data.articles.notices import Say
from ...data.writing.locks import take
from ...errors import SaysoError
from .inputs import OURS, Part

_PATIENCE = 2.0  # seconds: processes of a run that was killed end a moment after it


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
            held.enter_context(_lock(out, "run", say))
        else:
            held.enter_context(_lock(out, "run", say, shared=True))
            held.enter_context(_one_division(out, part, say))
            held.enter_context(_lock(out, f"part-{part.number}-{part.of}", say))
        yield


@contextlib.contextmanager
def gathering(out: str, say: Say) -> Iterator[None]:
    """Wait until no other part of the run writes what belongs to all of them."""
    with _lock(out, "gather", say):
        yield


@contextlib.contextmanager
def _one_division(out: str, part: Part, say: Say) -> Iterator[None]:
    """Have all parts that work at once be of one division: parts of 20 and of 40 hold the same files."""
    with gathering(out, say):
        path = Path(out, OURS, "locks", "parts-of")
        alone = _try(path)
        if alone is not None:
            os.ftruncate(alone, 0)
            os.write(alone, str(part.of).encode())
            os.close(alone)
        elif (others := path.read_text("ascii")) != str(part.of):
            raise SaysoError(
                f"{out}: a run with parts of {others} is writing to this folder; use the same number of "
                "parts, or wait until it is done."
            )
        held = _try(path, shared=True)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


@contextlib.contextmanager
def _lock(out: str, name: str, say: Say, *, shared: bool = False) -> Iterator[None]:
    path = Path(out, OURS, "locks", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + _PATIENCE
    handle = None
    try:
        while (handle := _try(path, shared=shared)) is None:
            if time.monotonic() > until:
                raise SaysoError(f"{out}: another run is writing to this folder; wait until it is done.")
            time.sleep(0.05)
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            raise
        say(f"{out}: this file system does not support locks; make sure that only one run at a time writes there.")
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _try(path: Path, *, shared: bool = False) -> int | None:
    """Lock a file, and give its handle; None where somebody else has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if take(handle, shared=shared):
            return handle
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None
