"""From label scores of tokens to spans: the best sequence for each cue, all cues of an article at once."""

import numpy as np
from numpy.typing import NDArray

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BEGIN_SOURCE, BEGIN_CUE, BEGIN_CONTENT = 1, 3, 5
SOURCE_ROLE, CUE_ROLE, CONTENT_ROLE = 1, 2, 3
_BARRED = -1e4
_STEP = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
for _inside in (2, 4, 6):
    for _before in range(len(LABELS)):
        if _before not in {_inside, _inside - 1}:
            _STEP[_before, _inside] = _BARRED
_START = np.array([0, 0, _BARRED, 0, _BARRED, 0, _BARRED], dtype=np.float32)


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
    n, longest = len(lengths), int(lengths.max(initial=0))
    starts = np.cumsum(lengths) - lengths
    padded = np.zeros((longest, n, len(LABELS)), dtype=np.float32)
    back = np.zeros((longest, n, len(LABELS)), dtype=np.int8)
    row = np.repeat(np.arange(n), lengths)
    step = np.arange(len(scores)) - np.repeat(starts, lengths)
    padded[step, row] = scores
    best = padded[0] + _START if longest else padded
    final = best.copy() if longest else best
    for t in range(1, longest):
        through = best[:, :, None] + _STEP[None]
        back[t] = through.argmax(axis=1)
        best = np.take_along_axis(through, back[t][:, None, :].astype(np.int64), axis=1)[:, 0] + padded[t]
        alive = lengths > t
        final[alive] = best[alive]
    label = final.argmax(axis=1) if longest else np.zeros(0, dtype=np.int64)
    out = np.zeros((longest, n), dtype=np.int64)
    for t in range(longest - 1, -1, -1):
        out[t] = label
        moved = back[t][np.arange(n), label]
        label = np.where(lengths > t, moved, label)
    return out[step, row]
