"""How far a run over an archive is."""

import sys
import time
from collections.abc import Iterable

from ..output.terminal_text import clean
from .inputs import ArchiveFile

_BETWEEN = 0.2  # seconds from one line of progress to the next


class RunProgress:
    """Shows on standard error how many files are done, how fast, and how long it will take.

    Parameters
    ----------
    shown : bool
        Somebody may be waiting.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown, self._drawn = shown, False
        self._n_files = self._n_done = self._n_sentences = self._n_bytes = self._n_bytes_done = 0
        self._start = self._next = time.monotonic()

    def begin(self, n_files: int, pending: Iterable[ArchiveFile]) -> None:
        """Take what is to be done."""
        sizes = [file.size for file in pending]
        self._n_files, self._n_done, self._n_bytes = n_files, n_files - len(sizes), sum(sizes)
        self._start = time.monotonic()

    def count(self, file: ArchiveFile, n_sentences: int) -> None:
        """Count a file that is done."""
        self._n_done += 1
        self._n_sentences += n_sentences
        self._n_bytes_done += file.size
        now = time.monotonic()
        if self._shown and now >= self._next and sys.stderr is not None:
            self._next, self._drawn = now + _BETWEEN, True
            sys.stderr.write(f"\r\x1b[K{self._line(now - self._start)}")
            sys.stderr.flush()

    def _line(self, seconds: float) -> str:
        rate = self._n_sentences / max(seconds, 1e-9)
        left = seconds * (self._n_bytes - self._n_bytes_done) / max(self._n_bytes_done, 1)
        done = f"{self._n_done:,} of {self._n_files:,} files, {self._n_sentences:,} sentences"
        return f"{done}, {rate:,.0f} a second, {duration(left)} left"

    def say(self, line: str) -> None:
        """Print a line on standard error."""
        self.clear()
        if sys.stderr is not None:
            sys.stderr.write(f"{clean(line)}\n")

    def clear(self) -> None:
        """Take the counts away."""
        if self._drawn and sys.stderr is not None:
            sys.stderr.write("\r\x1b[K")
            self._drawn = False


def duration(seconds: float) -> str:
    """Give a time in the two largest units that it has.

    >>> [duration(seconds) for seconds in (4.2, 61, 7500, 200_000)]
    ['4 s', '1 min 1 s', '2 h 5 min', '2 d 7 h']
    """
    whole = round(seconds)
    for (large, size), (small, unit) in ((("d", 86400), ("h", 3600)), (("h", 3600), ("min", 60)), (("min", 60), ("s", 1))):
        if whole >= size:
            return f"{whole // size} {large} {whole % size // unit} {small}"
    return f"{whole} s"
