"""Clauses of speech that govern a sentence by the order of its words, where the attribution model found nothing."""

import numpy as np

from ..attribution.extractor import TOLD, Candidate
from ..attribution.source_ends import Stretch
from ..kinds.kind_rule import Clause, clause_within
from ..language.article_tokens import View
from ..language.cues import Match, entries
from ..language.source_types import judge
from ..language.word_forms import lexicon
from .deeds import is_deed
from .phrases import DETERMINERS, sentence_end
from .source_spans import SAID, ends_there, is_clause, subject_end

GOVERNING = "governing clause"
"""The form of speech that the order of words alone tells: *…, the weather office warned late on Friday.*"""
_SCORE = 0.6
_MAIN = 0.85  # strength of a clause by the rule: it governs the sentence
_OFTEN = 0.3  # a form that is a cue at least so often where it occurs
_ACTS = frozenset(
    "underline contend insist deny urge accuse warn complain reiterate reaffirm stress emphasise emphasize argue "
    "allege stipulate caution lament".split()
)
_TELLS = frozenset("told tells tell warn warns".split())
_TAILS = SAID | _TELLS
_LEAST = 3  # tokens that are said
_VERBS = lexicon.mark(_TAILS | {form.split()[0] for form, entry in entries()[0].items() if entry.lemma in _ACTS})


def add_governing(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Put in what a clause of speech governs, in sentences without any attribution."""
    taken = {view.home[c.anchor] for c in candidates if c.score >= TOLD or c.form}
    sentences = sorted({view.home[at] for at in view.places_of(_VERBS)} - taken)
    made = [c for n in sentences if (c := _governed(view, n)) is not None]
    if not made:
        return candidates
    anchors = {c.anchor for c in made}
    return sorted([*(c for c in candidates if c.anchor not in anchors), *made], key=lambda c: c.anchor)


def _governed(view: View, n: int) -> Candidate | None:
    """Read a sentence of which nobody’s words are known."""
    likely = [m for m in view.cues[n] if _is_likely(view, m)]
    inverted = next((c for m in likely if (c := _inverted(view, n, m)) is not None), None)
    if inverted is not None or not likely:
        return inverted
    clause = clause_within(view, n, *view.sentences[n])
    if clause is None or clause.source is None or clause.strength < _MAIN or not _is_speech(view, n, clause):
        return None
    content = _content(view, n, clause)
    if content[1] - content[0] < _LEAST or not _can_speak(view, clause.source):
        return None
    return _made(view, (clause.match.first, clause.match.last), clause.source, content)


def _is_likely(view: View, m: Match) -> bool:
    return m.entry.rate >= _OFTEN and not view.inside[m.first] and (view.lower[m.first] in _TAILS or m.entry.lemma in _ACTS)


def _made(view: View, cue: Stretch, source: Stretch, content: Stretch) -> Candidate:
    return Candidate(cue[0], cue, source, np.arange(*content, dtype=np.int64), score=_SCORE, form=GOVERNING)


def _inverted(view: View, n: int, match: Match) -> Candidate | None:
    """Read a verb before its subject: *…, predict economists at the bank*."""
    first, last = view.sentences[n]
    at, start = match.first, match.last
    if at == first or start >= last or view.words[at - 1] != "," or not is_clause(view, first, at - 1, found=True):
        return None
    end = subject_end(view, start, last)
    if end == start or not ends_there(view, end, last):
        return None
    return _made(view, (at, start), (start, end), (first, at - 1))


def _is_speech(view: View, n: int, clause: Clause) -> bool:
    """Tell a tail by its verb, and an opening by one that hardly ever means anything else."""
    match = clause.match
    if match.role != "verb" or match.entry.quiet or is_deed(view, match.first):
        return False
    if clause.place == "after":
        return view.lower[match.first] in _TAILS
    opens = clause.source is not None and clause.source[0] - view.sentences[n][0] < _LEAST
    return opens and match.entry.lemma in _ACTS


def _content(view: View, n: int, clause: Clause) -> Stretch:
    """Give what stands before the clause where it comes last, else what stands behind its verb."""
    first, end = view.sentences[n][0], sentence_end(view, n)
    start = min(clause.match.first, clause.source[0]) if clause.source else clause.match.first
    if clause.place == "after":
        return (first, start - 1) if view.lower[start - 1] == "," else (first, first)
    return clause.match.last, end


def _can_speak(view: View, source: Stretch) -> bool:
    words = view.words[slice(*source)]
    if view.lower[source[1] - 1] in DETERMINERS:  # *turned to the accused*
        return False
    return judge(words) is not None or all(word[0].isupper() for word in words)
