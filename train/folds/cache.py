"""Folds that a stopped evaluation leaves behind for its next run: arrays in files, nothing that is run on reading."""

import contextlib
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from ...data.atomic_write import replace_file
from ..manifest import versions
from ..sentences.rows import Rows
from .arrays import pack, unpack
from .fold import Fold


class FoldCache:
    """A folder of finished folds.

    Parameters
    ----------
    folder : Path
        Made when the first fold is kept.
    rows_class : type
        What holds a fold's sentences.
    settings : mapping
        What the folds depend on besides our code and the versions of packages: the data's digest, the task, the seed.
        Folds that were kept under others are not found.
    """

    def __init__(self, folder: Path, rows_class: type[Rows], settings: Mapping[str, Any]) -> None:
        self.folder, self._rows_class = folder, rows_class
        self.key = settings_digest({"settings": settings, "versions": versions(), "code": code_digest()})[:16]

    def find(self, name: str) -> Fold | None:
        """Give a fold that was kept; None where there is none, or its file is damaged."""
        try:
            with self._path(name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return unpack(dict(arrays), self._rows_class)
        except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
            return None

    def keep(self, name: str, fold: Fold) -> None:
        """Write a fold down."""
        self.folder.mkdir(exist_ok=True)
        written = io.BytesIO()
        np.savez(written, **pack(fold))  # type: ignore[arg-type]
        with replace_file(self._path(name)) as file:
            file.write(written.getvalue())

    def _path(self, name: str) -> Path:
        return self.folder / f"{self.key}-{name}.fold.npz"


def forget_folds(folder: Path | None) -> None:
    """Remove the folds that were kept in a folder, of earlier settings too, and nothing else."""
    if folder is None or not folder.is_dir():
        return
    for path in (*folder.glob("*.fold.npz"), *folder.glob(".*.fold.npz.*.part")):  # a killed run was writing the latter
        path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # somebody else's file is in there
        folder.rmdir()


def settings_digest(settings: Mapping[str, Any]) -> str:
    """Give the SHA-256 of settings."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def code_digest() -> str:
    """Digest all code and word lists that a fold's figures may depend on."""
    total = hashlib.sha256()
    root = resources.files("sayso")
    for folder in ("data", "classify", "train"):
        for name, path in _code_files(root / folder, folder):
            total.update(name.encode() + path.read_bytes())
    return total.hexdigest()


def _code_files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Give code and word lists of a folder and the folders in it, by their names there."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir():
            yield from _code_files(path, f"{name}/{path.name}")
        elif path.name.endswith((".py", ".tsv")):
            yield f"{name}/{path.name}", path
