"""Annotations as pages of HTML: one page, or a page an article with an index; the pages themselves are made in `pages`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...data.records import Article
from ...data.system.file_names import FileNames
from ...data.system.whole_file import begins_with
from ...errors import SaysoError
from ..annotation.records import AnnotatedSentence
from ..pages.article_page import article_page
from ..pages.html import GENERATOR
from ..pages.index_page import Entry, index_page
from .folders import NEAR
from .formats import FolderFormat, FolderWriter, OutputFormat, Writer


class OnePage(Writer):
    """Writes the page of one article, or one that compares several; all of it comes at the end."""

    def __init__(self, *, compare: bool = False) -> None:
        self._compare = compare
        self._entries: list[Entry] = []
        self._page = ""

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[str, Entry | str]:
        """Give the article's id, and its place in a comparison or its page."""
        return article.id, Entry.of(article, annotated) if self._compare else article_page(article, annotated)

    def add(self, part: tuple[str, Entry | str]) -> str:
        """Keep what the page will hold."""
        article, entry_or_page = part
        if isinstance(entry_or_page, Entry):
            self._entries.append(entry_or_page)
        elif self._page:
            raise SaysoError(f"{article}: a page holds one article; give --out FOLDER for a page each, or add --compare.")
        else:
            self._page = entry_or_page
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

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[str, Entry, str]:
        """Give the article's id, its place in the index, and its page."""
        return article.id, Entry.of(article, annotated), article_page(article, annotated, index=True)

    def add(self, part: tuple[str, Entry, str]) -> Mapping[str, str]:
        """Give the article's page."""
        article, entry, page = part
        file = f"{self._names.of(article)}.html"
        self._entries.append(replace(entry, file=file))
        return {file: page}

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
        wrote=lambda path: path.suffix == ".html" and begins_with(path, _SIGN, NEAR),
    ),
    gives_reasons=True,
    n_why=N_WHY,
    compares=True,
)
