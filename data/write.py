"""Writing files and folders whole or not at all: beside first, then renamed."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4


@contextmanager
def write_text(path: Path) -> Iterator[IO[str]]:
    r"""Open a text file (UTF-8, line ends ``\n``) that takes its name only when all of it is written."""
    with _place(path) as place, open(place, "w", encoding="utf-8", newline="") as stream:
        yield stream
        _keep(stream)


@contextmanager
def write_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file that takes its name only when all of it is written."""
    with _place(path) as place, open(place, "wb") as stream:
        yield stream
        _keep(stream)


@contextmanager
def write_folder(path: Path) -> Iterator[Path]:
    """Give a new folder that takes its name, and an older folder's place, only when all is written."""
    path = path.resolve()
    with _beside(path) as beside, _beside(path) as old:
        beside.mkdir()
        yield beside
        if path.exists():
            path.rename(old)
        try:
            beside.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise


@contextmanager
def _place(path: Path) -> Iterator[Path]:
    """Give the name to write under; afterwards the file moves to its own."""
    path = path.resolve()
    if path.exists() and not path.is_file():  # /dev/stdout and the like are written to, never replaced
        yield path
        return
    with _beside(path) as beside:
        yield beside
        os.replace(beside, path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a free name in the same folder; whatever stands under it afterwards goes away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    try:
        yield beside
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)


def _keep(stream: IO[str] | IO[bytes]) -> None:
    """Have the disk hold the bytes before the name does."""
    stream.flush()
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        os.fsync(stream.fileno())
