"""What kind of source a phrase names: word lists, and which word of the phrase they are asked about."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .source_words import (
    ACADEMIC,
    MADE,
    MARKS,
    OWNERS,
    PLACES,
    POSSESSIVE,
    TITLES,
    Found,
    cut_of,
    is_fraction,
    is_name,
    look_up,
    type_by_ending,
)

__all__ = ["Judged", "Named", "head_noun", "judge", "look_up", "type_of_phrase"]

Named = Callable[[Sequence[str]], str | None]  # tells the type of a name that the lists do not know
_RELATIVE = frozenset({"who", "which", "that", "whose"})
_UNNAMED = frozenset("some many others several few most those both anonymous unidentified unnamed".split())
_PARTS = _UNNAMED | frozenset("one two three four five six seven all half another".split())
_PEOPLE = frozenset("person people somebody someone individual individuals one man woman".split())
_HINTS = frozenset(
    "knowledge familiar briefed close closest contacts access involved aware anonymity anonymously room "
    "privy insiders".split()
)
_SEEN = frozenset("seen read attended named identified mentioned counted worked known".split())
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_STUDIES = frozenset("teaches taught studies studied researches tracks follows covers models analyses lectures".split())
_LEADS = frozenset("leads led heads headed runs chairs directs founded represents represented".split())
_OBSERVES = frozenset("tracks monitors observes documents measures surveys watches counts follows investigates".split())
_LIVES = frozenset(
    "lives lived keeps grows grew lost owns owned sells sold drives bought fled survived cleans rents born grazes fishes "
    "farms escaped waited is".split()
)
_LAWYERS = frozenset("lawyer lawyers attorney attorneys solicitor barrister counsel".split())
_PARTY = re.compile(r"[RDI]-[A-Z]")


class Judged(NamedTuple):
    """What the words of a phrase say; ``sure`` where a word of one meaning says it."""

    source_type: str
    sure: bool


def type_of_phrase(words: Sequence[str], named: Named | None = None) -> str | None:
    """Tell what kind of source a noun phrase names, by its words alone.

    Parameters
    ----------
    words : sequence of str
        Tokens of the phrase, as printed.
    named : callable, optional
        Gives the type of a name or of ``its``, ``his``, ``their``, as the article has it.

    Returns
    -------
    str or None
        None where the word lists know nothing of it.

    Examples
    --------
    >>> type_of_phrase("a spokesman for the Interior Ministry".split())
    'state'
    """
    judged = judge(words, named)
    return judged.source_type if judged else None


def judge(words: Sequence[str], named: Named | None = None) -> Judged | None:
    """Tell what `type_of_phrase` tells, and how surely.

    The head (before ``of``, ``for``, ``who`` …) decides; where its noun is weak (a spokesman, an official), the words
    around it do. Of the parts between commas the first that tells anything counts.
    """
    alone = _alone(tuple(words))
    return _judge(words, named) if isinstance(alone, _AskedError) else alone


class _AskedError(Exception):
    """The words alone do not tell: one has to ask whom the article names."""


def _ask(words: Sequence[str]) -> str | None:
    raise _AskedError


@lru_cache(maxsize=16384)
def _alone(words: tuple[str, ...]) -> Judged | _AskedError | None:
    """Judge a phrase that needs no article; phrases come again and again."""
    try:
        return _judge(words, _ask)
    except _AskedError as asked:
        return asked.with_traceback(None)


def _judge(words: Sequence[str], named: Named | None) -> Judged | None:
    if any([_PARTY.match(word) for word in words if word[1:2] == "-"]):
        return Judged("political", True)
    hidden = _anonymous(words)
    if hidden:
        return hidden
    weak: Judged | None = None
    for part in _parts(words):
        judged = _judge_part(part, named)
        if judged and judged.sure:
            return judged
        weak = weak or judged
    return weak or _by_life(words)


def _parts(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a phrase at its commas, brackets and dashes."""
    start = 0
    for at, word in enumerate(words):
        if word in MARKS:
            if at > start:
                yield words[start:at]
            start = at + 1
    if start < len(words):
        yield words[start:]


def _by_life(words: Sequence[str]) -> Judged | None:
    """A person of whom only the age is told speaks for themselves: *Hanna Kos, 43,*."""
    aged = any(w.isdigit() and 10 < int(w) < 110 and words[i - 1] == "," for i, w in enumerate(words) if i)
    return Judged("individual", False) if aged else None


def _judge_part(words: Sequence[str], named: Named | None) -> Judged | None:
    lower = words[0].lower()
    if lower in _RELATIVE:
        return _clause(words[1:], named)
    cut = cut_of(words)
    if lower in _PARTS and cut == 1 < len(words) - 1 and words[1].lower() == "of":
        return _judge_part(words[cut + 1 :], named) or Judged("unnamed", False)
    found = look_up(words)
    owned = _owner_end(words, cut, found)
    head = [f for f in found if owned <= f.first < cut]
    nouns = [f for f in head if f.sort not in PLACES]
    if not nouns:
        return _without_noun(words, cut, owned, head, found, named)
    core = nouns[-1]
    endings = type_by_ending(words[core.first : cut]) if cut > core.last or core.weak else None
    if endings and core.sort not in {"role", "person"}:
        return Judged(endings, True)
    if not core.weak:
        return Judged(core.source_type, True)
    return _around(words, core, nouns[:-1], head, owned, cut, named)


def _anonymous(words: Sequence[str]) -> Judged | None:
    """*people with knowledge of the talks*, *a banker who has seen the text*; fractions of those asked."""
    lower = [w.lower() for w in words]
    fraction = is_fraction(lower)
    told = not _HINTS.isdisjoint(lower) or not (_RELATIVE.isdisjoint(lower) or _SEEN.isdisjoint(lower))
    if not (fraction or told):
        return None
    cut = cut_of(words)
    head = look_up(words[:cut])
    if fraction:
        return None if any(f.source_type not in {"individual", "unnamed"} for f in head) else Judged("monitor", False)
    known = any(
        f.source_type not in {"individual", "unnamed"}
        and (f.sort != "role" or (not f.weak and f.source_type != "organisation"))
        for f in head
    )
    if known or any(is_name(w) for w in words[1:cut]) or not (head or any(w in _PEOPLE for w in lower[:cut])):
        return None
    return Judged("unnamed", True)


def _owner_end(words: Sequence[str], cut: int, found: Sequence[Found]) -> int:
    """Give the token after the last possessive of the head (*Kyiv’s mayor*); 0 without one."""
    if words[0].lower() in OWNERS:
        return 1
    for at in range(cut - 2, 0, -1):
        if words[at] in POSSESSIVE and not any(f.first < at < f.last for f in found):
            return at + 1
    return 0


def _without_noun(
    words: Sequence[str],
    cut: int,
    owned: int,
    head: Sequence[Found],
    found: Sequence[Found],
    named: Named | None,
) -> Judged | None:
    """A name that the lists do not hold, a place, *some*, or a name with its description behind it."""
    ending = type_by_ending(words[owned:cut])
    if ending:
        return Judged(ending, True)
    if head and not owned and _is_bare(words[:cut], head):
        return Judged("state", False)
    told = named(words[owned:cut]) if named and not head and owned < cut else None
    if told:
        return Judged(told, False)
    owner = _owner(words[:owned], None) if owned and look_up(words[:owned]) else None
    if owner and owner in {"media", "organisation", "monitor", "political", "expert"}:
        return Judged(owner, False)  # the Courier’s Ian Roe
    if any(w.endswith("year-old") for w in words[:cut]):
        return Judged("individual", False)
    if cut + 1 < len(words):
        if words[cut].lower() in _RELATIVE:
            return _clause(words[cut + 1 :], named)
        if words[cut].lower() in {"of", "for", "at", "with", "by"} and not head:
            if any(w.lower() in ACADEMIC for w in words[cut:]):
                return Judged("expert", False)
            behind = _judge_part(words[cut + 1 :], named)
            return Judged(behind.source_type, False) if behind else None
    return Judged("unnamed", False) if words[0].lower() in _UNNAMED else None


def _clause(words: Sequence[str], named: Named | None) -> Judged | None:
    """*who teaches energy law*, *who heads the farmers’ union*."""
    verb = next((i for i, w in enumerate(words[:4]) if w.lower() in _STUDIES | _LEADS | _LIVES), None)
    if verb is None:
        return None
    word = words[verb].lower()
    if word in _STUDIES:
        return Judged("expert", True)
    if word in _LIVES:
        return Judged("individual", False) if word != "is" or "".join(words[verb + 1 : verb + 2]).isdigit() else None
    led = words[verb + 1 :]
    return _judge_part(led, named) if led and (is_name(led[0]) or led[0] in _DETERMINERS) else None


def _is_bare(words: Sequence[str], places: Sequence[Found]) -> bool:
    """A place stands for its government only where it stands alone: *Kyiv*, *the Kremlin*."""
    covered = sum(f.last - f.first for f in places if f.sort != "demonym")
    return covered >= len([w for w in words if w.lower() not in TITLES])


def _around(
    words: Sequence[str],
    core: Found,
    before: Sequence[Found],
    head: Sequence[Found],
    owned: int,
    cut: int,
    named: Named | None,
) -> Judged:
    """A weak noun takes the type of what it is hung on."""
    lawyer = words[core.last - 1].lower() in _LAWYERS
    strong = [f for f in before if not f.weak and f.source_type not in {"individual", "unnamed"}]
    if strong and core.sort == "role":
        return Judged(strong[-1].source_type, True)
    owner = _owner(words[:owned], named) if owned else None
    if owner:
        if core.sort == "body" and owner == "individual":
            return Judged("organisation", True)  # the teachers’ council
        return Judged("individual" if lawyer and owner == "political" else owner, words[0].lower() not in OWNERS)
    if core.source_type == "expert" and any(w.lower() in ACADEMIC for w in words[cut:]):
        return Judged("expert", True)
    behind = _complement(words, cut, named)
    if behind and behind.source_type != "individual" and not (lawyer and behind.source_type in {"state", "unnamed"}):
        return Judged(behind.source_type, True)
    if strong:
        return Judged(strong[-1].source_type, True)
    if core.sort == "role" and core.source_type == "organisation" and not lawyer and any(f.sort in PLACES for f in head):
        return Judged("state", False)
    if core.sort == "body" and _observes(words, cut):
        return Judged("monitor", True)
    if core.sort == "role" and core.source_type in {"organisation", "state"} and before:
        return Judged(before[-1].source_type, False)
    return Judged(core.source_type, False)


def _observes(words: Sequence[str], cut: int) -> bool:
    """*a group that tracks arrests*."""
    return cut + 1 < len(words) and words[cut].lower() in _RELATIVE and words[cut + 1].lower() in _OBSERVES


def _complement(words: Sequence[str], cut: int, named: Named | None) -> Judged | None:
    """What stands behind *of*, *for*, *by*: *a report published on Monday by the auditors*."""
    if cut + 1 >= len(words):
        return None
    if words[cut].lower() in MADE:
        cut = next((i for i in range(cut + 1, min(cut + 6, len(words) - 1)) if words[i].lower() == "by"), len(words))
    elif words[cut].lower() not in {"of", "for", "at", "with", "from", "by", "to"}:
        return None
    return _judge_part(words[cut + 1 :], named) if cut + 1 < len(words) else None


def _owner(words: Sequence[str], named: Named | None) -> str | None:
    """Type of a possessor: *Kyiv’s*, *the union’s*, *its*."""
    phrase = words[:-1] if words[-1] in POSSESSIVE else words
    if phrase[0].lower() in OWNERS:
        return named(phrase) if named else None
    judged = _judge_part(phrase, named)
    if judged is None and (found := look_up(phrase)) and found[-1].sort in PLACES and found[-1].last == len(phrase):
        return "state"
    return judged.source_type if judged else None


def head_noun(words: Sequence[str]) -> Found | None:
    """Give the noun that a phrase is about, as the lists have it: *the union’s* **president**."""
    return _head_noun(tuple(words))


@lru_cache(maxsize=16384)
def _head_noun(words: tuple[str, ...]) -> Found | None:
    if not words:
        return None
    cut = cut_of(words)
    found = look_up(words[:cut])
    owned = _owner_end(words, cut, found)
    return next((f for f in reversed(found) if f.first >= owned and f.sort not in PLACES), None)
