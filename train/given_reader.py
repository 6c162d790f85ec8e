"""The word reader that an estimator or a command was given: opened once, and asked which articles it learned from."""

import hashlib
import random
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ..classify.api.in_python import python_names
from ..classify.language.article_tokens import View
from ..classify.model_files.container import read_model
from ..classify.model_files.shipped import mark_of, seen_by
from ..classify.word_reader.reader import CARD, MODELS, WordReader, card_of, check_word_reader, load_word_reader
from ..classify.word_reader.reads import Read
from ..data.citing.sources import corpora_by_title
from ..data.records import LabelledArticle
from ..data.splits.near_articles import sketch_of, sketched_before
from ..errors import SaysoError
from .estimators.sentence_in import DataError

Given = WordReader | str | Path
_MOST_BYTES = 256_000_000  # some 300,000 words; what is read beyond them is read again in the next fold


class _Kept(dict[tuple[str, str], Read]):
    """What was read in this process, up to a number of bytes."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        super().__init__()
        self.most, self.bytes = most, 0
        self._random = random.Random(0)

    def keep(self, key: tuple[str, str], read: Read) -> None:
        """Keep what was read; where there is no room, forget others at random.

        Folds ask for articles in the same order each time: to forget the oldest would be to forget what comes next.
        """
        size = _size(read)
        while self and self.bytes + size > self.most:
            self.bytes -= _size(self.pop(self._random.choice(list(self))))
        if size <= self.most:
            self[key] = read
            self.bytes += size


def _size(read: Read) -> int:
    return sum(part.nbytes for part in read)


_KEPT = _Kept()


class RememberingReader(WordReader):
    """A reader that reads an article once in a process, not once for each fold and model.

    What it remembers does not go with it to other processes.
    """

    __slots__ = ()

    def read(self, view: View) -> Read:
        """Read an article; see `WordReader`."""
        spans = repr([tuple(span) for span in view.spans])
        key = self.digest, hashlib.sha256(f"{spans} {view.text}".encode("utf-8", "surrogatepass")).hexdigest()
        found = _KEPT.get(key)
        if found is None:
            found = WordReader.read(self, replace(view, memo={}))  # or else the view, too, would remember it
            _KEPT.keep(key, found)
        return found


def loaded_reader(given: Given | None) -> WordReader | None:
    """Give the reader of an estimator, which may be given by its name or folder.

    Raises
    ------
    SaysoError
        See `load_word_reader`; the message names the parameter.
    """
    if isinstance(given, str | Path):
        with python_names():
            return open_reader(str(given))
    return _remembering(given) if type(given) is WordReader else given


@lru_cache(maxsize=2)
def open_reader(name: str) -> WordReader:
    """Load a reader by its name or folder, once; see `load_word_reader`."""
    return _remembering(load_word_reader(name))


def _remembering(reader: WordReader) -> WordReader:
    return RememberingReader(**{field.name: getattr(reader, field.name) for field in fields(reader) if field.init})


def reader_for(expected: Mapping[str, str] | None, given: Given | None, where: str) -> WordReader | None:
    """Give the reader for an estimator with a fitted model.

    Parameters
    ----------
    expected : mapping or None
        Name and digest of the one that the model was trained with.
    given : WordReader, str or Path, optional
    where : str
        What the message begins with where it is another one.

    Raises
    ------
    ValueError
        If the model was trained with another one, or none is given.
    """
    with python_names():
        reader = loaded_reader(given)
        if expected and reader is None:
            raise DataError(f"this model needs the reader {expected['name']!r}; set reader to its name or folder.")
        try:
            check_word_reader(expected, reader, where)
        except SaysoError as error:
            raise DataError(str(error)) from error
    return reader


def no_reader(task: str) -> str:
    """Say that a task has no use for a reader, and which ones have."""
    return f"--reader has no effect on {task}; it works for kind, source_type and attribution. Leave it out."


def about_reader(reader: WordReader | None) -> Mapping[str, Any]:
    """Give what a reader's card says; empty where it has none.

    Raises
    ------
    SaysoError
        If the card cannot be read any more.
    """
    folder = getattr(reader, "folder", None)
    if reader is None or folder is None:
        return {}
    card = card_of(folder)
    if card.get("digest", reader.digest) != reader.digest:
        raise SaysoError(f"{folder}: another reader has been put into this folder meanwhile; start again.")
    about = card.get("about")
    return {**card, **about} if isinstance(about, Mapping) else card


def seen_by_reader(reader: WordReader | None) -> frozenset[str]:
    """Give the marks of the articles that a reader and the models on top of it learned from."""
    about = about_reader(reader)
    models = [reader.model(task) for task in MODELS] if reader is not None and about else []
    return seen_by(about).union(*(seen_by(read_model(path).manifest) for path in models if path.is_file()))


def near_to_reader(reader: WordReader | None, articles: Sequence[LabelledArticle]) -> set[int]:
    """Number the articles that are nearly one that a reader learned from, or one of them; those of older cards none.

    Raises
    ------
    SaysoError
        If the card is damaged.
    """
    sketches = about_reader(reader).get("near")
    if not sketches:
        return set()
    try:
        known = np.frombuffer(b64decode(sketches, validate=True), "<u2").reshape(-1, len(sketch_of("")))
    except (TypeError, ValueError) as error:
        raise SaysoError(
            f"{reader.folder / CARD if reader else CARD}: the key 'near' is wrong; install the reader again."
        ) from error
    found = sketched_before([a.article.text for a in articles], known)
    return {number for number, is_near in enumerate(found) if is_near}


def sketches_for_card(articles: Iterable[LabelledArticle]) -> str:
    """Give the sketches of articles as a card holds them."""
    return b64encode(b"".join(sorted(sketch_of(a.article.text).astype("<u2").tobytes() for a in articles))).decode()


def data_of_reader(reader: WordReader | None) -> list[Mapping[str, Any]]:
    """List the data that a reader learned from, as its card says: names, and sizes where it has them."""
    data = about_reader(reader).get("data")
    listed = data if isinstance(data, list) else [data] if isinstance(data, str) else []
    return [of if isinstance(of, Mapping) else {"name": str(of)} for of in listed]


def corpora_of_reader(reader: WordReader | None) -> list[str]:
    """Name the public corpora that a reader learned from; keys of `CORPORA`."""
    return corpora_by_title(str(of.get("name")) for of in data_of_reader(reader))


def check_unseen(reader: WordReader | None, articles: Sequence[LabelledArticle]) -> None:
    """Refuse to learn from articles that the reader has learned from: of them it is surer than of any others.

    Raises
    ------
    ValueError
    """
    seen = seen_by_reader(reader)
    exact = {number for number, a in enumerate(articles) if mark_of(a.article) in seen}
    places = sorted(exact | near_to_reader(reader, articles))
    if reader is not None and places:
        raise DataError(
            f"the reader {reader.name!r} learned from {len(places)} of these {len(articles)} articles or near-duplicates of "
            f"them (the first is {articles[places[0]].article.id!r}), and is surer of them than of others; leave them "
            "out, or give no reader."
        )
