"""Making a dataset folder of articles and labelled sentences, with a log of what was left out."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from ...errors import OwnError, SaysoError
from ..articles.amounts import Amount
from ..articles.notices import Say
from ..articles.tables import Columns
from ..atomic_write import check_not_there, remove_file, replace_file, together
from ..codebook.codebook import Codebook
from ..records import LabelledArticle
from ..rows.places import RowError
from ..rows.recognition.names import USUAL, RowNames
from .folder import NothingToWriteError, check_free, write_dataset
from .stream import Sources
from .tally import Tally

_TOLD_AT_ONCE = 5
"""So many of the things left out are told while the dataset is made; the log has all of them."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a dataset is to be made of, and how.

    Parameters
    ----------
    sources : sequence of str
        Files, folders, or names of datasets on the hub (``hf:owner/name``).
    rows : str
        What the rows of tables are: one of `stream.ROWS`.
    name, licence : str or None
        For the dataset card; the folder's name, and unknown, without them.
    drop : bool
        Labels and rows that are wrong are left out; otherwise the first is raised.
    force : bool
        Replace a dataset that stands there.
    row_names, columns : RowNames, Columns
        The columns that the user named, of tables of labelled sentences and of articles.
    codebook : Codebook or None
        What the labels mean, for the card.
    amount : Amount
        Counts the bytes of files of articles that have been read.
    failed : list of OwnError
        Is given the articles that were lost by a bug of ours.
    """

    sources: Sequence[str]
    rows: str = "auto"
    name: str | None = None
    licence: str | None = None
    drop: bool = False
    force: bool = False
    row_names: RowNames = USUAL
    columns: Columns = field(default_factory=Columns)
    codebook: Codebook | None = None
    amount: Amount = field(default_factory=Amount)
    failed: list[OwnError] = field(default_factory=list)


def make_dataset(
    options: BuildOptions,
    out: Path,
    tell: Say,
    suggest: Callable[[LabelledArticle], LabelledArticle] | None = None,
    watch: Callable[[Iterator[LabelledArticle]], Iterable[LabelledArticle]] = iter,
) -> Tally:
    """Write a dataset folder, and beside it ``OUT.dropped.jsonl``, which says what was left out and why.

    Parameters
    ----------
    options : BuildOptions
    out : Path
        The folder.
    tell : callable
        Is given lines about what is left out.
    suggest : callable, optional
        Adds what models say of an article, apart from labels.
    watch : callable, optional
        Articles are read through it, such as a progress bar.

    Returns
    -------
    Tally
        What was written.

    Raises
    ------
    SaysoError
        If something stands there already, a source cannot be read, or there is nothing to write.
    """
    for what, words in (("licence", options.licence), ("name", options.name)):
        if words is not None and not (words.isprintable() and words.strip()):
            raise SaysoError(f"--{what} {words!r}: give the {what} on one line, without control characters.")
    check_free(out, force=options.force)
    log_path = out.with_name(f"{out.name}.dropped.jsonl")
    check_not_there(log_path, force=options.force)
    log = _DropLog(log_path, tell)
    sources = Sources(
        options.sources,
        options.rows,
        options.licence,
        log.add,
        tell,
        log.refuse if options.drop else None,
        options.row_names,
        options.columns,
        options.amount,
        failed=options.failed,
    )
    articles = map(suggest, sources.articles()) if suggest else sources.articles()
    try:
        with together():
            tally = write_dataset(
                watch(log.told_with_first(articles)),
                out,
                name=options.name,
                licence=options.licence,
                force=options.force,
                sources=lambda: sources.provenance,
                codebook=options.codebook,
            )
            log.write()
    except NothingToWriteError as error:
        log.tell_or_raise(error)
    log.tell_count()
    return tally


class _DropLog:
    """Keeps what is left out, and why."""

    def __init__(self, path: Path, tell: Say) -> None:
        self._path, self._tell = path, tell
        self._lines: list[str] = []
        self._waiting: list[tuple[str, str]] | None = []  # until there is an article: without any one line is enough

    def told_with_first(self, articles: Iterable[LabelledArticle]) -> Iterator[LabelledArticle]:
        """Give articles on; with the first all that waits is told."""
        for article in articles:
            self._tell_waiting()
            yield article

    def _tell_waiting(self) -> None:
        for where, reason in self._waiting or ():
            self._tell(f"left out: {where}: {reason}")
        self._waiting = None

    def tell_or_raise(self, error: SaysoError) -> NoReturn:
        """Raise what stopped the making, or the one thing that was left out, if there was nothing else."""
        if self._waiting and len(self._lines) == 1:
            where, reason = self._waiting[0]
            raise SaysoError(f"{where}: {reason}") from error
        self._tell_waiting()
        raise error

    def add(self, where: str, reason: str) -> None:
        """Note something; the first few are told at once."""
        if len(self._lines) < _TOLD_AT_ONCE and self._waiting is None:
            self._tell(f"left out: {where}: {reason}")
        elif len(self._lines) < _TOLD_AT_ONCE and self._waiting is not None:
            self._waiting.append((where, reason))
        self._lines.append(json.dumps({"where": where, "reason": reason}, ensure_ascii=False) + "\n")

    def refuse(self, error: RowError) -> None:
        """Note a row or label that is wrong."""
        self.add(error.where, error.reason)

    def write(self) -> None:
        """Write all of it beside the dataset; without anything left out an earlier log goes."""
        if not self._lines:
            remove_file(self._path)
            return
        with replace_file(self._path) as file:
            file.write("".join(self._lines).encode())

    def tell_count(self) -> None:
        """Say how much was left out."""
        if self._lines:
            self._tell(f"Left out: {len(self._lines):,}; see {self._path} for which and why.")
