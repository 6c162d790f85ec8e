"""Forms of a sentence that leave no doubt whether somebody speaks in it: a plain clause of speech, a quotation beside it."""

from collections.abc import Iterator
from functools import lru_cache

from ..attribution.extractor import TOLD, Candidate
from ..kinds.kind_rule import TIMES, Guess
from ..kinds.reading import Reading
from ..language.article_tokens import View
from ..language.cues import Entry, find_cues
from ..language.word_forms import CLAUSE
from .forms.quoted_speech import UNCUED
from .leaning import Leaning
from .missed_cues import LISTED
from .phrases import MARKS, PREPOSITIONS

_PLAIN = Leaning(attributed=2.5)
_MAIN = Leaning(
    attributed=1.0
)  # the clause opens the sentence, which goes on: *accused the council of theft, a charge that …*
_QUOTED = Leaning(quote=5.0)
_HALF_QUOTED = Leaning(quote=3.0)
_LEAST_QUOTED = 5  # words
_FINITE = frozenset(
    "is are was were has have had will would can could may might must should shall does do did isn't aren't wasn't "
    "doesn't don't didn't won't can't cannot".split()
)
_SURE = 0.5  # score of an attribution beside a quotation
_POSSIBLE = 0.3  # where order and rule agree
_LIKELY = 0.7
_WHOLE = 0.85  # share of the sentence's words that source, cue and content make
_OFTEN = 0.6  # a form that is a cue at least so often where it occurs
_NEARLY_ALWAYS = 0.85
_SOMETIMES = 0.1
_WITH_TO = frozenset({"plan", "want"})  # these tell an intention only so: *plans to*, not *plans a flight*
_DOCUMENTS = frozenset(
    "study studies report reports survey surveys poll polls figures data research review analysis paper statistics "
    "estimates".split()
)
_SHOWS = frozenset(
    "show shows showed suggest suggests suggested find finds found link links linked reveal reveals revealed indicate "
    "indicates indicated conclude concludes concluded estimate estimates estimated warn warns warned say says said "
    "put puts".split()
)
_OPENING = 3  # tokens before the subject: *On Tuesday*
_LONG_OPENING = 10  # tokens before it in a phrase: *In a broadcast on Sunday*
_QUESTIONED = frozenset({"asked", "pressed", "questioned", "quizzed"})
_BEFORE_PHRASE = PREPOSITIONS - frozenset("because than as per via up out".split())
_ENDS_PHRASE = TIMES | {","}
_LONG_TAIL = 14  # words outside the quotation that can still belong to the clause of who speaks
_ACTS = frozenset(
    "demand condemn denounce deny protest rule apologise apologize accuse blame praise criticise criticize thank vow "
    "pledge threaten urge insist defend reject plan want expect estimate project show suggest find warn call propose "
    "caution advise slam blast mock ridicule laud hail denounce decry deride lambaste endorse".split()
)
"""First words of cues that are speech or belief in a clause of this form, though in others they often are not."""


def plain_clauses(reading: Reading) -> Iterator[tuple[int, Leaning]]:
    """Find sentences that are a clause of speech and no more, their subject first: *The party condemned the attack*."""
    view = reading.view
    for n, (voice, guess) in enumerate(zip(reading.spoken, reading.guesses, strict=True)):
        c = voice.candidate
        if c is None or c.form or c.score < _POSSIBLE or not voice.here or not _is_other(view, c):
            continue
        if _ends_with_verb(view, n, c):
            yield n, _PLAIN
            continue
        if c.score < TOLD and not (_follows(view, n, c) and _is_say(view, c, least=_NEARLY_ALWAYS)):
            continue
        opens = _opens(view, n, c)
        if (opens or _follows(view, n, c) or _closes(view, n, c)) and _reports(view, guess, c):
            if _is_whole(view, n, c):
                yield n, _PLAIN
            elif opens and c.cue and c.cue[1] == c.content.item(0):
                yield n, _MAIN


def _closes(view: View, n: int, c: Candidate) -> bool:
    """Tell a clause of speech at the end: *Services will not run on Sunday, NorthRail says*."""
    first, last = view.sentences[n]
    if (
        c.source is None
        or c.cue is None
        or "," not in view.lower[min(c.source[0], c.cue[0]) - 1]
        or not first <= c.content.item(0) < first + _OPENING
    ):
        return False
    return last - max(c.source[1], c.cue[1]) <= _OPENING and c.source[0] > first


def _ends_with_verb(view: View, n: int, c: Candidate) -> bool:
    """Tell a clause that ends with who speaks and a verb of speech: *The gates will close early, Portlink cautions.*."""
    if c.score < _LIKELY or c.cue is None or c.source is None or c.source[1] != c.cue[0] or not _closes(view, n, c):
        return False
    return _is_whole(view, n, c) and _is_say(view, c) and view.words[c.cue[1] : c.cue[1] + 1] == ["."]


def _is_say(view: View, c: Candidate, least: float = 0.0) -> bool:
    """Tell a cue that is a verb of speech, in a finite form: one that is a cue at least so often where it occurs."""
    said = _entry_of(view, c)
    if said is None or said.rate < least:
        return False
    return "say" in said.groups and not view.lower[c.anchor].endswith("ing")


def _reports(view: View, guess: Guess, c: Candidate) -> bool:
    """Tell whether the cue is one of speech nearly always, or in clauses of this form."""
    if c.source and view.lower[c.anchor] in _SHOWS and not _DOCUMENTS.isdisjoint(view.lower[slice(*c.source)]):
        return True
    if not _agrees(guess, c):
        return False
    entry = _entry_of(view, c)
    if entry is None or entry.quiet:
        return False
    first_word = entry.lemma.split()[0]
    if first_word in _WITH_TO and view.lower[c.content.item(0)] != "to":
        return False
    return entry.rate >= _OFTEN or entry.lemma in LISTED or (entry.rate >= _SOMETIMES and first_word in _ACTS)


def _entry_of(view: View, c: Candidate) -> Entry | None:
    """Give what the word list says of the cue's main word, as it stands in the cue."""
    return _entry(tuple(view.lower[slice(*c.cue)]), c.anchor - c.cue[0]) if c.cue else None


@lru_cache(maxsize=4096)
def _entry(cue: tuple[str, ...], at: int) -> Entry | None:
    return next((m.entry for m in find_cues(cue, 0, len(cue)) if m.first <= at < m.last), None)


def _is_whole(view: View, n: int, c: Candidate) -> bool:
    first, last = view.sentences[n]
    said = c.content.tolist()
    parts = [span for span in (c.source, c.cue) if span]
    if c.source and _is_phrase(view, first, c.source[0]):
        parts.append((first, c.source[0]))
    if c.source and c.source[1] < said[0]:
        parts.append((c.source[1], said[0]))
    if said[-1] - said[0] == len(said) - 1:  # without a gap
        parts.append((max(said[0], first), min(said[-1] + 1, last)))
    else:
        parts += [(t, t + 1) for t in said if first <= t < last]
    return _words_in(view, parts) >= _WHOLE * (view.n_words[last] - view.n_words[first])


def _words_in(view: View, parts: list[tuple[int, int]]) -> int:
    """Count the words in stretches of tokens, each word once."""
    n_in = free = 0
    for begin, end in sorted(parts):
        begin = max(begin, free)
        if begin < end:
            n_in += view.n_words[end] - view.n_words[begin]
            free = end
    return n_in


def _is_other(view: View, c: Candidate) -> bool:
    """Tell somebody who is told of from the writer and the reader."""
    return c.source is not None and view.lower[c.source[0]] not in {"i", "we", "you", "one", "who", "that", "which"}


def _opens(view: View, n: int, c: Candidate) -> bool:
    return c.source is not None and c.source[0] - view.sentences[n][0] < _OPENING


def _follows(view: View, n: int, c: Candidate) -> bool:
    """Tell a clause of plain speech behind a phrase: *In a broadcast on Sunday the preacher told listeners that …*."""
    if c.source is None or c.cue is None or not _is_phrase(view, view.sentences[n][0], c.source[0]):
        return False
    return _is_say(view, c)


def _is_phrase(view: View, first: int, end: int) -> bool:
    """Tell a phrase before the subject: *In a broadcast on Sunday*, *At a rally in Ems,*."""
    if view.lower[first] in _QUESTIONED or view.lower[first : first + 2] == ["when", "asked"]:
        return view.lower[end - 1] == ","
    return (
        first < end <= first + _LONG_OPENING
        and view.lower[first] in _BEFORE_PHRASE
        and view.lower[end - 1] in _ENDS_PHRASE
        and not (view.facts[first:end] & CLAUSE).any()
    )


def _agrees(guess: Guess, c: Candidate) -> bool:
    """Tell whether the rule, too, has its cue between who speaks and what is said."""
    return guess.cue is not None and (_between(guess.cue[0], c) or guess.cue[0] <= c.anchor < guess.cue[1])


def _between(at: int, c: Candidate) -> bool:
    return c.source is not None and c.source[1] <= at < c.content.item(0)


def marked_speech(reading: Reading) -> Iterator[tuple[int, Leaning]]:
    """Find sentences in which all that is said stands in quotation marks: *“Never,” laughed the coach*."""
    view = reading.view
    for n, voice in enumerate(reading.spoken):
        c = voice.candidate
        if c is None or not voice.here or c.score < _SURE or not (c.source or c.form == UNCUED):
            continue
        if _is_whole_quotation(view, n, c):
            yield n, _QUOTED
        elif _is_quoted_predicate(view, n, c):
            yield n, _HALF_QUOTED


def _is_quoted_predicate(view: View, n: int, c: Candidate) -> bool:
    """*The firm said the rule “may cost some shops half of their trade”*: most words are quoted, a finite verb first."""
    first, last = view.sentences[n]
    if view.n_quoted[last] - view.n_quoted[first] < _LEAST_QUOTED:
        return False
    quoted = [t for t in c.content.tolist() if first <= t < last and view.inside[t] and view.words[t][0].isalnum()]
    if len(quoted) < _LEAST_QUOTED or view.lower[quoted[0]] not in _FINITE or not view.words[quoted[0] - 2][0].isalnum():
        return False
    spans = [span for span in (c.source, c.cue) if span]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    clause = view.n_words[end] - view.n_words[start]
    return end <= quoted[0] and 2 * len(quoted) >= view.n_words[last] - view.n_words[first] - clause


def _is_whole_quotation(view: View, n: int, c: Candidate) -> bool:
    first, last = view.sentences[n]
    n_words, n_quoted = view.n_words[last] - view.n_words[first], view.n_quoted[last] - view.n_quoted[first]
    if not n_quoted:
        return False
    named = sum([view.n_words[span[1]] - view.n_words[span[0]] for span in (c.source, c.cue) if span])
    tail = _LONG_TAIL if c.source else 0  # a quotation beside which nobody is named is one if it is all of its sentence
    if n_words - n_quoted - named > tail:
        return False
    said = [t for t in c.content.tolist() if first <= t < last and view.words[t][0].isalnum()]
    if len(said) != n_quoted or not all([view.inside[t] for t in said]) or not view.words[said[0]][0].isupper():
        return False
    before = said[0] - 1
    while before >= first and view.words[before] in MARKS:
        before -= 1
    return before < first or view.words[before] in {",", ":"}
