"""EPUB: an article for each chapter of a book, or for each article of a newspaper, in the order in which they are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import Any

from .....errors import SaysoError
from ...decode import clean, decode
from ...reader import Document
from ...tables import Result, new_article
from .epub_contents import Book, check_is_open, kinds_of, read_book
from .package import Package, local_name
from .paragraphs import believable_title

_KIND = "EPUB"
_MIME = b"mimetypeapplication/epub+zip"
_NOTES = frozenset("noteref footnote footnotes endnote endnotes rearnote rearnotes note".split())
_NO_TEXT = frozenset("cover titlepage halftitlepage copyright-page toc landmarks page-list pagebreak index loi lot".split())
_MENUS = frozenset(("calibre_navbar", "calibre_feed_list"))
_ENTITY = re.compile(r"&(\w+;)")
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>\s*")
_XML_ENTITIES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_MARK = "\ue000"
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?…][\"'”’»)]*(?:\s|\Z)")


@dataclass(slots=True)
class _Chapter:
    title: str | None
    paragraphs: list[str] = field(default_factory=list)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    package = Package(document.seekable(), document.name, _KIND)
    check_is_open(package)
    book = read_book(package)
    chapters = _chapters(package, book, document)
    first, second = next(chapters, None), next(chapters, None)
    if first is None:
        raise SaysoError(f"{document.name}: no text; leave it out.")
    if second is None:
        yield _article(document.name, first, book, book.title)
    else:
        number = 0
        for number, chapter in enumerate(_all(first, second, chapters), 1):
            try:
                yield _article(f"{document.name}:{number}", chapter, book, chapter.title)
            except SaysoError as error:
                yield error
        part = "article of this newspaper" if book.is_newspaper else "chapter of this book"
        document.notices.say(f"{document.name}: read as {number:,} articles, one per {part}.")
    if book.date and not book.is_newspaper:
        document.notices.count("Articles dated by their book's publication date", document.name)


def _all(first: _Chapter, second: _Chapter, rest: Iterator[_Chapter]) -> Iterator[_Chapter]:
    yield first
    yield second
    yield from rest


def _article(where: str, chapter: _Chapter, book: Book, title: str | None) -> Result:
    name = book.title
    extra = {"byline": book.author} if book.author and not book.is_newspaper else {}
    if title != book.title and name and not book.is_newspaper:
        extra["book"] = name
    text = clean("\n\n".join(chapter.paragraphs), where)
    return new_article(where, text, where, extra, title=title, outlet=name if book.is_newspaper else None, date=book.date)


def _chapters(package: Package, book: Book, document: Document) -> Iterator[_Chapter]:
    """Yield chapters; a page that the table of contents does not name goes on with the one before."""
    chapter: _Chapter | None = None
    for page in book.pages:
        parts, heading = _page_parts(package, page, book, document)
        begins = page in book.chapters if book.chapters else heading is not None
        for number, (title, paragraphs) in enumerate(parts):
            if not _SENTENCE.search("\n".join(paragraphs)):
                if paragraphs:
                    document.notices.count("EPUB pages without a sentence left out", f"{package.where}: {page}")
                continue
            if chapter is None or begins or number:
                if chapter:
                    yield chapter
                if len(parts) == 1 and not title:
                    title = believable_title(book.chapters.get(page)) or heading
                chapter = _Chapter(believable_title(title))
            chapter.paragraphs += paragraphs
    if chapter:
        yield chapter


def _page_parts(
    package: Package, page: str, book: Book, document: Document
) -> tuple[list[tuple[str | None, list[str]]], str | None]:
    """Return the paragraphs of a page, parted where a chapter begins within it, with its title; and its first heading."""
    from ..web.mend import STRUCK, mend
    from ..web.tree import drop, paragraphs, parse_html, words_of

    where, hidden = f"{package.where}: {page}", _MENUS | book.hidden_classes
    raw = package.read(page)
    if raw is None:
        raise SaysoError(f"{where} is missing from this {_KIND}; get the file again.")
    tree = parse_html(_as_html(raw, where, document), where)
    if any(kinds_of(element) & _NO_TEXT for element in tree.iter("body")):
        return [], None
    for element in list(tree.iter("*")):
        kinds = kinds_of(element) if element.tag not in ("html", "body", "input", "script", "style") else frozenset()
        if kinds & _NOTES:
            document.notices.count("Footnotes and endnotes left out", document.name)
        if kinds & (_NOTES | _NO_TEXT) or hidden & set((element.get("class") or "").split()):
            drop(element)
    document.notices.count(STRUCK, document.name, mend(tree))
    heading = next((words for element in tree.iter("h1", "h2", "h3") if (words := words_of(element))), None)
    titles = book.places.get(page, {})
    _mark_places(tree, list(titles))
    return _parted(paragraphs(tree), list(titles.values())), heading


def _mark_places(tree: Any, ids: list[str]) -> None:
    """Write a mark, as a paragraph, before each block with one of the ids."""
    from ..web.tree import is_block

    for element in list(tree.iter("*")):
        name = element.get("id") or element.get("name")
        if name not in ids:
            continue
        while not is_block(element) and element.getparent() is not None:
            element = element.getparent()
        if element.tag in ("html", "body"):
            continue
        mark = element.makeelement("p")
        mark.text = f"{_MARK}{ids.index(name)}"
        element.addprevious(mark)


def _parted(paragraphs: list[str], titles: list[str]) -> list[tuple[str | None, list[str]]]:
    """Part paragraphs at the marks of `_mark_places`."""
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for paragraph in paragraphs:
        if paragraph.startswith(_MARK):
            parts.append((titles[int(paragraph[1:])], []))
        else:
            parts[-1][1].append(paragraph)
    return [part for part in parts if part[1]]


def _as_html(raw: bytes, where: str, document: Document) -> str:
    """Write XHTML as HTML: an empty ``<title/>`` would open one that never ends."""
    from lxml import etree

    declared = _DECLARED.search(raw[:200])
    page = decode(raw, where, document.notices.say, declared=declared[1].decode() if declared else None)
    page = _ENTITY.sub(lambda entity: entity[0] if entity[1] in _XML_ENTITIES else html5.get(entity[1], entity[0]), page)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", page).encode(), parser)
    except etree.XMLSyntaxError:  # nothing in it can be read
        return page
    if root is None or local_name(root) != "html":
        return page
    written = bytes(etree.tostring(root, method="html", encoding="utf-8"))
    return written.decode("utf-8", "replace")  # &#xD800; is no character


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith(b"PK\x03\x04") and _MIME in start[:100]
