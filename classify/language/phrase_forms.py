"""Forms of a source phrase that tell its type by themselves: parties in brackets, shadow ministers, watchers of markets."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .source_words import is_name

PARTY = re.compile(r"(?:[RDI]-[A-Z]|[RDI]$)")
_PARTIES = frozenset(
    "Lab Con LD SNP DUP UUP SDLP PC FF FG SF APC PDP NDC NPP ODM UDA ANC DA EFF BJP INC AAP TMC CPI PTI PML-N PPP Lib Dem "
    "Green Greens Republican Democrat Democratic Independent Ind Rep".split()
)
PARTISAN = frozenset("Democratic Republican GOP Labour Labor Tory Conservative Liberal Green Democrat Bharatiya".split())
"""What party somebody is of, said by an adjective."""
_CLERGY = frozenset(
    "father fr fr. pastor rev rev. reverend sister brother imam rabbi canon bishop archbishop cardinal deacon vicar "
    "swami apostle evangelist monsignor".split()
)
_WATCHERS = frozenset("observers observer watchers watcher commentators commentator forecasters forecaster pundits".split())
_FIELDS = frozenset(
    "political market markets industry economic financial legal media military royal foreign-policy business energy trade "
    "defence defense security court diplomatic policy sector oil technology climate weather independent economy".split()
)
_SIDES = frozenset("critics supporters opponents defenders detractors proponents skeptics sceptics naysayers".split())
_QUANTITIES = frozenset("some many several most other few the his her their its these those both all".split())
_LONG_CROWD = 4  # words among which a crowd's noun stands
_RUNS = frozenset("runs owns manages operates".split())
_FORMER = frozenset({"former", "ex", "then", "onetime", "one-time", "ousted", "late"})
_ELECTED = frozenset(
    "president minister governor premier chancellor mayor secretary senator ministers governors mayors taoiseach".split()
)


class Judged(NamedTuple):
    """What the words of a phrase say; ``sure`` where a word of one meaning says it."""

    source_type: str
    sure: bool


_Form = Callable[[Sequence[str], Sequence[str]], Judged | None]


def by_form(words: Sequence[str]) -> Judged | None:
    """Tell the type of a phrase by its form alone.

    Parameters
    ----------
    words : sequence of str
        Tokens of the phrase, as printed.

    Examples
    --------
    >>> by_form("political observers".split())
    Judged(source_type='expert', sure=True)
    """
    lower = [w.lower() for w in words]
    for form in _FORMS:
        judged = form(words, lower)
        if judged:
            return judged
    return None


def _partisan(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Ada Holm, R-Texas*; *Ada Holm (Lab)*."""
    hyphened = any([PARTY.match(word) and word[2:3].isupper() for word in words if word[1:2] == "-"])
    bracketed = any([before == "(" and (w in _PARTIES or w in {"R", "D"}) for before, w in pairwise(words)])
    return Judged("political", True) if hyphened or bracketed else None


def _watching(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Political observers*, *market watchers*."""
    found = any([w in _WATCHERS and before in _FIELDS for before, w in pairwise(lower)])
    if not found and lower[-1] in {"forecasters", "forecaster", "pundits"}:
        found = True
    return Judged("expert", True) if found else None


def _shadowing(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*The shadow education secretary*."""
    at = next((k for k, w in enumerate(lower[:3]) if w == "shadow"), None)
    return Judged("political", True) if at is not None and at + 1 < len(words) else None


def _ordained(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Father Tom Reilly* speaks for his church; *her father* and *Father said* do not."""
    if len(words) < 2 or lower[0] not in _CLERGY or not is_name(words[0]) or not is_name(words[1]):
        return None
    return Judged("organisation", True)


def _taking_sides(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Critics*, *supporters of the bill*: nobody says who they are; *Holm supporters* are told by whom they support."""
    at = next((k for k, w in enumerate(lower[:_LONG_CROWD]) if w in _SIDES), None)
    if at is None or any(is_name(w) for w in words[1:at]) or (at and is_name(words[0]) and lower[0] not in _QUANTITIES):
        return None
    return Judged("unnamed", True) if all(w.isalpha() for w in lower[:at]) else None


_FORMS: tuple[_Form, ...] = (_partisan, _watching, _shadowing, _ordained, _taking_sides)


def is_former(words: Sequence[str], core: int) -> bool:
    """Tell an office that is no longer held: *former governor*, *ex-minister*; ``core`` is the token of the office."""
    if any(w.lower() in _FORMER for w in words[max(core - 5, 0) : core]):
        return True
    return words[core].lower().startswith("ex-")


def is_elected(word: str) -> bool:
    """Tell an office of politicians: *governor*, *ex-minister*."""
    return word.lower().rsplit("-", 1)[-1] in _ELECTED


def runs_something(words: Sequence[str]) -> bool:
    """Tell *runs a bakery*, *owns two shops*."""
    return len(words) > 2 and words[0].lower() in _RUNS and words[1].lower() in {"a", "an", "the", "two", "three", "several"}
