"""Forms of a source phrase that tell its type by themselves: parties in brackets, shadow ministers, watchers of markets."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from .source_words import PLACES, is_name, look_up

PARTY = re.compile(r"(?:[RDI]-[A-Z]|[RDI]$)")
PARTIES = frozenset(
    "Lab Con LD SNP DUP UUP SDLP PC FF FG SF APC PDP NDC NPP ODM UDA ANC DA EFF BJP INC AAP TMC CPI PTI PML-N PPP Lib Dem "
    "R D Green Greens Republican Democrat Democratic Independent Ind Rep".split()
)
PARTISAN = frozenset("Democratic Republican GOP Labour Labor Tory Conservative Liberal Green Democrat Bharatiya".split())
"""What party somebody is of, said by an adjective."""
_LAWYERS = frozenset("lawyer lawyers attorney attorneys barrister barristers solicitor solicitors".split())
_LEGISLATORS = frozenset(
    "chairman chairwoman chair speaker leader whip member members aide aides committee panel minority majority democrat "
    "democrats republican republicans manager managers investigators subcommittee".split()
)
_PORTFOLIOS = frozenset(
    "finance health energy environment justice education housing defence immigration opposition labour labor transport "
    "ethics agriculture foreign-affairs treasury revenue heritage".split()
)
_VENDORS = frozenset("vendor vendors hawker hawkers stallholder stallholders peddler peddlers shopper shoppers".split())
_RELATIVES = frozenset({"who", "which", "that", "whose"})
_OF_SCHOOLS = frozenset("board boards district districts committee".split())
_OF_STATE = frozenset(
    "National Federal State Royal Met Meteorological Geological US U.S. Forest Weather Secret Internal Fire Prison "
    "Police".split()
)
_PRESS = frozenset("multiple local media news press recent published various several".split())
_CLERGY = frozenset(
    "father fr fr. pastor rev rev. reverend sister brother imam rabbi canon bishop archbishop cardinal deacon vicar "
    "swami apostle evangelist monsignor".split()
)
_WATCHERS = frozenset("observers observer watchers watcher commentators commentator forecasters forecaster pundits".split())
_FIELDS = frozenset(
    "political market markets industry economic financial legal media military royal foreign-policy business energy trade "
    "defence defense security court diplomatic policy sector oil technology climate weather independent economy".split()
)
_SIDES = frozenset(
    "critics backers supporters opponents defenders detractors proponents skeptics sceptics naysayers".split()
)
_QUANTITIES = frozenset("some many several most other few the his her their its these those both all".split())
_LONG_CROWD = 4  # words among which a crowd's noun stands
_CLAUSE_WORDS = 7  # of a relative clause that are looked at
_KIN = frozenset(
    "son daughter husband wife brother sister mother father parents family child children home house apartment flat farm "
    "shop stall car boat nephew niece cousin uncle aunt grandson granddaughter grandmother partner fiance boyfriend "
    "girlfriend baby relatives village crops cattle".split()
)
_CAMPAIGNING = frozenset("running ran runs standing stood vying campaigning seeking contesting challenging".split())
_FOR_OFFICE = frozenset(
    "for office president governor mayor senate senator seat election re-election reelection nomination presidency "
    "parliament leadership against".split()
)
_REPRESENTS = frozenset({"represents", "represented"})
_CHAMBERS = frozenset("parliament assembly house senate congress district constituency ward seat knesset bundestag".split())
_TRADES = frozenset(
    "employs operates manufactures supplies produces makes sells builds distributes exports imports mines insures".split()
)
_PRACTICES = frozenset("defence defense rights criminal family divorce immigration civil".split())
_RUNS = frozenset("supervises oversees runs owns manages operates".split())
_FORMER = frozenset({"former", "ex", "then", "onetime", "one-time", "ousted", "late"})
_ELECTED = frozenset(
    "president minister governor premier chancellor mayor secretary senator ministers governors mayors taoiseach".split()
)


_COUPLES = frozenset({("mr", "mrs"), ("mr.", "mrs.")})
_TRADED = frozenset(  # what councils and boards with a name speak for that do not govern
    "rose flower avocado coffee tea cocoa dairy milk wheat cotton wool wine beer meat beef pork poultry egg fruit citrus "
    "apple potato onion rice maize corn sugar tobacco timber lumber steel aluminium aluminum cement chemical plastics "
    "paper textile garment leather fishing seafood salmon shrimp tourism travel hotel restaurant retail grocery trucking "
    "shipping aviation airline auto automotive car taxi bus insurance banking housing builders homebuilders mining "
    "minerals coal oil gas solar wind biofuel petroleum nut almond olive banana mango grape cashew rubber honey bee "
    "farmers growers ranchers seed grain soybean soy diamond jewellery jewelry toy furniture film music gaming casino "
    "software semiconductor beverage snack bakery vegetable melon berry blueberry flowers mosque church parish synagogue "
    "temple".split()
)
_FACTIONS = frozenset("alliance coalition front party movement union bloc league".split())
_NO_FIGHTERS = frozenset({"The", "Home", "Western", "Eastern", "Ocean", "Lake", "Shop"})
_FIGHTERS = frozenset("Army Movement Forces Brigade Brigades Council".split())
_IN_ARMS = frozenset("forces fighters troops".split())
_IRREGULAR = frozenset("self-defence self-defense militia separatist insurgent guerrilla rebel paramilitary".split())
_STATELESS = frozenset("kurdish palestinian houthi tamil hutu tuareg".split())
_LEADING_STATES = frozenset(
    "us u.s. nato un government american british french russian saudi turkish israeli iranian ukrainian african chinese "
    "indian ethiopian kenyan nigerian ecowas eu".split()
)
_OF_TRADE = frozenset("council councils board chamber bureau forum".split())


class Judged(NamedTuple):
    """What the words of a phrase say; ``sure`` where a word of one meaning says it."""

    source_type: str
    sure: bool


_Form = Callable[[Sequence[str], Sequence[str]], Judged | None]


def by_form(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """Tell the type of a phrase by its form alone.

    Parameters
    ----------
    words, lower : sequence of str
        Tokens of the phrase, as printed and in lower case.

    Examples
    --------
    >>> by_form(["Political", "observers"], ["political", "observers"])
    Judged(source_type='expert', sure=True)
    """
    hyphened = any([w[1:2] == "-" for w in words])
    if OF_FORMS.isdisjoint(lower) and not hyphened:
        return None
    held = {*lower, "-"} if hyphened else set(lower)
    for needed, form in _FORMS:
        judged = None if needed.isdisjoint(held) else form(words, lower)
        if judged:
            return judged
    return None


def _partisan(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Ada Holm, R-Texas*; *Ada Holm (Lab)*."""
    hyphened = any([PARTY.match(word) and word[2:3].isupper() for word in words if word[1:2] == "-"])
    bracketed = any([before == "(" and w in PARTIES for before, w in pairwise(words)])
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
    at = int(lower[0] == "the")
    if len(words) < at + 2 or lower[at] not in _CLERGY or not is_name(words[at]):
        return None
    behind = words[at + 2] if words[at + 1] == "." and len(words) > at + 2 else words[at + 1]
    return Judged("organisation", True) if is_name(behind) else None


def _taking_sides(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Critics*, *supporters of the bill*: nobody says who they are; *Holm supporters* are told by whom they support."""
    at = next((k for k, w in enumerate(lower[:_LONG_CROWD]) if w in _SIDES), None)
    if at is None or lower[at + 1 : at + 2] == ["like"] or any(is_name(w) for w in words[1:at]):
        return None
    if at and is_name(words[0]) and lower[0] not in _QUANTITIES:
        return None
    return Judged("unnamed", True) if all(w.isalpha() for w in lower[:at]) else None


def _answering_for(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Conservative finance critic Ada Holm* speaks for her party in parliament; a film critic does not."""
    at = next((k for k, w in enumerate(lower) if w == "critic"), 0)
    if not at or not (lower[at - 1] in _PORTFOLIOS or words[at - 1].isupper()):
        return None
    return Judged("political", True)


def _in_chamber(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*House Budget Chairman Ada Holm*, *a Senate aide*; but not of the White House."""
    at = next((k for k, w in enumerate(words[:_LONG_CROWD]) if w in {"House", "Senate"}), None)
    if at is None or (at and words[at - 1] == "White") or _LEGISLATORS.isdisjoint(lower[at + 1 :]):
        return None
    return Judged("political", True)


def _schooling(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*The school board*, *a school district spokeswoman*: the state’s, unlike a school."""
    head = list(takewhile(lambda w: w not in _RELATIVES, lower))
    found = any([a == "school" and b in _OF_SCHOOLS for a, b in pairwise(head)])
    return Judged("state", True) if found else None


def _serving(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*The National Wildfire Service*, *US Forest Service officials*."""
    for k, word in enumerate(words):
        if word in {"Service", "Corps"} and not _OF_STATE.isdisjoint(words[max(k - 4, 0) : k]):
            return Judged("state", True)
    return None


def _vending(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*A vendor at the market*, *street hawkers*: no firm speaks through them."""
    return Judged("individual", True) if not _VENDORS.isdisjoint(lower[:_LONG_CROWD]) else None


def _of_family(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Family sources*, *a family friend*."""
    found = any([a == "family" and b in {"sources", "source", "friend", "friends"} for a, b in pairwise(lower)])
    return Judged("individual", True) if found else None


def _reported(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Multiple reports*, *local media reports*."""
    media = lower[-1] == "reports" and len(lower) < _LONG_CROWD and not _PRESS.isdisjoint(lower)
    return Judged("media", True) if media else None


def _representing(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Defence lawyer Jo Roe*, *a human rights lawyer* speak for no institution."""
    found = any([w in _LAWYERS and before in _PRACTICES for before, w in pairwise(lower[:_LONG_CROWD])])
    return Judged("individual", False) if found and "for" not in lower else None


def _wedded(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Mr and Mrs Adeyemi*."""
    is_couple = len(words) > 3 and (lower[0], lower[2]) in _COUPLES and lower[1] in {"and", "&"}
    return Judged("individual", True) if is_couple else None


def _trading(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*The Kenya Rose Council*, *a mosque council chairman* speak for a trade or a faith, and govern nobody."""
    found = any([a in _TRADED and b in _OF_TRADE for a, b in pairwise(lower[: _LONG_CROWD + 1])])
    return Judged("organisation", True) if found and (lower[0] not in {"federal", "state"}) else None


def _opposing(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*The opposition Freedom Alliance*."""
    at = next((k for k, w in enumerate(lower[:3]) if w == "opposition"), None)
    found = (
        at is not None
        and at + 2 < len(words)
        and is_name(words[at + 1])
        and not _FACTIONS.isdisjoint(lower[at + 2 : at + 5])
    )
    return Judged("political", True) if found else None


def _presiding(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*President Ada Holm* heads a state; the presidents of firms are told of what."""
    alone = words[0] == "President" and 1 < len(words) < _LONG_CROWD and all(is_name(w) for w in words)
    return Judged("state", True) if alone else None


def _fighting(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*A commander of the Free Mountain Front*, *the Velm Liberation Army*."""
    for k, word in enumerate(words[1:], 1):
        goes_on = words[k + 1 : k + 2] == ["for"] or words[k + 1 : k + 2] == ("for",)
        if word in {"Front", "Bloc"} and is_name(words[k - 1]) and words[k - 1] not in _NO_FIGHTERS and not goes_on:
            return Judged("political", True)
        if word in {"Liberation", "Resistance"} and words[k + 1 : k + 2] and words[k + 1] in _FIGHTERS:
            return Judged("political", True)
    return None


def _in_arms(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*Self-defence forces*, *Tarn-led forces*; forces led by a state, and *Russian forces*, are a state’s."""
    at = len(lower) - 1
    if words[at] not in _IN_ARMS or at == 0 or at > _LONG_CROWD:
        return None
    before = lower[at - 1]
    if before.endswith("-led"):
        led_by = words[at - 1][:-4]
        is_state = before[:-4] in _LEADING_STATES or any(m.sort == "country" for m in look_up([led_by]))
        return Judged("state" if is_state else "political", True)
    if before in _IRREGULAR or before in _STATELESS:
        return Judged("political", True)
    of_state = is_name(words[at - 1]) and any(m.sort in PLACES for m in look_up([words[at - 1]]))
    return Judged("state", True) if of_state else None


_FORMS: tuple[tuple[frozenset[str], _Form], ...] = (
    (frozenset({"front", "bloc", "liberation", "resistance"}), _fighting),
    (_IN_ARMS, _in_arms),
    (frozenset({"opposition"}), _opposing),
    (frozenset({"president"}), _presiding),
    (frozenset({"mrs", "mrs."}), _wedded),
    (_OF_TRADE, _trading),
    (frozenset({"(", "-"}), _partisan),
    (_WATCHERS, _watching),
    (frozenset({"shadow"}), _shadowing),
    (_CLERGY, _ordained),
    (_SIDES, _taking_sides),
    (_LAWYERS, _representing),
    (frozenset({"critic"}), _answering_for),
    (frozenset({"house", "senate"}), _in_chamber),
    (frozenset({"family"}), _of_family),
    (_VENDORS, _vending),
    (frozenset({"school"}), _schooling),
    (frozenset({"service", "corps"}), _serving),
    (frozenset({"reports"}), _reported),
)
"""Each form with the words, in lower case, of which it has one; ``-`` stands for a word such as *R-Texas*."""
OF_FORMS = frozenset().union(*(needed for needed, _ in _FORMS))
"""Most phrases have none of these words, and need no further look."""


def is_former(words: Sequence[str], core: int) -> bool:
    """Tell an office that is no longer held: *former governor*, *ex-minister*; ``core`` is the token of the office."""
    if any(w.lower() in _FORMER for w in words[max(core - 5, 0) : core]):
        return True
    return words[core].lower().startswith("ex-")


def is_elected(word: str) -> bool:
    """Tell an office of politicians: *governor*, *ex-minister*."""
    return word.lower().rsplit("-", 1)[-1] in _ELECTED


def by_clause(opening: str, words: Sequence[str]) -> Judged | None:
    """Tell the type of somebody by what a relative clause says: *who is running for mayor*, *whose son drowned*.

    Parameters
    ----------
    opening : str
        The pronoun, lower case.
    words : sequence of str
        Those behind it.
    """
    lower = [w.lower() for w in words[:_CLAUSE_WORDS]]
    if opening == "whose":
        return Judged("individual", True) if lower and lower[0] in _KIN else None
    if any([w in _CAMPAIGNING and not _FOR_OFFICE.isdisjoint(lower[k + 1 :]) for k, w in enumerate(lower)]):
        return Judged("political", True)
    if not _REPRESENTS.isdisjoint(lower[:2]) and not _CHAMBERS.isdisjoint(lower):
        return Judged("political", True)
    if opening == "which" and "represents" in lower[:2]:
        return Judged("organisation", True)
    if opening == "which" and not _TRADES.isdisjoint(lower[:2]):
        return Judged("organisation", True)
    return None


def runs_something(words: Sequence[str]) -> bool:
    """Tell *runs a bakery*, *owns two shops*."""
    return len(words) > 2 and words[0].lower() in _RUNS and words[1].lower() in {"a", "an", "the", "two", "three", "several"}
