"""Where a sentence may end, and the rules of English news that decide whether it does."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLES = frozenset(
    "adm amb asst atty brig capt cdr cllr cmdr col comdr comm cpl cpt det dir dr fr gen gov hon insp "
    "lieut lt maj messrs mgr mr mrs ms mt pfc pres prof pvt rep reps rev sen sens sgt spc supt treas".split()
)
_RUN_ON = frozenset("approx cf e.g i.e incl v viz vs".split())
_BEFORE_NUMBERS = frozenset("art ch fig figs no nos p para pp sec vol".split())
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
_STATES = frozenset(
    "ala alta ariz ark calif colo conn d.c del fla ga ill ind kan ky la mass md mich minn miss mo "
    "mont n.c n.d n.h n.j n.m n.y neb nev okla ont ore pa penn que r.i s.c s.d sask tenn tex va vt "
    "w.va wash wis wyo".split()
)
_ABBREVIATIONS = (
    _MONTHS
    | _STATES
    | frozenset(
        "a.m al assn ave b.a blvd bros co corp cos dem dept e.u esq est etc ext hwy inc jr llc ltd m.a m.d "
        "max min mph p.m ph.d plc rd sr st tel u.k u.n u.s univ".split()
    )
)
_STARTERS = frozenset(
    "A About According After Again All Also Although Among An And Another Any As At Because Before "
    "Both But By Critics Despite During Each Earlier Either Even Every Few For From Four He Her Here "
    "His How However I If In Indeed Instead It Its Just Last Later Like Many Maybe Meanwhile Moreover "
    "More Most Mr Mrs Ms Much My Nearly Neither Never Nevertheless No Nobody None Nor Not Nothing Now "
    "Of Officials On Once One Only Or Other Others Our Over People Perhaps Police Several She Since "
    "So Some Still Such That The Their Then There Therefore These They This Those Though Three Thus "
    "To Today Two Under Unlike Until We What When Where Whether Which While Who Why With Without Yes "
    "Yesterday Yet You Your".split()
)
_NAMES_WITH_MARKS = frozenset(("Yahoo", "Jeopardy", "Yum", "Joomla", "Panic"))
_FILE_ENDINGS = frozenset("COM ORG HTML HTM PDF ASP PHP JPG PNG TXT JS".split())
_SAID = (
    "said|says|asked|asks|told|wrote|writes|added|replied|answered|shouted|cried|yelled|wondered|tweeted|declared|"
    "exclaimed|demanded|responded|chanted|joked|screamed|recalled|continued|insisted|argued|explained|posted|quipped"
)
_CRY = re.compile(r"[“‘\"](?:[\w’'-]+ ){0,2}[\w’'-]+\Z")
_ATTRIBUTION = re.compile(rf"(?:[^\W\d_][\w’'-]*\.?,? ){{1,5}}(?:{_SAID})\b")

# Nothing in these patterns is read twice, whatever the text: every run of marks begins at its first mark. A pattern that
# begins with a set of characters, and looks back behind it, is found several times as fast as one that looks back first.
_CANDIDATE = re.compile(
    r"[.!?…](?<![.!?…].)[.!?…]*+"
    r"(?P<closers>[\"'”’)\]»*]*+(?:[ \xa0\u2009\u202f][”’\"'](?=\s))?)"
    r"(?:(?P<gap>\s++)|(?=[\"'“‘«(\[]*+[^\W_]))"
)
_ASIDE = re.compile(
    r"[(“\"](?<=[^\s.!?…]\s.)"
    r"(?:(?<=\()[^()]{1,300}\)(?=\s*[,;:]|\s+[a-z])|(?<!\()(?! )[^“”\"]{1,80}[”\"](?=\s+[a-z]))"
)
_ENDS_A_PHRASE = re.compile(r"(?:[a-z]\s|[)\]%”’\"'»]\s?)\Z")
_OPENERS = "\"'“‘«([„*"
_LONGEST_WORD = 40  # characters; a text without spaces would cost the square of its length otherwise


class Candidate(NamedTuple):
    """A place where a sentence may begin.

    ``mark`` is where the end mark before it stands, ``closers`` where closing quotation marks and brackets
    begin after that, ``start`` where the next sentence would begin; ``glued``: no white space is between.
    """

    mark: int
    closers: int
    start: int
    glued: bool


def candidates(source: str) -> Iterator[Candidate]:
    """Yield every place of a paragraph that an end mark makes a possible boundary.

    Places within an aside, in brackets or in a few quoted words, that the sentence goes on after are none.
    """
    asides = [(m.start(), m.end()) for m in _ASIDE.finditer(source)]
    passed, quotes, at = 0, 0, 0
    for m in _CANDIDATE.finditer(source):
        mark, closers, start = m.start(), m.start("closers"), m.end()
        quotes += source.count('"', at, closers)
        at = closers
        while passed < len(asides) and asides[passed][1] <= closers:
            passed += 1
        if start >= len(source) or (passed < len(asides) and asides[passed][0] < mark):
            continue
        if m["gap"] is not None:
            yield Candidate(mark, closers, start, False)
        elif (cut := _glued(source, mark, closers, start, quotes)) is not None:
            yield Candidate(mark, closers, cut, True)


def is_boundary(source: str, at: Candidate) -> bool | None:
    """Tell whether a sentence begins at a candidate; None where no rule knows."""
    first = _past_openers(source, at.start)
    if first >= len(source):
        return False
    after = _following_word(source, first)
    if not after:
        return False if _goes_on_after_sign(source, first) else None
    if after[0].islower() and not any(c.isupper() for c in after[1:3]):
        return False
    mark = source[at.mark : at.closers]
    closed = at.closers < at.start and not source[at.closers].isspace()
    if "?" in mark or "!" in mark:
        return _after_shout(source, at, first, closed)
    if len(mark) > 1 or mark == "…":
        return True
    return _after_period(source, at, after, closed)


def _after_shout(source: str, at: Candidate, first: int, closed: bool) -> bool:
    if closed:
        return first > at.start or not _ATTRIBUTION.match(source, first)
    if source[at.mark] == "!" and _CRY.search(source, max(0, at.mark - 40), at.mark):
        return False  # “Long live the king! Long live …”: a cry that opens a quotation goes with what follows
    return preceding_word(source, at.mark) not in _NAMES_WITH_MARKS


def _after_period(source: str, at: Candidate, after: str, closed: bool) -> bool | None:
    before = preceding_word(source, at.mark)
    starts = after in _STARTERS or source[at.start] in "“‘«„"
    if not closed and _is_state_of_place(source, before, at.mark):
        return not source.startswith("(", at.start) and not after.isupper()
    last = before.rpartition("-")[2]
    if _is_initial(last) and before != "I":
        return starts and after != "I"
    if last.lower() in _ABBREVIATIONS or _is_acronym(before):
        return starts
    if closed:
        return True
    if _belongs_to_following(last, after) or (before.isdigit() and len(before) == at.mark):
        return False  # or the number of an item, not a sentence
    return True if starts or _is_whole_word(last) else None


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_whole_word(word: str) -> bool:
    return len(word) > 2 and word.isalpha()  # shorter ones may be short forms that no list has


def _is_state_of_place(source: str, word: str, mark: int) -> bool:
    """Tell whether a word abbreviates a state after the name of a place: ``Springfield, Ill.``."""
    begin = mark - len(word)
    return word.lower() in _STATES and source[begin - 2 : begin] == ", "


def _belongs_to_following(word: str, after: str) -> bool:
    """Tell whether a period shortens a word that never ends a sentence here: ``Sen.``, ``vs.``, ``No. 5``."""
    lower = word.lower()
    if lower in _TITLES:
        return word[:1].isupper()
    return lower in _RUN_ON or (lower in _BEFORE_NUMBERS and after[0].isdigit())


def _glued(source: str, mark: int, closers: int, start: int, quotes: int) -> int | None:
    """Return where the next sentence begins if a space is missing here, else None."""
    if closers < start:
        start = _opening_quotation(source, closers, start, quotes)
    first = _past_openers(source, start)
    after, before = _following_word(source, first), preceding_word(source, mark)
    if not after or "/" in before or "@" in before or source.startswith("@", first + len(after)):
        return None
    if first > start or start > closers:
        return start if after[0].isupper() or after[0].isdigit() else None
    if not before and not _ENDS_A_PHRASE.search(source, max(0, mark - 3), mark):
        return None
    if len(after) == 1 and after not in "AI" and not source.startswith(".", first + 1):
        return None
    return start if _may_be_glued(before, after) else None


def _opening_quotation(source: str, closers: int, start: int, quotes: int) -> int:
    """Return where a quotation opens among marks that could close one; ``start`` where none does."""
    for i in range(closers, start):
        if source[i] == '"':
            if _opens(source, i, quotes):
                return i
            quotes += 1
    return start


def _may_be_glued(before: str, after: str) -> bool:
    """Tell whether a sentence may end and the next begin in two words with a mark between and no space."""
    if after[0].isdigit():
        return len(before) > 2 and before.isalpha() and before.lower() not in _MONTHS | _BEFORE_NUMBERS
    if (
        after == "NET"
        or after.upper() in _FILE_ENDINGS
        or before.startswith("www")
        or (len(after) > 1 and after.isupper() and before.isupper())
    ):
        return False
    tail = before.replace("-", ".").rpartition(".")[2]
    if len(tail) == 1 and tail.isalpha():
        return _is_acronym(before) and after in _STARTERS and len(after) > 2
    return after[0].isupper()


def _opens(source: str, i: int, quotes: int) -> bool:
    """Tell whether a straight quotation mark between glued sentences opens, from how the next one stands."""
    following = source.find('"', i + 1, i + 1000)
    if following < 0:
        return False
    before, after = source[following - 1], source[following + 1 : following + 2]
    if before.isspace() != (after.isspace() or not after):
        return not before.isspace()
    return quotes % 2 == 0


def _is_acronym(word: str) -> bool:
    """Tell whether the letters of a word have periods between them, as those of U.S have."""
    return "." in word and len(word.rpartition(".")[2]) <= 2 and any(c.isalpha() for c in word.rpartition(".")[2])


def _goes_on_after_sign(source: str, first: int) -> bool:
    tail = source[first : first + 12].lstrip("–—―-•* …\xa0")
    return not tail or tail[0].islower() or tail[0] in ",;:.!?)]”’"


def _past_openers(source: str, at: int) -> int:
    while at < len(source) and source[at] in _OPENERS:
        at += 1
    return at


def _following_word(source: str, first: int) -> str:
    end, limit = first, min(first + _LONGEST_WORD, len(source))
    while end < limit and source[end].isalnum():
        end += 1
    return source[first:end]


def preceding_word(source: str, mark: int) -> str:
    """Return the word that an end mark follows, periods, hyphens and slashes within it included."""
    start, limit = mark, max(0, mark - _LONGEST_WORD)
    while start > limit and (source[start - 1].isalnum() or source[start - 1] in ".’'&-/@"):
        start -= 1
    return source[start:mark].lstrip(".’'&-/")
