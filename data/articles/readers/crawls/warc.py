"""WARC: every page of a crawl that was found."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BufferedReader
from typing import Any

from .....errors import SaysoError
from ...reader import MAX_BYTES, MAX_PASSED, Document, optional_module
from ...tables import Result
from .pages import Crawl

_PIECE = 1 << 16  # bytes
_LONGEST_HEADERS = 10_000_000  # bytes; warcio reads lines of any length
_RECORD_ENDS = (b"\r\n\r\n", b"\n\n")
_ABOUT = ("warcinfo", "request", "metadata")
"""Records that describe other records; leaving them out needs no notice."""


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    # A whole file in one member of gzip stops warcio after its first record: files are unpacked before they come here.
    optional_module("warcio", document.name, "WARC")
    crawl = Crawl(document)
    error: SaysoError | None = None
    try:
        yield from _records(document, crawl)
    except SaysoError as broken:
        error = broken
    if error is None or crawl.n_articles:
        crawl.tell_rest("WARC")
    if error is not None:
        yield error


def _records(document: Document, crawl: Crawl) -> Iterator[Result]:
    """Yield the articles of all records.

    Raises
    ------
    SaysoError
        Behind them, if the file is broken or cut off.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    source = _Source(document.stream)
    n_records = n_missing = 0
    try:
        records = ArchiveIterator(source)
        while (record := _next(records)) is not None:
            n_records += 1
            source.allow(MAX_PASSED)
            if record.rec_type == "response":
                yield from _response(record, crawl)
            elif record.rec_type not in _ABOUT:
                crawl.left_out[f"{record.rec_type} records"] += 1
            while record.raw_stream.read(_PIECE):
                pass
            n_missing = record.raw_stream.limit
            source.allow(_LONGEST_HEADERS)
    except OverflowError as error:
        raise SaysoError(
            f"{document.name}: no end of record {n_records:,} or no record behind it; divide the file."
        ) from error
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        message = " ".join(str(error).split())[:100]
        raise SaysoError(f"{document.name}: damaged after record {n_records:,} ({message}); download it again.") from error
    except AttributeError:  # of warcio, where a record's headers end before they name an address
        n_missing = 1
    if n_missing or not source.end.endswith(_RECORD_ENDS):  # warcio stops without an error
        raise SaysoError(f"{document.name}: cut off in or after record {n_records:,}; download it again.")


def _next(records: Any) -> Any:
    """Give the next record; warcio prints what it thinks of a damaged one on standard error, with its bytes."""
    with redirect_stderr(io.StringIO()):
        return next(records, None)


class _Source:
    """What warcio reads: as much as is there, so that an error behind it does not take it along."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self.end = b""
        self.allow(_LONGEST_HEADERS)

    def allow(self, n_bytes: int) -> None:
        """Let so many more bytes be read."""
        self._left = n_bytes

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read1(size)
        self._left -= len(piece)
        if self._left < 0:
            raise OverflowError
        self.end = (self.end + piece)[-4:] if piece else self.end
        return piece


def _response(record: Any, crawl: Crawl) -> Iterator[Result]:
    headers = record.http_headers
    if headers is None:
        crawl.left_out["responses without HTTP headers"] += 1
        return
    content_type = headers.get_header("Content-Type") or ""
    if not crawl.is_page(headers.get_statuscode() or "", content_type):
        return
    raw = record.content_stream().read(MAX_BYTES + 1)  # chunks and compression undone
    if len(raw) > MAX_BYTES:
        crawl.left_out["pages that are too large"] += 1
        return
    url, day = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    yield from crawl.articles(raw, content_type, (url or "").strip("<>"), day or "")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith(b"WARC/1.")
