"""What kind of source a phrase names: word lists, and which word of the phrase they are asked about."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .person_names import is_first_name, known_in, title_end
from .phrase_forms import Judged, by_form, is_elected, is_former, runs_something
from .source_words import (
    HINTS,
    KNOWING,
    LAWYERS,
    LEADS,
    LIVES,
    MADE,
    MARKS,
    OBSERVES,
    OWNERS,
    PLACES,
    POSSESSIVE,
    STUDIES,
    TITLES,
    SourceMatch,
    cut_of,
    is_academic,
    is_fraction,
    is_name,
    look_up,
    type_by_ending,
)

Named = Callable[[Sequence[str]], str | None]  # tells the type of a name that the lists do not know
_RELATIVE = frozenset({"who", "which", "that", "whose"})
_UNNAMED = frozenset("some many others several few most those both anonymous unidentified unnamed".split())
_PARTS = _UNNAMED | frozenset("one two three four five six seven all half another".split())
_PEOPLE = frozenset("person people somebody someone individual individuals one man woman".split())
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_ANYBODY = frozenset({"individual", "unnamed"})  # types that say of nobody in particular what they are
_EMPLOYERS = frozenset({"media", "organisation", "monitor", "political", "expert"})
_LINKS = frozenset({"of", "for", "at", "with", "by"})
_COMPLEMENT_LINKS = _LINKS | {"from", "to"}
_VERB_WITHIN = 4  # words of a relative clause among which its verb is looked for: *who has long been running*
_BY_WITHIN = 6  # words behind *published*, *led* … among which *by* is looked for: *published on Monday by*
_DOCUMENTS = frozenset(
    "statement statements tweet tweets post posts page account website letter figures data lawsuit suit complaint filing "
    "filings release memo email document documents report papers brief advisory bulletin note message testimony "
    "newsletter announcement notice blog opinion appeal".split()
)
_PLACE_NOUNS = frozenset("country nation state city town county province region island islands village republic".split())
_CORPORATE = frozenset("president vice-president director chairman chairwoman chair secretary treasurer counsel".split())


def judge(words: Sequence[str], named: Named | None = None) -> Judged | None:
    """Tell what kind of source a noun phrase names, by its words alone, and how surely.

    The head (before ``of``, ``for``, ``who`` …) decides; where its noun is weak (a spokesman, an official), the words
    around it do. Of the parts between commas the first that tells anything counts.

    Parameters
    ----------
    words : sequence of str
        Tokens of the phrase, as printed.
    named : callable, optional
        Gives the type of a name or of ``its``, ``his``, ``their``, as the article has it.

    Returns
    -------
    Judged or None
        None where the word lists know nothing of it.

    Examples
    --------
    >>> judge("a spokesman for the Interior Ministry".split())
    Judged(source_type='state', sure=True)
    """
    alone = _alone(tuple(words))
    return _judge(words, named) if isinstance(alone, _AskedError) else alone


class _AskedError(Exception):
    """The words alone do not tell: one has to ask whom the article names."""


def _ask(words: Sequence[str]) -> str | None:
    raise _AskedError


@lru_cache(maxsize=16384)
def _alone(words: tuple[str, ...]) -> Judged | _AskedError | None:
    """Judge a phrase that needs no article; phrases come again and again."""
    try:
        return _judge(words, _ask)
    except _AskedError as asked:
        return asked.with_traceback(None)


def _judge(words: Sequence[str], named: Named | None) -> Judged | None:
    told = by_form(words) or _anonymous(words)
    if told:
        return told
    weak: Judged | None = None
    for part in _parts(words):
        judged = _judge_part(part, named)
        if judged and judged.sure:
            return judged
        weak = weak or judged
    return weak or _by_life(words)


def _parts(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a phrase at its commas, brackets and dashes."""
    start = 0
    for at, word in enumerate(words):
        if word in MARKS:
            if at > start:
                yield words[start:at]
            start = at + 1
    if start < len(words):
        yield words[start:]


def _by_life(words: Sequence[str]) -> Judged | None:
    """A person of whom only the age is told speaks for themselves: *Hanna Kos, 43,*."""
    aged = any(w.isdigit() and 10 < int(w) < 110 and before == "," for before, w in pairwise(words))
    return Judged("individual", False) if aged else None


def _judge_part(words: Sequence[str], named: Named | None) -> Judged | None:
    """Judge what stands between two commas."""
    opening = words[0].lower()
    if opening in _RELATIVE:
        return _clause(words[1:], named)
    cut = cut_of(words)
    matches = known_in(words)
    named_from = title_end(words[:cut], [m for m in matches if m.first < cut])
    if named_from:  # a title beats whatever the lists make of the name
        matches = tuple([m for m in matches if m.first < named_from])
        words, cut = [*words[:named_from], *words[cut:]], named_from
    if opening in _PARTS and cut == 1 < len(words) - 1 and words[1].lower() == "of":
        return _judge_part(words[cut + 1 :], named) or Judged("unnamed", False)
    phrase = _NounPhrase.of(words, cut, named, matches)
    if not phrase.nouns:
        return _first_answer(_WITHOUT_NOUN, phrase)
    return _in_office(phrase, _by_noun(phrase))


def _by_noun(phrase: "_NounPhrase") -> Judged | None:
    """Judge a phrase by its core, or where that is weak by what it is hung on."""
    core, cut = phrase.core, phrase.cut
    single = core.last - core.first == 1 and is_name(phrase.words[core.first])
    endings = None
    if cut > core.last or core.weak:
        endings = type_by_ending(phrase.words[core.first : cut])
    elif single and core.first > phrase.owned:
        endings = type_by_ending(phrase.words[core.first - 1 : cut])
    if endings and core.sort not in {"role", "person"}:
        return Judged(endings, True)
    if not core.weak:
        return Judged(core.source_type, True)
    return _first_answer(_WEAK_NOUN, phrase) or Judged(core.source_type, False)


def _in_office(phrase: "_NounPhrase", judged: Judged | None) -> Judged | None:
    """Who held an office of state speaks as a politician; a *president of Harbour Foods* holds none."""
    core = phrase.core
    if judged is None or core.sort != "role" or judged.source_type != "state":
        return judged
    word = phrase.words[core.last - 1]
    if is_former(phrase.words, core.first):
        return Judged("political" if is_elected(word) else "state", False)
    if word.lower() in _CORPORATE and not any(m.sort in PLACES for m in phrase.entries):
        return _at_firm(phrase) or judged
    return judged


def _at_firm(phrase: "_NounPhrase") -> Judged | None:
    """*vice president for policy at Harbour Foods*, *a director at Orla Health Plans*: what is no state's, is a firm's."""
    at = next((k for k, w in enumerate(phrase.behind[:-1]) if w.lower() in {"at", "with", "of"}), None)
    if at is None:
        return None
    body = phrase.behind[at + 1 :]
    judged = _judge_part(body, phrase.named)
    if judged and judged.source_type in _EMPLOYERS:
        return Judged(judged.source_type, True)
    named = is_name(body[0]) and len(body) > 1 and is_name(body[1]) and not known_in(body)
    return Judged("organisation", False) if judged is None and (named or phrase.behind[at] != "of") else None


class _NounPhrase(NamedTuple):
    """A phrase without commas, taken apart: *Kyiv’s* (owner) *deputy mayor* (head) *for transport* (behind).

    Parameters
    ----------
    words : sequence of str
    owned : int
        First token behind the possessive; 0 without one.
    cut : int
        The token after the head.
    entries : list of SourceMatch
        What the word lists know in the head.
    nouns : list of SourceMatch
        Those of them that are no places; the last one is the ``core``.
    named : callable or None
        Tells the type of a name that the lists do not know.
    """

    words: Sequence[str]
    owned: int
    cut: int
    entries: list[SourceMatch]
    nouns: list[SourceMatch]
    named: Named | None

    @classmethod
    def of(cls, words: Sequence[str], cut: int, named: Named | None, matches: Sequence[SourceMatch]) -> "_NounPhrase":
        """Take a phrase apart whose head ends before token ``cut``."""
        owned = _owner_end(words, cut, matches)
        entries = [m for m in matches if owned <= m.first < cut]
        return cls(words, owned, cut, entries, [m for m in entries if m.sort not in PLACES], named)

    @property
    def owner(self) -> Sequence[str]:
        """What stands up to the possessive: *Kyiv’s*, *its*."""
        return self.words[: self.owned]

    @property
    def head(self) -> Sequence[str]:
        """What the phrase is about, without its owner."""
        return self.words[self.owned : self.cut]

    @property
    def behind(self) -> Sequence[str]:
        """What is hung on the head: *of the ministry*, *who heads it*."""
        return self.words[self.cut :]

    @property
    def core(self) -> SourceMatch:
        """The noun that decides."""
        return self.nouns[-1]

    @property
    def is_lawyer(self) -> bool:
        """The core is a lawyer, who speaks for clients of all sorts."""
        return self.words[self.core.last - 1].lower() in LAWYERS

    @property
    def strong(self) -> Judged | None:
        """The type of the last noun before the core that tells one by itself: *police spokesman*."""
        types = [m.source_type for m in self.nouns[:-1] if not m.weak and m.source_type not in _ANYBODY]
        return Judged(types[-1], True) if types else None


_Step = Callable[[_NounPhrase], Judged | None]


def _first_answer(steps: Iterable[_Step], phrase: _NounPhrase) -> Judged | None:
    """Ask one step after the other until one tells."""
    for step in steps:
        judged = step(phrase)
        if judged:
            return judged
    return None


def _anonymous(words: Sequence[str]) -> Judged | None:
    """*people with knowledge of the talks*, *a banker who has seen the text*; fractions of those asked."""
    lower = [w.lower() for w in words]
    if is_fraction(lower):
        return _of_those_asked(words)
    hinted = not HINTS.isdisjoint(lower) or not (_RELATIVE.isdisjoint(lower) or KNOWING.isdisjoint(lower))
    return Judged("unnamed", True) if hinted and _could_be_anybody(words) else None


def _of_those_asked(words: Sequence[str]) -> Judged | None:
    """*41 per cent of voters* is a poll’s; *half of the ministers* is not."""
    head = look_up(words[: cut_of(words)])
    return Judged("monitor", False) if all(m.source_type in _ANYBODY for m in head) else None


def _could_be_anybody(words: Sequence[str]) -> bool:
    """Tell *people*, *a banker*, *officials* from somebody with a name or with an office of one type."""
    cut = cut_of(words)
    head = look_up(words[:cut])
    if any(is_name(w) for w in words[1:cut]) or not all(_tells_nobody(m) for m in head):
        return False
    return bool(head) or any(w.lower() in _PEOPLE for w in words[:cut])


def _tells_nobody(match: SourceMatch) -> bool:
    if match.source_type in _ANYBODY:
        return True
    return match.sort == "role" and match.source_type != "state" and (match.weak or match.source_type == "organisation")


def _owner_end(words: Sequence[str], cut: int, found: Sequence[SourceMatch]) -> int:
    """Give the token after the last possessive of the head (*Kyiv’s mayor*); 0 without one."""
    if words[0].lower() in OWNERS:
        return 1
    for at in range(cut - 2, 0, -1):
        if words[at] in POSSESSIVE and not any(f.first < at < f.last for f in found):
            return at + 1
    return 0


def _by_ending(phrase: _NounPhrase) -> Judged | None:
    """*Harbour Freight Lines*, *the Lagos Courier*."""
    ending = type_by_ending(phrase.head)
    return Judged(ending, True) if ending else None


def _as_place(phrase: _NounPhrase) -> Judged | None:
    """A place stands for its government only where it stands alone: *Kyiv*, *the Kremlin*."""
    if not phrase.entries or phrase.owned:
        return None
    covered = sum(m.last - m.first for m in phrase.entries if m.sort != "demonym")
    is_bare = covered >= len([w for w in phrase.head if w.lower() not in TITLES])
    return Judged("state", False) if is_bare else None


def _as_named(phrase: _NounPhrase) -> Judged | None:
    """A name that only the article explains."""
    if phrase.named is None or phrase.entries or not phrase.head:
        return None
    source_type = phrase.named(phrase.head)
    return Judged(source_type, False) if source_type else None


def _as_employed(phrase: _NounPhrase) -> Judged | None:
    """*the Courier’s Ian Roe*."""
    if not look_up(phrase.owner):
        return None
    owner = _owner(phrase.owner, None)
    return Judged(owner, False) if owner in _EMPLOYERS else None


def _as_aged(phrase: _NounPhrase) -> Judged | None:
    """*a 43-year-old*."""
    aged = any(w.endswith("year-old") for w in phrase.words[: phrase.cut])
    return Judged("individual", False) if aged else None


def _by_what_follows(phrase: _NounPhrase) -> Judged | None:
    """*Roe, who heads the union*; *Roe of the farmers’ union*; or nothing follows: *some*."""
    behind = phrase.behind
    link = behind[0].lower() if len(behind) > 1 else ""
    if link in _RELATIVE:
        return _clause(behind[1:], phrase.named)
    if link in _LINKS and not phrase.entries:
        if is_academic(behind):
            return Judged("expert", False)
        judged = _judge_part(behind[1:], phrase.named)
        return Judged(judged.source_type, False) if judged else None
    return Judged("unnamed", False) if phrase.words[0].lower() in _UNNAMED else None


def _as_document(phrase: _NounPhrase) -> Judged | None:
    """*a statement from the company*, *Holm’s Facebook page*: of the type of whose it is."""
    if phrase.words[phrase.cut - 1].lower() not in _DOCUMENTS:
        return None
    owner = _owner(phrase.owner, phrase.named) if phrase.owned else None
    if owner:
        return Judged(owner, phrase.words[0].lower() not in OWNERS)
    link = next((k for k, w in enumerate(phrase.behind[:-1]) if w.lower() in {"from", "by", "of", "on"}), None)
    judged = _judge_part(phrase.behind[link + 1 :], phrase.named) if link is not None else None
    return Judged(judged.source_type, judged.sure) if judged else None


def _as_doctor(phrase: _NounPhrase) -> Judged | None:
    """*Dr Hana Kos*, of whom nothing else is told."""
    title = phrase.words[0].lower().rstrip(".")
    named = len(phrase.words) > 1 and is_name(phrase.words[1])
    return Judged("expert", False) if title in {"dr", "prof"} and named else None


_WITHOUT_NOUN: tuple[_Step, ...] = (
    _as_document,
    _by_ending,
    _as_place,
    _as_named,
    _as_employed,
    _as_aged,
    _by_what_follows,
    _as_doctor,
)
"""What is asked, in this order, of a phrase in which the lists know no noun: a name, a place, *some*."""


def _clause(words: Sequence[str], named: Named | None) -> Judged | None:
    """*who teaches energy law*, *who heads the farmers’ union*."""
    verb = next((i for i, w in enumerate(words[:_VERB_WITHIN]) if w.lower() in STUDIES | LEADS | LIVES), None)
    if verb is None:
        return None
    word = words[verb].lower()
    if word in STUDIES:
        return Judged("expert", True)
    if word in LIVES:
        return Judged("individual", False) if word != "is" or "".join(words[verb + 1 : verb + 2]).isdigit() else None
    led = words[verb + 1 :]
    judged = _judge_part(led, named) if led and (is_name(led[0]) or led[0] in _DETERMINERS) else None
    return judged or (Judged("organisation", False) if runs_something(words[verb:]) else None)


def _role_of_strong(phrase: _NounPhrase) -> Judged | None:
    """*police spokesman*."""
    return phrase.strong if phrase.core.sort == "role" else None


def _by_owner(phrase: _NounPhrase) -> Judged | None:
    """*the union’s president*, *its spokesman*; *the teachers’ council* is a body of its own."""
    owner = _owner(phrase.owner, phrase.named) if phrase.owned else None
    if not owner:
        return _by_unknown_owner(phrase) if phrase.owned else None
    if phrase.core.sort == "body" and owner == "individual":
        return Judged("organisation", True)
    if phrase.is_lawyer and (owner == "political" or phrase.words[0].lower() in {"his", "her"}):
        return Judged("individual", phrase.words[0].lower() not in OWNERS)
    return Judged(owner, phrase.words[0].lower() not in OWNERS)


def _by_unknown_owner(phrase: _NounPhrase) -> Judged | None:
    """*Roe’s lawyer*, *her lawyer*; *the chapter’s president*."""
    first = phrase.words[0].lower()
    if phrase.is_lawyer:
        person = first in {"his", "her"} or (is_name(phrase.words[0]) and first != "the")
        return Judged("individual", False) if person else None
    owner = phrase.owner[-2].lower() if len(phrase.owner) > 1 else ""
    common = owner.islower() and phrase.owner[-2] == owner and owner not in _PLACE_NOUNS
    return Judged("organisation", False) if common and phrase.core.sort == "role" else None


def _by_faculty(phrase: _NounPhrase) -> Judged | None:
    """*a researcher at the University of Ems*."""
    return Judged("expert", True) if phrase.core.source_type == "expert" and is_academic(phrase.behind) else None


def _by_complement(phrase: _NounPhrase) -> Judged | None:
    """*a spokesman for the ministry*; a lawyer for the ministry or for *some* is not theirs."""
    judged = _complement(phrase)
    if phrase.is_lawyer and (judged.source_type == "individual" if judged else _of_person(phrase.behind)):
        return Judged("individual", judged is not None)
    if judged is None or judged.source_type == "individual":
        return None
    if judged.source_type in {"state", "unnamed"} and phrase.is_lawyer:
        return None
    return Judged(judged.source_type, True)


def _of_person(behind: Sequence[str]) -> bool:
    """Tell *for Rosa Gund*, *for Mr Gund* from *for Gund Shipping*."""
    words = behind[1:]
    if not words or behind[0].lower() not in {"for", "to", "of"}:
        return False
    return is_first_name(words[0]) or (words[0].lower() in TITLES and is_name(words[0]) and len(words) > 1)


def _body_of_strong(phrase: _NounPhrase) -> Judged | None:
    """*police association*."""
    return phrase.strong


def _by_place(phrase: _NounPhrase) -> Judged | None:
    """*a Kyiv spokesman*: of its government."""
    core = phrase.core
    if core.sort != "role" or core.source_type != "organisation" or phrase.is_lawyer:
        return None
    return Judged("state", False) if any(m.sort in PLACES for m in phrase.entries) else None


def _by_observing(phrase: _NounPhrase) -> Judged | None:
    """*a group that tracks arrests*."""
    behind = phrase.behind
    if phrase.core.sort != "body" or len(behind) < 2:
        return None
    observes = behind[0].lower() in _RELATIVE and behind[1].lower() in OBSERVES
    return Judged("monitor", True) if observes else None


def _by_weak(phrase: _NounPhrase) -> Judged | None:
    """*company official*: the weak noun before a role for anybody."""
    core, before = phrase.core, phrase.nouns[:-1]
    if core.sort != "role" or core.source_type not in {"organisation", "state"} or not before:
        return None
    return Judged(before[-1].source_type, False)


_WEAK_NOUN: tuple[_Step, ...] = (
    _role_of_strong,
    _by_owner,
    _by_faculty,
    _by_complement,
    _body_of_strong,
    _by_place,
    _by_observing,
    _by_weak,
)
"""What is asked, in this order, of a phrase whose noun is weak: it takes the type of what it is hung on."""


def _complement(phrase: _NounPhrase) -> Judged | None:
    """What stands behind *of*, *for*, *by*: *a report published on Monday by the auditors*."""
    behind = phrase.behind
    if len(behind) < 2:
        return None
    link, start = behind[0].lower(), 1
    if link in MADE:
        start = 1 + next((i for i, word in enumerate(behind[1:_BY_WITHIN], 1) if word.lower() == "by"), len(behind))
    elif link not in _COMPLEMENT_LINKS:
        return None
    return _judge_part(behind[start:], phrase.named) if start < len(behind) else None


def _owner(words: Sequence[str], named: Named | None) -> str | None:
    """Type of a possessor: *Kyiv’s*, *the union’s*, *its*."""
    phrase = words[:-1] if words[-1] in POSSESSIVE else words
    if phrase[0].lower() in OWNERS:
        return named(phrase) if named else None
    judged = _judge_part(phrase, named)
    if judged is None and (found := look_up(phrase)) and found[-1].sort in PLACES and found[-1].last == len(phrase):
        return "state"
    return judged.source_type if judged else None


def head_noun(words: Sequence[str]) -> SourceMatch | None:
    """Give the noun that a phrase is about, as the lists have it: *the union’s* **president**."""
    return _head_noun(tuple(words))


@lru_cache(maxsize=16384)
def _head_noun(words: tuple[str, ...]) -> SourceMatch | None:
    if not words:
        return None
    cut = cut_of(words)
    found = known_in(words[:cut])
    owned = _owner_end(words, cut, found)
    return next((f for f in reversed(found) if f.first >= owned and f.sort not in PLACES), None)
