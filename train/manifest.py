"""What a model file says about its making, besides the model: data, seed, versions, scores."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from ..classify.model_files.container import read_model
from ..classify.model_files.files import ATTRIBUTION, LabelModel, sort_of
from ..classify.model_files.shipped import BESIDE, learned_beside, mark_of
from ..classify.word_reader.reader import WordReader
from ..data.citing.sources import OF_MANIFEST
from ..data.datasets.folder import digest
from ..data.records import LabelledArticle
from .given_reader import corpora_of_reader, seen_by_reader
from .held_out_attributions import SHIPPED, choose_source

_PACKAGES = ("sayso", "numpy", "scipy", "scikit-learn")
_OF_READER = ("onnxruntime", "tokenizers")
_SPLITTER = "nupunkt"  # what it cuts is what models learn from; labelled sentences that are scored are cut already


def about_data(name: str, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Describe the data: its name, sizes and digest."""
    return {
        "name": name,
        "articles": len(articles),
        "sentences": sum(len(a.sentences) for a in articles),
        "digest": digest(articles),
    }


def versions(*, read: bool = False) -> dict[str, str]:
    """Give the versions that figures depend on; with a word reader those of what runs it, too."""
    return {name: version(name) for name in _PACKAGES} | (reader_versions() if read else {})


def reader_versions() -> dict[str, str]:
    """Give the versions of what runs a word reader; of what is installed."""
    return {name: version(name) for name in _OF_READER if find_spec(name)}


def about_model(
    data: Mapping[str, Sequence[LabelledArticle]], seed: int, scores: Mapping[str, Any], reader: WordReader | None = None
) -> dict[str, Any]:
    """Put together what a manifest says of the making; nothing in it changes from one run to the next.

    Parameters
    ----------
    data : mapping of str to sequence of LabelledArticle
        What the model was fitted on, by name.
    seed : int
    scores : mapping
        Of the cross-validation.
    reader : WordReader, optional
        What it has seen, the model has seen too.
    """
    seen = {mark_of(a.article) for articles in data.values() for a in articles} | seen_by_reader(reader)
    corpora = corpora_of_reader(reader)
    return {
        "data": [about_data(name, articles) for name, articles in data.items()],
        **about_unnamed(seed, read=reader is not None),
        "scores": dict(scores),
        "seen": "".join(sorted(seen)),
        **({OF_MANIFEST: corpora} if corpora else {}),
    }


def about_unnamed(seed: int, *, read: bool = False) -> dict[str, Any]:
    """Give what a manifest says of the making where it is not known which data a model was fitted on."""
    return {"seed": seed, "versions": {**versions(read=read), _SPLITTER: version(_SPLITTER)}}


def about_features(
    model: LabelModel, articles: Sequence[LabelledArticle], reader: WordReader | None = None
) -> dict[str, Any]:
    """Record the package's models whose answers are features of a model: with others its features would be others.

    Parameters
    ----------
    model : LabelModel
    articles : sequence of LabelledArticle
        What it was fitted on: the package's model finds attributions where too few are marked.
    reader : WordReader, optional
        Its model finds them instead, and its digest is kept.

    Returns
    -------
    dict
        For the manifest; empty where no answer is a feature.
    """
    names = set(sort_of(model).looks_at(model))
    if choose_source(articles, reader).way != SHIPPED:
        names.discard(ATTRIBUTION)
    beside = learned_beside(sorted(names))
    if reader is not None and ATTRIBUTION in names:
        beside[ATTRIBUTION] = read_model(reader.model(ATTRIBUTION)).digest
    return {BESIDE: beside} if beside else {}
