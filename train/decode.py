"""From label scores of tokens to label sequences: the best valid one for each cue."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Scores = NDArray[np.float32]
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
SOURCE_ROLE, CUE_ROLE, CONTENT_ROLE = 1, 2, 3
_BARRED = -1e4


def role_of(labels: Ints) -> Ints:
    """Give the role of each label: 0 none, 1 source, 2 cue, 3 content."""
    return (labels + 1) // 2


def log_softmax(scores: Scores) -> Scores:
    """Turn scores of shape (n_labels, n_rows) into logarithms of chances; each row's chances sum to 1."""
    shifted = scores - scores.max(axis=0)
    normal: Scores = shifted - np.log(np.exp(shifted).sum(axis=0))
    return normal


def best_paths(scores: Scores, lengths: Ints) -> Ints:
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


def _search(scores: Scores, starts: Ints, lengths: Ints, labels: Ints) -> None:
    """Put the best valid sequences of some sentences in the place of their labels."""
    order = np.argsort(-lengths, kind="stable")  # the longest first: those still running are the first ones
    starts, sizes = starts[order], lengths[order]
    running = np.searchsorted(-sizes, -np.arange(int(sizes[0])), side="left").tolist()  # how many are longer than t
    best = np.empty((len(running), len(LABELS), len(order)), dtype=np.float32)  # of sequences that end with a label at t
    best[0] = scores[:, starts]
    best[0, 2::2] += _BARRED
    for t, n in enumerate(running[1:], 1):
        before, here = best[t - 1, :, :n], best[t, :, :n]
        here[:] = before.max(axis=0)
        np.maximum(before[1::2], before[2::2], out=here[2::2])  # inside follows its own role only
        here += scores[:, starts[:n] + t]
    rows = np.arange(len(order))
    label = best[sizes - 1, :, rows].argmax(axis=1)
    for t in range(len(running) - 1, -1, -1):
        n = running[t]
        labels[starts[:n] + t] = label[:n]
        if t:
            label[:n] = _before(best[t - 1, :, :n], label[:n], rows[:n])


def _before(best: Scores, label: Ints, rows: Ints) -> Ints:
    """Give the label before each label on the best way to it."""
    begin = np.maximum(label - 1, 0)
    own = label - (best[begin, rows] >= best[label, rows])
    return np.where((label > 0) & (label % 2 == 0), own, best.argmax(axis=0))
