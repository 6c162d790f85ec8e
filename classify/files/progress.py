"""How far a run over many articles is, and what goes wrong on the way."""

import sys
import time
from collections.abc import Iterable, Iterator

from ...data.records import Article
from ...errors import SaysoError
from ..bulk.parallel import Failure, Outcome, Part
from ..output.terminal_text import clean
from .english import EnglishOnly

_BETWEEN = 0.2  # seconds from one line of progress to the next


class Progress:
    """Counts, and shows the counts on standard error where somebody may be waiting.

    Parameters
    ----------
    shown : bool
        Somebody may be.
    traces : bool, default=False
        Show where an error of ours came up.
    """

    def __init__(self, *, shown: bool, traces: bool = False) -> None:
        self.n_articles = self.n_sentences = self.n_errors = 0
        self._shown, self._traces = shown, traces
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

    def counted(
        self, worked_on: Iterable[tuple[Article, Outcome[Part]]], english: EnglishOnly
    ) -> Iterator[tuple[Article, Part]]:
        """Give what was made of articles on, and count each; those of which nothing was made are reported, or left out."""
        for article, outcome in worked_on:
            if outcome.failure:
                self._report_failure(article, outcome.failure)
            elif (known := english.judged(article, outcome.language, outcome.shares)) is None:
                continue
            elif outcome.part is None:
                self.report(SaysoError(f"{article.id}: no sentence of an article in it; is it the right file?"))
            else:
                yield known, outcome.part
                self.count(outcome.n_sentences)

    def _report_failure(self, article: Article, failure: Failure) -> None:
        more = "" if self._traces else "; --debug shows where"
        self.report(
            SaysoError(f"{article.id}: left out for an error of sayso's own ({failure.error}){more}. Please report it.")
        )
        if self._traces and sys.stderr is not None:
            sys.stderr.write(failure.trace)

    def report(self, error: SaysoError) -> None:
        """Count and print an error after which the run goes on."""
        self.n_errors += 1
        self.say(f"Error: {error}")

    def report_unknown_columns(self, columns: Iterable[str]) -> None:
        """Report columns to count by that no article says anything of."""
        for column in columns:
            self.report(SaysoError(f"--by {column}: no article says anything of it; is it a column of the table?"))

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
