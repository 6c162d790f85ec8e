"""The word lists of sources, made for looking up: what kind of source a word or a name is."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ...data.lexicon import Person, load_people, load_personal_names, source_lines
from .word_forms import lexicon

BODIES = frozenset({"body", "name"})
PLACES = frozenset({"place", "country", "demonym"})
TITLES = frozenset("mr mrs ms miss dr mr. mrs. ms. dr. sir dame lady lord prof prof. the".split())
OWNERS = frozenset("its his her their".split())
MADE = frozenset({"led", "released", "published", "carried", "commissioned", "written", "conducted"})
HINTS = frozenset(
    "knowledge familiar briefed close closest contacts access involved aware anonymity anonymously room "
    "privy insiders".split()
)
KNOWING = frozenset("seen read attended named identified mentioned counted worked known".split())
STUDIES = frozenset("teaches taught studies studied researches tracks follows covers models analyses lectures".split())
LEADS = frozenset("leads led heads headed runs chairs directs founded represents represented".split())
OBSERVES = frozenset("tracks monitors observes documents measures surveys watches counts follows investigates".split())
LIVES = frozenset(
    "lives lived keeps grows grew lost owns owned sells sold drives bought fled survived cleans rents born grazes fishes "
    "farms escaped waited is".split()
)
LAWYERS = frozenset("lawyer lawyers attorney attorneys solicitor barrister counsel".split())
MARKS = frozenset(", ( ) — – ; :".split())
_ENDS_HEAD = (MADE | MARKS) | frozenset(
    "of for from in at with on to by near inside outside within about against under behind across around between "
    "during including among who which that whose closest familiar close based sleeping living".split()
)
POSSESSIVE = frozenset({"’s", "'s", "’", "'"})
ACADEMIC = frozenset({"university", "universities", "college", "faculty"})
_PRINTED = frozenset(
    "times post herald gazette tribune star sentinel standard courier inquirer chronicle mirror telegraph echo dagblad "
    "courant zeitung presse dispatch mail mercury examiner globe weekly tageblatt nachrichten pravda vesti gazeta daily "
    "courier-dispatch post-dispatch post-gazette news-press tv radio fm".split()
)
_TRADING = frozenset(
    "inc corp ltd llc plc co inc. corp. ltd. co. ag gmbh sa holdings partners logistics motors airlines airways industries "
    "pharmaceuticals pharma systems technologies foods petroleum mining shipping maritime lines dynamics semiconductor "
    "electronics chemicals bancorp insurance stores steel coal oil gas brands resorts robotics aerospace "
    "therapeutics".split()
)
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten half most quarter third thirds fifth fifths majority majorities "
    "percent cent eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety".split()
)
_SHARES = frozenset("quarter thirds third fifth fifths majority majorities percent cent half %".split())
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]")
_WORD = re.compile(r"[’']s\b|(?:(?![’']s\b)\S)+")
_NO_NOUNS = frozenset({"right", "left", "the right", "the left"})  # their plurals are no people: *rights*
_FAMOUS = frozenset(
    {"head of state or government", "former US president", "US president", "US vice president", "US presidential candidate"}
)


class SourceMatch(NamedTuple):
    """An entry of the word lists found in a phrase: tokens ``first`` to before ``last``."""

    first: int
    last: int
    source_type: str
    sort: str
    weak: bool


class _Entry(NamedTuple):
    """What the lists say of a phrase.

    Parameters
    ----------
    rest : tuple of str
        Its tokens behind the first one, lower case.
    source_type, sort, weak
        As in `SourceMatch`.
    case : int
        How it must be printed: in `_ANY` way, with a capital at the beginning (`_OPENS`), at the beginning of its last word
        too (`_CAPITAL`), or in `_CAPITALS`.
    """

    rest: tuple[str, ...]
    source_type: str
    sort: str
    weak: bool
    case: int


_ANY, _OPENS, _CAPITAL, _CAPITALS = range(4)
_Entries = Mapping[str, Sequence[_Entry]]  # the entries that begin with a word, longest first, by their second word or ""


@lru_cache(maxsize=16384)
def is_name(word: str) -> bool:
    """Tell whether a word begins with a capital letter."""
    return bool(_NAME.match(word))


@cache
def _lines() -> Mapping[str, list[str]]:
    """Read the word lists once, by the first token of their lines; most of them are never made entries."""
    found: dict[str, list[str]] = {}
    lines = [*source_lines(), *(f"{p.name}\t{p.source_type}\tperson\t" for p in load_people() if " " in p.name)]
    for line, lower in zip(lines, "\n".join(lines).lower().split("\n"), strict=True):
        first = lower.split(None, 1)[0]
        if "'" in first:
            first = _key(first)[0]
        found.setdefault(first, []).append(line)
        if line.startswith(f"{first}\t") and first not in _NO_NOUNS:
            found.setdefault(_plural(first), []).append(line)
    return found


@lru_cache(maxsize=16384)
def _entries(first: str) -> _Entries | None:
    """Give the entries that begin with a token, which is in lower case."""
    lines = _lines().get(first)
    if lines is None:
        return None
    rows = [line.split("\t") for line in lines]
    found: dict[tuple[tuple[str, ...], int], _Entry] = {}
    for phrase, source_type, sort, weak in rows:
        key, case = _key(phrase), _case_of(phrase)
        if sort == "person" or (key, case) not in found:
            found[key, case] = _Entry(key[1:], source_type, sort, weak == "1", case)
    for phrase, source_type, sort, weak in rows:
        if phrase == phrase.lower() and phrase not in _NO_NOUNS:
            key = _key(phrase)
            key = (*key[:-1], _plural(key[-1]))
            found.setdefault((key, _ANY), _Entry(key[1:], source_type, sort, weak == "1", _ANY))
    starts: dict[str, list[_Entry]] = {}
    for key, case in sorted(found, key=lambda k: (-len(k[0]), k[1])):
        if key[0] == first:  # not the noun whose plural begins so
            starts.setdefault(key[1] if len(key) > 1 else "", []).append(found[key, case])
    return starts


def _key(phrase: str) -> tuple[str, ...]:
    lower = phrase.lower().replace("’", "'")
    return tuple(_WORD.findall(lower) if "'" in lower else lower.split())


def _case_of(phrase: str) -> int:
    """Tell how a phrase must be printed: *ANA* in capitals, lest it be *Ana*; *Nato* is an entry beside *NATO*."""
    names_one = phrase.startswith("the ") and phrase.count(" ") == 1  # the League is not the league
    if phrase == phrase.lower() or (phrase[0].islower() and not names_one):  # also al-Hirak, easyJet
        return _ANY
    if phrase.isupper() and phrase.isalpha():
        return _CAPITALS
    return _OPENS if phrase.endswith("'s") or phrase.rpartition(" ")[2].islower() else _CAPITAL


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2:-1] not in set("aeou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


def look_up(words: Sequence[str]) -> tuple[SourceMatch, ...]:
    """Find the entries of the word lists in a phrase, longest first, in order.

    Parameters
    ----------
    words : sequence of str
        Tokens as printed.

    Examples
    --------
    >>> [f.source_type for f in look_up(["the", "Defence", "Ministry"])]
    ['state']
    """
    return _look_up(tuple(words))


@lru_cache(maxsize=8192)
def _look_up(words: tuple[str, ...]) -> tuple[SourceMatch, ...]:
    found: list[SourceMatch] = []
    free = 0  # first token that no entry holds yet
    for at, word in enumerate(words):
        if at < free:
            continue
        options = _options(word)
        if options and (hit := _longest(options, words, at)):
            found.append(hit)
            free = hit.last
    return tuple(found)


class _Options(NamedTuple):
    """The entries that may begin with a word as printed.

    Parameters
    ----------
    longer : mapping of str to sequence of _Entry
        Those of two words and more, by their second word, longest first.
    is_name : bool
        The word has a capital.
    opening, within : _Entry or None
        What the word is alone, where it opens a phrase and elsewhere: a capital makes it a name, unless the word may have it
        for opening the sentence.
    many : bool
        It may open a phrase of one word as something else than a name: *Officials*.
    """

    longer: Mapping[str, Sequence[_Entry]]
    is_name: bool
    opening: _Entry | None
    within: _Entry | None
    many: bool


@lru_cache(maxsize=32768)
def _options(word: str) -> _Options | None:
    """Give the entries that may begin with a word as printed; most words begin none."""
    lower = _lower(word)
    found = _entries(lower) or {}
    if "" not in found and (variants := _variants(lower)):
        found = {**found, "": variants[""]} if "" in variants else {**variants, **found}
    if not found:
        return None
    named = is_name(word)
    case = (_CAPITALS if word.isupper() else _CAPITAL) if named else _ANY
    alone = [e for e in found.get("", ()) if e.case <= case]
    opening, within = (alone[0], alone[-1 if named else 0]) if alone else (None, None)
    if within and within.case == _CAPITALS:
        opening = within
    if not named:
        found = _in_small_letters(word, found)
        if not (found or alone):
            return None
    return _Options(found, named, opening, within, lower.endswith("s") or lower == "people")


def _in_small_letters(word: str, found: _Entries) -> _Entries:
    """Give the entries of several words that may begin with a word in small letters: no names but *the Caravan*."""
    fitting = {
        second: [e for e in entries if e.case == _ANY or (word == "the" and len(e.rest) == 1)]
        for second, entries in found.items()
        if second
    }
    return {second: entries for second, entries in fitting.items() if entries}


def _lower(word: str) -> str:
    return lexicon[word].lower


def _variants(word: str) -> _Entries | None:
    """Look a word up without its full stop (*Sen.*), or by the last part of a compound (*ex-minister*)."""
    if word[-1] == "." and len(word) > 2:
        return _entries(word[:-1])
    if word.endswith(("ologist", "ologists")):
        return {"": [_Entry((), "expert", "role", False, _ANY)]}
    if "-" in word[1:] and (last := _entries(word.rsplit("-", 1)[1])):
        return {"": [e for e in last.get("", ()) if e.case == _ANY]}
    return None


@lru_cache(maxsize=16384)
def may_end_entry(word: str) -> bool:
    """Tell whether any entry of the word lists can end with a word; most words of news end none."""
    lower = _lower(word)
    return lower in _last_words() or bool(_variants(lower))


@cache
def _last_words() -> frozenset[str]:
    found: set[str] = set()
    phrases = [line.partition("\t")[0] for line in source_lines()]
    for phrase in [*phrases, *(p.name for p in load_people() if " " in p.name)]:
        last = phrase.rpartition(" ")[2]
        if last.islower() and phrase not in _NO_NOUNS:
            found.add(_plural(last))
        found.add(last)
    return frozenset(_key(last)[-1] for last in found)


def _longest(options: _Options, words: Sequence[str], at: int) -> SourceMatch | None:
    longer, _, opening, within, many = options
    if longer and at + 1 < len(words):
        for rest, source_type, sort, weak, case in longer.get(lexicon[words[at + 1]].lower, ()):
            last = at + 1 + len(rest)
            fits = len(rest) == 1 or tuple([_lower(word) for word in words[at + 1 : last]]) == rest
            if fits and (case == _ANY or _has_capitals(words, at, last, case)):
                return SourceMatch(at, last, source_type, sort, weak)
    entry = opening if at == 0 and (len(words) > 1 or many) else within
    return SourceMatch(at, at + 1, entry.source_type, entry.sort, entry.weak) if entry else None


def _has_capitals(words: Sequence[str], first: int, last: int, case: int) -> bool:
    """Tell whether a phrase is printed as a name; *the Diplomat* is, and *the Diplomat Hotel* is no paper."""
    if words[first] in {"the", "The"} and last == first + 2:
        return is_name(words[first + 1]) and not (last < len(words) and is_name(words[last]))
    return is_name(words[first]) and (case == _OPENS or not words[last - 1].islower())


def cut_of(words: Sequence[str]) -> int:
    """Where the head of a phrase ends: before its first preposition, relative pronoun or comma."""
    for i in range(1, len(words)):
        if words[i] in _ENDS_HEAD:
            return i
    return len(words)


def type_by_ending(words: Sequence[str]) -> str | None:
    """Tell firms and newspapers by how their names end: *Harbour Freight Lines*, *the Lagos Courier*."""
    if len(words) < 2 or not (is_name(words[-1]) and is_name(words[-2])):
        return None
    last = words[-1].lower()
    if last in _PRINTED:
        return "media"
    return "organisation" if last in _TRADING else None


def is_academic(words: Sequence[str]) -> bool:
    """Tell whether a phrase names a university or a part of one."""
    return any(w.lower() in ACADEMIC for w in words)


def is_fraction(lower: Sequence[str]) -> bool:
    """*Six in ten*, *41 per cent of voters*, *a quarter*, *two thirds*."""
    if lower[0] in {"a", "only", "just", "about", "nearly", "almost", "some", "over"} and len(lower) > 1:
        lower = lower[1:]
    if lower[0].split("-")[0] not in _COUNTS and not lower[0][:1].isdigit():
        return False
    if lower[0] in _SHARES:
        return True
    return bool(_SHARES & set(lower[1:3])) or (lower[1:2] == ["in"] and lower[2:3] != [] and lower[2] in _COUNTS)


@cache
def first_names() -> frozenset[str]:
    """Give the first names of the world and of people in public life, without words that are titles (*Dean*, *Judge*)."""
    titles = {line.partition("\t")[0].capitalize() for line in source_lines() if "\trole\t" in line}
    names = {name.name for name in load_personal_names() if name.use != "last"}
    return frozenset((names | {p.name.split(" ", 1)[0] for p in load_people() if " " in p.name}) - titles)


@cache
def public_figures() -> Mapping[str, Person]:
    """Give the people in public life by their lower-case names."""
    return {" ".join(_key(p.name)): p for p in load_people()}


@cache
def famous_surnames() -> Mapping[str, str]:
    """Give the types of surnames that a newspaper prints alone: those of heads of state and candidates."""
    found: dict[str, str] = {}
    for person in load_people():
        last = person.name.rsplit(" ", 1)[-1]
        if person.note in _FAMOUS and len(last) > 3 and "" not in (_entries(last.lower()) or {}):
            found[last] = "" if found.get(last, person.source_type) != person.source_type else person.source_type
    return {last: source_type for last, source_type in found.items() if source_type}
