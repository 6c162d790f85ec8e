"""The sentences of each source: kept on disk while articles are counted, and read again source by source."""

import pickle
from array import array
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from ...data.records import Article, Span
from ..annotation.records import AnnotatedSentence
from ..speakers.aliases import Known
from ..speakers.speeches import Speech
from .said import Said, Stated


class Shown(NamedTuple):
    """A sentence of a source.

    Parameters
    ----------
    n, start : int
        Its number in the article, and where it begins in the text, as ``sayso annotate`` gives them.
    text : str
    marks : list of (str, Span)
        What stands where in it: ``source``, ``cue`` with a tone, ``said``, ``pronoun``.
    pronoun : str
        All pronouns that it prints for the source: *he, he*.
    justification, naming : str
        Of the attribution that it holds; empty where it goes on with what an earlier one attributes.
    """

    n: int
    start: int
    text: str
    marks: list[tuple[str, Span]]
    pronoun: str
    justification: str
    naming: str


class OfArticle(NamedTuple):
    """What one article gives to a source: the article's id, title, date and outlet, and the sentences."""

    id: str
    title: str
    date: str
    outlet: str
    sentences: list[Shown]


class ArticleShown(NamedTuple):
    """An article's id, title, date and outlet, and its sentences that are attributed: number, start, text."""

    id: str
    title: str
    date: str
    outlet: str
    sentences: dict[int, tuple[int, str]]


def shown_in(article: Article, annotated: Sequence[AnnotatedSentence], said: Said) -> ArticleShown:
    """Give the sentences of an article that anybody is behind."""
    wanted = {s.n for s in said.stated}
    for speech, _ in said.speeches:
        wanted.add(speech.n)
        wanted.update(speech.sentences)
    sentences = {n: (annotated[n].span.start, annotated[n].span.of(article.text)) for n in sorted(wanted)}
    return ArticleShown(article.id, article.title or "", article.date or "", article.outlet or "", sentences)


class SentenceStore:
    """Keeps sentences by source in a file; in memory it holds their places only.

    Parameters
    ----------
    file : binary file
        Opened for writing and reading, and empty.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[str, array[int]] = {}

    def add(
        self,
        shown: ArticleShown,
        speeches: Sequence[tuple[Speech, str, Known]],
        stated: Sequence[tuple[Stated, str]],
    ) -> None:
        """Keep the sentences of an article, for each of its sources."""
        of_source: dict[str, dict[int, Shown]] = {}
        for speech, key, _ in speeches:
            found = of_source.setdefault(key, {})
            for n in sorted({speech.n, *speech.sentences}):
                _mark(found, n, shown, speech)
        for one, key in stated:
            found = of_source.setdefault(key, {})
            sentence = found.get(one.n) or _bare(one.n, shown)
            sentence.marks.append(("pronoun", _moved(one.place, shown.sentences[one.n])))
            found[one.n] = sentence._replace(pronoun=_both(sentence.pronoun, one.pronoun))
        for key, found in of_source.items():
            place = self._file.tell()
            pickle.dump(OfArticle(*shown[:4], [found[n] for n in sorted(found)]), self._file, pickle.HIGHEST_PROTOCOL)
            self._places.setdefault(key, array("q")).append(place)

    def of(self, key: str) -> Iterator[OfArticle]:
        """Yield what each article gives to a source, in the order in which the articles were counted."""
        for place in self._places.get(key, ()):
            self._file.seek(place)
            yield pickle.load(self._file)


def _bare(n: int, shown: ArticleShown) -> Shown:
    return Shown(n, *shown.sentences[n], [], "", "", "")


def _mark(found: dict[int, Shown], n: int, shown: ArticleShown, speech: Speech) -> None:
    """Take in what a speech marks in a sentence."""
    sentence = found.get(n) or _bare(n, shown)
    start, text = shown.sentences[n]
    for mark, span in speech.marks:
        if span.start < start + len(text) and span.end > start:
            name = "source pronoun" if mark == "source" and speech.pronoun else mark
            sentence.marks.append((name, _moved(span, (start, text))))
    if n == speech.n:
        about = speech.justification, speech.naming
        sentence = Shown(n, start, text, sentence.marks, _both(sentence.pronoun, speech.pronoun), *about)
    found[n] = sentence


def _both(first: str, second: str) -> str:
    """Join the pronouns that a sentence prints: *he, he*."""
    return ", ".join(filter(None, (first, second)))


def _moved(span: Span, sentence: tuple[int, str]) -> Span:
    """Count a span from the beginning of its sentence, and cut it to fit."""
    start, text = sentence
    return Span(max(span.start - start, 0), min(span.end - start, len(text)))
