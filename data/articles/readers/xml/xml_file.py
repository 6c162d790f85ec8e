"""XML files, told by their elements: feeds, news agencies' standards, and databases with the usual names."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from .....errors import SaysoError
from ....display import counted
from ...reader import Document
from ...tables import Result
from ..web import page
from . import agencies, feeds, tei
from .elements import Element, Entry, name_of
from .records import record, row_of
from .stream import XmlStream

_ENTRIES: dict[str, Callable[[Element, str], Entry]] = {
    "item": feeds.item,
    "entry": feeds.item,
    "nitf": agencies.nitf,
    "newsItem": agencies.news_item,
    "NewsItem": agencies.news_ml_item,
    "TEI": tei.document,
    "TEI.2": tei.document,
}
"""Elements that hold an article each, wherever they stand in a file whose root is one of theirs."""
_ROOTS: dict[str, tuple[str, ...]] = {
    "rss": ("item",),
    "RDF": ("item",),
    "channel": ("item",),
    "item": ("item",),
    "feed": ("entry",),
    "entry": ("entry",),
    "nitf": ("nitf",),
    "newsItem": ("newsItem",),
    "newsMessage": ("newsItem",),
    "itemSet": ("newsItem",),
    "NewsML": ("NewsItem",),
    "NewsItem": ("NewsItem",),
    "TEI": ("TEI",),
    "TEI.2": ("TEI.2",),
    "teiCorpus": ("TEI",),
    "teiCorpus.2": ("TEI.2",),
}
_REFUSED = {
    "urlset": "a sitemap lists addresses, not texts; save the pages it lists",
    "sitemapindex": "a list of sitemaps holds addresses, not texts; save the pages",
    "svg": "a drawing",
    "opml": "a list of feeds holds no articles; save the feeds themselves",
    "mediawiki": "a wiki dump cannot be read; convert it to JSON lines first",
    "html": "this is a web page; rename it to .html",
    "packageItem": "a NewsML-G2 package only lists articles; give its newsItem files",
    "knowledgeItem": "a NewsML-G2 list of concepts holds no article",
    "conceptItem": "a NewsML-G2 concept holds no article",
    "planningItem": "a NewsML-G2 planning item holds no article",
    "catalogItem": "a NewsML-G2 catalogue holds no article",
}
_WITHOUT_STORY = ("packageItem", "knowledgeItem", "conceptItem", "planningItem", "catalogItem")
_DEEPEST = 4  # levels at which a database may have its records

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html)\w)|\s*<(?:rss|feed|nitf|newsItem|NewsML|rdf:RDF)[\s>]", re.I
)
_TWO_TAGS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<([A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*>\s*<([A-Za-z][\w:.-]*)"
)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    stream = XmlStream(document.stream)
    found = _Found(document)
    for element, depth in stream:
        yield from found.articles(element, depth, stream.root)
    found.tell_rest(stream)


class _Found:
    """The articles of a file, numbered as they come; an element is forgotten when it has been read."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._number = 0
        self._left_out: Counter[str] = Counter()

    def articles(self, element: Element, depth: int, root: str) -> Iterator[Result]:
        """Yield the article that ends with an element, if one does."""
        name = name_of(element)
        if root in _REFUSED:
            raise SaysoError(f"{self._document.name}: {_REFUSED[root]}.")
        if root in _ROOTS:
            if name in _WITHOUT_STORY:
                self._left_out[name] += 1
            if name in _ROOTS[root] and (besides := feeds.not_published(element)):
                self._left_out[besides] += 1
                _forget(element)
            elif name in _ROOTS[root]:
                yield self._entry(element, name, is_alone=depth == 0)
                _forget(element)
            return
        if depth > _DEEPEST or not len(element):
            return
        row = row_of(element, self._document.columns)
        if row is not None:
            self._number += 1
            yield record(row, f"{self._document.name}:{self._number}", self._document.columns, self._document.notices)
            _forget(element)

    def _entry(self, element: Element, name: str, *, is_alone: bool) -> Result:
        self._number += 1
        where = self._document.name if is_alone else f"{self._document.name}:{self._number}"
        try:
            entry = _ENTRIES[name](element, where)
            if entry.is_teaser:
                self._document.notices.count("feed items with a teaser only", where)
            return entry.article(where)
        except SaysoError as error:
            return error

    def tell_rest(self, stream: XmlStream) -> None:
        """Tell what was left out, and where the file is broken.

        Raises
        ------
        SaysoError
            If there was no article.
        """
        name, say = self._document.name, self._document.notices.say
        kinds = ", ".join(f"{kind} {n:,}" for kind, n in sorted(self._left_out.items()))
        if not self._number:
            raise SaysoError(f"{name}: {_why_nothing(stream, kinds)}.")
        if kinds:
            say(f"{name}: left out: {counted(self._left_out.total(), 'item')} without a published story ({kinds}).")
        if stream.n_guessed:
            say(
                f"{name}: {counted(stream.n_guessed, 'byte')} not in the encoding that the file "
                "declares; read as cp1252, which is a "
                "guess."
            )
        if stream.broken:
            say(
                f"{name}: broken XML ({stream.broken}); everything before that was read, so check whether words are missing."
            )


def _why_nothing(stream: XmlStream, left_out: str) -> str:
    if stream.broken:
        return f"broken XML ({stream.broken}), and no articles before that; fix it, or save the text as .txt"
    if not stream.root:
        return "not XML, or empty"
    if stream.root in _ROOTS:
        return f"no articles in this <{stream.root}>" + (f", only {left_out}" if left_out else "")
    return (
        f"XML with the root <{stream.root}> cannot be read; convert its articles to JSON lines, or save their text as .txt"
    )


def _forget(element: Element) -> None:
    """Free an element and those before it, so that memory stays flat; what names the feed stays."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None and name_of(before) == name_of(element):
            parent.remove(before)


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    if start.startswith((b"\xff\xfe<\0?\0x\0", b"\xfe\xff\0<\0?\0x")):
        return True
    tags = _TWO_TAGS.match(start)
    is_xml = _START.match(start) or (tags is not None and b"</" + tags[2] in start)
    return bool(is_xml) and not page.knows(start)
