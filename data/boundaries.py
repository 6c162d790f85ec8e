"""Where a sentence may end, and the rules of English news that decide whether it does."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLES = frozenset(
    "adm amb asst atty brig capt cdr cllr cmdr col comdr comm cpl cpt det dir dr fr gen gov hon insp lieut lt maj "
    "messrs mgr mr mrs ms pfc pres prof pvt rep reps rev sen sens sgt spc st supt treas".split()
)
_RUNS_ON = frozenset("al approx dept est etc incl mt mts ft vs v viz cf e.g i.e no nos".split()) - {
    "al",
    "etc",
}
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
_ABBREVIATIONS = _MONTHS | frozenset(
    "inc corp co cos ltd llc plc bros jr sr esq ave blvd rd hwy assn bros univ ala ariz ark calif colo conn del fla ga "
    "ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo dem al etc "
    "ph.d m.d b.a m.a a.m p.m u.s u.n u.k e.u d.c n.y n.j n.c s.c n.h n.m r.i w.va mph min max tel".split()
)
_STARTERS = frozenset(
    "A About According After Again All Also Although Among An And Another Any As At Because Before Both But By "
    "Critics Despite During Each Earlier Either Even Every Few For From Four Had Has Have He Her Here His How "
    "However I If In Indeed Instead It Its Just Last Later Like Many Maybe Meanwhile Moreover More Most Mr Mrs Ms "
    "Much My Nearly Neither Never Nevertheless No Nobody None Nor Not Nothing Now Of Officials On Once One Only Or "
    "Other Others Our Over People Perhaps Police Several She Since So Some Still Such That The Their Then There "
    "Therefore These They This Those Though Three Thus To Today Two Under Unlike Until We Were What When Where "
    "Whether Which While Who Why With Without Would Yes Yesterday Yet You Your".split()
)
_BRANDS = frozenset(
    ("Yahoo", "Jeopardy", "Yum", "Joomla", "Chips Ahoy", "Mamma Mia", "Moulin Rouge", "Oklahoma")
)
_SAID = (
    "said|says|asked|asks|told|wrote|writes|added|replied|answered|shouted|cried|yelled|wondered|tweeted|declared|"
    "exclaimed|demanded|responded|chanted|joked|screamed|recalled|continued|insisted|argued|explained|posted|quipped"
)
_ATTRIBUTION = re.compile(rf"(?:[^\W\d_][\w’'-]*\.?,? ){{1,5}}(?:{_SAID})\b")
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>[\"'”’)\]»*]*+)(?:(?P<gap>\s++)|(?=[\"'“‘«(\[]*+[^\W_]))"
)
_CLOSED_BEFORE_MARK = re.compile(r"[”’\"')\]»]\Z")
_OPENERS = "\"'“‘«([„*"
_WORD = re.compile(r"[^\W_](?:[^\W_]|[.’'&-](?=[^\W_]))*\Z")
_BEFORE = 40
_INSIDE_BRACKETS = re.compile(r"(?<=[^\s.!?…])\s\([^()]{1,300}\)(?=\s*[,;:]|\s+[a-z])")
_FILE_ENDINGS = frozenset("COM NET ORG HTML HTM PDF ASP PHP JPG PNG TXT".split())


class Candidate(NamedTuple):
    """A place where a sentence may begin.

    ``mark`` is where the end mark before it stands, ``closers`` where its closing quotation marks and brackets
    begin, ``start`` where the next sentence would begin; ``glued`` tells that no white space comes between.
    """

    mark: int
    closers: int
    start: int
    glued: bool


def candidates(source: str) -> Iterator[Candidate]:
    """Yield every place of a paragraph that an end mark makes a possible boundary."""
    brackets = [(m.start(), m.end()) for m in _INSIDE_BRACKETS.finditer(source)]
    passed, quotes, at = 0, 0, 0
    for m in _CANDIDATE.finditer(source):
        mark, closers, start = m.start(), m.start("closers"), m.end()
        quotes += source.count('"', at, closers)
        at = closers
        while passed < len(brackets) and brackets[passed][1] <= closers:
            passed += 1
        if start >= len(source) or (passed < len(brackets) and brackets[passed][0] < mark):
            continue
        if m["gap"] is not None:
            yield Candidate(mark, closers, start, False)
        elif (cut := _glued(source, mark, closers, start, quotes)) is not None:
            yield Candidate(mark, closers, cut, True)


def _glued(source: str, mark: int, closers: int, start: int, quotes: int) -> int | None:
    """Return where the next sentence begins if a space is missing here, else None."""
    for i in range(closers, start):
        if source[i] == '"':
            if quotes % 2 == 0:  # an opening mark belongs to what follows
                start = i
                break
            quotes += 1
    first = start
    while first < len(source) and source[first] in _OPENERS:
        first += 1
    after = _following_word(source, first)
    before = _preceding_word(source, mark)
    opened = first > start or start > closers
    if "/" in before or "@" in before or not after:
        return None
    if not after[0].isupper() and not (after[0].isdigit() and len(before) > 3 and before.islower()):
        return None
    if opened:
        return start
    if len(before) == 1 and before.isalpha() or "." in before:
        return None
    if after in _FILE_ENDINGS or (len(after) > 1 and after.isupper() and before.isupper()):
        return None
    if (
        len(after) == 1
        and after.isalpha()
        and source[first + 1 : first + 2] not in ("", " ", "\xa0", "'", "’", ".")
    ):
        return None
    return start


def is_boundary(source: str, at: Candidate, likely: bool) -> bool:
    """Decide whether a sentence begins at a candidate; ``likely`` is nupunkt's opinion."""
    first = at.start
    while first < len(source) and source[first] in _OPENERS:
        first += 1
    if first >= len(source):
        return False
    after = _following_word(source, first)
    if not after:
        return likely and not _lower_after_sign(source, first)
    if after[0].islower() and not any(c.isupper() for c in after[1:3]):
        return False
    mark = source[at.mark : at.closers]
    closed = _has_closers(source, at)
    if "?" in mark or "!" in mark:
        return _after_shout(source, at, first, closed)
    if len(mark) > 1 or mark == "…":
        return True
    return _after_period(source, at, after, closed, likely)


def _after_shout(source: str, at: Candidate, first: int, closed: bool) -> bool:
    if closed and first == at.start and _ATTRIBUTION.match(source, first):
        return False
    return _preceding_word(source, at.mark) not in _BRANDS or closed


def _after_period(source: str, at: Candidate, after: str, closed: bool, likely: bool) -> bool:
    before = _preceding_word(source, at.mark)
    word = before.lower()
    starts = after in _STARTERS or source[at.start] in "“‘«„"
    initial = len(before) == 1 and before.isupper() and before != "I"
    if word in _ABBREVIATIONS or initial or "." in before:
        return starts and not (initial and after == "I")
    if closed:
        return True
    tail = word.rpartition("-")[2]
    if before[:1].isupper() and tail in _TITLES or word in ("vs", "v", "e.g", "i.e", "cf", "viz"):
        return False
    if word in ("no", "nos", "art", "sec", "fig", "pp", "p") and after[0].isdigit():
        return False
    if word in _MONTHS and after[0].isdigit():
        return False
    return likely or starts or (len(word) > 2 and before.isalpha())


def _has_closers(source: str, at: Candidate) -> bool:
    return at.closers < at.start and not source[at.closers].isspace()


def _lower_after_sign(source: str, first: int) -> bool:
    tail = source[first : first + 12].lstrip("–—―-•* …\xa0")
    return not tail or tail[0].islower() or tail[0] in ",;:.!?)]”’"


def _following_word(source: str, first: int) -> str:
    end = first
    while end < len(source) and end < first + _BEFORE and source[end].isalnum():
        end += 1
    return source[first:end]


def _preceding_word(source: str, mark: int) -> str:
    found = _WORD.search(source[max(0, mark - _BEFORE) : mark])
    return found[0] if found else ""
