"""Attributions in articles as the package's model finds them."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ...data.records import LabelledArticle
from ..attribution.extractor import AttributionModel, Candidate, Extractor
from ..language.article_tokens import view
from ..linear.composed import ATTRIBUTION
from ..speech.corrections import corrected
from ..tasks.attribution import ATTRIBUTIONS
from ..word_reader.reader import WordReader
from .container import read_model
from .shipped import shipped_model

Found = list[list[Candidate]]


def shipped_extractor() -> Extractor | None:
    """Load what finds attributions with the model of the package; None where none came along."""
    path = shipped_model(ATTRIBUTION)
    return _extractor_at(str(path)) if path else None


@lru_cache(maxsize=1)  # a notebook asks for sentences one by one: reading the file would take most of the time
def _extractor_at(place: str) -> Extractor | None:
    path = shipped_model(ATTRIBUTION)
    return Extractor.of(ATTRIBUTIONS.unpack(read_model(path))) if path else None


def shipped_candidates(articles: Sequence[LabelledArticle], reader: WordReader | None = None) -> Found:
    """Find attributions with the model of the package, or with that of a word reader."""
    extractor = shipped_extractor() if reader is None else reader_extractor(reader)
    return extract(extractor, articles) if extractor else [[] for _ in articles]


def reader_extractor(reader: WordReader) -> Extractor:
    """Load what finds attributions with the model on top of a word reader."""
    return Extractor.of(_model_at(reader.model(ATTRIBUTION)), reader)


@lru_cache(maxsize=1)
def _model_at(path: Path) -> AttributionModel:
    return ATTRIBUTIONS.unpack(read_model(path))


def extract(extractor: Extractor, articles: Sequence[LabelledArticle]) -> Found:
    """Find the attributions of articles that the model has not seen."""
    views = [view(a.article.text, [s.span for s in a.sentences]) for a in articles]
    return [corrected(seen, found) for seen, found in zip(views, extractor.extract_all(views), strict=True)]
