"""Sentences of different near-duplicate articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..records import LabelledArticle

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
LIKE = 0.6
"""Jaccard likeness of word 3-grams from which two sentences are nearly the same."""


class Place(NamedTuple):
    """A sentence, and where it stands."""

    article: str
    n: int
    split: str
    text: str


def near_duplicates(articles: Iterable[LabelledArticle], like: float = LIKE) -> Iterator[tuple[Place, Place, float]]:
    """Find pairs of nearly the same sentence in different articles.

    Only sentences with four words or more are compared.

    Yields
    ------
    Place, Place, float
        The later sentence, its most like earlier one, and their likeness from 0 to 1.
    """
    places: list[Place] = []
    shingles: list[frozenset[int]] = []
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for labelled in articles:
        n_before = len(places)
        for s in labelled.sentences:
            text = s.span.of(labelled.article.text)
            grams = _grams(text)
            if len(grams) < 2:
                continue
            place = Place(labelled.article.id, s.n, labelled.split, text)
            best = _most_like(grams, shingles, holders, n_before, like)
            if best is not None:
                yield place, places[best[0]], best[1]
            for gram in grams:
                holders[gram].append(len(places))
            places.append(place)
            shingles.append(grams)


def _most_like(
    grams: frozenset[int],
    shingles: list[frozenset[int]],
    holders: defaultdict[int, list[int]],
    n_before: int,
    like: float,
) -> tuple[int, float] | None:
    """Return the most like sentence of earlier articles, those below ``n_before``."""
    shared: Counter[int] = Counter()
    for gram in grams:
        if gram in holders:
            shared.update(i for i in holders[gram] if i < n_before)
    best: tuple[int, float] | None = None
    for i, n in shared.items():
        likeness = n / (len(grams) + len(shingles[i]) - n)
        if likeness >= like and (best is None or likeness > best[1]):
            best = i, likeness
    return best


def _grams(text: str) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(hash(gram) for gram in zip(words, words[1:], words[2:], strict=False))
