"""What an article says a source is, for the roster: a title, an apposition, a relative clause, and nothing else.

What stands beside a name in a source phrase is often no description: *Perhaps Ana Roe*, *Ana Roe in a statement*.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..language.article_tokens import tokens_of
from ..language.source_words import MADE, PLACES, cut_of, is_name, look_up
from ..speakers.aliases import PERSON, Known
from ..speakers.justification import IN_BODY, PARTIES, worth_of

_BARE = frozenset({"", "mr", "mrs", "ms", "miss", "mx", "state"})  # beside a name
_PARTY = re.compile(r"[RDI](?:[-–][A-Z][\w.]*)?(?=[,;)\s]|$)")
_AGE = re.compile(r"\d{1,3}")
_AGE_AND = re.compile(r"\d{1,3} and (?=an? |the )")
_NUMBERED = re.compile(r"^\d+[.)] ")
_OF_NAME = re.compile(r"of (?:the )?[A-Z][\w.’'-]*(?: (?:of|the|and|for|[A-Z&][\w.’'-]*)){0,7}")
_TIME = re.compile(
    r",? (?:(?:on|last|this|earlier|early|late|next) )*(?:immediately|today|yesterday|earlier|last|(?:week|month|year)s?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: (?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
_RELATIVES = frozenset({"who", "whose", "which"})
_DETERMINERS = frozenset("a an the his her its their our another one".split())
_HANGING = frozenset("a an the of for and or but in at to with on by from as recent is was are also who".split())
_BEGINS_NONE = frozenset(
    "in on at by to from with for as after before during like unlike according among many some several most both either "
    "other another's perhaps maybe if when while because since although did does do is was are were has had so then".split()
)
_NOBODY = frozenset(
    "i we you he she it they who which that this these those them us him me what nobody one all few half none another "
    "everyone everybody someone somebody anyone anybody no-one democratic".split()
)
_LOOSE = re.compile(rf" (?:familiar|close|{'|'.join(sorted(MADE))})$")
_ADJECTIVE = ("ic", "al", "ous", "ive")
_JOINING = frozenset({"and", "or", "but"})
_SHORTEST_CLAUSE = 3  # words: *who heads it*
_LONGEST = 30  # words of a phrase; what is longer is several phrases run together
_UNIT = frozenset({"percent", "per", "%"})


def description_of(known: Known, source: str) -> str:
    """Give what stands beside a name as far as it describes who bears it.

    Parameters
    ----------
    known : Known
    source : str
        What is printed beside the name, before and behind, divided by commas.

    Returns
    -------
    str
        Empty where nothing describes: *Perhaps*, *in a statement*, *many young adults*.

    Examples
    --------
    >>> berg = Known("Anna Berg", "person", "")
    >>> description_of(berg, "Press Secretary, in a statement"), description_of(berg, "a recent")
    ('Press Secretary', '')
    >>> description_of(berg, "45, a farmer from Ems, who owes the bank nothing")
    '45, a farmer from Ems, who owes the bank nothing'
    """
    kept: list[str] = []
    for part in _parts(source):
        if not _describes(part, known):
            break
        if kept and part.startswith("of "):
            kept[-1] += f" {part}"
        else:
            kept.append(part)
        if part.split()[0] in _RELATIVES:
            break  # what follows may belong to a noun of the clause
    while kept and _AGE.fullmatch(kept[-1]):
        kept.pop()
    return "" if " ".join(kept).lower().rstrip(".") in _BARE else ", ".join(kept)


def called(phrase: str) -> str:
    """Give what a source that is not named is called; empty where the phrase is no noun for people, bodies or documents.

    Examples
    --------
    >>> [called(phrase) for phrase in ("5. Texas governor", "Officials last month", "surveyed", "of them")]
    ['Texas governor', 'officials', '', '']
    """
    phrase = _trimmed(_NUMBERED.sub("", phrase))
    words = tuple(tokens_of(phrase))
    if not words or words[0].lower() in _BEGINS_NONE | _JOINING | {"of"} or _UNIT.intersection(words):
        return ""
    if words[0].endswith("ing") and words[0].islower() and not look_up(words[:1]):
        return ""
    if words[0].endswith("ly") and words[0].istitle() and not look_up(words[:1]):  # Certainly critics
        words, phrase = words[1:], phrase.partition(" ")[2]
    if not _is_noun(words):
        return ""
    lower = words[0].lower()
    is_name_of_all = lower in PARTIES or any(m.sort in PLACES for m in look_up((words[0].removesuffix("s"),)))
    return lower if len(words) == 1 and words[0].istitle() and not is_name_of_all else phrase


def without_time(words: str) -> str:
    """Take off the time at the end of a phrase.

    >>> without_time("reported last month"), without_time("said Friday"), without_time("called on")
    ('reported', 'said', 'called on')
    """
    return _TIME.sub("", words)


def _trimmed(phrase: str) -> str:
    """Take off a time, and what stands loose behind a noun: *officials last month*, *two people familiar*."""
    return _LOOSE.sub("", without_time(phrase.strip(" ,"))).strip(" ,")


def _parts(source: str) -> Iterator[str]:
    """Divide at commas, and take off what a source phrase drags along: brackets, numbers that open it, times."""
    for part in source.split(","):
        bare = _AGE_AND.sub("", part.strip(' ()[]“”"–—'))
        if party := _PARTY.match(bare):
            yield from filter(None, (party[0], bare[party.end() :].strip(" .);")))
        elif bare:
            yield _trimmed(bare)


def _describes(part: str, known: Known) -> bool:
    """Tell a title, an apposition or a relative clause from whatever else stands beside a name."""
    if _AGE.fullmatch(part) or _PARTY.fullmatch(part) or _OF_NAME.fullmatch(part):
        return True
    words = tuple(tokens_of(part.rstrip(".")))
    if not words or len(words) > _LONGEST or not {"|", ":"}.isdisjoint(words) or known.name in part:
        return False
    first = words[0].lower()
    if words[-1].lower() in _HANGING or first in _BEGINS_NONE | _JOINING | {"of"}:
        return False
    if first in _RELATIVES:
        return len(words) >= _SHORTEST_CLAUSE
    if words[0].islower() and first.endswith("s") and len(words) > 1 and all(map(is_name, words[1:])):
        return False  # issues President
    return _is_noun(words, known.sort == PERSON) or (first in _DETERMINERS and _has_noun(words))


def _has_noun(words: Sequence[str]) -> bool:
    """Tell *the prominent trial lawyer*, though no list knows the noun, from *the* and from *a* with a bare name."""
    noun = words[cut_of(words) - 1]
    return len(words) > 1 and noun.isalpha() and noun.islower() and noun not in _HANGING and not _is_other(noun)


def _is_other(noun: str) -> bool:
    """Tell what no person is: an adjective that was cut off its noun, a body, something written."""
    return noun.endswith(_ADJECTIVE) or any(m.sort == "body" for m in look_up((noun,)))


@lru_cache(maxsize=4096)
def _is_noun(words: tuple[str, ...], of_person: bool = False) -> bool:
    """Tell a phrase whose head, before what hangs on it, is a role, a party or, unless of a person, a body or a paper."""
    if not words or words[-1].lower() in _HANGING:
        return False
    cut = cut_of(words)
    ends = [k for k in range(1, cut) if words[k].islower() and words[k].endswith("ing")]  # director overseeing it
    for last in (cut, *ends[:1]):
        noun = words[last - 1].lower() if last else ""
        if noun in _NOBODY or not noun:
            continue
        sorts = {m.sort for m in look_up(words[:last]) if m.last == last}
        if "role" in sorts or noun in PARTIES:
            return True
        if (worth := worth_of(noun)) and not (of_person and worth == IN_BODY):
            return True
        if "body" in sorts and not of_person:
            return True
    return False
