"""The head of a noun phrase: its words up to the first preposition or clause, and the noun in it that decides."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .person_names import known_in
from .phrase_forms import Judged
from .source_words import LAWYERS, OWNERS, PLACES, POSSESSIVE, SourceMatch, cut_of

Named = Callable[[Sequence[str]], str | None]
"""Tells the type of a name that the lists do not know."""
ANYBODY = frozenset({"individual", "unnamed"})
"""Types that say of nobody in particular what they are."""
_PREPOSITIONS = frozenset("to by in on for from with at about".split())


def head_end(words: Sequence[str], matches: Sequence[SourceMatch]) -> int:
    """Give the token behind the head of a phrase: before *of*, *who*, a comma, or a participle: *brokers* **selling** *it*.

    Parameters
    ----------
    words : sequence of str
    matches : sequence of SourceMatch
        What the word lists know in it; a name with *of* in it is not cut: *Council of Europe*.
    """
    cut = cut_of(words)
    for m in matches:
        if m.first < cut < m.last:
            cut = m.last + (cut_of(words[m.last :]) if m.last < len(words) else 0)
    for m in matches:
        if 0 < m.last < cut and m.sort in {"role", "body"} and _is_participle(words, m.last):
            return m.last
    return cut


def _is_participle(words: Sequence[str], at: int) -> bool:
    """Tell *doctors* **testifying** *…*, *experts* **attached** *to …*."""
    word = words[at]
    if not word.islower() or at + 1 >= len(words) or len(word) < 6:
        return False
    return (word.endswith("ing") and not known_in((word,))) or (word.endswith("ed") and words[at + 1] in _PREPOSITIONS)


class NounPhrase(NamedTuple):
    """A phrase without commas, taken apart: *Kyiv’s* (owner) *deputy mayor* (head) *for transport* (behind).

    Parameters
    ----------
    words : sequence of str
    owned : int
        First token behind the possessive; 0 without one.
    cut : int
        The token after the head.
    entries : list of SourceMatch
        What the word lists know in the head.
    nouns : list of SourceMatch
        Those of them that are no places; the last one is the ``core``.
    named : callable or None
        Tells the type of a name that the lists do not know.
    """

    words: Sequence[str]
    owned: int
    cut: int
    entries: list[SourceMatch]
    nouns: list[SourceMatch]
    named: Named | None

    @classmethod
    def of(cls, words: Sequence[str], cut: int, named: Named | None, matches: Sequence[SourceMatch]) -> "NounPhrase":
        """Take a phrase apart whose head ends before token ``cut``."""
        owned = owner_end(words, cut, matches)
        entries = [m for m in matches if owned <= m.first < cut]
        return cls(words, owned, cut, entries, [m for m in entries if m.sort not in PLACES], named)

    @property
    def owner(self) -> Sequence[str]:
        """What stands up to the possessive: *Kyiv’s*, *its*."""
        return self.words[: self.owned]

    @property
    def head(self) -> Sequence[str]:
        """What the phrase is about, without its owner."""
        return self.words[self.owned : self.cut]

    @property
    def behind(self) -> Sequence[str]:
        """What is hung on the head: *of the ministry*, *who heads it*."""
        return self.words[self.cut :]

    @property
    def core(self) -> SourceMatch:
        """The noun that decides."""
        return self.nouns[-1]

    @property
    def is_lawyer(self) -> bool:
        """The core is a lawyer, who speaks for clients of all sorts."""
        return self.words[self.core.last - 1].lower() in LAWYERS

    @property
    def strong(self) -> Judged | None:
        """The type of the last noun before the core that tells one by itself: *police spokesman*."""
        types = [m.source_type for m in self.nouns[:-1] if not m.weak and m.source_type not in ANYBODY]
        return Judged(types[-1], True) if types else None


def owner_end(words: Sequence[str], cut: int, found: Sequence[SourceMatch]) -> int:
    """Give the token after the last possessive of the head (*Kyiv’s mayor*); 0 without one."""
    if words[0].lower() in OWNERS:
        return 1
    if POSSESSIVE.isdisjoint(words):
        return 0  # most phrases
    for at in range(cut - 2, 0, -1):
        if words[at] in POSSESSIVE and not any(f.first < at < f.last for f in found):
            return at + 1
    return 0


def head_noun(words: Sequence[str]) -> SourceMatch | None:
    """Give the noun that a phrase is about, as the lists have it: *the union’s* **president**."""
    return _head_noun(tuple(words))


@lru_cache(maxsize=2048)
def _head_noun(words: tuple[str, ...]) -> SourceMatch | None:
    if not words:
        return None
    found = known_in(words)
    cut = head_end(words, found)
    if cut == 1 < len(words):  # a word alone may be something else than one that opens a phrase
        found = known_in(words[:1])
    elif cut < len(words):  # no entry goes beyond the head
        found = tuple([f for f in found if f.last <= cut])
    owned = owner_end(words, cut, found)
    return next((f for f in reversed(found) if f.first >= owned and f.sort not in PLACES), None)
