"""Small readers of word order: sentences, noun phrases and outlets around a cue."""

from collections.abc import Sequence
from functools import lru_cache

from ..attribution.source_ends import Stretch
from ..language.article_tokens import View
from ..language.phrase_heads import head_noun
from ..language.source_types import judge

MARKS = frozenset("“ ” \" ‘ ’ ' `` ''".split())
STOPS = frozenset(", ; : — – ― -- ( ) [ ] . ? ! …".split()) | MARKS
PREPOSITIONS = frozenset(
    "in on at by for with from to into onto over under about after before during since until through against between "
    "among without within across around near behind off as despite amid following because than per via towards toward "
    "up upon out".split()
)
_LOOSE = STOPS - MARKS
_ENDS_NOUN = (STOPS | PREPOSITIONS) - {"of"} | frozenset(
    "that which who whom whose where when while if whether and but or is are was were be been has have had will would "
    "can could may might must should does do did not never also yesterday today tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday earlier later again".split()
)
DETERMINERS = frozenset("the a an this that these those his her its their our my your some any no every each".split())
_BEGINS_NEW = DETERMINERS | frozenset("he she it they we i you him them us there so late early worth".split())
_WITHIN = DETERMINERS | {"of"}  # before these nothing new begins: *an | early election*
_LONG_NOUN = 14  # tokens
_ADJECTIVE_ENDS = (*("ous ive al ful less able ible ic ary ish ing ed ly ant ent ate some like worthy".split()), "istic")
_ADJECTIVES = frozenset(
    "wrong right good bad weak strong false true dead sad unfair fair absurd insane unjust just illegal legal lawful "
    "unlawful corrupt rude cruel harsh grim ugly brave great safe unsafe rigged fake mad crazy stupid silly dumb fat "
    "lazy old slow easy hard tough premature immature obscene racist sexist fascist key crucial vital terrible "
    "horrible awful clear unclear necessary unnecessary hollow empty low high cheap moot void minor major perverse "
    "bizarre odd strange sick evil wise unwise naive obsolete extreme severe genuine masculine futile hostile fragile "
    "mere sheer pure secure insecure mature poor rich untrue nonsense treason murder genocide terrorism theft fraud "
    "blackmail bullying terror madness politics history names quits day nothing unusual".split()
)
_OUTLET_NOUNS = frozenset(
    "newspaper newspapers paper papers daily weekly magazine tabloid website broadcaster broadcasters television "
    "radio tv fm media outlet outlets portal newswire wire channel channels station reporters journalists".split()
)
_OUTLET_NAMES = frozenset(
    "times post herald gazette tribune star sentinel standard courier inquirer chronicle mirror telegraph echo mail "
    "mercury examiner globe daily weekly tv radio fm monitor torch guardian observer journal bulletin press news "
    "network broadcasting television independent argus dispatch digest magazine today online ledger record".split()
)
_NO_NEWS = frozenset(
    "space energy environment protection drug security aid intelligence atomic police rating travel estate".split()
)
_AGENCIES = frozenset({"news", "press", "state", "information", "telegraph"})


def sentence_of(view: View, at: int) -> int:
    """Give the number of the sentence that holds a token."""
    return view.home[at]


def noun_phrase_end(view: View, start: int, last: int) -> int:
    """Give the end of the noun phrase that begins at a token, what hangs on it by ``of`` with it."""
    end, limit = start, min(last, start + _LONG_NOUN)
    while end < limit and (view.lower[end] not in _ENDS_NOUN or _is_possessive(view, end, start)):
        if end > start and view.lower[end] in _BEGINS_NEW and view.lower[end - 1] not in _WITHIN:
            break  # another phrase begins: *called the plan | a disgrace*, *told the Post | she was well*
        end += 1
    return end


def _is_possessive(view: View, at: int, start: int) -> bool:
    """Tell the ’ of *the miners’ union* from a closing mark."""
    return at > start and view.lower[at] in {"’", "'"} and view.lower[at - 1].endswith("s") and not view.inside[at]


def head_of(view: View, start: int, end: int) -> str:
    """Give a noun phrase's main word, in lower case: *levy* of *a levy on dogs*, *list* of *a list of names*."""
    stop = next((t for t in range(start + 1, end) if view.lower[t] == "of"), end)
    return view.lower[stop - 1] if stop > start else ""


def is_adjective(word: str) -> bool:
    """Tell a word that seems to judge something: *historic*, *wrong*."""
    return word in _ADJECTIVES or word.endswith(_ADJECTIVE_ENDS)


def is_role(words: Sequence[str]) -> bool:
    """Tell whether a noun phrase ends with a role or a person that the word lists know."""
    noun = head_noun(words)
    return noun is not None and noun.last == len(words) and noun.sort in {"role", "person"}


def is_outlet(view: View, words: Stretch) -> bool:
    """Tell whether a phrase names a newspaper, a news agency, a station, or reporters."""
    return _is_outlet(tuple(view.words[slice(*words)]))


@lru_cache(maxsize=2048)
def _is_outlet(words: tuple[str, ...]) -> bool:
    lower = [word.lower() for word in words]
    if "by" in lower or "from" in lower:
        return False
    if any(word in _OUTLET_NOUNS for word in lower[:6]) and "of" not in lower[:3]:
        return True
    if "agency" in lower and not _AGENCIES.isdisjoint(lower):
        return True
    if len(words) > 1 and lower[-1] == "agency" and words[-2][0].isupper() and lower[-2] not in _NO_NEWS:
        return judge(words[:-1]) is None
    if len(words) > 1 and words[-1][0].isupper() and lower[-1] in _OUTLET_NAMES:
        return True
    judged = judge(words)
    return judged is not None and judged.source_type == "media" and judged.sure


def without_marks(view: View, start: int, end: int) -> Stretch:
    """Take commas, colons and spaces between words off both ends of a stretch."""
    while start < end and view.lower[start] in _LOOSE:
        start += 1
    while end > start and view.lower[end - 1] in {",", ";", ":", "—", "–"}:
        end -= 1
    return start, end


def sentence_end(view: View, n: int) -> int:
    """Give the end of a sentence's words: before its full stop."""
    first, last = view.sentences[n]
    return last - 1 if last > first and view.words[last - 1] == "." else last
