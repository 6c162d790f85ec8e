"""Exports of archives as web pages: Factiva, Europresse, ProQuest and LexisNexis."""

import re
from collections.abc import Iterator

from .....errors import SaysoError
from ...decode import decode
from ...notices import Notices
from ...reader import START, Document
from ...tables import Result
from ..web.tree import Tree, paragraphs, parse_html
from .exports import export_of, read_entries, read_export
from .pages.europresse_page import europresse_entries
from .pages.factiva_page import factiva_entries

_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_FACTIVA = re.compile(
    rb"<title>\s*(?:Dow Jones )?Factiva\s*</title>|"
    rb"class=[\"']article [a-z]{2,4}Article\b|class=[\"']articleParagraph [a-z]{2,4}art"
)
_EUROPRESSE = re.compile(rb"\bDocPublicationName\b|\bcedrom-sni\.com/schema/")
_WORDS = (  # a quick test first: hardly any page has one of them
    *(b"Factiva", b"articleParagraph", b"DocPublicationName", b"cedrom-sni", b"DOCFULL", b"DOC_ID_", b"LXNComment"),
    b"ProQuest document",
)
_LEXIS = re.compile(rb"<DOCFULL>|name=[\"']?DOC_ID_\d|<!-- LXNComment", re.I)
_PROQUEST = (re.compile(rb"ProQuest document (?:link|ID)\b", re.I), re.compile(rb">\s*(?:Full text|Abstract)\s*:", re.I))


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
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
    return _articles(raw, where, notices, charset) if knows(raw[:START]) else None


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    yield from _articles(document.whole(), document.name, document.notices, None)


def _articles(raw: bytes, where: str, notices: Notices, charset: str | None) -> Iterator[Result]:
    declared = _CHARSET.search(raw[:4096])
    charset = declared[1].decode().lower() if declared else charset
    if charset in ("iso-8859-1", "latin1", "us-ascii"):
        charset = "cp1252"  # what browsers read, and what was written
    tree = parse_html(decode(raw, where, notices.say, charset), where)
    name, entries = "Factiva", factiva_entries(tree)
    if not entries:
        name, entries = "Europresse", list(europresse_entries(tree))
    if entries:
        yield from read_entries(name, entries, where, notices, gap="\n\n")
        return
    lines = list(_lines(tree))
    export = export_of(lines)
    if export is None:
        raise SaysoError(f"{where}: looks like an archive's export, but no articles were found; export it as text.")
    yield from read_export(export, lines, where, notices)


def _lines(tree: Tree) -> Iterator[str]:
    """Yield a page as lines, with an empty one between paragraphs, and a rule before each article of ProQuest."""
    for anchor in tree.iter("a"):
        if (anchor.get("name") or "").startswith("DocID"):
            anchor.tag, anchor.text = "p", "_" * 60
    for paragraph in paragraphs(tree):
        yield from paragraph.split("\n")
        yield ""
