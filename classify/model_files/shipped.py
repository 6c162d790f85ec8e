"""The models that come with the package: where they stand, and which articles they have seen."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from ...data.records import Article

_LENGTH = 10  # hexadecimal digits: among a million articles, two alike by chance are unlikely


def shipped_model(name: str) -> Traversable | None:
    """Find a model file of the package; None where it has none of that name."""
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
