"""From label sequences to spans: source, cue and content of each cue, all of an article's at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .attribution_features import Pairs
from .decode import BEGIN_CUE, CONTENT_ROLE, role_of
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
    sure : ndarray of shape (n_found, 2)
        Log chance of the content, and of the source, among those that it was chosen from.
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
    sure: Floats
    tokens: Ints
    ends: Ints

    @classmethod
    def nothing(cls) -> "Found":
        """Give no rows."""
        none, two = np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
        return cls(none, two, two, np.zeros(0), np.zeros((0, 3)), np.zeros((0, 2)), none, none)

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
    framed: Frame,
    pairs: Pairs,
    labels: Ints,
    sources: Ints,
    *,
    scores: NDArray[np.float32],
    chance: Floats,
    sure: Floats,
    reached: tuple[Ints, Ints],
) -> Found:
    """Turn each cue's labels into spans; cues to which nothing is said are left out.

    Parameters
    ----------
    framed : Frame
    pairs : Pairs
    labels : ndarray of shape (n_pairs,)
        Valid sequences; of sources they only tell how likely they are.
    sources : ndarray of shape (n_cues, 2)
        As in `Found`.
    scores : ndarray of shape (n_labels, n_pairs)
        Log chances.
    chance : ndarray of shape (n_tokens + 1,)
    sure : ndarray of shape (n_cues, 2)
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
        sources[kept],
        chance[pairs.anchors[kept]],
        _margins(pairs, role, picked)[kept],
        sure[kept],
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


def _cues(pairs: Pairs, labels: Ints) -> Ints:
    """Give the stretch of cue labels around each anchor, the anchor at least, as tokens."""
    inside = BEGIN_CUE + 1
    at = pairs.starts + pairs.anchors - pairs.tokens[pairs.starts]
    n = np.arange(len(labels))
    begun = np.maximum.accumulate(np.where(labels != inside, n, 0))[at]
    end = _next_other(labels, inside)[at]
    anchors = pairs.anchors
    return np.stack([anchors - (at - begun), anchors + (end - at)], axis=1)
