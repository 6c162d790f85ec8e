"""What comes by standard input, or compressed, as a file that can be read twice."""

import bz2
import gzip
import lzma
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.kinds import READERS
from ..articles.notices import Notices
from ..articles.reader import START, optional_module
from ..articles.readers.unpacked import check_ratio
from ..exchange.formats import format_of
from ..records import LabelledArticle
from ..rows.files import TABLES
from ..rows.places import Row, RowError

STDIN = "-"
_PIECE = 1 << 16  # bytes
_OPEN: dict[str, Callable[[Path], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": lambda path: optional_module("zstandard", str(path), "Zstandard files").open(path, "rb"),
}
_SUFFIXES = {"json-lines": ".jsonl", "json": ".json", "csv": ".csv", "excel": ".xlsx", "html": ".html"}


@dataclass(frozen=True, slots=True)
class AsFile:
    """A copy of what was given, and how users call it.

    Parameters
    ----------
    path : Path
        The copy, in a folder that is gone afterwards.
    name : str
        What messages and ids say in its place.
    """

    path: Path
    name: str

    def shown(self, words: str) -> str:
        """Put the name in the place of the copy's path."""
        return words.replace(str(self.path), self.name)

    def error(self, error: RowError) -> RowError:
        """Give an error as it is told."""
        return RowError(self.shown(error.where), self.shown(error.reason), self.shown(error.article), error.n, error.text)

    def tell(self, tell: Callable[[str], None]) -> Callable[[str], None]:
        """Give what tells lines with the name that users know."""
        return lambda line: tell(self.shown(line))

    def refuse(self, refuse: Callable[[SaysoError], None]) -> Callable[[SaysoError], None]:
        """Give what tells errors with the name that users know."""
        return lambda error: refuse(SaysoError(self.shown(str(error))))

    def notices(self, notices: Notices) -> Notices:
        """Give what tells what there is to tell with the name that users know."""
        return Notices(self.tell(notices.say))

    def rows(self, rows: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """Give rows with the places that users know."""
        for where, row in rows:
            article = row.get("article")
            known = {"article": self.shown(article)} if isinstance(article, str) else {}
            yield self.shown(where), {**row, **known}

    def article(self, labelled: LabelledArticle) -> LabelledArticle:
        """Give an article with the id that users know."""
        return replace(labelled, article=replace(labelled.article, id=self.shown(labelled.article.id)))


def has_to_be_copied(path: Path) -> bool:
    """Tell whether a path stands for standard input, or for tables that are compressed or in a zip archive."""
    suffix = path.suffix.lower()
    if str(path) == STDIN:
        return True
    if not path.is_file() or format_of(path):
        return False
    return bool(_tables_in_zip(path)) if suffix == ".zip" else suffix in _OPEN and Path(path.stem).suffix.lower() in TABLES


def _tables_in_zip(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if Path(name).suffix.lower() in TABLES]
    except (OSError, zipfile.BadZipFile):
        return []
    return [name for name in names if not any(part.startswith((".", "__MACOSX")) for part in Path(name).parts)]


@contextmanager
def as_file(path: Path) -> Iterator[AsFile]:
    """Copy standard input, or what a compressed table holds, to a file while the context lasts.

    Raises
    ------
    SaysoError
        If nothing comes in, or it cannot be decompressed.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        if str(path) == STDIN:
            _copy_stdin(copy)
            with open(copy, "rb") as start:
                head = start.read(START)
            copy = copy.rename(copy.with_suffix(_suffix_of(head)))
            copy = copy if copy.suffix else _named(copy, ".zip" if head.startswith(b"PK\x03\x04") else ".txt")
        elif path.suffix.lower() == ".zip":
            copy = _unzip(path, copy)
        else:
            copy = copy.with_suffix(Path(path.stem).suffix.lower())
            _decompress(path, copy)
        file = AsFile(copy, str(path))
        try:
            yield file
        except RowError as error:
            raise file.error(error) from error
        except SaysoError as error:
            raise SaysoError(file.shown(str(error))) from error


def _named(copy: Path, suffix: str) -> Path:
    """Give a file a suffix, if it is what another tool wrote under it."""
    named = copy.rename(copy.with_suffix(suffix))
    return named if format_of(named) else named.rename(copy)


def _copy_stdin(copy: Path) -> None:
    if sys.stdin is None:
        raise SaysoError(f"{STDIN}: there is no standard input; name a file.")
    with open(copy, "wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    if not copy.stat().st_size:
        raise SaysoError(f"{STDIN}: nothing came in; give it articles or labelled sentences.")


def _copy(packed: Any, copy: Path, where: str, n_packed: int) -> None:
    """Copy what is packed in so many bytes, unless it grows beyond measure."""
    n_unpacked = 0
    with open(copy, "wb") as file:
        while piece := packed.read(_PIECE):
            n_unpacked += len(piece)
            check_ratio(where, n_packed, n_unpacked)
            file.write(piece)


def _decompress(path: Path, copy: Path) -> None:
    try:
        with _OPEN[path.suffix.lower()](path) as packed:
            _copy(packed, copy, str(path), path.stat().st_size)
    except SaysoError:
        raise
    except Exception as error:  # each library has errors of its own
        raise SaysoError(f"{path}: cannot be decompressed ({error}); get or make the file anew.") from error


def _unzip(path: Path, copy: Path) -> Path:
    """Copy the tables of an archive: the only one as a file, several as a folder."""
    names = _tables_in_zip(path)
    if len(names) > 1:
        copy.mkdir()
    copies = [copy.with_suffix(Path(names[0]).suffix.lower())]
    if len(names) > 1:  # in folders of their own, so that two of one name do not meet, and named as they are
        copies = [copy / str(number) / Path(name).name for number, name in enumerate(names)]
    try:
        with zipfile.ZipFile(path) as archive:
            for name, to in zip(names, copies, strict=True):
                to.parent.mkdir(exist_ok=True)
                with archive.open(name) as packed:
                    _copy(packed, to, f"{path}/{name}", archive.getinfo(name).compress_size)
    except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise SaysoError(f"{path}: cannot be unpacked ({error}); unpack it yourself.") from error
    return copy if len(names) > 1 else copies[0]


def _suffix_of(start: bytes) -> str:
    """Tell by its beginning which suffix a file would have."""
    if start.startswith(b"PAR1"):
        return ".parquet"
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"@id "):
        return ".txt"
    kind = next((kind for kind, reader in READERS.items() if reader.knows(start)), "")
    if not kind and start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        kind = "json"
    return _SUFFIXES.get(kind, "")
