"""How surely a word judges where a reporter uses it: the word lists of loaded words, made for looking up."""

from collections.abc import Iterator, Mapping
from functools import cache

from ...data.lexicon import STRENGTHS, load_loaded_words
from .evaluative_words import Phrases

UNLISTED, BY_PART, WEAK, STRONG = range(4)
"""How a word is known: not at all, by a part of it or what it is made from, by itself or as a part of a phrase."""
_GRADE = dict(zip(STRENGTHS, (UNLISTED, WEAK, STRONG), strict=True))
_MADE_WITH = ("ly", "ness", "ish", "ity", "er", "ers", "ed", "ing", "like", "dom", "ism")
_LEAST = 4  # letters that must be left of a word


@cache
def _entries() -> tuple[Mapping[str, int], Phrases]:
    """Give the strengths of words, and the phrases."""
    words: dict[str, int] = {}
    inflected: dict[str, int] = {}
    phrases: list[tuple[tuple[str, ...], int]] = []
    for entry in load_loaded_words():
        parts = tuple(entry.phrase.split())
        if len(parts) > 1:
            phrases.append((parts, _GRADE[entry.strength]))
        else:
            strength = words[entry.phrase] = _GRADE[entry.strength]
            for form in _inflected(entry.phrase):
                inflected[form] = min(strength, inflected.get(form, strength))
    return inflected | words, Phrases(phrases)


def _inflected(word: str) -> Iterator[str]:
    """Give the forms that a word may have besides its own: *blunders, blundered, blundering*.

    What is cut off a form leads to other words (*lefty*, left; *posing*, pose), so forms are made, not stemmed.
    """
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word[:-1] + "ier", word[:-1] + "iest", word + "ing")
    elif word.endswith("e"):
        yield from (word + "s", word + "d", word[:-1] + "ing")
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        yield from (word + "es", word + "ed", word + "ing")
    else:
        yield from (word + "s", word + "ed", word + "ing")


def strength_of(word: str) -> int:
    """Tell how a word in lower case is known as loaded: `UNLISTED`, `BY_PART`, `WEAK` or `STRONG`.

    >>> strength_of("blunders") == STRONG, strength_of("chaos") == WEAK, strength_of("left") == UNLISTED
    (True, True, True)
    """
    known = _entries()[0].get(word)
    if known is None:
        known = BY_PART if _has_strong_part(word) or _is_made_from_strong(word) else UNLISTED
    return known


def _has_strong_part(word: str) -> bool:
    """*a bully-and-bluster campaign*."""
    words = _entries()[0]
    return "-" in word and any([words.get(part) == STRONG for part in word.split("-")])


def _is_made_from_strong(word: str) -> bool:
    """*buffoonishly*, *snobbishness*: what is left without an ending is a strong word."""
    if not word.endswith(_MADE_WITH):
        return False
    words = _entries()[0]
    for ending in _MADE_WITH:
        base = word.removesuffix(ending)
        if len(word) > len(base) >= _LEAST and STRONG in (
            words.get(base),
            words.get(base + "e"),
            words.get(base[:-1] + "y"),
        ):
            return True
    return False


def loaded_phrases() -> Phrases:
    """Give the phrases of the lists, each with its strength.

    It is `WEAK`, `STRONG`, or `UNLISTED` for a phrase that is a plain term, whatever its words are: *petty officer*.
    """
    return _entries()[1]
