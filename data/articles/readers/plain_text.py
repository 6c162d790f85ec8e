"""Plain text: one article a file, in whatever encoding."""

from collections.abc import Iterator

from ..cells.cell_text import cell_text
from ..decode import decode
from ..reader import Document
from ..tables import Result, new_article
from .archives.blocks import say_if_several


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    name = document.name
    text = decode(document.whole(), name, document.notices.say)
    say_if_several(text, name, document.notices)
    yield new_article(name, cell_text(text, name, document.notices), name)
