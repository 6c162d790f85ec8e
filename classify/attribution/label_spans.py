"""From label scores of tokens to spans: the best valid label sequence of each cue, and its source, cue and content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Floats32, Floats64, Ints
from .token_arrays import Pairs, TokenArrays

NOWHERE = -1
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
SOURCE_ROLE, CUE_ROLE, CONTENT_ROLE = 1, 2, 3
_BARRED = -1e4  # lower than any sum of log chances over a sentence's tokens: no sequence begins inside a span


def role_of(labels: Ints) -> Ints:
    """Give the role of each label: 0 none, 1 source, 2 cue, 3 content."""
    return (labels + 1) // 2


def log_softmax(scores: Floats32) -> Floats32:
    """Turn scores of shape (n_labels, n_rows) into logarithms of chances; each row's chances sum to 1."""
    shifted = scores - scores.max(axis=0)
    normal: Floats32 = shifted - np.log(np.exp(shifted).sum(axis=0))
    return normal


def best_paths(scores: Floats32, lengths: Ints) -> Ints:
    """Find the best valid label sequence of each cue's sentence.

    Where the likeliest label of each token makes a valid sequence there is no better one; the others are searched (Viterbi).

    Parameters
    ----------
    scores : ndarray of shape (n_labels, sum of lengths)
        The sentences behind one another.
    lengths : ndarray of shape (n_cues,)
        Tokens of each sentence, 1 or more.

    Returns
    -------
    ndarray of shape (sum of lengths,)
        Label numbers.
    """
    labels: Ints = scores.argmax(axis=0)
    starts = np.cumsum(lengths) - lengths
    before = np.empty_like(labels)
    before[1:] = labels[:-1]
    before[starts] = 0
    broken = (labels > 0) & (labels % 2 == 0) & (before != labels) & (before != labels - 1)
    if broken.any():
        rows = np.unique(np.searchsorted(starts, np.flatnonzero(broken), side="right") - 1)
        _search(scores, starts[rows], lengths[rows], labels)
    return labels


def _search(scores: Floats32, starts: Ints, lengths: Ints, labels: Ints) -> None:
    """Put the best valid sequences of some sentences in the place of their labels."""
    order = np.argsort(-lengths, kind="stable")  # the longest first: those still running are the first ones
    starts, sizes = starts[order], lengths[order]
    times = np.arange(int(sizes[0]))
    running = np.searchsorted(-sizes, -times, side="left").tolist()  # how many are longer than t
    places = np.minimum(starts + times[:, None], len(labels) - 1)
    best = scores[:, places]  # then: of sequences that end with a label at t
    best[2::2, 0] += _BARRED
    for t, n in enumerate(running[1:], 1):
        before, here = best[:, t - 1, :n], best[:, t, :n]
        any_before = before.max(axis=0)
        here[0] += any_before
        here[1::2] += any_before
        here[2::2] += np.maximum(before[1::2], before[2::2])  # inside follows its own role only
    earlier = _before(best)
    rows = np.arange(len(order))
    label = best[:, sizes - 1, rows].argmax(axis=0)
    path = np.zeros_like(places)
    for t in range(len(running) - 1, -1, -1):
        n = running[t]
        path[t, :n] = label[:n]
        if t:
            label[:n] = earlier[label[:n], t - 1, rows[:n]]
    inside = times[:, None] < sizes
    labels[places[inside]] = path[inside]


def _before(best: Floats32) -> NDArray[np.int8]:
    """Give the label before each label, itself at the next place, on the best way to it; the shape is that of ``best``."""
    out = np.empty(best.shape, dtype=np.int8)
    out[:] = best.argmax(axis=0)
    inside = np.arange(2, len(best), 2)[:, None, None]
    out[2::2] = inside - (best[1::2] >= best[2::2])
    return out


@dataclass(frozen=True, slots=True)
class SpanCandidates:
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
    chance: Floats64
    margins: Floats64
    sure: Floats64
    tokens: Ints
    ends: Ints

    @classmethod
    def nothing(cls) -> "SpanCandidates":
        """Give no rows."""
        none, two = np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
        return cls(none, two, two, np.zeros(0), np.zeros((0, 3)), np.zeros((0, 2)), none, none)

    @classmethod
    def joined(cls, parts: Sequence["SpanCandidates"]) -> "SpanCandidates":
        """Lay the rows of several behind one another."""
        if len(parts) < 2:
            return parts[0] if parts else cls.nothing()
        before = np.cumsum([0, *(len(part.tokens) for part in parts[:-1])])
        ends = np.concatenate([part.ends + n for part, n in zip(parts, before.tolist(), strict=True)])
        joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in (*_A_ROW_EACH, "tokens")}
        return cls(**joined, ends=ends)

    def between(self, first: int, last: int) -> "SpanCandidates":
        """Keep the rows of the anchors from the first to the last."""
        a, b = np.searchsorted(self.anchor, [first, last + 1]).tolist()
        if (a, b) == (0, len(self)):
            return self
        start = self.ends.item(a - 1) if a else 0
        stop = self.ends.item(b - 1) if b else 0
        rows = {name: getattr(self, name)[a:b] for name in _A_ROW_EACH}
        return SpanCandidates(**rows, tokens=self.tokens[start:stop], ends=self.ends[a:b] - start)

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


_A_ROW_EACH = ("anchor", "cue", "source", "chance", "margins", "sure")


class LabelledPairs(NamedTuple):
    """The tokens of each cue's sentence with their labels.

    Parameters
    ----------
    pairs : Pairs
    labels : ndarray of shape (n_pairs,)
        Valid sequences; of sources they only tell how likely they are.
    scores : ndarray of shape (n_labels, n_pairs)
        Log chances.
    """

    pairs: Pairs
    labels: Ints
    scores: Floats32


class ChosenSpans(NamedTuple):
    """What was chosen for each cue beside the labels of its sentence.

    Parameters
    ----------
    source : ndarray of shape (n_cues, 2)
        As in `SpanCandidates`.
    sure : ndarray of shape (n_cues, 2)
        As in `SpanCandidates`.
    before, after : ndarray of shape (n_cues,)
        How many sentences around the cue's own the content takes in.
    """

    source: Ints
    sure: Floats64
    before: Ints
    after: Ints


def spans_of(arrays: TokenArrays, labelled: LabelledPairs, chosen: ChosenSpans, chance: Floats64) -> SpanCandidates:
    """Turn each cue's labels into spans; cues to which nothing is said are left out.

    Parameters
    ----------
    arrays : TokenArrays
    labelled : LabelledPairs
    chosen : ChosenSpans
    chance : ndarray of shape (n_tokens + 1,)
        That a token is a cue.
    """
    pairs, labels = labelled.pairs, labelled.labels
    picked = labelled.scores[labels, np.arange(len(labels))].astype(np.float64)
    role = role_of(labels)
    tokens, row = _contents(arrays, pairs, role, chosen)
    n_tokens = np.bincount(row, minlength=len(pairs.anchors))
    kept = np.flatnonzero(n_tokens)
    return SpanCandidates(
        anchor=pairs.anchors[kept],
        cue=_cues(pairs, labels)[kept],
        source=chosen.source[kept],
        chance=chance[pairs.anchors[kept]],
        margins=_margins(pairs, role, picked)[kept],
        sure=chosen.sure[kept],
        tokens=tokens,
        ends=np.cumsum(n_tokens[kept]),
    )


def _contents(arrays: TokenArrays, pairs: Pairs, role: Ints, chosen: ChosenSpans) -> tuple[Ints, Ints]:
    """Give the tokens of each cue's content and the number of the cue, in order."""
    said = role == CONTENT_ROLE
    tokens, row = [pairs.tokens[said]], [pairs.row[said]]
    others = list(_other_sentences(arrays, pairs, chosen))
    if not others:
        return tokens[0], row[0]
    for n, _ in others:
        first, last = arrays.bounds[n].tolist()
        quoted = first + np.flatnonzero(arrays.quoted[first:last])
        tokens.append(quoted if len(quoted) else np.arange(first, last))
    row.append(np.repeat([cue for _, cue in others], [len(inside) for inside in tokens[1:]]))
    all_tokens, all_rows = np.concatenate(tokens), np.concatenate(row)
    order = np.lexsort((all_tokens, all_rows))
    return all_tokens[order], all_rows[order]


def _other_sentences(arrays: TokenArrays, pairs: Pairs, chosen: ChosenSpans) -> Iterable[tuple[int, int]]:
    """Give the sentences that contents take in, each with its cue's number; not those of the cues."""
    before, after = chosen.before, chosen.after
    for cue in np.flatnonzero(before + after).tolist():
        home = int(arrays.sentence[pairs.anchors[cue]])
        for n in range(home - int(before[cue]), home + int(after[cue]) + 1):
            if n != home:
                yield n, cue


def _margins(pairs: Pairs, role: Ints, picked: Floats64) -> Floats64:
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
