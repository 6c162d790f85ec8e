"""What stands before and behind a name to say who bears it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..language.person_names import known_in
from ..language.phrase_forms import PARTIES
from ..language.phrase_heads import head_noun
from ..language.source_words import BODIES, OWNERS, POSSESSIVE, TITLES, is_name, look_up, may_begin_entry, may_end_entry

PREDICATING = frozenset({"is", "was", ","})
"""What stands between a name and what is said to bear it: see `predicate`."""
_BEFORE_RUN = POSSESSIVE | {",", "."}
DESCRIBING = frozenset({",", "(", "—", "–", "of", "from", "at", "with", "who", "which"})
"""What stands, in lower case, between a name and the description behind it."""
_APPOSED = frozenset("a an the who whose which one its his her their another".split())
_STOPS = frozenset(', . ) ; : — – “ ” " said says told'.split())
NO_DESCRIPTION = frozenset(
    "and but that said says told by to with from in on at for when while after before as if than or not is was were are be "
    "has had have will would which whom it he she they we i you says asks added told called named according between "
    "against into about like under over met".split()
)
_REPORTING = frozenset(
    "said says told warned warns added adds announced announces confirmed confirms reported reports argued argues claimed "
    "claims insisted insists noted notes wrote writes stated states explained predicted suggested declared denied admitted "
    "believes believed estimated estimates".split()
)
_ENDS_DESCRIPTION = _STOPS | _REPORTING
# Tokens beyond which a description is likely something else; set by hand.
_LONG_TITLE = 6  # *former deputy foreign minister* before a name
_LONG_ROLE = 9  # *the head of the Sudanese mission to the talks,* before a name
_LONG_DESCRIPTION = 16  # behind a name
_EARLIER = frozenset({"former", "chief", "senior", "deputy", "acting", "now", "then"})
_LINKS = frozenset({"of", "for", "in", "and", "at"})
_FRONTING = frozenset(
    "In On At After Before During With For From By Under Since Unlike Like Speaking Writing Posting According Citing "
    "Quoting Per".split()
)
_RELATIVES = frozenset({"who", "which", "that", "whose", "with", "from", "to", "said"})
_OWNING = frozenset("Women Children People Men King Queen Workers Farmers Teachers Nurses Writers Veterans".split())
_VERBS = frozenset(
    "said says will has had is was plans sells makes cut cuts runs expects built builds began opens closes lost won "
    "blames warns denies wants hopes operates may would can could flew flies grew rose fell sent took gave told "
    "reports".split()
)
_ARTICLES = frozenset({"the", "a", "an", "The", "A", "An"})
_GOING_ON = frozenset({"of", "for", "in", "and", "at", "to"})
_CALLED = frozenset("group company airline charity firm party union organisation organization consultancy".split())
_ORDAINED = frozenset({"Rev", "Fr", "Msgr"})
_ACTING = frozenset("met saw sat stood paid found beside behind sent put left let made heard knew thought".split())
_LEADING = frozenset("are were lead led run ran head headed chair chaired founded own owned".split())
_JOINED = frozenset({"and", "or", "of", "for", "de", "van", "von", "al"})
_DETERMINERS = frozenset({"the", "a", "an", *OWNERS})


class Run(NamedTuple):
    """Capitalised words of a sentence, ``first`` to before ``last``; ``at`` counts tokens of the article.

    ``quoted``: they stand within quotation marks.
    """

    sentence: Sequence[str]
    first: int
    last: int
    at: int
    quoted: bool
    words: tuple[str, ...]


def may_act(word: str) -> bool:
    """Tell a verb that may stand right behind its subject: *cancelled*, *will*, *plans*."""
    return word.islower() and (word in _VERBS or (word.endswith("ed") and len(word) > 4))


def before_name(run: Run, name_start: int) -> Sequence[str]:
    """The description before a name: *German Foreign Minister*, *its president,*, *the polling firm*."""
    words, start = run.sentence, run.first
    if not name_start:
        return ()
    if start > 1 and words[start - 1] in _BEFORE_RUN:
        if words[start - 1] == "." and words[start - 2] in _ORDAINED:
            return words[start - 2 : start - 1]
        if name_start == start:
            return _behind_mark(words, start)
    if "of" in words[max(name_start - 5, 1) : name_start - 1] and (office := _portfolio(words, name_start)) >= 0:
        return words[office:name_start]
    if not may_end_entry(words[name_start - 1]):
        return ()
    while start > 0 and run.first - start < _LONG_TITLE and _describes(words[start - 1]):
        start -= 1
        if words[start].lower() in _DETERMINERS:
            break
    phrase = words[start:name_start]
    if not phrase:
        return ()
    found = look_up(phrase)
    if not found or found[-1].last != len(phrase):
        return ()
    if words[start].lower() in _DETERMINERS or is_name(words[start]):
        return phrase
    return phrase[found[0].first :]


def _behind_mark(words: Sequence[str], name_start: int) -> Sequence[str]:
    """*Its president,* Ana Roe; *Velm Water’s* Ana Roe."""
    if words[name_start - 1] in POSSESSIVE:
        return _employer(words, name_start)
    return _before_comma(words, name_start - 1) if words[name_start - 1] == "," and name_start > 2 else ()


def _portfolio(words: Sequence[str], name_start: int) -> int:
    """Give where the office begins right before a name: **Minister** *of Health and Labour Ola Bern*; -1 where none does."""
    for of in range(name_start - 2, max(name_start - 6, 0), -1):
        if words[of] == "of":
            found = known_in(words[of - 1 : of]) if is_name(words[of - 1]) else ()
            capital = all(is_name(w) or w in {"and", "the", "&"} for w in words[of + 1 : name_start])
            return of - 1 if found and found[0].sort == "role" and capital else -1
    return -1


def _employer(words: Sequence[str], end: int) -> Sequence[str]:
    """*Velm Water’s* Ana Roe: the capitals before the possessive that a token follows, with it."""
    start = end - 1
    while start > 0 and is_name(words[start - 1]) and words[start - 1].lower() not in _DETERMINERS:
        start -= 1
    return words[start:end] if start < end - 1 else ()


def _before_comma(words: Sequence[str], end: int) -> Sequence[str]:
    """*Its president, Ana Roe*; *the head of the Sudanese mission, Omar Ali*."""
    start = end
    while start > 0 and end - start < _LONG_ROLE and (words[start - 1] in _LINKS or _describes(words[start - 1])):
        start -= 1
        if words[start].lower() in OWNERS or (words[start] in _ARTICLES and words[start - 1] not in _GOING_ON):
            break
    phrase = words[start:end]
    noun = head_noun(phrase)
    if noun is None or noun.sort != "role" or not (noun.last == len(phrase) or phrase[noun.last] in _LINKS):
        return ()
    owned = phrase[0].lower() in {"the", "a", *OWNERS} or any(w in {"’s", "'s"} for w in phrase)
    return phrase if owned else ()


@lru_cache(maxsize=2048)
def _describes(word: str) -> bool:
    lower = word.lower()
    if lower.endswith("ed") and lower not in {"retired", "united"}:
        return False
    if lower in _VERBS or lower in _ACTING:
        return False
    return (word[0].isalpha() or lower in {"'s", "’s"}) and lower not in NO_DESCRIPTION


def behind_name(run: Run) -> Sequence[str]:
    """The description behind a name: *, 43, a farmer,* or *of the farmers’ union* or *, who heads it*."""
    words, at = run.sentence, run.last
    if at + 1 >= len(words):
        return ()
    start = at
    if words[at] in {",", "(", "—", "–"}:
        start = at = at + 1
        if words[at].isdigit() and at + 2 < len(words) and words[at + 1] == ",":
            at += 2
        if not (words[at].lower() in _APPOSED or at > start or _opens_description(words[at : at + 3])):
            return ()
    elif words[at].lower() not in {"of", "from", "at", "with", "who", "which"}:
        return ()
    elif words[at].lower() in {"of", "from", "at", "with"}:
        at += 1
        start = at
        if not (is_name(words[at]) or words[at] == "the"):
            return ()
    if words[start - 1] == "(" and words[start] in PARTIES:
        return words[start - 1 : start + 1]
    end = at
    while end < len(words) and end - at < _LONG_DESCRIPTION and words[end] not in _ENDS_DESCRIPTION:
        end += 1
    if words[start - 1] == "," and (end == len(words) or words[end] != ","):
        if _is_fronted(words, run.first) or (end < len(words) and words[end] in _REPORTING and words[start] in _DETERMINERS):
            return ()  # *Rents rose in Velm, the mayor said*
    return words[start:end]


def predicate(run: Run) -> Sequence[str]:
    """What is said to be somebody: *Ana Roe is* **the town’s mayor**; outside quotation marks."""
    words, at = run.sentence, run.last
    if at + 4 < len(words) and words[at] == "," and words[at + 1] == "you":  # Mr Roe, you have led the union
        at = next((t for t in range(at + 2, at + 4) if words[t] in _LEADING), at)
    elif run.quoted or at + 2 >= len(words) or words[at] not in {"is", "was"}:
        return ()
    if words[at + 1] not in _DETERMINERS or words[at] == ",":
        return ()
    end = at + 1
    while end < len(words) and end - at < _LONG_DESCRIPTION and words[end] not in _STOPS:
        end += 1
    return words[at + 1 : end]


def _is_fronted(words: Sequence[str], name_start: int) -> bool:
    """Tell *In a post on Facebook, the former mayor called it …*: what stands behind the comma is the subject."""
    return words[0] in _FRONTING and "," not in words[:name_start]


def _opens_description(words: Sequence[str]) -> bool:
    """*head of chartering*, *former prime minister*: a role without an article."""
    behind_first = words[0].lower() in _EARLIER
    if not (behind_first or may_begin_entry(words[0])):
        return False
    found = look_up(words)
    return bool(found) and found[0].first <= behind_first and found[0].sort in {"role", *BODIES}


def names_in(words: Sequence[str], cut: int, *, owners: bool = False) -> list[Sequence[str]]:
    """Find the runs of capitalised words of a phrase that can be its own name.

    Parameters
    ----------
    words : sequence of str
    cut : int
        Where the head of the phrase ends.
    owners : bool
        Take in whose it is: *Holm’s letter*, *the Pew survey* stand for Holm, and for Pew.
    """
    out: list[Sequence[str]] = []
    start = 0
    while start < len(words):
        end = start
        if start == 0 and words[0].lower() in _DETERMINERS:
            start = end = 1
        while end < len(words) and ((is_name(words[end]) and len(words[end]) > 1) or is_saintly(words, end)):
            end += 1
        if end == start:
            start += 1
            continue
        told = any([w.lower() not in TITLES for w in words[start:end]])
        told = told and not (owners and _is_of_journal(words, start))
        if told and (start < cut or _is_apposed(words, start)) and not _hangs_on(words, end, cut, owners=owners):
            called = start > 0 and words[start - 1] in _CALLED  # rights group Justice Now
            out.append(words[start:end] if called else _without_titles(words[start:end]))
        start = end
    return out


def _is_of_journal(words: Sequence[str], start: int) -> bool:
    """Tell where a study stands from who made it: *a study in the journal* **Fauna**."""
    return any(w in {"in", "In"} for w in words[max(start - 3, 0) : start])


def is_saintly(words: Sequence[str], at: int) -> bool:
    """Tell the possessive within a name: *St Olave’s Hospital*, *the Women’s Institute*."""
    if words[at] not in POSSESSIVE or not 0 < at < len(words) - 1 or not is_name(words[at + 1]):
        return False
    return words[at - 1] in _OWNING or (at > 1 and words[at - 2] in {"St", "St.", "Saint"})


def _is_apposed(words: Sequence[str], start: int) -> bool:
    """Tell a name behind a comma, or behind a title that stands there: *the bloc’s head, former minister* **Ada Holm**."""
    comma = next((k for k in range(start - 1, max(start - _LONG_TITLE, 0), -1) if words[k] == ","), 0)
    if not comma:
        return False
    between = words[comma + 1 : start]
    return not between or (not any([w in _LINKS or w in _RELATIVES for w in between]) and head_noun(between) is not None)


def _hangs_on(words: Sequence[str], end: int, cut: int, *, owners: bool) -> bool:
    """Tell capitals that only say whose or which: *Boeing’s* pilots, *the Trump* campaign, *AFL-CIO* president Jo Roe."""
    if end >= len(words):
        return False
    if words[end] in POSSESSIVE:
        return not owners
    return end < cut and words[end].islower() and words[end] not in _JOINED and not owners


def _without_titles(words: Sequence[str]) -> Sequence[str]:
    if len(words) > 2 and words[-1] in {"MP", "MEP", "MSP", "MLA", "TD"}:
        words = words[:-1]
    found = known_in(words)
    if found and found[-1].sort == "body" and found[-1].last == len(words):
        return words  # the Port Workers Union
    titles = [f for f in found if f.sort == "role" and f.last < len(words)]
    return words[titles[-1].last if titles else 0 :]
