"""Articles that are nearly the same, or hold the same sentence: what must not stand on two sides of a split."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ..records import LabelledArticle

LIKE = 0.5
"""Jaccard likeness of word 5-grams from which two articles are nearly the same."""
LONG = 8
"""From so many words on, a sentence that stands in two articles shows that one was made of the other."""
BOILERPLATE = 10
"""A sentence in more articles than this is a phrase of the house, which joins nothing."""

_WORD = re.compile(r"\w+")
_GRAM = 5
_BANDS, _ROWS = 64, 3  # of two articles with a likeness of 0.5, one pair in 5,000 is missed; with 0.6 none in a million
_SKETCHED, _LOWER = 32, np.uint32(0xFFFF)  # the upper bits of a least hash are mostly zero
_BLOCK = 2048  # grams whose hashes are held at once

_KEPT = 4096  # articles whose grams are kept; those of others are made anew where a pair is compared
_NEVER = np.iinfo(np.uint32).max  # no hash is as large: the signature of an article without words
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio: its multiples lie evenly (splitmix64)

Hashes = NDArray[np.uint64]
Least = NDArray[np.uint32]
Sketch = NDArray[np.uint16]
Pair = tuple[int, int]


def near_articles(
    articles: Sequence[LabelledArticle],
    like: float = LIKE,
    worth: Callable[[int, int], bool] = lambda _, __: True,
) -> Iterator[tuple[int, int, float]]:
    """Find pairs of nearly the same article: MinHash proposes them, their word 5-grams decide.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    like : float
        Jaccard likeness from which a pair counts.
    worth : callable
        Tells of two numbers of articles whether the pair is of interest; others are not compared.

    Yields
    ------
    int, int, float
        Numbers of the earlier and the later article, and their likeness from 0 to 1; in no order.

    Notes
    -----
    Broder, *On the resemblance and containment of documents*, 1997; the same articles give the same pairs anywhere.
    """

    @lru_cache(maxsize=_KEPT)
    def grams(number: int) -> Hashes:
        return _grams(articles[number].article.text)

    signatures = np.stack([_signature(grams(i)) for i in range(len(articles))]) if articles else _NONE
    compared: set[Pair] = set()
    for run in equal_bands(signatures):
        for pair in combinations(run, 2):
            if pair in compared or not worth(*pair):
                continue
            compared.add(pair)
            likeness = _likeness(grams(pair[0]), grams(pair[1]))
            if likeness >= like:
                yield *pair, likeness


def equal_bands(signatures: Least) -> Iterator[list[int]]:
    """Yield the numbers of signatures that are equal in a band of three hashes, in order; those without a word are none."""
    for band in range(_BANDS):
        rows = signatures[:, band * _ROWS : (band + 1) * _ROWS]
        order = np.lexsort(rows.T[::-1])
        changes = np.flatnonzero((rows[order[1:]] != rows[order[:-1]]).any(axis=1)) + 1
        for run in np.split(order, changes):
            if len(run) > 1 and rows[run[0], 0] != _NEVER:
                yield sorted(run.tolist())


def signature_of(text: str) -> Least:
    """Give the signature of a text: 192 least hashes of its word 5-grams."""
    return _signature(_grams(text))


def sketch_of(text: str) -> Sketch:
    """Give a signature that takes less room: 32 numbers of 16 bits."""
    return (_signature(_grams(text), _SEEDS[:_SKETCHED]) & _LOWER).astype(np.uint16)


def sketched_before(texts: Sequence[str], known: Sketch) -> list[bool]:
    """Tell which texts are nearly one of those whose sketches are known: whether half of the numbers or more are equal.

    Parameters
    ----------
    texts : sequence of str
    known : ndarray of uint16, shape (n_known, 32)

    Notes
    -----
    Of two texts with a likeness of 0.8, one pair in 2,000 is missed; with 0.5 half of them are.
    """
    return [bool(((known == sketch_of(text)).mean(axis=1) >= LIKE).any()) if text.strip() else False for text in texts]


def shared_sentences(articles: Sequence[LabelledArticle]) -> Iterator[list[int]]:
    """Find sentences of eight words or more that stand in several articles.

    Yields
    ------
    list of int
        Numbers of the articles that hold the sentence, in order: two, or more.
    """
    holders: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, labelled in enumerate(articles):
        for s in labelled.sentences:
            words = _WORD.findall(s.span.of(labelled.article.text).lower())
            if len(words) >= LONG:
                of = holders[hashlib.blake2b(" ".join(words).encode(), digest_size=12).digest()]
                if not of or of[-1] != number:
                    of.append(number)
    yield from (of for of in holders.values() if len(of) > 1)


def _grams(text: str) -> Hashes:
    """Give the different word 5-grams of a text as numbers, sorted; a shorter text is one gram."""
    words = _WORD.findall(text.lower())
    if not words:
        return np.zeros(0, np.uint64)
    numbers = np.fromiter(map(_number, words), np.uint64, len(words))
    n = min(_GRAM, len(words))
    codes = np.zeros(len(words) - n + 1, np.uint64)
    for k in range(n):
        codes = codes * _ODD + numbers[k : len(numbers) - n + 1 + k]
    return np.unique(_mixed(codes))


@lru_cache(maxsize=1 << 16)  # most words of an article stand in others as well
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _mixed(x: Hashes) -> Hashes:
    """Spread numbers evenly: the last step of splitmix64 (Steele, Lea, Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


_NONE = np.zeros((0, _BANDS * _ROWS), np.uint32)
_SEEDS = _mixed(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64) * _ODD) | np.uint64(1)


def _signature(grams: Hashes, seeds: Hashes = _SEEDS) -> Least:
    """Give the least hash of the grams under each of many hash functions, its upper half."""
    least = np.full(len(seeds), np.iinfo(np.uint64).max, np.uint64)
    for at in range(0, len(grams), _BLOCK):
        least = np.minimum(least, (grams[at : at + _BLOCK, None] * seeds).min(axis=0))
    return (least >> np.uint64(32)).astype(np.uint32)


def _likeness(one: Hashes, other: Hashes) -> float:
    n = len(np.intersect1d(one, other, assume_unique=True))
    return n / max(len(one) + len(other) - n, 1)
