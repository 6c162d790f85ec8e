"""Annotating many articles: what `sayso annotate` does."""

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from ..data.read import read_articles
from ..data.write import replace_file
from ..errors import SaysoError
from .annotate import load_annotator
from .formats import MACHINE, Format, Writer
from .terminal import Terminal, clean

N_WHY = 5
_WITH_WHY = (Format.JSON, Format.JSONL)
_BETWEEN = 0.2  # seconds from one line of progress to the next
_BY_SUFFIX = {".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".json": Format.JSON, ".csv": Format.CSV}


def annotate_paths(
    paths: Sequence[str],
    *,
    form: Format | None = None,
    models: Sequence[str] = (),
    out: str | None = None,
    columns: Mapping[str, str | None] | None = None,
) -> bool:
    """Annotate the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : sequence of str
        As `data.read.read_articles` takes them.
    form : Format, optional
        Without it what the suffix of ``out`` says, else for reading.
    models : sequence of str
        Model files instead of the package's.
    out : str, optional
        File to write; standard output without it.
    columns : mapping of str to str or None, optional
        ``text_column`` and the like.

    Returns
    -------
    bool
        Every article came out; what did not is named on standard error.
    """
    form = form or _BY_SUFFIX.get(Path(out).suffix.lower() if out else "", Format.TERMINAL)
    annotator = load_annotator(models)
    progress = _Progress(shown=_is_terminal(sys.stderr) and (out is not None or not _is_terminal(sys.stdout)))
    bad: list[SaysoError] = []

    def report(error: SaysoError) -> None:
        bad.append(error)
        progress.say(f"Error: {error}")

    articles = read_articles(paths, notice=progress.say, on_error=report, **(columns or {}))
    try:
        with _opened(out, form) as write:
            writer = _writer(form, plain=out is not None)
            for article in articles:
                annotated = annotator.annotate(article, n_why=N_WHY if form in _WITH_WHY else 0)
                if not annotated:
                    report(SaysoError(f"{article.id}: no sentence of an article in it; is it the right file?"))
                    continue
                if not progress.n_articles:
                    write(writer.begin())
                write(writer.article(article, annotated))
                progress.count(len(annotated))
            if not progress.n_articles:
                raise _NothingError
            write(writer.end())
    except _NothingError:
        if out is not None:
            progress.say(f"{out} was not written.")
    progress.clear()
    return not bad


class _NothingError(Exception):
    """No article came out, so no file takes the place of an old one."""


def _writer(form: Format, *, plain: bool) -> Writer:
    if form in MACHINE:
        return MACHINE[form]()
    on_terminal = not plain and _is_terminal(sys.stdout)
    colour = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(colour=colour, width=shutil.get_terminal_size().columns if on_terminal else None)


@contextmanager
def _opened(out: str | None, form: Format) -> Iterator[Callable[[str], Any]]:
    """Open what is written to: standard output, a file that is whole or not there, or a device."""
    if out is None:
        if sys.stdout is None:
            raise SaysoError("there is no standard output; name a file with --out.")
        if hasattr(sys.stdout, "reconfigure"):
            encoding = {"encoding": "utf-8", "newline": "\n"} if form in MACHINE else {"errors": "replace"}
            sys.stdout.reconfigure(**encoding)
        yield sys.stdout.write
        return
    mode = _mode_of(out)
    if stat.S_ISDIR(mode):
        raise SaysoError(f"{out}: this is a folder; give --out a file.")
    if mode and not stat.S_ISREG(mode):
        with open(out, "w", encoding="utf-8", newline="\n") as stream:
            yield stream.write
        return
    with replace_file(out) as binary:
        yield lambda text: binary.write(text.encode())


def _mode_of(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


class _Progress:
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
