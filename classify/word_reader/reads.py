"""What the word reader makes of articles: for each word the odds of its roles, and of its links to the cues.

A link is a biaffine score (Dozat and Manning, ICLR 2017): the cue asks, the other word answers, and how far apart they
stand counts, too. All odds are logarithms in whole thousandths, so that sums do not depend on their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Floats32, Floats64, Ints
from ...data.scheme import KINDS, SOURCE_TYPES
from ..linear.hashed import Buckets

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(len(ROLES))
WIDTH = 64
"""How many numbers a cue asks with, and a word answers with, for each role."""
TAGS, MAIN = slice(0, 9), 9
KIND, TYPE = slice(10, 10 + len(KINDS)), slice(10 + len(KINDS), 10 + len(KINDS) + len(SOURCE_TYPES))
SOURCE_TYPE = slice(TYPE.stop, TYPE.stop + len(SOURCE_TYPES) - 1)
N_OUTPUTS = SOURCE_TYPE.stop
"""Outputs for each word: outside, begin, inside for each role; main word of a cue; the sentence's kind and source type;
the source's type as seen from the cue."""
N_ANSWERS = len(ROLES) * (WIDTH + 1)
_STEPS_APART = np.array([1, 2, 3, 4, 5, 7, 10, 15, 21, 32, 48, 64])
N_FAR = 2 * len(_STEPS_APART) + 1
APART = -9999
"""The log odds of a link to a word that was read in another window: less than any other."""
FINE = Buckets((-5000, -3500, -2500, -1800, -1200, -700, -300, 0, 300, 700, 1200, 1800, 2500, 3500, 5000))
ROUGH = Buckets((-3000, -1500, -500, 500, 1500, 3000))
ENOUGH = 5000
"""Where sums are taken, no word counts more."""
_MOST = 9000
_LEAST = 1e-3  # chance: what is surer counts no more
_PAIRS_AT_ONCE = 20_000


Floats16 = NDArray[np.float16]
"""Half of the memory; the network rounds more."""


class Read(NamedTuple):
    """What the reader makes of one article.

    Parameters
    ----------
    outputs : ndarray of shape (n_tokens, N_OUTPUTS)
        Logits: see `N_OUTPUTS`.
    asks : ndarray of shape (n_tokens, len(ROLES) * WIDTH)
        With what a token, as a cue, asks for source, cue and content.
    answers : ndarray of shape (n_tokens, N_ANSWERS)
        What a token answers, and for each role how likely it answers at all.
    window : ndarray of int, shape (n_tokens,)
        Which stretch of text the token was read in, from 0.
    """

    outputs: Floats32
    asks: Floats16
    answers: Floats16
    window: Ints


@dataclass(frozen=True, slots=True)
class Reads:
    """What the reader makes of several articles, laid one behind the other; one place of low odds stands behind the last.

    Parameters
    ----------
    main : ndarray of shape (n_tokens + 1,)
        Log odds that a token is the main word of a cue.
    role, begins : ndarray of shape (len(ROLES), n_tokens + 1)
        That it has a role, and that it begins one.
    asks, answers : ndarray
        See `Read`.
    window : ndarray of shape (n_tokens + 1,)
    far : ndarray of shape (N_FAR, len(ROLES))
        What the distance between cue and token adds.
    """

    main: Ints
    role: Ints
    begins: Ints
    asks: Floats16
    answers: Floats16
    window: Ints
    far: Floats32

    @classmethod
    def of(cls, reads: Sequence[Read], far: Floats32) -> "Reads":
        """Lay articles out."""
        outputs = np.concatenate([read.outputs for read in reads]).astype(np.float64)
        outside, begin, inside = outputs[:, TAGS].reshape(len(outputs), len(ROLES), 3).transpose(2, 1, 0)
        windows, n = [], 0
        for read in reads:
            windows.append(read.window + n)
            n += int(read.window.max(initial=-1)) + 1
        return cls(
            _laid_out(outputs[:, MAIN]),
            _laid_out(np.logaddexp(begin, inside) - outside),
            _laid_out(begin - np.logaddexp(outside, inside)),
            _joined([read.asks for read in reads]),
            _joined([read.answers for read in reads]),
            np.append(np.concatenate(windows), -1),
            far,
        )

    def links(self, cues: Ints, tokens: Ints) -> Ints:
        """Give for pairs of cue and token the log odds that the token is the cue's source, cue and content.

        Parameters
        ----------
        cues, tokens : ndarray of shape (n_pairs,)

        Returns
        -------
        ndarray of shape (len(ROLES), n_pairs)
            `APART` where the two were not read together.
        """
        links = np.empty((len(ROLES), len(cues)), dtype=np.int64)
        for first in range(0, len(cues), _PAIRS_AT_ONCE):
            part = slice(first, first + _PAIRS_AT_ONCE)
            links[:, part] = self._links(cues[part], tokens[part])
        return links

    def _links(self, cues: Ints, tokens: Ints) -> Ints:
        n = len(ROLES) * WIDTH
        asks, answers = self.asks[cues].astype(np.float32), self.answers[tokens].astype(np.float32)
        products = (asks * answers[:, :n]).reshape(-1, len(ROLES), WIDTH)
        odds = products.sum(axis=2) / np.float32(np.sqrt(WIDTH))
        odds = odds + answers[:, n:] + self.far[distance_class(tokens - cues)]
        links = _thousandths(odds.T.astype(np.float64))
        links[:, self.window[cues] != self.window[tokens]] = APART
        return links


def distance_class(apart: Ints) -> Ints:
    """Number how far tokens stand behind a cue, or before it: a row of `Reads.far`."""
    return np.sign(apart) * np.searchsorted(_STEPS_APART, np.abs(apart), side="right") + len(_STEPS_APART)


def _joined(parts: Sequence[Floats16]) -> Floats16:
    """Lay arrays behind one another; one alone is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _thousandths(odds: Floats64) -> Ints:
    return np.rint(np.clip(1000 * odds, -_MOST, _MOST)).astype(np.int64)


def _laid_out(odds: Floats64) -> Ints:
    """Give whole numbers, with a place for what lies outside behind the last token."""
    return np.concatenate([_thousandths(odds), np.full((*odds.shape[:-1], 1), -_MOST)], axis=-1)


def sentence_odds(read: Read, sentences: Sequence[tuple[int, int]]) -> tuple[Floats64, Floats64]:
    """Give the log odds of each sentence's kinds and source types, by the mean of its words.

    Parameters
    ----------
    read : Read
    sentences : sequence of (int, int), length n_sentences
        First token and the one after the last.

    Returns
    -------
    kinds : ndarray of shape (n_sentences, n_kinds)
    types : ndarray of shape (n_sentences, n_types)
    """
    bounds = np.array(sentences, dtype=np.int64).reshape(-1, 2)
    before = np.zeros((len(read.outputs) + 1, N_OUTPUTS))
    np.cumsum(read.outputs, axis=0, out=before[1:])
    sizes = np.maximum(bounds[:, 1] - bounds[:, 0], 1)[:, None]
    means = (before[bounds[:, 1]] - before[bounds[:, 0]]) / sizes
    return _log_odds(means[:, KIND]), _log_odds(means[:, TYPE])


def source_odds(read: Read, cue: int) -> Floats64:
    """Give the log odds of the types of the source that a cue has; shape (n_types - 1,), without ``none``."""
    odds: Floats64 = _log_odds(read.outputs[cue : cue + 1, SOURCE_TYPE].astype(np.float64))[0]
    return odds


def _log_odds(logits: Floats64) -> Floats64:
    """Give the log odds of classes that exclude each other, those of a row together."""
    sure = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    sure = np.clip(sure, _LEAST, 1 - _LEAST)
    odds: Floats64 = np.log(sure / (1 - sure))
    return odds
