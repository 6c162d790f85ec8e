"""The attribution model at work: cues, their sources and what is said, found and linked by learned weights.

Four steps: how likely is each word a cue; which words of its sentence are source and content, as seen from the cue; how far
the content reaches into the sentences around; and which of the candidates to keep where they compete.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .attribution_features import argument_features, cue_features
from .decode import (
    BEGIN_CUE,
    BEGIN_SOURCE,
    CONTENT_ROLE,
    LABELS,
    best_paths,
    log_softmax,
    role_of,
)
from .frame import Frame, frame
from .hashed import Table, Weights
from .reach import contiguous, neighbours, reach_features
from .rerank import N_MEASURES, measure
from .revision_features import revision_features
from .tokens import View
from .words import CUE as CUE_COLUMN
from .words import PRIOR, SHAPE, UNSEEN, Words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
POSSIBLE = 0.15  # an attribution that scores less is not even a feature
LIKELY = 0.1  # a candidate below this chance is not looked at further
SOURCE_BONUS = 0.8  # added to the logarithm of a source label's chance: a missing source costs more than a wrong one
_QUIET = 0b1100000000  # the bits of the cue groups silent and deed
N_LABELS = len(LABELS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution, in token numbers.

    Parameters
    ----------
    anchor : int
        The cue's main word.
    cue, source : (int, int) or None
        First token and the one after the last.
    content : ndarray of int
        The tokens of what is said, ascending.
    chance : float
        That the anchor is a cue.
    margins : ndarray of shape (3,)
        Mean log chance of the labels chosen for source, cue and content.
    score : float
        That the whole attribution is right; NaN before reranking.
    """

    anchor: int
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: Ints
    chance: float
    margins: Floats
    score: float = float("nan")


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The fitted weights.

    Parameters
    ----------
    words : Words
    cue, argument, revision, reach : Weights
        One, seven, seven and one output.
    rerank : ndarray of shape (N_MEASURES + 1,)
        Weights of the candidates' measures, the constant last.
    threshold : float
        Candidates scored below it are dropped.
    """

    words: Words
    cue: Weights
    argument: Weights
    revision: Weights
    reach: Weights
    rerank: Floats
    threshold: float = 0.4


@dataclass(slots=True)
class Extractor:
    """Finds the attributions of articles with a fitted model."""

    words: Words
    cue: Table
    argument: Table
    revision: Table
    reach: Table
    rerank: Floats
    threshold: float

    @classmethod
    def of(cls, model: AttributionModel) -> "Extractor":
        """Lay a model's weights out for looking up."""
        steps = (model.cue, model.argument, model.revision, model.reach)
        cue, argument, revision, reach = (step.table() for step in steps)
        return cls(model.words, cue, argument, revision, reach, model.rerank, model.threshold)

    def extract(self, view: View) -> list[Candidate]:
        """Find an article's attributions, in the order of their cues, down to those that are only possible.

        Those that score ``threshold`` or more are likelier right than not; the others serve as features.
        """
        return choose(self.candidates(frame(view, self.words)), POSSIBLE)

    def likely(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Keep those that are to be told."""
        return [c for c in found if c.score >= self.threshold]

    def candidates(self, framed: Frame) -> list[Candidate]:
        """Give every candidate with its score."""
        chance = cue_chances(framed, self.cue)
        anchors = np.flatnonzero(chance >= LIKELY)
        if not len(anchors):
            return []
        found = read_arguments(framed, anchors, chance, (self.argument, self.revision, self.reach))
        return rescore(found, framed, self.rerank)


def may_be_cue(framed: Frame) -> Ints:
    """Give the tokens worth scoring: seen as a cue, never seen at all, or on the word list."""
    words = framed.words[:-1]
    listed = (words[:, CUE_COLUMN] & ~_QUIET) > 0
    possible = (words[:, PRIOR] > 0) | listed | (framed.phrase[:-1] == 1)
    return np.flatnonzero(possible & (words[:, SHAPE] != 5) | (words[:, PRIOR] == UNSEEN) & (words[:, SHAPE] == 0))


def cue_chances(framed: Frame, table: Table) -> Floats:
    """Give each token's chance to be a cue's main word; the last row is 0."""
    chance = np.zeros(framed.n + 1)
    tokens = may_be_cue(framed)
    if len(tokens):
        chance[tokens] = 1 / (1 + np.exp(-table.scores(cue_features(framed, tokens))[:, 0].astype(np.float64)))
    return chance


def pairs(framed: Frame, anchors: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair each anchor with the tokens of its sentence.

    Returns
    -------
    anchors, tokens : ndarray of shape (n_pairs,)
    lengths : ndarray of shape (n_anchors,)
    """
    first, last = framed.first[anchors], framed.last[anchors]
    lengths = last - first
    starts = np.cumsum(lengths) - lengths
    tokens = np.arange(lengths.sum()) - np.repeat(starts - first, lengths)
    return np.repeat(anchors, lengths), tokens, lengths


def raise_sources(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Favour source labels before decoding."""
    raised = scores.copy()
    raised[:, BEGIN_SOURCE : BEGIN_SOURCE + 2] += SOURCE_BONUS
    return raised


def read_arguments(framed: Frame, anchors: Ints, chance: Floats, tables: tuple[Table, Table, Table]) -> list[Candidate]:
    """Find source, cue and content of each anchor.

    Parameters
    ----------
    framed : Frame
    anchors : ndarray of shape (n_anchors,)
    chance : ndarray of shape (n_tokens + 1,)
    tables : (Table, Table, Table)
        For the first look at the arguments, the second, and the reach.
    """
    argument, revision, reach = tables
    cues, tokens, lengths = pairs(framed, anchors)
    hashes = argument_features(framed, cues, tokens, chance)
    first = log_softmax(argument.scores(hashes))
    seen = revision_features(framed, cues, tokens, lengths, first, raise_sources(first).argmax(axis=1))
    scores = log_softmax(revision.scores(hashes) + revision.scores(seen) - revision.bias)
    labels = best_paths(raise_sources(scores), lengths)
    row, sentence, step = neighbours(framed, anchors)
    yes = reach.scores(reach_features(framed, anchors[row], sentence, step, chance))[:, 0] > 0
    before, after = contiguous(row, step, yes, len(anchors))
    starts = np.cumsum(lengths) - lengths
    out: list[Candidate] = []
    for i, anchor in enumerate(anchors):
        part = slice(int(starts[i]), int(starts[i] + lengths[i]))
        out.append(_candidate(framed, int(anchor), labels[part], scores[part], chance, int(before[i]), int(after[i])))
    return [candidate for candidate in out if len(candidate.content)]


def _candidate(
    framed: Frame,
    anchor: int,
    labels: Ints,
    scores: NDArray[np.float32],
    chance: Floats,
    before: int,
    after: int,
) -> Candidate:
    """Turn one anchor's labels into spans."""
    first = int(framed.first[anchor])
    picked = scores[np.arange(len(labels)), labels]
    role = role_of(labels)
    source = _best_segment(labels, picked, BEGIN_SOURCE)
    cue = _cue_around(labels, anchor - first)
    inside = np.flatnonzero(role == CONTENT_ROLE)
    if source:
        inside = inside[(inside < source[0]) | (inside >= source[1])]
    sizes = np.bincount(role, minlength=4)
    sums = np.bincount(role, weights=picked, minlength=4)
    margins = np.where(sizes > 0, sums / np.maximum(sizes, 1), -1.0)[1:]
    content = _reached(framed, anchor, first + inside, before, after)
    return Candidate(
        anchor,
        (first + cue[0], first + cue[1]),
        (first + source[0], first + source[1]) if source else None,
        content,
        float(chance[anchor]),
        margins,
    )


def _best_segment(labels: Ints, picked: NDArray[np.float32], begin: int) -> tuple[int, int] | None:
    """The surest stretch of a role."""
    best: tuple[float, int, int] | None = None
    for start in np.flatnonzero(labels == begin):
        end = int(start) + 1
        while end < len(labels) and labels[end] == begin + 1:
            end += 1
        score = float(picked[start:end].mean())
        if best is None or score > best[0]:
            best = (score, int(start), end)
    return (best[1], best[2]) if best else None


def _cue_around(labels: Ints, anchor: int) -> tuple[int, int]:
    start, end = anchor, anchor + 1
    while start > 0 and labels[start] == BEGIN_CUE + 1 and labels[start - 1] in {BEGIN_CUE, BEGIN_CUE + 1}:
        start -= 1
    while end < len(labels) and labels[end] == BEGIN_CUE + 1:
        end += 1
    return start, end


def _reached(framed: Frame, anchor: int, content: Ints, before: int, after: int) -> Ints:
    """Add the sentences that the content reaches into: their quoted part, or all of them."""
    if not before and not after:
        return content
    home = int(framed.sentence[anchor])
    parts = [content]
    for n in [*range(home - before, home), *range(home + 1, home + after + 1)]:
        tokens = np.arange(*framed.view.sentences[n])
        quoted = tokens[framed.quoted[tokens] > 0]
        parts.append(quoted if len(quoted) else tokens)
    return np.sort(np.concatenate(parts))


def rescore(found: list[Candidate], framed: Frame, weights: Floats) -> list[Candidate]:
    """Score each candidate beside its rivals."""
    if not found:
        return []
    measures = measure(found, framed)
    logits = measures @ weights[:N_MEASURES] + weights[N_MEASURES]
    scores = 1 / (1 + np.exp(-logits))
    return [
        Candidate(c.anchor, c.cue, c.source, c.content, c.chance, c.margins, float(score))
        for c, score in zip(found, scores, strict=True)
    ]


def choose(found: list[Candidate], threshold: float) -> list[Candidate]:
    """Keep the best candidates; two never say the same words.

    A candidate of which half the content is taken already is dropped, one of which less is taken is trimmed.
    """
    taken: set[int] = set()
    kept: list[Candidate] = []
    for c in sorted(found, key=lambda c: -c.score):
        if c.score < threshold:
            break
        free = np.array([t for t in c.content.tolist() if t not in taken], dtype=np.int64)
        if 2 * len(free) <= len(c.content):
            continue
        taken.update(free.tolist())
        kept.append(Candidate(c.anchor, c.cue, c.source, free, c.chance, c.margins, c.score))
    return sorted(kept, key=lambda c: c.anchor)
