"""WACZ: a zip with the WARC files of a crawl, their index, and lists of its pages, of which only the first are read."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from .....errors import SaysoError
from ...reader import Document
from ...tables import Result

_CRAWLS = re.compile(r"archive/.*\.warc(?:\.gz)?$")
_FIRST = re.compile(rb"archive/[^\0]{0,100}\.warc|indexes/index\.(?:cdx|idx)|pages/(?:extra)?pages\.jsonl", re.I | re.S)
_NAME_AT = 30  # bytes into a zip at which the name of its first file stands


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    try:
        archive = zipfile.ZipFile(document.seekable())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SaysoError(f"{document.name}: a broken WACZ ({error}); fetch it again.") from error
    with archive:
        names = [name for name in archive.namelist() if _CRAWLS.match(name)]
        if not names:
            raise SaysoError(f"{document.name}: no WARC files in this WACZ (archive/*.warc.gz); fetch it again.")
        for name in names:
            with archive.open(name) as part:
                raw: Any = part
                yield from document.read_part(f"{document.name}/{name}", io.BufferedReader(raw))


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith(b"PK\x03\x04") and bool(_FIRST.match(start, _NAME_AT))
