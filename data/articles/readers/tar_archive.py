"""Tar archives: every file in them is read by its own kind, in the order in which they come."""

import io
import tarfile
from collections import Counter
from collections.abc import Iterator
from io import BufferedReader
from typing import IO, Any

from ....errors import SaysoError
from ..notices import tell_files
from ..reader import Document, left_out_as, suffix_of
from ..tables import Result
from .unpacked import is_hidden, part_name, stream_of

_PIECE = 1 << 16  # bytes
_BLOCK = 512  # bytes
_MAGIC = slice(257, 262)


class _Watched(io.RawIOBase):
    """A stream whose last bytes are kept: they tell whether an archive is whole, which `tarfile` does not."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self.tail = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._stream.read1(len(buffer))
        self.tail = (self.tail + read)[-_BLOCK:]
        buffer[: len(read)] = read
        return len(read)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    taken: Counter[str] = Counter()
    left: Counter[str] = Counter()
    watched = _Watched(document.stream)
    try:
        with tarfile.open(fileobj=watched, mode="r|") as archive:
            for member in archive:
                if not member.isreg() or is_hidden(member.name):
                    continue
                if (why := left_out_as(member.name, document.suffixes)) is not None:
                    left[why] += 1
                elif content := archive.extractfile(member):
                    taken[suffix_of(member.name)] += 1
                    where = part_name(document, member.name)
                    yield from document.read_part(where, stream_of(_pieces(content, where)))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise SaysoError(f"{document.name}: the tar archive is cut off or broken ({error}); fetch it again.") from error
    if watched.tail.strip(b"\0"):  # zeros are the end of an archive
        yield SaysoError(f"{document.name}: the tar archive is cut off; fetch it again. What came before was read.")
    yield from tell_files(document.name, "archive", taken, left, document.notices)


def _pieces(content: IO[bytes], where: str) -> Iterator[bytes]:
    try:
        while piece := content.read(_PIECE):
            yield piece
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise SaysoError(f"{where}: cut off or broken ({error}); fetch the archive again.") from error


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start[_MAGIC] == b"ustar"
