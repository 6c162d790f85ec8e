"""Kind and source type, decided by what the model says and by what forms and entities of the article tell."""

from ...data.arrays import Floats32
from ...data.scheme import SOURCE_TYPES
from ..speech.leanings import leanings
from .reading import Reading

_RESOLVED = 0.0  # what the type of whoever speaks is worth beside the model's scores: log odds, chosen on real news


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
        if voice.resolved and voice.resolved.source_type:
            out[n, 2 + SOURCE_TYPES.index(voice.resolved.source_type)] += _RESOLVED
    return out
