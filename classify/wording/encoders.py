"""Sentence vectors of an encoder, beside the words: model2vec, wordllama, or sentence-transformers."""

import hashlib
import importlib.util
import json
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...data.arrays import Floats32
from ...data.system.file_names import visible
from ...errors import SaysoError
from .features import plain_text

Run = Callable[[Sequence[str]], Any]
WORDLLAMA = "wordllama"
_HINT = "pip install 'sayso[embeddings]'"
_HUB = "huggingface.co"
_WAIT = 5.0  # seconds for a hub to answer
_MOST = 50_000  # texts that are remembered: 75 MB of MiniLM's vectors
_LENGTH = 16  # hexadecimal digits of a digest


@dataclass(frozen=True, slots=True)
class Encoder:
    """Turns sentences into vectors of length 1.

    Parameters
    ----------
    name : str
        As the user gave it; of a folder its last part.
    digest : str
        Of its weights: the same name may stand for others tomorrow.
    folder : Path
        Its weights are read where they are needed first, in each process.
    """

    name: str
    digest: str
    folder: Path

    def encode(self, texts: Sequence[str]) -> Floats32:
        """Encode sentences, made plain by `plain_text`; one without any known word gets zeros.

        Returns
        -------
        ndarray of shape (n_sentences, n_dimensions)
        """
        plain = [plain_text(text) for text in texts]
        vectors = np.nan_to_num(np.asarray(_runner(self.name, self.folder)(plain), dtype=np.float32))
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)

    def as_json(self) -> dict[str, str]:
        """Say which one it is, for a model file."""
        return {"name": self.name, "digest": self.digest}


def load_encoder(name: str) -> Encoder:
    """Load an encoder.

    Parameters
    ----------
    name : str
        ``wordllama``, a folder, or a name on the hub such as ``minishlab/potion-base-32M``.

    Raises
    ------
    SaysoError
        One line: what is not there, and what to do. A hub that does not answer within seconds is not waited for.
    """
    if name == WORDLLAMA:
        return _wordllama()
    folder = Path(name)
    if not folder.is_dir():
        if folder.exists() or name.startswith((".", "/", "~")) or not {"\\", ":"}.isdisjoint(name):
            raise SaysoError(
                f"{name}: no such folder; give an encoder's folder, wordllama, or a name on the Hugging Face hub."
            )
        folder = _from_hub(name)
    shown = Path(name).resolve().name if Path(name).is_dir() else name
    weights = [p for p in visible(folder, "**/*") if p.suffix in (".safetensors", ".bin") and p.is_file()]
    if not weights:
        raise SaysoError(f"{name}: no weights in this folder (model.safetensors); give an encoder's folder.")
    digest = hashlib.sha256()
    for path in [*weights, *visible(folder, "**/tokenizer.json")]:
        digest.update(path.read_bytes())
    _runner(shown, folder)  # what is broken or missing is said now, not in the middle of training
    return Encoder(shown, digest.hexdigest()[:_LENGTH], folder)


@lru_cache(maxsize=2)
def _runner(name: str, folder: Path) -> Run:
    if name == WORDLLAMA:
        return _wordllama_runner(folder)
    return _static(folder) if _is_static(folder) else _transformer(folder)


def check_encoder(expected: Any, given: Encoder | None, where: str) -> None:
    """Refuse another encoder than the one a model was trained with, or none.

    Parameters
    ----------
    expected : mapping or None
        What the model file records.
    given : Encoder or None
    where : str
        The model file.

    Raises
    ------
    SaysoError
    """
    if not expected:
        if given is not None:
            raise SaysoError(f"{where}: this model was trained without an encoder; leave out --encoder.")
        return
    name = expected["name"]
    if given is None:
        raise SaysoError(f"{where}: this model needs the encoder {name!r}; add --encoder with its name or folder.")
    if given.digest != expected["digest"]:
        raise SaysoError(
            f"{where}: this model needs the encoder {name!r} (weights {expected['digest']}), "
            f"not {given.name!r} (weights {given.digest})."
        )


def _is_static(folder: Path) -> bool:
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return config.get("model_type") == "model2vec" or "StaticModel" in (config.get("architectures") or ())


def _static(folder: Path) -> Run:
    if importlib.util.find_spec("model2vec") is None:
        raise SaysoError(f"{folder}: reading a model2vec encoder needs more packages; install them with: {_HINT}")
    from model2vec import StaticModel

    try:
        encode: Run = StaticModel.from_pretrained(folder).encode
    except Exception as error:  # whatever a broken file makes the library raise
        raise SaysoError(f"{folder}: this encoder cannot be read ({type(error).__name__}); copy it again.") from error
    return encode


def _transformer(folder: Path) -> Run:
    if importlib.util.find_spec("sentence_transformers") is None:
        raise SaysoError(
            f"{folder}: not a model2vec encoder; for other encoders, install: pip install sentence-transformers"
        )
    from sentence_transformers import SentenceTransformer

    return remembered(SentenceTransformer(str(folder), device="cpu").encode)


def remembered(run: Run, most: int = _MOST) -> Run:
    """Encode a text once, though scoring and then training ask for it: a transformer reads a hundred sentences a second.

    Parameters
    ----------
    run : callable
        Encodes texts.
    most : int
        Texts whose vectors are kept; when there are more, those from before are forgotten.
    """
    known: dict[str, Floats32] = {}

    def once(texts: Sequence[str]) -> Floats32:
        asked = dict.fromkeys(texts)
        if len(known.keys() | asked.keys()) > most:
            known.clear()
        new = [text for text in asked if text not in known]
        if new:
            known.update(zip(new, np.asarray(run(new), dtype=np.float32), strict=True))
        return np.stack([known[text] for text in texts])

    return once


def _from_hub(name: str) -> Path:
    """Find an encoder among those that were downloaded, or download it; a hub that does not answer is not waited for."""
    if importlib.util.find_spec("huggingface_hub") is None:
        raise SaysoError(
            f"{name}: an encoder from the Hugging Face hub needs more packages; install them with: "
            f"{_HINT}; or give a folder."
        )
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception:  # not there: what it raises differs from version to version
        if not _hub_answers():
            raise SaysoError(
                f"{name}: no such folder, not downloaded before, and the Hugging Face hub cannot be "
                "reached; give a folder, or wordllama."
            ) from None
    try:
        return Path(snapshot_download(name, etag_timeout=_WAIT))
    except Exception as error:
        raise SaysoError(
            f"{name}: cannot be downloaded from the Hugging Face hub ({type(error).__name__}); check the name."
        ) from error


def _hub_answers() -> bool:
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "TRUE", "YES", "ON"):
        return False
    host = os.environ.get("HF_ENDPOINT", f"https://{_HUB}").partition("://")[2].partition("/")[0]
    name, _, port = host.partition(":")
    try:
        socket.create_connection((name, int(port or 443)), timeout=_WAIT).close()
    except (OSError, ValueError):
        return False
    return True


def _wordllama() -> Encoder:
    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise SaysoError(
            "wordllama is not installed; install it with: pip install --no-deps wordllama "
            "(without --no-deps it would install numpy below version 2)"
        )
    folder = Path(spec.submodule_search_locations[0])
    _runner(WORDLLAMA, folder)
    weights, tokenizer = _wordllama_files(folder)
    digest = hashlib.sha256(weights.read_bytes() + tokenizer.read_bytes()).hexdigest()
    return Encoder(WORDLLAMA, digest[:_LENGTH], folder)


def _wordllama_files(folder: Path) -> tuple[Path, Path]:
    weights = next(iter(sorted(folder.rglob("*_256.safetensors"))), None)
    tokenizer = next(iter(sorted(folder.rglob("*tokenizer_config.json"))), None)
    if weights is None or tokenizer is None:
        raise SaysoError(f"{folder}: wordllama's weights are missing; install wordllama again.")
    return weights, tokenizer


def _wordllama_runner(folder: Path) -> Run:
    """Read the two files that come in wordllama's package.

    Its own ``load`` (0.4) looks for them in a folder that the package names otherwise, and then wants to download them.
    Nothing of it is imported, so it may be installed beside any numpy.
    """
    weights, tokenizer = _wordllama_files(folder)
    if importlib.util.find_spec("tokenizers") is None or importlib.util.find_spec("safetensors") is None:
        raise SaysoError(f"wordllama needs more packages; install them with: {_HINT}")
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    table = next(iter(load_file(weights).values())).astype(np.float32)
    cut = Tokenizer.from_file(str(tokenizer))

    def run(texts: Sequence[str]) -> Floats32:
        ids = [encoded.ids for encoded in cut.encode_batch(list(texts), add_special_tokens=False)]
        means = [table[i].mean(axis=0) if i else np.zeros(table.shape[1], np.float32) for i in ids]
        return np.stack(means) if means else np.zeros((0, table.shape[1]), np.float32)

    return run
