"""What a reader keeps of everybody and everything that an article names."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from ..language.first_names import gender_of_first_name, is_listed_first_name
from ..language.person_names import known_in, without_nickname
from ..language.source_words import OWNERS, POSSESSIVE, TITLES, cut_of, is_name

_MALE = frozenset(
    "mr mr. sir lord herr brother father son husband king prince widower grandfather uncle nephew actor boy monk "
    "imam bishop priest gentleman".split()
)
_FEMALE = frozenset(
    "mrs mrs. ms ms. miss mme lady dame madam frau mother sister daughter wife queen princess widow grandmother aunt "
    "niece headmistress actress waitress nun duchess baroness girl".split()
)
_MALE_ENDINGS = ("o", "us", "os", "ert", "ard", "old", "mir", "slav", "bek", "din", "ullah", "rick", "ton", "son")
_FEMALE_ENDINGS = ("a", "ine", "elle", "ette", "lyn", "beth", "hild", "iya", "isha", "een", "ie")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_OTHERS = frozenset({"whose", "his", "her", "their"})
_ENOUGH_WORDS = 40  # words kept that describe an entity, the first ones of the article
_OWNER_WITHIN = 12  # mentions back to which *its* or *their* may point
FEW = 50  # so many can be looked at one by one


class Told(IntEnum):
    """How well a type is told: what tells it better goes before what told it earlier."""

    NOT = 0
    GUESSED = 1  # by a first name, an ending, a word of many meanings, an office no longer held
    LISTED = 2  # the name stands on a list
    DESCRIBED = 3  # *Anna Roe, a farmer*; *Anna Roe is a farmer*
    TITLED = 4  # *the farmer Anna Roe*
    RUNNING = 5  # *Governor Anna Roe, who is running for president*


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that the article names or describes.

    Parameters
    ----------
    name : str
        The longest form printed, without description.
    sort : str
        ``person``, ``body``, ``many``, or ``name`` for a person or body.
    source_type : str or None
    told : Told
        How well the type is told.
    words : tuple of str
        Everything that describes it.
    nouns : set of str
        Lower-case nouns it may be called by (*ministry*, *pollster*).
    gender : str
        ``m``, ``f`` or empty.
    types : tuple of str
        The only types it can be of, where it is known in public life.
    seen, spoke : int
        Token where it was last met, and last was a source; -1 for not yet.
    """

    name: str
    sort: str
    source_type: str | None = None
    told: Told = Told.NOT
    words: tuple[str, ...] = ()
    nouns: set[str] = field(default_factory=set)
    gender: str = ""
    types: tuple[str, ...] = ()
    seen: int = -1
    spoke: int = -1

    @property
    def has_name(self) -> bool:
        """Tell a name from a noun: *Human Rights Watch* from *the group*."""
        return _ends_in_name(self.name)

    @property
    def sure(self) -> bool:
        """The type was told by a title, a description or a list."""
        return self.told >= Told.LISTED

    def may_be(self, gender: str) -> bool:
        """Tell whether somebody can be of a gender; anybody can where it is empty, or where nothing tells theirs."""
        return not gender or self.gender in {"", gender}

    def learn(self, words: Sequence[str], source_type: str | None, told: Told) -> None:
        """Add a description and, where it tells the type better than what was known, the type."""
        if source_type and told > self.told and self._may_be(source_type, told):
            self.source_type, self.told = source_type, told
        if words and len(self.words) < _ENOUGH_WORDS:
            self.words = (*self.words, *words)
        if words and words[0].lower() not in {"who", "which", "whose"}:
            self.nouns.update([w.lower() for w in words[: cut_of(words)]])
        if words and words[0].lower() not in _OTHERS:  # whose son drowned
            self.gender = self.gender or gender_of(_own_words(words))

    def _may_be(self, source_type: str, told: Told) -> bool:
        """Who is known in public life takes another type only from an office, told by a title or a description."""
        if not self.types or source_type in self.types:
            return True
        return told >= Told.DESCRIBED and source_type in {"state", "political"}


class Mention(NamedTuple):
    """A name of somebody in the article.

    Parameters
    ----------
    at : int
        The token at which it begins.
    opens : bool
        It opens a sentence.
    entity : Entity
    quoted : bool
        It stands within quotation marks.
    """

    at: int
    opens: bool
    entity: Entity
    quoted: bool = False


class _NameParts:
    """Who has a word in the name, for names that many end in: looking at each of them would take too long.

    Parameters
    ----------
    added : list of (Entity, tuple of str)
        Names as they were given, which are taken in when somebody asks.
    """

    __slots__ = ("_by_word", "_single", "added")

    def __init__(self) -> None:
        self.added: list[tuple[Entity, tuple[str, ...]]] = []
        self._by_word: dict[str, dict[Entity, None]] = {}
        self._single: dict[str, dict[Entity, None]] = {}

    def with_any(self, bearers: Mapping[Entity, int], keys: "_Keys") -> Iterable[Entity]:
        """Give those bearers of a last name, and maybe more, who have one of the words before it, or no other name."""
        if len(bearers) <= FEW:
            return bearers
        self._take_in()
        found = [self._single.get(keys.last, {}), *[self._by_word.get(word, {}) for word in keys.given]]
        return sorted({e for some in found for e in some if e in bearers}, key=bearers.__getitem__)

    def with_all(self, bearers: Mapping[Entity, int], words: Iterable[str]) -> Iterable[Entity]:
        """Give those bearers of a last name, and maybe more, who have all of some words."""
        if len(bearers) <= FEW:
            return bearers
        self._take_in()
        rarest = min([self._by_word.get(word, {}) for word in words], key=len)
        return sorted([e for e in rarest if e in bearers], key=bearers.__getitem__)

    def _take_in(self) -> None:
        for entity, keys in self.added:
            words = entity.name.lower().split()
            for word in words:
                self._by_word.setdefault(word, {})[entity] = None
            for key in keys if len(words) == 1 else ():
                self._single.setdefault(key.lower(), {})[entity] = None
        self.added.clear()


class Bearers(dict[Entity, int]):
    """Who bears a name, each with a number in the order of the article.

    ``people`` are those of them who were told to be people when they got the name.
    """

    __slots__ = ("people",)

    def __init__(self) -> None:
        self.people: list[Entity] = []

    def add(self, entity: Entity) -> None:
        """Add one who bears the name, too."""
        if entity not in self:
            self[entity] = len(self)
            if entity.sort == "person":
                self.people.append(entity)


def _first(known: Collection[Entity], gender: str) -> Entity:
    """Choose among the bearers of a name before any was met: a person rather than a body, and one whom the gender fits."""
    people = known.people if isinstance(known, Bearers) else [e for e in known if e.sort == "person"]
    some = people or known
    return next((e for e in some if e.may_be(gender)), None) or next(iter(some))


@dataclass(slots=True)
class Introductions:
    """Whom an article names: its entities, and where it mentions them.

    Parameters
    ----------
    words : list of str
        Its tokens.
    names : dict of str to Bearers
        By full name, surname, short form and acronym, lower case.
    mentions : list of Mention
        In reading order.
    sentences : sequence of (int, int)
        First token of each, and the one after the last.
    vocabulary : set of str
        The words of the article, lower case.
    """

    words: list[str] = field(default_factory=list)
    names: dict[str, Bearers] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    sentences: Sequence[tuple[int, int]] = ()
    vocabulary: Set[str] = frozenset()
    _settled: list[tuple[Entity, str | None, Told, str, str, frozenset[str]]] = field(default_factory=list)
    _parts: _NameParts = field(default_factory=_NameParts)

    def add(self, entity: Entity, *keys: str) -> None:
        """Make an entity known under further names."""
        names = self.names
        for key in map(str.lower, keys):
            if key not in names:
                names[key] = Bearers()
            names[key].add(entity)
        self._parts.added.append((entity, keys))

    def bearers(self, words: Sequence[str]) -> Collection[Entity]:
        """Give who may bear a name: all of it, or a last name that nothing before it contradicts; in order."""
        keys = _name_keys(tuple(words))
        known: Collection[Entity] | None = self.names.get(keys.whole) or self.names.get(keys.bare)
        if known is None and keys.given and keys.last in self.names:
            known = [
                e
                for e in self._parts.with_any(self.names[keys.last], keys)
                if not keys.given.isdisjoint(e.name.lower().split()) or (e.sort != "body" and " " not in e.name)
            ]
        if not known and len(words) == 2 and words[0].isupper() and words[1].isupper():
            known = self.names.get(keys.last)  # ADV HOLM, in transcripts
        return known or ()

    def find(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of a name; of several the first one whom it fits best."""
        known = self.bearers(words)
        if len(known) < 2:
            return next(iter(known)) if known else None
        return _first(known, gender_of(words[:1]))

    def bearers_exactly(self, words: Sequence[str]) -> Collection[Entity]:
        """Give who bears exactly that name of several words."""
        return self.names.get(" ".join(words).lower(), ()) if len(words) > 1 else ()

    def called(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of exactly that name of several words, the first one of several."""
        known = self.bearers_exactly(words)
        return _first(known, "") if known else None

    def longer(self, name: Sequence[str]) -> Iterator[Entity]:
        """Give whose names end alike and have every word of a name, in order."""
        lower = [w.lower() for w in name]
        given = set(lower)
        for entity in self._parts.with_all(self.names.get(lower[-1], {}), given):
            if given.issubset(entity.name.lower().split()):
                yield entity

    def settle(self) -> None:
        """Keep in mind what the article itself tells: readers learn more on their way."""
        entities = dict.fromkeys(entity for known in self.names.values() for entity in known)
        self._settled = [(e, e.source_type, e.told, e.sort, e.gender, frozenset(e.nouns)) for e in entities]

    def read_again(self) -> None:
        """Forget what a reader learned, for the next one."""
        for entity, source_type, told, sort, gender, nouns in self._settled:
            entity.source_type, entity.told, entity.sort, entity.gender = source_type, told, sort, gender
            entity.seen = entity.spoke = -1
            if len(entity.nouns) > len(nouns):
                entity.nouns = set(nouns)

    def named(self, words: Sequence[str]) -> str | None:
        """Tell the type of a name or of *its*, *their*, *his*."""
        if words[0].lower() in OWNERS:
            owner = self.owner(words[0].lower())
            return owner.source_type if owner else None
        entity = self.find(words)
        return entity.source_type if entity else None

    def owner(self, pronoun: str) -> Entity | None:
        """Whom *its*, *their*, *his* or *her* points back to: the last one met of that sort."""
        sorts = {"its": {"body"}, "their": {"body", "many"}}.get(pronoun, {"person"})
        last = reversed(self.mentions[-_OWNER_WITHIN:])
        return next((mention.entity for mention in last if mention.entity.sort in sorts), None)


class _Keys(NamedTuple):
    """What a name is looked up by; ``given`` are the words before the last."""

    whole: str
    bare: str
    last: str
    given: frozenset[str]


@lru_cache(maxsize=2048)
def _name_keys(words: tuple[str, ...]) -> _Keys:
    words = tuple(without_nickname(words))
    bare = [w for w in words if w.lower() not in TITLES and w.rstrip(".") not in _SUFFIXES]
    given = frozenset([w.lower() for w in bare[:-1]])
    return _Keys(" ".join(words).lower(), " ".join(bare).lower(), bare[-1].lower() if bare else "", given)


@lru_cache(maxsize=2048)
def _ends_in_name(name: str) -> bool:
    words = name.split(" ")
    if not is_name(words[-1]):
        return False
    found = known_in(words)
    return not (found and found[-1].sort == "role" and found[-1].last == len(words))  # Prime Minister


def _own_words(words: Sequence[str]) -> Sequence[str]:
    """Leave out whose somebody is: *Ms. Roe’s* **brother**."""
    if POSSESSIVE.isdisjoint(words):
        return words
    behind = next((k + 1 for k in range(len(words) - 1, -1, -1) if words[k] in POSSESSIVE), 0)
    return words[behind:]


def gender_of(words: Sequence[str]) -> str:
    """Tell the gender that a title or a noun gives away: *Ms*, *chairman*, *widow*; empty where none does."""
    return next(filter(None, map(_gender_of_word, words)), "")


@lru_cache(maxsize=8192)
def _gender_of_word(word: str) -> str:
    lower = word.lower()
    if lower in _FEMALE or lower.endswith("woman"):
        return "f"
    if lower in _MALE or (lower.endswith("man") and word.islower() and lower not in {"human", "german"}):
        return "m"
    return ""


@lru_cache(maxsize=2048)
def sounds_like(name: str) -> str:
    """Guess the gender of a first name: ``m``, ``f`` or empty; good for breaking ties only."""
    first = name.split(" ")[0]
    if is_listed_first_name(first):
        return gender_of_first_name(first)
    if first.endswith(_MALE_ENDINGS):
        return "m"
    return "f" if first.endswith(_FEMALE_ENDINGS) else ""
