"""Relays are looked through: *the Post quoted the mayor as saying …* is the mayor's, passed on by the Post."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ...data.arrays import Ints
from ..attribution.extractor import TOLD, Candidate
from ..attribution.source_ends import Stretch
from ..kinds.kind_rule import TIMES, clause_within, habit, subject_before
from ..language.article_tokens import View
from ..language.cues import ADVERBS, BE, entries, is_auxiliary
from ..language.source_types import judge
from ..language.word_forms import lexicon
from .forms.by_sentence import by_home
from .phrases import MARKS, is_outlet, noun_phrase_end, sentence_end, sentence_of, without_marks

RELAYED = "relayed"
"""The form of what an outlet passes on as somebody's words."""
_SURE = 0.9
_MAIN = 0.8  # strength of a clause by the rule: it governs what the outlet reports
_SPEECH = frozenset(
    "say tell warn deny confirm admit announce claim allege accuse insist argue state add acknowledge promise vow ask "
    "call apologise apologize condemn praise criticise criticize threaten pledge blame thank reject denounce defend "
    "hint suggest demand urge joke note explain testify declare complain spoke speak concede write".split()
)
_SPOKEN = lexicon.mark({form.split()[0] for form, entry in entries()[0].items() if entry.lemma.split()[0] in _SPEECH})
_NO_SPEECH = frozenset("called calling alleged".split())
_NOBODY = frozenset("they it the a an he she".split()) - {"he", "she"}
_NO_OUTLET = frozenset("reporters journalists media press briefing conference house".split())
_QUOTES = frozenset("quoted quotes quoting cited cites citing".split())
_CITING = frozenset({"citing", "quoting"})
_REPORTED = frozenset({"reported", "reports"})  # *reported the chair as saying*
_PRINTED = frozenset("carried broadcast published aired distributed".split())
_SAYING = frozenset(
    "saying telling stating writing adding claiming warning declaring noting insisting announcing calling describing "
    "confirming suggesting denying arguing promising urging having".split()
)
_REPORTS = frozenset("reported reports report said says wrote writes according revealed claimed".split())
_TELLS = frozenset("told tell tells telling".split())
_LINKING = dict.fromkeys("carried broadcast published aired reported quoted distributed".split(), frozenset({"by"})) | (
    dict.fromkeys("interview interviews remarks comments statement speaking".split(), frozenset({"with", "to"}))
)
"""What may stand before *by Y*, *with Y*, *to Y*."""
_RELAYING = _QUOTES | _REPORTED
_PASSING_ON = lexicon.mark(_RELAYING | _LINKING.keys())
_AS_WITHIN = 30  # tokens between *quoted* and *as saying*
_VIA_WITHIN = 14  # tokens between a cue and *in an interview with*
_SHORT = 5  # tokens: what stands behind *as saying* where nothing is said there: *by the Post on Friday*


class _Relay(NamedTuple):
    """*Y quoted X as saying …*: ``at`` the verb, ``said`` the token of *saying*."""

    at: int
    said: int
    source: Stretch
    cue: Stretch
    via: Stretch | None
    start: int  # where its clause begins


def look_through(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Give attributions to whom an outlet passes on; the outlet becomes their `Candidate.via`."""
    lower = view.lower
    places = [t for t in view.places_of(_PASSING_ON) if not view.inside[t]]
    found = _relayed(view, candidates, [t for t in places if lower[t] in _RELAYING])
    speech = view.places_of(_SPOKEN)
    found = [_inner(view, c) if lower[c.anchor] in _REPORTS and _may_pass_on(c, speech) else c for c in found]
    links = [t for t in places if lower[t + 1 : t + 2] and lower[t + 1] in _LINKING.get(lower[t], ())]
    told = [_with_via(view, c, links) if links or lower[c.anchor] in _TELLS else c for c in found]
    return sorted(told, key=lambda c: c.anchor)


def _may_pass_on(c: Candidate, speech: Sequence[int]) -> bool:
    """Tell at a glance whether a report may hold somebody's speech: ``speech`` is where words of it stand."""
    if c.form or not c.source or not c.cue or c.score < TOLD:
        return False
    at = bisect_left(speech, c.content.item(0))
    return bool(c.nested) or (at < len(speech) and speech[at] <= c.content.item(-1))


def _relayed(view: View, candidates: list[Candidate], places: Sequence[int]) -> list[Candidate]:
    """Read what stands around verbs of quoting, sentence by sentence."""
    relays = {at: relay for at in places if (relay := _quoted_as_saying(view, at)) or view.lower[at] in _CITING}
    if not relays:
        return candidates
    here = by_home(view, candidates)
    for at, relay in relays.items():
        if relay:
            _put_in(view, here, relay)
        else:
            here[view.home[at]] = _citing(view, here[view.home[at]], at)
    return [c for found in here.values() for c in found]


def _quoted_as_saying(view: View, at: int) -> _Relay | None:
    """Read *Y quoted X as saying*, *X was quoted (by Y) as saying (by Y)*."""
    n = sentence_of(view, at)
    first, last = view.sentences[n]
    lower = view.lower
    if "as" not in lower[at + 1 : at + _AS_WITHIN]:
        return None
    marks = (t for t in range(at + 1, min(last - 1, at + _AS_WITHIN)) if lower[t] == "as" and lower[t + 1] in _SAYING)
    as_ = next(marks, None)
    if as_ is None:
        return None
    start = at
    while start > first and (lower[start - 1] in ADVERBS or is_auxiliary(lower[start - 1])):
        start -= 1
    subject = _with_name(view, subject_before(view, start, first), start)
    if not BE.isdisjoint(lower[start:at]):
        return _passive(view, at, as_, start, subject)
    source = _person(view, at + 1, as_)
    if source[0] >= source[1] or lower[source[0]] == "by":
        return None
    return _Relay(at, as_ + 1, source, (at, at + 1), subject, subject[0] if subject else start)


def _person(view: View, start: int, end: int) -> Stretch:
    """Cut marks, and the day on which it was quoted, off who is quoted."""
    start, end = without_marks(view, start, end)
    while start < end and view.words[start] in MARKS:
        start += 1
    day = next((t for t in range(start + 1, end) if view.lower[t] in {"on", "in"} and view.lower[t + 1] in TIMES), end)
    while day > start and view.words[day - 1] in MARKS:
        day -= 1
    return start, day


def _with_name(view: View, subject: Stretch | None, end: int) -> Stretch | None:
    """*the transport minister, Ana Luz, was*: what stands between commas names the subject."""
    if subject is None or subject[1] >= end or not view.words[subject[1] + 1][0].isupper():
        return subject
    return without_marks(view, subject[0], end)


def _passive(view: View, at: int, as_: int, start: int, subject: Stretch | None) -> _Relay | None:
    if subject is None:
        return None
    by: Stretch | None = None
    if as_ > at + 2 and view.lower[at + 1] in {"by", "in", "on"}:
        by = without_marks(view, at + 2, as_)
    elif view.lower[as_ + 2 : as_ + 3] in (["by"], ["in"]):
        by = (as_ + 3, noun_phrase_end(view, as_ + 3, view.sentences[sentence_of(view, at)][1]))
    return _Relay(at, as_ + 1, subject, (start, at + 1), by if by and by[0] < by[1] else None, subject[0])


def _put_in(view: View, here: dict[int, list[Candidate]], relay: _Relay) -> None:
    """Put the attribution of a relay in the place of what the model made of it: ``here`` by sentence."""
    n = view.home[relay.at]
    mine = [c for c in here[n] if relay.at <= c.anchor <= relay.said]
    (first, last), end = view.sentences[n], sentence_end(view, n)
    behind = _behind(view, relay, end)
    main = without_marks(view, first, relay.start) if behind is None else (behind, end)
    kept = [t for c in mine for t in c.content.tolist() if t >= last or (behind is None and t < relay.start)]
    outside = [t for t in kept if not main[0] <= t < main[1]]
    content = np.concatenate([np.arange(*main), np.array(outside, dtype=np.int64)])
    if not len(content):
        return
    others = [c for m in sorted({n, *[view.home[t] for t in outside]}) for c in here[m] if c not in mine]
    within = [c for c in others if _is_within(c.content, main, outside)]
    nested = [c for c in within if main[0] <= c.anchor < main[1] or c.anchor in outside]
    gone = {c.anchor for c in (*mine, *nested, *(c for c in within if view.home[c.anchor] == n))}
    for m in {view.home[anchor] for anchor in gone}:
        here[m] = [c for c in here[m] if c.anchor not in gone]
    made = Candidate(
        anchor=relay.at,
        cue=relay.cue,
        source=relay.source,
        content=np.unique(content) if behind is None else content,
        score=_SURE,
        nested=tuple(nested),
        form=RELAYED,
        via=relay.via or next((c.source for c in mine if c.source and _apart(c.source, relay.source)), None),
    )
    here[n].append(made)


def _is_within(content: Ints, main: Stretch, others: Sequence[int]) -> bool:
    """Tell whether all of a content stands in a stretch or among other tokens."""
    if not len(content) or (main[0] <= content.item(0) and content.item(-1) < main[1]):
        return True
    return len(others) > 0 and all(main[0] <= t < main[1] or t in others for t in content.tolist())


def _apart(one: Stretch, other: Stretch) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _behind(view: View, relay: _Relay, end: int) -> int | None:
    """Give where the words behind *as saying* begin; None where they stand before it."""
    start = relay.said + 1
    if view.lower[relay.said] == "telling":
        start = next((t for t in range(start, end) if view.lower[t] in {"that", ":"} | MARKS), end)
    elif relay.via and relay.via[0] == start + 1:  # was quoted as saying by the Post that …
        return relay.via[1] if view.lower[relay.via[1]] == "that" else None
    while start < end and view.lower[start] in {",", ":"}:
        start += 1
    is_tail = end - start <= _SHORT and view.lower[start : start + 1] in (["by"], ["in"], ["on"], ["during"], ["to"])
    return None if start >= end or is_tail or view.lower[start] == "by" else start


def _citing(view: View, candidates: list[Candidate], at: int) -> list[Candidate]:
    """*…, Y reported, citing X*: X is the source."""
    n = sentence_of(view, at)
    first, last = view.sentences[n]
    source = (at + 1, _source_end(view, at + 1, last))
    if not _may_speak(view, source):
        return candidates
    report = next((c for c in candidates if _reports(view, c, first, last) and _cites(view, c, at)), None)
    if report is None:
        return _of_an_outlet(view, candidates, at, source)
    outside = np.array([t for t in report.content.tolist() if not at <= t < source[1]], dtype=np.int64)
    if not len(outside):
        return candidates
    made = replace(
        report, anchor=at, cue=(at, at + 1), source=source, content=outside, form=RELAYED, via=report.source, score=_SURE
    )
    return [*(c for c in candidates if c is not report and c.anchor != at), made]


def _of_an_outlet(view: View, candidates: list[Candidate], at: int, source: Stretch) -> list[Candidate]:
    """*The Post named her as Ana Roe, citing police*: an outlet tells it with a verb that is none of speech."""
    first, _ = view.sentences[sentence_of(view, at)]
    if at - first < _SHORT or view.lower[at - 1] != ",":
        return candidates
    start = next(
        (t + 1 for t in range(at - 2, first, -1) if view.lower[t] in {"but", "and"} and view.lower[t - 1] == ","), first
    )
    told = [c for c in candidates if first <= c.anchor < at and c.score >= TOLD]
    outlet = (start, next((t for t in range(start, at) if view.words[t][0].islower() and t > start), at))
    if len(told) == 1 and told[0].source and told[0].source[0] == start:
        outlet = told.pop().source or outlet
    if told or not is_outlet(view, outlet):
        return candidates
    content = np.arange(outlet[1], at - 1, dtype=np.int64)
    made = Candidate(at, (at, at + 1), source, content, score=_SURE, form=RELAYED, via=outlet)
    return [*(c for c in candidates if not first <= c.anchor <= at or c.score < TOLD), made]


def _source_end(view: View, start: int, last: int) -> int:
    end = start
    while end < last and view.lower[end] not in {",", ".", ";", "that", "who", "—", "–", ")"} | MARKS:
        end += 1
    return end


def _may_speak(view: View, source: Stretch) -> bool:
    """Tell a person or a body from a reason: *citing the police*, *citing bad weather*."""
    words = view.words[slice(*source)]
    return bool(words) and judge(words) is not None and len(words) <= _SHORT * 3


def _reports(view: View, c: Candidate, first: int, last: int) -> bool:
    """Tell whether an attribution is an outlet's report in a sentence."""
    if not (first <= c.anchor < last and c.source and c.cue and view.lower[c.anchor] in _REPORTS):
        return False
    return view.lower[c.anchor].startswith("report") or is_outlet(view, c.source)


def _cites(view: View, c: Candidate, at: int) -> bool:
    """Tell whether *citing* at a token hangs on a report: right behind it, or before its subject."""
    if c.source and at < c.source[0]:
        return view.lower[at - 1] in {",", "“"} or at == view.sentences[view.home[at]][0]
    between = view.lower[c.anchor + 1 : at]
    return len(between) <= _SHORT and "that" not in between


def _inner(view: View, c: Candidate) -> Candidate:
    """*The mayor said the road was closed, the Post reported*: the mayor is the source, where the Post passes on speech."""
    n = view.home[c.anchor]
    if not _reports(view, c, *view.sentences[n]) or not _may_be_outlet(view, c):
        return c
    begin, end = without_marks(view, *_main_stretch(view, c, n))
    if view.lower[begin : begin + 1] == ["that"]:
        begin += 1
    found = _nested_speech(view, c) or _speech_within(view, c, n, begin, end)
    if found is None:
        return c
    nested = tuple([x for x in c.nested if x.anchor != found.anchor])
    return replace(
        c,
        anchor=found.anchor,
        cue=found.cue,
        source=found.source,
        content=found.content,
        nested=nested,
        form=RELAYED,
        via=c.source,
    )


def _may_be_outlet(view: View, c: Candidate) -> bool:
    """Tell whether it is an outlet that reports somebody's speech, or a name that nobody knows: *…, Interlink reported*."""
    words = view.words[slice(*c.source)] if c.source else []
    tail = c.content[0] < c.anchor
    unknown = tail and words[-1][0].isupper() and judge(words) is None
    return "agency" in words or unknown or (c.source is not None and is_outlet(view, c.source))


def _nested_speech(view: View, c: Candidate) -> Candidate | None:
    """Give the speech that the model found within a report, where it is most of what is reported."""
    for inner in c.nested:
        if inner.source and 2 * len(inner.content) > len(c.content) and _speaks(view, inner.source, inner.anchor):
            beyond = c.content[c.content > inner.content[-1]] if inner.content[0] > inner.anchor else c.content[:0]
            return replace(inner, content=np.concatenate([inner.content, beyond]))
    return None


def _speech_within(view: View, c: Candidate, n: int, begin: int, end: int) -> Candidate | None:
    """Look by the rule for the speech that governs what is reported: tokens ``begin`` to before ``end``."""
    tail = next((t for t in range(begin + 1, end) if view.lower[t] == "according" and view.lower[t - 1] == ","), end)
    inner = clause_within(view, n, begin, tail)
    if inner is None or inner.source is None or not _speaks(view, inner.source, inner.match.first):
        return None
    if view.words[inner.match.first][0].isupper():  # the State Department
        return None
    if inner.strength - min(0.0, habit(inner.match.entry.rate)) < _MAIN:  # behind *reported that* a rare cue is one
        return None
    cue = (inner.match.first, inner.match.last)
    content = _said(view, c.content.tolist(), cue, inner.source, end)
    if not content or inner.match.entry.lemma.split()[0] not in _SPEECH:
        return None
    source = inner.source
    if source[1] < cue[0]:
        source = _with_name(view, source, cue[0]) or source
    return Candidate(cue[0], cue, source, np.array(content, dtype=np.int64))


def _speaks(view: View, source: Stretch, cue: int) -> bool:
    """Tell whether a source can be somebody else than the outlet, and its cue one of speech."""
    words = view.lower[slice(*source)]
    return not (_NOBODY.issuperset(words) or is_outlet(view, source) or view.lower[cue] in _NO_SPEECH)


def _said(view: View, tokens: list[int], cue: Stretch, source: Stretch, end: int) -> list[int]:
    """Give what is left of a content once the clause that reports it is taken out: it stands behind the cue or before it."""
    opens = source[0] <= tokens[0] + 1 and source[0] < cue[0]
    behind = opens or cue[0] - tokens[0] < end - cue[1] or (source[0] < cue[0] and end - cue[1] > _SHORT)
    content = [t for t in tokens if t >= cue[1]] if behind else [t for t in tokens if t < min(cue[0], source[0]) or t >= end]
    start = next((i for i, t in enumerate(content) if view.lower[t] not in {",", ":"}), len(content))
    return content[start:]


def _main_stretch(view: View, c: Candidate, n: int) -> Stretch:
    """Give the stretch of the sentence that an attribution says, to its last token there."""
    first, last = view.sentences[n]
    here = [t for t in c.content.tolist() if first <= t < last]
    return (here[0], here[-1] + 1) if here else (first, first)


def _with_via(view: View, c: Candidate, links: Sequence[int]) -> Candidate:
    """*told the Post*, *said in an interview with the Post*: the outlet is where it was said."""
    if not c.cue or not c.source:
        return c
    via = next(_places(view, c, links), None)
    if via is None or not _apart(via, c.source):
        return c
    kept = c.content[(c.content < via[0]) | (c.content >= via[1])]
    if not len(kept):
        return c
    printed = not c.form and via[1] <= c.source[0] and not _PRINTED.isdisjoint(view.lower[via[0] - 3 : via[0]])
    return replace(c, via=c.via or via, content=kept, form=RELAYED if printed else c.form)


def _places(view: View, c: Candidate, links: Sequence[int]) -> Iterator[Stretch]:
    lower, (_, last) = view.lower, view.sentences[sentence_of(view, c.anchor)]
    at = c.anchor
    if lower[at] in _TELLS:
        heard = (at + 1, noun_phrase_end(view, at + 1, last))
        if _prints(view, heard):
            yield heard
        return
    for t in links[bisect_left(links, at - _VIA_WITHIN) : bisect_left(links, min(last - 1, at + _VIA_WITHIN))]:
        named = (t + 2, noun_phrase_end(view, t + 2, last))
        if _prints(view, named) or (lower[t] in _PRINTED and _is_agency(view, named)):
            yield named


def _is_agency(view: View, words: Stretch) -> bool:
    """*carried by* **the agency BalkanPress**, *aired by* **Channel Nine**: a name behind what only outlets do."""
    named = view.words[slice(*words)]
    return len(named) > 0 and named[-1][0].isupper() and named[-1] not in _NO_OUTLET


def _prints(view: View, words: Stretch) -> bool:
    """Tell an outlet from those who listen for one: *told reporters*."""
    return words[0] < words[1] and view.lower[words[1] - 1] not in _NO_OUTLET and is_outlet(view, words)
