"""Features of the second look at an attribution: what the first look made of the token and of those around it."""

import numpy as np
from numpy.typing import NDArray

from .decode import BEGIN_CONTENT, CONTENT_ROLE, SOURCE_ROLE, role_of
from .frame import Frame
from .hashed import Features, Hashes, bucket
from .words import CLUSTER, CUE, FUNCTION, WORD

Ints = NDArray[np.int64]
_EDGES = (1, 2, 3, 5, 9, 20, 60)
_OUTSIDE = 8  # stands for what lies outside the sentence
_FAR = 10**6


class _Look:
    """The first look's labels and chances, token by token as seen from each cue."""

    def __init__(self, lengths: Ints, scores: NDArray[np.float32], labels: Ints) -> None:
        self.starts = np.cumsum(lengths) - lengths
        self.lengths = lengths
        self.first = np.repeat(self.starts, lengths)
        self.last = self.first + np.repeat(lengths, lengths)
        self.index = np.arange(len(labels))
        self.labels, self.role = labels, role_of(labels)
        chance = np.exp(scores)
        self.source = chance[:, 1] + chance[:, 2]
        self.content = chance[:, 5] + chance[:, 6]
        self.begins = chance[:, BEGIN_CONTENT]

    def beside(self, values: Ints, offset: int) -> Ints:
        """Step to a neighbour within the same sentence."""
        at = self.index + offset
        inside = (at >= self.first) & (at < self.last)
        return np.where(inside, values[np.clip(at, 0, len(values) - 1)], _OUTSIDE)

    def most(self, values: Ints) -> Ints:
        """Give each token the highest value of its sentence."""
        highest: Ints = np.maximum.reduceat(values, self.starts)
        return np.repeat(highest, self.lengths)

    def distance(self, marked: NDArray[np.bool_], *, ahead: bool) -> Ints:
        """Give the bucket of the distance to the next marked token ahead (or behind) in the sentence."""
        if ahead:
            at = np.minimum.accumulate(np.where(marked, self.index, _FAR)[::-1])[::-1]
        else:
            at = np.maximum.accumulate(np.where(marked, self.index, -_FAR))
        inside = (at >= self.first) & (at < self.last)
        return bucket(np.where(inside, np.abs(at - self.index), 99), _EDGES)


def revision_features(
    frame: Frame, cues: Ints, tokens: Ints, lengths: Ints, scores: NDArray[np.float32], labels: Ints
) -> Hashes:
    """Describe tokens by the first look at them.

    Parameters
    ----------
    frame : Frame
    cues, tokens : ndarray of shape (n_pairs,)
    lengths : ndarray of shape (n_cues,)
        Tokens of each cue's sentence.
    scores : ndarray of shape (n_pairs, n_labels)
        Log chances of the first look.
    labels : ndarray of shape (n_pairs,)
        Its likeliest label for each token.

    Returns
    -------
    ndarray of shape (n_pairs, n_templates)
    """
    f = Features(len(tokens), seed=4)
    look = _Look(lengths, scores, labels)
    side = np.sign(tokens - cues)
    _labels_around(f, look, side)
    _chances_around(f, look, side)
    _words_around(f, frame, look, tokens)
    _whole_sentence(f, frame, look, cues, tokens, side)
    return f.hashes()


def _labels_around(f: Features, look: _Look, side: Ints) -> None:
    labels, role = look.labels, look.role
    one_before, one_after = look.beside(labels, -1), look.beside(labels, 1)
    f.add(side, labels)
    f.add(side, one_before, labels, one_after)
    f.add(side, look.beside(labels, -2), one_before, labels)
    f.add(side, labels, one_after, look.beside(labels, 2))
    around = [look.beside(role, offset) for offset in (-3, -1, 1, 3)]
    f.add(side, around[0], around[1], role, around[2], around[3])


def _chances_around(f: Features, look: _Look, side: Ints) -> None:
    content, source = (look.content * 5).astype(np.int64), (look.source * 5).astype(np.int64)
    begins = (look.begins * 4).astype(np.int64)
    f.add(content, look.beside(content, -1), look.beside(content, 1))
    f.add(content, look.beside(content, -2), look.beside(content, 2))
    f.add(source, content, look.beside(source, 1), look.beside(source, -1))
    f.add(begins, content, look.beside(begins, 1))
    hundredths = (look.source * 100).astype(np.int64)
    best = look.most(hundredths)
    f.add(hundredths * 5 // (best + 1), best // 20, side)


def _words_around(f: Features, frame: Frame, look: _Look, tokens: Ints) -> None:
    words, role = frame.words, look.role
    before, after = frame.at(tokens, -1), frame.at(tokens, 1)
    f.add(role, words[tokens, WORD])
    f.add(role, words[before, WORD])
    f.add(role, words[after, WORD])
    f.add(role, words[tokens, CLUSTER], look.beside(role, -1))
    f.add(role, words[after, CLUSTER], look.beside(role, 1))
    f.add(role, words[tokens, FUNCTION], words[after, FUNCTION], look.beside(role, 1))


def _whole_sentence(f: Features, frame: Frame, look: _Look, cues: Ints, tokens: Ints, side: Ints) -> None:
    """What the first look found left and right of the cue, and how far its edges are."""
    words, role = frame.words, look.role
    content = (look.content * 5).astype(np.int64)
    said = role == CONTENT_ROLE
    starts = said & (look.beside(role, -1) != role)
    ends = said & (look.beside(role, 1) != role)
    left, right = (
        look.most((said & (side < 0)).astype(np.int64)),
        look.most((said & (side > 0)).astype(np.int64)),
    )
    source = look.most(np.where(role == SOURCE_ROLE, 2 - (side < 0), 0))
    pieces = np.minimum(np.repeat(np.add.reduceat(starts.astype(np.int64), look.starts), look.lengths), 3)
    f.add(look.distance(starts, ahead=False), look.distance(ends, ahead=True), side, role)
    f.add(look.distance(ends, ahead=False), look.distance(starts, ahead=True), side, role)
    f.add(side, left, right, source, role)
    f.add(side, left, right, content)
    f.add(side, source, (look.source * 5).astype(np.int64), role)
    f.add(pieces, side, role, content)
    f.add(words[cues, WORD], side, role)
    f.add(words[cues, CUE], side, role, left, right)
    f.add(frame.opener[tokens] == frame.opener[cues], side, role, content)
