"""The models that come with the package: where they stand, which articles they have seen, and who learned beside them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...data.records import Article
from ..linear.composed import ATTRIBUTION
from ..word_reader.reader import WordReader
from .container import read_model

BESIDE = "learned_beside"
"""What a manifest calls the package's models whose answers are features of the model, by name, each with its digest."""
_LENGTH = 10  # hexadecimal digits: among a million articles, two alike by chance are unlikely


def shipped_model(name: str) -> Traversable | None:
    """Find a model file of the package; None where it has none of that name."""
    if not name.isidentifier():  # a name from a manifest is no path
        return None
    path = resources.files("sayso").joinpath("classify", "models", f"{name}.sayso")
    return path if path.is_file() else None


def mark_of(article: Article) -> str:
    """Give a short digest of an article's words, by which it is known again under any name or layout."""
    return hashlib.sha256(" ".join(article.text.split()).encode()).hexdigest()[:_LENGTH]


def marks_of(articles: Iterable[Article]) -> str:
    """Give the marks of many articles, sorted, as one text for a manifest."""
    return "".join(sorted({mark_of(article) for article in articles}))


def seen_by(manifest: Mapping[str, Any]) -> frozenset[str]:
    """Give the marks of the articles that a model was fitted on; empty where its manifest does not tell."""
    marks = manifest.get("seen")
    if not isinstance(marks, str):
        return frozenset()
    return frozenset(marks[at : at + _LENGTH] for at in range(0, len(marks), _LENGTH))


def learned_beside(names: Iterable[str]) -> dict[str, str]:
    """Give the digests of models of the package by their names; those that it does not have are left out."""
    paths = {name: shipped_model(name) for name in names}
    return {name: read_model(path).digest for name, path in paths.items() if path}


def beside_others(paths: Iterable[str | Path], reader: WordReader | None = None) -> Iterator[str]:
    """Say of which model files a feature comes from a model that is another one today, a line each.

    Parameters
    ----------
    paths : iterable of str or Path
    reader : WordReader, optional
        Its attributions take the place of those of the package's model.

    Raises
    ------
    SaysoError
        If a path is no model file.
    """
    for path in paths:
        recorded = read_model(path).manifest.get(BESIDE)
        if not isinstance(recorded, dict):
            continue
        today = learned_beside(name for name in ("attribution", "bias", "voice") if name in recorded)
        if reader and ATTRIBUTION in today:
            today[ATTRIBUTION] = read_model(reader.model(ATTRIBUTION)).digest
        if names := [name for name in sorted(recorded) if name in today and today[name] != recorded[name]]:
            yield (
                f"{path}: trained together with another {' and another '.join(names)} model than the "
                f"{'one in use' if reader else 'built-in one'}; train it again, because its scores may have changed."
            )
