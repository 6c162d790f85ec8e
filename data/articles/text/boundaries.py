"""Where a sentence may end, and the rules of English news that decide whether it does."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .abbreviations import (
    BEFORE_NUMBERS,
    DAYS,
    ENDING,
    HOURS,
    MONTHS,
    RUN_ON,
    SHORT_FORMS,
    STATES,
    is_abbreviation,
    is_degree,
    is_title,
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
_PRONOUNS = frozenset({"He", "She", "They", "We", "It"})  # behind a quotation these have a capital only where they begin
_SENTENCE_WORDS = frozenset("But The Their There They This When While".split())  # words that are never part of a name
_NAMES_WITH_MARKS = frozenset("Yahoo Jeopardy Yum Joomla Panic Oklahoma".split())
_AFTER_NAMES_WITH_MARKS = frozenset(
    "Brands Corp Entertainment Finance Group Inc Japan Ltd Magazine Mail Media Network News Online Sports".split()
)
_FILE_ENDINGS = frozenset("COM ORG HTML HTM PDF ASP PHP JPG PNG TXT JS".split())
_SAID = (
    "said|says|asked|asks|told|wrote|writes|added|replied|answered|shouted|cried|yelled|wondered|tweeted|declared|"
    "exclaimed|demanded|responded|chanted|joked|screamed|recalled|continued|insisted|argued|explained|posted|quipped|"
    "inquired|queried|whispered|mused"
)
_TIME_WORDS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Eastern Central Mountain Pacific Atlantic Greenwich Zulu Today Tomorrow Tonight".split()
)
_BEFORE_HOUR = re.compile(r"\b(?i:the|an?|its|their|his|her|this|that|every|each)\s+[\d:.]{1,5}\s*\Z")
_NAMED_TIME = re.compile(r"[A-Z]\w*(?: [A-Z]\w*)? time\b")  # 9 a.m. Kyiv time
_PLURAL = re.compile(r"[A-Z][a-z]+s [a-z]+\b")  # "Shares fell": a plural that begins a sentence
_NO_ANSWERED = re.compile(
    r"\b(?:sa(?:id|ys?)|answer(?:ed|s)?|vot(?:ed?|es|ing)|repl(?:ied|ies|y)|told|them|him|her|me|us|meant?s?)\s+\Z"
)
_LETTERED = re.compile(  # a letter that names a thing, not a person: plan B
    r"\b(?i:appendix|block|category|class|division|exhibit|flu|grade|group|hall|hepatitis|option|phase|plan|platform|route|"
    r"schedule|section|series|terminal|type|vitamin|zone|an?)\s+\Z"
)
_CRY = re.compile(r"[“‘\"](?:[\w’'-]+ ){0,2}[\w’'-]+\Z")
_ATTRIBUTION = re.compile(rf"(?:[^\W\d_][\w’'-]*\.?,? ){{1,5}}(?:{_SAID})\b")

# Nothing in these patterns is read twice, whatever the text: every run of marks begins at its first mark. A pattern that
# begins with a set of characters, and looks back behind it, is found several times as fast as one that looks back first.
_CANDIDATE = re.compile(
    r"[.!?…](?<![.!?…].)[.!?…]*+"
    r"(?P<closers>[\"'”’)\]»›*]*+(?:[“‘«‹](?=\s|\Z))?(?P<apart>[ \xa0\u2009\u202f][”’\"'»›](?=\s))?)"
    r"(?:(?P<gap>\s++)|(?=[\"'“‘«(\[„‚‹»›]*+[^\W_]))"
)
_ASIDE = re.compile(
    r"[(“\"„«](?<=[^\s.!?…]\s.)"
    r"(?:(?<=\()[^()]{1,300}\)(?=\s*[,;:]|\s+[a-z])|(?<!\()(?! )[^“”„«»\"]{1,80}[”“»\"](?=\s+[a-z]))"
)
_ENDS_A_PHRASE = re.compile(r"(?:[a-z]\s|[)\]%”’\"'»]\s?)\Z")
_OPENERS = "\"'“‘«([„*‚‹»›"
_OPENING = "“‘«„‚‹»›"
_TWO_LETTERS = frozenset("no so do go it me us up on be is he we by to hi ok oh".split())
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
    found = list(_CANDIDATE.finditer(source))
    if not found or found[0].end() == len(source):  # one sentence, as most paragraphs are
        return
    asides = [(m.start(), m.end()) for m in _ASIDE.finditer(source)]
    straight = '"' in source
    passed, quotes, at = 0, 0, 0
    for m in found:
        mark, (closers, _), start = m.start(), m.span("closers"), m.end()
        if straight:
            quotes += source.count('"', at, closers)
            at = closers
        if m["apart"] and _opens_apart(source, m.start("apart") + 1, quotes):
            start = m.start("apart") + 1
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
    if _ends_plainly(source, at):
        return True
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


def _ends_plainly(source: str, at: Candidate) -> bool:
    """Tell, at a glance, what most ends of sentences are: a period behind a word that is no short form, then a capital.

    The rules below would say the same.
    """
    if source[at.mark : at.closers] != ".":
        return False
    head = source[at.start]
    if head in _OPENERS:
        head = source[at.start + 1 : at.start + 2]
    if not (head.isupper() and head.isalpha()):
        return False
    word = source[source.rfind(" ", max(0, at.mark - _LONGEST_WORD), at.mark) + 1 : at.mark]
    return len(word) > 2 and word.isalpha() and word.lower() not in SHORT_FORMS


def _after_shout(source: str, at: Candidate, first: int, closed: bool) -> bool:
    if closed:
        return first > at.start or _following_word(source, first) in _PRONOUNS or not _ATTRIBUTION.match(source, first)
    if source[at.mark] == "!" and _CRY.search(source, max(0, at.mark - 40), at.mark):
        return False  # “Long live the king! Long live …”: a cry that opens a quotation goes with what follows
    after = _following_word(source, first)
    name = preceding_word(source, at.mark)
    if after in _AFTER_NAMES_WITH_MARKS and name[:1].isupper():
        return False
    return name not in _NAMES_WITH_MARKS or after in _SENTENCE_WORDS


def _after_period(source: str, at: Candidate, after: str, closed: bool) -> bool | None:
    before = preceding_word(source, at.mark)
    last = before.rpartition("-")[2]
    starts = after in _STARTERS or source[at.start] in _OPENING
    if closed:
        return starts or not _may_shorten(source, at, before, last)
    if _is_state_of_place(source, before, at.mark):
        return not source.startswith("(", at.start) and not after.isupper()
    if _is_initial(last):
        return _after_initial(source, at, after, starts)
    if last.lower() in RUN_ON:
        return False
    if last.lower() in HOURS:
        return _after_hour(source, at, after)
    if _is_short_form(before, last):
        return starts or (last.lower() in ENDING and _PLURAL.match(source, at.start) is not None)
    if _belongs_to_following(source, at, last, after) or _is_number_of_item(before, at.mark):
        return False
    return starts or _is_whole_word(last, after) or None


def _may_shorten(source: str, at: Candidate, before: str, last: str) -> bool:
    """Tell whether a period with closing marks behind it may shorten its word: ``(Gen.)``, ``“J.”``."""
    return _is_initial(last) or _is_short_form(before, last) or _is_rank_in_brackets(source, at)


def _is_number_of_item(before: str, mark: int) -> bool:
    """Tell a number that is all that stands before the mark: ``2. The harbour``."""
    return before.isdigit() and len(before) == mark


def _is_short_form(before: str, last: str) -> bool:
    return is_abbreviation(last) or _is_acronym(before)


def _is_rank_in_brackets(source: str, at: Candidate) -> bool:
    """Tell whether an end mark is that of a short word alone in brackets: ``Gen. (ret.) Roth``, ``Roe (Lab.) Mayor``."""
    word = preceding_word(source, at.mark)
    begin = at.mark - len(word) - 1
    return source[at.closers] in ")]" and begin > 0 and source[begin] in "([" and 1 < len(word) < 6


def _after_initial(source: str, at: Candidate, after: str, starts: bool) -> bool | None:
    """Tell whether a sentence begins after a single capital: a name's initial, or the letter of a thing or an answer."""
    begin = at.mark - 1
    is_first = _first_word(source) == begin
    if is_first or re.search(r"[.?!][\"”’]?\s+\Z", source[max(0, begin - 4) : begin]):
        return source[begin] == "I" and not is_first and None
    if source[begin] == "I":
        return True if starts else None
    if after == "I":
        return False
    return starts or _LETTERED.search(source, max(0, begin - 15), begin) is not None


def _after_hour(source: str, at: Candidate, after: str) -> bool:
    """Tell whether a sentence begins after ``9 p.m.``, where no day, zone or programme follows."""
    begin = at.mark - len("p.m")
    return not (
        after in _TIME_WORDS
        or after.lower() in MONTHS | DAYS
        or (after.isupper() and after not in ("A", "I"))
        or after[0].isdigit()
        or _NAMED_TIME.match(source, at.start)
        or _BEFORE_HOUR.search(source, max(0, begin - 16), begin)
    )


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_whole_word(word: str, after: str) -> bool:
    if word.isalpha() and len(word) < 3:  # it may be a short form that no list has
        return word.lower() in _TWO_LETTERS or (word.isupper() and not after.isupper())
    return word.isalpha() or (word[:1].isdigit() and word[-1:].isalpha())


def _is_state_of_place(source: str, word: str, mark: int) -> bool:
    """Tell whether a word abbreviates a state after the name of a place: ``Springfield, Ill.``."""
    begin = mark - len(word)
    return word.lower() in STATES and word[0].isupper() and source[begin - 2 : begin] == ", "


def _belongs_to_following(source: str, at: Candidate, word: str, after: str) -> bool:
    """Tell whether a period shortens a word that never ends a sentence here: ``Sen.``, ``vs.``, ``No. 5``."""
    if is_title(word):
        return after not in _SENTENCE_WORDS or word.lower() in {"rt", "hon", "rev"}
    if word.lower() in DAYS and word[0].isupper():
        return after.lower()[:3] in MONTHS or after[0].isdigit()
    if word.lower() not in BEFORE_NUMBERS or not after[0].isdigit():
        return False
    begin = at.mark - len(word)
    return word != "no" or not _NO_ANSWERED.search(source, max(0, begin - 12), begin)


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


def _opens_apart(source: str, i: int, quotes: int) -> bool:
    """Tell whether a straight mark with a space on both sides opens: an even number of them stands before."""
    if source[i] == '"':
        return quotes % 2 == 0
    return source[i] == "'" and source.count(" ' ", max(0, i - 1000), i) % 2 == source[:2].count("' ")


def _may_be_glued(before: str, after: str) -> bool:
    """Tell whether a sentence may end and the next begin in two words with a mark between and no space."""
    if after[0].isdigit():
        return len(before) > 2 and before.isalpha() and before.lower() not in MONTHS | BEFORE_NUMBERS
    if (
        after == "NET"
        or after.upper() in _FILE_ENDINGS
        or before.startswith("www")
        or (len(after) > 1 and after.isupper() and before.isupper())
    ):
        return False
    if after in {"D", "Ds", "B", "M"} and is_degree(before.rpartition("-")[2]):
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
    *parts, last = word.rpartition("-")[2].replace("&", "").split(".")
    return bool(parts) and len(last) <= 2 and all(part.isalpha() and len(part) <= 2 for part in (*parts, last))


def _goes_on_after_sign(source: str, first: int) -> bool:
    tail = source[first : first + 12].lstrip("–—―-•* …\xa0")
    return not tail or tail[0].islower() or tail[0] in ",;:.!?)]”’"


def _first_word(source: str) -> int:
    """Return where a paragraph begins behind its opening marks."""
    at = 0
    while at < len(source) and source[at] in _OPENERS:
        at += 1
    return at


def _past_openers(source: str, at: int) -> int:
    first = at
    while at < len(source) and (source[at] in _OPENERS or (at > first and source[at].isspace())):
        at += 1  # a mark may have a space on both sides
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
