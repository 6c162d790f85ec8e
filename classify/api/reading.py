"""Reading articles and labelled sentences from Python."""

from collections.abc import Callable, Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path

from ...data.articles import files
from ...data.articles.notices import Notices
from ...data.articles.tables import Columns
from ...data.records import Article, LabelledArticle
from ...errors import SaysoError
from .warned import warn

PathOrPaths = str | PathLike[str] | Iterable[str | PathLike[str]]


def read_articles(
    *paths: PathOrPaths,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    on_error: Callable[[SaysoError], None] | None = None,
) -> Iterator[Article]:
    """Read the articles of files and folders, of any kind that ``sayso annotate`` reads.

    Parameters
    ----------
    *paths : str, Path, or iterable of these
        Files, or folders with all below them.
    text, id, title, outlet, date : str, optional
        Names of a table's columns; without them the usual names are looked for.
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

    Examples
    --------
    >>> import sayso
    >>> [article.id for article in sayso.read_articles("examples/scraped.txt")]
    ['examples/scraped.txt']
    """
    every = [path for given in paths for path in ([given] if isinstance(given, str | PathLike) else given)]
    if not every:
        raise TypeError("read_articles() needs the path of a file or folder.")
    columns = Columns(text=text, id=id, title=title, outlet=outlet, date=date)
    return files.read_articles([fspath(path) for path in every], columns=columns, notice=warn, on_error=on_error)


def load_dataset(path: str | PathLike[str] | None = None) -> list[LabelledArticle]:
    """Load labelled sentences, article by article.

    Parameters
    ----------
    path : str or Path, optional
        A dataset folder, a table of labelled sentences (CSV, TSV, JSON lines, Parquet …), or what another labelling
        tool wrote; without it the built-in corpus.

    Returns
    -------
    list of LabelledArticle

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
    from ...data.datasets.build import read_labelled

    if path is None:
        return own_corpus()
    articles = read_labelled([Path(path)], notices=Notices(warn))
    if not articles:
        raise SaysoError(f"{path}: no labelled sentences.")
    return articles
