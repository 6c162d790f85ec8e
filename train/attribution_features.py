"""Features of the attribution model: of a cue candidate, and of a token as seen from a cue."""

import numpy as np
from numpy.typing import NDArray

from .frame import Frame
from .hashed import Features, Hashes, bucket
from .words import CLUSTER, COARSE, CUE, FUNCTION, LEMMA, PRIOR, SHAPE, SOURCE, SUFFIX, WORD

Ints = NDArray[np.int64]
_DISTANCES = (1, 2, 3, 4, 5, 7, 10, 15, 21, 32)
_SHORT = (1, 2, 3, 5, 9)


def cue_features(frame: Frame, tokens: Ints) -> Hashes:
    """Describe cue candidates.

    Parameters
    ----------
    frame : Frame
    tokens : ndarray of shape (n_candidates,)

    Returns
    -------
    ndarray of shape (n_candidates, n_templates)
    """
    f = Features(len(tokens), seed=1)
    at = {o: frame.at(tokens, o) for o in range(-4, 5)}
    col = {(c, o): frame.words[at[o], c] for c in range(frame.words.shape[1]) for o in at}
    word, lemma, prior = col[WORD, 0], col[LEMMA, 0], col[PRIOR, 0]
    cluster, coarse = col[CLUSTER, 0], col[COARSE, 0]
    quoted, signature = frame.quoted[tokens], frame.signature[tokens]
    groups = col[CUE, 0]
    for o in range(-3, 4):
        f.add(col[WORD, o])
        f.add(col[CLUSTER, o], col[SHAPE, o])
    for o in (-2, -1, 1, 2):
        f.add(col[CLUSTER, o], word)
        f.add(col[WORD, o], cluster)
    f.add(word, col[WORD, -1])
    f.add(word, col[WORD, 1])
    f.add(lemma, col[WORD, -1])
    f.add(lemma, col[WORD, 1])
    f.add(col[WORD, 1], col[WORD, 2], coarse)
    f.add(col[WORD, -1], col[WORD, -2], coarse)
    f.add(col[COARSE, -2], col[COARSE, -1], coarse)
    f.add(col[COARSE, -1], coarse, col[COARSE, 1])
    f.add(coarse, col[COARSE, 1], col[COARSE, 2])
    f.add(lemma)
    f.add(col[SUFFIX, 0], col[SHAPE, 0])
    f.add(col[SUFFIX, 0], col[FUNCTION, -1])
    f.add(col[SUFFIX, 0], col[FUNCTION, 1])
    f.add(prior, quoted)
    f.add(prior, signature)
    f.add(word, quoted)
    f.add(groups, quoted)
    f.add(groups, col[FUNCTION, 1])
    f.add(groups, col[FUNCTION, -1])
    f.add(frame.phrase[tokens], word)
    f.add(frame.phrase[tokens], prior)
    before, after = _neighbour_signatures(frame, tokens)
    f.add(signature, before, after, prior)
    f.add(signature, quoted, groups)
    _surroundings(f, frame, tokens, prior, groups, word, coarse)
    return f.hashes()


def _surroundings(f: Features, frame: Frame, tokens: Ints, prior: Ints, groups: Ints, word: Ints, coarse: Ints) -> None:
    """What stands further off: subject, object, the nearest likely cue, quotation marks, position."""
    words = frame.words
    first, last = frame.first[tokens], frame.last[tokens]
    subject, function = frame.subject[tokens], frame.function[tokens]
    f.add(words[subject, WORD], coarse)
    f.add(words[subject, CLUSTER], words[subject, SHAPE], prior)
    f.add(words[subject, SOURCE], prior)
    f.add(words[subject, SOURCE], words[subject, SHAPE], word)
    f.add(words[subject, SHAPE], words[function, WORD], word)
    f.add(bucket(tokens - subject, _SHORT), words[subject, SHAPE], words[subject, COARSE])
    second = frame.function[function]
    f.add(words[function, WORD], bucket(function - tokens, _SHORT), coarse)
    f.add(words[function, WORD], words[second, WORD], prior)
    f.add(words[function, WORD], words[second, WORD], groups)
    that = frame.that[tokens]
    f.add(words[that, WORD], bucket(that - tokens, _SHORT), prior)
    f.add(words[that, WORD], bucket(that - tokens, _SHORT), word)
    opener = frame.opener[tokens]
    f.add(words[opener, WORD], bucket(tokens - opener, _DISTANCES), prior)
    f.add(words[opener, WORD], groups)
    f.add(words[opener, WORD], words[subject, SHAPE], coarse)
    cues_left = frame.cues[tokens] - frame.cues[first]
    cues_right = frame.cues[last] - frame.cues[tokens + 1]
    f.add(np.minimum(cues_left, 3), np.minimum(cues_right, 3), prior)
    f.add(np.minimum(cues_left, 3), np.minimum(cues_right, 3), groups)
    commas_left = frame.commas[tokens] - frame.commas[first]
    f.add(np.minimum(commas_left, 3), prior, bucket(tokens - first, _DISTANCES))
    f.add(bucket(tokens - first, _DISTANCES), bucket(last - tokens, _DISTANCES))
    f.add(bucket(last - tokens, _DISTANCES), word)
    f.add(bucket(tokens - first, _DISTANCES), word)
    marks_left = np.minimum(frame.marks[tokens] - frame.marks[first], 3)
    marks_right = np.minimum(frame.marks[last] - frame.marks[tokens], 3)
    f.add(marks_left, marks_right, frame.quoted[tokens], prior)
    f.add(marks_left, marks_right, frame.quoted[tokens], groups)
    for step in (-1, 1):
        near = frame.at(tokens, step)
        for _ in range(5):
            f.add(
                words[near, FUNCTION],
                words[near, SHAPE],
                step * (bucket(np.abs(near - tokens), _SHORT) + 1),
                coarse,
            )
            near = frame.at(near, step)
    f.add(frame.sentence[tokens] == 0, prior)


def _neighbour_signatures(frame: Frame, tokens: Ints) -> tuple[Ints, Ints]:
    before = frame.first[tokens] - 1
    after = frame.last[tokens]
    return frame.signature[np.where(before < 0, frame.n, before)], frame.signature[np.minimum(after, frame.n)]


def argument_features(frame: Frame, cues: Ints, tokens: Ints, chance: NDArray[np.float64]) -> Hashes:
    """Describe tokens as seen from a cue.

    Parameters
    ----------
    frame : Frame
    cues, tokens : ndarray of shape (n_pairs,)
        A cue and a token of its sentence.
    chance : ndarray of shape (n_tokens + 1,)
        How likely each token is a cue itself.

    Returns
    -------
    ndarray of shape (n_pairs, n_templates)
    """
    f = Features(len(tokens), seed=2)
    words = frame.words
    at = {o: frame.at(tokens, o) for o in (-2, -1, 0, 1, 2)}
    col = {(c, o): words[at[o], c] for c in range(words.shape[1]) for o in at}
    side = np.sign(tokens - cues)
    distance = side * (bucket(np.abs(tokens - cues), _DISTANCES) + 1)
    next1, next2, prev1 = frame.at(cues, 1), frame.at(cues, 2), frame.at(cues, -1)
    cue_word, cue_lemma = words[cues, WORD], words[cues, LEMMA]
    cue_cluster, cue_coarse, cue_groups = words[cues, CLUSTER], words[cues, COARSE], words[cues, CUE]
    quoted = frame.quoted[tokens]
    state = quoted * 4 + frame.quoted[at[-1]] * 2 + frame.quoted[at[1]]
    scene = _scene(frame, cues)
    f.add(distance)
    for o in (-1, 0, 1):
        f.add(side, col[WORD, o])
        f.add(side, col[CLUSTER, o], col[SHAPE, o])
    f.add(side, col[WORD, -1], col[WORD, 0])
    f.add(side, col[WORD, 0], col[WORD, 1])
    f.add(side, col[CLUSTER, -1], col[CLUSTER, 0])
    f.add(side, col[CLUSTER, 0], col[CLUSTER, 1])
    f.add(side, col[COARSE, -1], col[COARSE, 0], col[COARSE, 1])
    f.add(side, col[COARSE, -2], col[COARSE, -1], col[COARSE, 0])
    f.add(side, col[COARSE, 0], col[COARSE, 1], col[COARSE, 2])
    f.add(distance, col[SHAPE, -1], col[SHAPE, 0], col[SHAPE, 1])
    f.add(distance, cue_word)
    f.add(distance, cue_cluster)
    f.add(distance, cue_groups)
    f.add(distance, words[next1, WORD])
    f.add(distance, words[next1, WORD], words[next2, COARSE])
    f.add(distance, words[prev1, WORD])
    f.add(distance, words[prev1, COARSE], words[next1, FUNCTION])
    f.add(side, cue_word, col[WORD, 0])
    f.add(side, cue_lemma, col[COARSE, 0], col[SHAPE, 0])
    f.add(distance, cue_coarse, col[FUNCTION, 0])
    f.add(side, state, scene)
    f.add(side, state, cue_groups)
    f.add(distance, state, scene)
    f.add(side, scene, col[FUNCTION, -1], col[FUNCTION, 0])
    f.add(distance, frame.signature[cues], frame.quoted[cues], quoted)
    source = col[SOURCE, 0]
    f.add(side, source, col[SOURCE, 1])
    f.add(distance, source, col[SHAPE, 0])
    f.add(side, source, words[next1, FUNCTION], cue_groups)
    _between(f, frame, cues, tokens, side, distance, state, col[FUNCTION, 0], cue_groups)
    _landmarks(f, frame, cues, tokens, side, distance, chance, cue_groups)
    return f.hashes()


def _scene(frame: Frame, cues: Ints) -> Ints:
    """Number where a cue stands to the quotations of its sentence."""
    first, last = frame.first[cues], frame.last[cues]
    before = np.minimum(frame.marks[cues] - frame.marks[first], 2)
    after = np.minimum(frame.marks[last] - frame.marks[cues], 2)
    scene: Ints = ((before * 3 + after) * 2 + frame.quoted[cues]) * 2 + (frame.signature[cues] & 1)
    return scene


def _between(
    f: Features,
    frame: Frame,
    cues: Ints,
    tokens: Ints,
    side: Ints,
    distance: Ints,
    state: Ints,
    function: Ints,
    groups: Ints,
) -> None:
    """What stands between the cue and the token."""
    low, high = np.minimum(cues, tokens), np.maximum(cues, tokens)

    def count(cumulated: Ints, most: int) -> Ints:
        found: Ints = np.minimum(cumulated[high] - cumulated[np.minimum(low + 1, high)], most)
        return found

    commas, openers = count(frame.commas, 4), count(frame.openers, 3)
    likely, conjunctions, marks = count(frame.cues, 2), count(frame.conjunctions, 2), count(frame.marks, 3)
    f.add(side, commas, openers)
    f.add(side, commas, marks, state)
    f.add(side, likely, conjunctions)
    f.add(side, likely, commas, groups)
    f.add(distance, commas)
    f.add(distance, openers, conjunctions)
    f.add(side, commas, function)
    f.add(side, commas, openers, likely, marks)
    f.add(side, commas, groups, state)
    near = np.abs(tokens - cues) <= 3
    one = np.where(near, frame.at(tokens, 1), frame.n)
    two = np.where(near, frame.at(tokens, 2), frame.n)
    back = np.where(near, frame.at(tokens, -1), frame.n)
    words = frame.words
    f.add(
        distance * near,
        words[one, FUNCTION],
        words[two, FUNCTION],
        words[np.where(near, tokens, frame.n), COARSE],
    )
    f.add(distance * near, words[back, FUNCTION], words[np.where(near, tokens, frame.n), FUNCTION])


def _landmarks(
    f: Features,
    frame: Frame,
    cues: Ints,
    tokens: Ints,
    side: Ints,
    distance: Ints,
    chance: NDArray[np.float64],
    groups: Ints,
) -> None:
    """Clause openers, marks and ends near the token, *that* behind the cue, rival cues."""
    words = frame.words
    opener = frame.opener[tokens]
    f.add(side, words[opener, WORD], bucket(tokens - opener, _DISTANCES))
    f.add(side, words[opener, WORD], np.sign(opener - cues), words[tokens, FUNCTION])
    that = frame.that[cues]
    f.add(distance, np.sign(tokens - that), words[that, WORD])
    f.add(side, np.sign(tokens - that), bucket(that - cues, _SHORT), groups)
    function = frame.function[tokens]
    f.add(side, words[function, WORD], bucket(function - tokens, _SHORT))
    f.add(side, words[function, WORD], words[frame.function[function], WORD], words[tokens, SHAPE])
    subject = frame.subject[cues]
    f.add(np.sign(tokens - subject), bucket(np.abs(tokens - subject), _SHORT), words[tokens, COARSE], side)
    f.add(
        np.sign(tokens - subject),
        bucket(np.abs(tokens - subject), _DISTANCES),
        words[subject, SHAPE],
        words[subject, SOURCE],
    )
    f.add(np.sign(tokens - subject), words[subject, WORD], bucket(np.abs(tokens - subject), _SHORT))
    cue_opener = frame.opener[cues]
    f.add(np.sign(tokens - cue_opener), side, words[cue_opener, WORD], bucket(cues - cue_opener, _SHORT))
    first, last = frame.first[tokens], frame.last[tokens]
    f.add(side, bucket(tokens - first, _SHORT), bucket(cues - first, _SHORT))
    f.add(side, bucket(last - tokens, _SHORT), words[tokens, FUNCTION])
    f.add(side, bucket(last - cues, _SHORT), tokens == first)
    own = (chance[tokens] * 6).astype(np.int64)
    f.add(distance, own)
    left, right = frame.at(tokens, -1), frame.at(tokens, 1)
    f.add(side, own, (chance[left] * 4).astype(np.int64), (chance[right] * 4).astype(np.int64))
    f.add(side, (chance[cues] * 4).astype(np.int64), groups)
