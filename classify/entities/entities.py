"""What a reader keeps of everybody and everything that an article names."""

from collections.abc import Sequence
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


@dataclass(slots=True)
class Introductions:
    """Whom an article names: its entities, and where it mentions them.

    Parameters
    ----------
    words : list of str
        Its tokens.
    names : dict of str to list of Entity
        By full name, surname, short form and acronym, lower case.
    mentions : list of Mention
        In reading order.
    sentences : sequence of (int, int)
        First token of each, and the one after the last.
    """

    words: list[str] = field(default_factory=list)
    names: dict[str, list[Entity]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    sentences: Sequence[tuple[int, int]] = ()
    _settled: list[tuple[Entity, str | None, Told, str, str, frozenset[str]]] = field(default_factory=list)

    def add(self, entity: Entity, *keys: str) -> None:
        """Make an entity known under further names."""
        for key in keys:
            known = self.names.setdefault(key.lower(), [])
            if entity not in known:
                known.append(entity)

    def find(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of a name: by all of it, or by a last name that nothing before it contradicts."""
        keys = _name_keys(tuple(words))
        known = self.names.get(keys.whole) or self.names.get(keys.bare)
        if known is None and keys.given:
            known = [
                e
                for e in self.names.get(keys.last, ())
                if not keys.given.isdisjoint(e.name.lower().split()) or (e.sort != "body" and " " not in e.name)
            ]
        if not known and len(words) == 2 and words[0].isupper() and words[1].isupper():
            known = self.names.get(keys.last)  # ADV HOLM, in transcripts
        if not known or len(known) == 1:
            return known[0] if known else None
        gender = gender_of(words[:1])  # Mr. Price is not Helen Price
        return max(known, key=lambda e: (e.sort == "person", not gender or e.gender in {"", gender}, e.seen))

    def called(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of exactly that name of several words, the last one met of several."""
        known = self.names.get(" ".join(words).lower(), ()) if len(words) > 1 else ()
        return max(known, key=lambda e: (e.sort == "person", e.seen), default=None)

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
    given = frozenset(w.lower() for w in bare[:-1])
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
    behind = next((k + 1 for k in range(len(words) - 1, -1, -1) if words[k] in POSSESSIVE), 0)
    return words[behind:]


def gender_of(words: Sequence[str]) -> str:
    """Tell the gender that a title or a noun gives away: *Ms*, *chairman*, *widow*; empty where none does."""
    return _gender_of(tuple(words))


@lru_cache(maxsize=2048)
def _gender_of(words: tuple[str, ...]) -> str:
    for word in words:
        lower = word.lower()
        if lower in _FEMALE:
            return "f"
        if lower in _MALE:
            return "m"
        if lower.endswith("man"):
            if lower.endswith("woman"):
                return "f"
            if word.islower() and lower not in {"human", "german"}:
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
