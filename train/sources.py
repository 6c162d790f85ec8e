"""What kind of source a phrase names, and whom a short one stands for within its article."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ..data.lexicon import SourceWord, load_people, load_sources

PRONOUNS = {
    "he": "person",
    "she": "person",
    "it": "body",
    "they": "many",
    "who": "relative",
    "which": "relative",
    "i": "self",
    "we": "self",
    "him": "person",
    "her": "person",
    "them": "many",
    "his": "person",
    "their": "many",
    "its": "body",
}
_CUT = frozenset(
    "of for from in at with on to by near inside within about against under including among who which that , ( — – -".split()
)
_TAIL = frozenset({"of", "for", "from", "in", "at", "with", "inside", "within", "to", "by", "near"})
_UNNAMED = frozenset(
    "some many others several critics supporters opponents few most those both anonymous unidentified unnamed".split()
)
_INDEPENDENT = frozenset("independent study survey poll".split())
_SIZE = 4  # words in the longest entry that is looked for
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]")
_TITLES = frozenset("mr mrs ms dr mr. mrs. ms. dr. sir lady lord prof prof. the".split())


class Found(NamedTuple):
    """An entry of the word lists found in a phrase: tokens ``first`` to before ``last``."""

    first: int
    last: int
    source_type: str
    sort: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of sources, made for looking up: key is the lower-cased phrase."""

    entries: Mapping[str, SourceWord]
    people: Mapping[str, str]
    firsts: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the word lists once."""
    entries: dict[str, SourceWord] = {}
    for word in load_sources():
        entries[word.phrase.lower()] = word
    people = {p.name.lower(): p.source_type for p in load_people()}
    firsts = frozenset(key.split(" ", 1)[0] for key in entries) | frozenset(k.split(" ", 1)[0] for k in people)
    return Lexicon(entries, people, firsts)


def look_up(words: Sequence[str]) -> list[Found]:
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
    lists = lexicon()
    lower = [word.lower() for word in words]
    found: list[Found] = []
    at = 0
    while at < len(lower):
        hit = _entry(lists, words, lower, at) if lower[at] in lists.firsts or lower[at].endswith("s") or "-" in lower[at] else None
        if hit:
            found.append(hit)
            at = hit.last
        else:
            at += 1
    return found


def _entry(lists: Lexicon, words: Sequence[str], lower: Sequence[str], at: int) -> Found | None:
    for size in range(min(_SIZE, len(lower) - at), 0, -1):
        key = " ".join(lower[at : at + size])
        if size > 1 and key in lists.people:
            return Found(at, at + size, lists.people[key], "person", False)
        word = lists.entries.get(key) or (lists.entries.get(_singular(key)) if key.endswith("s") else None)
        if word is None and size == 1 and "-" in key:
            word = lists.entries.get(key.rsplit("-", 1)[1])
        if word is not None and _fits(word, words[at]):
            return Found(at, at + size, word.source_type, word.sort, word.weak)
    return None


def _fits(word: SourceWord, printed: str) -> bool:
    """A proper name has to be printed as one."""
    return word.phrase == word.phrase.lower() or bool(_NAME.match(printed))


def _singular(key: str) -> str:
    if key.endswith("ies"):
        return key[:-3] + "y"
    if key.endswith("men"):
        return key[:-3] + "man"
    return key[:-2] if key.endswith(("ches", "shes", "sses")) else key[:-1]


def type_of_phrase(words: Sequence[str]) -> str | None:
    """Tell what kind of source a noun phrase names, by its words alone.

    The head (before ``of``, ``for``, ``who`` …) decides; where its noun is weak (a spokesman, an official), the words
    around it do.

    Parameters
    ----------
    words : sequence of str
        Tokens of the phrase, as printed.

    Returns
    -------
    str or None
        None where the word lists know nothing of it.

    Examples
    --------
    >>> type_of_phrase("a spokesman for the Interior Ministry".split())
    'state'
    """
    if not words:
        return None
    found = look_up(words)
    cut = _cut(words)
    head = [f for f in found if f.first < cut]
    tail = [f for f in found if f.first >= cut]
    if not head and words[0].lower() in _UNNAMED and not tail:
        return "unnamed"
    strong = [f for f in head if not f.weak and f.sort in {"role", "person", "body", "name"}]
    roles = [f for f in strong if f.sort in {"role", "person"}]
    if roles:
        return roles[-1].source_type
    weak = [f for f in head if f.weak]
    if strong and not weak:
        return _head_noun(words, strong, head)
    if weak:
        return _around(weak[-1], head, tail, words)
    places = [f for f in head if f.sort in {"place", "country", "demonym"}]
    if places and (len(places) == len(head)):
        return "state" if _is_bare(words[:cut], places) else None
    if words[0].lower() in _UNNAMED:
        return "unnamed"
    return tail[0].source_type if tail and not head else None


def _head_noun(words: Sequence[str], strong: Sequence[Found], head: Sequence[Found]) -> str:
    """Of several bodies in the head the last one is the noun: *Interior Ministry police*."""
    return strong[-1].source_type


def _around(weak: Found, head: Sequence[Found], tail: Sequence[Found], words: Sequence[str]) -> str:
    """A weak noun takes the type of what it is hung on."""
    near = [f for f in head if f is not weak and not f.weak and f.sort in {"body", "name", "role", "person"}]
    if near:
        return near[-1].source_type
    behind = [f for f in tail if not f.weak and f.sort in {"body", "name", "role", "person", "place"}]
    if behind:
        return behind[0].source_type
    if any(f.sort in {"place", "country", "demonym"} for f in [*head, *tail]) and weak.source_type != "unnamed":
        return "state" if weak.source_type in {"state", "political", "organisation"} else weak.source_type
    return weak.source_type


def _is_bare(words: Sequence[str], places: Sequence[Found]) -> bool:
    """A place stands for its government only where it stands alone: *Kyiv*, *the Kremlin*."""
    covered = sum(f.last - f.first for f in places)
    return covered >= len([w for w in words if w.lower() not in _TITLES])


def _cut(words: Sequence[str]) -> int:
    """Where the head of the phrase ends."""
    for i, word in enumerate(words):
        if i and word.lower() in _CUT:
            return i
    return len(words)


def surname(words: Sequence[str]) -> str | None:
    """Give the last name of a phrase: the last word of its last run of capitalised words.

    >>> surname("German Foreign Minister Annalena Baerbock".split())
    'Baerbock'
    >>> surname("the ministry".split()) is None
    True
    """
    cut = _cut(words)
    for word in reversed(words[:cut]):
        if _NAME.match(word) and len(word) > 1:
            return word
        if word not in {"’s", "'s"}:
            return None
    return None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the article introduces: full name, type as far as the words tell it, and those words."""

    full: str
    source_type: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a source phrase stands for.

    Parameters
    ----------
    speaker : str or None
        The full name; None where the phrase says it itself or nobody is found.
    source_type : str or None
        What the word lists make of it.
    words : tuple of str
        Every word known about the source: its phrase, and those that introduced it.
    how : str
        ``phrase``, ``surname``, ``short``, ``pronoun`` or ``unknown``.
    """

    speaker: str | None
    source_type: str | None
    words: tuple[str, ...]
    how: str


def introductions(sentences: Iterable[Sequence[str]]) -> dict[str, Person]:
    """Find the persons and short forms that an article introduces.

    *Foreign Minister Annalena Baerbock*; *Euan Drummie, a stock modeller in Lowestoft*; *Maria Sol of the farmers’
    union*; *the Security Service (SBU)*.

    Parameters
    ----------
    sentences : iterable of sequence of str
        Tokens as printed.

    Returns
    -------
    dict of str to Person
        By surname or short form; of several introductions the first that tells a type.
    """
    found: dict[str, Person] = {}
    for words in sentences:
        for key, person in _introduced(words):
            old = found.get(key)
            if old is None or (old.source_type is None and person.source_type is not None):
                full = max((person.full, old.full if old else ""), key=len)
                found[key] = Person(full, person.source_type, person.words)
    return found


def _introduced(words: Sequence[str]) -> Iterable[tuple[str, Person]]:
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_name(words[end]):
            end += 1
        if end == at:
            at += 1
            continue
        yield from _around_name(words, at, end)
        if end + 2 < len(words) and words[end] == "(" and words[end + 2] == ")" and words[end + 1].isupper():
            start = _body_start(words, at)
            phrase = tuple(words[start:end])
            yield words[end + 1], Person(" ".join(phrase), type_of_phrase(phrase), phrase)
        at = end


def _is_name(word: str) -> bool:
    return bool(_NAME.match(word)) and len(word) > 1 and word.lower() not in _NO_NAMES


def _body_start(words: Sequence[str], at: int) -> int:
    """*the Security Service of Ukraine (SBU)*: step back over *of* to the first capitalised words."""
    while at >= 2 and words[at - 1].lower() in {"of", "for", "and", "the"} and (_is_name(words[at - 2]) or at >= 3 and _is_name(words[at - 3])):
        at -= 2
        while at > 0 and _is_name(words[at - 1]):
            at -= 1
    return at


def _around_name(words: Sequence[str], at: int, end: int) -> Iterable[tuple[str, Person]]:
    """What stands before and behind a run of capitalised words."""
    run = look_up(words[at:end])
    roles = [f for f in run if f.sort == "role" and f.last < end - at]
    known = [f for f in run if f.sort == "person"]
    name_start = at + roles[-1].last if roles else at
    if not _name_only(words[name_start:end], run):
        return
    start = at
    while start > 0 and at - start < 6 and words[start - 1].isalpha() and words[start - 1].lower() not in _NO_DESCRIPTION:
        start -= 1
    before = words[start:name_start]
    behind = _apposition(words, end)
    full = " ".join(words[name_start:end])
    person_type = known[-1].source_type if known else None
    for phrase in (before, behind):
        if person_type is None and phrase and (phrase is not before or _ends_in_role(before)):
            person_type = type_of_phrase(phrase)
    if person_type or name_start > at or behind or end - name_start > 1:
        yield words[end - 1], Person(full, person_type, (*before, *behind))


def _name_only(words: Sequence[str], run: Sequence[Found]) -> bool:
    return 1 <= len(words) <= 4 and not any(f.sort in {"body", "country"} for f in look_up(words)) and words[-1][-1].isalpha()


def _ends_in_role(words: Sequence[str]) -> bool:
    found = look_up(words)
    return bool(found) and found[-1].last == len(words) and found[-1].sort in {"role", "body", "name"}


def _apposition(words: Sequence[str], at: int) -> tuple[str, ...]:
    """The description behind a name: *, 43, a farmer,* or *of the farmers’ union*."""
    if at + 1 < len(words) and words[at] in {",", "(", "—", "–"}:
        at += 1
        if words[at].isdigit() and at + 2 < len(words) and words[at + 1] == ",":
            at += 2
        if words[at].lower() not in _APPOSED and not look_up(words[at : at + 2]):
            return ()
    elif at >= len(words) or words[at].lower() not in {"of", "from", "at", "with"}:
        return ()
    end = at
    while end < len(words) and end - at < 16 and words[end] not in {",", ".", ")", ";", ":", "—", "–", "“", '"', "”"} | {"said", "says", "told"}:
        end += 1
    return tuple(words[at:end])


_APPOSED = frozenset("a an the who whose one its his her their another chief former head spokesman spokeswoman president chairman director professor author mayor".split())
_NO_NAMES = frozenset(
    "the a an and but in on at for if it he she they we i you his her its their this that these those when while after "
    "before as by to of from with according not no so yet then there here what who why how where monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november december "
    "one two three four five six seven eight nine ten some many most few all both more since although though because".split()
)
_NO_DESCRIPTION = frozenset(
    "and but that said says told by to with from in on at for when while after before as if than or not is was were are be "
    "has had have will would which who whom it he she they we i you".split()
)


@dataclass(slots=True)
class Memory:
    """Who has been named so far in an article, so that short forms can be resolved.

    Parameters
    ----------
    people : dict of str to Person
        By surname, short form or head noun.
    last : dict of str to Person
        ``person``, ``body`` and ``many`` to the last source of that sort.
    """

    people: dict[str, Person] = field(default_factory=dict)
    last: dict[str, Person] = field(default_factory=dict)

    def resolve(self, words: Sequence[str]) -> Resolved:
        """Tell whom a source phrase stands for."""
        content = [w for w in words if w.lower() not in _TITLES]
        if not content:
            return Resolved(None, None, tuple(words), "unknown")
        if len(content) == 1 and content[0].lower() in PRONOUNS:
            person = self.last.get(PRONOUNS[content[0].lower()])
            if person is None:
                return Resolved(None, None, tuple(words), "unknown")
            return Resolved(person.full, person.source_type, person.words, "pronoun")
        known = type_of_phrase(words)
        name = surname(content)
        person = self.people.get(name) if name else self.people.get(content[: _cut(content)][-1].lower())
        if person is None:
            return Resolved(None, known, tuple(words), "phrase" if known else "unknown")
        bare = len(content) == 1 or all(_is_name(w) for w in content)
        source_type = person.source_type or known if bare else known or person.source_type
        longer = person.full if len(person.full) > len(" ".join(content)) else None
        return Resolved(longer, source_type, (*words, *person.words), "surname" if name else "short")

    def note(self, words: Sequence[str], resolved: Resolved) -> None:
        """Remember a source that was named."""
        content = [w for w in words if w.lower() not in _TITLES]
        if not content or content[0].lower() in PRONOUNS:
            return
        name = surname(content)
        person = Person(resolved.speaker or " ".join(content), resolved.source_type, resolved.words)
        sort = _sort(content, name)
        key = name or content[: _cut(content)][-1].lower()
        if key not in self.people or (self.people[key].source_type is None and person.source_type):
            self.people[key] = person
        if sort == "body":
            self.people.setdefault(content[: _cut(content)][-1].lower(), person)
            self.last["many"] = person
        self.last[sort] = person


def _sort(words: Sequence[str], name: str | None) -> str:
    """Tell a person from a body from a group."""
    found = look_up(words[: _cut(words)])
    last = words[_cut(words) - 1]
    if any(f.sort in {"role", "person"} for f in found):
        return "many" if not name and last.endswith("s") else "person"
    if any(f.sort in {"body", "name", "place", "country"} for f in found):
        return "body"
    return "person" if name else "many"
