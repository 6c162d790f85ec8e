"""The pages with the sentences of each source, which the rows of the audit's page link to, and the same as a table."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from ...data.tabular.spreadsheets import csv_text, quoted
from ..pages.html import render
from ..speakers.aliases import UNNAMED
from .roster import Roster, Source
from .sentences import OfArticle, Shown

FOLDER = "sources"
PAGES = "[0-9][0-9][0-9][0-9]*.html"
"""What the pages in it are called."""
COLUMNS = tuple("speaker sort article title date outlet n start sentence pronoun justified_by naming".split())
_MOST = 400  # sentences of a page: some 250 kB
_PLAIN_ID = re.compile(r"[-+@]?[\w.:/ -]*")
_SHOWN_FIRST = ("source pronoun", "pronoun")  # marks that go before others


class Section(NamedTuple):
    """A source on a page, or a part of one.

    Parameters
    ----------
    anchor : str
    source : Source
    articles : list of OfArticle
        Each with its sentences in pieces.
    part : int
        Counted from 1; what is cut in several goes on on the next page.
    """

    anchor: str
    source: Source
    articles: list[OfArticle]
    part: int


def sections_of(roster: Roster) -> Iterator[tuple[str, Section]]:
    """Yield the sources with their keys and sentences: those that are named by their words, then those that are not."""
    ranked = [(key, source) for key, source in roster.keyed() if source.attributions]
    ranked.sort(key=lambda item: item[1].sort == UNNAMED)
    for number, (key, source) in enumerate(ranked, 1):
        for part, articles in enumerate(_parts(roster.store.of(key) if roster.store else ()), 1):
            yield key, Section(f"s{number}" + (f"-{part}" if part > 1 else ""), source, articles, part)


def _parts(articles: Any) -> Iterator[list[OfArticle]]:
    """Divide a source's articles so that a page can hold each part."""
    part: list[OfArticle] = []
    size = 0
    for article in articles:
        if part and size + len(article.sentences) > _MOST:
            yield part
            part, size = [], 0
        part.append(article)
        size += len(article.sentences)
    if part:
        yield part


def sentence_pages(roster: Roster, links: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each page, the page, and its rows as CSV; note in ``links`` where each source begins."""
    pages = enumerate(_pages(sections_of(roster)), 1)
    page = next(pages, None)
    while page is not None:
        number, (keys, sections) = page
        following = next(pages, None)
        name = f"{number:04}.html"
        for key, section in zip(keys, sections, strict=True):
            links.setdefault(key, f"{FOLDER}/{name}#{section.anchor}")
        text = render(
            "audit-sentences.html.j2",
            styles=("audit.css",),
            sections=sections,
            marked_up=marked_up,
            before=f"{number - 1:04}.html" if number > 1 else "",
            behind=f"{number + 1:04}.html" if following else "",
        )
        yield name, text, _csv_rows(sections)
        page = following


def _pages(sections: Iterator[tuple[str, Section]]) -> Iterator[tuple[list[str], list[Section]]]:
    keys: list[str] = []
    page: list[Section] = []
    size = 0
    for key, section in sections:
        n_sentences = sum(len(article.sentences) for article in section.articles)
        if page and size + n_sentences > _MOST:
            yield keys, page
            keys, page, size = [], [], 0
        keys.append(key)
        page.append(section)
        size += n_sentences
    if page:
        yield keys, page


def marked_up(shown: Shown) -> str:
    """Give a sentence as HTML, its text escaped: cut where its marks change, each piece in the mark that goes first."""
    text, marks = shown.text, shown.marks
    cuts = sorted({0, len(text), *(place for _, span in marks for place in span)})
    out = []
    for start, end in pairwise(cuts):
        here = [mark for mark, span in marks if span.start <= start and end <= span.end]
        piece = escape(text[start:end], quote=False)
        out.append(f'<span class="{min(here, key=_order)}">{piece}</span>' if here else piece)
    return "".join(out)


def _order(mark: str) -> tuple[bool, bool]:
    return mark not in _SHOWN_FIRST, mark == "said"


def _id_cell(article: str) -> str:
    """Write an id as ``sayso annotate`` does, so that tables join: an id such as *-x1* is no formula that can do harm."""
    return article if _PLAIN_ID.fullmatch(article) else quoted(article)


def _csv_rows(sections: Sequence[Section]) -> str:
    cells: list[Sequence[Any]] = []
    for section in sections:
        source = quoted(section.source.name), section.source.sort
        for article, title, date, outlet, sentences in section.articles:
            about = _id_cell(article), *map(quoted, (title, date, outlet))
            for s in sentences:
                text = quoted(" ".join(s.text.split()))
                cells.append((*source, *about, s.n, s.start, text, s.pronoun, s.justification, s.naming))
    return csv_text(cells, safe=False)
