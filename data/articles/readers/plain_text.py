"""Plain text: one article a file, in whatever encoding."""

from collections.abc import Iterator

from ..cells.cell_text import cell_text
from ..decode import decode
from ..reader import Document, Reader
from ..tables import Result, new_article
from .archives.blocks import looks_like_several


def _read(document: Document) -> Iterator[Result]:
    name = document.name
    text = decode(document.whole(), name, document.notices.say)
    if sign := looks_like_several(text):
        document.notices.say(
            f"{name}: looks like several articles ({sign}), and is read as one; "
            "give each a file of its own, or a table with a row each."
        )
    yield new_article(name, cell_text(text, name, document.notices), name)


READER = Reader("Plain text: an article each", (".txt", ".text"), _read)
