"""What a path holds: articles without labels, or labelled sentences."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.kinds import article_suffixes
from ..articles.reader import MAX_BYTES, left_out_as
from ..articles.tables import parse_json
from ..display import counted
from ..exchange.formats import exchange_suffixes, exports_in, format_of
from ..rows.annotated_page import PAGES
from ..rows.files import holds_table, read_rows
from ..rows.places import Row
from ..rows.recognition.names import USUAL, RowNames
from ..rows.recognition.reading import is_ours
from ..rows.recognition.sort_of_rows import are_articles, are_long, tells_sentences
from ..scheme import LABELS_OF
from ..system.whole_file import opened_file, whole_file
from ..tabular.column_names import ANY_LABEL, OF_ARTICLES, OF_SENTENCES, find_column
from ..tabular.json_tables import rows_of_json
from .folder import files_below, tables_of

_DEEPEST = 8  # objects and lists in each other in which texts are looked for
_ROWS = 50  # of a table by which articles are told from sentences
_FILES = 20  # of each suffix in a folder that are looked at
_LABELS = (*ANY_LABEL, *(name for part in (*LABELS_OF, "stance", "attributions") for name in OF_SENTENCES[part]))
_MOST_BYTES = 400_000_000  # of a JSON file that is looked through
_HEAD = 4000  # bytes of a text in which our corpus format shows


def holds_articles(path: Path, rows: str = "auto", names: RowNames = USUAL) -> bool:
    """Tell whether a file or folder holds articles without labels.

    Parameters
    ----------
    path : Path
        A folder holds articles if some file of it does and none holds labels; of many of a kind some are looked at.
    rows : str, default="auto"
        What the rows of a table are: ``sentences``, ``articles``, or ``auto``.
    names : RowNames, optional
        The columns that the user named.
    """
    if format_of(path) or (path.is_dir() and exports_in(path)):
        return False  # what another tool wrote
    if path.is_dir():
        articles, labelled = _sorted_files(path, rows, names)
        return bool(articles) and not labelled
    suffix = path.suffix.lower()
    if holds_table(path):
        if suffix not in article_suffixes() | {""}:
            return False
        if rows != "auto":
            return rows == "articles"
        first = _first_rows(path, names)
        return are_articles(first, names) if first else _holds_objects_of_articles(path, names)
    if suffix == ".txt":
        return not starts_our_corpus(_start_of(path, _HEAD))
    if suffix in PAGES:
        return b'data-sayso="article"' not in _start_of(path, MAX_BYTES)  # a page that annotating wrote
    return suffix not in exchange_suffixes()


def mixture(folder: Path, rows: str = "auto", names: RowNames = USUAL) -> str | None:
    """Say which tables of a folder of labelled sentences are read though they hold articles; None without any."""
    if format_of(folder) or exports_in(folder):
        return None  # reading it tells which files are left out
    articles, labelled = _sorted_files(folder, rows, names)
    tables = [p for p in articles if holds_table(p)] if labelled else []
    if not tables:
        return None
    hold = "holds" if len(tables) == 1 else "hold"
    return (
        f"{folder}: read as labelled sentences, but {counted(len(tables), 'table')} {hold} articles "
        f"(first {tables[0].relative_to(folder)}); move them to another folder."
    )


def labelled_files(folder: Path) -> list[Path]:
    """Give the labelled files of a folder that holds articles as well, in files of their own or in rows; else none.

    What another tool wrote as a folder, brat's say, is read as a whole.
    """
    if format_of(folder) or not folder.is_dir():
        return []
    articles, labelled = _sorted_files(folder, "auto", USUAL)
    if all(p.suffix.lower() in PAGES for p in labelled):  # beside annotated pages stands their index
        return []
    if not articles and not any(map(holds_long_rows, labelled)):
        return []
    files = [p for p in files_below(folder) if left_out_as(p.name, article_suffixes() | exchange_suffixes()) is None]
    return [p for p in tables_of(files) if not holds_articles(p)]


def holds_long_rows(path: Path, names: RowNames = USUAL) -> bool:
    """Tell whether most rows of a labelled table that is not of ours are so long that they may be articles."""
    rows = _first_rows(path, names) if holds_table(path) and not format_of(path) else []
    return bool(rows) and not is_ours(rows[0]) and are_long(rows, names)


def has_labels(path: Path, names: RowNames = USUAL) -> bool:
    """Tell whether a file is a table with a column of text and one that is called as labels are, or was named as such."""
    if not holds_table(path):
        return False
    columns = [str(column) for column in next(iter(_first_rows(path, names)), {})]
    names = names.found_in(columns)
    has_text = names.text in columns or find_column(columns, OF_SENTENCES["text"])
    is_named = any(column in columns for column in (*names.labels, *names.asked, names.stance) if column)
    return bool(has_text) and (is_named or find_column(columns, _LABELS) is not None)


def starts_our_corpus(start: bytes) -> bool:
    """Tell our corpus format by the beginning of a file."""
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"@id ")


def _start_of(path: Path, n_bytes: int) -> bytes:
    with opened_file(path, "a file with articles") as stream:
        return stream.read(n_bytes)


def _sorted_files(folder: Path, rows: str, names: RowNames) -> tuple[Sequence[Path], Sequence[Path]]:
    """Give files of a folder that hold articles, and that hold labelled sentences."""
    files = files_below(folder)
    if any(p.suffix.lower() == ".ann" for p in files):
        return [], files
    files = [p for p in files if left_out_as(p.name, article_suffixes()) is None]
    by_suffix = groupby(sorted(tables_of(files), key=_suffix), _suffix)
    looked_at = [path for _, group in by_suffix for path in _some_of(list(group))]
    articles = [p for p in looked_at if holds_articles(p, rows, names)]
    return articles, [p for p in looked_at if p not in articles and _surely_labelled(p, rows, names)]


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def _some_of(files: Sequence[Path]) -> Sequence[Path]:
    """Give some files of all folders."""
    return files[:: -(-len(files) // _FILES)]


def _surely_labelled(path: Path, rows: str, names: RowNames) -> bool:
    """Tell whether a file that holds no articles is no table of texts alone, or without texts."""
    if rows != "auto" or not holds_table(path) or format_of(path):
        return True
    columns = list(next(iter(_first_rows(path, names)), {}))
    names = names.found_in(columns)
    has_text = names.text in columns or find_column(columns, OF_SENTENCES["text"])
    return bool(has_text) and tells_sentences(columns, names)


def _holds_objects_of_articles(path: Path, names: RowNames) -> bool:
    """Tell whether a JSON document is no table, and none of the texts in it has labels beside it."""
    if path.suffix.lower() != ".json":
        return False
    with suppress(SaysoError, OSError):
        value = parse_json(whole_file(path, most=_MOST_BYTES, what="a JSON file"), str(path))
        if isinstance(value, Mapping) and rows_of_json(value) is None:
            with_text = list(_columns_beside_texts(value))
            return bool(with_text) and not any(tells_sentences(columns, names) for columns in with_text)
    return False


def _columns_beside_texts(value: Any, depth: int = 0) -> Iterator[list[str]]:
    """Yield the names in each object of a JSON value that has a text."""
    if isinstance(value, Mapping) and find_column(list(value), OF_ARTICLES["text"]):
        yield list(value)
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for one in inside if depth < _DEEPEST else ():
        yield from _columns_beside_texts(one, depth + 1)


def _first_rows(path: Path, names: RowNames) -> list[Row]:
    """Give the first rows of a table; none of one that is broken, which is told by who reads all of it."""
    try:
        return [row for _, row in islice(read_rows(path, names=names), _ROWS)]
    except SaysoError:
        return []
