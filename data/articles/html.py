"""Reading an article from a web page that was saved as HTML."""

import re
from collections.abc import Callable
from typing import Any

from ...errors import SaysoError
from ..records import Article
from .decode import clean, decode
from .tables import new_article

_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset\s*=|\?xml\b[^>]{0,100}?\bencoding\s*=)\s*[\"']?([\w.:-]{2,40})", re.I
)


def read_html(raw: bytes, path: str, notice: Callable[[str], None]) -> Article:
    """Return the article of a page, without its navigation; the headline is the text's first line.

    Raises
    ------
    SaysoError
        If trafilatura is not installed or finds no article.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise SaysoError(f'{path}: reading HTML needs trafilatura; run: pip install "sayso[html]"') from error
    found = _DECLARED.search(raw[:4096])
    page = decode(raw, path, notice, declared=found[1].decode() if found else None)
    document: Any = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    if document is None or not document.text:
        raise SaysoError(f"{path}: no article found in this page; save its text as .txt instead.")
    title = " ".join(document.title.split()) if document.title else None
    text = document.text
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return new_article(
        path,
        clean(text, path),
        path,
        {"byline": document.author} if document.author else None,
        title=title,
        outlet=document.sitename,
        date=document.date,
        url=document.url,
    )
