"""What the shipped models are made of, as digests: corpus and word lists."""

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable


def digests() -> dict[str, str]:
    """Give the SHA-256 of the project's corpus and of its word lists: keys ``corpus`` and ``lexicon``."""
    data = resources.files("sayso.data")
    return {"corpus": _files_digest(data / "corpus", ".txt"), "lexicon": _files_digest(data / "lexicon", ".tsv")}


def _files_digest(folder: Traversable, ending: str) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(ending):
            raw = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(f"{path.name} {len(raw)}\n".encode() + raw)
    return total.hexdigest()
