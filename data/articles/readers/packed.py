"""Compressed files and archives: what is in them is read by its own kind."""

from collections import Counter
from collections.abc import Iterator

from ....errors import SaysoError
from ...packed.archives import Part, is_tar, is_zip, tar_parts, zip_parts
from ...packed.compression import decompressed, is_compressed, name_inside
from ...packed.pieces import START, stream_of
from ..notices import tell_files
from ..reader import Document, left_out_as, suffix_of
from ..tables import Result


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    start, suffix = document.stream.peek(START), suffix_of(document.name)
    if is_zip(start) or suffix == ".zip":
        yield from _read_archive(document, zip_parts(document.seekable(), document.name))
    elif is_tar(start) or suffix == ".tar":
        yield from _read_archive(document, tar_parts(document.stream, document.name))
    else:
        pieces = decompressed(document.stream, document.name, document.notices.say)
        yield from document.read_part(name_inside(document.name), stream_of(pieces))


def _read_archive(document: Document, parts: Iterator[Part]) -> Iterator[Result]:
    taken: Counter[str] = Counter()
    left: Counter[str] = Counter()
    try:
        for part in parts:
            if (why := left_out_as(part.path.name, document.suffixes)) is not None:
                left[why] += 1
                continue
            taken[suffix_of(part.path.name)] += 1
            try:
                yield from document.read_part(part.where, stream_of(part.pieces))
            except SaysoError as error:
                yield error
    except SaysoError as error:  # of the archive: what came before was read
        yield error
        if not taken:
            return
    yield from tell_files(document.name, "archive", taken, left, document.notices)


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return is_compressed(start) or is_zip(start) or is_tar(start)
