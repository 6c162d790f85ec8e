"""Annotations as pages of HTML: one page, or a page an article with an index; the pages themselves are made in `pages`."""

from collections.abc import Mapping, Sequence

from ...data.records import Article
from ...errors import SaysoError
from ..annotation.records import Annotated
from ..pages.article_page import article_page
from ..pages.html import GENERATOR
from ..pages.index_page import Entry, index_page
from .folders import FileNames, begins_with
from .formats import FolderFormat, FolderWriter, OutputFormat, Writer


class OnePage(Writer):
    """Writes the page of one article, or one that compares several; all of it comes at the end."""

    def __init__(self, *, compare: bool = False) -> None:
        self._compare = compare
        self._entries: list[Entry] = []
        self._page = ""

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Keep what the page will hold."""
        if self._compare:
            self._entries.append(Entry.of(article, annotated))
        elif self._page:
            raise SaysoError(f"{article.id}: a page holds one article; give --out FOLDER for a page each, or add --compare.")
        else:
            self._page = article_page(article, annotated)
        return ""

    def end(self) -> str:
        """Give the page."""
        return index_page(self._entries, compare=True) if self._compare else self._page


class Pages(FolderWriter):
    """A page an article, and an index, which with ``compare`` sets the articles side by side."""

    def __init__(self, *, compare: bool = False) -> None:
        self._compare = compare
        self._names = FileNames("index")
        self._entries: list[Entry] = []

    def article(self, article: Article, annotated: Sequence[Annotated]) -> Mapping[str, str]:
        """Give the article's page."""
        file = f"{self._names.of(article.id)}.html"
        self._entries.append(Entry.of(article, annotated, file))
        return {file: article_page(article, annotated, index=True)}

    def end(self) -> Mapping[str, str]:
        """Give the index."""
        return {"index.html": index_page(self._entries, compare=self._compare)}


N_WHY = 5  # reasons for a label that fit into the panel, besides the rest and the constant
_SIGN = f'<meta name="generator" content="{GENERATOR}'
FORMAT = OutputFormat(
    "html",
    suffixes=(".html", ".htm"),
    open=lambda options: OnePage(compare=options.compare),
    folder=FolderFormat(
        open=lambda options: Pages(compare=options.compare),
        sign=("index.html", _SIGN),
        wrote=lambda path: path.suffix == ".html" and begins_with(path, _SIGN),
    ),
    gives_reasons=True,
    n_why=N_WHY,
    compares=True,
)
