"""What kind of source a phrase names: word lists, and which word of the phrase they are asked about."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from .person_names import is_first_name, known_in, title_end
from .phrase_forms import OF_FORMS, PARTISAN, Judged, by_clause, by_form, is_elected, is_former, runs_something
from .phrase_heads import ANYBODY, Named, NounPhrase, head_end
from .source_words import (
    COUNTS,
    HINTS,
    KNOWING,
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
from .surveys import POLLED, is_of_experts, without_relay
from .word_forms import may_be_name

_RELATIVE = frozenset({"who", "which", "that", "whose"})
_UNNAMED = frozenset("some many others several few most those both anonymous unidentified unnamed".split())
_PARTS = _UNNAMED | frozenset("one two three four five six seven all half another".split())
_PEOPLE = frozenset("person people somebody someone individual individuals one man woman".split())
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
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
_ASKED_FOR_THEMSELVES = frozenset({"expert", "state"})
_SURVEYS = frozenset("survey surveys poll polls".split())
_ADVISING = frozenset(
    "consultancy consultants consultant consulting medicine medical health doctors think-tank tank".split()
)
_COLLEGES = frozenset({"Tech", "Polytechnic", "Institute"})
_HELD = frozenset({"state", "political"})
_POLLS = frozenset({"poll", "polls"})
_MAKERS = frozenset({"expert", "organisation", "state", "monitor"})
_OPEN = frozenset("official officials source sources aide aides insider insiders staffer staffers operative".split())
_OF_MEMBERS = frozenset("alliance association union federation society guild league local syndicate forum".split())
_CAMPAIGNS = frozenset("alliance campaign coalition partnership movement action initiative".split())
_INSTITUTES = frozenset("center centre institute institution foundation council".split())
_PARTING = MARKS | {"and"}
_STUDIED = frozenset(
    "Studies Policy Policies Research Energy Security Economics Economic Strategic Analysis Peace Progress Priorities "
    "Democracy Science Sciences Climate Affairs Relations Innovation Technology Education Governance Budgetary Medicine "
    "Medical Health Disease Diseases Cancer Biology Physics".split()
)
_INSTITUTIONS = frozenset({"state", "expert", "monitor", "media", "political"})
_PLACE_NOUNS = frozenset("country nation state city town county province region island islands village republic".split())
_CORPORATE = frozenset("president vice-president director chairman chairwoman chair secretary treasurer counsel".split())


class _Question(NamedTuple):
    """What an article is asked by a phrase, the type of a name or of *its* or *his*, and what each answer makes of it."""

    words: tuple[str, ...]
    judged: "dict[str | None, _Known]"


class _NotYet:
    """A phrase that has not been judged with these answers."""


_NOT_YET = _NotYet()
_Known = Judged | _Question | _NotYet | None
_MOST_JUDGED = 1 << 12  # phrases remembered: no feed of articles may fill the memory
_judged: dict[tuple[str, ...], _Known] = {}
"""What was judged of phrases: most come twice in their article, and many in other articles."""
_NO_PLAIN_NAMES = (
    OF_FORMS | HINTS | COUNTS | OWNERS | _RELATIVE | _UNNAMED | {"dr", "prof"} | {word.rstrip(".") for word in OF_FORMS}
)
_RUNNING = frozenset("director manager executive chair chairman chairwoman vice-president supervisor".split())


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
    if words and words[0][:5].lower() == "then-" and is_name(words[0][5:]):  # then-Medicare spokesman
        words = [words[0][5:], *words[1:]]
    printed = tuple(words)
    if printed and all(map(_is_plain_name, printed)) and not known_in(printed):
        return _by_name(printed, named)
    if named is None:
        return _unnamed(printed)
    answers: dict[tuple[str, ...], str | None] = {}
    known: _Known = _judged.get(printed, _NOT_YET)
    while isinstance(known, _Question):
        answer = answers[known.words] = named(known.words)
        known = known.judged.get(answer, _NOT_YET)
    return _judge_anew(printed, named, answers) if isinstance(known, _NotYet) else known


def _judge_anew(words: tuple[str, ...], named: Named, answers: dict[tuple[str, ...], str | None]) -> Judged | None:
    """Judge a phrase, and remember it with what the article was asked and answered; ``answers`` are those had already."""

    def ask(asked: Sequence[str]) -> str | None:
        key = tuple(asked)
        if key not in answers:
            answers[key] = named(key)
        return answers[key]

    answers = dict(answers)
    judged = _judge(words, ask)
    if len(_judged) >= _MOST_JUDGED:
        _judged.clear()
    place: dict[Any, _Known] = _judged
    key: Any = words
    for asked, answer in answers.items():
        question = place.get(key)
        if not isinstance(question, _Question):
            question = place[key] = _Question(asked, {})
        place, key = question.judged, answer
    place[key] = judged
    return judged


def _by_name(name: tuple[str, ...], named: Named | None) -> Judged | None:
    """Judge a name that no list knows: by its ending, or as the article has it."""
    ending = type_by_ending(name)
    if ending:
        return Judged(ending, True)
    source_type = named(name) if named else None
    return Judged(source_type, False) if source_type else None


@lru_cache(maxsize=8192)
def _is_plain_name(word: str) -> bool:
    """Tell a word with a capital that means nothing else in a source phrase."""
    return is_name(word) and "-" not in word and word.lower().rstrip(".") not in _NO_PLAIN_NAMES


def _unnamed(words: tuple[str, ...]) -> Judged | None:
    """Judge a phrase where no article can be asked."""
    return _judge(words, None)


def _judge(words: Sequence[str], named: Named | None) -> Judged | None:
    words = without_relay(tuple(words))
    told = _by_look(words)
    if told:
        return told
    weak: Judged | None = None
    for part in (words,) if _PARTING.isdisjoint(words) else _parts(words):
        judged = _judge_part(part, named)
        whole = len(part) == len(words)
        if judged and judged.sure and (whole or not (_is_former(part[:2]) or _is_listed(part))):
            return judged
        titled = weak and judged and judged.source_type in _HELD and words[0].lower() in OWNERS
        if titled and title_end(part, known_in(part)):
            return judged  # its chair, Senator Ana Roe
        weak = weak or judged
    return weak or _by_life(words)


def _by_look(words: tuple[str, ...]) -> Judged | None:
    """Judge a phrase by what no article tells otherwise."""
    lower = [w.lower() for w in words]
    return by_form(words, lower) or _anonymous(words, lower) or _polled(words)


def _polled(words: Sequence[str]) -> Judged | None:
    """*Voters polled by the Courier* are a poll’s."""
    if POLLED.isdisjoint(words):
        return None
    at = next((k for k, w in enumerate(words[:-1]) if w in POLLED and words[k + 1] == "by"), 0)
    return Judged("monitor", True) if at and all(m.source_type in ANYBODY for m in look_up(words[:at])) else None


def _parts(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a phrase at its commas, brackets and dashes."""
    start = 0
    for at, word in enumerate(words):
        if word in MARKS or (word == "and" and _is_former(words[at + 1 : at + 3])):
            if at > start:
                yield words[start:at]
            start = at + 1
    if start < len(words):
        yield words[start:]


def _is_listed(words: Sequence[str]) -> bool:
    """Tell a name that only a list knows: what stands beside it goes before the list."""
    found = known_in(words)
    return bool(found) and found[0].sort in {"person", "name"} and found[0].first == 0 and found[0].last == len(words)


def _is_former(words: Sequence[str]) -> bool:
    """Tell *a former mayor*: what somebody is goes before what they were."""
    return any([w.lower() in {"former", "ex", "retired", "once"} or w.lower().startswith("ex-") for w in words])


def _by_life(words: Sequence[str]) -> Judged | None:
    """A person of whom only the age is told speaks for themselves: *Hanna Kos, 43,*."""
    aged = any(_is_age(w) and before == "," for before, w in pairwise(words))
    return Judged("individual", False) if aged else None


def _is_age(word: str) -> bool:
    """Tell a number that an adult's age can be; ``²`` and ``①`` are digits, but none that `int` reads."""
    return word.isdecimal() and len(word) < 4 and 10 < int(word) < 110


def _judge_part(words: Sequence[str], named: Named | None) -> Judged | None:
    """Judge what stands between two commas."""
    opening = words[0].lower()
    if opening in _RELATIVE:
        return by_clause(opening, words[1:]) or _clause(words[1:], named)
    phrase, matches = _taken_apart(tuple(words), named)
    words, cut = phrase.words, phrase.cut
    if opening in _PARTS and cut == 1 < len(words) - 1 and words[1].lower() == "of":
        return _judge_part(words[cut + 1 :], named) or Judged("unnamed", False)
    return _within_name(phrase, matches) or _judge_head(phrase)


def _taken_apart(words: tuple[str, ...], named: Named | None) -> tuple[NounPhrase, Sequence[SourceMatch]]:
    """Take a phrase apart, and give what the word lists know in it."""
    matches = known_in(words)
    cut = head_end(words, matches)
    cut = _first_of_two(words, matches, cut)
    named_from = title_end(words[:cut], [m for m in matches if m.first < cut])
    if named_from:  # a title beats whatever the lists make of the name
        matches = tuple([m for m in matches if m.first < named_from])
        words, cut = (*words[:named_from], *words[cut:]), named_from
    return NounPhrase.of(words, cut, named, matches), matches


def _first_of_two(words: Sequence[str], matches: Sequence[SourceMatch], cut: int) -> int:
    """Cut *business groups and economists* behind the first: of two sources that one decides."""
    for m in matches:
        joined = m.last < cut - 1 and words[m.last] == "and" and m.sort in {"role", "body"}
        if joined and words[m.last - 1].endswith("s") and words[m.last - 1].islower():
            return m.last
    return cut


def _within_name(phrase: NounPhrase, matches: Sequence[SourceMatch]) -> Judged | None:
    """*a Law Society of Kenya official*, *Orla Chamber of Trade president Ana Roe*: a name with *of* in it before a role."""
    words, cut = phrase.words, phrase.cut
    if not 0 < cut < len(words) - 2 or words[cut] not in {"of", "for"} or not may_be_name(words[cut - 1]):
        return None
    end = cut + 1
    while end < len(words) and (may_be_name(words[end]) or words[end] in {"and", "the"}):
        end += 1
    role = next((m for m in matches if m.first >= end and m.sort == "role"), None)
    if role is None or end == cut + 1 or role.first > end + 1 or not words[role.first].islower():
        return None
    if role.last < len(words) and not is_name(words[role.last]):
        return None
    if not role.weak and role.source_type not in {"organisation", "state"}:
        return Judged(role.source_type, True)
    start = 1 if words[0].lower() in _DETERMINERS else 0
    return _judge_part(words[start:end], phrase.named) or Judged(role.source_type, False)


def _judge_head(phrase: NounPhrase) -> Judged | None:
    """Judge a phrase by the nouns of its head, or without any."""
    if phrase.nouns and phrase.core.last < phrase.cut and (document := _as_document(phrase)):
        return document  # the ministry’s Facebook page
    if not phrase.nouns:
        return _first_answer(_WITHOUT_NOUN, phrase)
    return _in_office(phrase, _by_noun(phrase))


def _of_department(phrase: NounPhrase) -> Judged | None:
    """*The department of plant science at Ems Tech*."""
    if phrase.words[phrase.core.last - 1].lower() not in {"department", "school", "faculty", "laboratory", "lab"}:
        return None
    behind = phrase.behind
    at = next((k for k, w in enumerate(behind) if w == "at"), None)
    taught = at is not None and (is_academic(behind[at:]) or not _COLLEGES.isdisjoint(behind[at + 1 :]))
    return Judged("expert", True) if taught else None


def _for_cause(phrase: NounPhrase) -> Judged | None:
    """*the Alliance for Clean Rivers* campaigns; *the Institute for Sea Policy* studies."""
    word, behind = phrase.words[phrase.core.last - 1], phrase.behind
    if len(behind) < 2 or behind[0].lower() not in {"for", "against", "of", "on"} or not is_name(word):
        return None
    if word.lower() in _CAMPAIGNS and behind[0].lower() != "of":
        return Judged("organisation", True)
    studies = word.lower() in _INSTITUTES and not _STUDIED.isdisjoint(behind)
    return Judged("expert", True) if studies else None


def _by_noun(phrase: NounPhrase) -> Judged | None:
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
    is_open = _is_open(phrase.words[core.last - 1])
    told = (
        _advising(phrase)
        or _for_cause(phrase)
        or _of_department(phrase)
        or _of_party(phrase)
        or _as_survey(phrase)
        or (_of_open(phrase) if is_open else None)
    )
    if told:
        return told
    if not core.weak:
        return Judged(core.source_type, True)
    return _first_answer(_WEAK_NOUN, phrase) or Judged(core.source_type, False)


def _advising(phrase: NounPhrase) -> Judged | None:
    """*A physicist who advises the government*, *scientific adviser to the government*: a post beats a profession."""
    behind = phrase.behind
    if phrase.core.source_type != "expert":
        return None
    for m in phrase.nouns[:-1]:  # health minister and physician
        if (
            m.source_type == "state"
            and not m.weak
            and phrase.words[m.last] == "and"
            and not is_former(phrase.words, m.first)
        ):
            return Judged("state", True)
    if len(behind) < 2:
        return None
    noun = phrase.words[phrase.core.last - 1].lower()
    advises = behind[0].lower() in _RELATIVE and behind[1].lower() in {"advises", "heads", "leads", "runs"}
    if not advises and not (behind[0].lower() == "to" and noun in {"adviser", "advisor", "advisers", "advisors"}):
        return None
    judged = _judge_part(behind[1 + advises :], phrase.named) if len(behind) > 2 or not advises else None
    posts = {"state", "political", "organisation"} if advises and behind[1].lower() != "advises" else {"state", "political"}
    return Judged(judged.source_type, True) if judged and judged.source_type in posts else None


def _of_open(phrase: NounPhrase) -> Judged | None:
    """*Campaign officials*, *officials for a chain of clinics*."""
    strong = _role_of_strong(phrase)
    if strong or not phrase.behind or phrase.behind[0].lower() not in {"for", "at", "with", "from", "of"}:
        return strong
    judged = _complement(phrase)
    return judged if judged and judged.sure and judged.source_type in _EMPLOYERS else None


def _is_open(word: str) -> bool:
    """Tell *officials*, *sources* from nouns that leave nothing open: whose they are stands before, *campaign officials*."""
    return word.lower() in _OPEN


def _in_office(phrase: NounPhrase, judged: Judged | None) -> Judged | None:
    """Who held an office of state speaks as a politician; a *president of Harbour Foods* holds none."""
    core = phrase.core
    if judged is not None and core.sort == "role" and judged.source_type == "organisation":
        is_theirs = phrase.owned and (not phrase.is_lawyer or core.last - core.first > 1)  # the agency’s general counsel
        body = _at_firm(phrase) or (_by_owner(phrase) if is_theirs else None)
        return body if body and body.source_type in _INSTITUTIONS else judged
    if judged is not None and judged.source_type == "expert" and core.weak and core.first:
        return Judged("individual", False) if phrase.words[core.first - 1].lower() == "retired" else judged
    if judged is None or core.sort != "role" or judged.source_type != "state":
        return judged
    word = phrase.words[core.last - 1]
    if is_former(phrase.words, core.first):
        return Judged("political" if is_elected(word) else "state", False)
    if word.lower() in _CORPORATE and not any(m.sort in PLACES for m in phrase.entries):
        return _at_firm(phrase) or judged
    return judged


def _at_firm(phrase: NounPhrase) -> Judged | None:
    """*vice president for policy at Harbour Foods*, *a director at Orla Health Plans*: what is no state's, is a firm's."""
    at = next((k for k, w in enumerate(phrase.behind[:-1]) if w.lower() in {"at", "with", "of"}), None)
    if at is None:
        return None
    body = phrase.behind[at + 1 :]
    judged = _judge_part(body, phrase.named)
    if judged and judged.source_type in _EMPLOYERS:
        return Judged(judged.source_type, True)
    word = phrase.words[phrase.core.last - 1].lower()
    runs_firm = word in _RUNNING and body[0] not in _DETERMINERS and not body[0].isupper()
    named = is_name(body[0]) and (runs_firm or (len(body) > 1 and is_name(body[1]))) and not known_in(body)
    return Judged("organisation", False) if judged is None and (named or phrase.behind[at] != "of") else None


_Step = Callable[[NounPhrase], Judged | None]


def _first_answer(steps: Iterable[_Step], phrase: NounPhrase) -> Judged | None:
    """Ask one step after the other until one tells."""
    for step in steps:
        judged = step(phrase)
        if judged:
            return judged
    return None


def _anonymous(words: Sequence[str], lower: Sequence[str]) -> Judged | None:
    """*people with knowledge of the talks*, *a banker who has seen the text*; fractions of those asked."""
    if is_fraction(lower):
        return _of_those_asked(words)
    hinted = not HINTS.isdisjoint(lower) or not (_RELATIVE.isdisjoint(lower) or KNOWING.isdisjoint(lower))
    return Judged("unnamed", True) if hinted and _could_be_anybody(words) else None


def _of_those_asked(words: Sequence[str]) -> Judged | None:
    """*41 per cent of voters* is a poll’s; *a majority of economists* and *half of the ministers* are not."""
    behind = look_up(words[1:])
    head = next((m for m in behind if m.source_type not in ANYBODY), None)
    if head and head.sort == "role" and head.source_type in _ASKED_FOR_THEMSELVES:
        return Judged(head.source_type, True)
    head_of_all = look_up(words[: cut_of(words)])
    return Judged("monitor", False) if all(m.source_type in ANYBODY for m in head_of_all) else None


def _as_survey(phrase: NounPhrase) -> Judged | None:
    """*A survey by the doctors’ union*, *the bank’s poll*: of the type of its maker; a newspaper’s poll is a poll."""
    if phrase.words[phrase.core.last - 1].lower() not in _SURVEYS:
        return None
    maker = _made_by(phrase)
    if maker is None and is_of_experts(phrase.behind):
        return Judged("expert", True)
    if maker is None:
        owner = _owner(phrase.owner, phrase.named) if phrase.owned else None
        return Judged(owner, phrase.words[0].lower() not in OWNERS) if owner in _MAKERS else None
    judged = _judge_part(maker, phrase.named)
    polled = phrase.words[phrase.core.last - 1].lower() in _POLLS
    if judged is None or (polled and judged.source_type == "expert" and _ADVISING.isdisjoint(w.lower() for w in maker)):
        return Judged("monitor", judged is not None)  # told by what stands behind the comma: by Ems & Roe, a consultancy
    return judged if judged.source_type in _MAKERS and not is_academic(maker) else None


def _made_by(phrase: NounPhrase) -> Sequence[str] | None:
    """Give whom *by* or *from* names behind a survey: *conducted by* **the union**; not *by phone*."""
    behind = phrase.behind
    link = next((k for k, w in enumerate(behind[:_BY_WITHIN]) if w.lower() in {"by", "from"}), None)
    if link is None or link + 1 >= len(behind):
        return None
    maker = behind[link + 1 :]
    return maker if is_name(maker[0]) or maker[0].lower() in _DETERMINERS else None


def _could_be_anybody(words: Sequence[str]) -> bool:
    """Tell *people*, *a banker*, *officials* from somebody with a name or with an office of one type."""
    cut = cut_of(words)
    head = look_up(words[:cut])
    if any(is_name(w) for w in words[1:cut]) or not all(_tells_nobody(m) for m in head):
        return False
    return bool(head) or any(w.lower() in _PEOPLE for w in words[:cut])


def _tells_nobody(match: SourceMatch) -> bool:
    if match.source_type in ANYBODY:
        return True
    return match.sort == "role" and match.source_type != "state" and (match.weak or match.source_type == "organisation")


def _by_ending(phrase: NounPhrase) -> Judged | None:
    """*Harbour Freight Lines*, *the Lagos Courier*."""
    ending = type_by_ending(phrase.head)
    return Judged(ending, True) if ending else None


def _as_place(phrase: NounPhrase) -> Judged | None:
    """A place stands for its government only where it stands alone: *Kyiv*, *the Kremlin*."""
    if not phrase.entries or phrase.owned:
        return None
    covered = sum(m.last - m.first for m in phrase.entries if m.sort != "demonym")
    last = phrase.entries[-1]
    of_somebody = last.sort == "place" and last.last == phrase.cut and last.last - last.first > 1  # the Holm White House
    is_bare = of_somebody or covered >= len([w for w in phrase.head if w.lower() not in TITLES])
    return Judged("state", False) if is_bare else None


def _as_named(phrase: NounPhrase) -> Judged | None:
    """A name that only the article explains."""
    if phrase.named is None or phrase.entries or not phrase.head:
        return None
    source_type = phrase.named(phrase.head)
    return Judged(source_type, False) if source_type else None


def _as_employed(phrase: NounPhrase) -> Judged | None:
    """*the Courier’s Ian Roe*."""
    if not look_up(phrase.owner):
        names = [w for w in phrase.owner if may_be_name(w)]
        firm = len(names) > 1 and not is_first_name(names[0]) and is_first_name(phrase.head[0]) if phrase.head else False
        return Judged("organisation", False) if firm else None
    owner = _owner(phrase.owner, None)
    return Judged(owner, False) if owner in _EMPLOYERS else None


def _as_aged(phrase: NounPhrase) -> Judged | None:
    """*a 43-year-old*."""
    aged = any(w.endswith("year-old") for w in phrase.words[: phrase.cut])
    return Judged("individual", False) if aged else None


def _by_what_follows(phrase: NounPhrase) -> Judged | None:
    """*Roe, who heads the union*; *Roe of the farmers’ union*; or nothing follows: *some*."""
    behind = phrase.behind
    link = behind[0].lower() if len(behind) > 1 else ""
    if link in _RELATIVE:
        return by_clause(link, behind[1:]) or _clause(behind[1:], phrase.named)
    if link in _LINKS and not phrase.entries:
        if is_academic(behind):
            return Judged("expert", False)
        judged = _judge_part(behind[1:], phrase.named)
        if judged is None and phrase.words[phrase.cut - 1] in _RUNNING and is_name(behind[1]):
            return Judged("organisation", False)  # a supervisor at Velm
        return Judged(judged.source_type, False) if judged else None
    return Judged("unnamed", False) if phrase.words[0].lower() in _UNNAMED else None


def _as_document(phrase: NounPhrase) -> Judged | None:
    """*a statement from the company*, *Holm’s Facebook page*: of the type of whose it is."""
    if phrase.words[phrase.cut - 1].lower() not in _DOCUMENTS:
        return None
    owner = _owner(phrase.owner, phrase.named) if phrase.owned else None
    if owner:
        return Judged(owner, phrase.words[0].lower() not in OWNERS)
    link = next((k for k, w in enumerate(phrase.behind[:-1]) if w.lower() in {"from", "by", "of", "on"}), None)
    judged = _judge_part(phrase.behind[link + 1 :], phrase.named) if link is not None else None
    return Judged(judged.source_type, judged.sure) if judged else None


def _as_doctor(phrase: NounPhrase) -> Judged | None:
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
        for_whom = _judge_part(words[words.index("for") + 1 :], named) if "for" in words[verb:-1] else None
        if for_whom and for_whom.source_type == "media":
            return for_whom  # who covers courts for the Post
        return Judged("expert", True)
    if word in LIVES:
        if word == "is" and words[verb + 1 : verb + 2] and words[verb + 1].lower() in _DETERMINERS:
            return _judge_part(words[verb + 1 :], named)  # who is the union’s head
        return Judged("individual", False) if word != "is" or "".join(words[verb + 1 : verb + 2]).isdigit() else None
    led = words[verb + 1 :]
    if [w.lower() for w in led] == ["the", "fleet"]:
        return Judged("organisation", False)
    judged = _judge_part(led, named) if led and (is_name(led[0]) or led[0] in _DETERMINERS) else None
    return judged or (Judged("organisation", False) if runs_something(words[verb:]) else None)


def _role_of_strong(phrase: NounPhrase) -> Judged | None:
    """*police spokesman*."""
    return phrase.strong if phrase.core.sort == "role" else None


def _by_owner(phrase: NounPhrase) -> Judged | None:
    """*the union’s president*, *its spokesman*; *the teachers’ council* is a body of its own."""
    if phrase.core.sort == "name":
        return None  # India’s TDP
    owner = _owner(phrase.owner, phrase.named) if phrase.owned else None
    if not owner:
        return _by_unknown_owner(phrase) if phrase.owned else None
    if phrase.core.sort == "body" and (owner == "individual" or _is_of_members(phrase)):
        return Judged("organisation", True)
    if phrase.is_lawyer and (owner == "political" or phrase.words[0].lower() in {"his", "her"}):
        return Judged("individual", phrase.words[0].lower() not in OWNERS)
    return Judged(owner, phrase.words[0].lower() not in OWNERS)


def _is_of_members(phrase: NounPhrase) -> bool:
    """Tell *the doctors’ association* from *the university’s institute*: it speaks for its members."""
    word = phrase.words[phrase.core.last - 1].lower()
    return word in _OF_MEMBERS and phrase.owned > 1 and phrase.words[phrase.owned - 1] in {"’", "'"}


def _by_unknown_owner(phrase: NounPhrase) -> Judged | None:
    """*Roe’s lawyer*, *her lawyer*; *the chapter’s president*."""
    first = phrase.words[0].lower()
    if phrase.is_lawyer:
        person = first in {"his", "her"} or (is_name(phrase.words[0]) and first != "the")
        return Judged("individual", False) if person else None
    owner = phrase.owner[-2].lower() if len(phrase.owner) > 1 else ""
    common = owner.islower() and phrase.owner[-2] == owner and owner not in _PLACE_NOUNS
    return Judged("organisation", False) if common and phrase.core.sort == "role" else None


def _by_modifier(phrase: NounPhrase) -> Judged | None:
    """*Holm aides*, *the Holm team*: of the type of whom the article names."""
    if phrase.named is None or phrase.core.first == 0:
        return None
    last = phrase.core.first
    while last > phrase.owned and not may_be_name(phrase.words[last - 1]):
        last -= 1  # *Holm campaign manager*
    first = last
    while first > phrase.owned and may_be_name(phrase.words[first - 1]) and phrase.words[first - 1].lower() not in TITLES:
        first -= 1
    if first == last or any(m.first < last and m.last > first for m in phrase.entries):
        return None
    source_type = phrase.named(phrase.words[first:last])
    if phrase.is_lawyer and source_type in {"state", "political"}:
        source_type = "individual"  # Holm attorney Jo Roe
    core = phrase.core
    is_office = core.sort == "role" and core.source_type == "state" and phrase.words[core.last - 1].islower()
    if source_type is None and last - first > 1 and is_office:
        source_type = "organisation"  # Warm Homes director
    return Judged(source_type, False) if source_type else None


def _of_party(phrase: NounPhrase) -> Judged | None:
    """*Democratic officials*, *Tory sources*; but *Conservative voters*."""
    head = phrase.words[: phrase.core.first]
    core = phrase.core
    if core.sort != "role" or core.source_type in {"individual", "expert", "media"}:
        return None
    if core.source_type == "state" and not (core.weak or _is_open(phrase.words[core.last - 1])):
        return None  # the Republican governor
    return Judged("political", True) if not PARTISAN.isdisjoint(head) else None


def _by_faculty(phrase: NounPhrase) -> Judged | None:
    """*a researcher at the University of Ems*."""
    return Judged("expert", True) if phrase.core.source_type == "expert" and is_academic(phrase.behind) else None


def _by_complement(phrase: NounPhrase) -> Judged | None:
    """*a spokesman for the ministry*; a lawyer for the ministry or for *some* is not theirs."""
    core = phrase.words[phrase.core.last - 1].lower()
    judged = None if core in {"author", "co-author", "writer"} else _complement(phrase)
    if phrase.is_lawyer and (judged.source_type == "individual" if judged else _of_person(phrase.behind)):
        return Judged("individual", judged is not None)
    if judged is None or judged.source_type == "individual":
        return None
    if core.endswith("s") and phrase.core.source_type in {"individual", "expert"} and judged.source_type == "organisation":
        return None  # nurses of the hospital do not speak for it
    if judged.source_type == "unnamed" and phrase.is_lawyer:
        return None
    return Judged(judged.source_type, True)


def _of_person(behind: Sequence[str]) -> bool:
    """Tell *for Rosa Gund*, *for Mr Gund* from *for Gund Shipping*."""
    words = behind[1:]
    if not words or behind[0].lower() not in {"for", "to", "of"}:
        return False
    return is_first_name(words[0]) or (words[0].lower() in TITLES and is_name(words[0]) and len(words) > 1)


def _body_of_strong(phrase: NounPhrase) -> Judged | None:
    """*police association*."""
    return phrase.strong


def _by_place(phrase: NounPhrase) -> Judged | None:
    """*a Kyiv spokesman*: of its government."""
    core = phrase.core
    if core.sort != "role" or core.source_type != "organisation" or phrase.is_lawyer:
        return None
    return Judged("state", False) if any(m.sort in PLACES for m in phrase.entries) else None


def _by_observing(phrase: NounPhrase) -> Judged | None:
    """*a group that tracks arrests*."""
    behind = phrase.behind
    if phrase.core.sort != "body" or len(behind) < 2:
        return None
    observes = behind[0].lower() in _RELATIVE and behind[1].lower() in OBSERVES
    return Judged("monitor", True) if observes else None


def _by_weak(phrase: NounPhrase) -> Judged | None:
    """*company official*: the weak noun before a role for anybody."""
    core, before = phrase.core, [m for m in phrase.nouns[:-1] if m.source_type != "unnamed"]
    if core.sort != "role" or core.source_type not in {"organisation", "state"} or not before:
        return None
    return Judged(before[-1].source_type, False)


_WEAK_NOUN: tuple[_Step, ...] = (
    _role_of_strong,
    _by_owner,
    _by_modifier,
    _by_faculty,
    _by_complement,
    _body_of_strong,
    _by_place,
    _by_observing,
    _by_weak,
)
"""What is asked, in this order, of a phrase whose noun is weak: it takes the type of what it is hung on."""


def _complement(phrase: NounPhrase) -> Judged | None:
    """What stands behind *of*, *for*, *by*: *a report published on Monday by the auditors*."""
    behind = phrase.behind
    if len(behind) < 2:
        return None
    link, start = behind[0].lower(), 1
    if link in MADE or (link.endswith("ed") and len(link) > 4):
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
