"""How a command ends that is stopped from outside: by a signal, without a place to print to, or without memory."""

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

_STOPPING = ("SIGTERM", "SIGHUP", "SIGXCPU")
_NO_MEMORY = ("cannot allocate memory", "failed to map segment", "out of memory", "malloc of size", "bad_alloc")
_NO_THREAD = ("can't start new thread", "failed to launch worker thread")


class StoppedError(KeyboardInterrupt):
    """A signal that ends the program; all is cleaned up as after Ctrl-C.

    Parameters
    ----------
    number : int
        Of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        if self.number == getattr(signal, "SIGXCPU", None):
            return "Error: the limit of processor time is reached."
        return "Terminated."


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let signals that end a program end it as Ctrl-C does; what ignores them (``nohup``) still does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _STOPPING if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    before: dict[int, Any] = {number: signal.signal(number, _stop) for number in heard}
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # as `sayso.__main__` leaves it: Ctrl-C has now to clean up
        before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: Any) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one does not interrupt the cleaning up
    raise StoppedError(number)


def open_streams() -> None:
    """Put something in the place of standard streams that were closed (``>&-``).

    Otherwise the next file that is opened would get their number, and what some library prints would be written into it.
    Writing to the one of results fails, as on a full disk; messages go nowhere.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            flags = os.O_WRONLY if number != 1 else os.O_RDONLY  # a closed one can be neither read nor written
            handle = os.open(os.devnull, flags)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
        stream: IO[Any] = open(number, mode, encoding="utf-8", errors="replace", closefd=False)
        setattr(sys, name, stream)


def nobody_reads(error: OSError) -> bool:
    """Tell whether a write failed because the reader has gone (``| head``); Windows calls that an invalid argument."""
    is_of_windows = sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or is_of_windows


def shortage(error: BaseException) -> str | None:
    """Say in a line what the machine had too little of, if that is what an error is about; None otherwise.

    >>> shortage(RuntimeError("can't start new thread"))
    'the system allows no further process or thread; close other programs, or use a smaller --jobs.'
    >>> shortage(BlockingIOError(errno.EAGAIN, "write could not complete without blocking")) is None
    True
    """
    said = str(error).lower()
    is_of_library = isinstance(error, RuntimeError) or type(error).__module__.startswith("pyarrow")
    if is_of_library and any(words in said for words in _NO_THREAD):
        return "the system allows no further process or thread; close other programs, or use a smaller --jobs."
    if isinstance(error, OSError) and error.errno == errno.EAGAIN and "write" not in said:  # fork; not a full pipe
        return "the system allows no further process or thread; close other programs, or use a smaller --jobs."
    is_memory = isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
    if is_memory or (
        (is_of_library or isinstance(error, OSError | ImportError)) and any(words in said for words in _NO_MEMORY)
    ):
        return "there is not enough memory; give it smaller files, or fewer --jobs."
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return "the system allows no further open file; raise the limit (ulimit -n), or use a smaller --jobs."
    return None
