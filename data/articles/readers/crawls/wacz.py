"""WACZ: a zip with the WARC files of a crawl, their index, and lists of its pages, of which only the first are read."""

import re
from collections.abc import Iterator

from .....errors import SaysoError
from ....packed.archives import zip_parts
from ....packed.pieces import stream_of
from ...reader import Document
from ...tables import Result

_CRAWLS = re.compile(r"archive/.*\.warc(?:\.gz)?$")
_FIRST = re.compile(rb"archive/[^\0]{0,100}\.warc|indexes/index\.(?:cdx|idx)|pages/(?:extra)?pages\.jsonl", re.I | re.S)
_NAME_AT = 30  # bytes into a zip at which the name of its first file stands


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    n_crawls = 0
    for part in zip_parts(document.seekable(), document.name):
        if _CRAWLS.match(str(part.path)):
            n_crawls += 1
            yield from document.read_part(part.where, stream_of(part.pieces))
    if not n_crawls:
        raise SaysoError(f"{document.name}: no WARC files in this WACZ (archive/*.warc.gz); download it again.")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith(b"PK\x03\x04") and bool(_FIRST.match(start, _NAME_AT))
