"""What a possible attribution is like, alone and beside its rivals, for the model that chooses among them.

Measures tell how sure the steps before are; features tell the sort: which cue, how long a content with what words at its
ends, what source, and so how far the measures are to be trusted.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Bools, Floats64, Ints
from ..linear.hashed import Buckets, Features
from ..word_reader.reads import CONTENT, ENOUGH, FINE, ROUGH, Reads
from ..word_reader.reads import CUE as CUE_LINK
from ..word_reader.reads import SOURCE as SOURCE_LINK
from .label_spans import SpanCandidates
from .token_arrays import TokenArrays, names_before, pair
from .word_features import (
    CLUSTER,
    COARSE,
    CUE,
    FUNCTION,
    LEMMA,
    MARK_SHAPE,
    PRIOR,
    PRONOUN,
    SHAPE,
    SOURCE,
    SUFFIX,
    UNSEEN,
    WORD,
)

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
READ_NAMES = (
    "log odds of the cue's main word",
    "log odds of the cue's main word as a word of a cue",
    "mean log odds of the content as linked to the cue",
    "mean log odds of the content by itself",
    "log of the log odds of what it leaves out of its sentence",
    "mean log odds of the source as linked to the cue",
    "mean log odds of the cue's words as linked to it",
    "highest log odds of a source, where there is none",
    "highest log odds of a source, where there is one",
)
"""What is measured besides, where a word reader has read the article."""
_size = Buckets((1, 2, 3, 4, 5, 8, 13, 21))
_LOGITS = (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4)
_LOG_CHANCES = (-2, -1.5, -1, -0.7, -0.4, -0.2, -0.1, -0.05)  # of whole contents and sources
_MARGINS = (-1.5, -1, -0.7, -0.5, -0.3, -0.2, -0.1, -0.05)
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
        With a word reader ``len(READ_NAMES)`` more.
    """
    if not len(found):
        return np.zeros((0, N_MEASURES + len(READ_NAMES) if arrays.reads else N_MEASURES))
    read = _read(found, arrays, arrays.reads) if arrays.reads else ()
    return np.stack([*_alone(found, arrays), *_beside(found, arrays), *read], axis=1).astype(np.float64)


def _alone(found: SpanCandidates, arrays: TokenArrays) -> list[NDArray[np.generic]]:
    anchor, sizes, starts = found.anchor, found.sizes, found.starts
    first, last = found.tokens[starts], found.tokens[found.ends - 1]
    at_home = (arrays.first[anchor] <= first) & (last < arrays.last[anchor])
    has_source = found.source[:, 0] >= 0
    source = np.where(has_source[:, None], found.source, arrays.n)
    names = names_before(arrays)
    gaps = np.diff(found.tokens, prepend=found.tokens[:1] - 1) > 1
    gaps[starts] = True
    return [
        _logit(found.chance),
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
    """Tell which contents come within two tokens of the cue's or the source's ends; ``source`` is n where there is none."""
    far = np.where(source[:, :1] == n, n + 3, source)  # else a content at the end would touch the source that is not there
    edges = np.concatenate([found.cue, far], axis=1) + np.array([-1, 0, -1, 0])
    near = (edges[:, :, None] + np.array([-1, 0, 1])).reshape(len(found), -1)
    width = n + 8
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
    chance = found.chance[owner]
    claimed = np.zeros(len(tokens), dtype=bool)
    pairs = []
    for step in range(1, min(NEAREST, len(tokens) - 1) + 1):
        at = np.flatnonzero(tokens[step:] == tokens[:-step])
        if not len(at):
            break
        here, there = chance[at], chance[at + step]
        for surer, to_one, to_other in ((there > here, 0, step), (here > there, step, 0)):
            kept = at[surer]
            claimed[kept + to_one] = True
            pairs.append(owner[kept + to_one] * n + owner[kept + to_other])
    sizes = found.sizes
    if not pairs:
        return np.zeros(n), np.zeros(n)
    both, shared = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = both // n, both % n
    share = np.bincount(owner[claimed], minlength=n) / sizes
    return share, _highest(one, shared / sizes[one] * found.chance[other], n)


def _read(found: SpanCandidates, arrays: TokenArrays, reads: Reads) -> tuple[Floats64, ...]:
    """Measure what the word reader makes of it: see `READ_NAMES`."""
    n, row = len(found), found.row
    pairs = pair(arrays, found.anchor)
    links = _limited(pairs.links)
    best = np.add.reduceat(np.maximum(links[CONTENT], 0), pairs.starts)
    surest = np.maximum.reduceat(links[SOURCE_LINK], pairs.starts)
    said = _limited(reads.links(found.anchor.take(row), found.tokens)[CONTENT])
    home = arrays.sentence.take(found.tokens) == arrays.sentence.take(found.anchor).take(row)
    lost = np.maximum(best - np.bincount(row, weights=said * home, minlength=n), 0)

    def mean(values: Floats64) -> Floats64:
        return np.bincount(row, weights=values, minlength=n) / found.sizes

    def of_span(span: Ints, role: int) -> Floats64:
        sizes = np.where(span[:, 0] >= 0, span[:, 1] - span[:, 0], 0)
        rows = np.repeat(np.arange(n), sizes)
        tokens = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes - span[:, 0], sizes)
        odds = _limited(reads.links(found.anchor.take(rows), tokens)[role])
        return np.bincount(rows, weights=odds, minlength=n) / np.maximum(sizes, 1)

    bare = found.source[:, 0] < 0
    return (
        _limited(reads.main.take(found.anchor)),
        _limited(reads.role[CUE_LINK].take(found.anchor)),
        mean(said),
        mean(_limited(reads.role[CONTENT].take(found.tokens))),
        np.log1p(lost),
        of_span(found.source, SOURCE_LINK),
        of_span(found.cue, CUE_LINK),
        np.where(bare, surest, 0),
        np.where(bare, 0, surest),
    )


def _limited(odds: Ints) -> Floats64:
    """Give log odds in thousandths as such."""
    return np.clip(odds, -ENOUGH, ENOUGH) / 1000


class _Shape(NamedTuple):
    """What possible attributions are like, in small numbers; all of shape (n_found,).

    Parameters
    ----------
    anchor : ndarray
        The cue's main word.
    size : ndarray
        Bucket of the words of content.
    side : ndarray
        1 where the content stands before the cue, 2 behind, 3 around it.
    gap : ndarray
        How many tokens lie between content and cue.
    source, source_side : ndarray
        0 nobody, 1 a pronoun, 2 a name, 3 others; 0 nobody, 1 before the cue, 2 behind.
    sure : ndarray
        Bucket of the cue's chance.
    cue_words : ndarray
        Five at the most.
    """

    anchor: Ints
    size: Ints
    side: Ints
    gap: Ints
    source: Ints
    source_side: Ints
    sure: Ints
    cue_words: Ints

    @classmethod
    def of(cls, found: SpanCandidates, arrays: TokenArrays) -> "_Shape":
        anchor, starts = found.anchor, found.starts
        first, last = found.tokens[starts], found.tokens[found.ends - 1]
        is_word = (arrays.words[SHAPE] != MARK_SHAPE).astype(np.int64)
        side = np.where(last < anchor, 1, np.where(first > anchor, 2, 3))
        gap = np.where(side == 1, found.cue[:, 0] - last - 1, np.where(side == 2, first - found.cue[:, 1], 9))
        someone = found.source[:, 0] >= 0
        source = np.where(someone[:, None], found.source, arrays.n)
        names = names_before(arrays)
        sort = np.where(names[source[:, 1]] > names[source[:, 0]], 2, 3)
        sort = np.where(arrays.has(PRONOUN)[source[:, 0]], 1, sort)
        return cls(
            anchor,
            _size(np.add.reduceat(is_word[found.tokens], starts)),
            side,
            np.clip(gap, -1, 6),
            np.where(someone, sort, 0),
            np.where(someone, np.where(source[:, 1] <= anchor, 1, 2), 0),
            _bucket(_logit(found.chance), _LOGITS),
            np.minimum(found.cue[:, 1] - found.cue[:, 0], 5),
        )


def candidate_features(f: Features, found: SpanCandidates, arrays: TokenArrays, measures: Floats64) -> None:
    """Describe possible attributions, at least one, by their words; ``measures`` is what `measure` gave."""
    shape = _Shape.of(found, arrays)
    _cue(f, found, arrays, shape)
    _content(f, found, arrays, shape)
    _source(f, found, arrays, shape)
    _how_sure(f, found, arrays, shape)
    if arrays.reads:
        _how_sure_the_reader_is(f, shape, measures[:, N_MEASURES:])


def _cue(f: Features, found: SpanCandidates, arrays: TokenArrays, shape: _Shape) -> None:
    """Which cue, in what surroundings, has how long a content."""
    words, at, anchor, size = arrays.words, arrays.at, shape.anchor, shape.size
    word, lemma, cluster, coarse, groups, suffix, prior = (
        words[column].take(anchor) for column in (WORD, LEMMA, CLUSTER, COARSE, CUE, SUFFIX, PRIOR)
    )
    before, behind = words[FUNCTION].take(at[-1].take(anchor)), words[FUNCTION].take(at[1].take(anchor))
    first, last = found.cue[:, 0], found.cue[:, 1] - 1
    cue_behind = words[FUNCTION].take(at[1].take(last))
    f.add(f.term(word))
    f.add(f.term(lemma))
    for value in (word, lemma, cluster, groups, prior, cue_behind):
        f.add(f.term(value, size))
    f.add(f.term(coarse, behind, size))
    f.add(f.term(groups, behind, size))
    f.add(f.term(before, behind))
    f.add(f.term(suffix, before))
    f.add(f.term(words[FUNCTION].take(first), words[FUNCTION].take(last)))
    f.add(f.term(cue_behind, word))
    f.add(f.term(shape.cue_words, size, suffix))
    f.add(f.term(arrays.signature.take(arrays.sentence.take(anchor)), arrays.quoted.take(anchor), size))


def _content(f: Features, found: SpanCandidates, arrays: TokenArrays, shape: _Shape) -> None:
    """Where the content stands to the cue, and with what words it begins and ends."""
    words, at, size, side, gap = arrays.words, arrays.at, shape.size, shape.side, shape.gap
    word, cluster = words[WORD].take(shape.anchor), words[CLUSTER].take(shape.anchor)
    first, last = found.tokens[found.starts], found.tokens[found.ends - 1]
    opens, closes = words[FUNCTION].take(first), words[FUNCTION].take(last)
    before, after = words[FUNCTION].take(at[-1].take(first)), words[FUNCTION].take(at[1].take(last))
    quoted = np.add.reduceat(arrays.quoted[found.tokens], found.starts) * 4 // found.sizes
    f.add(f.term(side, word))
    f.add(f.term(side, size, quoted))
    f.add(f.term(side, gap))
    f.add(f.term(side, gap, word))
    f.add(f.term(opens, cluster))
    f.add(f.term(opens, size))
    for value in (closes, after, before):
        f.add(f.term(value, size))
    f.add(f.term(before, opens, size))
    f.add(f.term(words[WORD].take(last)))
    f.add(f.term(words[CLUSTER].take(first), size))
    f.add(f.term(words[CLUSTER].take(last), size))
    f.add(f.term(shape.sure, quoted))


def _source(f: Features, found: SpanCandidates, arrays: TokenArrays, shape: _Shape) -> None:
    """Who is the source of which cue, or that nobody is."""
    words, anchor, size, sort = arrays.words, shape.anchor, shape.size, shape.source
    word, cluster, groups, suffix = (words[c].take(anchor) for c in (WORD, CLUSTER, CUE, SUFFIX))
    before = words[FUNCTION].take(arrays.at[-1].take(anchor))
    someone = found.source[:, 0] >= 0
    first, last = np.where(someone, found.source[:, 0], arrays.n), np.where(someone, found.source[:, 1] - 1, arrays.n)
    length = _size(np.where(someone, last - first + 1, 0))
    for value in (word, size, groups):
        f.add(f.term(sort, value))
    f.add(f.term(sort, suffix, before))
    f.add(f.term(sort, shape.source_side, cluster))
    f.add(f.term(words[WORD].take(last)))
    f.add(f.term(words[FUNCTION].take(first), sort))
    f.add(f.term(words[CLUSTER].take(last)))
    f.add(f.term(words[SOURCE].take(last), groups))
    f.add(f.term(length, shape.cue_words))


def _how_sure(f: Features, found: SpanCandidates, arrays: TokenArrays, shape: _Shape) -> None:
    """How sure the steps before are, by the sort of attribution."""
    size, sort, sure = shape.size, shape.source, shape.sure
    content, source = (_bucket(column, _LOG_CHANCES) for column in found.sure.T)
    of_source, of_cue, of_content = (_bucket(column, _MARGINS) for column in found.margins.T)
    for value in (size, sort, shape.side, arrays.words[PRIOR].take(shape.anchor), content, of_content):
        f.add(f.term(sure, value))
    f.add(f.term(content, size))
    f.add(f.term(source, sort))
    f.add(f.term(of_content, size))
    f.add(f.term(of_cue, shape.cue_words))
    f.add(f.term(of_source, sort))


def _how_sure_the_reader_is(f: Features, shape: _Shape, read: Floats64) -> None:
    """How likely the word reader finds cue, source and content, by the sort of attribution."""
    main, _, content, _, lost, source, cue, surest, _ = np.rint(1000 * read).astype(np.int64).T
    for value in (main, content, source, cue, surest, lost):
        f.add(f.term(FINE(value)))
    f.add(f.term(FINE(main), FINE(content)))
    for value in (main, content, lost):
        f.add(f.term(FINE(value), shape.size))
    f.add(f.term(ROUGH(main), ROUGH(content), ROUGH(source), shape.source))
    f.add(f.term(FINE(main), shape.sure))


def _bucket(values: Floats64, edges: Sequence[float]) -> Ints:
    return np.searchsorted(np.asarray(edges), values, side="right")


def _logit(chance: Floats64) -> Floats64:
    chance = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(chance / (1 - chance)))
