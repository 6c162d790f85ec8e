"""Attributions whose verb stands before its subject: *Says Mayor Moll: “No.”*; *Not so fast, warned the Federation.*."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.cues import is_auxiliary
from ...language.source_types import judge
from ...language.word_forms import lexicon
from ..source_spans import INVERTED as TAIL
from .by_sentence import anchored
from .stretches import CLOSING, COLON, OPENING

INVERTED = "verb first"
"""The form of an attribution whose verb opens the sentence."""

_SCORE = 0.9
_LONGEST_SOURCE = 24  # tokens, a description among them
_LIKELY = 0.7
_LONGEST_NAME = 12  # tokens
_LONGEST_DESCRIPTION = 8  # tokens of a source that ends in no name
_OUTBURSTS = frozenset(
    "nonsense rubbish never no yes enough impossible absurd shameful disgraceful ridiculous madness lies rot wrong "
    "outrageous hardly unthinkable".split()
)
_LEAST_SAID = 3  # tokens, the comma among them
_PRESENT = frozenset("fear hope believe reckon predict say warn argue insist claim note add".split())
_INVERTING = frozenset(
    "said says warned warns argued argues added adds insisted insists wrote writes explained explains noted notes replied "
    "conceded complained admitted joked quipped concluded countered recalled observed declared cautioned cautions believes "
    "reckons thinks stressed scoffed sneered fumed shrugged chuckled grinned quips jokes laughed sighed thundered mused "
    "predicts predicted feared vows vowed pledges pledged promises promised complains claims claimed boasts boasted "
    "reports reported suspects hopes fears reckoned maintains maintained alleges alleged confirms confirmed explains "
    "stresses notes observes concedes admits concludes snapped growled barked retorted".split()
)
_VERB_FIRST = lexicon.mark(_PRESENT | _INVERTING)
_ENDS_NAME = frozenset("when while as after before on in at during who whose which because if with".split())
_SHORT_NAME = 3  # tokens of a source without capitals and article: *fear growers*
_CLOSING = frozenset(", . ; : ( — – ? !".split())
_PRONOUNS = lexicon.mark({"he", "she", "they", "i", "we"})
_TIMES = frozenset("week year day month time morning night same".split())
_VERBS = frozenset({"say", "claim", "act", "belief"})


def inverted_clauses(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Make attributions of clauses whose verb stands first, and name who speaks in *“…,” said she*."""
    candidates = _with_pronouns(view, candidates)
    with_colon = sorted({view.home[at] for at in view.places_of(COLON)})
    made = [found for n in with_colon if view.cues[n] and (found := _found(view, n))]
    made += _tails(view, candidates)
    if not made:
        return candidates
    taken = {t for one in made for t in (one.anchor, *one.content.tolist())}
    behind = {view.home[one.anchor] for one in made if one.form == TAIL}
    kept = [
        c
        for c in candidates
        if taken.isdisjoint(c.content.tolist())
        and c.anchor not in taken
        and (c.source or view.home[c.anchor] not in behind)  # *when told that …*
    ]
    return sorted([*kept, *made], key=lambda c: c.anchor)


def _is_held(view: View, at: int, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a word is of the cue of somebody who speaks."""
    return any(
        c.source
        and c.cue
        and c.score >= TOLD
        and (at == c.anchor or c.cue[0] <= at < c.cue[1])
        and _can_speak(view, c.source)
        for c in anchored(candidates, *view.sentences[view.home[at]])
    )


def _can_speak(view: View, source: Stretch) -> bool:
    """Tell somebody from a word of the clause: not *so* in *Not so fast, warned the Federation*."""
    words = view.words[slice(*source)]
    return bool(view.facts[source[0]] & _PRONOUNS) or _names(words) or judge(words) is not None


def _with_pronouns(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """*“Money?” said she, with a little laugh.*: the pronoun behind the verb is who speaks."""
    pronouns = view.places_of(_PRONOUNS)
    if not pronouns:
        return candidates
    before_pronoun = {at - 1 for at in pronouns if not view.inside[at]}
    return [_with_pronoun(view, c) if c.cue and c.anchor in before_pronoun else c for c in candidates]


def _with_pronoun(view: View, c: Candidate) -> Candidate:
    at = c.anchor + 1
    before = view.words[c.cue[0] - 1] if c.cue and c.cue[0] else ""
    if c.cue is None or c.source == (at, at + 1) or before not in CLOSING:
        return c
    return replace(c, cue=(c.cue[0], at), source=(at, at + 1), content=c.content[c.content != at])


def _found(view: View, n: int) -> Candidate | None:
    first, last = view.sentences[n]
    match = view.cues[n][0]
    if match.first != first or view.inside[first] or not _VERBS & match.entry.groups or not _may_open(view.lower[first]):
        return None
    colon = next(
        (t for t in range(match.last + 1, min(match.last + _LONGEST_SOURCE, last - 1)) if view.words[t] == ":"), None
    )
    if colon is None or view.words[colon + 1] not in OPENING or not view.inside[colon + 1]:
        return None
    if not _names(view.words[match.last : colon]):
        return None
    content = np.flatnonzero(view.quote[colon + 1 : last]) + colon + 1
    return Candidate(first, (first, match.last), (match.last, colon), content, 1.0, _SCORE, form=INVERTED)


def _tails(view: View, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """*Not so fast, warned the Velm Retail Federation.*: clauses behind a comma that no attribution holds yet."""
    passed = -1
    for at in view.places_of(_VERB_FIRST):
        n = view.home[at]
        if view.words[at - 1] != "," or n == passed or view.inside[at] or not (found := _tail(view, n, at)):
            continue
        if not _is_held(view, at, candidates):
            passed = n
            yield found


def _tail(view: View, n: int, at: int) -> Candidate | None:
    first, last = view.sentences[n]
    if at < first + _LEAST_SAID and not (at == first + 2 and view.lower[first] in _OUTBURSTS):
        return None
    start = at + 1
    stop = next((t for t in range(start, last) if view.words[t] in _CLOSING or view.inside[t]), last)
    end = next((t for t in range(start + 1, stop) if view.lower[t] in _ENDS_NAME), stop)
    if not start < end <= start + _LONGEST_NAME or (stop < last - 1 and view.words[stop] != ","):
        return None
    if not _is_source(view, at, (start, end), last) or (end < stop and not _is_short_name(view, first, at, (start, end))):
        return None
    goes_on = last - 1 if end == stop else 0
    content = np.concatenate([np.arange(first, at - 1), np.arange(end + 1, goes_on)])
    return Candidate(at, (at, start), (start, end), content, 1.0, _LIKELY, form=TAIL)


def _is_source(view: View, at: int, name: Stretch, last: int) -> bool:
    """Tell whether the words behind an inverted verb name who speaks: *the Federation*, *foreman Ola Roe*, *growers*."""
    words = view.words[slice(*name)]
    if not _TIMES.isdisjoint(view.lower[slice(*name)]):
        return False
    if name[1] == last - 1 and len(words) <= _SHORT_NAME and words[-1].endswith("s") and view.lower[at] in _PRESENT:
        return True
    if words[-1][0].isupper():
        return _names(words) or sum(word[0].isupper() for word in words) > 1 or judge(words) is not None
    return _names(words) and len(words) <= _LONGEST_DESCRIPTION and judge(words) is not None


def _is_short_name(view: View, first: int, at: int, name: Stretch) -> bool:
    """Tell a name that a clause follows from a clause: *scoffed Ana Roe when …*, not *said Ida Bo had left when …*."""
    verbs = any(is_auxiliary(word) or word == "that" or word.endswith("ed") for word in view.lower[slice(*name)])
    return not verbs and "," not in view.words[first : at - 1]


def _may_open(word: str) -> bool:
    return word.endswith(("ed", "s")) or word in {"said", "wrote", "told"}


def _names(words: Sequence[str]) -> bool:
    return words[0][0].isupper() or words[0] in {"the", "a", "an", "one", "another", "his", "her", "their"}
