"""Sentences found by their words, where annotators have those of an article in another order, only some, or no article."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..records import LabelledArticle, Sentence
from ..rows.places import ABOUT
from .annotators import Annotator

Place = tuple[str, int]
"""An article, and the number of a sentence in it."""


def placed_by_words(annotators: Sequence[Annotator]) -> list[Annotator]:
    """Give annotators with their sentences numbered alike.

    Who has most sentences is followed. An annotator of whom some sentence has other words under the same article and number,
    or no article that anybody else has, is matched by words, if all of those words are there; else nothing is changed,
    and what differs is told by who matches.
    """
    first = max(annotators, key=_n_sentences)
    at = {(name, s.n): _words(s, labelled) for name, labelled in first.articles.items() for s in labelled.sentences}
    places: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for place, words in at.items():
        places[place[0], words].append(place)
        places[None, words].append(place)
    return [other if other is first else _placed(other, first, at, places) for other in annotators]


def _n_sentences(annotator: Annotator) -> int:
    return sum(len(labelled.sentences) for labelled in annotator.articles.values())


def _words(s: Sentence, labelled: LabelledArticle) -> str:
    return " ".join(s.span.of(labelled.article.text).split())


def _placed(
    annotator: Annotator, first: Annotator, at: dict[Place, str], places: dict[tuple[str | None, str], list[Place]]
) -> Annotator:
    """Move the sentences of an annotator to where the same words stand; as they are, if these are not all there."""
    own = [(name, s, _words(s, labelled)) for name, labelled in annotator.articles.items() for s in labelled.sentences]
    if all(at.get((name, s.n), words) == words and name in first.articles for name, s, words in own):
        return annotator
    taken: set[Place] = set()
    moved: dict[str, list[tuple[Sentence, LabelledArticle]]] = defaultdict(list)
    for name, s, words in own:
        found = places.get((name if name in first.articles else None, words), ())
        place = next((place for place in found if place not in taken), None)
        if place is None:
            return annotator
        taken.add(place)
        there = next(x for x in first.articles[place[0]].sentences if x.n == place[1])
        same = name == place[0] and s.span == there.span
        kept = (
            s if same else replace(s, attributions=(), loaded=(), mentions={})
        )  # spans of a text that is laid out otherwise
        moved[place[0]].append((replace(kept, n=place[1], span=there.span), annotator.articles[name]))
    return Annotator(annotator.name, dict(_articles(moved, first)))


def _articles(
    moved: dict[str, list[tuple[Sentence, LabelledArticle]]], first: Annotator
) -> Iterator[tuple[str, LabelledArticle]]:
    """Lay sentences out as the articles in which they were found; what the annotator knew of the articles stays known."""
    for name, found in moved.items():
        there, own = first.articles[name], found[0][1]
        about = {field: getattr(own.article, field) or getattr(there.article, field) for field in ABOUT}
        sentences = tuple(sorted((s for s, _ in found), key=lambda s: s.n))
        yield name, LabelledArticle(replace(there.article, **about), sentences, own.targets, meta=own.meta)
