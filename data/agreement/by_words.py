"""Sentences found by their words, where annotators have those of an article in another order, only some, or no article."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..records import LabelledArticle, Sentence
from ..rows.places import ABOUT
from .annotators import Annotator, plain_words

Place = tuple[str, int]
"""An article, and the number of a sentence in it."""
Moved = dict[str, list[tuple[Sentence, LabelledArticle]]]


def placed_by_words(annotators: Sequence[Annotator]) -> list[Annotator]:
    """Give annotators with their sentences numbered alike.

    Who has most sentences is followed. An article of another annotator in which a sentence has other words under the same
    number, or which the first does not have, is matched by words, if all of its words are there; else it stays as it is,
    and what differs is told by who matches.
    """
    first = max(annotators, key=lambda annotator: sum(len(a.sentences) for a in annotator.articles.values()))
    index = _Index(first.articles)
    return [other if other is first else _placed(other, index) for other in annotators]


class _Index:
    """Finds the sentences of an annotator by their words."""

    def __init__(self, articles: Mapping[str, LabelledArticle]) -> None:
        self.articles = articles
        self._at = {(name, s.n): s for name, labelled in articles.items() for s in labelled.sentences}
        self._places: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
        for (name, n), s in self._at.items():
            words = _words(s, articles[name])
            self._places[name, words].append((name, n))
            self._places[None, words].append((name, n))

    def is_alike(self, labelled: LabelledArticle) -> bool:
        """Tell whether the sentences of an article stand under the same numbers."""
        there = self.articles.get(labelled.article.id)
        return there is not None and all(
            (other := self._at.get((there.article.id, s.n))) is None or _words(s, labelled) == _words(other, there)
            for s in labelled.sentences
        )

    def find(self, labelled: LabelledArticle, taken: set[Place]) -> list[tuple[Sentence, Place]] | None:
        """Find all sentences of an article, in the same article where there is one; None where one is missing."""
        name = labelled.article.id if labelled.article.id in self.articles else None
        found: dict[Place, Sentence] = {}
        for s in labelled.sentences:
            there = self._places.get((name, _words(s, labelled)), ())
            place = next((place for place in there if place not in taken and place not in found), None)
            if place is None:
                return None
            found[place] = s
        return [(s, place) for place, s in found.items()]

    def sentence(self, place: Place) -> Sentence:
        """Give a sentence."""
        return self._at[place]


def _words(s: Sentence, labelled: LabelledArticle) -> str:
    return plain_words(s.span.of(labelled.article.text))


def _placed(annotator: Annotator, index: _Index) -> Annotator:
    """Move the articles of an annotator that have to be found by their words."""
    taken: set[Place] = set()
    moved: Moved = defaultdict(list)
    kept: dict[str, LabelledArticle] = {}
    for name, labelled in annotator.articles.items():
        found = None if index.is_alike(labelled) else index.find(labelled, taken)
        if found is None:
            kept[name] = labelled
            continue
        taken |= {place for _, place in found}
        for s, place in found:
            moved[place[0]].append((_moved(s, name, place, index), labelled))
    clash = kept.keys() & moved.keys()  # an article that stays as it is cannot take in others
    moved = {name: found for name, found in moved.items() if name not in clash}
    return Annotator(annotator.name, kept | {name: _article(name, found, index) for name, found in moved.items()})


def _moved(s: Sentence, article: str, place: Place, index: _Index) -> Sentence:
    """Give a sentence its new place; spans in a text that is laid out otherwise are lost."""
    span = index.sentence(place).span
    if article == place[0] and s.span == span:
        return replace(s, n=place[1])
    return replace(s, n=place[1], span=span, attributions=(), loaded=(), mentions={})


def _article(name: str, found: Sequence[tuple[Sentence, LabelledArticle]], index: _Index) -> LabelledArticle:
    """Lay sentences out as the article in which they were found; what the annotator knew of it stays known."""
    there, own = index.articles[name], found[0][1]
    about = {field: getattr(own.article, field) or getattr(there.article, field) for field in ABOUT}
    sentences = tuple(sorted((s for s, _ in found), key=lambda s: s.n))
    return LabelledArticle(replace(there.article, **about), sentences, own.targets, meta=own.meta)
