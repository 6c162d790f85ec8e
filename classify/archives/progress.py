"""How far a run over an archive is."""

import shutil
import sys
import time
from collections.abc import Iterable

from ...data.display import counted
from ..files.progress import Mark, speed
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
        self._next = time.monotonic()
        self._first: Mark | None = None

    def begin(self, n_files: int, pending: Iterable[ArchiveFile]) -> None:
        """Take what is to be done."""
        sizes = [file.size for file in pending]
        self._n_files, self._n_done, self._n_bytes = n_files, n_files - len(sizes), sum(sizes)

    def count(self, file: ArchiveFile, n_sentences: int) -> None:
        """Count a file that is done."""
        self._n_done += 1
        self._n_sentences += n_sentences
        self._n_bytes_done += file.size
        now = time.monotonic()
        reached = Mark(now, self._n_sentences, self._n_bytes_done / max(self._n_bytes, 1))
        self._first = self._first or reached
        if self._shown and now >= self._next and sys.stderr is not None:
            self._next, self._drawn = now + _BETWEEN, True
            done = f"{self._n_done:,} of {counted(self._n_files, 'file')}, {counted(self._n_sentences, 'sentence')}"
            width = shutil.get_terminal_size().columns - 1  # a line that is wrapped could not be taken away
            sys.stderr.write(f"\r\x1b[K{(done + speed(self._first, reached))[:width]}")
            sys.stderr.flush()

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
