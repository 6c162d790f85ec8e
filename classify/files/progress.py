"""How far a run over many articles is, and what goes wrong on the way."""

import shutil
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NamedTuple, TypeVar

from ...data.articles.amounts import Amount, total_bytes
from ...data.display import counted
from ...data.records import Article
from ...errors import OwnError, SaysoError
from ..bulk.parallel import Outcome
from ..output.terminal_text import clean
from .english import EnglishOnly

_BETWEEN = 0.2  # seconds from one line of progress to the next
_SETTLED = 2.0  # seconds after which it can be told how quick a run is
Part = TypeVar("Part")


class Progress:
    """Counts, and shows the counts on standard error where somebody may be waiting; a context manager, which ends that.

    Parameters
    ----------
    shown : bool
        Somebody may be.
    traces : bool, default=False
        Show where an error of ours came up.
    paths : iterable of str
        What is read, by which is told how much is left.
    """

    def __init__(self, *, shown: bool, traces: bool = False, paths: Iterable[str] = ()) -> None:
        self.n_articles = self.n_sentences = self.n_errors = 0
        self.amount = Amount()
        self._shown, self._traces = shown, traces
        self._total = total_bytes(paths) if shown else None
        self._drawn_at = time.monotonic()
        self._first: Mark | None = None
        self._drawn = False
        self._ends: deque[int] = deque()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def watched(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Give articles on, and note where each ends in what is read."""
        for article in articles:
            self._ends.append(self.amount.n_bytes)
            yield article

    def counted(
        self, worked_on: Iterable[tuple[Article, Outcome[Part]]], english: EnglishOnly
    ) -> Iterator[tuple[Article, Part]]:
        """Give what was made of the articles that were `watched`, and count each; where nothing was made, say why."""
        for article, outcome in worked_on:
            end = self._ends.popleft()
            if outcome.failure:
                self.report(OwnError(article.id, *outcome.failure))
            elif (known := english.judged(article, outcome.language, outcome.shares)) is None:
                continue
            elif outcome.part is None:
                self.report(SaysoError(f"{article.id}: no article sentences found; check that this is the right file."))
            else:
                yield known, outcome.part
                self.n_articles += 1
                self.n_sentences += outcome.n_sentences
                self._show(end)

    def _show(self, n_bytes: int) -> None:
        now = time.monotonic()
        if self._shown and now >= self._drawn_at + _BETWEEN:
            self._drawn_at, self._drawn = now, True
            reached = Mark(now, self.n_sentences, min(n_bytes / self._total, 1.0) if self._total else None)
            self._first = self._first or reached  # before it models were loaded, and the first articles on their way
            done = f"{counted(self.n_articles, 'article')}, {counted(self.n_sentences, 'sentence')}"
            line = done + speed(self._first, reached)
            width = shutil.get_terminal_size().columns - 1  # a line that is wrapped could not be taken away
            sys.stderr.write(f"\r\x1b[K{line[:width]}")
            sys.stderr.flush()

    def report(self, error: SaysoError) -> None:
        """Count and print an error after which the run goes on."""
        self.n_errors += 1
        is_own = isinstance(error, OwnError)
        self.say(f"Error: {error}{' Add --debug to see where it happened.' * (is_own and not self._traces)}")
        if isinstance(error, OwnError) and self._traces and sys.stderr is not None:
            sys.stderr.write(error.trace)

    def report_unknown_columns(self, columns: Iterable[str]) -> None:
        """Report columns to count by that no article says anything of."""
        for column in columns:
            self.report(
                SaysoError(
                    f"--by {column}: no article has a value in this column; check that the table has a column of that name."
                )
            )

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


class Mark(NamedTuple):
    """How far a run was at a time: seconds on some clock, sentences done, and the share of the whole, where it is known."""

    seconds: float
    n_sentences: int
    share: float | None


def speed(first: Mark, now: Mark) -> str:
    """Say how quick a run was between two times, how much is done, and how long the rest takes.

    >>> speed(Mark(0.0, 1_000, 0.05), Mark(10.0, 41_000, 0.25))
    ', 4,000 a second, 25 %, 38 s left'
    """
    seconds = now.seconds - first.seconds
    parts = [""]
    if seconds >= _SETTLED:
        parts.append(f"{(now.n_sentences - first.n_sentences) / seconds:,.0f} a second")
    if now.share is not None:
        parts.append(f"{100 * now.share:.0f} %")
    if seconds >= _SETTLED and now.share and first.share is not None and now.share > first.share:
        parts.append(f"{duration(seconds * (1 - now.share) / (now.share - first.share))} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Give a time to wait as one reads it.

    >>> duration(42), duration(95), duration(8_000)
    ('42 s', '2 min', '2 h 13 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
