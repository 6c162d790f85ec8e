"""Articles: odd text, and odd values of all else that is known of them."""

import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sayso.classify.annotation.annotation import Annotation
from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.classify.output.formats import WriterOptions, load_format
from sayso.data.records import Article

from .. import mutations, samples
from ..case import Case, FaultError

_FILE = "article.json"
_FIELDS = ("title", "outlet", "date", "url", "language")
_WRITERS = ("jsonl", "csv", "terminal", "json", "html", "brat", "parquet")


@cache
def annotator() -> Annotator:
    """Give the models, loaded once."""
    return load_annotator(stance=True)


def make(draw: random.Random) -> Case:
    """Make an article, and choose a format to write its annotations in."""
    words = mutations.text(draw, samples.article(draw))
    if draw.random() < 0.1:
        words += mutations.text(draw, samples.article(draw))
    about = {name: _about(draw, name) for name in _FIELDS if draw.random() < 0.4}
    article = {"id": _about(draw, "id") or "a", "text": words, **about}
    target = draw.choice(("", "", "", "", "Roe", "Tarn=mayor,²"))
    why = draw.choice(("0", "0", "3"))
    return Case("articles", {_FILE: json.dumps(article).encode()}, (draw.choice(_WRITERS), target, why))


def _about(draw: random.Random, name: str) -> str:
    usual = {"date": "2031-04-02", "url": "https://gull.example/1", "language": "en"}.get(name, "The bridge of Tolm")
    return mutations.text(draw, usual) if draw.random() < 0.7 else draw.choice((*samples.WORDS, ""))


def run(case: Case) -> bytes:
    """Annotate the article and write what was found; check every offset."""
    article = article_of(json.loads(case.files[_FILE]))
    form, target, why = (*case.words, "jsonl", "", "0")[:3]
    if form not in _WRITERS:
        form, target, why = "jsonl", "", "0"
    annotation = annotator().annotate(article, int(why or 0), [target] if target else ())
    _check_offsets(annotation)
    return _written(annotation, form)


def article_of(given: Mapping[str, Any]) -> Article:
    """Make an article of what is known of it."""
    known = {str(key): str(value) for key, value in given.items()}
    title, outlet, date, url, language = map(known.get, _FIELDS)
    return Article(known.get("id", "a"), known.get("text", ""), title, outlet, date, url, language)


def _check_offsets(annotation: Annotation) -> None:
    """Check that every place gives back its words, and that sentences follow one another."""
    text, end = annotation.article.text, 0
    for row in annotation.to_dict()["sentences"]:
        if not end <= row["start"] < row["end"] <= len(text):
            raise FaultError("wrong offset", "sentences", json.dumps(row)[:300])
        end = row["end"]
        for place in _places(row):
            start, end_of = place["start"], place["end"]
            if not 0 <= start < end_of <= len(text) or place.get("text", text[start:end_of]) != text[start:end_of]:
                raise FaultError("wrong offset", "places in sentences", json.dumps(place)[:300])


def _places(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a value that has a start and an end."""
    if isinstance(value, dict):
        if {"start", "end"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _places(part)


def _written(annotation: Annotation, name: str) -> bytes:
    form, options = load_format(name), WriterOptions()
    article, sentences = annotation.article, annotation.sentences
    if not sentences:
        return b""
    if form.open is None:
        assert form.folder is not None
        folder = form.folder.open(options)
        files = {**folder.article(article, sentences), **folder.end()}
        if wrong := [name for name in files if "/" in name or name.startswith(".") or "\0" in name]:
            raise FaultError("wrong name", name, repr(wrong[0]))
        return json.dumps(files).encode()
    writer = form.open(options)
    parts = [writer.begin(), writer.article(article, sentences), writer.end()]
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)
