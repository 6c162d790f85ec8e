"""What a path holds: articles without labels, or labelled sentences."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from ...errors import SaysoError
from ..articles.files import article_suffixes
from ..articles.reader import left_out_as
from ..display import counted
from ..exchange.formats import exchange_suffixes, exports_in, format_of
from ..rows.annotated_page import PAGES
from ..rows.files import holds_table, read_rows
from ..rows.places import Row
from ..rows.recognition.names import USUAL, RowNames
from ..rows.recognition.sort_of_rows import are_articles, tells_sentences
from .folder import files_below

_ROWS = 50  # of a table by which articles are told from sentences
_FILES = 20  # of a folder that are looked at
_HEAD = 4000  # bytes of a text in which our corpus format shows


def holds_articles(path: Path, rows: str = "auto", names: RowNames = USUAL) -> bool:
    """Tell whether a file or folder holds articles without labels.

    Parameters
    ----------
    path : Path
        A folder holds what most of its files hold, as far as these are looked at.
    rows : str, default="auto"
        What the rows of a table are: ``sentences``, ``articles``, or ``auto``.
    names : RowNames, optional
        The columns that the user named.
    """
    if format_of(path) or (path.is_dir() and exports_in(path)):
        return False  # what another tool wrote
    if path.is_dir():
        articles, labelled = _sorted_files(path, rows, names)
        return len(articles) > len(labelled)
    suffix = path.suffix.lower()
    if holds_table(path):
        if suffix not in article_suffixes() | {""}:
            return False
        return are_articles(_first_rows(path, names), names) if rows == "auto" else rows == "articles"
    if suffix == ".txt":
        return not starts_our_corpus(path.read_bytes()[:_HEAD])
    if suffix in PAGES:
        return b'data-sayso="article"' not in path.read_bytes()  # a page that annotating wrote
    return suffix not in exchange_suffixes()


def mixture(folder: Path, rows: str = "auto", names: RowNames = USUAL) -> str | None:
    """Say how a folder with articles and labelled sentences is read; None of one that has only one of them."""
    if format_of(folder) or exports_in(folder):
        return None  # reading it tells which files are left out
    articles, labelled = _sorted_files(folder, rows, names)
    if not articles or not labelled:
        return None
    few, few_are, many_are = articles, "articles", "labelled sentences"
    if len(articles) > len(labelled):
        few, few_are, many_are = labelled, many_are, few_are
    return (
        f"{folder}: read as {many_are}, though {counted(len(few), 'file')} of those looked at hold{'s' * (len(few) == 1)} "
        f"{few_are} (first {few[0].relative_to(folder)}); name files of one sort at a time."
    )


def starts_our_corpus(start: bytes) -> bool:
    """Tell our corpus format by the beginning of a file."""
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"@id ")


def _sorted_files(folder: Path, rows: str, names: RowNames) -> tuple[Sequence[Path], Sequence[Path]]:
    """Give files of a folder that hold articles, and that hold labelled sentences."""
    files = files_below(folder)
    if any(p.suffix.lower() == ".ann" for p in files):
        return [], files
    files = [p for p in files if left_out_as(p.name, article_suffixes()) is None]
    files = [p for p in files if p.suffix.lower() == ".parquet"] or files  # the others tell about a dataset
    looked_at = files[:: -(-len(files) // _FILES) or 1]  # of all its folders
    articles = [p for p in looked_at if holds_articles(p, rows, names)]
    return articles, [p for p in looked_at if p not in articles and _surely_labelled(p, rows, names)]


def _surely_labelled(path: Path, rows: str, names: RowNames) -> bool:
    """Tell whether a file that holds no articles is no table of texts alone."""
    if rows != "auto" or not holds_table(path) or format_of(path):
        return True
    return any(tells_sentences(row, names) for row in _first_rows(path, names)[:1])


def _first_rows(path: Path, names: RowNames) -> list[Row]:
    """Give the first rows of a table; none of one that is broken, which is told by who reads all of it."""
    try:
        return [row for _, row in islice(read_rows(path, names=names), _ROWS)]
    except SaysoError:
        return []
