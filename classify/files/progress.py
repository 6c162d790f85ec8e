"""How far a run over many articles is."""

import sys
import time

from ..output.terminal import clean

_BETWEEN = 0.2  # seconds from one line of progress to the next


class Progress:
    """Counts, and shows the counts on standard error where somebody may be waiting."""

    def __init__(self, *, shown: bool) -> None:
        self.n_articles = self.n_sentences = 0
        self._shown = shown
        self._next = time.monotonic() + _BETWEEN
        self._drawn = False

    def count(self, n_sentences: int) -> None:
        """Count an article."""
        self.n_articles += 1
        self.n_sentences += n_sentences
        if self._shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _BETWEEN
            self._drawn = True
            sys.stderr.write(f"\r{self.n_articles:,} articles, {self.n_sentences:,} sentences")
            sys.stderr.flush()

    def say(self, line: str) -> None:
        """Print a line on standard error."""
        self.clear()
        if sys.stderr is not None:
            sys.stderr.write(f"{clean(line)}\n")

    def clear(self) -> None:
        """Take the counts away."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            self._drawn = False
