"""Web pages: an article each, without navigation; the headline is the text's first line."""

import re
from collections.abc import Iterator
from typing import Any

from .....errors import SaysoError
from ...decode import clean, decode
from ...notices import Notices
from ...reader import Document, Reader
from ...tables import Result, new_article

_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset\s*=|\?xml\b[^>]{0,100}?\bencoding\s*=)\s*[\"']?([\w.:-]{2,40})", re.I
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
    import trafilatura  # a third of a second

    declared = _DECLARED.search(raw[:4096])
    page = decode(raw, where, notices.say, declared=declared[1].decode() if declared else charset)
    extracted: Any = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    if extracted is None or not extracted.text:
        raise SaysoError(f"{where}: no article found in this page; save its text as .txt instead.")
    title = " ".join(extracted.title.split()) if extracted.title else None
    text = extracted.text
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    yield new_article(
        where,
        clean(text, where),
        where,
        {"byline": extracted.author} if extracted.author else None,
        title=title,
        outlet=extracted.sitename,
        date=extracted.date or date,
        url=extracted.url or url,
    )


def _read(document: Document) -> Iterator[Result]:
    yield from page_articles(document.whole(), document.name, document.notices)


READER = Reader("Web pages (HTML): an article each", (".html", ".htm"), _read)
