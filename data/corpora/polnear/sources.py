"""Facts about the sources of PolNeAR: which source type each of its source strings has.

PolNeAR (US political news of 2016) marks who speaks, not what kind of source it is. The look-up takes three
steps: the whole string, a known name in it, its head noun with the words around it. Pronouns have no type
here: who they stand for is found in the article.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from ...lexicon import Person, cells, load_people, load_sources


class Entry(NamedTuple):
    """What the lists know of a phrase.

    Parameters
    ----------
    source_type : str
        One of `scheme.SOURCE_TYPES`.
    weak : bool
        The words around the phrase decide, if they are known.
    """

    source_type: str
    weak: bool


class Lists(NamedTuple):
    """Everything the look-up knows.

    Parameters
    ----------
    strings : mapping of str to str
        Whole source strings, lower case, to their type.
    names : mapping of str to Entry
        Names as printed, of people and bodies.
    nouns : mapping of str to Entry
        Head nouns and noun phrases, lower case.
    whole : re.Pattern
        Phrases in which ``of``, ``for`` or ``and`` begins no complement: ``secretary of state``.
    """

    strings: Mapping[str, str]
    names: Mapping[str, Entry]
    nouns: Mapping[str, Entry]
    whole: re.Pattern[str]


PRONOUNS = frozenset(
    "he she it they who whom whose which that this these those i we you me us him her them his hers "
    "its their theirs my our ours your yours himself herself itself themselves myself ourselves "
    "what there".split()
)

_MODIFIERS = ("place", "country", "demonym")
_LONGEST = 8
_OPENING = re.compile(r"^(?:(?:the|a|an|mr|mrs|ms|miss)\.?\s+)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w&/.'@-]*")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_LEFT_OUT = (PRONOUNS - {"those"}) | {"mr", "mrs", "ms", "miss", "messrs", "sir", "jr", "mister", "madam"}
_APPOSED = re.compile(r"\s*[,;:()\[\]—–]\s*|\s+--?\s+")
_RELATIVE = re.compile(r"\s+(?=(?:who|whom|whose|which|that|where|when|after|while|because|if|about|on|regarding)\b)")
_COMPLEMENT = re.compile(
    r"\s+(?:of|for|from|with|to|within|among|representing|including|"
    r"in|at|by|near|behind|inside|against|during|through|across|under|as)\s+"
)
_INSIDE = re.compile(r" (?:of|for|from|with|to|in|on|at|by|and|or|against|as) ")
_AND = re.compile(r"\s+(?:and|or|but|nor|as well as)\s+|\s+&\s+", re.IGNORECASE)
_QUANTITY = re.compile(
    r"(?:\S+ )*?(?:some|many|most|several|few|both|all|none|half|one|two|three|four|five|six|"
    r"another|others|more|each|any|"
    r"majorit(?:y|ies)|minority|dozens|hundreds|thousands|percent|number|plurality|share|third|quarter|"
    r"group|groups|slew|host|handful|pair|trio|cadre|coalition|series|wave|array|list|member|members|version|kind|sort)"
)
_PROPORTION = re.compile(
    r"(?:(?:about|nearly|almost|only|just|some|roughly|more than|less than|fewer than|over|at least) )*"
    r"(?:\d[\d.]*\s?%|[\w.-]+ percent\b|[\w-]+ (?:out of|in) (?:\d+|two|three|four|five|ten)\b"
    r"|(?:a )?(?:half|third|quarter|two-thirds|three-quarters|three-fourths)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = frozenset("who whom whose which that where when after while because if".split())
_TITLES = frozenset("rep representative congressman congresswoman sen senator gov governor mayor judge justice".split())
_AGE = re.compile(r",\s*\d\d\b|\b\d\d-year-old")


def source_type_of(source: str) -> str | None:
    """Tell the source type of a source string, None for pronouns and for what the lists do not know.

    Parameters
    ----------
    source : str
        The words that name the source, as they stand in the text.

    Returns
    -------
    str or None
        One of `scheme.SOURCE_TYPES`, never ``none``.

    Examples
    --------
    >>> source_type_of("Sen. Marian Holt (R-Ohio)")
    'political'
    >>> source_type_of("a police spokesman")
    'state'
    >>> source_type_of("a spokesman for the Trump campaign")
    'political'
    >>> source_type_of("she") is None
    True
    """
    lists = _lists()
    text = _normalise(source)
    whole = lists.strings.get(text.lower())
    if whole is not None:
        return whole
    if _PROPORTION.match(text):
        return "monitor"
    text = lists.whole.sub(lambda phrase: phrase.group().replace(" ", "_"), text)
    clauses = [_entries(clause, lists) for clause in _clauses(text)]
    if not any(clauses):  # then a relative clause or the surname of an unknown full name may tell
        clauses = [_entries(text, lists) or _surnames(text, lists)]
    entries = next((entries for entries in clauses if entries), [])
    strong = [entry for entry in [*entries, *chain(*clauses)] if not entry.weak]
    if strong:
        return strong[0].source_type
    if _AGE.search(text):
        return "individual"
    return entries[-1].source_type if entries else None


def is_common(source: str) -> bool:
    """Tell whether a source is a common noun, though it begins a sentence: *Critics* is nobody whom *he* could mean.

    Examples
    --------
    >>> is_common("Critics"), is_common("Some of the voters"), is_common("Marian Holt")
    (True, True, False)
    """
    words = _words(next(_clauses(_normalise(source)), ""))
    nouns = _lists().nouns
    known = [word.lower() in nouns or _singular(word.lower()) in nouns for word in words]
    return bool(known) and known[0] and not any(word[:1].isupper() for word in words[1:])


def _clauses(text: str) -> Iterator[str]:
    """Give what is apposed to each other in a source, without relative clauses."""
    for clause in _APPOSED.split(text):
        head = _RELATIVE.split(clause)[0]
        if head.split()[:1] and head.split()[0].lower() not in _SUBORDINATE:
            yield head


def _entries(clause: str, lists: Lists) -> list[Entry]:
    """Look up the head of a clause and its complements, in the order in which they decide.

    ``a spokesman for the ministry``: the spokesman, then the ministry; ``a majority of voters``: the voters.
    """
    phrases = _COMPLEMENT.split(clause)
    if _QUANTITY.fullmatch(phrases[0].lower()) and (found := _look_up_each(phrases[1:], lists)):
        return found
    return _look_up_each(phrases, lists)


def _look_up_each(phrases: Sequence[str], lists: Lists) -> list[Entry]:
    """Look up the heads of phrases, and of what ``and`` joins in them."""
    parts = [_words(part) for phrase in phrases for part in _AND.split(phrase)]
    return [entry for words in parts if (entry := _head(words, lists))]


def _surnames(text: str, lists: Lists) -> list[Entry]:
    """Look up the last word of each clause as a surname."""
    parts = [_words(clause) for clause in _clauses(text)]
    return [entry for words in parts if words and (entry := _name(words[-1], lists))]


def _head(words: Sequence[str], lists: Lists) -> Entry | None:
    """Find the last known phrase; while it is weak, let the words before it decide.

    Words for people at large decide nothing: a director of the Latino vote is not a Latino.
    """
    head: Entry | None = None
    end = len(words)
    while end > 0:
        start, entry = _phrase_before(words, end, lists)
        if entry is not None and head is None:
            head = entry
        elif entry is not None and not entry.weak and entry.source_type not in ("individual", "unnamed"):
            return entry
        if head is not None and not head.weak:
            return head
        end = start
    return head


def _phrase_before(words: Sequence[str], end: int, lists: Lists) -> tuple[int, Entry | None]:
    """Look up the longest known phrase that ends before `end`: where it starts, and what it is."""
    for start in range(max(0, end - _LONGEST), end):
        phrase = words[start:end]
        entry = _look_up(phrase, lists)
        if entry is not None and not _is_given_name(words, start, end, lists):
            return start, entry
    return end - 1, None


def _look_up(phrase: Sequence[str], lists: Lists) -> Entry | None:
    """Look up a phrase as a name, then as a noun, then as the plural of a noun."""
    printed = " ".join(phrase)
    lower = printed.lower()
    return _name(printed, lists) or lists.nouns.get(lower) or lists.nouns.get(_singular(lower))


def _name(printed: str, lists: Lists) -> Entry | None:
    """Look up a name, also one that a transcript prints in capitals."""
    return lists.names.get(printed) or (lists.names.get(printed.title()) if printed.isupper() else None)


def _is_given_name(words: Sequence[str], start: int, end: int, lists: Lists) -> bool:
    """Tell whether a known surname is part of an unknown name, or of somebody whose title tells more."""
    if end - start != 1 or not words[start][0].isupper() or words[start].lower() in lists.nouns:
        return False
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    return before.lower() in _TITLES or _unknown_name(before, lists) or _unknown_name(after, lists)


def _unknown_name(word: str, lists: Lists) -> bool:
    """Tell whether a word is capitalised and neither a title nor anything else that is known."""
    return word[:1].isupper() and word not in lists.names and _look_up([word], lists) is None


def _singular(noun: str) -> str:
    """Take the plural ending off a noun.

    >>> _singular("deputies"), _singular("farmers"), _singular("campaign spokesmen")
    ('deputy', 'farmer', 'campaign spokesman')
    """
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") else noun


def _normalise(source: str) -> str:
    """Straighten apostrophes, join white space, and take articles, titles and marks off the ends."""
    text = " ".join(source.replace("’", "'").replace("‘", "'").split())
    text = text.strip(" ,.;:\"“”'—–-()[]")
    text = re.sub(r"(?<=\w)'s?$", "", text)
    text = re.sub(r"\bRepresentative (?=[A-Z])", "Rep. ", text)  # a title; a company's representative is none
    return _OPENING.sub("", text)


def _words(phrase: str) -> list[str]:
    """Divide a phrase into words, without endings of the possessive, forms of address, pronouns and initials.

    >>> _words("Mrs. Clinton's aides"), _words("Donald J. Trump"), _words("the F.B.I.")
    (['Clinton', 'aides'], ['Donald', 'Trump'], ['the', 'FBI'])
    """
    words = (re.sub(r"'s?$", "", word.rstrip(".-/'")) for word in _WORD.findall(phrase.replace("_", " ")))
    plain = (word.replace(".", "") if _INITIALS.fullmatch(word) else word for word in words)
    return [word for word in plain if word == "US" or (len(word) > 1 and word.lower() not in _LEFT_OUT)]


@cache
def _lists() -> Lists:
    """Read the lists; the table of PolNeAR goes before the general ones, which know other years too."""
    strings: dict[str, str] = {}
    names: dict[str, Entry] = {}
    nouns: dict[str, Entry] = {}
    for word in load_sources():
        target = nouns if word.sort in ("role", "body") else names
        phrase = word.phrase.removeprefix("the ")
        target[" ".join(_words(phrase))] = Entry(word.source_type, word.weak or word.sort in _MODIFIERS)
    for person in load_people():
        names[" ".join(_words(person.name))] = Entry(person.source_type, False)
        names.update(_surname(person))
    for source, source_type, sort in cells("polnear-sources.tsv"):
        if sort == "string":
            strings[source] = source_type
        elif sort == "name":
            names[" ".join(_words(source))] = Entry(source_type, False)
        else:
            nouns[source.removesuffix("*")] = Entry(source_type, source.endswith("*"))
    return Lists(strings, names, nouns, _undivided([*names, *nouns]))


def _undivided(phrases: Iterable[str]) -> re.Pattern[str]:
    """Match the known phrases that a look-up must not divide."""
    parts = sorted((phrase for phrase in phrases if _INSIDE.search(phrase)), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, parts))})\b", re.IGNORECASE)


def _surname(person: Person) -> dict[str, Entry]:
    """Give the surname of somebody in US politics; the corpus calls nobody else by surname often."""
    surname = person.name.removesuffix(" Jr.").split()[-1]
    return {surname: Entry(person.source_type, False)} if person.note.startswith("US ") else {}
