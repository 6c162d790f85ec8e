"""From label scores of tokens to spans: the best sequence for each cue, all cues of an article at once."""

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
SOURCE_ROLE, CUE_ROLE, CONTENT_ROLE = 1, 2, 3
_BARRED = -1e4
_INSIDE = [2, 4, 6]


def role_of(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the role of each label: 0 none, 1 source, 2 cue, 3 content."""
    return (labels + 1) // 2


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn each row's scores into logarithms of chances that sum to 1."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    normal: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normal


def best_paths(scores: NDArray[np.float32], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find the best valid label sequence of each cue's sentence (Viterbi).

    Parameters
    ----------
    scores : ndarray of shape (sum of lengths, n_labels)
        The sentences behind one another.
    lengths : ndarray of shape (n_cues,)
        Tokens of each sentence, 1 or more.

    Returns
    -------
    ndarray of shape (sum of lengths,)
        Label numbers.
    """
    if not len(lengths):
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(-lengths, kind="stable")  # the longest first: those still running are the first ones
    starts = (np.cumsum(lengths) - lengths)[order]
    sizes = lengths[order]
    running = np.searchsorted(-sizes, -np.arange(int(sizes[0])), side="left")  # how many are longer than t
    by_label = np.ascontiguousarray(scores.T)
    back = np.zeros((len(running), len(LABELS), len(order)), dtype=np.int8)
    best = by_label[:, starts]
    best[_INSIDE] += _BARRED
    final = best.copy()
    for t in range(1, len(running)):
        n = int(running[t])
        best, back[t, :, :n] = _step(best[:, :n])
        best += by_label[:, starts[:n] + t]
        final[:, :n] = best
    return _trace(final.argmax(axis=0), back, starts, running, len(scores))


def _step(best: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Give the best score before each next label, and where it comes from: inside only after its own role."""
    through, come_from = np.empty_like(best), np.empty(best.shape, dtype=np.int8)
    through[:] = best.max(axis=0)
    come_from[:] = best.argmax(axis=0)
    for inside in _INSIDE:
        np.maximum(best[inside - 1], best[inside], out=through[inside])
        come_from[inside] = inside - (best[inside - 1] >= best[inside])
    return through, come_from


def _trace(
    label: NDArray[np.int64], back: NDArray[np.int8], starts: NDArray[np.int64], running: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """Follow each path back from its last label."""
    out = np.zeros(n, dtype=np.int64)
    label = label.copy()
    rows = np.arange(len(label))
    for t in range(len(back) - 1, -1, -1):
        alive = rows[: running[t]]
        out[starts[alive] + t] = label[alive]
        if t:
            label[alive] = back[t, label[alive], alive]
    return out
