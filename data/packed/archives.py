"""Archives: the files that a zip or tar archive holds, one after the other."""

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple
from unicodedata import normalize

from ...errors import SaysoError
from .pieces import check_ratio

_PIECE = 1 << 16  # bytes
_ENCRYPTED = 1  # bit of the flags of a file in a zip
_OFFICE = re.compile(
    rb"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/(?:\w+\.xml|_rels/|theme/|media/)|xl/|ppt/|mimetype|META-INF/"
    rb"|content\.xml|Index/"
)
"""Names that documents, spreadsheets and e-books, which are zips as well, begin with."""
_BLOCK = 512  # bytes of a tar archive
_MAGIC = slice(257, 262)


class Part(NamedTuple):
    """A file of an archive: its path there, how messages name it, and its bytes, to be read before the next part."""

    path: PurePosixPath
    where: str
    pieces: Iterator[bytes]


def is_zip(start: bytes) -> bool:
    """Tell a zip that is no office document by the name of its first file."""
    if start.startswith(b"PK\x05\x06"):
        return True  # empty
    return start.startswith(b"PK\x03\x04") and not _OFFICE.match(start, 30)


def is_tar(start: bytes) -> bool:
    """Tell a tar archive by its beginning."""
    return start[_MAGIC] == b"ustar"


def zip_parts(stream: BufferedReader, name: str) -> Iterator[Part]:
    """Yield the files of a zip archive; the stream has to be one that can be rewound.

    Raises
    ------
    SaysoError
        If it is broken; what is wrong with one of its files is raised where that is read.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SaysoError(f"{name}: damaged zip archive ({error}); download it again.") from error
    with archive:
        for info in archive.infolist():
            if info.filename and not info.is_dir() and not _is_hidden(info.filename):  # a file may have no name
                path = _path_of(info.filename)
                yield Part(path, f"{name}/{path}", _of_zip(archive, info, f"{name}/{path}"))


def tar_parts(stream: BufferedReader, name: str) -> Iterator[Part]:
    """Yield the files of a tar archive, in the order in which they come.

    Raises
    ------
    SaysoError
        Behind what could be read, if it is broken or cut off.
    """
    watched = _Watched(stream)
    try:
        with tarfile.open(fileobj=watched, mode="r|") as archive:
            for member in archive:
                if member.isreg() and not _is_hidden(member.name) and (content := archive.extractfile(member)):
                    path = _path_of(member.name)
                    yield Part(path, f"{name}/{path}", _of_tar(content, f"{name}/{path}"))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise SaysoError(f"{name}: the tar archive is cut off or damaged ({error}); download it again.") from error
    if watched.tail.strip(b"\0"):  # zeros are the end of an archive
        raise SaysoError(f"{name}: the tar archive is cut off; download it again. Everything before that was read.")


def _is_hidden(name: str) -> bool:
    """Tell whether a file of an archive is none that anybody put there: hidden, or a Mac's notes on another."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _path_of(name: str) -> PurePosixPath:
    shown = "".join(c if c.isprintable() else "�" for c in name.replace("\\", "/"))
    return PurePosixPath(normalize("NFC", shown).lstrip("/"))  # a Mac writes é as two characters


def _of_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise SaysoError(f"{where}: needs a password; unpack the archive yourself and give the files in it.")
    n_unpacked = 0
    try:
        with archive.open(info) as part:
            while piece := part.read(_PIECE):
                n_unpacked += len(piece)
                check_ratio(where, info.compress_size, n_unpacked)
                yield piece
    except NotImplementedError as error:
        raise SaysoError(f"{where}: packed with an unsupported method ({error}); unpack it yourself.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, io.UnsupportedOperation) as error:
        raise SaysoError(f"{where}: damaged ({error}); download the archive again.") from error


def _of_tar(content: IO[bytes], where: str) -> Iterator[bytes]:
    try:
        while piece := content.read(_PIECE):
            yield piece
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise SaysoError(f"{where}: cut off or damaged ({error}); download the archive again.") from error


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
