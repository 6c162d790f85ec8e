"""Exports of archives as web pages: Factiva, Europresse, ProQuest and LexisNexis."""

import re
from collections.abc import Iterator

from .....errors import SaysoError
from ...decode import decode
from ...notices import Notices
from ...reader import START, Document, Reader
from ...tables import Result
from ..web.tree import Tree, paragraphs, parse_html, words_of
from . import factiva
from .entries import COPYRIGHT, Entry, date_in
from .exports import export_of, read_entries, read_export

_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_FACTIVA = re.compile(
    rb"<title>\s*(?:Dow Jones )?Factiva\s*</title>|"
    rb"class=[\"']article [a-z]{2}Article\b|class=[\"']articleParagraph [a-z]{2}art"
)
_EUROPRESSE = re.compile(rb"\bDocPublicationName\b|\bcedrom-sni\.com/schema/")
_WORDS = (  # quickly looked for; hardly any page has one of them
    *(b"Factiva", b"articleParagraph", b"DocPublicationName", b"cedrom-sni", b"DOCFULL", b"DOC_ID_", b"LXNComment"),
    b"ProQuest document",
)
_LEXIS = re.compile(rb"<DOCFULL>|name=[\"']?DOC_ID_\d|<!-- LXNComment", re.I)
_PROQUEST = (re.compile(rb"ProQuest document (?:link|ID)\b", re.I), re.compile(rb">\s*(?:Full text|Abstract)\s*:", re.I))

_ARTICLE = re.compile(r"(?:^|\s)[a-z]{2}Article(?:\s|$)")
_DOCUMENT = re.compile(r"news·[\w·]+")
_ISSUE = re.compile(r",? no\.? ?\d.*|\s*\n.*", re.DOTALL)
_NUMBER_LINE = re.compile(r"(?:Numéro de document|Document number|Doc\. number)\b", re.I)
_NOTE = re.compile(r"(?:Cet article est paru dans|This article appeared in|Certificat émis|Ce certificat est émis)\b")
_WEEKDAY = re.compile(
    r",?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)?[,\s]*$", re.I
)
_MOST_NAMES = 10  # words; a line of more after a title is text, not its author


def _knows(start: bytes) -> bool:
    if b"<" not in start.lstrip()[:10] or not any(word in start for word in _WORDS):
        return False
    return any(sign.search(start) for sign in (_FACTIVA, _EUROPRESSE, _LEXIS)) or all(
        sign.search(start) for sign in _PROQUEST
    )


def export_page_articles(raw: bytes, where: str, notices: Notices, charset: str | None = None) -> Iterator[Result] | None:
    """Yield the articles of an export that was saved, or sent by mail, as a web page.

    Parameters
    ----------
    raw : bytes
        The page.
    where : str
        Stands in ids and messages.
    notices : Notices
        Is told what was guessed or is missing.
    charset : str, optional
        The encoding that came with it; the page's own words count before it.

    Returns
    -------
    iterator of (Article or SaysoError), or None
        None for any other page.
    """
    return _articles(raw, where, notices, charset) if _knows(raw[:START]) else None


def _read(document: Document) -> Iterator[Result]:
    yield from _articles(document.whole(), document.name, document.notices, None)


def _articles(raw: bytes, where: str, notices: Notices, charset: str | None) -> Iterator[Result]:
    declared = _CHARSET.search(raw[:4096])
    charset = declared[1].decode().lower() if declared else charset
    if charset in ("iso-8859-1", "latin1", "us-ascii"):
        charset = "cp1252"  # what browsers read, and what was written
    tree = parse_html(decode(raw, where, notices.say, charset), where)
    name, entries = "Factiva", [_factiva_entry(element) for element in _factiva_articles(tree)]
    if not entries:
        name, entries = "Europresse", list(_europresse_entries(tree))
    if entries:
        yield from read_entries(name, [entry for entry in entries if entry], where, notices, gap="\n\n")
        return
    lines = list(_lines(tree))
    export = export_of(lines)
    if export is None:
        raise SaysoError(f"{where}: looks like an archive's export, but no articles are found; export it as text.")
    yield from read_export(export, lines, where, notices)


def _lines(tree: Tree) -> Iterator[str]:
    """Yield a page as lines, with an empty one between paragraphs, and a rule before each article of ProQuest."""
    for anchor in tree.iter("a"):
        if (anchor.get("name") or "").startswith("DocID"):
            anchor.tag, anchor.text = "p", "_" * 60
    for paragraph in paragraphs(tree):
        yield from paragraph.split("\n")
        yield ""


def _factiva_articles(tree: Tree) -> list[Tree]:
    """Find the articles of Factiva by their class; pages that were saved in other ways have lost the language in it."""
    articles = [element for element in tree.iter("div") if _ARTICLE.search(element.get("class") or "")]
    return articles or [element for element in _all(tree, "article") if _all(element, "articleParagraph")]


def _factiva_entry(element: Tree) -> Entry | None:
    """Read an article of Factiva: a table of codes, or the same lines without them."""
    record: list[str] = []
    for row in element.iter("tr"):
        cells = row.findall("td")
        if len(cells) >= 2:
            record.append(f"{words_of(cells[0])}\t")
            record += [line for cell in cells[1:] for line in paragraphs(cell)]
    entry = factiva.EXPORT.entry(record) if record else None
    return entry or factiva.EXPORT.entry([line for part in paragraphs(element) for line in part.split("\n")])


def _europresse_entries(tree: Tree) -> Iterator[Entry]:
    for name in list(tree.iter("span")):
        if not _has_class(name, "DocPublicationName"):
            continue
        article = next(name.iterancestors("article"), None)
        if article is not None:
            yield _europresse_entry(article)
        elif (cell := next(name.iterancestors("td"), None)) is not None:
            yield _old_europresse_entry(cell)


def _europresse_entry(article: Tree) -> Entry:
    """Read an article whose parts are named by classes."""
    known = _europresse_known(article)
    known["byline"] = _words(article, "docAuthors") or _words(article, "sm-margin-bottomNews", "p") or _after_title(article)
    known["subtitle"] = _words(article, "rdp__subtitle")
    containers = _all(article, "docOcurrContainer") or _all(article, "DocText") or list(article.iter("section"))
    body: list[str] = []
    for container in containers[:1]:
        for aside in [*container.iter("aside"), *container.iter("footer"), *_all(container, "apd-wrapper")]:
            aside.drop_tree()
        body = [part for part in paragraphs(container) if not _NOTE.match(part) and not _NUMBER_LINE.match(part)]
    return Entry(body, known)


def _old_europresse_entry(cell: Tree) -> Entry:
    """Read an article of the older layout: title and text follow each other in a cell of a table."""
    known = _europresse_known(cell)
    parts = paragraphs(cell)
    title_at = next((at for at, part in enumerate(parts) if known["title"] and known["title"] in " ".join(part.split())), 0)
    body = parts[title_at + 1 :]
    end = next((at for at, part in enumerate(body) if _NUMBER_LINE.match(part) or _NOTE.match(part)), len(body))
    body = body[:end]
    while body and COPYRIGHT.match(body[-1]):
        body.pop()
    if len(body) > 1 and len(body[0].split()) <= _MOST_NAMES and body[0][-1] not in ".!?»”":
        known["byline"] = body.pop(0)
    return Entry(body, known)


def _europresse_known(article: Tree) -> dict[str, str]:
    heads = [" ".join(element.itertext()) for element in _all(article, "DocHeader")]
    head = " ".join(" ".join(heads).split())
    date = date_in(head)
    number = _DOCUMENT.search(" ".join(article.itertext()))
    title = _words(article, "titreArticleVisu") or _words(article, "TitreArticleVisu") or _words(article, "titreArticle")
    return {
        "title": title,
        "outlet": _ISSUE.sub("", "\n".join(paragraphs(_all(article, "DocPublicationName")[0]))),
        "date": date,
        "section": _WEEKDAY.sub("", head.partition(date)[0]).strip(" ,") if date else "",
        "id": number[0] if number else "",
    }


def _after_title(article: Tree) -> str:
    """Return the line below a title where it is short enough to be names."""
    for title in _all(article, "titreArticle"):
        following = title.getnext()
        if following is not None and 0 < len(words_of(following).split()) <= _MOST_NAMES:
            return words_of(following)
    return ""


def _has_class(element: Tree, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _all(element: Tree, name: str) -> list[Tree]:
    return [below for below in element.iter("*") if _has_class(below, name)]


def _words(element: Tree, name: str, tag: str | None = None) -> str:
    return next((words_of(found) for found in _all(element, name) if tag in (None, found.tag) and words_of(found)), "")


READER = Reader(
    "Exports of Factiva, Europresse, ProQuest and LexisNexis as web pages: many articles", (".html", ".htm"), _read, _knows
)
