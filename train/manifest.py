"""What a model file says about its making, besides the model: data, seed, versions, scores."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from ..classify.model_files.shipped import marks_of
from ..data.datasets.folder import digest
from ..data.records import LabelledArticle

_PACKAGES = ("sayso", "numpy", "scipy", "scikit-learn")


def about_data(name: str, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Describe the data: its name, sizes and digest."""
    return {
        "name": name,
        "articles": len(articles),
        "sentences": sum(len(a.sentences) for a in articles),
        "digest": digest(articles),
    }


def versions() -> dict[str, str]:
    """Give the versions that figures depend on."""
    return {name: version(name) for name in _PACKAGES}


def about_model(data: Mapping[str, Sequence[LabelledArticle]], seed: int, scores: Mapping[str, Any]) -> dict[str, Any]:
    """Put together what a manifest says of the making; nothing in it changes from one run to the next.

    Parameters
    ----------
    data : mapping of str to sequence of LabelledArticle
        What the model was fitted on, by name.
    seed : int
    scores : mapping
        Of the cross-validation.
    """
    return {
        "data": [about_data(name, articles) for name, articles in data.items()],
        "seed": seed,
        "versions": versions(),
        "scores": dict(scores),
        "seen": marks_of(a.article for articles in data.values() for a in articles),
    }
