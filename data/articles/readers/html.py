"""HTML: a saved web page is an article, without its navigation; the headline is the text's first line."""

import re
from collections.abc import Iterator
from typing import Any

from ....errors import SaysoError
from ..decode import clean, decode
from ..reader import Document, Reader
from ..tables import Result, new_article

_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?\bcharset\s*=|\?xml\b[^>]{0,100}?\bencoding\s*=)\s*[\"']?([\w.:-]{2,40})", re.I
)


def _read(document: Document) -> Iterator[Result]:
    path = document.name
    import trafilatura  # a third of a second

    raw = document.whole()
    declared = _DECLARED.search(raw[:4096])
    page = decode(raw, path, document.notices.say, declared=declared[1].decode() if declared else None)
    extracted: Any = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    if extracted is None or not extracted.text:
        raise SaysoError(f"{path}: no article found in this page; save its text as .txt instead.")
    title = " ".join(extracted.title.split()) if extracted.title else None
    text = extracted.text
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    yield new_article(
        path,
        clean(text, path),
        path,
        {"byline": extracted.author} if extracted.author else None,
        title=title,
        outlet=extracted.sitename,
        date=extracted.date,
        url=extracted.url,
    )


READER = Reader("Web pages (HTML): an article each", (".html", ".htm"), _read)
