"""Blocks of speech without quotation marks behind a colon: *The mayor wrote on her page:*, then what she wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.cues import Match
from ...language.word_forms import lexicon
from ..phrases import noun_phrase_end
from .by_sentence import anchored
from .stretches import COLON, OPENING, closes_paragraph, nest, opens_paragraph, paragraph_end
from .subjects import subject_of

BLOCK = "block"
"""The form of a block of speech behind a colon."""

_SCORE = 0.8
_POSSIBLE = 0.15
_WRITING = frozenset(
    "write tweet post say read state announce declare reply add comment caption respond explain continue conclude retort "
    "message text email blog retweet".split()
)
_OF_POSTS = frozenset("write tweet post caption message text email blog retweet".split())
_FIRST = frozenset("i we my our me us i'm i've i'd i'll we're we've we'll we'd myself ourselves dear".split())
_BULLETS = frozenset("• * · ▪ ● ◦ >".split())
_ENDS = frozenset(". ! ? … ... ” \" ) ’ '".split())
_GOES_ON = frozenset({",", ":"})  # Dear colleagues,
_TEXTS = frozenset("statement speech post letter message remarks address tweet email memo text resignation apology".split())
_ANNOUNCING = lexicon.mark({"full", "below", "follows"})
_BEFORE_OWNER = frozenset("is are of read reads here with from by see below".split())
_OWN = frozenset({"his", "her", "their", "its"})
_LONGEST_NOTICE = 24  # tokens
_LONGEST_SUBJECT = 12  # tokens


def blocks(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Give the blocks of speech that a sentence with a colon introduces to whoever it names."""
    made = list(_blocks(view, candidates))
    held = {t for c in made for t in c.content.tolist()}
    made += [one for one in _printed(view, candidates) if held.isdisjoint(one.content.tolist())]
    if not made:
        return candidates
    owner = np.full(len(view.words), -1, dtype=np.int64)
    for i, one in enumerate(made):
        owner[[one.anchor, *one.content.tolist()]] = i
    kept: list[Candidate] = []
    inner: dict[int, list[Candidate]] = {}
    for c in candidates:
        holder = int(owner[c.anchor])
        if holder >= 0:
            if c.anchor != made[holder].anchor and c.score >= TOLD and (owner[c.content] == holder).all():
                inner.setdefault(holder, []).append(c)
            continue
        free = c.content[owner[c.content] < 0]
        if len(free):
            kept.append(c if len(free) == len(c.content) else replace(c, content=free))
    return sorted([*kept, *(nest(c, inner.get(i, ())) for i, c in enumerate(made))], key=lambda c: c.anchor)


def _blocks(view: View, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    passed = -1
    colons: dict[int, int] = {}  # the first of each sentence
    for at in view.places_of(COLON):
        if not view.inside[at]:
            colons.setdefault(view.home[at], at)
    for n, colon in colons.items():
        if n <= passed or not view.cues[n] or view.inside[view.sentences[n][0]]:
            continue
        cue = next((m for m in view.cues[n] if _may_introduce(m, colon)), None)
        stop = _end(view, n, colon, cue, candidates) if cue else n + 1
        if cue and stop > n + 1:
            source = _source(view, n, cue, candidates)
            content = np.arange(colon + 1, view.sentences[stop - 1][1])
            if source and len(content) and view.n_words[content[-1] + 1] > view.n_words[content[0]]:
                passed = stop - 1
                yield Candidate(cue.first, (cue.first, cue.last), source, content, 1.0, _SCORE, form=BLOCK)


def _printed(view: View, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Find what is printed below a sentence that says so: *The governor’s statement in full*."""
    passed = -1
    for n in sorted({view.home[at] for at in view.places_of(_ANNOUNCING)}):
        if (
            n <= passed
            or n + 1 == len(view.sentences)
            or not closes_paragraph(view, n)
            or view.words[view.sentences[n + 1][0]] in OPENING
        ):
            continue
        source = _writer(view, n)
        if source is None or _FIRST.isdisjoint(view.lower[slice(*view.sentences[n + 1])]):
            continue
        stop = _end_of_paragraphs(view, n, candidates)
        if stop > n + 1:
            passed = stop - 1
            first, last = view.sentences[n + 1][0], view.sentences[stop - 1][1]
            yield Candidate(source[0], None, source, np.arange(first, last), 1.0, _SCORE, form=BLOCK)


def _writer(view: View, n: int) -> Stretch | None:
    """Find whose text a sentence says is printed below; None where it does not say so."""
    first, last = view.sentences[n]
    lower = view.lower[first:last]
    at = next((t for t in range(last - 1, first, -1) if view.lower[t] in _TEXTS), None)
    if at is None or last - first > _LONGEST_NOTICE or view.n_quoted[last] > view.n_quoted[first]:
        return None
    if not (
        {"below", "follows"} & set(lower) or " in full" in " ".join(lower) or "full" in view.lower[max(first, at - 3) : at]
    ):
        return None
    owner = next((t for t in range(first + 1, at) if view.lower[t] in {"'s", "'"}), None)
    if owner is not None:
        start = next((t + 1 for t in range(owner - 1, first - 1, -1) if view.lower[t] in _BEFORE_OWNER), first)
        return (start, owner) if start < owner else None
    by = next((t for t in range(at + 1, min(last, at + 4)) if view.lower[t] in {"by", "from"}), None)
    if by is not None:
        end = noun_phrase_end(view, by + 1, last)
        return (by + 1, end) if end > by + 1 else None
    own = at - 1 if view.lower[at - 1] in _OWN else at - 2
    return (own, own + 1) if own >= first and view.lower[own] in _OWN else None


def _may_introduce(match: Match, colon: int) -> bool:
    return match.role == "verb" and match.last <= colon and match.entry.lemma.split()[0] in _WRITING


def _end(view: View, n: int, colon: int, cue: Match, candidates: Sequence[Candidate]) -> int:
    """Give the sentence before which a block ends; the next one where there is none."""
    if colon + 1 < view.sentences[n][1]:
        return _end_of_post(view, n, colon, cue)
    if not closes_paragraph(view, n) or n + 1 == len(view.sentences) or view.words[view.sentences[n + 1][0]] in OPENING:
        return n + 1
    return _end_of_paragraphs(view, n, candidates)


def _end_of_paragraphs(view: View, n: int, candidates: Sequence[Candidate]) -> int:
    end = n + 1
    while end < len(view.sentences):
        after = paragraph_end(view, end)
        if not _belongs(view, end, after, candidates, first=end == n + 1):
            break
        end = after
    return end


def _end_of_post(view: View, n: int, colon: int, cue: Match) -> int:
    """Give the end of a post within its paragraph: *She tweeted: I am tired. We will act.*."""
    end = n + 1
    if cue.entry.lemma.split()[0] not in _OF_POSTS or view.words[colon + 1] in OPENING:
        return end
    while end < len(view.sentences) and not opens_paragraph(view, end):
        if _FIRST.isdisjoint(view.lower[slice(*view.sentences[end])]):
            break
        end += 1
    return end if end > n + 1 else n + 1


def _belongs(view: View, n: int, end: int, candidates: Sequence[Candidate], *, first: bool) -> bool:
    """Tell whether a paragraph is part of the block: a point of a list, or one that speaks of its writer."""
    begun, last = view.sentences[n][0], view.sentences[end - 1][1]
    if view.words[begun] in _BULLETS:
        return True
    if view.words[last - 1] not in _ENDS | _GOES_ON or view.n_quoted[last] > view.n_quoted[begun]:
        return False
    here = anchored(candidates, begun, last)
    told = any(c.score >= TOLD and c.source and not _is_own(view, c.source) for c in here)
    own = not _FIRST.isdisjoint(view.lower[begun:last])
    if first:
        return own or (not told and view.words[last - 1] != ":")
    return not told and (own or view.words[begun - 1] == ",")


def _is_own(view: View, source: Stretch) -> bool:
    return not _FIRST.isdisjoint(view.lower[slice(*source)])


def _source(view: View, n: int, cue: Match, candidates: Sequence[Candidate]) -> Stretch | None:
    """Find who writes: as the model sees it, or what stands before the cue."""
    first, last = view.sentences[n]
    here = anchored(candidates, first, last)
    seen = [c for c in here if c.source and c.score >= _POSSIBLE and c.cue and c.cue[0] <= cue.first < c.cue[1]]
    if seen:
        return max(seen, key=lambda c: c.score).source
    comma = next((t + 1 for t in range(cue.first - 1, first, -1) if view.words[t] == ","), first)
    acts = subject_of(view, comma, cue.last) or subject_of(view, first, cue.last)
    if acts:
        return acts
    return (
        (first, cue.first)
        if 0 < cue.first - first <= _LONGEST_SUBJECT and view.lower[first] in {"the", "a", "its"}
        else None
    )
