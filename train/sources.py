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


@dataclass(slots=True)
class Memory:
    """Who has been named so far in an article, so that short forms can be resolved.

    Parameters
    ----------
    names : dict of str to (str, str or None)
        A surname, acronym or head noun to the full name and its type.
    last : dict of str to (str, str or None)
        ``person``, ``body`` and ``many`` to the last source of that sort.
    """

    names: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    last: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def resolve(self, words: Sequence[str]) -> tuple[str | None, str | None]:
        """Tell whom a source phrase stands for: full name (None where it says so itself) and type."""
        content = [w for w in words if w.lower() not in _TITLES]
        if not content:
            return None, None
        if len(content) == 1 and content[0].lower() in PRONOUNS:
            return self.last.get(PRONOUNS[content[0].lower()], (None, None))
        known = type_of_phrase(words)
        name = surname(content)
        if name and name in self.names:
            full, kind = self.names[name]
            if known is None or (len(content) == 1 and kind is not None):
                return full, kind
            return full, known
        head = content[-1].lower()
        if len(content) == 1 and head in self.names:
            full, kind = self.names[head]
            return full, kind or known
        return None, known

    def note(self, words: Sequence[str], source_type: str | None) -> None:
        """Remember a source that was named."""
        content = [w for w in words if w.lower() not in _TITLES]
        if not content or content[0].lower() in PRONOUNS:
            return
        full = " ".join(content)
        name = surname(content)
        entry = (full, source_type)
        sort = _sort(content, name)
        if name and (name not in self.names or self.names[name][1] is None):
            self.names[name] = entry
        if not name or sort == "body":
            self.names.setdefault(content[: _cut(content)][-1].lower(), entry)
        self.last[sort] = self.names.get(name, entry) if name else entry
        if sort == "body":
            self.last["many"] = entry


def _sort(words: Sequence[str], name: str | None) -> str:
    """Tell a person from a body from a group."""
    found = look_up(words[: _cut(words)])
    if any(f.sort in {"role", "person"} for f in found):
        last = words[_cut(words) - 1]
        return "many" if not name and last.endswith("s") else "person"
    if any(f.sort in {"body", "name", "place", "country"} for f in found):
        return "body"
    return "person" if name else "many"


def mentions(words: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    """Find persons introduced by their role anywhere in a text: (surname, full name, type).

    *Foreign Minister Annalena Baerbock* makes Baerbock ``state`` also where she is not yet a source.
    """
    for found in look_up(words):
        if found.sort == "person":
            yield words[found.last - 1], " ".join(words[found.first : found.last]), found.source_type
        if found.sort != "role":
            continue
        end = found.last
        while end < len(words) and _NAME.match(words[end]) and len(words[end]) > 1:
            end += 1
        if 1 <= end - found.last <= 4 and words[found.first][0].isalpha():
            full = " ".join(words[found.last : end])
            yield words[end - 1], full, found.source_type
