"""Word readers: installed as a package of their own, or in a folder."""

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...data.arrays import Floats32
from ...errors import SaysoError
from ..language.article_tokens import View
from .network import Run, WordPieces, open_network, read_article
from .reads import N_FAR, ROLES, Read, Reads

PACKAGES = {"minilm": "sayso_reader_minilm"}
"""The packages that hold readers, by the reader's name."""
CARD, NETWORK, TOKENIZER = "reader.json", "network.onnx", "tokenizer.json"
MODELS = ("attribution", "voice")
"""The linear models on top, which come with a reader."""
FORMAT = 1
_LENGTH = 16  # hexadecimal digits of a digest
_MEMO = "read by "
_HINT = "pip install 'sayso[reader]'"


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads articles.

    Parameters
    ----------
    name : str
    digest : str
        Of network and tokenizer: models on top fit no other.
    folder : Path
        They are loaded where they are needed first, in each process.
    far : ndarray
        See `Reads`.
    """

    name: str
    digest: str
    folder: Path
    far: Floats32

    def read(self, view: View) -> Read:
        """Read an article; the second time it is remembered."""
        key = _MEMO + self.digest
        if key not in view.memo:
            view.memo[key] = read_article(view, *_opened(self.folder, self.digest))
        found: Read = view.memo[key]
        return found

    def read_all(self, views: Sequence[View]) -> Reads:
        """Read several articles."""
        return Reads.of([self.read(view) for view in views], self.far)

    def as_json(self) -> dict[str, str]:
        """Say which one it is, for a model file."""
        return {"name": self.name, "digest": self.digest}

    def model(self, task: str) -> Path:
        """Give the file of the model of `MODELS` that comes with it."""
        return self.folder / f"{task}.sayso"


@lru_cache(maxsize=2)
def _opened(folder: Path, digest: str) -> tuple[WordPieces, Run]:
    return open_network((folder / NETWORK).read_bytes(), folder / TOKENIZER)


def digest_of(network: bytes, tokenizer: bytes) -> str:
    """Give a short digest of a reader's two parts."""
    return hashlib.sha256(network + tokenizer).hexdigest()[:_LENGTH]


def load_word_reader(name: str) -> WordReader:
    """Find a reader, and check that it is whole.

    Parameters
    ----------
    name : str
        One of `PACKAGES`, or a folder.

    Raises
    ------
    SaysoError
        One line: what is not there, and what to do.
    """
    folder = _folder_of(name)
    card = _card_of(name, folder)
    for needed in ("onnxruntime", "tokenizers"):
        if importlib.util.find_spec(needed) is None:
            raise SaysoError(f"--reader needs {needed}; install it with: {_HINT}")
    network, tokenizer = (_part(name, folder / part) for part in (NETWORK, TOKENIZER))
    digest = digest_of(network, tokenizer)
    if digest != card["digest"]:
        raise SaysoError(f"{name}: the reader's files are not those that its {CARD} names; install it again.")
    far = np.array(card["far"], dtype=np.float32)
    return WordReader(card["name"], digest, folder, far)


def _folder_of(name: str) -> Path:
    if name in PACKAGES:
        spec = importlib.util.find_spec(PACKAGES[name])
        if spec is None or not spec.submodule_search_locations:
            raise SaysoError(
                f"the reader {name!r} is not installed; install it with: pip install "
                f"{PACKAGES[name].replace('_', '-')} (from a copy of the project: pip install ./reader)"
            )
        return Path(spec.submodule_search_locations[0])
    folder = Path(name)
    if not (folder / CARD).is_file():
        known = ", ".join(PACKAGES)
        raise SaysoError(f"{name}: no reader of this name ({known}), and no folder with a {CARD}.")
    return folder


def _card_of(name: str, folder: Path) -> dict[str, Any]:
    try:
        card = json.loads(_part(name, folder / CARD))
        fits = (
            card["format"] == FORMAT
            and isinstance(card["name"], str)
            and isinstance(card["digest"], str)
            and np.array(card["far"], dtype=np.float32).shape == (N_FAR, len(ROLES))
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SaysoError(f"{name}: {CARD} cannot be read; install the reader again.") from error
    if not fits:
        raise SaysoError(f"{name}: {CARD} is of another version of sayso; install sayso and the reader of one version.")
    found: dict[str, Any] = card
    return found


def _part(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SaysoError(f"{name}: {path.name} is missing or cannot be read; install the reader again.") from error
