"""Why a reader should listen to a source, as the article says it: an office, a body, expertise, a document, being there.

The words come from the source as printed, and from what introduced it in the same article (`entities`). Which of them is
a role or a body is in the lexicon (`language.source_words`); the lists here only say what a role is worth.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..language.article_tokens import tokens_of
from ..language.source_words import BODIES, MARKS, PLACES, POSSESSIVE, SourceMatch, cut_of, is_name, look_up, type_by_ending
from .aliases import BODY, PERSON, UNNAMED, Known
from .pronouns import pronoun_of

TITLE, IN_BODY, EXPERTISE, DOCUMENT, WITNESS, NOTHING = "title", "body", "expertise", "document", "witness", "nothing"
JUSTIFICATIONS = (TITLE, IN_BODY, EXPERTISE, DOCUMENT, WITNESS, NOTHING)
"""By an office, job or role; the body that speaks or is spoken for; what somebody has studied; something written; having
been there, or having lived through it; not at all."""

NAMED, DESCRIBED, NOT_DESCRIBED = "named", "described", "unnamed"
NAMINGS = (NAMED, DESCRIBED, NOT_DESCRIBED)
"""*Ana Roe*, *the union*; *a senior official*, *residents*; *sources*, *they*, or nobody at all."""

_DOCUMENTS = frozenset(
    "statement report study survey poll letter email memo memorandum filing filings lawsuit suit complaint indictment "
    "affidavit petition motion brief ruling judgment verdict opinion document documents paper papers transcript "
    "record records audit review assessment analysis bulletin release tweet tweets post posts book article column "
    "editorial essay testimony deposition warrant bill law statute constitution treaty data figures statistics census "
    "website page blog newsletter advisory guidelines findings results research proposal resolution order dossier "
    "leaflet manifesto notice note message communique communiqué speech announcement application contract invoice "
    "minutes polls surveys studies tally count reports letters emails memos statements transcripts rulings opinions "
    "books articles press-release".split()
)
_WITNESSES = frozenset(
    "pupil pupils student students resident residents survivor survivors eyewitness eyewitnesses witness witnesses "
    "bystander bystanders onlooker onlookers passer-by passers-by neighbour neighbours neighbor neighbors victim "
    "victims passenger passengers villager villagers local locals islander islanders evacuee evacuees refugee "
    "refugees migrant migrants patient patients inmate inmates prisoner prisoners detainee detainees immigrant "
    "immigrants hostage hostages roommate classmate classmates commuter commuters motorist motorists shopper shoppers "
    "customer customers tenant tenants homeowner homeowners protester protesters protestor protestors demonstrator "
    "demonstrators marcher marchers attendee attendees spectator spectators plaintiff plaintiffs accuser accusers".split()
)
_FAMILY = frozenset(
    "mother mothers father fathers parent parents wife husband widow widower son sons daughter daughters brother "
    "sister brothers sisters uncle aunt cousin nephew niece grandmother grandfather relative relatives family "
    "families friend friends".split()
)
"""Whom it happened to those next to them; an office goes before it: *a senator and the son of a governor*."""
_BODIES = frozenset(
    "agency agencies outlet outlets company companies firm firms group groups organisation organisations organization "
    "organizations union unions party parties court courts committee committees government governments".split()
)
_SAW = frozenset("saw witnessed survived escaped fled experienced suffered".split())
_EXPERTS = frozenset(
    "professor professors prof analyst analysts doctor doctors dr physician physicians surgeon surgeons scientist "
    "scientists researcher researchers economist economists expert experts historian historians scholar scholars "
    "academic academics lecturer sociologist psychologist psychiatrist epidemiologist virologist biologist physicist "
    "chemist geologist seismologist climatologist meteorologist statistician demographer engineer engineers "
    "pathologist criminologist anthropologist archaeologist strategist strategists pollster pollsters veterinarian "
    "pharmacist paediatrician pediatrician oncologist cardiologist astronomer ecologist linguist philosopher "
    "theologian fellow specialist specialists consultant".split()
)
_NOBODY = frozenset(
    "source sources person people persons someone somebody anyone anybody everyone everybody one man woman men women "
    "individual individuals insider insiders some many others several few most those both anonymous unidentified "
    "unnamed all another other two three four five six seven eight nine ten dozen dozens half a an the this that "
    "these those who which what whoever no none nobody hundreds thousands it".split()
)
_OPINIONS = frozenset(
    "critics critic supporters supporter opponents opponent voters voter americans observers proponents detractors "
    "fans readers viewers users commentators respondents participants advocates backers skeptics sceptics source "
    "sources insider insiders".split()
)
PARTIES = frozenset(
    "republican republicans democrat democrats conservative conservatives liberal liberals tory tories labour greens "
    "gop".split()
)
"""The least that an article says of a politician: an office goes before it, wherever it is printed."""
_SAY_NOTHING = _OPINIONS | PARTIES | _NOBODY
_TITLES = frozenset(
    "sen rep gov gen lt col maj capt sgt adm pres president senator representative congressman congresswoman governor "
    "chancellor mayor pope king queen prince princess sheriff colonel captain sergeant rabbi bishop cardinal "
    "archbishop imam judge justice officer detective inspector ambassador secretary minister premier chief rev "
    "reverend father official officials aide aides".split()
)
_LINKS = frozenset({"of", "for", "from", "at", "with"})
_NEAR = frozenset("to in near by within inside close familiar".split())
_WITHIN = 4  # words behind *who* among which the verb of a witness is looked for


def justify(known: Known, printed: str | None, introduced: Sequence[str] = ()) -> str:
    """Tell by what a source is justified where it is attributed.

    Parameters
    ----------
    known : Known
        Who is meant.
    printed : str or None
        The source as printed there; None where there is none.
    introduced : sequence of str
        Tokens of all that the article says of who is meant.

    Returns
    -------
    str
        One of `JUSTIFICATIONS`: what the phrase itself says goes before what introduced the source elsewhere.
    """
    own = _own(printed)
    if known.sort == BODY:
        return DOCUMENT if own and _is_document(tokens_of(own)) else IN_BODY
    name = frozenset(known.name.split()) if known.sort == PERSON else frozenset[str]()
    phrases = (known.description, own) if known.sort == PERSON else (own, known.name)
    told = [tuple(tokens_of(phrase)) for phrase in phrases if phrase]
    found = (label for phrase in told for part in _parts(phrase) if (label := _of_phrase(part, name)))
    label = next(found, "") or _of_all(tuple(introduced), name)
    if label:
        return label
    words = {word.lower() for phrase in (*told, introduced) for word in phrase}
    return NOTHING if words.isdisjoint(PARTIES) else IN_BODY


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Cut a phrase at its commas: *Ana Roe*, *45*, *a baker*."""
    start = 0
    for at in (*(k for k, word in enumerate(words) if word in MARKS), len(words)):
        if at > start:
            yield words[start:at]
        start = at + 1


def naming_of(known: Known, printed: str | None) -> str:
    """Tell whether a source is named, described or neither where it is attributed: one of `NAMINGS`."""
    if known.sort != UNNAMED:
        return NAMED
    return DESCRIBED if _own(printed) or _own(known.description) or _own(known.name) else NOT_DESCRIBED


@lru_cache(maxsize=4096)
def _own(phrase: str | None) -> str:
    """Give a phrase back if it says anything at all: no pronoun, not *sources* or *some people*."""
    words = (word.lower() for word in tokens_of(phrase or "") if word[0].isalpha())
    return phrase or "" if any(word not in _NOBODY and not pronoun_of(word) for word in words) else ""


@lru_cache(maxsize=4096)
def _of_phrase(words: tuple[str, ...], name: frozenset[str]) -> str:
    """Judge one phrase by its head, then by what hangs on it; empty where it says nothing."""
    if _saw(words):
        return WITNESS
    if not name and _is_document(words):
        return DOCUMENT
    rest = tuple(word for word in words if word not in name)
    cut = next((k for k in range(cut_of(rest)) if rest[k] in _LINKS | _NEAR), cut_of(rest)) if rest else 0
    hangs_on = cut < len(rest) and rest[cut].lower() in _LINKS
    matches = look_up(rest)
    heads = [m for m in matches if m.last <= cut]
    for m in (*reversed(heads), *(m for m in matches if m.first >= cut and hangs_on)):
        if found := _of_match(rest, m):
            return found
    return _of_words(rest[:cut]) or (IN_BODY if _is_of_body(rest) else "")


@lru_cache(maxsize=4096)
def _of_all(words: tuple[str, ...], name: frozenset[str]) -> str:
    """Judge all that an article says of somebody, in any order: a role before a body."""
    if _saw(words):
        return WITNESS
    rest = tuple(word for word in words if word not in name)
    matches = look_up(rest)
    roles = [m for m in matches if m.sort == "role"]
    found = [label for m in (*roles, *matches) if (label := _of_match(rest, m))]
    if found and _FAMILY.isdisjoint(word.lower() for word in rest):
        return found[0]
    label = next((label for label in found if label != WITNESS), "") or _of_words(rest)
    return label or (IN_BODY if not POSSESSIVE.isdisjoint(rest) else "")  # Velm Water’s Ana Roe


def _of_match(words: Sequence[str], match: SourceMatch) -> str:
    """Tell what an entry of the lexicon is worth."""
    noun = words[match.last - 1].lower().rstrip(".")
    if _is_written(words, match.last - 1):
        return DOCUMENT
    if noun in _SAY_NOTHING:
        return ""
    if match.sort != "name" and (listed := _of_words([noun])):
        return listed
    if match.sort == "role":
        return EXPERTISE if match.source_type == "expert" else TITLE
    if match.sort in {"demonym", "person"}:
        return ""
    if match.sort in PLACES and words[match.first - 1 : match.first] and words[match.first - 1].lower() in _LINKS:
        return ""  # Ana Roe of San Bruno
    return IN_BODY if match.sort in BODIES | PLACES else ""


_LISTED = (
    (_WITNESSES | _FAMILY, WITNESS),
    (_EXPERTS, EXPERTISE),
    (_TITLES, TITLE),
    (_BODIES, IN_BODY),
)
_BY_WORD = {word: label for words, label in reversed(_LISTED) for word in words}


def _of_words(words: Sequence[str]) -> str:
    """Look single words up in the lists here, the first one that is in any."""
    return next((_BY_WORD[lower] for word in words if (lower := word.lower().rstrip(".")) in _BY_WORD), "")


def worth_of(word: str) -> str:
    """Tell by what a noun justifies a source by itself: *minister*, *professor*, *resident*, *company*; empty for others."""
    return _of_words([word])


def _is_document(words: Sequence[str]) -> bool:
    """Tell a phrase whose head is something written: *a report by the ministry*, *the ministry’s letter*."""
    return bool(words) and _is_written(words, cut_of(words) - 1)


def _is_written(words: Sequence[str], at: int) -> bool:
    """Tell *the post* from *the Washington Post*: a name is no document, but at the beginning of a phrase."""
    lower = words[at].lower()
    return (lower in _DOCUMENTS or lower.removesuffix("s") in _DOCUMENTS) and (
        words[at].islower() or at == 0 or not is_name(words[at - 1])
    )


def _is_of_body(words: Sequence[str]) -> bool:
    """*of Fairpointe Capital*, *from Human Rights Watch*: capitals behind a preposition that no list knows as a place."""
    if len(words) < 2 or words[0].lower() not in _LINKS:
        return False
    name = [word for word in words[1:] if is_name(word)]
    return len(name) > 1 and bool(type_by_ending(name))


def _saw(words: Sequence[str]) -> bool:
    """*who saw it*, *who lost her house*."""
    lower = [word.lower() for word in words]
    return any(word == "who" and not _SAW.isdisjoint(lower[k + 1 : k + 1 + _WITHIN]) for k, word in enumerate(lower))
