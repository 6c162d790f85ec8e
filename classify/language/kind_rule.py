"""The rule: kind and source type from word lists, quotation marks and word order, without any training.

It is the baseline that an evaluation prints, and its answers are features of the trained models.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ...data.records import Span
from .article_tokens import View
from .coreference import Memory, Resolved
from .cues import ADVERBS, AUXILIARIES, BE, PERSONAL, Match
from .entities import Introductions
from .mentions import introductions

_OPENERS = frozenset("that which who whom whose where".split())
_SUBORDINATORS = frozenset(
    "after when while because although though if since until before unless whereas once as how what why whether than".split()
)
_STOPS = (
    frozenset(", ; : — – ― -- ( ) [ ] “ ” \" . ? ! … ‘ ` `` ''".split()) | _OPENERS | _SUBORDINATORS | {"but", "so", "yet"}
)
_MARKS = frozenset("“ ” \" ‘ ’ ' `` ''".split())
_ENDS = frozenset(", . ; : — – ) ? !".split()) | _MARKS
_SPLIT = _MARKS | {",", "?", "!"}  # before an inverted attribution
_BEFORE_PARTICIPLE = _MARKS | {",", ""}
_AFTER_PREPOSITION = _MARKS | frozenset(", . ; — – ) : who which that".split())
_SPOKEN = frozenset({"say", "claim", "act", "belief"})
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year morning "
    "evening night afternoon earlier later january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_LEADING = frozenset("on in at during after before by for with from since last late early this".split())
_ADVERBIAL = _LEADING | _SUBORDINATORS | ADVERBS | {"while", "despite", "under", "according", "asked", "speaking"}
_SPEAKING = frozenset({"say", "claim", "act", "finding", "publish"})
_ATTRIBUTING = _SPEAKING | {"belief"}
_LONG_NOUN_PHRASE = 14
LEAST = 0.5  # an attribution weaker than this does not govern its sentence


class Guess(NamedTuple):
    """What the rule makes of a sentence.

    Parameters
    ----------
    kind, source_type : str
    source, cue : (int, int) or None
        First token and the one after the last, of the main attribution.
    speaker : str or None
        Whom the source stands for, where that is somebody named elsewhere.
    lemma, group : str
        The cue's entry in the word list; empty without one.
    tone : str
    quoted : float
        Share of the words, the attribution clause left out, that stand inside quotation marks.
    place : str
        Where the attribution stands: ``before``, ``after`` or ``inside`` what is said; empty without one.
    """

    kind: str
    source_type: str
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    speaker: str | None
    lemma: str
    group: str
    tone: str
    quoted: float
    place: str


class _Clause(NamedTuple):
    """A cue with its source and where it stands; higher ``strength`` is likelier the sentence's own attribution."""

    match: Match
    source: tuple[int, int] | None
    place: str
    strength: float


def apply_rule(view: View, named: Introductions | None = None) -> list[Guess]:
    """Label every sentence of an article.

    Parameters
    ----------
    view : View
        The article's tokens.
    named : Introductions, optional
        Whom it names, where that is known already.

    Returns
    -------
    list of Guess, length n_sentences
    """
    memory = Memory(named or introductions(view))
    return _name_quotes(view, [_label(view, n, memory) for n in range(len(view.sentences))])


def _label(view: View, n: int, memory: Memory) -> Guess:
    first, last = view.sentences[n]
    clauses = find_clauses(view, n)
    best = max(clauses, key=lambda c: c.strength, default=None)
    if best is not None and best.strength < LEAST:
        best = None
    headline = _colon_headline(view, n)
    quoted = _quoted_share(view, first, last, best)
    source = best.source if best else headline
    resolved: Resolved | None = None
    if source:
        words = view.words[source[0] : source[1]]
        resolved = memory.resolve(words, source[0])
        memory.note(words, resolved)
    source_type = resolved.source_type if resolved else None
    if quoted >= 0.5:
        kind = "quote"
        source_type = source_type or ("individual" if source else None)
    elif best or headline:
        source_type = source_type or _unknown(view, source, best)
        kind = _kind_of(source_type)
    else:
        kind, source_type = "narrative", "none"
    entry = best.match.entry if best else None
    return Guess(
        kind,
        source_type or "",
        source,
        (best.match.first, best.match.last) if best else None,
        resolved.speaker if resolved else None,
        entry.lemma if entry else "",
        min(entry.groups) if entry else "",
        entry.tone if entry else "neutral",
        quoted,
        best.place if best else "",
    )


def _kind_of(source_type: str) -> str:
    if source_type in {"state", "political", "organisation"}:
        return "official_claim"
    return "independent_assessment" if source_type in {"expert", "monitor"} else "narrative"


def _unknown(view: View, source: tuple[int, int] | None, best: _Clause | None) -> str:
    """The type of a source of which the word lists know nothing."""
    if source is None:
        return "unnamed" if best and best.match.role == "prep" else "none"
    word = view.words[source[1] - 1]
    return "political" if word[:1].isupper() else "unnamed"


def _name_quotes(view: View, guesses: list[Guess]) -> list[Guess]:
    """Give quotes that name nobody the speaker of the quotation they belong to, or the last one."""
    out = list(guesses)
    for n, guess in enumerate(guesses):
        if guess.kind != "quote" or guess.source_type:
            continue
        out[n] = guess._replace(source_type=_speaker_type(view, out, n))
    return out


def _speaker_type(view: View, guesses: Sequence[Guess], n: int) -> str:
    numbers = set(view.inside[slice(*view.sentences[n])]) - {0}
    for step in (1, 2, 3):  # the same quotation may name its speaker later
        if n + step < len(guesses) and not numbers.isdisjoint(view.inside[slice(*view.sentences[n + step])]):
            other = guesses[n + step]
            if other.source and other.source_type not in {"", "none"}:
                return other.source_type
    for other in reversed(guesses[:n]):
        if other.source_type not in {"", "none"}:
            return other.source_type
    for other in guesses[n + 1 : n + 4]:
        if other.source_type not in {"", "none"}:
            return other.source_type
    return "individual"


def _quoted_share(view: View, first: int, last: int, best: _Clause | None) -> float:
    """Share of the words inside quotation marks, the attribution clause left out."""
    begin = end = first
    if best and best.source:
        begin, end = min(best.match.first, best.source[0]), max(best.match.last, best.source[1])
        if best.place != "before":  # said X, a dealer from Lviv: what follows up to the next quotation hangs on the name
            while end < last and not view.inside[end]:
                end += 1
    elif best:
        begin, end = best.match.first, best.match.last
    n_words, n_quoted = [sums[last] - sums[first] - (sums[end] - sums[begin]) for sums in (view.n_words, view.n_quoted)]
    return n_quoted / n_words if n_words else 0.0


def _colon_headline(view: View, n: int) -> tuple[int, int] | None:
    first, last = view.sentences[n]
    if n:
        return None
    for i in range(first + 1, min(first + 6, last - 2)):
        if view.words[i] == ":":
            return (first, i) if view.words[first][0].isupper() else None
    return None


def find_clauses(view: View, n: int) -> list[_Clause]:
    """Find the cues of a sentence, outside quotation marks, with their sources."""
    first, last = view.sentences[n]
    outside = [m for m in view.cues[n] if not view.inside[m.first]]
    verbs = [m.first for m in outside if m.role == "verb"]
    found = [c for m in outside if not m.entry.quiet and (c := _clause(view, m, first, last, verbs))]
    return [_Clause(c.match, c.source, c.place, c.strength + _habit(c.match.entry.rate)) for c in found]


def _habit(rate: float) -> float:
    """Raise the cues that mostly are cues where they occur, lower those that seldom are."""
    return max(-0.6, min(0.15, 0.5 * (rate - 0.5))) - 0.2 * (rate < 0.15)


def _clause(view: View, match: Match, first: int, last: int, verbs: Sequence[int]) -> _Clause | None:
    if match.role == "prep":
        return _prep(view, match, first, last)
    if match.role == "noun":
        return _noun(view, match, first, last)
    return _verb(view, match, first, last, verbs)


def _prep(view: View, match: Match, first: int, last: int) -> _Clause | None:
    end = match.last
    while end < last and view.lower[end] not in _AFTER_PREPOSITION:
        end += 1
    lemma = match.entry.lemma
    if not (lemma.endswith((" to", " of", " by", " in")) or lemma in {"per", "citing"}):
        return _Clause(match, None, "inside", 0.3)  # reportedly, allegedly
    if end == match.last:
        return None
    strength = 0.9 if lemma == "according to" else 0.6
    return _Clause(
        match,
        (match.last, _trim(view, match.last, end)),
        "before" if match.first - first < 2 else "after",
        strength,
    )


def _noun(view: View, match: Match, first: int, last: int) -> _Clause | None:
    """*the ministry’s claim that*: a noun attributes where its content follows."""
    after = view.lower[match.last] if match.last < last else ""
    if after != "that" or match.first == first:
        return None
    start = match.first - 1
    if view.lower[start] == "'s":
        source = _noun_phrase(view, start, first)
        return _Clause(match, source, "before", 0.45 if start - first > 6 else 0.55)
    return _Clause(match, None, "before", 0.4)


def _verb(view: View, match: Match, first: int, last: int, verbs: Sequence[int]) -> _Clause | None:
    groups = match.entry.groups & _ATTRIBUTING
    if not groups:
        return None
    subject_end = match.first
    while subject_end > first and _is_between(view.lower[subject_end - 1]):
        subject_end -= 1
    auxiliaries = view.lower[subject_end : match.first]
    before = view.lower[subject_end - 1] if subject_end > first else ""
    passive = not BE.isdisjoint(auxiliaries) and view.lower[match.first].endswith(("ed", "wn", "id", "ld", "en"))
    inverted = _inverted(view, match, first, last)
    if inverted:
        return _Clause(match, inverted, "after", 1.0)
    if view.lower[match.first].endswith("ing") and before in _BEFORE_PARTICIPLE:
        return _Clause(match, None, "before", 0.35)
    if before in {"to", "by", "of", "for", "in", "without", "from"}:
        return None
    if before in {"who", "which", "that"} or (before in {"and", "or", "but"} and view.lower[match.first] != before):
        return _shared_subject(view, match, first, subject_end, verbs)
    source, apposed = _subject(view, subject_end, first)
    if source is None:
        return None
    strength = _strength(view, match, source, first, last, verbs, apposed)
    if passive:
        strength -= 0.4
    if groups == {"belief"}:
        strength -= 0.1
    if "deed" in match.entry.groups or "publish" in groups:
        strength -= 0.1
    place = "before" if source[0] - first < (last - first) / 2 else "after"
    return _Clause(match, source, place, strength)


def _is_between(word: str) -> bool:
    """Tell what may stand between subject and verb: *has also repeatedly*."""
    return word in ADVERBS or word in AUXILIARIES or word.endswith("ly")


def _shared_subject(view: View, match: Match, first: int, end: int, verbs: Sequence[int]) -> _Clause | None:
    """*He met the delegation and said*: a second verb of the sentence’s subject."""
    if view.lower[end - 1] not in {"and", "but"}:
        return None
    earlier = [v for v in verbs if v < end - 1]
    if not earlier:
        return None
    source, _ = _subject(view, earlier[0], first)
    return _Clause(match, source, "before", 0.4) if source else None


def _inverted(view: View, match: Match, first: int, last: int) -> tuple[int, int] | None:
    """*“…,” said Rui Matos, who …*."""
    if match.first == first or match.last >= last or view.lower[match.first - 1] not in _SPLIT:
        return None
    if match.entry.groups.isdisjoint(_SPOKEN) or view.lower[match.first].endswith("ing"):
        return None
    word = view.words[match.last]
    if not (word[0].isupper() or view.lower[match.last] in {"the", "a", "an", "one"}):
        return None
    end = match.last
    while end < last and view.lower[end] not in _STOPS and not _leaves(view, end, match.last):
        end += 1
    return (match.last, end) if end > match.last else None


def _leaves(view: View, at: int, start: int) -> bool:
    """After an inverted source: *on Tuesday*, *in a statement*, *at a briefing*."""
    word = view.lower[at]
    following = view.lower[at + 1] if at + 1 < len(view.lower) else ""
    return at > start and (
        (word in {"on", "in", "at", "during"} and (following in _TIME or following in {"a", "an"})) or word in _TIME
    )


def _subject(view: View, end: int, first: int) -> tuple[tuple[int, int] | None, bool]:
    """Find the noun phrase that ends before token ``end``; True where a description in commas was stepped over."""
    if end <= first:
        return None, False
    if view.lower[end - 1] in {",", "—", "–"}:
        back = end - 2
        while back > first and view.lower[back] not in {",", "—", "–"} and end - back < _LONG_NOUN_PHRASE + 6:
            back -= 1
        if back > first and view.lower[back] in {",", "—", "–"}:
            return _noun_phrase(view, back, first), True
        return None, False
    return _noun_phrase(view, end, first), False


def _noun_phrase(view: View, end: int, first: int) -> tuple[int, int] | None:
    start = end
    while start > first and end - start < _LONG_NOUN_PHRASE and not view.inside[start - 1]:
        word = view.lower[start - 1]
        if word in _STOPS or (word in {"and", "or"} and not _joins(view, start - 1)):
            break
        if word in AUXILIARIES and word != "'s":
            break
        start -= 1
        if view.lower[start] in PERSONAL:
            break
    start = _skip_adverbial(view, start, end)
    return (start, end) if start < end else None


def _joins(view: View, at: int) -> bool:
    return at + 1 < len(view.words) and at > 0 and view.words[at - 1][0].isupper() and view.words[at + 1][0].isupper()


def _skip_adverbial(view: View, start: int, end: int) -> int:
    """*On Friday President Zelensky*: what stands before the subject without a comma."""
    if start < end and (view.lower[start] in _LEADING or view.lower[start] in ADVERBS or view.lower[start] in _TIME):
        for i in range(end - 1, start, -1):
            if view.lower[i - 1] in _TIME or (view.lower[i - 1].isdigit() and view.lower[i] not in {"percent", "per"}):
                return i
        while start < end and (view.lower[start] in ADVERBS or view.lower[start] in {"and", "but"}):
            start += 1
    while start < end and view.lower[start] in {"and", "but", "or", "yet"}:
        start += 1
    return start


def _trim(view: View, start: int, end: int) -> int:
    while end > start + 1 and (view.lower[end - 1] in _TIME or view.lower[end - 1] in {"on", "in", "released", "published"}):
        end -= 1
    return end


def _strength(
    view: View,
    match: Match,
    source: tuple[int, int],
    first: int,
    last: int,
    verbs: Sequence[int],
    apposed: bool,
) -> float:
    """How likely the attribution governs the sentence, by what stands left and right of it."""
    n_left = view.n_words[source[0]] - view.n_words[first]  # those quoted have been dealt with where it is asked
    right = last - match.last
    opener = view.lower[source[0] - 1] if source[0] > first else ""
    if opener in _OPENERS or opener in _SUBORDINATORS:
        return 0.75 if opener == "as" and source[0] - first > 3 else 0.2
    if opener in {"and", "but", "so", "yet"} or view.lower[source[0]] in {"and", "but"}:
        return 0.45 if any(v < source[0] for v in verbs) else 0.7
    if any(view.inside[first : source[0]]):
        return 0.95
    if not n_left:
        return 1.0
    if n_left < 16 and next(view.lower[i] for i in range(first, last) if view.words[i][0].isalnum()) in _ADVERBIAL:
        return 0.85
    if opener == "," and right <= 9:
        return 0.9  # … , the ministry said on Tuesday.
    return 0.55 if opener == "," else 0.5


def source_span(view: View, guess: Guess) -> Span | None:
    """Give the source's place in the text."""
    return view.span(*guess.source) if guess.source else None
