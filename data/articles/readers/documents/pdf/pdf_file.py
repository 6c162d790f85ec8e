"""PDF: the text layer of an article, in reading order."""

import logging
import os
import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from ......errors import SaysoError
from ....notices import Notices
from ....reader import Document, optional_module
from ....tables import Result
from ..paragraphs import Headings, Properties, articles_of
from .layout import Page, pages
from .page_paragraphs import pdf_paragraphs

_WRITTEN = re.compile(r"(?:D:)?((?:19|20)\d\d)(0[1-9]|1[0-2])?([0-3]\d)?")
_JUNK = 1024  # bytes that may stand before a PDF
_UNREADABLE = 0.1  # of the characters: their fonts don't tell which they are
_MOST_BYTES = 2_000_000_000
_LARGE = 100_000_000  # bytes from which a file without a table of contents is not searched for its objects
_END = 4096  # bytes at the end in which the table's place is told
_SCAN_CHARACTERS = 30  # on a page with a picture: a page number or a stamp, no text


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return b"%PDF-" in start[:_JUNK]


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    optional_module("pdfminer.high_level", document.name, "PDF")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings are not for users
    stream = document.seekable()
    _check_size(stream, document.name)
    pages, properties = _pages(stream, document.name), _properties(stream)
    _check_is_readable(pages, document.name, document.notices)
    text = pdf_paragraphs(pages)
    if any(page.n_struck for page in pages):
        document.notices.count("Struck-out words in PDFs left out", document.name)
    if text.n_notes:
        document.notices.count("Footnotes and endnotes left out", document.name)
    yield from articles_of(document, text.paragraphs, properties, Headings(n_stories=text.n_headlines))


def _check_size(stream: BufferedReader, where: str) -> None:
    """Refuse a file that is larger than any newspaper, or that is large and has no table of contents at its end."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(size - _END, 0))
    if size > _MOST_BYTES or (size > _LARGE and b"startxref" not in stream.read(_END)):
        raise SaysoError(
            f"{where}: {size:,} bytes are too many for this PDF, or it is cut off (at most {_MOST_BYTES:,}); divide it."
        )
    stream.seek(0)


def _pages(stream: BufferedReader, where: str) -> list[Page]:
    """Return all pages.

    Raises
    ------
    SaysoError
        If any of them cannot be read: half of an article must not look like a short one.
    """
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    kept: list[Page] = []
    try:
        for page in pages(stream):
            kept.append(page)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise SaysoError(f"{where}: this PDF is encrypted; save it without a password.") from error
    except Exception as error:  # a damaged PDF can make pdfminer raise any error
        reason = str(error) or type(error).__name__
        at = f"page {len(kept) + 1} of this PDF" if kept else "this PDF"
        raise SaysoError(f"{where}: {at} is damaged ({reason[:80]}); get the file again, or save its text.") from error
    if not kept:
        raise SaysoError(f"{where}: this PDF has no pages, or is damaged; get the file again.")
    return kept


def _check_is_readable(found: list[Page], where: str, notices: Notices) -> None:
    """Refuse scans and unknown characters; tell of pages that are pictures only."""
    n_characters = sum(page.n_characters for page in found)
    scans = [page for page in found if page.has_pictures and page.n_characters < _SCAN_CHARACTERS]
    if not n_characters or len(scans) == len(found):
        if not any(page.has_pictures for page in found):
            raise SaysoError(f"{where}: no text in this PDF; leave it out, or run text recognition (OCR) on it first.")
        raise SaysoError(f"{where}: this PDF is a scan: pictures only, no text; run text recognition (OCR) on it first.")
    n_unknown = sum(page.n_unknown for page in found)
    if n_unknown > _UNREADABLE * n_characters:
        raise SaysoError(
            f"{where}: the fonts of this PDF do not say which letters they draw; run text recognition (OCR) on it first."
        )
    if n_unknown:
        notices.count("PDF characters that the fonts do not identify left out", where)
    for page in scans:
        notices.count("Pages with pictures only, no text, left out", f"{where} page {page.number}")


def _properties(stream: BufferedReader) -> Properties:
    """Return what the PDF says of itself; nothing where that cannot be read."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    try:
        stream.seek(0)
        info = next(iter(PDFDocument(PDFParser(stream)).info), {})
        title, author, written = (_words(info.get(name)) for name in ("Title", "Author", "CreationDate"))
    except Exception:  # properties are no reason to refuse a text that could be read
        return Properties()
    day = _WRITTEN.match(written or "")
    return Properties(title, author, "-".join(filter(None, day.groups())) if day else None)


def _words(value: Any) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else None
