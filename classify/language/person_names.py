"""Which capitalised words of a phrase are a person's name, whatever the word lists know them as."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .first_names import is_surname
from .source_words import PLACES, SourceMatch, first_names, is_name, look_up, look_up_tuple, type_by_ending

_TOWNS = frozenset(  # first names that places have too: *Virginia Governor Ann Roe*
    "Adelaide Austin Brooklyn Carolina Chad Charlotte Chelsea Chester Clifton Cleveland Columbia Dakota Dallas Derby Devon "
    "Florence Geneva Georgia Houston Israel Jackson Jefferson Jordan Kent Lancaster Lincoln London Madison Milan Montana "
    "Nelson Orlando Paris Preston Regina Salem Santiago Savannah Sofia Sydney Trenton Victoria Virginia Vienna Wellington "
    "Asia Africa India China America Holland Ireland".split()
)
_TITLES_TOO = frozenset(
    {"Dean", "Earl", "Hunter", "King", "Major", "Mason", "Porter", "Prince", "Star"}
)  # first names, behind another title
_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du abu ben .".split())
_COMMON = frozenset(  # names of papers that other names begin with
    "National Independent Standard Times Express Globe Mirror Post Sun Star Nature Science Time People Hill Conversation "
    "Economist Atlantic Nation Spectator Punch Week Monitor Guardian Observer Daily Local Public Vanguard Nation Dawn "
    "Pioneer Wire Fortune Variety Quartz Slate Verge Record Courier Herald Journal Tribune Union Metro".split()
)
_MARKS = {"“": "”", "‘": "’'", '"': '"', "'": "'’", "(": ")", "``": "''", "«": "»"}
OPENING_MARKS = frozenset(_MARKS)
_LONG_NICKNAME = 3  # words
_LONGEST = 5  # words of a person's name


def is_first_name(word: str) -> bool:
    """Tell a first name, of a list of some thousand.

    >>> is_first_name("Ngozi"), is_first_name("Velm")
    (True, False)
    """
    return word in first_names()


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


@lru_cache(maxsize=2048)
def _known_in(words: tuple[str, ...]) -> tuple[SourceMatch, ...]:
    if len(words) > 1 and words[0] == "The" and words[1].islower():
        return look_up(("the", *words[1:]))  # The economist is not The Economist
    matches = look_up_tuple(words)
    if not matches or not any([is_name(words[m.first]) for m in matches]):
        return matches
    sorts = {at: m.sort for m in matches if m.sort != "name" for at in range(m.first, m.last)}
    return tuple([m for m in matches if not _is_within_name(words, m, sorts)])


def _is_within_name(words: Sequence[str], m: SourceMatch, sorts: Mapping[int, str]) -> bool:
    """Tell whether one word that the lists know is the first name or the surname of somebody.

    Parameters
    ----------
    words : sequence of str
    m : SourceMatch
    sorts : mapping of int to str
        The sort of every token of a match that is no name.
    """
    word = words[m.last - 1]
    if m.sort == "name" and word in _COMMON and _begins_longer_name(words, m, sorts):
        return True
    if m.last - m.first > 1 or not is_name(word) or (word.isupper() and len(word) > 1):
        return False
    return _is_last_name(words, m, sorts) or _is_given_name(words, m, sorts)


def _begins_longer_name(words: Sequence[str], m: SourceMatch, sorts: Mapping[int, str]) -> bool:
    """**The National** *Disaster Agency*: no word of the paper."""
    alone = m.last - m.first == 1 or (m.last - m.first == 2 and words[m.first].lower() == "the")
    return alone and m.last < len(words) and is_name(words[m.last]) and m.last not in sorts


def _is_last_name(words: Sequence[str], m: SourceMatch, sorts: Mapping[int, str]) -> bool:
    """*Nils* **Baker**, *economist Zadik* **Baker**; not *Anna* **Hospital**, *Virginia* **Governor** *Roe*."""
    word, before, after = words[m.first], m.first - 1, m.first + 1
    if before < 0 or not is_name(words[before]):
        return False
    if not (is_first_name(words[before]) or _is_title_too(words, before, sorts)):
        likely = before not in sorts and m.sort not in PLACES and before - 1 in sorts
        return likely and is_surname(word)
    if before and words[before - 1].lower() == "the":
        return False
    if after < len(words) and is_name(words[after]) and (words[before] in _TOWNS or _is_title_of(m, words[after])):
        return False
    return is_surname(word) or not (m.sort == "body" or words[before] in _TOWNS)


def _is_title_of(m: SourceMatch, name: str) -> bool:
    """*San Juan* **Mayor** *Carmen Roe*."""
    return m.sort == "role" and is_first_name(name)


def _is_given_name(words: Sequence[str], m: SourceMatch, sorts: Mapping[int, str]) -> bool:
    """**Sana** *Malik*, *economist* **Dean** *Baker*, **Bill** *and Hilda Cross*; *trader* **Sky** *Mensah*."""
    word, after = words[m.first], m.first + 1
    if after == len(words):
        return False
    if is_name(words[after]):
        given = is_first_name(word) and m.sort not in PLACES
        paper = m.sort == "name" and is_surname(words[after]) and after not in sorts
        return given or paper or _is_title_too(words, m.first, sorts)
    return is_first_name(word) and words[after] == "and" and any(is_first_name(w) for w in words[after + 1 : after + 2])


def _is_title_too(words: Sequence[str], at: int, sorts: Mapping[int, str]) -> bool:
    """Tell a first name that is a title elsewhere by the title before it: *economist* **Dean** *Baker*."""
    return words[at] in _TITLES_TOO and sorts.get(at - 1) == "role"


_ARTICLES = frozenset({"the", "el", "la", "le", "da", "o"})  # Gus “the Hat” Roe


def nickname_end(words: Sequence[str], at: int) -> int:
    """Give the token behind a nickname in marks between two names: *Carl “Bud”* **Lowe**; 0 where none begins at a token.

    Parameters
    ----------
    words : sequence of str
    at : int
        Where the opening mark would stand.
    """
    if not 0 < at < len(words) - 3 or words[at] not in _MARKS:
        return 0
    initial = at > 1 and words[at - 1] == "." and len(words[at - 2]) == 1 and words[at - 2].isupper()  # T. J. “Buck” Hollis
    if not (initial or is_name(words[at - 1])):
        return 0
    closing = _MARKS[words[at]]
    for end in range(at + 2, min(at + _LONG_NICKNAME + 2, len(words) - 1)):
        if words[end] in closing:
            inside = words[at + 1 : end]
            whole = (
                (inside[0][0].isupper() or (inside[0] in _ARTICLES and end - at > 2))
                and inside[-1][0].isupper()
                and all(w.isalpha() or "-" in w for w in inside)
            )
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
    if any(e.sort in {"role", "demonym"} for e in entries) and not is_surname(name[-1]):
        return False
    if len(name) == 1 and entries and not is_surname(name[0]):
        return entries[0].sort == "person"
    if len(name) > 1 and any(e.last - e.first == len(name) and e.sort != "person" for e in entries):
        return False
    return not (type_by_ending(name) or any(e.sort == "body" for e in entries))
