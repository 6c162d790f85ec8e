"""Kind and source type, decided by what the model says and by what forms and entities of the article tell."""

from bisect import bisect_right

import numpy as np

from ...data.arrays import Floats32, Floats64
from ...data.scheme import SOURCE_TYPES
from ..attribution.extractor import Candidate
from ..speech.leanings import leanings
from .reading import Reading

_LEAST = 1e-6  # a chance of 0 has no odds
_SENTENCE = 0.25  # what the log odds that a sentence is attributed are worth beside those of an attribution in it
# What the type of whoever speaks is worth beside the model's scores, in log odds; chosen on real news.
# People of whom nothing is told but a name mostly speak for themselves.
_SURE = 2.0
_GUESSED = 1.0
_CLEAR = 1.0  # log odds from which a sentence is clearly quoted or attributed: else a surer type would make it so
_UNTOLD = 1.5


def decided(reading: Reading, outputs: Floats32) -> Floats32:
    """Add what forms and entities tell to a voice model's outputs.

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
    for n, leaning in leanings(reading):
        out[n, :2] += leaning
    for n, voice in enumerate(reading.spoken):
        who = voice.resolved
        if who and who.source_type:
            out[n, 2 + SOURCE_TYPES.index(who.source_type)] += _SURE if who.sure and out[n, :2].max() > _CLEAR else _GUESSED
        elif who and voice.candidate and _is_untold_person(reading, voice.candidate):
            out[n, 2 + SOURCE_TYPES.index("individual")] += _UNTOLD
    return out


def _is_untold_person(reading: Reading, candidate: Candidate) -> bool:
    """Tell somebody with a first name and a surname of whom the article says nothing else."""
    entity = reading.entities.get(candidate.anchor)
    return entity is not None and entity.sort == "person" and " " in entity.name


def told(reading: Reading, nobodys: Floats64, threshold: float) -> list[Candidate]:
    """Give the attributions that are likely, seen beside the labels of the sentences that hold their cues.

    Parameters
    ----------
    reading : Reading
    nobodys : ndarray of shape (n_sentences,)
        The chance of each sentence that it is attributed to nobody.
    threshold : float
        Of the chance from which an attribution is told.
    """
    if not reading.candidates:
        return []
    firsts = [first for first, _ in reading.view.sentences]
    home = [bisect_right(firsts, c.anchor) - 1 for c in reading.candidates]
    scores = np.array([c.score for c in reading.candidates])
    odds = _log_odds(scores) + _SENTENCE * _log_odds(1 - nobodys)[home]
    likely = odds >= _log_odds(np.array([threshold]))
    return [c for c, is_likely in zip(reading.candidates, likely.tolist(), strict=True) if is_likely]


def _log_odds(chances: Floats64) -> Floats64:
    safe = np.clip(chances, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(safe / (1 - safe)))
