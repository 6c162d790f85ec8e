"""How far a run over many articles is, and what goes wrong on the way."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from ...data.articles.amounts import Amount, total_bytes
from ...data.commands.console import tell, tell_lines
from ...data.display import counted
from ...data.progress import Mark, clear, draw, speed
from ...data.records import Article
from ...data.rows.refused import FewOfEach
from ...errors import OF_THE_RUN, OwnError, SaysoError
from ..bulk.parallel import Outcome
from .english import EnglishOnly

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
        self._first: Mark | None = None
        self._ends: deque[int] = deque()
        self._few = FewOfEach(lambda line: self.say(f"Error: {line}"))

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()
        self._few.__exit__(kind, error, trace)

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
        if self._shown:
            share = min(n_bytes / self._total, 1.0) if self._total else None
            reached = Mark(time.monotonic(), self.n_sentences, share)
            self._first = self._first or reached  # before it models were loaded, and the first articles on their way
            done = f"{counted(self.n_articles, 'article')}, {counted(self.n_sentences, 'sentence')}"
            draw(done + speed(self._first, reached))

    def report(self, error: SaysoError) -> None:
        """Count and print an error after which the run goes on; of many of one kind the first few, and how many more."""
        self.n_errors += 1
        if not self._few.counts(error):
            return
        is_own = isinstance(error, OwnError)
        self.say(f"Error: {error}{' Add --debug to see where it happened.' * (is_own and not self._traces)}")
        if isinstance(error, OwnError) and self._traces:
            tell_lines(error.trace)

    @contextmanager
    def one_article(self, article_id: str) -> Iterator[None]:
        """Work on an article by itself: a bug of ours costs that one alone."""
        try:
            yield
        except OF_THE_RUN:
            raise
        except Exception as error:
            self.report(OwnError.of(article_id, error))

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
        tell(line)

    def clear(self) -> None:
        """Take the counts away."""
        clear()
