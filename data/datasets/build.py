"""Labelled articles from whatever holds them, and datasets from labelled articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ...errors import SaysoError
from ..corpora.own import parse_article
from ..exchange.format import Notice
from ..exchange.formats import exports_in, format_of, read_exchange
from ..records import LabelledArticle
from ..rows.annotated_page import PAGES, page_rows, pages_of
from ..rows.files import TABLES, read_rows
from ..rows.labelled_rows import articles_of
from ..rows.places import Row, RowError
from .folder import dataset_rows
from .tally import summary_of, tally_of

T = TypeVar("T")
Watch = Callable[[Iterator[T]], Iterable[T]]


def read_labelled(
    paths: Sequence[Path],
    refuse: Callable[[RowError], None] | None = None,
    watch: Watch[tuple[str, Row]] = iter,
) -> list[LabelledArticle]:
    """Read labelled sentences.

    Parameters
    ----------
    paths : sequence of Path
        Dataset folders, tables of labelled sentences, folders or files (``.txt``) of our corpus format, and
        folders or files (``.html``) of annotated articles.
    refuse : callable, optional
        Is given everything that is wrong, which is then left out. Without it the first is raised.
    watch : callable, optional
        Rows are read through it, such as a progress bar.
    """
    texts: list[Path] = []
    rows: list[Iterator[tuple[str, Row]]] = []
    for path in paths:
        if not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
        of_path = corpus_texts(path)
        texts += of_path
        rows += [] if of_path else [labelled_rows(path)]
    written = [article for path in texts for article in parse_text(path, refuse)]
    return written + articles_of(watch(chain.from_iterable(rows)), refuse)


def corpus_texts(path: Path) -> list[Path]:
    """Give the files of our corpus format that a path stands for; none where it holds something else."""
    if path.is_dir():
        return [] if _holds_tables(path) or format_of(path) or exports_in(path) else sorted(path.glob("*.txt"))
    return [path] if path.suffix.lower() == ".txt" and not format_of(path) else []


def labelled_rows(path: Path, notice: Notice = lambda _: None) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a table, a dataset folder, annotated pages, or what another tool wrote."""
    exchanged = read_exchange(path, notice)
    if exchanged is not None:
        return exchanged
    if path.is_dir() and not _holds_tables(path) and (pages := pages_of(path)):
        return chain.from_iterable(map(page_rows, pages))
    if path.is_dir():
        return dataset_rows(path)
    return page_rows(path) if path.suffix.lower() in PAGES else read_rows(path)


def _holds_tables(folder: Path) -> bool:
    return any(p.suffix.lower() in TABLES for p in folder.rglob("*"))


def parse_text(path: Path, refuse: Callable[[RowError], None] | None) -> Iterator[LabelledArticle]:
    """Read a file of our corpus format; what is wrong with it is told by line."""
    try:
        yield parse_article(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        _tell(RowError(f"{path}:{line}", "not UTF-8; convert the file."), refuse)
    except SaysoError as error:
        where, _, reason = str(error).removeprefix(str(path)).partition(": ")
        _tell(RowError(f"{path}{where}", reason), refuse)


def _tell(error: RowError, refuse: Callable[[RowError], None] | None) -> None:
    if refuse is None:
        raise error
    refuse(error)


def check_buildable(articles: Iterable[LabelledArticle]) -> None:
    """Refuse articles that stand in two splits, or two of one name."""
    tally_of(articles)


def summary(articles: Iterable[LabelledArticle]) -> str:
    """Say in a few lines what was read."""
    return summary_of(tally_of(articles))
