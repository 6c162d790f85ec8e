"""What a reader keeps of everybody and everything that an article names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..language.source_words import OWNERS, TITLES, cut_of, is_name

_MALE = frozenset(
    "mr mr. sir lord herr brother father son husband king prince widower grandfather uncle nephew actor boy monk "
    "imam bishop priest gentleman".split()
)
_FEMALE = frozenset(
    "mrs mrs. ms ms. miss mme lady dame madam frau mother sister daughter wife queen princess widow grandmother aunt "
    "niece headmistress actress waitress nun duchess baroness girl".split()
)
_MEN = frozenset(
    "John James Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Mark Paul Steven Andrew Peter "
    "George Kevin Brian Edward Ronald Timothy Jason Jeffrey Ryan Gary Eric Stephen Jonathan Larry Scott Frank Justin "
    "Gregory Patrick Jack Dennis Jerry Tyler Aaron Henry Adam Nathan Ian Simon Alan Colin Neil Ahmed Mohammed Muhammad "
    "Ali Hassan Omar Ibrahim Mustafa Carlos Luis Jorge José Juan Miguel Pedro Antonio Sergei Vladimir Dmitry Alexei "
    "Mikhail Oleksandr Andriy Nikita Ilya Luca Joshua Hans Klaus Jürgen Wolfgang Pierre Jean François Mario Marco "
    "Darren Duncan Rick Mitt Barack Joe Bill Bob Jim Tom Ted Mike Dan Jeff Bernie Donald".split()
)
_WOMEN = frozenset(
    "Mary Elizabeth Jennifer Susan Margaret Dorothy Helen Karen Nancy Betty Ruth Sharon Michelle Carol Deborah Janet "
    "Catherine Katherine Kathleen Frances Ann Anne Joan Alice Judith Jane Hillary Megan Rachel Heather Diane Julie Joyce "
    "Kelly Christine Ashley Evelyn Jean Marie Grace Claire Charlotte Chloe Nicole Isabel Carmen Mercedes Ingrid Astrid "
    "Marine Sylvie Isabelle Sophie Nathalie Dominique Fatou Nadine Bronwen Siobhan Niamh Aoife Tess Harriet".split()
)

_ENOUGH_WORDS = 40  # words kept that describe an entity, the first ones of the article
_OWNER_WITHIN = 12  # mentions back to which *its* or *their* may point


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
    sure : bool
        The type was told by a word of one meaning.
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
    sure: bool = False
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

    def learn(self, words: Sequence[str], source_type: str | None, sure: bool) -> None:
        """Add a description and, where it tells more than was known, the type."""
        if source_type and (not self.types or source_type in self.types):
            if self.source_type is None or (sure and not self.sure):
                self.source_type, self.sure = source_type, sure
        if words and len(self.words) < _ENOUGH_WORDS:
            self.words = (*self.words, *words)
        if words and words[0].lower() not in {"who", "which", "whose"}:
            self.nouns.update([w.lower() for w in words[: cut_of(words)]])
        self.gender = self.gender or gender_of(words)


class Mention(NamedTuple):
    """A name of somebody in the article: the token ``at`` which it begins, and whether it opens a sentence."""

    at: int
    opens: bool
    entity: Entity


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
    """

    words: list[str] = field(default_factory=list)
    names: dict[str, list[Entity]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    _settled: list[tuple[Entity, str | None, bool, str, str, frozenset[str]]] = field(default_factory=list)

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
        if not known or len(known) == 1:
            return known[0] if known else None
        return max(known, key=lambda e: (e.sort == "person", e.seen))

    def settle(self) -> None:
        """Keep in mind what the article itself tells: readers learn more on their way."""
        entities = dict.fromkeys(entity for known in self.names.values() for entity in known)
        self._settled = [(e, e.source_type, e.sure, e.sort, e.gender, frozenset(e.nouns)) for e in entities]

    def read_again(self) -> None:
        """Forget what a reader learned, for the next one."""
        for entity, source_type, sure, sort, gender, nouns in self._settled:
            entity.source_type, entity.sure, entity.sort, entity.gender = source_type, sure, sort, gender
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


@lru_cache(maxsize=8192)
def _name_keys(words: tuple[str, ...]) -> _Keys:
    bare = [w for w in words if w.lower() not in TITLES]
    given = frozenset(w.lower() for w in bare[:-1])
    return _Keys(" ".join(words).lower(), " ".join(bare).lower(), bare[-1].lower() if bare else "", given)


@lru_cache(maxsize=8192)
def _ends_in_name(name: str) -> bool:
    return is_name(name.rsplit(" ", 1)[-1])


def gender_of(words: Sequence[str]) -> str:
    """Tell the gender that a title or a noun gives away: *Ms*, *chairman*, *widow*; empty where none does."""
    return _gender_of(tuple(words))


@lru_cache(maxsize=8192)
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


@lru_cache(maxsize=8192)
def sounds_like(name: str) -> str:
    """Guess the gender of a first name: ``m``, ``f`` or empty; good for breaking ties only."""
    first = name.split(" ")[0]
    if first in _WOMEN or (first.endswith("a") and first not in _MEN):
        return "f"
    return "m" if first in _MEN else ""
