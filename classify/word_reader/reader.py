"""Word readers: installed as a package of their own, or in a folder."""

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...data.arrays import Floats32
from ...data.display import can_be_name
from ...data.system.whole_file import whole_file
from ...errors import OF_THE_RUN, SaysoError
from ..language.article_tokens import View
from .network import Outputs, Run, WordPieces, open_network, open_tokenizer, read_article
from .pieces import END, N_CASES, N_QUOTED, START, WINDOW, Window
from .reads import N_ANSWERS, N_FAR, N_OUTPUTS, ROLES, WIDTH, Read, Reads

PACKAGES = {"minilm": "sayso_reader_minilm"}
"""The packages that hold readers, by the reader's name."""
CARD, NETWORK, TOKENIZER = "reader.json", "network.onnx", "tokenizer.json"
MODELS = ("attribution", "voice")
"""The linear models on top, which come with a reader."""
FORMAT = 1
_MOST = {CARD: 20_000_000, NETWORK: 400_000_000, TOKENIZER: 50_000_000}  # bytes
_LENGTH = 16  # hexadecimal digits of a digest
_LONGEST_NAME = 100
_WIDTHS = (N_OUTPUTS, len(ROLES) * WIDTH, N_ANSWERS)
_HIGHEST = 60_000.0  # what a number of 16 bits can hold
_MEMO = "read by "
_HINT = "pip install 'sayso[reader]'"
_AGAIN = "install the reader again."


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
    folder: Path = field(compare=False)
    far: Floats32 = field(compare=False, repr=False)

    def read(self, view: View) -> Read:
        """Read an article; the second time it is remembered.

        Raises
        ------
        SaysoError
            If the network fails.
        """
        key = _MEMO + self.digest
        if key not in view.memo:
            pieces, run = _opened(self.folder, self.digest, os.getpid())
            with _in_one_line(self.folder / TOKENIZER, "does not work"):
                pieces.learn(view.words)
            view.memo[key] = read_article(view, pieces, run)
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


def digest_of(network: bytes, tokenizer: bytes) -> str:
    """Give a short digest of a reader's two parts."""
    return hashlib.sha256(network + tokenizer).hexdigest()[:_LENGTH]


def load_word_reader(name: str) -> WordReader:
    """Find a reader, and check that it is whole and works.

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
    card = _checked_card(folder)
    for needed in ("onnxruntime", "tokenizers"):
        if importlib.util.find_spec(needed) is None:
            raise SaysoError(f"--reader needs {needed}; install it with: {_HINT}")
    _opened(folder, card["digest"], os.getpid())  # what is broken is said now, not in the middle of the articles
    return WordReader(card["name"], card["digest"], folder, np.array(card["far"], dtype=np.float32))


def word_reader(name: str | None) -> WordReader | None:
    """Find the reader that an option names, if it names one."""
    return None if name is None else load_word_reader(name)


def check_word_reader(expected: Mapping[str, str] | None, given: WordReader | None, where: str) -> None:
    """Refuse another reader than the one a model was trained with, or none.

    Parameters
    ----------
    expected : mapping or None
        What the model file records; a model that was trained without a reader may be used beside any.
    given : WordReader or None
    where : str
        The model file.

    Raises
    ------
    SaysoError
    """
    if not expected:
        return
    name, digest = expected["name"], expected["digest"]
    if given is None:
        raise SaysoError(
            f"{where}: this model needs the reader {name!r}; add --reader with its name or folder, or give a model that was "
            "trained without a reader."
        )
    if given.digest != digest:
        raise SaysoError(
            f"{where}: this model needs the reader {name!r} (digest {digest}), not {given.name!r} (digest {given.digest}); "
            "install that version of the reader, or train the model again."
        )


def where_it_is(name: str | None) -> str | None:
    """Give the whole path of a folder, for processes that work elsewhere; all other names stay as they are."""
    return os.path.abspath(name) if name and name not in PACKAGES and os.path.isdir(name) else name


def _folder_of(name: str) -> Path:
    if name in PACKAGES:
        spec = importlib.util.find_spec(PACKAGES[name])
        if spec is None or not spec.submodule_search_locations:
            raise SaysoError(
                f"the reader {name!r} is not installed; in a copy of the project, install its package "
                f"{PACKAGES[name].replace('_', '-')} and what it needs with: pip install '.[reader]' ./reader"
            )
        return Path(next(iter(spec.submodule_search_locations)))
    folder = Path(os.path.abspath(name))
    if not name or not os.path.lexists(folder / CARD):
        known = ", ".join(PACKAGES)
        raise SaysoError(f"{name or '(empty)'}: no reader of this name ({known}), and no folder with a {CARD}.")
    return folder


def card_of(folder: Path) -> dict[str, Any]:
    """Read a reader's card; what it holds is not looked at.

    Raises
    ------
    SaysoError
    """
    try:
        card = json.loads(_part(folder, CARD))
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"{folder / CARD}: this is not JSON; {_AGAIN}") from error
    if not isinstance(card, dict):
        raise SaysoError(f"{folder / CARD}: this must be an object of JSON; {_AGAIN}")
    return card


def _checked_card(folder: Path) -> dict[str, Any]:
    card = card_of(folder)
    if type(card.get("format")) is not int or card["format"] != FORMAT:
        raise SaysoError(
            f"{folder / CARD}: the reader is of another version of sayso; install sayso and the reader of the same version."
        )
    for key, holds in _KEYS.items():
        if not holds(card.get(key)):
            raise SaysoError(f"{folder / CARD}: the key {key!r} is missing or wrong; {_AGAIN}")
    for key, holds in _MAY_HOLD.items():
        if key in card and not holds(card[key]):
            raise SaysoError(f"{folder / CARD}: the key {key!r} is wrong; {_AGAIN}")
    return card


def is_name(value: object) -> bool:
    """Tell whether a reader can be called so."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and can_be_name(value)


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == _LENGTH and set(value) <= set("0123456789abcdef")


def _is_far(value: object) -> bool:
    if not isinstance(value, list) or len(value) != N_FAR:
        return False
    rows = [row for row in value if isinstance(row, list) and len(row) == len(ROLES)]
    return len(rows) == N_FAR and all(type(x) in (int, float) and abs(x) < _HIGHEST for row in rows for x in row)


def _is_data(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(of, dict) and is_name(of.get("name")) for of in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_KEYS = {"name": is_name, "digest": _is_digest, "far": _is_far}
_MAY_HOLD = {"seen": _is_text, "near": _is_text, "data": _is_data, "licence": _is_text, "encoder": _is_text}


def _part(folder: Path, name: str) -> bytes:
    try:
        return whole_file(folder / name, most=_MOST[name], what=f"the {name} of a reader")
    except OSError as error:
        said = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise SaysoError(f"{folder / name}: this part of the reader {said}; {_AGAIN}") from error


@lru_cache(maxsize=2)
def _opened(folder: Path, digest: str, process: int) -> tuple[WordPieces, Run]:
    """Open what a folder holds, once in each process."""
    network, tokenizer = _part(folder, NETWORK), _part(folder, TOKENIZER)
    if digest_of(network, tokenizer) != digest:
        raise SaysoError(f"{folder}: {NETWORK} and {TOKENIZER} are not those that {CARD} names; {_AGAIN}")
    with _in_one_line(folder / TOKENIZER, "cannot be read"):
        pieces, highest = open_tokenizer(tokenizer)
        pieces.learn(["fog", "Tolk’s", "zqxjkv"])
    with _in_one_line(folder / NETWORK, "cannot be read"):
        run = _checked(open_network(network), folder / NETWORK)
    run(_largest(highest))
    return pieces, run


@contextmanager
def _in_one_line(part: Path, what: str) -> Iterator[None]:
    """Say in a line what a broken part makes the libraries raise."""
    try:
        yield
    except (*OF_THE_RUN, KeyboardInterrupt, SystemExit):
        raise
    except ImportError as error:
        raise SaysoError(f"--reader cannot load {error.name or 'its libraries'}; install it again with: {_HINT}") from error
    except BaseException as error:  # of many types, which change with the versions; a panic of tokenizers is no Exception
        raise SaysoError(f"{part}: this part of the reader {what} ({type(error).__name__}); {_AGAIN}") from error


def _checked(run: Run, network: Path) -> Run:
    """Refuse what the network gives if it is not what it must be."""

    def checked(window: Window) -> Outputs:
        with _in_one_line(network, f"cannot read the pieces that {TOKENIZER} gives"):
            found = run(window)
            if any(
                part.dtype != np.float32 or part.shape != (len(window.pieces), n)
                for part, n in zip(found, _WIDTHS, strict=True)
            ):
                raise SaysoError(f"{network}: this is not the network of a reader: its outputs have other shapes; {_AGAIN}")
            if not all((np.abs(part) < _HIGHEST).all() for part in found):
                raise SaysoError(f"{network}: this network gives no numbers, or too large ones; {_AGAIN}")
        return found

    return checked


def _largest(highest: int) -> Window:
    """Give a window that is full, with the highest number of each input."""
    n = np.arange(WINDOW)
    pieces = np.where(n % 2, highest, START)
    pieces[-1] = END
    return Window(pieces, n % N_CASES, n % N_QUOTED, n, n)
