"""Whom a source stands for within its article: pronouns, surnames, short forms, roles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .entities import Entity, Introductions, sounds_like
from .noun_phrases import PRONOUNS, Phrase, phrase_of
from .source_types import Judged, head_noun, judge
from .source_words import BODIES, OWNERS, PLACES, Found, cut_of, famous_surnames, is_name, look_up

_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_CALLED = {  # what bodies of a type are called without having been named so
    "organisation": frozenset(
        "company firm group organisation organization business club charity developer operator".split()
    ),
    "media": frozenset(
        "paper newspaper daily weekly magazine outlet channel station site website broadcaster report".split()
    ),
    "monitor": frozenset("group organisation organization body agency mission pollster institute".split()),
    "expert": frozenset("institute centre center team group university journal".split()),
    "political": frozenset("party movement group campaign".split()),
    "state": frozenset("ministry department agency government office authority regulator court".split()),
}
_UNIONS = frozenset("federation workers council guild brotherhood crew crews association".split())
_NEAR = 40  # tokens that having been the last source is worth


class Resolved(NamedTuple):
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


@dataclass(slots=True)
class Memory:
    """A reader of the article, who has come as far as token ``at``.

    Parameters
    ----------
    article : Introductions
        Whom the article names.
    at : int
        Where the source last resolved begins.
    n_met : int
        Number of the article's mentions passed.
    met : list of Entity
        Those met so far, also sources without a name.
    found : Entity or None
        Whom the source last resolved stands for.
    """

    article: Introductions
    at: int = 0
    n_met: int = 0
    met: list[Entity] = field(default_factory=list)
    found: Entity | None = None

    def __post_init__(self) -> None:
        """Begin with what the article itself tells, whatever other readers made of it."""
        self.article.read_again()

    def resolve(self, words: Sequence[str], at: int | None = None) -> Resolved:
        """Tell whom a source phrase stands for.

        Parameters
        ----------
        words : sequence of str
            The phrase, as printed.
        at : int, optional
            Number of its first token in the article; without it the next place where the phrase stands.
        """
        printed = tuple(words)
        self.found = None
        if not words:
            return Resolved(None, None, printed, "unknown")
        self._go_to(self._place(words) if at is None else at)
        phrase = phrase_of(printed)
        if phrase.pronoun:
            self.found = self._pronoun(phrase.pronoun)
            if self.found is None:
                return Resolved(None, None, printed, "unknown")
            speaker = self.found.name if _is_full(self.found) else None
            return Resolved(speaker, self.found.source_type, self.found.words, "pronoun")
        judged = judge(phrase.words, self._named)
        named = self._by_name(phrase)
        self.found = named or self._short_form(phrase)
        return self._join(printed, phrase, judged, "surname" if named else "short")

    def note(self, words: Sequence[str], resolved: Resolved) -> None:
        """Remember a source that was named."""
        content = phrase_of(tuple(words)).content if words else ()
        if not content or (self.found is None and content[0].lower() in PRONOUNS):
            return
        entity = self.found
        if entity is None:
            entity = Entity(" ".join(content[: cut_of(content)]), _sort(content), resolved.source_type)
            entity.learn(content, None, False)
            self.met.append(entity)
        elif entity.source_type is None:
            entity.source_type = resolved.source_type
        if entity.seen < 0 and entity not in self.met:
            self.met.append(entity)
        entity.seen = entity.spoke = self.at

    def _place(self, words: Sequence[str]) -> int:
        """Give the next place where the phrase stands; where it does not, stay."""
        tokens, first, size = self.article.words, words[0], len(words)
        phrase, place = list(words), self.at
        try:
            while tokens[(place := tokens.index(first, place)) : place + size] != phrase:
                place += 1
        except ValueError:
            return self.at
        return place

    def _go_to(self, at: int) -> None:
        """Meet everybody who is named before token ``at``."""
        self.at = at
        mentions = self.article.mentions
        while self.n_met < len(mentions) and mentions[self.n_met][0] < at:
            place, opens, entity = mentions[self.n_met]
            if entity.seen < 0:
                self.met.append(entity)
            entity.seen = place
            if opens:
                entity.spoke = max(entity.spoke, place - _NEAR // 2)
            self.n_met += 1

    def _named(self, words: Sequence[str]) -> str | None:
        lower = words[0].lower()
        if lower in OWNERS:
            owner = self._pronoun(lower)
            return owner.source_type if owner else None
        found = self.article.find(words) or self._short_form(phrase_of(tuple(words)))
        return found.source_type if found else famous_surnames().get(words[-1])

    def _pronoun(self, pronoun: str) -> Entity | None:
        sort = PRONOUNS[pronoun]
        if sort == "person":
            return self._he_or_she(_GENDER[pronoun])
        if sort == "relative":
            return max(self.met, key=lambda e: e.seen, default=None)
        if sort == "self":
            return None
        sorts = {"body"} if sort == "body" else {"many", "body"}
        fitting = [e for e in self.met if e.sort in sorts or e.sort == "name"]
        return max(fitting, key=_salience_of_thing, default=None)

    def _he_or_she(self, gender: str) -> Entity | None:
        fitting = [e for e in self.met if e.sort in {"person", "name"} and e.gender in {"", gender}]
        best = max(fitting, key=lambda e: _salience(e) - _strangeness(e, gender), default=None)
        if best:
            best.gender, best.sort = gender, "person"
        return best

    def _by_name(self, phrase: Phrase) -> Entity | None:
        """Find the bearer of a name in the phrase: *Mr Tsosie*, *Its president, Ana Roe*."""
        for name in phrase.names:
            found = self.article.find(name)
            if found:
                if phrase.document:
                    found.nouns.add(phrase.document)
                return found
        return None

    def _short_form(self, phrase: Phrase) -> Entity | None:
        """Find somebody met whom the phrase calls by a noun: *the union*, *one of them*, *two of the people*."""
        if phrase.part_of is None:
            return self._called(*phrase.asked) if phrase.asked else None
        if phrase.part_of[:1] and phrase.part_of[0].lower() == "them":
            return self._pronoun("them")
        return self._short_form(phrase_of(phrase.part_of)) if phrase.part_of else None

    def _called(self, asked: Sequence[str], definite: bool, known: Found | None) -> Entity | None:
        """Find who is called so, or could be for what they are: *the company*."""
        noun, others = asked[-1], set(asked[:-1]) - {"own"}
        person = bool(known and known.sort == "role")
        met = [e for e in self.met if person or e.sort != "person"]
        exact = [e for e in met if noun in e.nouns and others <= e.nouns]
        kin = [e for e in met if e.sort in {"body", "name"} and _could_be(e, noun)] if definite and not others else []
        fitting = [(e.has_name, _salience(e) + _NEAR, e) for e in exact]
        fitting += [(e.has_name, _salience(e), e) for e in kin if e not in exact]
        return max(fitting, key=lambda f: f[:2])[2] if fitting else None

    def _join(self, printed: tuple[str, ...], phrase: Phrase, judged: Judged | None, how: str) -> Resolved:
        """Put together what the phrase says and what is known of whom it names."""
        entity = self.found
        if entity is None:
            return Resolved(None, judged.source_type if judged else None, printed, "phrase" if judged else "unknown")
        bare = how == "short" or phrase.is_name
        source_type = judged.source_type if judged else None
        if entity.source_type and (judged is None or bare or (entity.sure and not judged.sure)):
            source_type = entity.source_type
        said = entity.name.lower() == " ".join(phrase.content).lower() or not _is_full(entity)
        return Resolved(None if said else entity.name, source_type, (*printed, *entity.words), how)


def _salience(entity: Entity) -> int:
    return max(entity.seen, entity.spoke + _NEAR if entity.spoke >= 0 else -1)


def _is_full(entity: Entity) -> bool:
    """Tell a name, or a description that says more than *the group* or *officials*."""
    return entity.has_name or any(is_name(w) for w in entity.name.split(" ")[1:]) or entity.name.count(" ") > 1


def _could_be(entity: Entity, noun: str) -> bool:
    if noun == "union":
        return bool(_UNIONS & entity.nouns)
    if entity.source_type is None and entity.spoke >= 0:
        return noun in _CALLED["organisation"]
    return noun in _CALLED.get(entity.source_type or "", ())


def _salience_of_thing(entity: Entity) -> int:
    return _salience(entity) - (2 * _NEAR if entity.sort == "name" else 0) - (0 if entity.has_name else _NEAR // 2)


def _strangeness(entity: Entity, gender: str) -> int:
    """Weigh what it costs to take somebody whose name sounds like the other gender."""
    if entity.gender:
        return 0
    if not entity.has_name:
        return _NEAR // 4
    sounds = sounds_like(entity.name)
    return (0 if sounds == gender else 30 if not sounds else 60) + (2 * _NEAR if entity.sort == "name" else 0)


def _sort(words: Sequence[str]) -> str:
    """Tell a person from a body from a group."""
    noun = head_noun(words)
    last = words[cut_of(words) - 1].lower()
    if noun is None:
        if any(f.sort in PLACES for f in look_up(words[: cut_of(words)])):
            return "body"
        return "person" if is_name(words[0]) and not last.endswith("s") else "many"
    if noun.sort in BODIES:
        return "body"
    return "many" if last.endswith("s") or last in {"people", "police", "men", "women"} else "person"
