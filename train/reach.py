"""How far what is said reaches into the sentences before and after that of its cue."""

import numpy as np
from numpy.typing import NDArray

from .frame import Frame
from .hashed import Features, Hashes, bucket
from .words import COARSE, CUE, FUNCTION, LEMMA

Ints = NDArray[np.int64]
REACH = 8
_CHANCES = (0.05, 0.15, 0.3, 0.5, 0.7)


def neighbours(frame: Frame, cues: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair cues with the sentences around theirs.

    Returns
    -------
    cue, sentence, step : ndarray of shape (n_pairs,)
        Row of ``cues``, number of the sentence, and its distance (negative: before).
    """
    n_sentences = len(frame.view.sentences)
    steps = np.concatenate([np.arange(-REACH, 0), np.arange(1, REACH + 1)])
    row = np.repeat(np.arange(len(cues)), len(steps))
    step = np.tile(steps, len(cues))
    sentence = frame.sentence[cues][row] + step
    kept = (sentence >= 0) & (sentence < n_sentences)
    return row[kept], sentence[kept], step[kept]


def reach_features(frame: Frame, cues: Ints, sentences: Ints, steps: Ints, chance: NDArray[np.float64]) -> Hashes:
    """Describe sentences as seen from the cue of another one.

    Parameters
    ----------
    frame : Frame
    cues, sentences, steps : ndarray of shape (n_pairs,)
        Cue token, other sentence's number and its distance.
    chance : ndarray of shape (n_tokens + 1,)
        How likely each token is a cue.

    Returns
    -------
    ndarray of shape (n_pairs, n_templates)
    """
    f = Features(len(cues), seed=3)
    bounds = np.array(frame.view.sentences, dtype=np.int64).reshape(-1, 2)
    first, last = bounds[sentences, 0], bounds[sentences, 1]
    home = frame.sentence[cues]
    inner = sentences - np.sign(steps)  # the sentence next to it on the way to the cue
    signature, own, inner_signature = _of(frame, sentences), frame.signature[cues], _of(frame, inner)
    quote = np.append(frame.view.quote, 0)
    edge = np.where(steps > 0, first, np.maximum(last - 1, 0))
    cue_edge = np.where(steps > 0, bounds[home, 1] - 1, bounds[home, 0])
    inner_edge = np.where(steps > 0, bounds[inner, 1] - 1, bounds[inner, 0])
    same_as_cue = (quote[edge] > 0) & (quote[edge] == quote[cue_edge])
    same_as_inner = (quote[edge] > 0) & (quote[edge] == quote[inner_edge])
    paragraph = np.array(frame.view.paragraph, dtype=np.int64)
    break_inner = paragraph[sentences] != paragraph[inner]
    breaks = np.minimum(np.abs(paragraph[sentences] - paragraph[home]), 2)
    rival = bucket_chances(_most(chance * (frame.quoted == 0), first, last))
    inside = np.array(frame.view.quote, dtype=np.int64)
    n_quoted = np.append(np.cumsum(np.append(0, inside > 0)), 0)
    full = np.minimum(((n_quoted[last] - n_quoted[first]) * 4) // np.maximum(last - first, 1), 4)
    cue_quoted = frame.quoted[cues]
    words = frame.words
    step = np.clip(steps, -4, 4)
    f.add(step, signature, own)
    f.add(step, same_as_cue, same_as_inner)
    f.add(np.sign(steps), same_as_cue, same_as_inner, signature)
    f.add(np.sign(steps), same_as_inner, break_inner, rival, full)
    f.add(step, break_inner, rival)
    f.add(np.sign(steps), breaks, own, signature)
    f.add(np.sign(steps), breaks, full, rival, cue_quoted)
    f.add(np.sign(steps), inner_signature, signature, own)
    f.add(np.sign(steps), inner_signature, signature, break_inner)
    f.add(step, full, own, cue_quoted)
    f.add(np.sign(steps), words[cues, LEMMA])
    f.add(np.sign(steps), words[cues, LEMMA], full > 2)
    f.add(np.sign(steps), words[cues, CUE], full, break_inner)
    f.add(np.sign(steps), words[np.minimum(first, frame.n), FUNCTION], rival)
    f.add(np.sign(steps), words[np.minimum(first, frame.n), COARSE], full > 2)
    f.add(np.sign(steps), words[np.maximum(bounds[home, 1] - 1, 0), FUNCTION], own)
    f.add(step, bucket(bounds[home, 1] - cues, (2, 4, 7, 12, 20)), own, full > 2)
    f.add(step, bucket(cues - bounds[home, 0], (2, 4, 7, 12, 20)), own, full > 2)
    return f.hashes()


def bucket_chances(values: NDArray[np.float64]) -> Ints:
    """Put chances into six buckets."""
    return np.searchsorted(np.array(_CHANCES), values, side="right")


def _of(frame: Frame, sentences: Ints) -> Ints:
    bounds = np.array([first for first, _ in frame.view.sentences], dtype=np.int64)
    return frame.signature[np.minimum(bounds[sentences], frame.n)]


def _most(values: NDArray[np.float64], first: Ints, last: Ints) -> NDArray[np.float64]:
    """The highest value from each first to before each last."""
    edges = np.stack([first, np.maximum(last, first + 1)], axis=1).ravel()
    padded = np.append(values, 0.0)
    return np.maximum.reduceat(padded, edges)[::2] if len(first) else np.zeros(0)


def contiguous(row: Ints, steps: Ints, yes: NDArray[np.bool_], n_cues: int) -> tuple[Ints, Ints]:
    """How many sentences in a row, before and after, each cue's content takes in.

    Returns
    -------
    before, after : ndarray of shape (n_cues,)
    """
    before, after = np.zeros(n_cues, dtype=np.int64), np.zeros(n_cues, dtype=np.int64)
    for distance in range(1, REACH + 1):
        for side, count in ((-1, before), (1, after)):
            hit = row[(steps == side * distance) & yes]
            hit = hit[count[hit] == distance - 1]
            count[hit] = distance
    return before, after
