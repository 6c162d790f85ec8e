"""The word lists of sources, made for looking up: what kind of source a word or a name is."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
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
LEADS = frozenset("supervises oversees leads led heads headed runs chairs directs founded represents represented".split())
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
COUNTS = frozenset(
    "one two three four five six seven eight nine ten half most quarter third thirds fifth fifths majority majorities "
    "percent cent eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety".split()
)
_SHARES = frozenset("quarter thirds third fifth fifths majority majorities percent cent half %".split())
_TENS = COUNTS | {"3", "4", "5", "10", "20", "100"}
_PARTS = frozenset({"thirds", "quarters", "fifths"})  # three-quarters
_ROUGHLY = frozenset("a another only just about nearly almost some over roughly around".split())
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]")
_FIRST = re.compile(r"^\S+", re.MULTILINE)
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


@lru_cache(maxsize=8192)
def is_name(word: str) -> bool:
    """Tell whether a word begins with a capital letter."""
    return bool(_NAME.match(word))


class _Begun(NamedTuple):
    """The entries that begin with a token.

    Parameters
    ----------
    alone : sequence of _Entry
        Those of this token alone, in the order of their cases.
    longer : mapping of str to sequence of str
        The lines of the others, by their second token: most of them are never made entries.
    """

    alone: Sequence[_Entry]
    longer: Mapping[str, Sequence[str]]


@cache
def _lines() -> Mapping[str, list[str]]:
    """Read the word lists once, by the first token of their lines."""
    found: dict[str, list[str]] = defaultdict(list)
    lines = [*source_lines(), *[f"{p.name}\t{p.source_type}\tperson\t" for p in load_people() if " " in p.name]]
    for line, first in zip(lines, _FIRST.findall("\n".join(lines).lower()), strict=True):
        found[_key(first)[0] if "'" in first else first].append(line)
    return found


_known: dict[str, _Begun] = {}
"""The entries of the tokens met so far, made once: there are no more than the word lists have."""


def _begun(first: str) -> _Begun | None:
    """Give the entries that begin with a token, which is in lower case."""
    found = _known.get(first) or _begin(first)
    if found:
        _known[first] = found
    return found


def _begin(first: str) -> _Begun | None:
    lines = _lines()
    nouns = [word for word in _singulars(first, lines) if word not in _NO_NOUNS]
    if not nouns and first not in lines:
        return None
    alone = [line for word in nouns for line in lines.get(word, ()) if line.startswith(f"{word}\t")]
    longer: dict[str, list[str]] = {}
    for line in lines.get(first, ()):
        phrase = line.partition("\t")[0]
        lower = phrase.lower()
        key = _key(lower) if "'" in lower or "’" in lower else lower.split(" ")
        if len(key) == 1:
            alone.append(line)
            continue
        longer.setdefault(key[1], []).append(line)
        if len(key) == 2 and phrase == lower:
            longer.setdefault(_plural(key[1]), []).append(line)
    return _Begun(_entries(alone, 0, first) if alone else (), longer) if alone or longer else None


def _entries(lines: Iterable[str], at: int, token: str) -> list[_Entry]:
    """Make entries of lines and of their plurals, longest first: those that have ``token`` as their token number ``at``."""
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
    return [found[key, case] for key, case in sorted(found, key=lambda k: (-len(k[0]), k[1])) if key[at] == token]


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


def _singulars(word: str, known: Container[str]) -> list[str]:
    """Give the known words of which a word may be the plural."""
    if not word.endswith(("s", "en")):
        return []
    options = (f"{word[:-2]}an", f"{word[:-3]}y", word[:-2], word[:-1])
    return [one for one in options if one in known and _plural(one) == word]


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
    return look_up_tuple(tuple(words))


@lru_cache(maxsize=4096)
def look_up_tuple(words: tuple[str, ...]) -> tuple[SourceMatch, ...]:
    """Find the entries of the word lists in a phrase; see `look_up`."""
    options = [*map(_options, words)]
    if not any(options):
        return ()
    found: list[SourceMatch] = []
    n = len(words)
    free = 0  # first token that no entry holds yet
    for at, its_own in enumerate(options):
        if its_own is None or at < free:
            continue
        longer, named, opening, within, many = its_own
        if longer and at + 1 < n and (second := lexicon[words[at + 1]].lower) in longer:
            hit = _longest(words, at, second, named)
            if hit:
                found.append(hit)
                free = hit.last
                continue
        entry = opening if at == 0 and (n > 1 or many) else within
        if entry:
            found.append(SourceMatch(at, at + 1, entry.source_type, entry.sort, entry.weak))
    return tuple(found)


def may_begin_entry(word: str) -> bool:
    """Tell whether an entry of the word lists may begin with a word; most words of news begin none."""
    return _options(word) is not None


class _Options(NamedTuple):
    """The entries that may begin with a word as printed.

    Parameters
    ----------
    longer : mapping of str to sequence of str
        The lines of those of two words and more, by their second word.
    is_name : bool
        The word has a capital.
    opening, within : _Entry or None
        What the word is alone, where it opens a phrase and elsewhere: a capital makes it a name, unless the word may have it
        for opening the sentence.
    many : bool
        It may open a phrase of one word as something else than a name: *Officials*.
    """

    longer: Mapping[str, Sequence[str]]
    is_name: bool
    opening: _Entry | None
    within: _Entry | None
    many: bool


_CHANGING = ("s", "en", ".", "ologist")  # ends of words that are looked up in another form, too


@lru_cache(maxsize=8192)
def _options(word: str) -> _Options | None:
    """Give the entries that may begin with a word as printed; most words begin none."""
    lower = _lower(word)
    if lower not in _lines() and "-" not in lower and not lower.endswith(_CHANGING):
        return None  # most new words
    found = _begun_like(lower)
    if found is None:
        return None
    named = is_name(word)
    case = (_CAPITALS if word.isupper() else _CAPITAL) if named else _ANY
    alone = [e for e in found.alone if e.case <= case]
    opening, within = (alone[0], alone[-1 if named else 0]) if alone else (None, None)
    if within and within.case == _CAPITALS:
        opening = within
    return _Options(found.longer, named, opening, within, lower.endswith("s") or lower == "people")


def _begun_like(word: str) -> _Begun | None:
    """Give the entries that begin with a word in lower case, or where none is this word alone, with a variant of it."""
    found = _begun(word)
    variants = None if found and found.alone else _variants(word)
    if not found or not variants:
        return found or variants
    return _Begun(variants.alone, found.longer if variants.alone else {**variants.longer, **found.longer})


@cache  # no more than the word lists have: it is asked only where they have both words
def _longer(first: str, second: str, named: bool) -> list[tuple[int, Mapping[tuple[str, ...], list[_Entry]]]]:
    """Give the entries that begin with two words in lower case: by how many tokens stand behind the first, and by these.

    The longest come first. Where the first word is printed in small letters they are no names but *the Caravan*.
    """
    begun = _begun_like(first)
    found: dict[int, dict[tuple[str, ...], list[_Entry]]] = {}
    for entry in _entries(begun.longer[second], 1, second) if begun else ():
        if named or entry.case == _ANY or first == "the":
            found.setdefault(len(entry.rest), {}).setdefault(entry.rest, []).append(entry)
    return list(found.items())


def _lower(word: str) -> str:
    return lexicon[word].lower


def _variants(word: str) -> _Begun | None:
    """Look a word up without its full stop (*Sen.*), or by the last part of a compound (*ex-minister*)."""
    if word[-1] == "." and len(word) > 2:
        return _begun(word[:-1])
    if word.endswith(("ologist", "ologists")):
        return _Begun([_Entry((), "expert", "role", False, _ANY)], {})
    if "-" in word[1:] and (last := _begun(word.rsplit("-", 1)[1])):
        return _Begun([e for e in last.alone if e.case == _ANY], {})
    return None


@lru_cache(maxsize=2048)
def may_end_entry(word: str) -> bool:
    """Tell whether any entry of the word lists can end with a word; most words of news end none."""
    lower = _lower(word)
    last_words, nouns = _last_words()
    plural = any([one.islower() for one in _singulars(lower, nouns)])
    return plural or lower in last_words or bool(_variants(lower))


@cache
def _last_words() -> tuple[frozenset[str], frozenset[str]]:
    """Give the last words of all entries, in lower case, and as printed those that may have a plural."""
    phrases = [line.partition("\t")[0] for line in source_lines()]
    phrases += [p.name for p in load_people() if " " in p.name]
    nouns = frozenset([phrase.rpartition(" ")[2] for phrase in phrases if phrase not in _NO_NOUNS])
    last = nouns | {phrase.rpartition(" ")[2] for phrase in _NO_NOUNS}
    return frozenset([_key(word)[-1] if "'" in word or "’" in word else word.lower() for word in last]), nouns


def _longest(words: Sequence[str], at: int, second: str, named: bool) -> SourceMatch | None:
    """Find the longest entry of two words and more that begins at a token, with ``second`` behind it in lower case."""
    for size, by_rest in _longer(lexicon[words[at]].lower, second, named):
        last = at + 1 + size
        rest = tuple([lexicon[word].lower for word in words[at + 1 : last]])
        for _, source_type, sort, weak, case in by_rest.get(rest, ()):
            if case == _ANY or _has_capitals(words, at, last, case):
                return SourceMatch(at, last, source_type, sort, weak)
    return None


def _has_capitals(words: Sequence[str], first: int, last: int, case: int) -> bool:
    """Tell whether a phrase is printed as a name; *the Diplomat* is, and *the Diplomat Hotel* is no paper."""
    if words[first] in {"the", "The"}:
        goes_on = last == first + 2 and last < len(words) and is_name(words[last])
        return is_name(words[first + 1]) and not goes_on
    return is_name(words[first]) and (case == _OPENS or not words[last - 1].islower())


def cut_of(words: Sequence[str]) -> int:
    """Where the head of a phrase ends: before its first preposition, relative pronoun or comma."""
    if _ENDS_HEAD.isdisjoint(words):
        return len(words)  # most phrases
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
    if lower[0] in _ROUGHLY and len(lower) > 1:
        lower = lower[1:]
    if lower[0].split("-")[0] not in COUNTS and not lower[0][:1].isdigit():
        return False
    if lower[0] in _SHARES or lower[0].rsplit("-", 1)[-1] in _PARTS:
        return True
    return bool(_SHARES & set(lower[1:3])) or (lower[1:2] == ["in"] and lower[2:3] != [] and lower[2] in _TENS)


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
        if person.note in _FAMOUS and len(last) > 3 and not ((begun := _begun(last.lower())) and begun.alone):
            found[last] = "" if found.get(last, person.source_type) != person.source_type else person.source_type
    return {last: source_type for last, source_type in found.items() if source_type}
