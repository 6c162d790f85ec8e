"""Nearly the same articles among many, of which no text is kept: a signature of 768 bytes stands for each."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from .near_articles import LIKE, Least, equal_bands, signature_of


class Fingerprints:
    """Takes texts one by one, and tells in the end which are nearly the same.

    Notes
    -----
    What counts as nearly the same is what `near_articles` takes for it, a Jaccard likeness of word 5-grams of `LIKE`
    or more. Here it is estimated by how many of 192 least hashes are equal, with a standard error of 0.04 at 0.5.
    """

    def __init__(self) -> None:
        self._signatures: list[Least] = []

    def add(self, text: str) -> None:
        """Take the next text; its number is how many came before."""
        self.add_signature(signature_of(text))

    def add_signature(self, signature: Least) -> None:
        """Take the next text by its `signature_of`, which another process may have made."""
        self._signatures.append(signature)

    def groups(self) -> list[list[int]]:
        """Give the numbers of texts that are nearly the same, in groups of two or more, all in order."""
        if not self._signatures:
            return []
        signatures = np.stack(self._signatures)
        first_of = list(range(len(signatures)))
        for i, j in _proposed(signatures):
            one, other = _root(first_of, i), _root(first_of, j)
            if one != other and np.mean(signatures[i] == signatures[j]) >= LIKE:
                first_of[max(one, other)] = min(one, other)
        groups: dict[int, list[int]] = {}
        for number in range(len(signatures)):
            groups.setdefault(_root(first_of, number), []).append(number)
        return [group for group in groups.values() if len(group) > 1]


def _proposed(signatures: Least) -> Iterator[tuple[int, int]]:
    """Propose pairs: of many texts that are equal in a band each with the first and with its neighbour, not all with all."""
    for run in equal_bands(signatures):
        yield from pairwise(run)
        yield from ((run[0], other) for other in run[2:])


def _root(first_of: list[int], number: int) -> int:
    """Follow a text to the first of its group."""
    while first_of[number] != number:
        first_of[number] = first_of[first_of[number]]  # halves the way for the next time
        number = first_of[number]
    return number
