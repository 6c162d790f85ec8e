"""From label sequences to spans: source, cue and content of each cue, all of an article's at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .attribution_features import Pairs
from .decode import BEGIN_CUE, BEGIN_SOURCE, CONTENT_ROLE, SOURCE_ROLE, role_of
from .frame import Frame

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Found:
    """Possible attributions, a row each, in the order of their anchors.

    Parameters
    ----------
    anchor : ndarray of shape (n_found,)
        The cue's main word.
    cue, source : ndarray of shape (n_found, 2)
        First token and the one after the last; `NOWHERE` twice for no source.
    chance : ndarray of shape (n_found,)
        That the anchor is a cue.
    margins : ndarray of shape (n_found, 3)
        Mean log chance of the labels chosen for source, cue and content.
    tokens : ndarray of shape (n_contents,)
        The tokens of the contents, one content behind the other, each ascending.
    ends : ndarray of shape (n_found,)
        Where in ``tokens`` each content ends; none is empty.
    """

    anchor: Ints
    cue: Ints
    source: Ints
    chance: Floats
    margins: Floats
    tokens: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.anchor)

    @property
    def sizes(self) -> Ints:
        """Give how many tokens each content has."""
        return np.diff(self.ends, prepend=0)

    @property
    def starts(self) -> Ints:
        """Give where each content begins in ``tokens``."""
        return self.ends - self.sizes

    @property
    def row(self) -> Ints:
        """Give the number of the attribution that each of ``tokens`` belongs to."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def content(self, i: int) -> Ints:
        """Give the tokens of one content."""
        return self.tokens[self.ends[i - 1] if i else 0 : self.ends[i]]


def spans_of(
    framed: Frame, pairs: Pairs, labels: Ints, scores: NDArray[np.float32], chance: Floats, reached: tuple[Ints, Ints]
) -> Found:
    """Turn each cue's labels into spans; cues to which nothing is said are left out.

    Parameters
    ----------
    framed : Frame
    pairs : Pairs
    labels : ndarray of shape (n_pairs,)
        Valid sequences.
    scores : ndarray of shape (n_labels, n_pairs)
        Log chances.
    chance : ndarray of shape (n_tokens + 1,)
    reached : (before, after), each ndarray of shape (n_cues,)
        How many sentences around the cue's own the content takes in.
    """
    picked = scores[labels, np.arange(len(labels))].astype(np.float64)
    role = role_of(labels)
    tokens, row = _contents(framed, pairs, role, reached)
    kept, sizes = np.unique(row, return_counts=True)
    return Found(
        pairs.anchors[kept],
        _cues(pairs, labels)[kept],
        _sources(pairs, labels, picked)[kept],
        chance[pairs.anchors[kept]],
        _margins(pairs, role, picked)[kept],
        tokens,
        np.cumsum(sizes),
    )


def _contents(framed: Frame, pairs: Pairs, role: Ints, reached: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Give the tokens of each cue's content and the number of the cue, in order."""
    said = role == CONTENT_ROLE
    tokens, row = [pairs.tokens[said]], [pairs.row[said]]
    for n, cue in _reached_sentences(framed, pairs, reached):
        inside = np.arange(*framed.bounds[n])
        quoted = inside[framed.quoted[inside] > 0]
        inside = quoted if len(quoted) else inside
        tokens.append(inside)
        row.append(np.full(len(inside), cue))
    if len(tokens) == 1:
        return tokens[0], row[0]
    all_tokens, all_rows = np.concatenate(tokens), np.concatenate(row)
    order = np.lexsort((all_tokens, all_rows))
    return all_tokens[order], all_rows[order]


def _reached_sentences(framed: Frame, pairs: Pairs, reached: tuple[Ints, Ints]) -> Iterable[tuple[int, int]]:
    before, after = reached
    for cue in np.flatnonzero(before + after).tolist():
        home = int(framed.sentence[pairs.anchors[cue]])
        for n in range(home - int(before[cue]), home + int(after[cue]) + 1):
            if n != home:
                yield n, cue


def _margins(pairs: Pairs, role: Ints, picked: Floats) -> Floats:
    """Give the mean log chance of each role's tokens; -1 for a role that has none."""
    at = pairs.row * 4 + role
    sizes = np.bincount(at, minlength=4 * len(pairs.anchors)).reshape(-1, 4)
    sums = np.bincount(at, weights=picked, minlength=4 * len(pairs.anchors)).reshape(-1, 4)
    return np.where(sizes > 0, sums / np.maximum(sizes, 1), -1.0)[:, 1:]


def _next_other(labels: Ints, inside: int) -> Ints:
    """Give for each place the next one behind it whose label is another than ``inside``."""
    n = len(labels)
    at = np.minimum.accumulate(np.where(labels != inside, np.arange(n), n)[::-1])[::-1]
    return np.append(at[1:], n)


def _sources(pairs: Pairs, labels: Ints, picked: Floats) -> Ints:
    """Give each cue's surest stretch of source labels, as tokens."""
    out = np.full((len(pairs.anchors), 2), NOWHERE)
    begin = np.flatnonzero(labels == BEGIN_SOURCE)
    if len(begin):
        inside = np.flatnonzero(role_of(labels) == SOURCE_ROLE)
        stretch = np.searchsorted(begin, inside, side="right") - 1
        lengths = np.bincount(stretch)
        score = np.bincount(stretch, weights=picked[inside]) / lengths
        row = pairs.row[begin]
        order = np.lexsort((-score, row))
        rows, first = np.unique(row[order], return_index=True)
        best = order[first]
        out[rows, 0] = pairs.tokens[begin[best]]
        out[rows, 1] = out[rows, 0] + lengths[best]
    return out


def _cues(pairs: Pairs, labels: Ints) -> Ints:
    """Give the stretch of cue labels around each anchor, the anchor at least, as tokens."""
    inside = BEGIN_CUE + 1
    at = pairs.starts + pairs.anchors - pairs.tokens[pairs.starts]
    n = np.arange(len(labels))
    begun = np.maximum.accumulate(np.where(labels != inside, n, 0))[at]
    end = _next_other(labels, inside)[at]
    anchors = pairs.anchors
    return np.stack([anchors - (at - begun), anchors + (end - at)], axis=1)
