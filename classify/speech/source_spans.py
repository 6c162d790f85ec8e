"""Which words name the source: behind an inverted verb, before a clause about anonymity, over a whole list of names."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..attribution.extractor import Candidate
from ..attribution.source_ends import Stretch
from ..kinds.kind_rule import TIMES, clause_within
from ..language.article_tokens import View
from ..language.cues import ADVERBS, PERSONAL, is_auxiliary
from ..language.source_types import judge
from ..language.word_forms import lexicon, may_be_name
from .forms.by_sentence import by_home
from .phrases import DETERMINERS, MARKS, PREPOSITIONS, STOPS, noun_phrase_end, sentence_end, sentence_of

ANONYMOUS = "anonymous"
"""The form of speech by somebody whose clause about anonymity the model took for the speech."""
UNAUTHORISED = "unauthorised"
"""The form of speech by a member of staff who is not allowed to speak: of the type of whom they work for."""
INVERTED = "inverted"
"""The form of speech before a verb that stands before its subject, where the model did not see the order."""
_INVERTED = 0.6  # the score of such a form
SAID = frozenset(
    "said says say warned warns announced reported reports claimed claims added adds insisted insists argued argues "
    "admitted confirmed confirms predicted predicts declared declares explained wrote writes noted notes suggested "
    "suggests admits tells tell predict warn claim argue note estimate add reckon admit insist complain complains "
    "concede concedes conceded announces calculated reckoned reckons joked complained recalled continued concluded "
    "stressed argues adds".split()
)
_ASKED = frozenset("who which that".split())
_ANONYMOUS = frozenset("named identified quoted anonymity anonymous anonymously unnamed".split())
_STAFF = frozenset("employee employees worker workers staffer staffers insider insiders".split())
_ABOUT_NAMES = _ASKED | _STAFF
_UNAUTHORISED = frozenset({"authorised", "authorized"})
_ON_CONDITION = frozenset("spoke speak speaks spoken talked speaking on condition".split())
_QUESTIONED = frozenset({"asked", "pressed", "questioned", "quizzed"})
_ASKING = lexicon.mark(_QUESTIONED)
_LONG_NAME = 4  # tokens
_LONG_SOURCE = 16
_DENIALS = frozenset(
    "denied denies deny denying rejected rejects dismissed dismisses disputed disputes refuted refutes".split()
)
_DENYING = lexicon.mark(_DENIALS)
_CHARGES = frozenset(
    "charge charges claim claims allegation allegations accusation accusations assertion suggestion report reports".split()
)
_NO_REST = frozenset("who which whose whom that a an adding citing speaking".split())  # they begin a description
_SHORT = 5  # tokens: *Not so fast*
_FINITE = frozenset("rose fell came went made took got grew sank lost won left cost costs hit met ran".split())
_PEOPLE = frozenset("person people source sources someone official officials executive executives".split())
_BEFORE_VERB = MARKS | {",", "?", "!"}  # of an inverted clause
_ENDS_CLAUSE = MARKS | {".", ",", "?", "!"}
_OPENS_TAIL = PREPOSITIONS | TIMES | {"who", "and"}
_NO_SUBJECTS = STOPS | PREPOSITIONS | PERSONAL | {"that", "it", "there"}
_NO_NAMES = ADVERBS | TIMES | PREPOSITIONS
_TAIL = 14  # tokens behind an inverted source: *on Tuesday in a statement*


def mend_sources(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Put sources right where word order tells them."""
    found = _without_questions(view, candidates)
    found = [_mended(view, c) if _may_be_mended(view, c) else c for c in found]
    return _charges(view, _anonymous_speakers(view, found))


def _without_questions(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """*Asked whether it would rain, the mayor said …*: who asked is nobody's news, and what is no answer."""
    answers = _answers(view)
    if not answers:
        return candidates
    found = []
    for c in candidates:
        first = view.sentences[view.home[c.anchor]][0]
        answer = answers.get(view.home[c.anchor])
        if answer is None:
            found.append(c)
        elif not (view.lower[c.anchor] in _QUESTIONED and c.anchor - first <= 1):
            found.append(_without_question(c, answer))
    return found


def _without_question(c: Candidate, answer: int) -> Candidate:
    """Cut what somebody was asked off what they say."""
    if c.source is None or c.content[0] >= c.source[0] or answer != c.source[0]:
        return c
    kept = c.content[c.content >= answer]
    return replace(c, content=kept) if len(kept) else c


def _answers(view: View) -> dict[int, int]:
    """Give the token behind the question that opens a sentence: *Asked about the delay, | the mayor said …*."""
    answers = {}
    for at in view.places_of(_ASKING):
        n = view.home[at]
        first, last = view.sentences[n]
        if at == first + (view.lower[first] == "when"):
            comma = next((t for t in range(at + 1, last - 1) if view.words[t] == ","), None)
            if comma is not None:
                answers[n] = comma + 1
    return answers


def _may_be_mended(view: View, c: Candidate) -> bool:
    """Tell at a glance whether a source may be wrong: most are as the model gives them."""
    at, lower = c.anchor, view.lower
    if lower[at] in SAID and (view.words[at - 1] in _BEFORE_VERB or at == view.sentences[view.home[at]][0]):
        return True
    if c.source is None or c.cue is None:
        return False
    first, last = c.source
    end = lower[last - 1]
    return (
        end in _LINKS
        or end.endswith("ly")
        or (last == c.cue[0] and c.cue[1] - last > 1)
        or not _IN_PARTS.isdisjoint(lower[first:last])
    )


def _charges(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """*The bishop accused the council of theft, a charge that it denied*: the denial is of the charge alone."""
    places = set(view.places_of(_DENYING))
    denials = [c for c in candidates if c.anchor in places] if places else []
    if not denials:
        return candidates
    here = by_home(view, candidates)
    for c in denials:
        n = view.home[c.anchor]
        found = here[n]
        first = view.sentences[n][0]
        c, before = _without_charge(view, c), c
        comma = _charge_begins(view, c, first)
        if comma is None:
            continue
        noun = np.arange(comma + 1, c.source[0] if c.source else c.anchor, dtype=np.int64)
        main = _main_clause(view, n, comma, before, found)
        rest = [x for x in found if x is not before and (main is None or x.anchor != main.anchor)]
        here[n] = [*rest, replace(c, content=noun, nested=()), *([main] if main else [])]
    return sorted([c for found in here.values() for c in found], key=lambda c: c.anchor)


def _without_charge(view: View, c: Candidate) -> Candidate:
    """Cut what is denied off the front of a source: *an allegation | the owners rejected*."""
    if c.source and c.source[1] - c.source[0] > 2 and view.lower[c.source[0]] in DETERMINERS:
        if view.lower[c.source[0] + 1] in _CHARGES:
            return replace(c, source=(c.source[0] + 2, c.source[1]))
    return c


def _charge_begins(view: View, c: Candidate, first: int) -> int | None:
    """Give the comma of *, a charge (that)*, *, which* before who denies it."""
    if c.source is None or c.source[1] > c.anchor or c.content[0] > c.anchor:
        return None
    at = c.source[0] - 1
    if at > first and view.lower[at] in {"that", "which"} and view.lower[at - 1] != ",":
        at -= 1
    if view.lower[at] in _CHARGES:
        while at > first and view.lower[at] != ",":
            at -= 1
    elif view.lower[at] == "which":
        at -= 1
    else:
        return None
    return at if at > first and view.lower[at] == "," and c.source[0] - at <= _SHORT else None


def _main_clause(view: View, n: int, comma: int, c: Candidate, found: list[Candidate]) -> Candidate | None:
    """Give the speech that the clause before a comma tells: the model’s, or else the rule’s."""
    first = view.sentences[n][0]
    for inner in (*c.nested, *found):
        if inner is not c and first <= inner.anchor < comma and inner.source and inner.content[-1] < comma:
            return replace(inner, score=max(inner.score, _INVERTED))
    clause = clause_within(view, n, first, comma)
    if clause is None or clause.source is None or clause.match.entry.groups.isdisjoint({"say", "claim", "act"}):
        return None
    cue = (clause.match.first, clause.match.last)
    content = np.arange(cue[1], comma, dtype=np.int64)
    return Candidate(cue[0], cue, clause.source, content, score=_INVERTED, form=INVERTED) if len(content) else None


def _mended(view: View, c: Candidate) -> Candidate:
    if not c.cue or view.inside[c.anchor]:
        return c
    if c.source and view.lower[slice(*c.source)] == ["there"]:  # *there are signs that …*
        return replace(c, source=None)
    inverted = _inverted(view, c)
    if inverted is not None:
        return inverted
    if c.source:
        c = _whole_list(view, _trimmed(view, _with_complement(view, _with_last_name(view, c))))
    return c


def _with_last_name(view: View, c: Candidate) -> Candidate:
    """Give back to the source the last word of its name, where the cue has it: *the Kharkiv | Herald reported*."""
    if c.source is None or c.cue is None or c.source[1] != c.cue[0]:
        return c
    at = c.cue[0]
    while at + 1 < c.cue[1] and view.words[at][0].isupper() and view.words[at - 1][0].isupper():
        at += 1
    return (
        c
        if at == c.cue[0] or view.lower[at] not in SAID
        else replace(c, anchor=max(c.anchor, at), source=(c.source[0], at), cue=(at, c.cue[1]))
    )


def _inverted(view: View, c: Candidate) -> Candidate | None:
    """*…, said insurers on Thursday.*, *Not so fast, warned the Velm Retail Federation.*, *Says Mayor Tess Moll: “…”*.

    None where the verb is not inverted, or the model has read it so.
    """
    n = sentence_of(view, c.anchor)
    first, last = view.sentences[n]
    at, start = c.anchor, c.anchor + 1
    if view.lower[at] not in SAID or start >= last or not (at == first or view.words[at - 1] in _BEFORE_VERB):
        return None
    end = subject_end(view, start, last)
    if end == start or (c.source and c.source[0] == start and c.source[1] >= end):
        return None
    if at == first:
        return _colon_inverted(view, c, start, end, last)
    within = _is_within_clause(view, first, at, end, last)
    if view.words[at - 1] != "," or not (
        within or (ends_there(view, end, last) and is_clause(view, first, at - 1, found=c.source is not None))
    ):
        return None
    stop = last - (view.words[last - 1] == ".") if within else 0
    before, behind = np.split(c.content, np.searchsorted(c.content, [first]))
    content = np.concatenate(
        [before, np.arange(first, at - 1), np.arange(end + 1, stop), behind[np.searchsorted(behind, last) :]], dtype=np.int64
    )
    return replace(c, source=(start, end), cue=(at, at + 1), content=content, score=max(c.score, _INVERTED), form=INVERTED)


def _is_within_clause(view: View, first: int, at: int, end: int, last: int) -> bool:
    """*Among those to go, said the group, would be 14 women*: a phrase before the verb, the rest of the clause behind."""
    if "," in view.lower[first : at - 1] or end + 1 >= last:
        return False
    goes_on = is_auxiliary(view.lower[end + 1]) or view.lower[end + 1] in {"will", "would"}
    if not (view.lower[first] in PREPOSITIONS | {"of"} or goes_on):  # *The bridge, say engineers, will not last*
        return False
    if view.words[end] != "," or view.n_quoted[last] > view.n_quoted[first]:
        return False
    return view.lower[end + 1] not in _NO_REST


def is_clause(view: View, first: int, end: int, *, found: bool) -> bool:
    """Tell what is said, before an inverted verb, from a name with its description: *Gary West, a delegate, said the …*."""
    if view.n_quoted[end] > view.n_quoted[first]:
        return False
    commas = False
    for t in range(first + 1, end):
        word = view.lower[t]
        commas = commas or view.lower[t - 1] == ","
        if word in {"who", "which", "whose"}:
            return False
        if word in _FINITE or (is_auxiliary(word) and word not in {"'s", "not", "never"}):
            return True
        if word.endswith("ed") and view.words[t].islower() and not commas and view.lower[t - 1] not in DETERMINERS:
            return True
    return not found and end - first <= _SHORT and not any(word[0].isupper() for word in view.words[first + 1 : end])


def _colon_inverted(view: View, c: Candidate, start: int, end: int, last: int) -> Candidate | None:
    """*Says Mayor Tess Moll: “…”*."""
    colon = next((t for t in range(start, min(last, start + _LONG_SOURCE)) if view.words[t] in {":", ","}), None)
    if colon is None or colon < end or view.words[colon] != ":":
        return None
    content = [t for t in range(colon + 1, last)] + [t for t in c.content.tolist() if t >= last]
    return replace(c, source=(start, colon), content=np.array(content, dtype=np.int64)) if content else None


def subject_end(view: View, start: int, last: int) -> int:
    """Give the end of the noun phrase behind an inverted verb; its start where none stands there."""
    word, printed = view.lower[start], view.words[start]
    if word in _NO_SUBJECTS or not word[0].isalnum():
        return start
    end = noun_phrase_end(view, start, last)
    if end == start or is_auxiliary(view.lower[end - 1]) or (end < last and is_auxiliary(view.lower[end])):
        return start
    if not _PEOPLE.isdisjoint(view.lower[start:end]):
        end = _described_end(view, end, last)
    if printed[0].isupper() or word in DETERMINERS or judge(view.words[start:end]) is not None:
        return end
    return end if end - start <= 2 and word.endswith("s") else start


def _described_end(view: View, end: int, last: int) -> int:
    """Take in what tells which people: *a person | briefed on the plan*."""
    stop = next((t for t in range(end, min(last, end + _LONG_SOURCE)) if view.words[t] in STOPS), end)
    return stop if TIMES.isdisjoint(view.lower[end:stop]) else end


def ends_there(view: View, end: int, last: int) -> bool:
    """Tell whether nothing but a time, a place or a description stands behind an inverted source."""
    if end >= last or view.words[end] in _ENDS_CLAUSE:
        return True
    return last - end <= _TAIL and view.lower[end] in _OPENS_TAIL


def _trimmed(view: View, c: Candidate) -> Candidate:
    """Cut an adverb of the verb off the end of a source: *The mayor | erroneously said*."""
    if c.source is None or c.cue is None or c.source[1] > c.cue[0]:
        return c
    first, end = c.source
    while (
        end - 1 > first
        and view.words[end - 1].islower()
        and view.lower[end - 1].endswith("ly")
        and view.lower[end - 1] not in _NO_ADVERBS
    ):
        end -= 1
    end = _before_verb(view, first, end)
    return replace(c, source=(first, end)) if end < c.source[1] else c


def _before_verb(view: View, first: int, end: int) -> int:
    """Give the end of a source before a finite verb that it holds: *The border police of Velm* | *released video*."""
    for at in range(first + 2, end):
        lower = view.lower[at]
        if lower in _ASKED or lower == ",":
            break
        if lower in _PUBLISHED and at + 1 < end and view.lower[at + 1] not in _BEHIND_PARTICIPLE:
            if view.lower[at - 1] in ADVERBS:  # *Border media also published a photo*
                return at - 1
            return at if view.words[at - 1][0].isupper() or view.lower[at - 1] in _ACTING else end
    return end


def _with_complement(view: View, c: Candidate) -> Candidate:
    """Give back to a source what its last preposition needs: *an assessment by observers of* | *the Seas Commission*."""
    if c.source is None or view.lower[c.source[1] - 1] not in _LINKS:
        return c
    first, end = c.source
    stop = next((t for t in range(end, min(end + _LONG_NAME * 2, len(view.words))) if view.words[t] in _CLOSES), None)
    if stop is None or view.inside[end] or not (c.cue and c.cue[1] <= first):
        return c
    kept = c.content[(c.content < end) | (c.content >= stop)]
    return replace(c, source=(first, stop), content=kept) if len(kept) else c


_PUBLISHED = frozenset("released published posted issued shared aired".split())
_BEHIND_PARTICIPLE = PREPOSITIONS | TIMES | {"by", "on", "in", "to", "this", "last", "earlier", "today"}
_ACTING = frozenset("police ministry service agency group army office media union company party board council".split())
_IN_PARTS = _PUBLISHED | {"and", "there"}  # a source with such a word may be too long, or too short
_LINKS = frozenset({"of", "for", "by", "at", "from"})
_CLOSES = frozenset({",", ";", ":", "(", "—", "–", "."})
_NO_ADVERBS = frozenset(
    "family assembly ally anomaly monopoly italy july daily weekly monthly sicily emily sally kelly rally reply "
    "supply likely unlikely early only bully jelly belly ugly elderly friendly homily doily tally".split()
)


def _whole_list(view: View, c: Candidate) -> Candidate:
    """*Brenn, Lowe and Pryce said*: all of the names, where they open the sentence."""
    if c.source is None or c.cue is None:
        return c
    start, end = c.source
    first = view.sentences[sentence_of(view, start)][0]
    if end > c.cue[0] or not _joins_names(view, start, end):
        return c
    begin = start
    while (
        begin - 2 >= first and view.words[begin - 1] == "," and (named := _name_before(view, begin - 1, first)) < begin - 1
    ):
        begin = named
    if begin == start or (begin > first and view.words[begin - 1] not in STOPS):
        return c
    content = c.content[(c.content < begin) | (c.content >= end)]
    return replace(c, source=(begin, end), content=content) if len(content) else c


def _name_before(view: View, end: int, first: int) -> int:
    """Give where the name that ends before a token begins; the end where none does."""
    start = end
    while start > first and end - start < _LONG_NAME and may_be_name(view.words[start - 1]) and _is_name(view, start - 1):
        start -= 1
    return start


def _joins_names(view: View, start: int, end: int) -> bool:
    """*Lowe and Pryce*."""
    words = view.words[start:end]
    if "and" not in words:
        return False
    at = words.index("and")
    names = [words[:at], words[at + 1 :]]
    return all(0 < len(name) <= _LONG_NAME and all(word[0].isupper() for word in name) for name in names)


def _is_name(view: View, at: int) -> bool:
    word = view.lower[at]
    return word not in _NO_NAMES and not word.endswith("ly")


def _anonymous_speakers(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """*A police officer who did not want to be identified said …*: who does not want to be named speaks."""
    anchors = {c.anchor for c in candidates}
    lower, out = view.lower, []
    for c in candidates:
        source = c.source
        if source is None or (_ABOUT_NAMES.isdisjoint(lower[slice(*source)]) and lower[source[1] : source[1] + 1] != [","]):
            out.append(c)
            continue
        if _asks_not_to_be_named(view, c):
            continue
        mended = _anonymity(view, c) or c
        if mended.anchor == c.anchor or mended.anchor not in anchors:
            out.append(mended)
    return sorted(out, key=lambda c: c.anchor)


def _anonymity(view: View, c: Candidate) -> Candidate | None:
    """Read an attribution of which the source is the *who* of a clause about anonymity, or whose content holds one."""
    if c.source is None or not c.cue:
        return None
    n = sentence_of(view, c.anchor)
    first, last = view.sentences[n]
    if c.source[1] - c.source[0] == 1 and view.lower[c.source[0]] in _ASKED:
        return _by_antecedent(view, c, first, last)
    words = view.lower[slice(*c.source)]
    if not c.form and not _STAFF.isdisjoint(words) and _is_unauthorised(view, c, words):
        return replace(c, form=UNAUTHORISED)
    if view.lower[c.anchor] in SAID and not _ASKED.isdisjoint(words) and not _ANONYMOUS.isdisjoint(words) and not c.form:
        return replace(c, form=ANONYMOUS)
    tail = _anonymity_tail(view, c, last)
    if tail is None:
        return None
    content = np.array([t for t in c.content.tolist() if not tail[0] <= t < tail[1]], dtype=np.int64)
    return replace(c, content=content) if 0 < len(content) < len(c.content) else None


def _asks_not_to_be_named(view: View, c: Candidate) -> bool:
    """*…, who spoke on condition of anonymity because the talks are private*: no speech of its own."""
    if c.source is None or view.lower[c.source[1] - 1] not in _ASKED or view.lower[c.anchor] not in _ON_CONDITION:
        return False
    return not _ANONYMOUS.isdisjoint(view.lower[c.anchor : c.anchor + _SHORT])


def _is_unauthorised(view: View, c: Candidate, words: Sequence[str]) -> bool:
    """*An employee not authorised to speak said*: who would speak for the firm, if that were allowed."""
    behind = view.lower[c.source[1] : c.source[1] + _SHORT] if c.source else []
    return not _UNAUTHORISED.isdisjoint([*words, *behind])


def _by_antecedent(view: View, c: Candidate, first: int, last: int) -> Candidate | None:
    if c.source is None:
        return None
    who = c.source[0]
    named = next((t for t in range(who, min(last, who + _LONG_SOURCE)) if view.lower[t] in _ANONYMOUS), None)
    if named is None:
        return None
    said = next((t for t in range(named + 1, min(last, named + _LONG_SOURCE)) if view.lower[t] in SAID), None)
    start = who
    while start > first and view.words[start - 1] not in STOPS:
        start -= 1
    if said is None or start == who:
        return None
    end = sentence_end(view, sentence_of(view, who))
    content = np.arange(said + 1, end, dtype=np.int64)
    if not len(content):
        return None
    return replace(
        c, anchor=said, cue=(said, said + 1), source=(start, said), content=content, score=max(c.score, 0.8), form=ANONYMOUS
    )


def _anonymity_tail(view: View, c: Candidate, last: int) -> Stretch | None:
    """*…, according to a person, who asked not to be named*: the clause behind the source is no content."""
    if c.source is None:
        return None
    at = c.source[1]
    if (
        at + 1 >= last
        or view.words[at] != ","
        or view.lower[at + 1] not in {"who", "speaking", "asking", "requesting", "on"}
    ):
        return None
    stop = next(
        (t for t in range(at + 1, last) if view.words[t] in MARKS | {"."} or (view.words[t] == "," and t > at + 1)), last
    )
    return (at, stop) if not _ANONYMOUS.isdisjoint(view.lower[at:stop]) else None
