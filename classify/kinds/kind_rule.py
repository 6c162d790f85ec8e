"""The rule: kind and source type from word lists, quotation marks and word order, without any training.

It is the baseline that an evaluation prints, and its answers are features of the trained models.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ...data.scheme import SOURCE_TYPES_OF
from ..entities.coreference import Memory
from ..entities.entities import Introductions
from ..entities.mentions import introductions
from ..language.article_tokens import View
from ..language.cues import ADVERBS, AUXILIARIES, BE, PERSONAL, Match, find_cues

_OPENERS = frozenset("that which who whom whose where".split())
_SUBORDINATORS = frozenset(
    "after when while because although though if since until before unless whereas once as how what why whether than".split()
)
_BEFORE_CLAUSE = _OPENERS | _SUBORDINATORS
_STOPS = frozenset(", ; : — – ― -- ( ) [ ] “ ” \" . ? ! … ‘ ` `` ''".split()) | _BEFORE_CLAUSE | {"but", "so", "yet"}
_MARKS = frozenset("“ ” \" ‘ ’ ' `` ''".split())
_SPLIT = _MARKS | {",", "?", "!"}  # before an inverted attribution
_BEFORE_PARTICIPLE = _MARKS | {",", ""}
_AFTER_PREPOSITION = _MARKS | frozenset(", . ; — – ) : who which that".split())
_NO_SUBJECT = frozenset("to by of for in without from who which that or".split())  # before a verb: it has none of its own
_CO_ORDINATING = frozenset({"and", "but", "so", "yet"})
_PARENTHETIC = frozenset({",", "—", "–"})
_SPOKEN = frozenset({"say", "claim", "act", "belief"})
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month year morning "
    "evening night afternoon earlier later january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_TELLS = frozenset({"told", "tells", "tell"})
_LEADING = frozenset("on in at during after before by for with from since last late early this".split())
_ADVERBIAL = _LEADING | _SUBORDINATORS | ADVERBS | {"while", "despite", "under", "according", "asked", "speaking"}
_ATTRIBUTING = frozenset({"say", "claim", "act", "belief", "finding", "publish"})
_BETWEEN = ADVERBS | AUXILIARIES  # what may stand between subject and verb: *has also repeatedly*
_ENDS_NOUN_PHRASE = _STOPS | (AUXILIARIES - {"'s"})
_EDGES = _ENDS_NOUN_PHRASE | PERSONAL | {"and", "or"}  # words that no noun phrase goes over as a matter of course
_KIND_OF = {source_type: kind for kind, types in SOURCE_TYPES_OF.items() if kind != "quote" for source_type in types}

# All numbers of the rule were set by hand and mended by its errors on the corpus and on real articles with labels; none was
# fitted. A strength counts by its order among the others, and by the side of `LEAST` that it falls on.
LEAST = 0.5  # an attribution weaker than this does not govern its sentence
_INVERTED = 1.0  # “…,” said Rui Matos
_FIRST = 1.0  # The mayor said …: nothing stands left of the source
_BEHIND_QUOTATION = 0.95  # “…,” the mayor said
_ACCORDING_TO = 0.9
_TAIL = 0.9  # …, the ministry said on Tuesday.
_BEHIND_ADVERBIAL = 0.85  # On Tuesday, after talks in Ems, the mayor said …
_PARENTHETIC_AS = 0.75  # The road is closed, as the mayor said
_CO_ORDINATE = 0.7  # But the mayor said …
_PREPOSITION = 0.6  # per, citing
_NOUN = 0.55  # The ministry’s claim that …
_BEHIND_COMMA = 0.55
_ELSEWHERE = 0.5
_LATE_NOUN = 0.45  # its owner ends behind the first words: The road was closed after the ministry’s claim that …
_SECOND_CLAUSE = 0.45  # The road is closed and the mayor said …
_NOBODYS_NOUN = 0.4  # amid reports that …
_SECOND_VERB = 0.4  # He met the delegation and said …
_PARTICIPLE = 0.35  # …, saying …
_ADVERB = 0.3  # reportedly
_SUBORDINATE = 0.2  # … when the mayor said …
_SUREST: Mapping[str, float] = {"prep": _ACCORDING_TO, "noun": _NOUN, "verb": _FIRST}  # the highest of each role
_PASSIVE_COSTS = 0.4  # was told, is said
_WEAK_GROUP_COSTS = 0.1  # for each of: belief alone (he hopes), a deed, publishing

_QUOTED = 0.5  # so much of its words in quotation marks makes a sentence a quote
_LONG_NOUN_PHRASE = 14  # tokens; what seems longer is more than the subject
_LONG_APPOSITION = _LONG_NOUN_PHRASE + 6  # a description between commas may hold a clause
_FIRST_WORDS = 6  # where the subject of a sentence is likely to end
_SHORT_TAIL = 9  # tokens behind the verb: *on Tuesday in a statement*
_LONG_ADVERBIAL = 16  # words left of the source; more hold a clause of their own
_LONG_HEADLINE_SOURCE = 5  # tokens before the colon: *Foreign minister Anna Roe: …*
_AHEAD = 3  # sentences in which a running quotation is looked for its speaker


Tokens = tuple[int, int]
"""First token and the one after the last."""


class Guess(NamedTuple):
    """What the rule makes of a sentence.

    Parameters
    ----------
    kind, source_type : str
    source, cue : (int, int) or None
        Tokens of the main attribution.
    lemma, group : str
        The cue's entry in the word list; empty without one.
    quoted : float
        Share of the words, the attribution clause left out, that stand inside quotation marks.
    place : str
        Where the attribution stands: ``before``, ``after`` or ``inside`` what is said; empty without one.
    """

    kind: str
    source_type: str
    source: Tokens | None
    cue: Tokens | None
    lemma: str
    group: str
    quoted: float
    place: str


_NOBODYS = Guess(_KIND_OF["none"], "none", None, None, "", "", 0.0, "")


class Clause(NamedTuple):
    """A cue with its source and where it stands; higher ``strength`` is likelier the sentence's own attribution."""

    match: Match
    source: Tokens | None
    place: str
    strength: float


@dataclass(slots=True)
class _Sentence:
    """A sentence of the article, or a part of one: tokens ``first`` to before ``last``.

    What is looked for is remembered, since a sentence may have any number of cues.
    """

    view: View
    n: int
    first: int
    last: int
    _first_verb: int = -1
    _first_quoted: int = -1
    _phrase_end: int = -1

    def before(self, at: int) -> str:
        """Give the word before a token, in lower case; empty at the start."""
        return self.view.lower[at - 1] if at > self.first else ""

    def phrase_end(self, at: int) -> int:
        """Give where the phrase of a preposition that begins at a token ends; asked for ascending tokens."""
        if at > self._phrase_end:
            lower, end = self.view.lower, at
            while end < self.last and lower[end] not in _AFTER_PREPOSITION:
                end += 1
            self._phrase_end = end
        return self._phrase_end

    def first_verb(self) -> int:
        """Give the first cue that is a verb and not quoted; where none is, the end."""
        if self._first_verb < 0:
            view, first, last = self.view, self.first, self.last
            here = (m for m in view.cues[self.n] if first <= m.first and m.last <= last and not view.inside[m.first])
            self._first_verb = next((m.first for m in here if m.role == "verb"), last)
        return self._first_verb

    def is_quoted_before(self, at: int) -> bool:
        """Tell whether any token before one is quoted."""
        if self._first_quoted < 0:
            inside, first, last = self.view.inside, self.first, self.last
            quoted = any(inside[first:last])
            self._first_quoted = next(token for token in range(first, last) if inside[token]) if quoted else last
        return self._first_quoted < at


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
    guesses = [_NOBODYS] * len(view.sentences)
    for n, (first, last) in enumerate(view.sentences):
        if view.cues[n] or view.n_quoted[first] < view.n_quoted[last] or n == 0:  # the others tell nothing
            guesses[n] = _label(view, n, memory)
    return _name_quotes(view, guesses)


def rule_of(view: View, guess: Guess, cue: Tokens, source: Tokens | None, source_type: str) -> Guess:
    """Give the rule's answer for a sentence of which cue, source and type are known from elsewhere."""
    entry = next((m.entry for m in find_cues(view.lower, *cue)), None)
    return guess._replace(
        kind=guess.kind if guess.kind == "quote" else _KIND_OF[source_type],
        source_type=source_type,
        source=source,
        cue=cue,
        lemma=entry.lemma if entry else "",
        group=min(entry.groups) if entry else "",
        place="before" if source and source[0] < cue[0] else "after",
    )


def _label(view: View, n: int, memory: Memory) -> Guess:
    best = clause_within(view, n, *view.sentences[n])
    source = best.source if best else _colon_headline(view, n)
    quoted = _quoted_share(view, n, best)
    if best is None and source is None and not quoted:
        return _NOBODYS
    source_type = _type_of(view, source, memory) if source else None
    if quoted >= _QUOTED:
        kind, source_type = "quote", source_type or ("individual" if source else "")
    else:
        source_type = source_type or _type_of_unknown(view, source, best)
        kind = _KIND_OF[source_type]
    if best is None:
        return Guess(kind, source_type, source, None, "", "", quoted, "")
    (first, last, entry, _), place = best.match, best.place
    return Guess(kind, source_type, source, (first, last), entry.lemma, min(entry.groups), quoted, place)


def _type_of(view: View, source: Tokens, memory: Memory) -> str | None:
    """Tell what whoever the source stands for is, and remember them."""
    words = view.words[source[0] : source[1]]
    resolved = memory.resolve(words, source[0])
    memory.note(words, resolved)
    return resolved.source_type


def _type_of_unknown(view: View, source: Tokens | None, best: Clause | None) -> str:
    """The type of a source of which the word lists know nothing: a name in news is mostly a politician's."""
    if source is None:
        return "unnamed" if best and best.match.role == "prep" else "none"
    return "political" if view.words[source[1] - 1][:1].isupper() else "unnamed"


def _name_quotes(view: View, guesses: list[Guess]) -> list[Guess]:
    """Give quotes that name nobody the speaker of the quotation they belong to, or the last one."""
    out, last_type = list(guesses), ""
    for n, guess in enumerate(guesses):
        if not guess.source_type:  # a quote
            out[n] = guess._replace(source_type=_speaker_type(view, guesses, n, last_type))
        if out[n].source_type != "none":
            last_type = out[n].source_type
    return out


def _speaker_type(view: View, guesses: Sequence[Guess], n: int, last_type: str) -> str:
    numbers = set(view.inside[slice(*view.sentences[n])]) - {0}
    following = guesses[n + 1 : n + 1 + _AHEAD]
    for number, other in enumerate(following, n + 1):  # the same quotation may name its speaker later
        if other.source and _is_typed(other) and not numbers.isdisjoint(view.inside[slice(*view.sentences[number])]):
            return other.source_type
    return last_type or next((other.source_type for other in following if _is_typed(other)), "individual")


def _is_typed(guess: Guess) -> bool:
    return guess.source_type not in {"", "none"}


def _quoted_share(view: View, n: int, best: Clause | None) -> float:
    """Share of the words inside quotation marks, the attribution clause left out."""
    first, last = view.sentences[n]
    if view.n_quoted[first] == view.n_quoted[last]:
        return 0.0
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


def _colon_headline(view: View, n: int) -> Tokens | None:
    """*Foreign minister: …* as the first sentence of the article."""
    first, last = view.sentences[n]
    if n or first == last or not view.words[first][0].isupper():
        return None
    places = range(first + 1, min(first + 1 + _LONG_HEADLINE_SOURCE, last - 2))
    return next(((first, at) for at in places if view.words[at] == ":"), None)


def clause_within(view: View, n: int, first: int, last: int) -> Clause | None:
    """Give the attribution that governs a part of a sentence: tokens ``first`` to before ``last``; None without one."""
    inside, sentence = view.inside, None
    best, most = None, -1.0
    for match in view.cues[n]:
        at, end, entry, role = match
        if entry.quiet or inside[at] or at < first or end > last:
            continue
        moved = habit(entry.rate)
        surest = _SUREST[role] + moved
        if surest < LEAST or surest <= most:  # of equal ones the first governs
            continue
        sentence = sentence or _Sentence(view, n, first, last)
        clause = _CLAUSE_OF[role](sentence, match)
        if clause is not None and clause.strength + moved > most:
            best, most = clause, clause.strength + moved
    return best._replace(strength=most) if best is not None and most >= LEAST else None


@cache
def habit(rate: float) -> float:
    """Raise the cues that mostly are cues where they occur, lower those that seldom are.

    A clause moves by half of the rate's distance from 0.5, but by no more than 0.15 up: no cue is so frequent that it lifts
    a subordinate clause over `LEAST`. Below 0.15, where six times of seven it is no cue, 0.2 more are taken off.
    """
    return max(-0.6, min(0.15, 0.5 * (rate - 0.5))) - 0.2 * (rate < 0.15)


def _prep(sentence: _Sentence, match: Match) -> Clause | None:
    view, lemma, end = sentence.view, match.entry.lemma, sentence.phrase_end(match.last)
    if not (lemma.endswith((" to", " of", " by", " in")) or lemma in {"per", "citing"}):
        return Clause(match, None, "inside", _ADVERB)
    if end == match.last:
        return None
    strength = _ACCORDING_TO if lemma == "according to" else _PREPOSITION
    place = "before" if match.first - sentence.first < 2 else "after"
    return Clause(match, (match.last, _trim(view, match.last, end)), place, strength)


def _noun(sentence: _Sentence, match: Match) -> Clause | None:
    """*the ministry’s claim that*: a noun attributes where its content follows."""
    view, first = sentence.view, sentence.first
    after = view.lower[match.last] if match.last < sentence.last else ""
    if after != "that" or match.first == first:
        return None
    start = match.first - 1
    if view.lower[start] == "'s":
        source = _noun_phrase(view, start, first)
        return Clause(match, source, "before", _LATE_NOUN if start - first > _FIRST_WORDS else _NOUN)
    return Clause(match, None, "before", _NOBODYS_NOUN)


def _verb(sentence: _Sentence, match: Match) -> Clause | None:
    """*The mayor has repeatedly said*, *“…,” said the mayor*, *…, saying*."""
    if match.entry.groups.isdisjoint(_ATTRIBUTING):
        return None
    before, subject_end = sentence.before(match.first), match.first
    if before in _SPLIT and (inverted := _inverted(sentence.view, match, sentence.last)):
        return Clause(match, inverted, "after", _INVERTED)
    while before in _BETWEEN or before.endswith("ly"):
        subject_end -= 1
        before = sentence.before(subject_end)
    if before in _BEFORE_PARTICIPLE and sentence.view.lower[match.first].endswith("ing"):
        return Clause(match, None, "before", _PARTICIPLE)
    if before in _NO_SUBJECT:
        return None
    if before in {"and", "but"}:
        return _second_verb(sentence, match, subject_end)
    source = subject_before(sentence.view, subject_end, sentence.first)
    return _with_subject_before(sentence, match, source, subject_end) if source else None


def _with_subject_before(sentence: _Sentence, match: Match, source: Tokens, subject_end: int) -> Clause:
    """Weigh a verb that has a subject of its own, which may end before auxiliaries."""
    lower, groups = sentence.view.lower, match.entry.groups
    strength = _strength(sentence, match, source)
    if subject_end < match.first and lower[match.first].endswith(("ed", "wn", "id", "ld", "en")):
        strength -= 0.0 if BE.isdisjoint(lower[subject_end : match.first]) else _PASSIVE_COSTS
    if "belief" in groups and groups & _ATTRIBUTING == {"belief"}:
        strength -= _WEAK_GROUP_COSTS
    if "deed" in groups or "publish" in groups:
        strength -= _WEAK_GROUP_COSTS
    early = source[0] - sentence.first < (sentence.last - sentence.first) / 2
    return Clause(match, source, "before" if early else "after", strength)


_CLAUSE_OF: Mapping[str, Callable[[_Sentence, Match], Clause | None]] = {"prep": _prep, "noun": _noun, "verb": _verb}


def _second_verb(sentence: _Sentence, match: Match, end: int) -> Clause | None:
    """*He met the delegation and said*: a second verb of the sentence’s subject."""
    earlier = sentence.first_verb()
    source = subject_before(sentence.view, earlier, sentence.first) if earlier < end - 1 else None
    return Clause(match, source, "before", _SECOND_VERB) if source else None


def _inverted(view: View, match: Match, last: int) -> Tokens | None:
    """*“…,” said Rui Matos, who …*."""
    verb, start = view.lower[match.first], match.last
    if start >= last or match.entry.groups.isdisjoint(_SPOKEN) or verb.endswith("ing"):
        return None
    if verb in _TELLS:  # whoever stands behind it is told
        return None
    if not (view.words[start][0].isupper() or view.lower[start] in {"the", "a", "an", "one"}):
        return None
    end = start
    while end < last and view.lower[end] not in _STOPS and not _leaves(view, end, start):
        end += 1
    return (start, end) if end > start else None


def _leaves(view: View, at: int, start: int) -> bool:
    """After an inverted source: *on Tuesday*, *in a statement*, *at a briefing*."""
    word = view.lower[at]
    following = view.lower[at + 1] if at + 1 < len(view.lower) else ""
    return at > start and (
        (word in {"on", "in", "at", "during"} and (following in TIMES or following in {"a", "an"})) or word in TIMES
    )


def subject_before(view: View, end: int, first: int) -> Tokens | None:
    """Find the noun phrase that ends before token ``end``, a description in commas stepped over."""
    if end <= first or view.lower[end - 1] not in _PARENTHETIC:
        return _noun_phrase(view, end, first)
    back = end - 2
    while back > first and view.lower[back] not in _PARENTHETIC and end - back < _LONG_APPOSITION:
        back -= 1
    return _noun_phrase(view, back, first) if back > first and view.lower[back] in _PARENTHETIC else None


def _noun_phrase(view: View, end: int, first: int) -> Tokens | None:
    start, least = end, max(first, end - _LONG_NOUN_PHRASE)
    lower, inside = view.lower, view.inside
    while start > least and not inside[start - 1]:
        word = lower[start - 1]
        if word not in _EDGES:
            start -= 1
        elif word in PERSONAL and word not in _STOPS:
            start -= 1
            break
        elif word in _ENDS_NOUN_PHRASE or not _joins(view, start - 1):
            break
        else:
            start -= 1
    start = _skip_adverbial(view, start, end)
    return (start, end) if start < end else None


def _joins(view: View, at: int) -> bool:
    return at + 1 < len(view.words) and at > 0 and view.words[at - 1][0].isupper() and view.words[at + 1][0].isupper()


def _skip_adverbial(view: View, start: int, end: int) -> int:
    """*On Friday President Zelensky*: what stands before the subject without a comma."""
    if start < end and (view.lower[start] in _LEADING or view.lower[start] in ADVERBS or view.lower[start] in TIMES):
        for i in range(end - 1, start, -1):
            if view.lower[i - 1] in TIMES or (view.lower[i - 1].isdigit() and view.lower[i] not in {"percent", "per"}):
                return i
        while start < end and (view.lower[start] in ADVERBS or view.lower[start] in {"and", "but"}):
            start += 1
    while start < end and view.lower[start] in {"and", "but", "or", "yet"}:
        start += 1
    return start


def _trim(view: View, start: int, end: int) -> int:
    while end > start + 1 and (view.lower[end - 1] in TIMES or view.lower[end - 1] in {"on", "in", "released", "published"}):
        end -= 1
    return end


def _strength(sentence: _Sentence, match: Match, source: Tokens) -> float:
    """How likely the attribution governs the sentence, by what stands left and right of it."""
    opener = sentence.before(source[0])
    if opener in _BEFORE_CLAUSE:
        return _PARENTHETIC_AS if opener == "as" and source[0] - sentence.first > 3 else _SUBORDINATE
    if opener in _CO_ORDINATING or sentence.view.lower[source[0]] in {"and", "but"}:
        return _SECOND_CLAUSE if sentence.first_verb() < source[0] else _CO_ORDINATE
    return _FIRST if source[0] == sentence.first else _strength_behind(sentence, match, source)


def _strength_behind(sentence: _Sentence, match: Match, source: Tokens) -> float:
    """Weigh an attribution of the main clause that does not come first."""
    view, first = sentence.view, sentence.first
    if sentence.is_quoted_before(source[0]):
        return _BEHIND_QUOTATION
    n_left = view.n_words[source[0]] - view.n_words[first]
    if not n_left:
        return _FIRST
    opening = next(view.lower[i] for i in range(first, sentence.last) if view.words[i][0].isalnum())
    if n_left < _LONG_ADVERBIAL and opening in _ADVERBIAL:
        return _BEHIND_ADVERBIAL
    if sentence.before(source[0]) != ",":
        return _ELSEWHERE
    return _TAIL if sentence.last - match.last <= _SHORT_TAIL else _BEHIND_COMMA
