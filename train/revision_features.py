"""Features of the second look at an attribution: what the first look made of the token and of those around it."""

import numpy as np
from numpy.typing import NDArray

from .attribution_features import Pairs
from .decode import BEGIN_CONTENT, CONTENT_ROLE, SOURCE_ROLE, role_of
from .frame import Frame
from .hashed import Buckets, Features, Ints
from .words import CLUSTER, CUE, FUNCTION, WORD

_bucket = Buckets((1, 2, 3, 5, 9, 20, 60))
_OUTSIDE = 8  # stands for what lies outside the sentence
_NONE = 99


class _Look:
    """The first look's labels and chances, token by token as seen from each cue."""

    def __init__(self, pairs: Pairs, scores: NDArray[np.float32], labels: Ints) -> None:
        n = len(labels)
        self.pairs, self.index = pairs, np.arange(n)
        self.starts = pairs.starts
        self.first = self.starts.take(pairs.row)
        self.last = (self.starts + pairs.lengths).take(pairs.row)
        self.labels, self.role = labels, role_of(labels)
        chance = np.exp(scores)
        self.source = chance[1] + chance[2]
        self.content = chance[5] + chance[6]
        self.begins = chance[BEGIN_CONTENT]
        self._at = {step: self._step(step, n) for step in (-3, -2, -1, 1, 2, 3)}

    def _step(self, step: int, n: int) -> Ints:
        at = self.index + step
        return np.where((at >= self.first) & (at < self.last), at, n)

    def beside(self, values: Ints, step: int) -> Ints:
        """Step to a neighbour within the same sentence."""
        return np.append(values, _OUTSIDE).take(self._at[step])

    def most(self, values: Ints) -> Ints:
        """Give each token the highest value of its sentence."""
        highest: Ints = np.maximum.reduceat(values, self.starts)
        return highest.take(self.pairs.row)

    def distance(self, marked: NDArray[np.bool_], *, ahead: bool) -> Ints:
        """Give the bucket of the distance to the next marked token ahead (or behind) in the sentence."""
        n = len(marked)
        if ahead:
            at = np.minimum.accumulate(np.where(marked, self.index, n)[::-1])[::-1]
        else:
            at = np.maximum.accumulate(np.where(marked, self.index, -1))
        inside = (at >= self.first) & (at < self.last)
        return _bucket(np.where(inside, np.abs(at - self.index), _NONE))


def revision_features(f: Features, framed: Frame, pairs: Pairs, scores: NDArray[np.float32], labels: Ints) -> None:
    """Describe tokens by the first look at them.

    Parameters
    ----------
    f : Features
    framed : Frame
    pairs : Pairs
    scores : ndarray of shape (n_labels, n_pairs)
        Log chances of the first look.
    labels : ndarray of shape (n_pairs,)
        Its likeliest label for each token.
    """
    look = _Look(pairs, scores, labels)
    side = np.sign(pairs.tokens - pairs.anchors.take(pairs.row))
    _labels_around(f, look, side)
    _chances_around(f, look, side)
    _words_around(f, framed, look)
    _whole_sentence(f, framed, look, side)


def _labels_around(f: Features, look: _Look, side: Ints) -> None:
    labels, role = look.labels, look.role
    before, after = look.beside(labels, -1), look.beside(labels, 1)
    f.add(f.term(side, labels))
    f.add(f.term(side, before, labels, after))
    f.add(f.term(side, look.beside(labels, -2), before, labels))
    f.add(f.term(side, labels, after, look.beside(labels, 2)))
    around = [look.beside(role, step) for step in (-3, -1, 1, 3)]
    f.add(f.term(side, role, *around))


def _chances_around(f: Features, look: _Look, side: Ints) -> None:
    content, source = (look.content * 5).astype(np.int64), (look.source * 5).astype(np.int64)
    begins = (look.begins * 4).astype(np.int64)
    f.add(f.term(content, look.beside(content, -1), look.beside(content, 1)))
    f.add(f.term(content, look.beside(content, -2), look.beside(content, 2)))
    f.add(f.term(source, content, look.beside(source, 1), look.beside(source, -1)))
    f.add(f.term(begins, content, look.beside(begins, 1)))
    hundredths = (look.source * 100).astype(np.int64)
    best = look.most(hundredths)
    f.add(f.term(hundredths * 5 // (best + 1), best // 20, side))


def _words_around(f: Features, framed: Frame, look: _Look) -> None:
    words, at, tokens = framed.words, framed.at, look.pairs.tokens
    role = f.term(look.role)

    def token(*values: Ints) -> NDArray[np.uint64]:
        return f.term(*values).take(tokens)

    before, after = f.term(look.beside(look.role, -1)), f.term(look.beside(look.role, 1))
    f.add(role, token(words[WORD]))
    f.add(role, token(words[WORD].take(at[-1])))
    f.add(role, token(words[WORD].take(at[1])))
    f.add(role, before, token(words[CLUSTER]))
    f.add(role, after, token(words[CLUSTER].take(at[1])))
    f.add(role, after, token(words[FUNCTION], words[FUNCTION].take(at[1])))


def _whole_sentence(f: Features, framed: Frame, look: _Look, side: Ints) -> None:
    """What the first look found left and right of the cue, and how far its edges are."""
    words, role, pairs = framed.words, look.role, look.pairs
    content = (look.content * 5).astype(np.int64)
    said = role == CONTENT_ROLE
    starts = said & (look.beside(role, -1) != role)
    ends = said & (look.beside(role, 1) != role)
    left, right = look.most((said & (side < 0)).astype(np.int64)), look.most((said & (side > 0)).astype(np.int64))
    source = look.most(np.where(role == SOURCE_ROLE, 2 - (side < 0), 0))
    pieces = np.minimum(np.add.reduceat(starts.astype(np.int64), look.starts), 3).take(pairs.row)
    opener = framed.opener
    f.add(f.term(look.distance(starts, ahead=False), look.distance(ends, ahead=True), side, role))
    f.add(f.term(look.distance(ends, ahead=False), look.distance(starts, ahead=True), side, role))
    f.add(f.term(side, left, right, source, role))
    f.add(f.term(side, left, right, content))
    f.add(f.term(side, source, (look.source * 5).astype(np.int64), role))
    f.add(f.term(pieces, side, role, content))
    f.add(f.term(side, role), f.term(words[WORD].take(pairs.anchors)).take(pairs.row))
    f.add(f.term(side, role, left, right), f.term(words[CUE].take(pairs.anchors)).take(pairs.row))
    f.add(f.term(opener.take(pairs.tokens) == opener.take(pairs.anchors).take(pairs.row), side, role, content))
