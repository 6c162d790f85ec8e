"""Rows of a roster that may be the same source: proposed with a reason, joined only by whoever keeps the roster."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..language.source_words import public_figures
from ..speakers.aliases import BODY, PERSON
from ..speakers.pronouns import NOT_PRINTED, SEVERAL
from .roster import SAME_AS, Roster, Source

_SUFFIX = re.compile(
    r",? (?:inc|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|sa|nv|group|holdings)\.?$",
    re.IGNORECASE,
)
_ENDS = frozenset("jr sr ii iii iv md phd esq".split())
_MOST = 3  # introductions in a reason
_SAYS_LITTLE = frozenset("the a an of for at in and former ex then acting senior chief new mr mrs ms dr sir us".split())


class Proposal(NamedTuple):
    """Whom a row may be, and why."""

    name: str
    reason: str


def proposals(roster: Roster) -> dict[str, Proposal]:
    """Propose for rows of a roster whom they may be.

    Returns
    -------
    dict of str to Proposal
        By key. A row for which two others come into question has none, nor has one whose ``same_as`` is filled in.
    """
    rows = {key: s for key, s in roster.sources.items() if s.attributions and s.sort in {PERSON, BODY}}
    found = dict(_people({key: s for key, s in rows.items() if s.sort == PERSON}))
    found |= _bodies({key: s for key, s in rows.items() if s.sort == BODY}, roster)
    return found


def open_proposals(roster: Roster) -> dict[str, Proposal]:
    """Give the proposals for rows that nothing has been written into ``same_as`` for, most words first."""
    found = proposals(roster)
    return {key: found[key] for key, source in roster.keyed() if key in found and not source.added.get(SAME_AS)}


def leads_anyway(roster: Roster, wanted: Mapping[str, Proposal]) -> Source | None:
    """Give the named source with most words; None where joining rows, as proposed or by a surname, could change it."""
    rows = [(key, source) for key, source in roster.keyed() if source.attributions and source.sort in {PERSON, BODY}]
    if not rows or rows[0][0] in wanted:
        return None
    joined = {key: source.words.all for key, source in rows}
    by_name = {(source.name, source.sort): key for key, source in rows}
    for key, source in rows:
        into, passed = key, {key}
        while (to := by_name.get((wanted[into].name, source.sort)) if into in wanted else None) and to not in passed:
            into = to
            passed.add(into)
            joined[into] += source.words.all
    (first, leader), others = rows[0], rows[1:]
    if _may_share_a_surname(leader, [source for _, source in rows]):
        return None
    return leader if all(joined[key] <= leader.words.all for key, _ in others if key != first) else None


def _may_share_a_surname(leader: Source, sources: Sequence[Source]) -> bool:
    """Tell whether a row of a surname alone may belong to a row with that surname, and then change who is first."""
    people = [(source, _words(source.name)) for source in sources if source.sort == PERSON]
    short, full = [p for p in people if len(p[1]) == 1], [p for p in people if len(p[1]) > 1]
    pairs = ((one, other) for one, own in short for other, words in full if own[0] == words[-1])
    return any(
        one is leader or (other is not leader and one.words.all + other.words.all > leader.words.all) for one, other in pairs
    )


def _people(rows: Mapping[str, Source]) -> Iterator[tuple[str, Proposal]]:
    """Propose full names for surnames, for initials, and for names with more words between."""
    by_last: dict[str, list[Source]] = {}
    for source in rows.values():
        by_last.setdefault(_words(source.name)[-1], []).append(source)
    for key, source in rows.items():
        own = _words(source.name)
        others = [other for other in by_last[own[-1]] if other is not source and _is_longer(_words(other.name), own)]
        others = [other for other in others if _may_be_one(source, other)]
        if others and (found := _only(source, others, own)):
            yield key, found


def _only(source: Source, others: Sequence[Source], own: list[str]) -> Proposal | None:
    """Give the one of several full names that something but the name speaks for; None for none, and for two."""
    found: dict[str, list[str]] = {}
    for other in others:
        for reason in _reasons(source, other, own, alone=len(others) == 1):
            found.setdefault(other.name, []).append(reason)
    if len(found) != 1:
        return None
    ((name, reasons),) = found.items()
    return Proposal(name, "; ".join(reasons))


def _may_be_one(source: Source, other: Source) -> bool:
    """Tell whether neither a suffix (*Roe Jr.*) nor the pronouns printed speak against two rows being one."""
    if not _ENDS.intersection(_all_words(source.name)) <= set(_all_words(other.name)):
        return False
    groups = {source.pronoun_group, other.pronoun_group} - {NOT_PRINTED, SEVERAL}
    return len(groups) < 2


def _is_longer(name: list[str], own: list[str]) -> bool:
    """Tell whether a name may be another one in full: *Ana Roe* for *Roe* or *A. Roe*, *Ana Lind Roe* for *Ana Roe*."""
    if len(name) < 2:
        return False
    if len(own) == 1:
        return True
    is_initial, is_one = len(own[0]) == 1, name[0] == own[0]
    if is_initial:
        return len(name[0]) > 1 and name[0][0] == own[0]
    return is_one and len(name) > len(own) and len(name[0]) > 1


def _reasons(source: Source, other: Source, own: list[str], *, alone: bool) -> Iterator[str]:
    """Yield what speaks for it besides the surname; ``alone``: no other full name has it."""
    if both := len({*source.seen} & {*other.seen}):
        yield f"both are sources in {both} article{'s' if both > 1 else ''}"
    if shared := sorted(_introductions(source) & _introductions(other)):
        yield f"both are introduced as {', '.join(shared[:_MOST])}"
    if alone and len(own) > 1:
        yield "the same first and last name" if len(own[0]) > 1 else "the same initial and last name"
    elif alone and not source.descriptions and source.source_type == other.source_type:
        if " ".join(_words(other.name)) in public_figures():
            yield "the only person in public life with this surname here"


def _introductions(source: Source) -> set[str]:
    """Give what somebody is introduced as, without what says little: *former*, *U.S.*."""
    texts = (re.findall(r"[a-z]{2,}", text.lower().replace("u.s.", "").replace("u.n.", "")) for text in source.descriptions)
    return {" ".join(word for word in words if word not in _SAYS_LITTLE) for words in texts} - {""}


def _words(name: str) -> list[str]:
    words = _all_words(name)
    kept = [word for word in words if word not in _ENDS]
    return kept or words or [""]


def _all_words(name: str) -> list[str]:
    return re.sub(r"[’']s?\b|[.,]", "", name.casefold()).split()


def _bodies(rows: Mapping[str, Source], roster: Roster) -> Iterator[tuple[str, Proposal]]:
    """Propose names in full for short forms that an article introduces, and names without *Inc.* for those with it."""
    names = {source.name.casefold(): source for source in rows.values()}
    bare: dict[str, list[Source]] = {}
    for source in rows.values():
        bare.setdefault(_SUFFIX.sub("", source.name).casefold(), []).append(source)
    for key, source in rows.items():
        full = {name.casefold(): name for name in roster.acronyms.get(source.name, {}) if name.casefold() in names}
        if len(full) == 1 and len(roster.acronyms[source.name]) == 1:
            ((lower, name),) = full.items()
            yield key, Proposal(names[lower].name, f"an article introduces it: {name} ({source.name})")
            continue
        same = [s for s in bare[_SUFFIX.sub("", source.name).casefold()] if s is not source]
        if len(same) == 1 and len(source.name) < len(same[0].name):
            yield key, Proposal(same[0].name, "the same name but for the legal form")
