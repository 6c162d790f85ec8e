"""Whom a source stands for within its article: pronouns, surnames, short forms, roles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .introductions import Entity, Introductions, introductions
from .source_words import Found, famous_surnames, is_name, look_up
from .sources import BODIES, OWNERS, PLACES, TITLES, Judged, cut_of, head_noun, judge

__all__ = ["PRONOUNS", "Entity", "Introductions", "Memory", "Resolved", "introductions"]

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
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "same", "both"})
_PART = frozenset("one two three some several many most all half both others".split())
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
_DOCUMENTS = frozenset(
    "report study survey poll review paper analysis assessment statement audit bulletin figures data".split()
)
_NEAR = 40  # tokens that having been the last source is worth


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
    """

    article: Introductions
    at: int = 0
    n_met: int = 0
    met: list[Entity] = field(default_factory=list)
    found: Entity | None = None

    def resolve(self, words: Sequence[str], at: int | None = None) -> Resolved:
        """Tell whom a source phrase stands for.

        Parameters
        ----------
        words : sequence of str
            The phrase, as printed.
        at : int, optional
            Number of its first token in the article; without it the next place where the phrase stands.
        """
        self._go_to(self._place(words) if at is None else at)
        phrase = tuple(words)
        if len(words) > 1 and words[-1] in {"’s", "'s", "’"}:
            words = words[:-1]
        content = [w for w in words if w.lower() not in TITLES]
        self.found = None
        if len(content) == 1 and content[0].lower() in PRONOUNS:
            self.found = self._pronoun(content[0].lower())
            if self.found is None:
                return Resolved(None, None, phrase, "unknown")
            return Resolved(self.found.name, self.found.source_type, self.found.words, "pronoun")
        judged = judge(words, self._named) if words else None
        named = self._by_name(words)
        self.found = named or self._short_form(words)
        return self._join(phrase, content, judged, "surname" if named else "short")

    def note(self, words: Sequence[str], resolved: Resolved) -> None:
        """Remember a source that was named."""
        content = [w for w in words if w.lower() not in TITLES]
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
        if not words:
            return self.at
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
        found = self.article.find(words) or self._short_form(words)
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

    def _by_name(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of a name in the phrase: *Mr Tsosie*, *Its president, Ana Roe*."""
        noun = head_noun(words)
        document = noun is not None and words[noun.last - 1].lower() in _DOCUMENTS
        for name in _names(words, len(words) if document else cut_of(words)):
            found = self.article.find(name)
            if found:
                if document and noun:
                    found.nouns.add(words[noun.last - 1].lower())
                return found
        return None

    def _short_form(self, words: Sequence[str]) -> Entity | None:
        """Find somebody met whom the phrase calls by a noun: *the union*, *the same poll*."""
        cut = cut_of(words)
        lower = [w.lower() for w in words[:cut]]
        if lower[0] in _PART and cut < len(words) and words[cut].lower() == "of":
            return self._part_of(words[cut + 1 :])
        asked = [w for w in lower if w not in _DEFINITE and w not in TITLES]
        definite = lower[0] in _DEFINITE
        if not asked or not (definite or len(words) == 1) or any(w in {"’s", "'s"} for w in asked):
            return None
        return self._called(asked, definite, head_noun(words))

    def _called(self, asked: Sequence[str], definite: bool, known: Found | None) -> Entity | None:
        """Find who is called so, or could be for what they are: *the company*."""
        noun, others = asked[-1], set(asked[:-1]) - {"own"}
        person = bool(known and known.sort == "role")
        met = [e for e in self.met if person or e.sort != "person"]
        exact = [e for e in met if noun in e.nouns and others <= e.nouns]
        kin = [e for e in met if e.sort in {"body", "name"} and _could_be(e, noun)] if definite and not others else []
        fitting = [(_has_name(e), _salience(e) + _NEAR, e) for e in exact]
        fitting += [(_has_name(e), _salience(e), e) for e in kin if e not in exact]
        return max(fitting, key=lambda f: f[:2])[2] if fitting else None

    def _part_of(self, words: Sequence[str]) -> Entity | None:
        """*one of them*, *two of the people*."""
        if not words:
            return None
        if words[0].lower() == "them":
            return self._pronoun("them")
        return self._short_form(words)

    def _join(self, phrase: tuple[str, ...], content: Sequence[str], judged: Judged | None, how: str) -> Resolved:
        """Put together what the phrase says and what is known of whom it names."""
        entity = self.found
        if entity is None:
            return Resolved(None, judged.source_type if judged else None, phrase, "phrase" if judged else "unknown")
        bare = how == "short" or all(is_name(w) for w in content)
        source_type = judged.source_type if judged else None
        if entity.source_type and (judged is None or bare or (entity.sure and not judged.sure)):
            source_type = entity.source_type
        said = entity.name.lower() == " ".join(content).lower() or not entity.name
        return Resolved(None if said else entity.name, source_type, (*phrase, *entity.words), how)


def _salience(entity: Entity) -> int:
    return max(entity.seen, entity.spoke + _NEAR if entity.spoke >= 0 else -1)


def _has_name(entity: Entity) -> bool:
    return is_name(entity.name.rsplit(" ", 1)[-1])


def _could_be(entity: Entity, noun: str) -> bool:
    if noun == "union":
        return bool(_UNIONS & entity.nouns)
    if entity.source_type is None and entity.spoke >= 0:
        return noun in _CALLED["organisation"]
    return noun in _CALLED.get(entity.source_type or "", ())


def _salience_of_thing(entity: Entity) -> int:
    return _salience(entity) - (2 * _NEAR if entity.sort == "name" else 0) - (0 if _has_name(entity) else _NEAR // 2)


def _strangeness(entity: Entity, gender: str) -> int:
    """Weigh what it costs to take somebody whose name sounds like the other gender."""
    if entity.gender:
        return 0
    if not _has_name(entity):
        return _NEAR // 4
    first = entity.name.split(" ")[0]
    sounds = "f" if first in _WOMEN or (first.endswith("a") and first not in _MEN) else "m" if first in _MEN else ""
    return (0 if sounds == gender else 30 if not sounds else 60) + (2 * _NEAR if entity.sort == "name" else 0)


def _names(words: Sequence[str], cut: int) -> list[Sequence[str]]:
    """Find the runs of capitalised words of a phrase that can be its own name."""
    out: list[Sequence[str]] = []
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and (is_name(words[end]) and len(words[end]) > 1):
            end += 1
        if end > start and (start < cut or words[start - 1] == ","):
            if end >= len(words) or words[end] not in {"’s", "'s", "’"}:
                out.append(_untitled(words[start:end]))
        start = max(end, start + 1)
    return out


def _untitled(words: Sequence[str]) -> Sequence[str]:
    found = [f for f in look_up(words) if f.sort == "role" and f.last < len(words)]
    return words[found[-1].last if found else 0 :]


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
