"""Reading articles and labelled sentences from Python."""

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from pathlib import Path

from ...data.articles import files
from ...data.articles.metadata.dates import ORDERS
from ...data.articles.notices import Notices
from ...data.articles.tables import Columns
from ...data.records import Article, LabelledArticle
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from ..annotation.arguments import path_given
from .in_python import name_parameters, python_names
from .warned import warn

PathOrPaths = str | PathLike[str] | Iterable[str | PathLike[str]]


def read_articles(
    *paths: PathOrPaths,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    date_order: str | None = None,
    mend_encoding: bool = False,
    on_error: Callable[[SaysoError], None] | None = None,
) -> Iterator[Article]:
    """Read the articles of files and folders, of any kind that ``sayso annotate`` reads.

    Parameters
    ----------
    *paths : str, Path, or iterable of these
        Files, or folders with all below them.
    text, id, title, outlet, date : str, optional
        Names of a table's columns; without them the usual names are looked for.
    date_order : {"day-first", "month-first", "year-first"}, optional
        What comes first in dates such as 04/03/2024; without it the other dates of a file decide.
    mend_encoding : bool, default=False
        Repair characters that were read in a wrong encoding, such as ``â€œ``.
    on_error : callable, optional
        Called with the error of each file or row that cannot be read, which is then left out. Without it the first such
        error is raised.

    Returns
    -------
    iterator of Article
        Read one by one, when they are asked for: memory does not grow with their number. What was guessed, changed or left
        out is
        a warning.

    Raises
    ------
    SaysoError
        When an article that cannot be read is asked for, without ``on_error``.
    ValueError
        If ``date_order`` is none of these.

    Examples
    --------
    >>> import sayso
    >>> [article.id for article in sayso.read_articles("examples/scraped.txt")]
    ['examples/scraped.txt']
    """
    several = [given if isinstance(given, Iterable) and not isinstance(given, str | bytes) else [given] for given in paths]
    every = [path_given(path, "read_articles") for given in several for path in given]
    if not every:
        raise TypeError("read_articles() needs the path of a file or folder.")
    if date_order is not None and date_order not in ORDERS:
        raise ValueError(f"date_order is one of {', '.join(map(repr, ORDERS))}, not {date_order!r}.")
    parts = {"text": text, "id": id, "title": title, "outlet": outlet, "date": date}
    columns = Columns(**parts, date_order=date_order, mend_encoding=mend_encoding)
    refuse = None if on_error is None else lambda error: on_error(name_parameters(error))
    return _read(every, columns, refuse)


def _read(paths: list[str], columns: Columns, refuse: Callable[[SaysoError], None] | None) -> Iterator[Article]:
    with python_names():
        yield from files.read_articles(paths, columns=columns, notice=warn, on_error=refuse)


def load_dataset(
    path: str | PathLike[str] | None = None,
    *,
    text: str | None = None,
    article: str | None = None,
    target: str | None = None,
    stance: str | None = None,
    labels: str | Iterable[str] = (),
) -> list[LabelledArticle]:
    """Load labelled sentences, article by article.

    Parameters
    ----------
    path : str or Path, optional
        A dataset folder, a table of labelled sentences (CSV, TSV, JSON lines, Parquet …), or what another labelling
        tool wrote; without it the built-in corpus.
    text, article, target, stance : str, optional
        Names of a table's columns: the sentence, its article, and towards whom a stance is, and which. Without them the
        usual names are looked for.
    labels : str or iterable of str
        Columns that hold labels of your own, whatever their names and values are.

    Returns
    -------
    list of LabelledArticle
        What was guessed, and which columns are not used, is a warning.

    Raises
    ------
    SaysoError
        If it cannot be read, a row is wrong, or it holds no labelled sentence.

    Examples
    --------
    >>> import sayso
    >>> articles = sayso.load_dataset()
    >>> articles[0].sentences[0].kind
    'narrative'
    """
    from ...data.corpora.own import own_corpus

    names = row_names(text=text, article=article, target=target, stance=stance, labels=labels)
    if path is None:
        if names != RowNames():
            raise ValueError("columns belong to a table; give its path too.")
        return own_corpus()
    return labelled_articles(path_given(path, "load_dataset"), names, warn)


def row_names(
    *, text: str | None, article: str | None, target: str | None, stance: str | None, labels: str | Iterable[str]
) -> RowNames:
    """Collect the columns of a table of labelled sentences that a caller named."""
    own = (labels,) if isinstance(labels, str) else tuple(labels)
    return RowNames(text=text, article=article, target=target, stance=stance, labels=own)


def labelled_articles(path: str | PathLike[str], names: RowNames, say: Callable[[str], None]) -> list[LabelledArticle]:
    """Read labelled articles; messages name parameters of Python.

    Raises
    ------
    SaysoError
        If it cannot be read, a row is wrong, or it holds no labelled sentence.
    """
    from ...data.datasets.build import read_labelled

    with python_names():
        articles = read_labelled([Path(path)], names=names, notices=Notices(say))
        if not articles:
            raise SaysoError(f"{path}: no labelled sentences.")
        return articles
