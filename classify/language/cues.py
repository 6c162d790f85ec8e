"""Cue candidates: words and phrases of the word list, where they stand in a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ...data.lexicon import load_cue_rates, load_cues

AUXILIARIES = frozenset(
    "is are was were be been being am 's 're has have had having do does did will would can could may might must "
    "should shall 'll won't didn't doesn't don't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't couldn't "
    "cannot can't not never".split()
)
BE = frozenset("is are was were be been being am get got gets 's 're isn't aren't wasn't weren't".split())
NEGATIONS = frozenset("not never no neither nor n't without".split())
ADVERBS = frozenset(
    "also later then earlier again once still just now first further even only already recently previously repeatedly "
    "reportedly once ever often always sometimes simply flatly however meanwhile therefore himself herself itself "
    "themselves both all each jointly too instead long soon today yesterday tuesday monday wednesday thursday friday "
    "saturday sunday".split()
)
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your no any some each every another such which whose "
    "'s of in for by with on at from under about against via despite amid latest new first second recent".split()
)

FREQUENT = 0.03  # a form that is a cue at least so often where it occurs tells something by itself
_QUIET = frozenset({"silent", "deed"})
_USUAL = {  # how often a form of each group is a cue, as a rough guess for those that PolNeAR has seldom
    "say": 0.6,
    "claim": 0.5,
    "act": 0.35,
    "belief": 0.3,
    "finding": 0.3,
    "publish": 0.2,
    "prep": 0.6,
    "noun": 0.15,
}


_USUAL_WEIGHS = 5  # as much as so many places where the form was seen


class Entry(NamedTuple):
    """What the word lists say of a form.

    ``rate`` is how often it is a cue where it occurs, ``role`` the one role that it can have, empty where the words
    around decide; a ``quiet`` form tells of no speech (*silent*, *deed*).
    """

    lemma: str
    groups: frozenset[str]
    tone: str
    rate: float
    role: str
    quiet: bool


class Match(NamedTuple):
    """A cue candidate: tokens ``first`` to before ``last`` and what the list says of it."""

    first: int
    last: int
    entry: Entry
    role: str  # "verb", "noun" or "prep"


@cache
def entries() -> tuple[Mapping[str, Entry], Mapping[str, Mapping[str, int]]]:
    """Give the forms of the word list, and for each word that begins one its second words, each with the longest form."""
    rates = load_cue_rates()
    forms: dict[str, Entry] = {}
    begun: dict[str, dict[str, int]] = {}
    for cue in load_cues():
        own, verbal = frozenset({cue.group}), cue.group != "noun"
        for form in cue.forms:
            lemma, tone, groups = cue.lemma, cue.tone, own
            if old := forms.get(form):
                groups = own | old.groups
                lemma, tone = (lemma, tone) if verbal else (old.lemma, old.tone)
            seen, cued = rates.get(form, (0, 0))
            usual, role, quiet = _of_groups(groups)
            rate = (cued + _USUAL_WEIGHS * usual) / (seen + _USUAL_WEIGHS)
            forms[form] = Entry(lemma, groups, tone, rate, role, quiet)
            first, _, others = form.partition(" ")
            second = begun.setdefault(first, {})
            if others:
                word, size = others.partition(" ")[0], 2 + others.count(" ")
                second[word] = max(second.get(word, 0), size)
    return forms, begun


@cache
def _of_groups(groups: frozenset[str]) -> tuple[float, str, bool]:
    """Tell how often a form of some groups is a cue, as a rule; its one role, if it has only one; and if it is quiet."""
    usual = max(_USUAL.get(group, 0.0) for group in groups)
    role = "verb"
    if "noun" in groups:
        role = "noun" if len(groups) == 1 else ""
    elif groups == {"prep"}:
        role = "prep"
    return usual, role, groups <= _QUIET


def find_cues(lower: Sequence[str], first: int, last: int) -> list[Match]:
    """Find the cue candidates among tokens ``first`` to before ``last``, longest form first.

    Parameters
    ----------
    lower : sequence of str
        The article's tokens in lower case.

    Examples
    --------
    >>> [m.entry.lemma for m in find_cues("police said the claim was false".split(), 0, 6)]
    ['say', 'claim']
    """
    return cues_at(range(first, last), lower, first, last)


def cues_at(places: Iterable[int], lower: Sequence[str], first: int, last: int) -> list[Match]:
    """Find the cue candidates that begin at some of the tokens ``first`` to before ``last``: ``places``, ascending."""
    forms, begins = entries()[0], _begins()
    found: list[Match] = []
    free = first
    for at in places:
        if at < free or (begun := begins.get(lower[at])) is None:
            continue
        entry, second = begun
        end = at + 1
        if second and end < last and (longest := second.get(lower[end])):
            for size in range(min(longest, last - at), 1, -1):
                longer = forms.get(" ".join(lower[at : at + size]))
                if longer:
                    entry, end = longer, at + size
                    break
        if entry:
            free = end
            found.append(Match(at, end, entry, entry.role or _role(lower, at, end, first, last)))
    return found


@cache
def _begins() -> Mapping[str, tuple[Entry | None, Mapping[str, int] | None]]:
    """Give for each word that begins a form its own entry, and the second words of longer forms; see `entries`."""
    forms, begun = entries()
    return {word: (forms.get(word), second or None) for word, second in begun.items()}


def _role(lower: Sequence[str], at: int, end: int, first: int, last: int) -> str:
    """Tell verb from noun by the word before (*the claim*, *it claims*) and after."""
    back = at - 1
    while back >= first and lower[back] in ADVERBS:
        back -= 1
    before = lower[back] if back >= first else ""
    if before in AUXILIARIES or before == "to" or before in PERSONAL:
        return "verb"
    after = lower[end] if end < last else ""
    if before in DETERMINERS or before.endswith(("al", "ive", "ous", "ic", "ary")) or after == "of" or not before:
        return "noun"
    if after in {"that", "the", "a", "it", "he", "she", "they", "on", "to", "his", "her", "its", "their"}:
        return "verb"
    return "noun" if lower[at].endswith("ing") or after in {".", ","} else "verb"


PERSONAL = frozenset("i he she it we they you who".split())


def is_auxiliary(word: str) -> bool:
    """Tell whether a lower-cased word is an auxiliary or a negation."""
    return word in AUXILIARIES
