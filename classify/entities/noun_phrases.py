"""A source phrase by itself: what can be told of it before one asks whom the article names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..language.source_types import head_noun
from ..language.source_words import TITLES, SourceMatch, cut_of, is_name
from .appositions import names_in

PRONOUNS = {
    "he": "person",
    "she": "person",
    "it": "body",
    "they": "many",
    "who": "relative",
    "which": "relative",
    "i": "self",
    "we": "self",
    "him": "person",
    "her": "person",
    "them": "many",
    "his": "person",
    "their": "many",
    "its": "body",
}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "same", "both"})
_PART = frozenset("one two three some several many most all half both others".split())
_DOCUMENTS = frozenset(
    "report study survey poll review paper analysis assessment statement audit bulletin figures data".split()
)


class Asked(NamedTuple):
    """Whom a phrase without a name asks for: *the* ``definite`` *farmers’ union* (``nouns``)."""

    nouns: tuple[str, ...]
    definite: bool
    known: SourceMatch | None


class Phrase(NamedTuple):
    """A source phrase, taken apart.

    Parameters
    ----------
    words : tuple of str
        Without the ’s behind it.
    content : tuple of str
        The words without titles and *the*.
    pronoun : str
        Lower case; empty for a phrase that is none.
    names : tuple of sequence of str
        The names in it that can be its own.
    document : str
        What was written, where it is that: *report*.
    part_of : tuple of str or None
        What is behind *one of*, *some of*.
    asked : Asked or None
        None where the phrase asks for nobody met before.
    is_name : bool
        All of the content is capitalised.
    """

    words: tuple[str, ...]
    content: tuple[str, ...]
    pronoun: str
    names: tuple[Sequence[str], ...]
    document: str
    part_of: tuple[str, ...] | None
    asked: Asked | None
    is_name: bool


@lru_cache(maxsize=8192)
def phrase_of(printed: tuple[str, ...]) -> Phrase:
    """Take a source phrase apart; its words, one or more, as printed."""
    words = printed[:-1] if len(printed) > 1 and printed[-1] in {"’s", "'s", "’"} else printed
    lower = tuple([w.lower() for w in words])
    content = tuple([w for w, low in zip(words, lower, strict=True) if low not in TITLES])
    cut, noun = cut_of(words), head_noun(words)
    head = words[noun.last - 1].lower() if noun else ""
    document = head if head in _DOCUMENTS else ""
    is_part = lower[0] in _PART and lower[cut : cut + 1] == ("of",)
    return Phrase(
        words=words,
        content=content,
        pronoun=_pronoun(content),
        names=tuple(names_in(words, len(words) if document else cut)),
        document=document,
        part_of=words[cut + 1 :] if is_part else None,
        asked=None if is_part else _asked(lower[:cut], len(words), noun),
        is_name=all(is_name(w) for w in content),
    )


def _pronoun(content: Sequence[str]) -> str:
    alone = content[0].lower() if len(content) == 1 else ""
    return alone if alone in PRONOUNS else ""


def _asked(head: tuple[str, ...], size: int, noun: SourceMatch | None) -> Asked | None:
    nouns = tuple([w for w in head if w not in _DEFINITE and w not in TITLES])
    definite = head[0] in _DEFINITE
    if not nouns or not (definite or size == 1) or "’s" in nouns or "'s" in nouns:
        return None
    return Asked(nouns, definite, noun)
