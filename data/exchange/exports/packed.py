"""Exports as they are downloaded: in a zip, or compressed. They are unpacked, and told by the name of what held them."""

import bz2
import gzip
import lzma
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ....errors import SaysoError
from ...rows.places import Row
from ..format import Format, Notice

_MOST = 500_000_000  # bytes of an unpacked file; one with more is refused
_MOST_FILES = 2000
_LOOKED_AT = 20  # files of a zip by which exports are told
_HEAD = 4_000_000  # bytes of each of these
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, lzma.LZMAError, RuntimeError, NotImplementedError, ValueError)
_OPENERS: dict[str, Callable[[Path], Any]] = {
    ".gz": lambda path: gzip.open(path, "rb"),
    ".bz2": lambda path: bz2.open(path, "rb"),
    ".xz": lambda path: lzma.open(path, "rb"),
}
FormatOf = Callable[[Path], Format | None]


def packed(format_of: FormatOf, suffixes: frozenset[str]) -> Format:
    """Make the format of packed exports.

    Parameters
    ----------
    format_of : callable of Path
        Tells the format of an unpacked file.
    suffixes : frozenset of str
        Of files that any format reads; others are not unpacked.
    """

    def found(folder: Path) -> list[tuple[Path, Format]]:
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        return [(path, known) for path in files if (known := format_of(path))]

    def read(path: Path, notice: Notice) -> Iterator[tuple[str, Row]]:
        with _unpacked(path, suffixes, (_MOST_FILES, _MOST)) as folder:
            known = found(folder)
            left_out = sum(p.is_file() for p in folder.rglob("*")) - len(known)
            if left_out:
                notice(f"{path}: files that are no export of a labelling tool, left out: {left_out:,}.")
            for file, known_format in known:
                yield from _rows(known_format, file, (str(folder), str(path)), notice)

    def knows(path: Path) -> bool:
        status = path.stat()
        return _knows(path, status.st_mtime_ns, status.st_size)

    @lru_cache(maxsize=4)
    def _knows(path: Path, _changed: int, _size: int) -> bool:
        try:
            with _unpacked(path, suffixes, (_LOOKED_AT, _HEAD)) as folder:
                return bool(found(folder))
        except (SaysoError, OSError):
            return False  # reading it as articles tells what is wrong

    return Format(
        tool="the above, packed or compressed",
        holds="what is in it",
        suffixes=(".zip", *_OPENERS),
        read_rows=read,
        knows=knows,
    )


def _rows(found: Format, file: Path, names: tuple[str, str], notice: Notice) -> Iterator[tuple[str, Row]]:
    """Read an unpacked file; messages name it by the packed one."""
    folder, packed_name = names

    def told(line: str) -> str:
        return line.replace(folder, packed_name)

    try:
        for where, row in found.rows(file, lambda line: notice(told(line))) or ():
            yield told(where), {name: told(value) if name == "article" else value for name, value in row.items()}
    except SaysoError as error:
        raise SaysoError(told(str(error))) from error


@contextmanager
def _unpacked(path: Path, suffixes: frozenset[str], most: tuple[int, int]) -> Iterator[Path]:
    """Unpack what may be an export into a folder that is removed afterwards: so many files, so many bytes of each."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            if path.suffix.lower() in _OPENERS:
                with _OPENERS[path.suffix.lower()](path) as stream:
                    _copy(stream, folder / path.stem, path, most[1])
            else:
                _unzip(path, folder, suffixes, most)
        except _BROKEN as error:
            raise SaysoError(f"{path}: cannot be unpacked ({error}); pack it anew.") from error
        yield folder


def _unzip(path: Path, folder: Path, suffixes: frozenset[str], most: tuple[int, int]) -> None:
    with zipfile.ZipFile(path) as archive:
        files = [item for item in archive.infolist() if not item.is_dir() and Path(item.filename).suffix.lower() in suffixes]
        for item in islice(files, most[0]):
            target = (folder / item.filename).resolve()
            if folder.resolve() in target.parents and "__MACOSX" not in item.filename:
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(item) as stream:
                    _copy(stream, target, path, most[1])


def _copy(stream: IO[bytes], target: Path, path: Path, most: int) -> None:
    """Copy so many bytes; a small archive can hold an endless file."""
    n = 0
    with open(target, "wb") as out:
        while n < most and (data := stream.read(1 << 20)):
            out.write(data[: most - n])
            n += len(data)
    if n > _MOST:
        raise SaysoError(f"{path}: too large; unpack it first.")
