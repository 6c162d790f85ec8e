"""Which capitalised words of a phrase are a person's name, whatever the word lists know them as."""

from collections.abc import Sequence
from functools import cache, lru_cache

from ...data.lexicon import load_sources
from .first_names import MEN, WOMEN
from .source_words import BODIES, PLACES, SourceMatch, first_names, is_name, look_up, type_by_ending

_SURNAMES = frozenset(  # words of the lists that also are surnames: *Nils Baker*
    "abbot archer bailiff baker banks barber baron bishop brewer butcher butler carpenter carter chancellor chaplin "
    "clerk constable cook cooper cross dean dell deacon driver drummer duke earl farmer fisher fowler friend gardener "
    "gardner glass glover hunter judge justice king knight lord major marshall marshal mason mayor miller miner monk "
    "noble page painter palmer parker player pope porter post potter price priest prince prior provost sage sawyer "
    "sergeant shell shepherd singer skinner speaker star stern steward swift tanner taylor tiger trainer turner tyler "
    "walker weaver winner wright workman young rich power powers little times day west north field fields forest ford "
    "law bloomberg".split()
)
_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du abu ben .".split())
_MARKS = {"“": "”", "‘": "’'", '"': '"', "'": "'’", "(": ")", "``": "''", "«": "»"}
_LONG_NICKNAME = 3  # words
_LONGEST = 5  # words of a person's name


@cache
def _given() -> frozenset[str]:
    return MEN | WOMEN | frozenset(n for n in first_names() if not any(m.sort == "role" for m in look_up((n.lower(),))))


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(w.phrase.lower() for w in load_sources() if w.phrase.isupper() and w.phrase.isalpha())


def is_first_name(word: str) -> bool:
    """Tell a first name, of a list of some thousand.

    >>> is_first_name("Ngozi"), is_first_name("Velm")
    (True, False)
    """
    return word in _given()


def known_in(words: Sequence[str]) -> tuple[SourceMatch, ...]:
    """Find the entries of the word lists in a phrase, but not within a person's name: *Nils* **Baker**, **Sana** *Malik*.

    Parameters
    ----------
    words : sequence of str
        Tokens as printed.

    Examples
    --------
    >>> [m.sort for m in known_in("economist Nils Baker".split())]
    ['role']
    """
    return _known_in(tuple(words))


@lru_cache(maxsize=16384)
def _known_in(words: tuple[str, ...]) -> tuple[SourceMatch, ...]:
    matches = look_up(words)
    if not any([is_name(words[m.first]) for m in matches]):
        return matches
    known = {at for m in matches if m.sort != "name" for at in range(m.first, m.last)}
    return tuple([m for m in matches if not _is_within_name(words, m, known)])


def _is_within_name(words: Sequence[str], m: SourceMatch, known: set[int]) -> bool:
    """Tell whether one word that the lists know is the first name or the surname of somebody."""
    word = words[m.first]
    if m.last - m.first > 1 or not is_name(word) or (word.isupper() and len(word) > 1):
        return False
    before, after = m.first - 1, m.first + 1
    if word.lower() in _acronyms() and m.sort in BODIES and (after == len(words) or is_name(words[after])):
        return len(words) > 1  # Ria is not RIA
    if m.first and is_name(words[before]) and (before not in known or is_first_name(words[before])):
        if is_first_name(words[before]):
            return not (before and words[before - 1].lower() == "the")
        return word.lower() in _SURNAMES and m.first > 1 and before - 1 in known
    if is_first_name(word) and after + 1 < len(words) and words[after] == "and" and is_first_name(words[after + 1]):
        return True  # Bill and Hilda Cross
    if after < len(words) and words[after] == ".":
        return word.lower() in _acronyms()  # Rt. Hon.
    return after < len(words) and is_first_name(word) and is_name(words[after]) and m.sort not in PLACES


def nickname_end(words: Sequence[str], at: int) -> int:
    """Give the token behind a nickname in marks between two names: *Carl “Bud”* **Lowe**; 0 where none begins at a token.

    Parameters
    ----------
    words : sequence of str
    at : int
        Where the opening mark would stand.
    """
    if not 0 < at < len(words) - 3 or words[at] not in _MARKS or not is_name(words[at - 1]):
        return 0
    closing = _MARKS[words[at]]
    for end in range(at + 2, min(at + _LONG_NICKNAME + 2, len(words) - 1)):
        if words[end] in closing:
            inside = words[at + 1 : end]
            whole = inside[0][0].isupper() and inside[-1][0].isupper() and all(w.isalpha() or "-" in w for w in inside)
            return end + 1 if whole and is_name(words[end + 1]) else 0
    return 0


def without_nickname(words: Sequence[str]) -> Sequence[str]:
    """Take nicknames in marks out of a name: *Carl Lowe* for *Carl “Bud” Lowe*."""
    if _MARKS.keys().isdisjoint(words):
        return words
    for at in range(1, len(words)):
        end = nickname_end(words, at)
        if end:
            return (*words[:at], *words[end:])
    return words


def title_end(words: Sequence[str], matches: Sequence[SourceMatch]) -> int:
    """Give where the name of a person begins behind a title: *Prime Minister* **Kofi Banks**; 0 where none does.

    Parameters
    ----------
    words : sequence of str
        The head of a phrase.
    matches : sequence of SourceMatch
        What the word lists know in it, names of people left out.
    """
    for m in reversed(matches):
        if m.sort == "role" and m.source_type != "unnamed" and 0 < len(words) - m.last <= _LONGEST:
            return m.last if _is_person(words[m.last :], [e for e in matches if e.first >= m.last]) else 0
    return 0


def _is_person(name: Sequence[str], entries: Sequence[SourceMatch]) -> bool:
    """Tell whether capitalised words behind a title can be a person's name; ``entries`` are known within them."""
    if not is_name(name[0]) or not all(is_name(w) or w in _JOINING or w[:3] == "al-" for w in name):
        return False
    if any(e.sort in {"role", "demonym"} for e in entries) and name[-1].lower() not in _SURNAMES:
        return False
    if len(name) == 1 and entries and name[0].lower() not in _SURNAMES:
        return entries[0].sort == "person"
    if len(name) > 1 and any(e.last - e.first == len(name) and e.sort != "person" for e in entries):
        return False
    return not (type_by_ending(name) or any(e.sort == "body" for e in entries))
