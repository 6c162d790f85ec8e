"""Plain text: one article a file, in whatever encoding."""

from collections.abc import Iterator

from ..decode import decode
from ..reader import Document, Reader
from ..tables import Result, new_article


def _read(document: Document) -> Iterator[Result]:
    name = document.name
    yield new_article(name, decode(document.whole(), name, document.notices.say), name)


READER = Reader("Plain text: an article each", (".txt",), _read)
