"""Words that judge, support or attack, found in an article: the word list ``evaluation.tsv`` made for looking up."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from ...data.lexicon import EVALUATIONS, load_evaluations
from ..attribution.word_features import stem

BIT: Mapping[str, int] = {name: 1 << i for i, name in enumerate(EVALUATIONS)}
"""The bit of each class of the word list."""
_LIMIT = 1 << 16
_Phrases = Mapping[tuple[str, str], Sequence[tuple[tuple[str, ...], int]]]


@cache
def _entries() -> tuple[Mapping[str, int], Mapping[str, int], _Phrases]:
    """Give the classes of words, those of their stems, and phrases by their first two words, longest first."""
    words: dict[str, int] = {}
    stems: dict[str, int] = {}
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = {}
    for entry in load_evaluations():
        bits = sum(BIT[name] for name in entry.classes)
        parts = tuple(entry.phrase.split())
        if len(parts) > 1:
            phrases.setdefault((parts[0], parts[1]), []).append((parts, bits))
        else:
            words[entry.phrase] = bits
            stems[stem(entry.phrase)] = stems.get(stem(entry.phrase), 0) | bits
    return words, stems, {first: sorted(found, key=lambda f: -len(f[0])) for first, found in phrases.items()}


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


def phrase_classes(lower: Sequence[str]) -> dict[int, int]:
    """Find the phrases of the word list among tokens.

    Parameters
    ----------
    lower : sequence of str
        In lower case.

    Returns
    -------
    dict of int to int
        Number of each token that stands in a phrase, and the phrase's classes as bits.
    """
    phrases = _entries()[2]
    found: dict[int, int] = {}
    known = phrases.keys()
    for at in [at for at, pair in enumerate(pairwise(lower)) if pair in known]:
        for parts, bits in phrases[lower[at], lower[at + 1]]:
            if tuple(lower[at : at + len(parts)]) == parts:
                found.update(dict.fromkeys(range(at, at + len(parts)), bits))
                break
    return found
