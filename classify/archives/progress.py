"""How far a run over an archive is."""

import time
from collections.abc import Iterable

from ...data.commands.console import tell
from ...data.display import counted
from ...data.progress import Mark, clear, draw, speed
from .inputs import ArchiveFile


class RunProgress:
    """Shows on standard error how many files are done, how fast, and how long it will take.

    Parameters
    ----------
    shown : bool
        Somebody may be waiting.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._n_files = self._n_done = self._n_sentences = self._n_bytes = self._n_bytes_done = 0
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
        reached = Mark(time.monotonic(), self._n_sentences, self._n_bytes_done / max(self._n_bytes, 1))
        self._first = self._first or reached
        if self._shown:
            done = f"{self._n_done:,} of {counted(self._n_files, 'file')}, {counted(self._n_sentences, 'sentence')}"
            draw(done + speed(self._first, reached))

    def say(self, line: str) -> None:
        """Print a line on standard error."""
        tell(line)

    def clear(self) -> None:
        """Take the counts away."""
        clear()
