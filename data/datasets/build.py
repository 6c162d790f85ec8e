"""Labelled articles from whatever holds them, and datasets from labelled articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ...errors import SaysoError
from ..articles.files import shown_path
from ..articles.notices import Notices
from ..corpora.own import parse_article
from ..exchange.formats import ONE_FILE, exports_in, format_of, read_exchange
from ..records import LabelledArticle
from ..rows.annotated_page import PAGES, page_rows, pages_of
from ..rows.files import TABLES, holds_table, read_rows
from ..rows.labelled_rows import articles_of
from ..rows.places import Row, RowError
from ..rows.recognition.names import USUAL, RowNames
from ..rows.recognition.reading import named_rows
from ..system.file_names import visible
from ..system.whole_file import whole_file
from .as_file import AsFile, as_file
from .contents import has_labels
from .folder import dataset_tables, files_below, rows_of_tables, with_splits
from .tally import summary_of, tally_of

T = TypeVar("T")
Watch = Callable[[Iterator[T]], Iterable[T]]
Rows = Iterator[tuple[str, Row]]
Again = Callable[[Notices | None], Rows]
"""Gives the rows of a source anew; tells what is odd in single cells, if anybody is to be told."""
_OF_PROGRAM = "kind_confidence"  # a column of what annotating writes, and of no person's labels
_MOST_BYTES = 40_000_000  # of an article
_GIVEN = "labels predicted by a program (sayso annotate), which count like any other labels"


def read_labelled(
    paths: Sequence[Path],
    refuse: Callable[[RowError], None] | None = None,
    watch: Watch[tuple[str, Row]] = iter,
    names: RowNames = USUAL,
    notices: Notices | None = None,
) -> list[LabelledArticle]:
    """Read labelled sentences.

    Parameters
    ----------
    paths : sequence of Path
        Dataset folders, tables of labelled sentences, folders or files (``.txt``) of our corpus format, and
        folders or files (``.html``) of annotated articles; ``-`` for standard input.
    refuse : callable, optional
        Is given everything that is wrong, which is then left out. Without it the first is raised.
    watch : callable, optional
        Rows are read through it, such as a progress bar.
    names : RowNames, optional
        The columns that the user named, of tables.
    notices : Notices, optional
        Is told what was guessed, and which columns are not used.
    """
    lines: list[str] = []  # told when all was read: what is refused is told in one line
    tell, notices = (notices or Notices()).say, Notices(lines.append)
    written: list[LabelledArticle] = []
    rows: list[Rows] = []
    with ExitStack() as copies:
        for path in paths:
            file = copies.enter_context(as_file(path, notices.say))
            if of_path := corpus_texts(file.path):
                written += [file.article(article) for text in of_path for article in parse_text(text, file.refuse(refuse))]
            else:
                rows.append(_rows_of(file, names, notices))
        articles = written + articles_of(watch(chain.from_iterable(rows)), refuse)
    notices.tell_counts()
    for line in lines:
        tell(line)
    return articles


def _rows_of(file: AsFile, names: RowNames, notices: Notices) -> Rows:
    told = file.notices(notices)
    yield from file.rows(labelled_rows(file.path, names, told)(told))
    told.tell_counts()


def corpus_texts(path: Path) -> list[Path]:
    """Give the files of our corpus format that a path stands for; none where it holds something else."""
    if path.is_dir():
        return [] if _holds_tables(path) or format_of(path) or exports_in(path) else visible(path, "*.txt")
    is_plain = path.suffix.lower() == ".txt" and not holds_table(path) and not format_of(path)
    return [path] if is_plain else []


def labelled_rows(path: Path, names: RowNames = USUAL, notices: Notices | None = None) -> Again:
    """Give what reads the rows of a table, a dataset folder, annotated pages, or what another tool wrote, again and again.

    Parameters
    ----------
    path : Path
    names : RowNames, optional
        The columns that the user named, of tables.
    notices : Notices, optional
        Is told what was guessed, and which columns are not used.

    Raises
    ------
    SaysoError
        If a table cannot be read, or lacks a named column.
    """
    notices = notices or Notices()
    if format_of(path):
        return lambda told: read_exchange(path, told.say if told else lambda line: None) or iter(())
    if path.is_dir() and (exports := exports_in(path)):
        return _rows_of_exports(path, exports, names, notices)
    if path.is_dir() and not _holds_tables(path) and (pages := pages_of(path)):
        return lambda told: _told_of_annotated(chain.from_iterable(map(page_rows, pages)), told, is_page=True)
    if path.suffix.lower() in PAGES:
        return lambda told: _told_of_annotated(page_rows(path), told, is_page=True)
    if path.is_dir():
        again = _rows_of_tables(dataset_tables(path, notices), str(path), names, notices)
    else:
        again = _named_rows(lambda told: read_rows(path, told, names), str(path), names, notices)
    return lambda told: _told_of_annotated(again(told), told)


def _told_of_annotated(rows: Rows, told: Notices | None, *, is_page: bool = False) -> Rows:
    """Count the labels that a program gave: they are taken as somebody's who looked at them."""
    for where, row in rows:
        if told and (is_page or row.get(_OF_PROGRAM) is not None):
            told.count(_GIVEN, where)
        yield where, row


def _rows_of_exports(folder: Path, exports: Sequence[Path], names: RowNames, notices: Notices) -> Again:
    """Give what reads a folder with what other tools wrote, and the labelled tables in it."""
    tables = [path for path in files_below(folder) if path not in exports and has_labels(path, names)]
    of_tables = _rows_of_tables(with_splits(tables, folder), str(folder), names, notices)

    def rows(told: Notices | None) -> Rows:
        where_exported: dict[str, str] = {}
        for where, row in read_exchange(folder, told.say if told else lambda line: None, tables) or ():
            where_exported.setdefault(str(row.get("article")), where)
            yield where, row
        for where, row in of_tables(told):
            if earlier := where_exported.get(str(row.get("article", ""))):
                raise SaysoError(f"{where}: article {row['article']!r} is already given at {earlier}; {ONE_FILE}")
            yield where, row

    return rows


def _rows_of_tables(tables: Sequence[tuple[str, Path]], folder: str, names: RowNames, notices: Notices) -> Again:
    """Give what reads the tables of a folder: those with the same columns as one table, any other by its own columns."""
    by_columns: dict[frozenset[str], list[tuple[str, Path]]] = {}
    for split, path in tables:
        _, first = next(read_rows(path, names=names))
        by_columns.setdefault(frozenset(map(str, first)), []).append((split, path))
    again = []
    for group in by_columns.values():
        _, path = group[0]
        others = f" and {len(group) - 1:,} more" if len(group) > 1 else ""
        where = f"{path}{others}" if len(by_columns) > 1 else folder
        again.append(_named_rows(partial(_of_tables, group, names), where, names, notices))
    return lambda of_cells: chain.from_iterable(rows(of_cells) for rows in again)


def _of_tables(tables: Sequence[tuple[str, Path]], names: RowNames, told: Notices | None) -> Rows:
    return rows_of_tables(tables, told, names)


def _named_rows(read: Again, where: str, names: RowNames, notices: Notices) -> Again:
    to_tell = [notices]  # at the first reading only
    return named_rows(lambda: read(to_tell.pop() if to_tell else None), where, notices, names)


def _holds_tables(folder: Path) -> bool:
    return any(p.suffix.lower() in TABLES for p in visible(folder, "**/*"))


def parse_text(path: Path, refuse: Callable[[RowError], None] | None) -> Iterator[LabelledArticle]:
    """Read a file of our corpus format; what is wrong with it is told by line."""
    try:
        text = whole_file(path, most=_MOST_BYTES, what="a text of a corpus").decode("utf-8")
        yield parse_article(text, shown_path(str(path)))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        _tell(RowError(f"{path}:{line}", "not UTF-8; convert the file to UTF-8."), refuse)
    except SaysoError as error:
        where, _, reason = str(error).removeprefix(shown_path(str(path))).partition(": ")
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
