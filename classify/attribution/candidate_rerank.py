"""Measures of a possible attribution beside its rivals, for the model that chooses among them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Bools, Floats64, Ints
from .label_spans import SpanCandidates
from .token_arrays import TokenArrays, names_before
from .word_features import CUE, PRIOR, PRONOUN, UNSEEN

NAMES = (
    "logit of the cue's chance",
    "log chance of the source's labels",
    "log chance of the cue's labels",
    "log chance of the content's labels",
    "log chance of the content among those to choose from",
    "log chance of the source among those to choose from",
    "chance of the content among those to choose from",
    "chance of the source among those to choose from",
    "no source",
    "source is a pronoun",
    "source is a name",
    "source words",
    "log content words",
    "content in one piece",
    "content of one or two words",
    "content reaches other sentences",
    "content quoted",
    "cue quoted",
    "cue words",
    "cue never seen",
    "cue on the word list",
    "cue in a word-list phrase",
    "first sentence",
    "content touches the cue or source",
    "chance of the surest candidate whose content holds the cue",
    "the same, where it has no source",
    "chance of the surest candidate whose cue the content holds",
    "chance of the surest other candidate in the sentence",
    "share of the content that surer candidates claim",
    "the most that one surer candidate claims",
    "same source as a surer candidate",
)
N_MEASURES = len(NAMES)
NEAREST = 24  # rivals to each side that are looked at: more stand only in text without sentences


class Rivals(NamedTuple):
    """Pairs of cues: the one that is judged, and its rival, by number."""

    one: Ints
    other: Ints


def in_one_sentence(home: Ints) -> Rivals:
    """Pair the cues of each sentence, both ways.

    Parameters
    ----------
    home : ndarray of shape (n_cues,)
        The number of each cue's sentence, ascending.
    """
    empty = np.zeros(0, dtype=np.int64)
    ones, others = [empty], [empty]
    for step in range(1, min(NEAREST, len(home) - 1) + 1):
        one = np.flatnonzero(home[step:] == home[:-step])
        if not len(one):
            break
        ones += [one, one + step]
        others += [one + step, one]
    return Rivals(np.concatenate(ones), np.concatenate(others))


def measure(found: SpanCandidates, arrays: TokenArrays) -> Floats64:
    """Measure each possible attribution.

    Returns
    -------
    ndarray of shape (n_found, N_MEASURES)
    """
    if not len(found):
        return np.zeros((0, N_MEASURES))
    return np.stack([*_alone(found, arrays), *_beside(found, arrays)], axis=1).astype(np.float64)


def _alone(found: SpanCandidates, arrays: TokenArrays) -> list[NDArray[np.generic]]:
    chance = np.clip(found.chance, 1e-4, 1 - 1e-4)
    anchor, sizes, starts = found.anchor, found.sizes, found.starts
    first, last = found.tokens[starts], found.tokens[found.ends - 1]
    at_home = (arrays.first[anchor] <= first) & (last < arrays.last[anchor])
    has_source = found.source[:, 0] >= 0
    source = np.where(has_source[:, None], found.source, arrays.n)
    names = names_before(arrays)
    gaps = np.diff(found.tokens, prepend=found.tokens[:1] - 1) > 1
    gaps[starts] = True
    return [
        np.log(chance / (1 - chance)),
        *found.margins.T,
        *found.sure.T,
        *np.exp(found.sure).T,
        ~has_source,
        has_source & arrays.has(PRONOUN)[source[:, 0]],
        names[source[:, 1]] > names[source[:, 0]],
        np.minimum(source[:, 1] - source[:, 0], 10),
        np.log(sizes),
        np.add.reduceat(gaps.astype(np.int64), starts) == 1,
        sizes <= 2,
        ~at_home,
        np.add.reduceat(arrays.quoted[found.tokens], starts) / sizes,
        arrays.quoted[anchor],
        np.minimum(found.cue[:, 1] - found.cue[:, 0], 5),
        arrays.words[PRIOR, anchor] == UNSEEN,
        arrays.words[CUE, anchor] > 0,
        arrays.phrase[anchor] > 0,
        arrays.opening[anchor],
        _touches(found, source, arrays.n),
    ]


def _touches(found: SpanCandidates, source: Ints, n: int) -> Bools:
    """Tell which contents come within two tokens of the cue's or the source's ends."""
    edges = np.concatenate([found.cue, source], axis=1) + np.array([-1, 0, -1, 0])
    near = (edges[:, :, None] + np.array([-1, 0, 1])).reshape(len(found), -1)
    width = n + 4
    rows = np.arange(len(found))[:, None]
    taken = found.row * width + found.tokens + 2  # ascending
    wanted = (rows * width + near + 2).ravel()
    at = np.minimum(np.searchsorted(taken, wanted), len(taken) - 1)
    touched: Bools = (taken[at] == wanted).reshape(near.shape).any(axis=1)
    return touched


def _beside(found: SpanCandidates, arrays: TokenArrays) -> list[Floats64]:
    chance, n = found.chance, len(found)
    anchored = np.full(arrays.n + 1, -1)
    anchored[found.anchor] = np.arange(n)
    row = found.row
    inside = anchored[found.tokens]
    held = inside >= 0
    holds = Rivals(inside[held], row[held])  # the content of the other holds the cue of the one
    bare = found.source[holds.other, 0] < 0
    same_sentence = in_one_sentence(arrays.sentence[found.anchor])
    surer = chance[same_sentence.other] > chance[same_sentence.one]
    same = (found.source[same_sentence.one] == found.source[same_sentence.other]).all(axis=1)
    same &= surer & (found.source[same_sentence.one, 0] >= 0)
    claimed, shared = _claims(found, row)
    return [
        _highest(holds.one, chance[holds.other], n),
        _highest(holds.one[bare], chance[holds.other[bare]], n),
        _highest(holds.other, chance[holds.one], n),
        _highest(same_sentence.one, chance[same_sentence.other], n),
        claimed,
        shared,
        _highest(same_sentence.one, same.astype(np.float64), n),
    ]


def _highest(rows: Ints, values: Floats64, n: int) -> Floats64:
    out = np.zeros(n)
    np.maximum.at(out, rows, values)
    return out


def _claims(found: SpanCandidates, row: Ints) -> tuple[Floats64, Floats64]:
    """Give the share of each content that surer rivals claim, and the most that one of them does, times its chance."""
    order = np.argsort(found.tokens, kind="stable")
    tokens, owner, n = found.tokens[order], row[order], len(found)
    claimed = np.zeros(len(tokens), dtype=bool)
    pairs = []
    for step in range(1, min(NEAREST, len(tokens) - 1) + 1):
        at = np.flatnonzero(tokens[step:] == tokens[:-step])
        if not len(at):
            break
        for one, other in ((at, at + step), (at + step, at)):
            surer = found.chance[owner[other]] > found.chance[owner[one]]
            claimed[one[surer]] = True
            pairs.append(owner[one[surer]] * n + owner[other[surer]])
    sizes = found.sizes
    if not pairs:
        return np.zeros(n), np.zeros(n)
    both, shared = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = both // n, both % n
    share = np.bincount(owner[claimed], minlength=n) / sizes
    return share, _highest(one, shared / sizes[one] * found.chance[other], n)
