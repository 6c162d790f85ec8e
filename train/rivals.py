"""Cues that stand in one sentence."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NEAREST = 24  # rivals to each side that are looked at: more stand only in text without sentences


class Rivals(NamedTuple):
    """Pairs of cues: the one that is judged, and its rival, by number."""

    one: Ints
    other: Ints


def in_one_sentence(home: Ints) -> Rivals:
    """Pair the cues of each sentence, both ways.

    Parameters
    ----------
    home : ndarray of shape (n_cues,)
        The number of each cue's sentence, ascending.
    """
    empty = np.zeros(0, dtype=np.int64)
    ones, others = [empty], [empty]
    for step in range(1, min(NEAREST, len(home) - 1) + 1):
        one = np.flatnonzero(home[step:] == home[:-step])
        if not len(one):
            break
        ones += [one, one + step]
        others += [one + step, one]
    return Rivals(np.concatenate(ones), np.concatenate(others))
