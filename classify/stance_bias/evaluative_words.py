"""Words that judge, support or attack, found in an article: the word list ``evaluation.tsv`` made for looking up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from ...data.lexicon import EVALUATIONS, load_evaluations
from ..attribution.word_features import stem

BIT: Mapping[str, int] = {name: 1 << i for i, name in enumerate(EVALUATIONS)}
"""The bit of each class of the word list."""
_LIMIT = 1 << 11


class Phrases:
    """Phrases of a word list, for finding in articles.

    Parameters
    ----------
    entries : iterable of (tuple of str, int)
        The words of each phrase, two at least, and what the list says of it.

    Attributes
    ----------
    first, second : frozenset of str
        The words that begin a phrase, and those that stand second.
    """

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], int]]) -> None:
        self._by_pair: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = {}
        for parts, told in sorted(entries, key=lambda entry: -len(entry[0])):
            self._by_pair.setdefault((parts[0], parts[1]), []).append((parts, told))
        self.first = frozenset(first for first, _ in self._by_pair)
        self.second = frozenset(second for _, second in self._by_pair)

    def find(self, lower: Sequence[str], places: Iterable[int] | None = None) -> Iterator[tuple[int, int, int]]:
        """Find the longest phrase wherever one begins.

        Parameters
        ----------
        lower : sequence of str
            Tokens in lower case.
        places : iterable of int, optional
            Where to look; everywhere without it. None is the last token.

        Yields
        ------
        (int, int, int)
            First token of a phrase, the one after its last, and what the list says of it.
        """
        for at in range(len(lower) - 1) if places is None else places:
            for parts, told in self._by_pair.get((lower[at], lower[at + 1]), ()):
                if tuple(lower[at : at + len(parts)]) == parts:
                    yield at, at + len(parts), told
                    break


@cache
def _entries() -> tuple[Mapping[str, int], Mapping[str, int], Phrases]:
    """Give the classes of words, those of their stems, and the phrases."""
    words: dict[str, int] = {}
    stems: dict[str, int] = {}
    phrases: list[tuple[tuple[str, ...], int]] = []
    for entry in load_evaluations():
        bits = sum(BIT[name] for name in entry.classes)
        parts = tuple(entry.phrase.split())
        if len(parts) > 1:
            phrases.append((parts, bits))
        else:
            words[entry.phrase] = bits
            stems[stem(entry.phrase)] = stems.get(stem(entry.phrase), 0) | bits
    return words, stems, Phrases(phrases)


def evaluative_phrases() -> Phrases:
    """Give the phrases of the word list, each with its classes as bits."""
    return _entries()[2]


@lru_cache(maxsize=_LIMIT)
def classes_of(word: str) -> int:
    """Give the classes of a word in lower case as bits; 0 for none.

    >>> classes_of("accusing") == BIT["attack"]
    True
    """
    return classes_of_form(word, stem(word))


def classes_of_form(word: str, stemmed: str) -> int:
    """Give what `classes_of` gives of a word whose `words.stem` is known."""
    words, stems, _ = _entries()
    found = words.get(word)
    return stems.get(stemmed, 0) if found is None else found


@lru_cache(maxsize=_LIMIT)
def classes_of_parts(word: str) -> int:
    """Give the classes of the parts of a word with hyphens: *penny-pinching*."""
    bits = 0
    for part in word.split("-") if "-" in word else ():
        bits |= classes_of(part)
    return bits


def phrase_classes(lower: Sequence[str], places: Iterable[int] | None = None) -> dict[int, int]:
    """Find the phrases of the word list among tokens.

    Parameters
    ----------
    lower : sequence of str
        In lower case.
    places : iterable of int, optional
        Where to look; everywhere without it.

    Returns
    -------
    dict of int to int
        Number of each token that stands in a phrase, and the phrase's classes as bits.
    """
    found: dict[int, int] = {}
    for first, last, bits in evaluative_phrases().find(lower, places):
        found.update(dict.fromkeys(range(first, last), bits))
    return found
