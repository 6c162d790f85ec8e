"""Zip archives: every file in them is read by its own kind."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from ....errors import SaysoError
from ..notices import tell_files
from ..reader import Document, left_out_as, suffix_of
from ..tables import Result
from .unpacked import check_ratio, is_hidden, part_name, stream_of

_PIECE = 1 << 16  # bytes
_ENCRYPTED = 1  # bit of the flags
_OFFICE = re.compile(rb"\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/|mimetype|META-INF/|content\.xml|Index/")
"""Names that documents, spreadsheets and e-books, which are zips as well, begin with."""


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    name = document.name
    try:
        archive = zipfile.ZipFile(document.seekable())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SaysoError(f"{name}: a broken zip archive ({error}); fetch it again.") from error
    taken: Counter[str] = Counter()
    left: Counter[str] = Counter()
    with archive:
        for info in archive.infolist():
            if info.is_dir() or is_hidden(info.filename):
                continue
            if (why := left_out_as(info.filename, document.suffixes)) is not None:
                left[why] += 1
                continue
            taken[suffix_of(info.filename)] += 1
            try:
                yield from document.read_part(
                    part_name(document, info.filename), stream_of(_unpack(archive, info, document))
                )
            except SaysoError as error:
                yield error
    yield from tell_files(name, "archive", taken, left, document.notices)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, document: Document) -> Iterator[bytes]:
    where = part_name(document, info.filename)
    if info.flag_bits & _ENCRYPTED:
        raise SaysoError(f"{where}: it needs a password; unpack the archive yourself and name what is in it.")
    n_unpacked = 0
    try:
        with archive.open(info) as part:
            while piece := part.read(_PIECE):
                n_unpacked += len(piece)
                check_ratio(where, info.compress_size, n_unpacked)
                yield piece
    except NotImplementedError as error:
        raise SaysoError(f"{where}: packed in a way that is not read ({error}); unpack it yourself.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, io.UnsupportedOperation) as error:
        raise SaysoError(f"{where}: broken ({error}); fetch the archive again.") from error


def knows(start: bytes) -> bool:
    """Tell a zip that is no office document by the name of its first file."""
    if start.startswith(b"PK\x05\x06"):
        return True  # empty
    return start.startswith(b"PK\x03\x04") and not _OFFICE.match(start, 30)
