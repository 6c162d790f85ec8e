"""Reports that nobody stands behind: *is reportedly worth*, *is believed to have fled*, *was criticised for*."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...kinds.kind_rule import TIMES, subject_before
from ...language.article_tokens import View
from ...language.cues import ADVERBS, BE, is_auxiliary
from ...language.word_forms import lexicon
from ..phrases import PREPOSITIONS, sentence_end
from .by_sentence import ByWords

HEARSAY = "hearsay"
"""The form of what is reported, believed or held against somebody by nobody in particular."""
BROADCAST = "broadcast"
"""The form of what somebody was shown doing: *was seen on state television raising the flag*."""
_SCORE = 0.7
_ADVERB = frozenset({"reportedly", "allegedly"})
_BELIEVED = frozenset("believed thought said reported understood alleged rumoured rumored feared presumed claimed".split())
_IT = _BELIEVED | {"suggested", "argued", "assumed"}  # *it has been suggested that*
_FATED = frozenset({"reported", "feared"})
_ENDS = frozenset('. ? ! … ” " :'.split())
_FATES = frozenset("killed dead missing injured wounded trapped drowned".split())
_JUDGED = frozenset(
    "criticised criticized condemned praised ridiculed mocked slammed denounced lauded panned derided lambasted".split()
)
_RUMOURS = frozenset("rumours rumors reports claims allegations speculation suggestions whispers".split())
_SHOWN = lexicon.mark({"shown", "seen", "pictured", "filmed"})
_SCREENS = frozenset("television tv footage video videos livestream broadcast".split())
_CLOSE = 6  # tokens
_HAVE_IT = frozenset({"rumour", "rumor", "legend", "gossip"})
_BEHIND: Mapping[str, AbstractSet[str]] = {
    word: behind
    for words, behind in (
        (_RUMOURS, {"that"}),
        (_JUDGED, {"for", "as", "over"}),
        (_HAVE_IT, {"has"}),
        (_IT, {"that"}),
        (_BELIEVED, {"that", "to"}),
        (_FATED, {"that", "to"} | _FATES),
        ({"accused"}, {"of"}),
    )
    for word in words
}
"""What has to follow each trigger; an adverb may be followed by anything."""
_TRIGGERS = lexicon.mark(_ADVERB | _BEHIND.keys())
_OTHERS = frozenset("i we you who which that whom what there".split())  # they stand for no one, or for the writer
_MAYBE = frozenset("may might could can should must would will 'll shall".split())
_OPENING = 12  # tokens before the subject
_PLANS = frozenset("plan plans planned planning intends intended considering wants wanted agreed offered ordered".split())


def hearsay(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Put in what nobody in particular says of a sentence's subject, where nobody says the sentence."""
    cues = [at for at in view.places_of(_TRIGGERS) if not view.inside[at] and _is_hearsay(view, at)]
    if not cues:
        return candidates
    found = ByWords(view, candidates)
    for at in cues:
        beside = found.around(at)
        replaced = [c for c in beside if _is_replaced(view, c, at)]
        if any(_says(c, at) and c not in replaced for c in beside if c.score >= TOLD or c.form):
            continue
        for c in replaced:
            found.drop(c)
        first, _ = view.sentences[view.home[at]]
        content = [t for t in range(first, sentence_end(view, view.home[at])) if t != at]
        found.add(Candidate(at, (at, at + 1), None, np.array(content, dtype=np.int64), score=_SCORE, form=HEARSAY))
    return found.in_order()


def broadcasts(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Put in what somebody was shown doing on television, where nobody says it."""
    shown = [one for at in view.places_of(_SHOWN) if not view.inside[at] and (one := _broadcast(view, at))]
    if not shown:
        return candidates
    found = ByWords(view, [c for c in candidates if c.score >= TOLD or c.form])
    made = [one for one in shown if not any(_says(c, one.anchor) for c in found.around(one.anchor))]
    anchors = {c.anchor for c in made}
    return sorted([*(c for c in candidates if c.anchor not in anchors), *made], key=lambda c: c.anchor)


def _broadcast(view: View, at: int) -> Candidate | None:
    """Read what somebody was shown doing."""
    first, last = view.sentences[view.home[at]]
    screen = next((t for t in range(at + 2, min(last, at + _CLOSE)) if view.lower[t] in _SCREENS), None)
    if screen is None or view.lower[at + 1] not in {"on", "in"}:
        return None
    start = _auxiliaries_start(view, at, first)
    if BE.isdisjoint(view.lower[start:at]) or not _is_main(view, start, first):
        return None
    content = [t for t in range(first, sentence_end(view, view.home[at])) if not start <= t <= screen]
    if not content:
        return None
    return Candidate(at, (at, at + 1), (at + 2, screen + 1), np.array(content, dtype=np.int64), score=_SCORE, form=BROADCAST)


def _is_hearsay(view: View, at: int) -> bool:
    """Tell whether a word reports what nobody in particular says, in its sentence's first clause."""
    first, last = view.sentences[view.home[at]]
    behind = _BEHIND.get(view.lower[at])
    if behind and (at + 1 == last or view.lower[at + 1] not in behind):
        return False
    start = _auxiliaries_start(view, at, first)
    return _is_cue(view, at, start, last) and _is_main(view, start, first)


def _auxiliaries_start(view: View, at: int, first: int) -> int:
    lower, start = view.lower, at
    while start > first and (lower[start - 1] in ADVERBS or is_auxiliary(lower[start - 1]) or _is_manner(view, start)):
        start -= 1
    return start


def _is_manner(view: View, end: int) -> bool:
    return view.lower[end - 1].endswith("ly") and view.words[end - 1].islower() and is_auxiliary(view.lower[end - 2])


def _is_cue(view: View, at: int, start: int, last: int) -> bool:
    """Tell whether a word reports what nobody in particular says, as the words beside it tell."""
    word, behind = view.lower[at], view.lower[at + 1] if at + 1 < last else "."
    if word in _ADVERB:
        return True
    if word in _RUMOURS:
        return behind == "that" and view.lower[start - 1] == "there" and start < at
    if word in _HAVE_IT:
        return view.lower[at + 1 : at + 3] == ["has", "it"] and view.lower[at - 1] not in {"the", "a"}
    is_passive = not BE.isdisjoint(view.lower[start:at])
    if not _MAYBE.isdisjoint(view.lower[start:at]) or not (is_passive or _is_headline(view, at, start, last)):
        return False
    if word in _IT and view.lower[start - 1] == "it":
        return behind == "that" and is_passive
    if word in _BELIEVED:
        return behind == "to" or (word in _FATED and behind in _FATES)
    if word == "accused":
        fits = behind == "of" and (
            not is_passive or view.lower[at - 2 : at] in (["has", "been"], ["have", "been"], ["had", "been"])
        )
    else:
        fits = word in _JUDGED and behind in {"for", "as", "over"}
    return fits and view.next_place("by", at, last) is None


def _is_headline(view: View, at: int, start: int, last: int) -> bool:
    """Tell the participle of a headline, without an auxiliary: *Mayor criticised for flood response*."""
    return start == at and view.words[last - 1] not in _ENDS and view.lower[at] != "said"


def _is_main(view: View, start: int, first: int) -> bool:
    """Tell whether the verb that follows belongs to the sentence's first clause: its subject opens it, or a phrase does."""
    if start == first or (start == first + 1 and view.lower[first] == "there"):
        return view.words[first][0].isupper()
    if view.lower[start - 1] == "," and not is_auxiliary(view.lower[start]):
        return False  # *He kept phoning them, reportedly to win them over*
    subject = subject_before(view, start, first)
    if subject is None or view.lower[subject[0]] in _OTHERS:
        return False
    begin = subject[0]
    if begin == first or (begin - first == 1 and view.lower[first] in {"but", "and", "yet"} | ADVERBS):
        return True
    opens = view.lower[first] in PREPOSITIONS | TIMES | ADVERBS | {"earlier", "last", "this"}
    return opens and begin - first <= _OPENING and view.lower[begin - 1] in {","} | TIMES


def _is_replaced(view: View, c: Candidate, at: int) -> bool:
    """Tell an attribution that takes whom the report is about for who speaks: *The minister | reportedly plans*."""
    if c.anchor == at or (c.cue and view.lower[at] not in _ADVERB and c.cue[0] <= at < c.cue[1]):
        return True
    return c.anchor == at + 1 and view.lower[at + 1] in _PLANS | {"has"}


def _says(c: Candidate, at: int) -> bool:
    """Tell whether somebody says the word at a token, or right behind it."""
    return c.anchor == at + 1 or bool(np.isin(c.content, [at, at + 1, at - 1]).any())
