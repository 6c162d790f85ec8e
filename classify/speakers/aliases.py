"""One name for a person or a body, however an article prints it, and what it says they are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..language.source_words import (
    BODIES,
    PLACES,
    POSSESSIVE,
    SourceMatch,
    famous_surnames,
    first_names,
    is_name,
    look_up,
    public_figures,
    type_by_ending,
)

PERSON, BODY, UNNAMED = "person", "body", "unnamed"
SORTS = (PERSON, BODY, UNNAMED)
_BEFORE_SURNAME = frozenset(
    "mr mrs ms miss mx dr prof sir dame lord lady sen rep gov gen lt maj col sgt capt adm rev fr president senator "
    "representative congressman congresswoman governor chancellor professor mayor pope king queen prince princess sheriff "
    "colonel captain sergeant rabbi bishop cardinal archbishop imam".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv md phd esq".split())
_SMALL = frozenset("of for the and de del della di da van von der den bin ibn al el la le du".split())
_PRONOUNS = frozenset("i we you he she it they who this that these those some many most all others both one".split())
_OF = frozenset("of for to".split())
_ROLES = frozenset(("role", "person"))
_NOUNS = _ROLES | {"demonym"}  # entries of the word list that name nobody by themselves
_LONGEST_NAME = 4  # words of a person's name; what is longer is a body's
_PARTISAN = re.compile(r"^(?:republican|democrat|democratic|conservative|liberal|independent|ally|native)$")
_CUT = re.compile(
    r"\s*(?:[,;:(\[“”\"]|\s[–—-]\s|\b(?:who|which|that|whose|whom|said|says|in|at|from|with|by|to|on|"
    r"as|when|while|after|before|during|whether|speaking|representing)\b).*",
    re.DOTALL,
)
_NICKNAME = re.compile(r"(?<=[a-z]) [“‘\"'(](?:[A-Z][\w.-]*|The)(?: [A-Z][\w.-]*){0,2}[”’\"')] (?=[A-Z])")
_BODY_WITH_PREPOSITION = re.compile(
    r"(?:[Tt]he )?((?:Committee|Campaign) to [A-Z].*|(?:Department|Ministry|Bureau|Office) of (?:[A-Z]\w+ )+and [A-Z]\w+)$"
)
_PRONOUNS_STATED = re.compile(r"^(?:he|she|they|ze|xe|ey|fae)/\w+(?:/\w+)*\)?,? ?")
_TOKEN = re.compile(r"[’']s\b|(?:(?![’']s\b)\S)+")
_INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.?)?")
_VERBS = frozenset(
    "has had have is are was were will would could did does do made withdrew took gave went came held told wrote won fell "
    "rose kept brought drew flew grew ran saw sold spoke stood taught threw began became sent left found let put set cut "
    "makes takes gives says plans wants hopes needs picks remains hates loves tells shows gets goes becomes towards".split()
)
_AFTER_VERB = frozenset("a an the this that these those his her its their our my no any some all every it them him".split())
_LEGAL = frozenset("inc corp ltd llc llp plc gmbh ag nv".split())
_DETERMINERS = frozenset({"the", "a", "an"})
_ADVERBS = frozenset("also now then not never still later already even just only again once earlier since".split())
_VAGUE = frozenset(
    "another other recent numerous several some many most all both big small new latest early earlier current reputable "
    "various different certain two three four five my our your his her its their every each few more prominent major "
    "a an".split()
)
_WRITTEN = frozenset("polls surveys studies reports data documents allies figures".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_NO_NAMES = _DAYS | frozenset(
    "january february march july september october november december me a an the let let's i'm i've i'd they'd they've "
    "they're he's she's he'd she'd it's we're we've you're that's there's nevertheless nonetheless however unfortunately "
    "fortunately separately essentially finally initially recently currently previously meanwhile moreover furthermore "
    "additionally apparently clearly certainly obviously ironically interestingly importantly eventually ultimately "
    "similarly specifically basically actually really perhaps maybe instead indeed therefore thus otherwise current "
    "occasional watch".split()
)
"""Capitals that open a sentence, by themselves no name; *April*, *June*, *May* are."""
_BEGINS_NO_NAME = frozenset("in on at by to from with for about under over of as pushing saying calling".split())
_CROWDS = frozenset(
    "republicans democrats americans conservatives liberals progressives officials lawmakers senators critics supporters "
    "aides prosecutors investigators sources analysts experts voters people researchers economists scientists reporters "
    "protesters residents witnesses leaders members attorneys lawyers authorities".split()
)


class Known(NamedTuple):
    """Who is meant.

    Parameters
    ----------
    name : str
        Of a person without title and description, of a body without article; of whoever is not named, what they are
        called.
    sort : str
        ``person``, ``body`` or ``unnamed``.
    description : str
        What stands beside the name, as printed.
    """

    name: str
    sort: str
    description: str

    @property
    def key(self) -> str:
        """The same for trivial variants of a name: capitals, titles, middle initials, *Jr*, marks."""
        words = re.sub(r"[’']s?\b|[.,]", "", self.name.casefold()).split()
        kept = [w for k, w in enumerate(words) if w not in _SUFFIXES and not (0 < k < len(words) - 1 and len(w) == 1)]
        return f"{self.sort} {' '.join(kept)}"


@lru_cache(maxsize=4096)
def known_as(printed: str) -> Known:
    """Tell who a source phrase names.

    Parameters
    ----------
    printed : str
        A name, or a phrase with one in it.

    Examples
    --------
    >>> known_as("Foreign Minister Anna Berg")
    Known(name='Anna Berg', sort='person', description='Foreign Minister')
    >>> known_as("the Interior Ministry").sort, known_as("a senior official").sort
    ('body', 'unnamed')
    """
    phrase = _NICKNAME.sub(" ", " ".join(printed.split()).strip(" .,;:'’‘“”\""))
    if body := _BODY_WITH_PREPOSITION.match(phrase):
        return Known(body[1], BODY, "")
    head = _CUT.sub("", phrase) or phrase
    behind = _PRONOUNS_STATED.sub("", phrase[len(head) :].strip(' ,;:()[]–—-“”"'))
    words = _before_verb(_TOKEN.findall(head))
    while len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    if not any(c.isalpha() for c in head):
        return Known(phrase, UNNAMED, "")
    known = _named(words)
    if known.sort == UNNAMED and behind:  # the union's president, Ana Roe
        other = _named(_TOKEN.findall(behind.split(",")[0]))
        if other.sort == PERSON and " " in other.name:
            return other._replace(description=_joined(words))
    return known._replace(description=", ".join(filter(None, (known.description, behind))))


def _before_verb(words: list[str]) -> list[str]:
    """Cut a clause that was taken for a source behind its subject: **Orla media** *also published a photo*."""
    for at in range(1, len(words)):
        word = words[at]
        follows = words[at + 1].lower() if at + 1 < len(words) else ""
        if word in _VERBS or (word.islower() and word.endswith(("ed", "s")) and follows in _AFTER_VERB):
            while at > 1 and (words[at - 1] in _ADVERBS or (words[at - 1].islower() and words[at - 1].endswith("ly"))):
                at -= 1
            return words[:at] if any(map(is_name, words[:at])) and words[:at][-1].lower() not in _DETERMINERS else words
    return words


def _joined(words: Sequence[str]) -> str:
    """Write tokens as they were printed."""
    return re.sub(r" ([’']s\b)", r"\1", " ".join(words))


def _named(words: Sequence[str]) -> Known:
    """Take a name out of the words before the first comma or clause."""
    if len(words) > 1 and words[-1].lower() in _DAYS:
        words = words[:-1]  # Berg Saturday said
    unnamed = Known(_joined(words), UNNAMED, "")
    if len(words) == 1 and words[0].lower().replace("’", "'") in _NO_NAMES:
        return unnamed
    if not words or not any(map(is_name, words)) or words[0].lower() in _PRONOUNS or _PARTISAN.search(words[-1].lower()):
        return unnamed
    if _is_vague(words):
        return unnamed
    if len(words) > 1 and words[-1].rstrip(".").lower() in _LEGAL and is_name(words[-2]):
        first = next((k + 1 for k in reversed(range(len(words))) if not _in_name(words, k)), 0)
        return Known(_joined(words[first:]), BODY, _joined(words[:first]))
    entries = look_up(words)
    if member := _member(words):
        return member
    start = _person_start(words)
    if start is not None:
        if any(w.lower() in _OF and not _in_office(words, entries, k) for k, w in enumerate(words[:start])):
            return unnamed  # a spokesman for Anna Berg
        return Known(_joined(words[start:]), PERSON, _joined(words[:start]))
    if words[-1].lower() in _CROWDS:
        return unnamed
    whole = next((e for e in entries if e.first == 0 and e.last == len(words)), None)
    if whole and whole.sort in {"name", "place", "country"}:
        return Known(_joined(words), BODY, "")
    name = _name_at_the_end(words, entries)
    if name is None:
        return unnamed
    first, sort = name
    return Known(_joined(words[first:]), sort, _joined(words[:first]))


def _is_vague(words: Sequence[str]) -> bool:
    """Tell *Another survey*, *Recent reports*, *in the Orla party*: capitals that open a sentence, and no name."""
    if words[0] in _BEGINS_NO_NAME:
        return True
    if len(words) == 1 and words[0].lower() in _WRITTEN:
        return True
    return words[0].lower() in _VAGUE and len(words) > 1 and not any(map(is_name, words[1:]))


def _member(words: Sequence[str]) -> Known | None:
    """*Ana Roe of the Orla Institute*: a person, described by what stands behind *of*; None for *the Bank of Orla*."""
    at = next((k for k, word in enumerate(words) if word == "of"), 0)
    name = words[:at]
    start = _person_start(name) if 1 < at < len(words) - 1 else None
    if start is None or len(name) - start < 2 or not (name[start] in first_names() or _is_public(name[start:])):
        return None
    if _is_body(name[start:], BODIES) or not _OF.isdisjoint(word.lower() for word in name[:start]):
        return None  # the Lincoln School of Orla; a spokeswoman for Ana Roe of the Orla Institute
    described = ", ".join(filter(None, (_joined(name[:start]), _joined(words[at:]))))
    return Known(_joined(name[start:]), PERSON, described)


def _is_public(name: Sequence[str]) -> bool:
    return " ".join(w.lower() for w in name) in public_figures()


def _person_start(words: Sequence[str]) -> int | None:
    """Give where the name of a person begins that the words end with: a known one, or one with a first name."""
    for start in range(max(len(words) - _LONGEST_NAME, 0), len(words)):
        name = words[start:]
        if any(w in POSSESSIVE for w in name) or not all(_in_name(name, k) for k in range(len(name))):
            continue
        if _is_person(name) and not (len(name) > 1 and _is_body(name, BODIES)):
            return start
        titled = start and words[start - 1].lower().rstrip(".") in _BEFORE_SURNAME
        if titled and not any(w.lower() in _SMALL for w in name[:1]):
            return start
    return None


def _in_office(words: Sequence[str], entries: Sequence[SourceMatch], k: int) -> bool:
    """Tell whether *of* belongs to an office: *Secretary of State*, *Ranking Member of the Budget Committee*."""
    return any(e.first < k < e.last and e.sort == "role" for e in entries) or (k > 1 and is_name(words[k - 1]))


def _name_at_the_end(words: Sequence[str], entries: Sequence[SourceMatch]) -> tuple[int, str] | None:
    """Give where the name begins that the words end with, and whose name it is; None where they end with a noun."""
    if _is_of_somebody(words):
        return None
    sort = entries[-1].sort if entries and entries[-1].last == len(words) else ""
    if sort in _NOUNS:
        return (0, BODY) if words[-1] == "Police" and len(words) > 1 else None  # Kent Police
    if sort == "body":
        return 0, BODY
    return _capitals_at_the_end(words, entries)


def _is_of_somebody(words: Sequence[str]) -> bool:
    """Tell *a spokesman for the ministry* from *Bank of England*, where names stand around *of* and at the end."""
    of = next((k for k, word in enumerate(words) if k and word.lower() in _OF), None)
    if of is not None and words[of - 1].lower() in _CROWDS:
        return True  # Residents of Orla
    return of is not None and not (is_name(words[of - 1]) and is_name(words[-1]))


def _capitals_at_the_end(words: Sequence[str], entries: Sequence[SourceMatch]) -> tuple[int, str] | None:
    """Give where the capitals begin that the words end with, behind a role among them, and whose name they are."""
    capitals = next((k + 1 for k in reversed(range(len(words))) if not _in_name(words, k)), 0)
    roles = [e.last for e in entries if e.sort in _ROLES and capitals <= e.first and e.last < len(words)]
    start = max([capitals, *roles])
    name = words[start:]
    if not name:
        return None
    has_of = any(word.lower() in _OF for word in name[1:-1])
    if not (has_of or len(name) > _LONGEST_NAME or _is_body(name)):
        return start, PERSON
    return (0 if is_name(words[0]) and not roles else start), BODY


def _in_name(words: Sequence[str], k: int) -> bool:
    """Tell whether a word may belong to a name: capitals, and *de* or *of* between them."""
    word = words[k]
    between = word.lower() in _SMALL and 0 < k < len(words) - 1 and is_name(words[k + 1])
    return (is_name(word) or between or word[:3] in {"al-", "el-"}) and word not in POSSESSIVE


def _is_person(name: Sequence[str]) -> bool:
    """Tell a known name of public life, or one that begins as such names do."""
    if _is_public(name):
        return True
    if len(name) == 1:
        return name[0] in famous_surnames()
    return len(name) <= _LONGEST_NAME and name[0] in first_names()


def _is_body(name: Sequence[str], sorts: frozenset[str] = BODIES | PLACES) -> bool:
    """Tell the name of a body by the lists, its ending, or its capitals."""
    if any(e.last == len(name) and e.sort in sorts for e in look_up(name)) or type_by_ending(name):
        return True
    return any(w.isupper() and len(w) > 2 and not _INITIAL.fullmatch(w) for w in name)
