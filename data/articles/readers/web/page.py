"""Web pages: the story of each, without navigation; its headline is the text's first line."""

import re
from collections.abc import Iterator

from .....errors import SaysoError
from ....display import counted
from ....records import Article
from ...decode import clean, decode
from ...notices import Notices
from ...reader import Document
from ...tables import Result, new_article
from ..archives.export_pages import export_page_articles
from .clutter import TABLES, drop_clutter
from .dates import day_of
from .json_ld import body_of, stories_in_page, with_title
from .mend import STRUCK, mend
from .metadata import Known, headline_of, metadata_of
from .several import heading_of, is_list_of_teasers, stories_on
from .story import story_of
from .tree import Tree, drop, parse_html, words_of

_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset\s*=|\?xml\b[^>]{0,100}?\bencoding\s*=)\s*[\"']?([\w.:-]{2,40})", re.I
)
_IS_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*){0,3}(?:<!--.{0,2000}?-->\s*){0,5}"
    rb"<(?:!doctype\s+html\b|html[\s>]|head[\s>]\s*<(?:meta|title|link|script)\b|body[\s>])",
    re.I | re.S,
)
_IS_PIECE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*){0,5}<(?:article|section|main|div|p|h[1-6]|table|ul|ol|blockquote|center"
    rb"|title|meta|link|script|style|header|nav)(?:\s[^<>]{0,500})?/?>"
    rb"(?!\s*<(?:title|headline|text|body|date|id|author|source)\b)",
    re.I | re.S,
)
"""What begins a piece of a page, if something in it ends; articles in databases of XML have parts that HTML has not."""
_END = re.compile(rb"</(?:p|div|h[1-6]|a|li|td|title|section|article|script|style|blockquote|center)\s*>", re.I)
_PAGE_ENDS = re.compile(r"(?<=</html>)\s*(?=<(?:!doctype\s|html[\s>]))", re.I)
_LONGER = 3  # times as long as what the page shows is a text in JSON-LD that is taken for it: the page waits for a script
_LONG = 500  # characters
_BY_SCRIPT = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|requires? javascript|turn on javascript", re.I
)


def page_articles(
    raw: bytes, where: str, notices: Notices, *, charset: str | None = None, url: str | None = None, date: str | None = None
) -> Iterator[Result]:
    """Yield the article of a web page, or each of several.

    Parameters
    ----------
    raw : bytes
        The page as it was sent or saved.
    where : str
        The article's id, and how messages name the page; of several articles the id is ``where:number``.
    notices : Notices
        Is told what was guessed or left out.
    charset : str, optional
        The encoding that came with it; the page's own words count before it.
    url, date : str, optional
        Taken where the page names none.

    Raises
    ------
    SaysoError
        If the page holds no article.
    """
    if (exported := export_page_articles(raw, where, notices, charset)) is not None:
        yield from exported
        return
    declared = _DECLARED.search(raw[:4096])
    page = decode(raw, where, notices.say, declared=declared[1].decode() if declared else charset)
    known = {"url": url or "", "date": date or ""}
    pages = [part for part in _PAGE_ENDS.split(page) if part.strip()]
    if len(pages) < 2:
        yield from _read_page(page, where, notices, known)
        return
    notices.say(f"{where}: {len(pages)} pages in one file, each read by itself.")
    for number, part in enumerate(pages, 1):
        try:
            yield from _read_page(part, f"{where}:{number}", notices, known)
        except SaysoError as error:
            yield error


def _read_page(page: str, where: str, notices: Notices, given: Known) -> Iterator[Result]:
    tree = parse_html(page, where)
    linked = stories_in_page(tree)
    known = {**given, **metadata_of(tree, linked)}
    notices.count(STRUCK, where, mend(tree))
    stories, teasers = stories_on(tree)
    if len(stories) > 1 and not any(story.get("@type") == "LiveBlogPosting" for story in linked):
        left_out = f"; left out: {counted(len(teasers), 'teaser')}" if teasers else ""
        notices.say(f"{where}: {len(stories)} articles on one page, each read by itself{left_out}.")
        yield from _each(stories, known, where, notices)
        return
    if is_list_of_teasers(stories, teasers, tree):
        raise SaysoError(f"{where}: a list of {len(teasers)} teasers, not an article; save the pages it links to.")
    for teaser in teasers if stories else ():
        drop(teaser)
    headline = headline_of(tree)
    notices.count(TABLES, where, drop_clutter(tree))
    text = with_title(headline, "\n\n".join(story_of(tree)))
    body = max(map(body_of, linked), key=len, default="")
    if len(body) > max(_LONGER * len(text), _LONG):
        text = with_title(known.get("title"), body)
    if not text:
        raise SaysoError(f"{where}: {_why_empty(page, tree)}")
    yield _article(text, known, where)


def _each(stories: list[Tree], page: Known, where: str, notices: Notices) -> Iterator[Result]:
    """Yield the stories of a page; they share its outlet and language, not its date or address."""
    for number, story in enumerate(stories, 1):
        known: Known = {part: page[part] for part in ("outlet", "language") if part in page}
        known["title"], known["date"] = heading_of(story), day_of(story) or page.get("date", "")
        name = f"{where}:{number}"
        notices.count(TABLES, name, drop_clutter(story))
        try:
            yield _article(with_title(known["title"], "\n\n".join(story_of(_alone(story)))), known, name)
        except SaysoError as error:
            yield error


def _alone(story: Tree) -> Tree:
    """Return a new page that holds only this element."""
    from lxml import html

    page = html.document_fromstring("<html><body></body></html>")
    story.tail = None
    page.body.append(story)
    return page


def _article(text: str, known: Known, where: str) -> Article:
    parts = {part: word for part, word in known.items() if word and part != "byline"}
    byline = known.get("byline")
    return new_article(where, clean(text, where), where, {"byline": byline} if byline else None, **parts)


def _why_empty(page: str, tree: Tree) -> str:
    if tree.find(".//frameset") is not None or tree.tag == "frameset":
        return "a page of frames whose text is in other files; give those files."
    if _BY_SCRIPT.search(page) or (tree.find(".//script") is not None and not words_of(tree)):
        return "this page loads its text by script, so the file contains none; save it as text from the browser."
    return "no article found in this page; save its text as .txt instead."


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return bool(_IS_PAGE.match(start) or (_IS_PIECE.match(start) and _END.search(start)))


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    yield from page_articles(document.whole(), document.name, document.notices)
