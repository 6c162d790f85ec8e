"""Documents that are not read: a line says what each is, and what to save it as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .....errors import SaysoError
from ....packed.archives import is_zip
from ...reader import START, Document
from ...tables import Result

_WITHIN = 1 << 23  # bytes in which the names of an old office document's streams are looked for
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of document: how it is known, what it is, and what to do."""

    mark: bytes
    what: str
    advice: str


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


_OLD_KINDS = (
    _Kind(_utf16("EncryptedPackage"), "an encrypted office document", "save it without a password"),
    _Kind(_utf16("WordDocument"), "an old Word document (.doc)", "save it as .docx"),
    _Kind(_utf16("Workbook"), "an old Excel table (.xls)", "save it as .xlsx or CSV"),
    _Kind(_utf16("PowerPoint Document"), "slides (.ppt)", "save their text as .docx or plain text"),
    _Kind(_utf16("__properties_version"), "an Outlook mail (.msg)", "save it as .eml"),
    _Kind(_utf16("MatOST"), "a Works document (.wps)", "save it as .docx"),
    _Kind(b"", "an old office document", "save it as .docx"),
)
_ZIP_KINDS = (
    _Kind(b"ppt/presentation.xml", "slides (.pptx)", "save their text as .docx or plain text"),
    _Kind(b"ppt/slides/", "slides (.pptx)", "save their text as .docx or plain text"),
    _Kind(
        b"mimetypeapplication/vnd.oasis.opendocument.presentation", "slides (.odp)", "save their text as .odt or plain text"
    ),
    _Kind(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet (.ods)", "save it as .xlsx or CSV"),
    _Kind(b"mimetypeapplication/vnd.oasis.opendocument.graphics", "a drawing (.odg)", "save its text as .odt or plain text"),
)
_PAGES = (
    _Kind(b"Index/Document.iwa", "a Pages document", "export it as .docx"),
    _Kind(b"buildVersionHistory.plist", "a Pages document", "export it as .docx"),
)
_OTHER_KINDS = (
    _Kind(b"!BDN", "an Outlook mail store (.pst)", "export its mails as .eml or .mbox"),
    _Kind(b"\x01\xfe", "a Works document (.wps)", "save it as .docx"),
    _Kind(b"\xffWPC", "a WordPerfect document", "save it as .docx"),
    _Kind(b"AT&TFORM", "a DjVu scan", "save its text layer as plain text"),
)
_KINDLE = re.compile(rb"\A[\x00-\xff]{60}(?:BOOKMOBI|TEXtREAd)")
_POSTSCRIPT = b"%!PS-Adobe"


def _kind_of(start: bytes) -> _Kind | None:
    """Tell by its bytes what a document is; None for what is of no kind that is refused here."""
    if start.startswith(_OLD_OFFICE):
        return next(kind for kind in _OLD_KINDS if kind.mark in start)
    if start.startswith(_ZIP):
        kinds = _PAGES if is_zip(start) else (*_ZIP_KINDS, *_PAGES)  # an archive may hold whole slides
        return next((kind for kind in kinds if kind.mark in start), None)
    if _KINDLE.match(start):
        return _Kind(b"", "a Kindle book", "convert it to EPUB")
    if start.startswith(_POSTSCRIPT):
        return _Kind(b"", "PostScript", "convert it to PDF")
    return next((kind for kind in _OTHER_KINDS if start.startswith(kind.mark)), None)


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return _kind_of(start) is not None


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    start = document.stream.read(_WITHIN)
    kind = _kind_of(start[:START] if start.startswith(_ZIP) else start)
    if kind is None:
        raise SaysoError(f"{document.name}: this kind of document cannot be read; save it as .docx or plain text.")
    raise SaysoError(f"{document.name}: this is {kind.what}, which cannot be read; {kind.advice}.")
