"""A source phrase by itself: what can be told of it before one asks whom the article names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..language.person_names import is_first_name, known_in, without_nickname
from ..language.phrase_heads import head_noun
from ..language.source_words import MARKS, TITLES, SourceMatch, cut_of, is_name, may_end_entry
from ..language.surveys import without_relay
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
_FEW = frozenset({("a", "few"), ("a", "handful"), ("the", "others"), ("quite", "a", "few"), ("few",)})
_DOCUMENTS = frozenset(
    "report study survey poll review paper analysis assessment statement audit bulletin figures data tweet tweets post "
    "posts page account website letter lawsuit suit complaint filing filings memo email release newsletter opinion "
    "article column editorial book blog speech testimony".split()
)


_WHEN = frozenset("today yesterday tonight now also later then still again too".split())
_NO_ADVERBS = frozenset("family assembly supply monopoly anomaly butterfly homily elderly daily weekly monthly".split())
_HONORIFICS = frozenset(
    "rt hon rt. hon. right honourable honorable dato datuk seri alhaji alhaja shri smt engr barr arc mx".split()
)
_BACKERS = frozenset("supporters opponents critics backers defenders detractors advocates proponents foes".split())
_RANKS = frozenset("maj brig cmdr adm sgt cpl pvt insp supt det capt lt col gen rev sen rep gov".split())
_MARKS = frozenset({".", "’", "'"})
_CLOSING = frozenset({"’s", "'s", "’", "himself", "herself", "itself", "themselves"})


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
        Without the ’s or *himself* behind it.
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
    is_part : bool
        It is *some*, *many*, *others* and no more.
    """

    words: tuple[str, ...]
    content: tuple[str, ...]
    pronoun: str
    names: tuple[Sequence[str], ...]
    document: str
    part_of: tuple[str, ...] | None
    asked: Asked | None
    is_name: bool
    is_part: bool

    @property
    def is_couple(self) -> bool:
        """Tell *Ana and Josip Kralj*."""
        words = self.words
        return (
            len(words) == 4
            and words[1] == "and"
            and is_first_name(words[0])
            and is_first_name(words[2])
            and is_name(words[3])
        )


@lru_cache(maxsize=2048)
def phrase_of(printed: tuple[str, ...]) -> Phrase:
    """Take a source phrase apart; its words, one or more, as printed."""
    words = _bare(without_relay(printed))
    lower = tuple([w.lower() for w in words])
    content = tuple([w for w, low in zip(words, lower, strict=True) if low not in TITLES])
    cut, noun = cut_of(words), head_noun(words)
    head = words[noun.last - 1].lower() if noun else ""
    head = head if head in _DOCUMENTS else words[cut - 1].lower()
    document = head if head in _DOCUMENTS else ""
    is_part = lower[0] in _PART and lower[cut : cut + 1] == ("of",)
    return Phrase(
        words=words,
        content=content,
        pronoun=_pronoun(content),
        names=_names(words, cut, document),
        document=document,
        part_of=words[cut + 1 :] if is_part else None,
        asked=None if is_part else _asked(lower[:cut], len(words), noun),
        is_name=all(map(is_name, content)),
        is_part=(len(lower) == 1 and lower[0] in _PART) or lower in _FEW,
    )


def _names(words: Sequence[str], cut: int, document: str) -> tuple[Sequence[str], ...]:
    """Give the names of a phrase, the one behind a role first: *Law Society of Kenya president* **Eric Theo**."""
    if not any(map(is_name, words)):
        return ()
    if words[0].lower() in _BACKERS and words[1:2] == ("of",):
        return ()  # *opponents of Senator Ray Holt* are not he
    found = names_in(words, len(words) if document else cut, owners=bool(document))
    found = [name for name in found if not all(word.rstrip(".").lower() in _RANKS for word in name)]
    titled = _titled_name(words)
    of_another = bool(titled) and bool(found) and "and" in words and found[0][0] in words[: words.index("and")]
    return (*found, *titled) if of_another else (*titled, *found)


def _titled_name(words: Sequence[str]) -> tuple[Sequence[str], ...]:
    """Give the name behind a role, whatever stands before that: *Law Society of Kenya president* **Eric Theo**."""
    end = next((k for k, w in enumerate(words) if w in MARKS), len(words))
    start = end
    while start and is_name(words[start - 1]):
        start -= 1
    if not 0 < start < end:
        return ()
    if words[start - 1] in {"of", "the"}:  # Secretary of State Jo Roe, ambassador to the United Nations Jo Roe
        found = known_in(words[:end])
        roles = [m.last for m in found if m.sort == "role" and start < m.last < end]
        begins = roles[-1:] or [k for k in range(start + 1, end - 1) if is_first_name(words[k])][:1]
        return (words[begins[0] : end],) if begins else ()
    if not words[start - 1].islower() or not may_end_entry(words[start - 1]):
        return ()
    behind_role = any(m.sort == "role" and m.last == start for m in known_in(words[:end]))
    return (words[start:end],) if behind_role else ()


def _bare(printed: tuple[str, ...]) -> tuple[str, ...]:
    """Take off what does not belong to a noun phrase: *Rt. Hon.* Kit Vane, the firm *itself*, Holm Corp *today*."""
    first, last = 0, len(printed)
    while last > 1 and (printed[last - 1].lower() in _CLOSING or _is_adverb(printed[last - 1])):
        last -= 1
    while first + 1 < last and (printed[first] in _MARKS or printed[first].lower().rstrip(".") in _HONORIFICS):
        first += 1
    if first and first + 2 < last and printed[first] in {"Sri", "Seri"}:  # Dato’ Sri Ali Roe; but: Sri Lanka
        first += 1
    return tuple(without_nickname(printed[first:last]))


@lru_cache(maxsize=2048)
def _is_adverb(word: str) -> bool:
    """Tell *today* and *triumphantly* from *family*."""
    if word in _WHEN:
        return True
    return word.islower() and word.endswith("ly") and len(word) > 5 and word not in _NO_ADVERBS and not head_noun((word,))


def _pronoun(content: Sequence[str]) -> str:
    if len(content) != 1 or (content[0].isupper() and len(content[0]) > 1):  # the WHO
        return ""
    alone = content[0].lower()
    return alone if alone in PRONOUNS else ""


def _asked(head: tuple[str, ...], size: int, noun: SourceMatch | None) -> Asked | None:
    nouns = tuple([w for w in head if w not in _DEFINITE and w not in TITLES])
    definite = head[0] in _DEFINITE
    if not nouns or not (definite or size == 1) or "’s" in nouns or "'s" in nouns:
        return None
    return Asked(nouns, definite, noun)
