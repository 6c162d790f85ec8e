"""Kind and source type, decided by what the model says and by what forms and entities of the article tell."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

import numpy as np

from ...data.arrays import Floats32
from ...data.scheme import SOURCE_TYPES
from ..attribution.extractor import Candidate
from ..language.article_tokens import View
from ..speech.leanings import leanings
from .features import Bearer, MainAttribution
from .reading import Reading

# What each is worth beside the model's scores of the types: log odds, chosen on real news.
_SURE, _GUESSED = 2.0, 0.5  # the type of whoever speaks
_BY_FORM = 6.0  # the type that a form tells: more than any the model is likely to give
_ANYBODY = 1.0  # `individual`, for a person by name of whom nothing else is told
_FROM_POLITICS = -1.5  # `political`, where nothing tells who speaks: much of what the model learned from is politics

# How far a sentence that is nobody's words speaks against an attribution whose cue stands in it: a part of its log odds,
# and what every attribution has to have besides. A cue that is no word of speech on the lists has to be surer.
# Chosen on PolNeAR and real news together.
_NOBODY, _MARGIN = 0.12, 0.05
_NOBODY_IF_QUIET, _MARGIN_IF_QUIET = 0.25, 0.3
_LEAST_CHANCE = 1e-3
_SURELY = 0.9  # what scores so much is told in any sentence

_COLUMN = {name: number for number, name in enumerate(SOURCE_TYPES)}

Scores = tuple[int, str, float]
"""A sentence, a source type, and what is added to its score."""


def decided(reading: Reading, outputs: Floats32) -> Floats32:
    """Add what forms and entities tell to a voice model's outputs; sentences of the same speaker get the same type.

    Parameters
    ----------
    reading : Reading
    outputs : ndarray of shape (n_sentences, n_outputs)
        Those of `label_pairs.OUTPUTS`.

    Returns
    -------
    ndarray of shape (n_sentences, n_outputs)
    """
    out = outputs.copy()
    said = list(leanings(reading))
    added = [(n, leaning.source_type, _BY_FORM) for n, leaning in said if leaning.source_type]
    if said:  # a sentence may come twice
        np.add.at(out[:, :2], [n for n, _ in said], np.array([(x.quote, x.attributed) for _, x in said], dtype=np.float32))
    spoken_by: dict[int, list[int]] = {}
    for n, voice in enumerate(reading.spoken):
        if voice.candidate is None:
            continue
        who = reading.bearers.get(voice.candidate.anchor)
        added += _by_speaker(n, voice, who)
        if who is not None:
            spoken_by.setdefault(who.number, []).append(n)
    types = out[:, 2:]
    if added:
        rows, names, scores = zip(*added, strict=True)
        np.add.at(types, (rows, [_COLUMN[name] for name in names]), scores)
    shared = [sentences for sentences in spoken_by.values() if len(sentences) > 1]
    if shared:
        log_chances = types - np.logaddexp.reduce(types, axis=1, keepdims=True)
        for sentences in shared:
            types[sentences] = log_chances[sentences].mean(axis=0)
    return out


def _by_speaker(n: int, voice: MainAttribution, who: Bearer | None) -> list[Scores]:
    """Give what the speaker of a sentence tells of the types."""
    known = who if who is not None and who.source_type else voice.resolved
    if known is not None and known.source_type:
        return [(n, known.source_type, _SURE if known.sure else _GUESSED)]
    if who is not None and who.is_person:
        return [(n, "political", _FROM_POLITICS), (n, "individual", _ANYBODY)]
    return [(n, "political", _FROM_POLITICS)]


def confirmed(
    view: View, candidates: Iterable[Candidate], threshold: float, chances_of_none: Sequence[float]
) -> list[Candidate]:
    """Keep the attributions that the labels of their sentences bear out; what a form tells needs no other word.

    A sentence that is likely nobody's words is told as somebody's only on better evidence: *Congress passed the bill*.

    Parameters
    ----------
    view : View
    candidates : iterable of Candidate
        Those that score ``threshold`` or more.
    threshold : float
        The score from which attributions are told.
    chances_of_none : sequence of float, length n_sentences
        Each sentence's chance of the source type `none`.

    Returns
    -------
    list of Candidate
        In the same order.
    """
    least = _log_odds(threshold)
    return [
        c
        for c in candidates
        if c.form
        or c.score >= _SURELY
        or _is_quoted_elsewhere(view, c)
        or _confirmation(view, c, chances_of_none[view.home[c.anchor]]) >= least
    ]


def _is_quoted_elsewhere(view: View, c: Candidate) -> bool:
    """Tell who acts before a quotation of another sentence, which is then theirs: *Mayor Roe walked out. “A farce.”*."""
    home = view.home[c.anchor]
    said = c.content.tolist()
    if view.home[said[0]] == home == view.home[said[-1]]:
        return False
    return any([view.inside[at] and view.home[at] != home for at in said])


def _confirmation(view: View, c: Candidate, chance_of_none: float) -> float:
    """Give an attribution's log odds, less what speaks against it."""
    cues = view.cues[view.home[c.anchor]]
    at = bisect_right(cues, c.anchor, key=attrgetter("first")) - 1
    speaks = at >= 0 and c.anchor < cues[at].last and not cues[at].entry.quiet
    share, margin = (_NOBODY, _MARGIN) if speaks else (_NOBODY_IF_QUIET, _MARGIN_IF_QUIET)
    return _log_odds(c.score) - share * _log_odds(chance_of_none) - margin


def _log_odds(chance: float) -> float:
    return math.log(max(chance, _LEAST_CHANCE) / max(1 - chance, _LEAST_CHANCE))
