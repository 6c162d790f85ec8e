"""Whom a source stands for within its article: pronouns, surnames, short forms, roles."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ..language.first_names import is_surname
from ..language.person_names import is_first_name, known_in
from ..language.phrase_forms import Judged
from ..language.phrase_heads import head_noun
from ..language.source_types import judge
from ..language.source_words import (
    BODIES,
    MARKS,
    OWNERS,
    PLACES,
    POSSESSIVE,
    TITLES,
    cut_of,
    famous_surnames,
    is_name,
    look_up,
)
from ..language.surveys import is_of_survey
from ..language.word_forms import NAME, lexicon
from .appositions import NO_DESCRIPTION, may_act
from .entities import FEW, Bearers, Entity, Introductions, Told, gender_of, sounds_like
from .noun_phrases import PRONOUNS, Asked, Phrase, phrase_of
from .recency import EVERYBODY, NEAR, Group, Option, Recency, salience

_LEADING = TITLES | frozenset(
    "a an the one some many several most other another this that these those its his her their even but".split()
)
_ENDS_NAME = frozenset("who which that whose is are was were has have had will would can could".split())
_LEADING_PARTS = frozenset("one two all some many both others another several".split())
_NOBODY = frozenset("no nobody everyone everybody anyone anybody someone somebody none nothing neither".split())
_THINGS = frozenset(
    "Act Bill Law Amendment Program Programme Agreement Treaty Deal Order Plan Accord Pact Award Prize Day Week "
    "Street Avenue Road River Sea Island Islands War Cup Games Olympics Summit Stadium Park Square Bridge Airport "
    "Constitution".split()
)
_RELATIVES = frozenset({"who", "which", "that", "whose"})
_DETERMINERS = frozenset("a an the one some two three its his her their another several many".split())
_BEFORE_CROWD = frozenset("the but and some many several other these those most".split())
_LONG_ANTECEDENT = 8  # words before *who* among which the noun phrase is looked for
_OPENING = 6  # words of a sentence among which stand the people that it begins with
_PLATFORMS = frozenset(  # where things are said, by nobody there
    "Twitter|Facebook|Instagram|Truth Social|TikTok|YouTube|WhatsApp|Telegram|LinkedIn|Snapchat|Threads|Reddit|Weibo|WeChat|"
    "Zoom|Skype|Mastodon|Bluesky|Medium|Substack|Twitch|Discord|Parler|Gab|X".split("|")
)
_OWN_NOUNS = frozenset(
    "court tribunal ministry department office administration commission bureau council party university institute paper "
    "newspaper channel station broadcaster airline bank police army school hospital museum association federation".split()
)
_FORCES = frozenset("force forces army navy guard military gendarmerie constabulary militia".split())
_GROUPS = frozenset("group pair trio duo couple four five".split())
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_CALLED = {  # what bodies of a type are called without having been named so
    "organisation": frozenset(
        "company firm group organisation organization business club charity developer operator alliance".split()
    ),
    "media": frozenset(
        "paper newspaper daily weekly magazine outlet channel station site website broadcaster report".split()
    ),
    "monitor": frozenset("group organisation organization body agency mission pollster institute".split()),
    "expert": frozenset("institute centre center team group university journal".split()),
    "political": frozenset("party movement group campaign alliance".split()),
    "state": frozenset("ministry department agency government office authority regulator court alliance".split()),
}
_MAY_BE_CALLED = frozenset().union({"union"}, *_CALLED.values())
_FIRMS = frozenset("company firm business developer operator".split())
_NO_FIRMS = frozenset(
    "union unions association federation party church diocese council hospital school club charity foundation league "
    "society guild syndicate committee coalition workers".split()
)
_UNIONS = frozenset("alliance syndicate federation workers council guild brotherhood crew crews association".split())
# Who is meant is who stands nearest, counted in tokens, with these added or taken off. They were set by hand, against errors
# in one half of our corpus; `benchmarks/speakers.py` prints both halves. Having been the last source is worth `NEAR`.
_NOT_MEANT = -1
_SUBJECT = NEAR // 2  # what standing first in a sentence is worth: likely its subject
_UNSORTED = 2 * NEAR  # what it costs to take a name that may be a person or a body for one of them
_NAMELESS_THING, _NAMELESS_PERSON = NEAR // 2, NEAR // 4  # what having no name costs: *the group*, *a farmer*
_ONE_BODY = NEAR // 4  # what it costs to take a body for *they*
_UNCLEAR_GENDER, _OTHER_GENDER = 30, 60  # what a first name costs that sounds like none, or like the other one


_SAME_ROLE = (  # nouns that stand for one another
    frozenset("minister secretary".split()),
    frozenset(
        "bishop archbishop priest pastor reverend rev rev. vicar imam rabbi clergyman cleric churchman preacher".split()
    ),
    frozenset("senator representative congressman congresswoman lawmaker legislator mp deputy".split()),
    frozenset("physician doctor surgeon".split()),
    frozenset("officer constable sergeant inspector policeman policewoman".split()),
    frozenset("attorney lawyer barrister solicitor".split()),
    frozenset("chairman chairwoman chair".split()),
)
_PRODUCTS = frozenset(
    "results result findings data figures numbers survey report study poll analysis research estimates".split()
)
_ASKED_PEOPLE = frozenset({"surveyed", "polled"})
_PUBLISHING = _ASKED_PEOPLE | frozenset("released published issued conducted commissioned carried presented".split())
_BEFORE_OPENING = frozenset(
    "the a an some many several most two three four five six dozens hundreds thousands of other".split()
)
_BODIES_OF = {  # who speaks for what bodies
    "commissioners": frozenset({"commission"}),
    "rapporteurs": frozenset("commission mission panel council".split()),
    "observers": frozenset({"mission"}),
    "monitors": frozenset("mission group".split()),
    "inspectors": frozenset("agency inspectorate mission".split()),
    "judges": frozenset({"tribunal", "court", "panel"}),
    "members": frozenset("commission panel mission tribunal committee".split()),
    "panellists": frozenset({"panel"}),
    "panelists": frozenset({"panel"}),
    "investigators": frozenset("commission mission".split()),
}
_BEFORE_BODY = frozenset({"the", "a", "an", "this"})
_SURVEYS = frozenset({"survey", "poll", "Survey", "Poll"})
_ASKED_IN_SURVEYS = frozenset({"monitor", "unnamed", "expert"})
_OF_ANY_SORT = frozenset("department organisation organization group agency institute centre center body".split())
_HEADS = frozenset(
    "head director chief president chairman chairwoman chair leader spokesman spokeswoman spokesperson founder".split()
)
_PAGES = frozenset("website page site account blog".split())
_ENDS_MAKER = frozenset("found finds says said showed shows suggests suggested asked and that . ; :".split())
_VERB_BACK = 4  # tokens before a document among which the verb of its maker stands: *published a new survey*
_DOCUMENT_BACK = 250  # tokens back to where a document was named


class Resolved(NamedTuple):
    """Whom a source phrase stands for.

    Parameters
    ----------
    speaker : str or None
        The full name, or what somebody without a name is called: *senior official*; None where nobody is found.
    source_type : str or None
        What the word lists make of it.
    words : tuple of str
        Every word known about the source: its phrase, and those that introduced it.
    how : str
        ``phrase``, ``surname``, ``short``, ``pronoun`` or ``unknown``.
    sure : bool
        The type is told by a word of one meaning, a description or a list; False where it is a guess, or none.
    """

    speaker: str | None
    source_type: str | None
    words: tuple[str, ...]
    how: str
    sure: bool = False


_THING = frozenset({"body", "name"})
_PERSON = frozenset({"person", "name"})
_HE = Group("he", lambda e: e.sort in _PERSON and e.gender != "f")
_SHE = Group("she", lambda e: e.sort in _PERSON and e.gender != "m")
_IT = Group("it", lambda e: e.sort in _THING)
_THEY = Group("they", lambda e: e.sort != "person")


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
    met : Recency
        Those met so far, also sources without a name.
    referent : Entity or None
        Whom the source last resolved stands for.
    """

    article: Introductions
    at: int = 0
    n_met: int = 0
    met: Recency = field(default_factory=Recency)
    referent: Entity | None = None

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
        self.referent = None
        if not words:
            return Resolved(None, None, printed, "unknown")
        self._go_to(self._place(words) if at is None else at)
        phrase = phrase_of(printed)
        if PRONOUNS.get(phrase.pronoun) == "relative" and (antecedent := self._antecedent()):
            return self.resolve(antecedent, self.at)
        if phrase.pronoun or phrase.is_part:
            self.referent = self._pronoun(phrase.pronoun) if phrase.pronoun else self._crowd()
            if self.referent:
                entity = self.referent
                return Resolved(entity.name, entity.source_type, entity.words, "pronoun", entity.sure)
            if phrase.pronoun:
                return Resolved(None, None, printed, "unknown")
        judged = judge(phrase.words, self._named) or self._produced(phrase)
        if (judged is None or judged.source_type in _ASKED_IN_SURVEYS) and is_of_survey(phrase.words):
            judged = self._survey() or judged
        named = self._by_name(phrase) or self._owner_of(phrase)
        body = None if named else self._members(phrase)
        if body is not None:
            self.referent = body
            return Resolved(body.name, body.source_type, body.words, "short", body.sure)
        if own := self._heads(phrase):
            judged = Judged(own, True)
            if named and not named.types:
                named.source_type = own
        self.referent = named or self._short_form(phrase)
        if phrase.is_name and self._writes_in_paper():
            judged = Judged("media", True)
        return self._join(printed, phrase, judged, "surname" if named else "short")

    def note(self, words: Sequence[str], resolved: Resolved) -> None:
        """Remember a source that was named."""
        phrase = phrase_of(tuple(words)) if words else None
        if phrase is None or not phrase.content or (self.referent is None and phrase.pronoun):
            return
        content = phrase.content
        if content[0].lower() in _NOBODY:
            return
        if "and" in content[1:]:  # of two the first is remembered
            content = content[: content.index("and", 1)]
        entity = self.referent
        if entity is None:
            name, sort = resolved.speaker or " ".join(content), _sort(content)
            sort = "many" if content[0].lower() in _LEADING_PARTS else sort
            entity = self.referent = Entity(name, sort, resolved.source_type, _told(resolved))
            entity.learn(content, None, Told.NOT)
        elif resolved.source_type and resolved.how == "surname" and resolved.sure and not phrase.document:
            entity.learn((), resolved.source_type, Told.DESCRIBED)
        elif entity.source_type is None or (entity.told <= Told.GUESSED and resolved.how == "surname"):
            entity.source_type, entity.told = resolved.source_type, _told(resolved)
        entity.seen = entity.spoke = self.at
        self.met.touch(entity, self.at)

    def _antecedent(self) -> Sequence[str]:
        """Give the noun phrase that stands directly before: *a senior official* who, *Ana Roe*, who."""
        words, end = self.article.words, self.at
        if end and words[end - 1] == ",":
            end -= 1
        start = end
        while start and is_name(words[start - 1]):
            start -= 1
        if start < end:
            return words[start:end]
        while start and end - start < _LONG_ANTECEDENT and (words[start - 1].isalpha() or "-" in words[start - 1]):
            lower = words[start - 1].lower()
            if lower in NO_DESCRIPTION:
                break
            start -= 1
            if lower in _DETERMINERS:
                break
        found = words[start:end]
        opens = bool(found) and (found[0].lower() in _DETERMINERS or is_name(found[0]) or head_noun(found) is not None)
        return found if opens else ()

    def _crowd(self) -> Entity | None:
        """Whom *some* or *many* of a sentence's opening are some of: the people the sentence before begins with."""
        sentences = self.article.sentences
        n = bisect_right(sentences, (self.at, len(self.article.words))) - 1
        if n < 1 or self.at - sentences[n][0] > 1:
            return None
        first, last = sentences[n - 1]
        opening = self.article.words[first : min(first + _OPENING, last)]
        noun = next((m for m in known_in(opening) if m.sort == "role"), None)
        if noun is None or not _is_crowd(opening[noun.last - 1]) or noun.source_type == "unnamed":
            return None
        start = 1 if opening[0].lower() in _BEFORE_CROWD and noun.last > 1 else 0
        name = opening[start : noun.last]
        nouns = {w.lower() for w in name}
        entity = Entity(" ".join(name), "many", noun.source_type, Told.LISTED, tuple(name), nouns)
        self.met.touch(entity, self.at)
        return entity

    def _meet_subject(self) -> None:
        """Meet whom the sentence before begins with, where it is no name: *Parents of the pupils*, *The museum in Ems*."""
        sentences, words = self.article.sentences, self.article.words
        n = bisect_right(sentences, (self.at, len(words))) - 1
        if n < 1:
            return
        first, last = sentences[n - 1]
        if self.met.has_just_seen(first):
            return
        entity = _subject(tuple(words[first : min(first + _OPENING, last)]))
        if entity:
            entity.seen, entity.spoke = first, first - (NEAR - _SUBJECT)
            self.met.touch(entity, first)

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
        while self.n_met < len(mentions) and mentions[self.n_met].at < at:
            place, opens, entity, quoted = mentions[self.n_met]
            self.n_met += 1
            if entity.spoke < 0 and (entity.name in _PLATFORMS or entity.name.rsplit(" ", 1)[-1] in _THINGS):
                continue
            self.met.touch(entity, place)
            if quoted:  # whom a speaker talks of is hardly the next one to speak
                entity.seen = max(entity.seen, place - NEAR, 0)
            else:
                entity.seen = place
                if opens:
                    entity.spoke = max(entity.spoke, place - (NEAR - _SUBJECT))

    def _writes_in_paper(self) -> bool:
        """Tell who is named right behind an outlet: *In The Week,* **Ana Roe** *wrote …*."""
        words, sentences = self.article.words, self.article.sentences
        if not self.at or words[self.at - 1] != ",":
            return False
        first = sentences[max(bisect_right(sentences, (self.at, len(words))) - 1, 0)][0]
        opening = words[first : self.at - 1]
        if not 1 < len(opening) <= _LONG_ANTECEDENT or opening[0] not in {"In", "Writing"}:
            return False
        start = max(k for k, w in enumerate(opening) if w in {"In", "in", "Writing"}) + 1
        judged = judge(opening[start:]) if start < len(opening) else None
        return judged is not None and judged.source_type == "media" and judged.sure

    def _produced(self, phrase: Phrase) -> Judged | None:
        """*Its results*, *their figures*: of the type of whose they are."""
        if len(phrase.words) != 2 or phrase.words[0].lower() not in OWNERS or phrase.words[1] not in _PRODUCTS:
            return None
        owner = self._pronoun(phrase.words[0].lower())
        return Judged(owner.source_type, False) if owner and owner.source_type else None

    def _members(self, phrase: Phrase) -> Entity | None:
        """*The commissioners*, *its members*, *the judges of the tribunal*: the body told before speaks through them."""
        opening, noun = phrase.words[0].lower(), phrase.words[1].lower() if len(phrase.words) > 1 else ""
        bodies = _BODIES_OF.get(noun)
        if bodies is None or opening not in {"the", "its"} or phrase.words[2:3] not in {(), ("of",)}:
            return None
        if len(phrase.words) > 2 and phrase.words[-1] not in bodies:
            return None
        words = self.article.words
        places = range(self.at - 1, max(self.at - _DOCUMENT_BACK, -1), -1)
        at = next((k for k in places if words[k].lower() in bodies), -1)
        those = Group(noun, lambda e: e.sort in _THING and bool(e.source_type) and not bodies.isdisjoint(e.nouns))
        found = self.met.best(those, salience)
        body = found[1] if found else None
        if body is None or body.seen + _OPENING < at:
            body = self._body_at(at) if at > 0 else None
        return body or (self._pronoun("its") if opening == "its" else None)

    def _body_at(self, at: int) -> Entity | None:
        """Meet a body that was told of without speaking, by its noun: *the county* **commission**."""
        words = self.article.words
        openings = (k for k in range(at - 1, max(at - _OPENING, -1), -1) if words[k].lower() in _BEFORE_BODY)
        start, end = next(openings, at) + 1, at + 4 if words[at + 1] == "of" else at + 1
        judged = judge(words[start:end], self._named) if start <= at else None
        if judged is None or not judged.sure or judged.source_type in {"unnamed", "individual"}:
            return None
        name = words[start : at + 1]
        entity = Entity(" ".join(name), "body", judged.source_type, Told.LISTED, tuple(name), {words[at].lower()}, seen=at)
        self.met.touch(entity, at)
        return entity

    def _survey(self) -> Judged | None:
        """*The survey*, *results*, *half*: of the type of the survey told before: *a survey by the doctors’ union*."""
        words = self.article.words
        for at in range(self.at - 1, max(self.at - _DOCUMENT_BACK, 0), -1):
            if words[at] in {"study", "trial"}:
                return None
            if words[at] in _SURVEYS and words[at - 1].lower() not in {"the", "this"}:
                return self._maker(at)
            if words[at] in _ASKED_PEOPLE and words[at - 1] != "of" and words[at + 1] != "by":
                return self._maker(at + 1)
        return None

    def _maker(self, at: int) -> Judged | None:
        """Who made the document whose noun is a token: *a survey by* **Ems & Roe** *, a consultancy*."""
        words, sentences = self.article.words, self.article.sentences
        first, last = sentences[bisect_right(sentences, (at, len(words))) - 1]
        verb = next((k for k in range(at - 1, max(first, at - _VERB_BACK) - 1, -1) if words[k] in _PUBLISHING), first)
        if words[verb] in _PUBLISHING:
            mentions = self.article.mentions
            maker = bisect_left(mentions, first, key=attrgetter("at"))
            if maker < len(mentions) and mentions[maker].at < at and (source_type := mentions[maker].entity.source_type):
                return Judged(source_type, mentions[maker].entity.sure)
            return judge(words[first:verb], self._named) if verb > first else None
        end = next((k for k in range(at + 1, min(at + 16, last)) if words[k] in _ENDS_MAKER), min(at + 16, last))
        judged = judge(words[at:end], self._named)
        return judged if judged and judged.source_type != "unnamed" else None

    def _named(self, words: Sequence[str]) -> str | None:
        lower = words[0].lower()
        if lower in OWNERS:
            owner = self._pronoun(lower)
            unknown = "organisation" if owner and owner.sort in {"body", "name"} else None
            return (owner.source_type or unknown) if owner else None
        entity = self._find(words) or self._short_form(phrase_of(tuple(words)))
        if entity or len([w for w in words if w.lower() not in TITLES]) > 1:  # Melania Trump is not Trump
            return entity.source_type if entity else None
        return famous_surnames().get(words[-1])

    def _pronoun(self, pronoun: str) -> Entity | None:
        sort = PRONOUNS[pronoun]
        if sort == "person":
            return self._he_or_she(_GENDER[pronoun])
        if sort == "self":
            return None
        if sort == "relative":
            found = self.met.best(EVERYBODY, lambda e: e.seen)
        else:
            self._meet_subject()
            found = self.met.best(_IT, _salience_of_thing) if sort == "body" else self.met.best(_THEY, _salience_of_many)
        return found[1] if found else None

    def _he_or_she(self, gender: str) -> Entity | None:
        found = self.met.best(_HE if gender == "m" else _SHE, lambda e: salience(e) - _strangeness(e, gender))
        if found is None:
            return None
        entity = found[1]
        if entity.sort == "name":
            entity.sort = "person"
            self.met.touch(entity, self.at)
        entity.gender = gender
        return entity

    def _find(self, words: Sequence[str]) -> Entity | None:
        """Find the bearer of a name; of several the one whom it fits best, and who was met last."""
        known = self.article.bearers(words)
        if len(known) < 2:
            return next(iter(known)) if known else None
        return self._last_met(known, gender_of(words[:1]))

    def _last_met(self, known: Collection[Entity], gender: str) -> Entity:
        if len(known) > FEW and isinstance(known, Bearers) and (last := self._last_of_crowd(known, gender)):
            return last
        return max(known, key=lambda e: (e.sort == "person", e.may_be(gender), e.seen))

    def _last_of_crowd(self, known: Bearers, gender: str) -> Entity | None:
        """Find who of many with one name was met last and can be meant; None where that takes a look at each."""
        people = Group((id(known), True), lambda e: e in known and e.sort == "person")
        found = self.met.best(people, lambda e: e.seen if e.may_be(gender) else _NOT_MEANT, least=0)
        if found is None and not known.people and not self.met.holds_any(people):
            others = Group((id(known), False), lambda e: e in known and e.sort != "person")
            found = self.met.best(others, lambda e: e.seen if e.may_be(gender) else _NOT_MEANT, least=0)
        return found[1] if found else None

    def _by_name(self, phrase: Phrase) -> Entity | None:
        """Find the bearer of a name in the phrase: *Mr Tsosie*, *Its president, Ana Roe*."""
        if exact := self.article.bearers_exactly(phrase.content):
            return self._last_met(exact, "")
        for name in phrase.names:
            entity = self._find(name)
            if entity:
                self._wrote(entity, phrase.document)
                return entity
        return None if phrase.names else self._apposed(phrase)

    def _apposed(self, phrase: Phrase) -> Entity | None:
        """Find who is named behind a role that the source ends with: *the finance minister*, **Ada Holm**, *said*."""
        words, at = self.article.words, self.at
        end = at + len(phrase.words)
        if not phrase.asked or tuple(words[at:end]) != phrase.words or words[end : end + 1] != [","]:
            return None
        start = last = end + 1
        while last < len(words) and is_name(words[last]):
            last += 1
        entity = self._find(words[start:last]) if last > start + 1 else None
        return entity if entity and phrase.asked.nouns[-1] in entity.nouns else None

    def _owner_of(self, phrase: Phrase) -> Entity | None:
        """Find who owns a page, by a noun: *a statement on* **the school** *’s website*."""
        words = phrase.words
        if not phrase.document or words[-1] not in _PAGES:
            return None
        own = next((k for k, w in enumerate(words) if w in POSSESSIVE), 0)
        owner = self._short_form(phrase_of(words[own - 2 : own])) if own > 1 and words[own - 2].lower() == "the" else None
        if owner:
            self._wrote(owner, phrase.document)
        return owner

    def _wrote(self, entity: Entity, document: str) -> None:
        """Call somebody by what they wrote, too; ``document`` may be empty."""
        if document:
            entity.nouns.add(document)
            self.met.nouns.add(document)
            if entity in self.met.numbers:
                self.met.touch(entity, self.at)

    def _heads(self, phrase: Phrase) -> str | None:
        """Tell the type of *the department’s head* by the department told before, which may be a university’s."""
        words = phrase.words
        if len(words) < 4 or words[2] not in POSSESSIVE or words[0].lower() != "the" or words[1] not in _OF_ANY_SORT:
            return None
        body = None if _HEADS.isdisjoint(words[3:6]) else self._short_form(phrase_of(words[:2]))
        return body.source_type if body and body.sure and body.sort == "body" else None

    def _short_form(self, phrase: Phrase) -> Entity | None:
        """Find somebody met whom the phrase calls by a noun: *the union*, *one of them*, *two of the people*."""
        if phrase.part_of is None:
            return self._called(phrase.asked) if phrase.asked else None
        if phrase.part_of[:1] and phrase.part_of[0].lower() == "them":
            return self._pronoun("them")
        return self._short_form(phrase_of(phrase.part_of)) if phrase.part_of else None

    def _called(self, asked: Asked) -> Entity | None:
        """Find who is called so, or could be for what they are: *the company*."""
        noun, others = asked.nouns[-1], set(asked.nouns[:-1]) - {"own"}
        if noun in _GROUPS and not others and (crowd := self._crowd()):
            crowd.name = noun
            return crowd
        is_role = asked.known is not None and asked.known.sort == "role"
        is_bare = asked.definite and not others
        found = self._by_noun(noun, others, of_anybody=is_role)
        if found is None and is_role and is_bare:
            found = self._by_like_noun(noun)
        by_type = self._by_type(noun) if is_bare else None
        if found is None or (by_type and by_type[:2] > found[:2]):
            found = by_type
        return found[2] if found else None

    def _by_noun(self, noun: str, others: set[str], *, of_anybody: bool) -> Option | None:
        if noun not in self.met.nouns:
            return None

        def holds(e: Entity) -> bool:
            return noun in e.nouns and others <= e.nouns and (of_anybody or e.sort != "person")

        group = Group((noun, *sorted(others), of_anybody), holds)
        return self.met.best_named_first(group, _salience_of_called, bonus=NEAR)

    def _by_like_noun(self, noun: str) -> Option | None:
        """Find a person with a name whose office is much the same: *the secretary* for a minister."""
        alike = {n for nouns in _SAME_ROLE if noun in nouns for n in nouns}
        if alike.isdisjoint(self.met.nouns):
            return None
        people = Group(("like", noun), lambda e: e.sort == "person" and e.has_name and not alike.isdisjoint(e.nouns))
        found = self.met.best(people, _salience_of_called, bonus=NEAR)
        return Option(True, *found) if found else None

    def _by_type(self, noun: str) -> Option | None:
        """Find a body that could be called so for what it is: *the company*."""
        if noun not in _MAY_BE_CALLED:
            return None
        could_be = Group(("type", noun), lambda e: noun not in e.nouns and _could_be(e, noun))
        return self.met.best_named_first(could_be, _salience_of_typed)

    def _join(self, printed: tuple[str, ...], phrase: Phrase, judged: Judged | None, how: str) -> Resolved:
        """Put together what the phrase says and what is known of whom it names."""
        entity = self.referent
        if entity is None:
            name = _name_of(phrase)
            if judged is None:
                return Resolved(name, None, printed, "unknown")
            return Resolved(name, judged.source_type, printed, "phrase", judged.sure)
        bare = how == "short" or phrase.is_name
        source_type, sure = judged or (None, False)
        if entity.source_type and (judged is None or bare or _knows_better(entity, judged, how, phrase)):
            source_type, sure = entity.source_type, entity.sure
        name = entity.name if _is_full(entity) else _name_of(phrase)
        if how == "surname" and phrase.is_couple:
            name = " ".join(phrase.words)
        return Resolved(name, source_type, (*printed, *entity.words), how, sure)


def _knows_better(entity: Entity, judged: Judged, how: str, phrase: Phrase) -> bool:
    """Tell whether all that the article says of somebody goes before what one phrase says."""
    if entity.sure and (not judged.sure or (how == "surname" and entity.told >= Told.DESCRIBED and not phrase.document)):
        return True
    return bool(entity.types) and judged.source_type not in {*entity.types, "state", "political"}


def _name_of(phrase: Phrase) -> str | None:
    """Name somebody by the head of the phrase, without its article: *senior official*."""
    words = phrase.words
    while len(words) > 1 and words[0].lower() in _LEADING and words[1] not in _RELATIVES:
        words = words[1:]
    if phrase.names and not _is_of_country(tuple(phrase.names[0]), phrase.words):
        if members := _members_end(tuple(words), tuple(phrase.names[0])):
            return " ".join(words[:members])
        if not _is_noun(tuple(phrase.names[0]), tuple(words)):
            return " ".join([w for k, w in enumerate(phrase.names[0]) if k or w.lower() not in TITLES])
    end = next((k for k, w in enumerate(words) if k and (w in MARKS or w in _ENDS_NAME)), len(words))
    if end == 1 and words[0].lower() in _LEADING:
        end = len(words)  # those who stayed
    return " ".join(words[:end]) if words else None


@lru_cache(maxsize=1024)
def _is_noun(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell a noun that what hangs on it makes a name: **Centers** *for Family services*."""
    if len(name) > 1 or words[0] != name[0] or words[1:2] not in {("of",), ("for",)}:
        return False
    found = look_up(name)
    return bool(found) and found[-1].sort == "body"


def _is_of_country(name: tuple[str, ...], words: Sequence[str]) -> bool:
    """Tell a word of nationality before a noun: *a recent* **British** *assessment*; not *the British*."""
    found = look_up(name)
    return bool(found) and found[-1].sort == "demonym" and found[-1].last == len(name) and name[-1] != words[-1]


@lru_cache(maxsize=1024)
def _members_end(words: tuple[str, ...], name: tuple[str, ...]) -> int:
    """Give where *Selwyn Hoteliers’ Association* ends, of which the name alone is *Association*; 0 for other names."""
    own = next((k for k, w in enumerate(words) if w in {"’", "'"}), 0)
    end = own + 1 + len(name)
    if (
        not own
        or words[own + 1 : end] != name
        or not all(is_name(w) for w in words[:own])
        or not words[own - 1].endswith("s")
    ):
        return 0
    found = look_up(name)
    return end if found and found[-1].sort == "body" and found[-1].last == len(name) else 0


@lru_cache(maxsize=1024)
def _opening_of(opening: tuple[str, ...]) -> tuple[str, str, str | None, bool] | None:
    """Take the subject apart that a sentence begins with: its words, its sort, its type, and how surely."""
    start = 0
    while start < len(opening) - 1 and opening[start].lower() in _BEFORE_OPENING:
        start += 1
    noun = next((m for m in known_in(opening) if m.sort in {"role", "body"} and m.first >= start), None)
    if noun is None:
        return _unknown_firm(opening)
    between = opening[start : noun.first]
    last = opening[noun.last - 1]
    if noun.last >= len(opening) or any(not w.isalpha() or w.lower() in NO_DESCRIPTION for w in between):
        return None
    if is_name(opening[noun.last]) or (not last.islower() and noun.last > 1 and noun.last - start > 1):
        return None  # somebody with a name
    if opening[noun.last][0] in "’'":
        return None
    crowd = noun.sort == "role" and _is_crowd(last)
    if not crowd and (noun.sort == "role" or opening[0].lower() not in {"the", "a", "an"}):
        return None
    source_type = None if noun.source_type == "unnamed" else noun.source_type
    return " ".join(opening[start : noun.last]), "many" if crowd else "body", source_type, not noun.weak


def _unknown_firm(opening: tuple[str, ...]) -> tuple[str, str, str | None, bool] | None:
    """*Velair cancelled 40 flights*: who acts under one unknown name, and is *it* afterwards."""
    name, follows = opening[0], opening[1] if len(opening) > 1 else "."
    if not is_name(name) or len(name) < 4 or not follows.islower() or known_in(opening[:1]) or is_first_name(name):
        return None
    known = name.lower() in NO_DESCRIPTION or lexicon[name].facts & NAME == 0
    return (name, "name", "organisation", False) if may_act(follows) and not known and not is_surname(name) else None


def _subject(opening: tuple[str, ...]) -> Entity | None:
    found = _opening_of(opening)
    if found is None:
        return None
    name, sort, source_type, sure = found
    told = Told.NOT if source_type is None else Told.LISTED if sure else Told.GUESSED
    words = tuple(name.split(" "))
    return Entity(name, sort, source_type, told, words, {w.lower() for w in words})


def _is_crowd(word: str) -> bool:
    return word.endswith(("s", "men")) or word.lower() in {"people", "police"}


def _told(resolved: Resolved) -> Told:
    if resolved.source_type is None:
        return Told.NOT
    return Told.LISTED if resolved.sure else Told.GUESSED


def _is_full(entity: Entity) -> bool:
    """Tell a name, or a description that says more than *the group* or *officials*."""
    return entity.has_name or any(is_name(w) for w in entity.name.split(" ")[1:]) or entity.name.count(" ") > 1


def _could_be(entity: Entity, noun: str) -> bool:
    """Tell a body whose type goes with the noun: *the company* for a firm that nobody has called so."""
    if entity.sort not in {"body", "name"}:
        return False
    if noun == "union":
        return bool(_UNIONS & entity.nouns)
    if noun in _OWN_NOUNS and not _OWN_NOUNS.isdisjoint(entity.name.lower().split(" ")):
        return False  # it is called by its own noun: the Food and Drug Administration is no *court*
    if noun in _FIRMS and not _NO_FIRMS.isdisjoint(entity.nouns):
        return False
    if entity.source_type is None and (entity.spoke >= 0 or (noun in {"company", "firm"} and " " in entity.name)):
        return noun in _CALLED["organisation"] or noun in _CALLED["media"]
    return noun in _CALLED.get(entity.source_type or "", ())


def _salience_of_thing(entity: Entity) -> int:
    unsorted = _UNSORTED if entity.sort == "name" else 0
    return salience(entity) - unsorted - (0 if entity.has_name else _NAMELESS_THING)


def _salience_of_many(entity: Entity) -> int:
    return _salience_of_thing(entity) - (_ONE_BODY if entity.sort == "body" else 0)


def _salience_of_called(entity: Entity) -> int:
    return salience(entity) + NEAR


def _salience_of_typed(entity: Entity) -> int:
    return salience(entity) - (_UNSORTED if entity.source_type is None and entity.spoke < 0 else 0)


def _strangeness(entity: Entity, gender: str) -> int:
    """Weigh what it costs to take somebody whose name sounds like the other gender."""
    if entity.gender:
        return 0
    if not entity.has_name:
        return _NAMELESS_PERSON
    sounds = sounds_like(entity.name)
    cost = 0 if sounds == gender else _OTHER_GENDER if sounds else _UNCLEAR_GENDER
    return cost + (_UNSORTED if entity.sort == "name" else 0)


def _sort(words: Sequence[str]) -> str:
    """Tell a person from a body from a group."""
    noun = head_noun(words)
    last = words[cut_of(words) - 1].lower()
    if noun is None:
        if any(f.sort in PLACES for f in look_up(words[: cut_of(words)])):
            return "body"
        if not is_name(words[0]):
            return "many"
        return "person" if len(words) > 1 and is_first_name(words[0]) else "name"
    if noun.sort in BODIES:
        return "body"
    if last in _FORCES:
        return "body"
    return "many" if last.endswith("s") or last in {"people", "police", "men", "women"} else "person"
