"""How a word casts somebody who is mentioned near it: as who does it, who suffers it, or whom it describes."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ...data.lexicon import cells
from ..attribution.word_features import stem
from .evaluative_words import BIT, classes_of

SUBJECT, OBJECT, BEARER = "subject", "object", "bearer"
_LIMIT = 1 << 12
_DOUBLED = 4  # letters of a stem from which on two alike at its end may be one
_NEGATED = 3  # tokens that a negator reaches
_BY_WITHIN = 2  # tokens behind a participle in which *by* tells who did it
_MOST_CLAUSES = 2  # between a word and a mention; beyond, more make no difference
_ENDS_CLAUSE = frozenset(
    ', ; : — – - ( ) “ ” " that who which and but while because as when after before if though although whether or so '
    "than where".split()
)
_PASSIVE = frozenset("is are was were be been being am get got gets getting".split())
_PREPOSITIONS = frozenset(
    "of against for on to with by from over about at in toward towards into under behind between like".split()
)
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_IRREGULAR = frozenset(
    "beset bitten caught chosen fought given held hit hung hurt lost misled put set shot slain struck sued stuck swept "
    "taught thrown torn won".split()
)
_STRIKING = frozenset({"against", "at", "on"})  # *an attack on the mayor*: who stands behind them suffers it


class Connotation(NamedTuple):
    """Whom a word casts well or badly.

    Parameters
    ----------
    of : str
        ``subject``, ``object`` or ``bearer``.
    sign : int
        1 for well, -1 for badly.
    """

    of: str
    sign: int


class Place(NamedTuple):
    """Where a word stands, as seen from a mention.

    Parameters
    ----------
    how : str
        ``<`` before or ``>`` behind it, and what joins them.
    clauses : int
        Ends of clauses between them, at most 2.
    """

    how: str
    clauses: int


@cache
def _entries() -> dict[str, tuple[Connotation, ...]]:
    """Give what the word list says, by stem."""
    found: dict[str, dict[Connotation, None]] = {}
    for word, classes in cells("connotations.tsv"):
        told = found.setdefault(stem(word), {})
        told.update((Connotation(one[:-1], 1 if one[-1] == "+" else -1), None) for one in classes.split(","))
    return {word: tuple(sorted(told)) for word, told in found.items()}


@lru_cache(maxsize=_LIMIT)
def connotations(word: str) -> tuple[Connotation, ...]:
    """Tell whom a word in lower case casts well or badly; of one with hyphens, what its parts do.

    Examples
    --------
    >>> connotations("sued")
    (Connotation(of='object', sign=-1),)
    """
    parts = filter(None, word.split("-")) if "-" in word else ()
    return tuple(sorted({one for part in (word, *parts) for one in _listed(stem(part))}))


def _listed(stemmed: str) -> tuple[Connotation, ...]:
    """Look a stem up, also without the letter that an ending doubled: *banned*, *slamming*."""
    known = _entries()
    if stemmed in known or len(stemmed) < _DOUBLED or stemmed[-1] != stemmed[-2]:
        return known.get(stemmed, ())
    return known.get(stemmed[:-1], ())


def place_of(lower: Sequence[str], at: int, start: int, end: int) -> Place:
    """Tell where a word stands, as seen from a mention.

    Parameters
    ----------
    lower : sequence of str
        The tokens of the sentence, in lower case.
    at : int
        The word.
    start, end : int
        First token of the mention, and the one after the last.

    Examples
    --------
    >>> place_of("the mayor was praised by many".split(), 3, 0, 2)
    Place(how='>be by', clauses=0)
    """
    is_before = at < start
    between = lower[at + 1 : start] if is_before else lower[end:at]
    clauses = min(sum(word in _ENDS_CLAUSE for word in between), _MOST_CLAUSES)
    if is_before:
        joined = next((word for word in reversed(between) if word in _PREPOSITIONS), "")
        return Place("<beside" if not between else f"<{joined}", clauses)
    if lower[end] in _POSSESSIVES:
        return Place(">own", clauses)
    if not _PASSIVE.isdisjoint(between):
        return Place(">be by" if "by" in lower[at + 1 : at + 1 + _BY_WITHIN] else ">be", clauses)
    return Place(">" if _PREPOSITIONS.isdisjoint(between) else ">prep", clauses)


def is_negated(lower: Sequence[str], at: int) -> bool:
    """Tell whether a negator stands shortly before a word."""
    return any(classes_of(word) & BIT["negator"] for word in lower[max(0, at - _NEGATED) : at])


def casts(of: str, sign: int, word: str, how: str) -> bool:
    """Tell whether a word at a place speaks of whom is mentioned, and not of somebody else.

    Parameters
    ----------
    of, sign
        See `Connotation`.
    word : str
    how : str
        See `Place`.

    Examples
    --------
    >>> casts("object", -1, "sued", ">be"), casts("object", -1, "sued", ">")
    (True, False)
    """
    if of == OBJECT:
        passive = how == ">be by" or (how == ">be" and _is_participle(word))
        return passive or how in ("<", "<beside") or (sign < 0 and how[1:] in _STRIKING)
    if of == SUBJECT:
        return how == ">" or (how in (">be", "<beside") and word.endswith("ing"))
    return how not in (">prep", ">be by")


def _is_participle(word: str) -> bool:
    return word.endswith(("ed", "en")) or word in _IRREGULAR
