"""Writing files and folders whole or not at all: beside first, then renamed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4


@contextmanager
def write_text(path: Path) -> Iterator[IO[str]]:
    r"""Open a text file (UTF-8, line ends ``\n``) that takes its name only when all of it is written."""
    with _beside(path) as beside:
        with open(beside, "w", encoding="utf-8", newline="") as stream:
            yield stream
            _keep(stream)
        os.replace(beside, path)


@contextmanager
def write_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file that takes its name only when all of it is written."""
    with _beside(path) as beside:
        with open(beside, "wb") as stream:
            yield stream
            _keep(stream)
        os.replace(beside, path)


@contextmanager
def write_folder(path: Path) -> Iterator[Path]:
    """Give a new folder to write into that takes its name, and an older folder's place, when all is written."""
    with _beside(path) as beside:
        beside.mkdir()
        yield beside
        old = _name_beside(path)
        if path.exists():
            os.rename(path, old)
        os.rename(beside, path)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a name in the same folder; whatever stands under it afterwards goes away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _name_beside(path)
    try:
        yield beside
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)


def _name_beside(path: Path) -> Path:
    return path.resolve().with_name(f".{path.resolve().name[:100]}.{uuid4().hex[:8]}.part")


def _keep(stream: IO[str] | IO[bytes]) -> None:
    """Have the disk hold the bytes before the name does."""
    stream.flush()
    os.fsync(stream.fileno())
