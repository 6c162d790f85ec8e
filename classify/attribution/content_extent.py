"""How far what is said reaches into the sentences before and after that of its cue."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats64, Ints
from ..linear.hashed import Buckets, Features
from ..word_reader.reads import CONTENT, ENOUGH, FINE, SOURCE, Reads
from .candidate_spans import Sum, most
from .token_arrays import TokenArrays
from .word_features import COARSE, CUE, FUNCTION, LEMMA

REACH = 8
_CHANCES = (0.05, 0.15, 0.3, 0.5, 0.7)
_APART = 99  # stands for links to words that were not read together
_place = Buckets((2, 4, 7, 12, 20))


class Steps(NamedTuple):
    """Cues, each with a sentence around its own.

    Parameters
    ----------
    row : ndarray of shape (n_steps,)
        Number of the cue.
    cues, sentences : ndarray of shape (n_steps,)
        The cue and the number of the other sentence.
    step : ndarray of shape (n_steps,)
        How many sentences it is away; negative: before.
    """

    row: Ints
    cues: Ints
    sentences: Ints
    step: Ints


def step_out(arrays: TokenArrays, anchors: Ints, row: Ints, step: Ints) -> Steps:
    """Go from some cues to sentences around; those in another article are left out."""
    home = arrays.sentence[anchors[row]]
    there = np.clip(home + step, 0, len(arrays.bounds) - 1)
    kept = (there == home + step) & (arrays.article[there] == arrays.article[home])
    row, step = row[kept], step[kept]
    return Steps(row, anchors[row], there[kept], step)


class Sentences:
    """What the reach's features look at, sentence by sentence.

    Parameters
    ----------
    arrays : TokenArrays
    chance : ndarray of shape (n_tokens + 1,)
        How likely each token is a cue.
    """

    def __init__(self, arrays: TokenArrays, chance: Floats64) -> None:
        self.arrays = arrays
        self.first, self.last = arrays.bounds[:, 0], arrays.bounds[:, 1]
        self.final = np.maximum(self.last - 1, 0)
        surest = most(np.where(arrays.quoted > 0, 0.0, chance), self.first, self.last)
        self.rival = np.searchsorted(np.array(_CHANCES), surest, side="right")
        n_quoted = np.concatenate([[0], np.cumsum(arrays.quoted)])
        quoted = n_quoted[self.last] - n_quoted[self.first]
        self.full = np.minimum(quoted * 4 // np.maximum(self.last - self.first, 1), 4)

    def features(self, f: Features, steps: Steps) -> None:
        """Describe sentences as seen from the cue of another one."""
        arrays, cues, there = self.arrays, steps.cues, steps.sentences
        home, sign = arrays.sentence[cues], np.sign(steps.step)
        inner = there - sign  # the sentence next to it on the way to the cue
        ahead = steps.step > 0
        quote = arrays.quote
        edge = quote[np.where(ahead, self.first[there], self.final[there])]
        same_as_cue = (edge > 0) & (edge == quote[np.where(ahead, self.final[home], self.first[home])])
        same_as_inner = (edge > 0) & (edge == quote[np.where(ahead, self.final[inner], self.first[inner])])
        paragraph = arrays.paragraph
        break_inner = paragraph[there] != paragraph[inner]
        breaks = np.minimum(np.abs(paragraph[there] - paragraph[home]), 2)
        signature, own, inner_signature = (arrays.signature[n] for n in (there, home, inner))
        rival, full, cue_quoted = self.rival[there], self.full[there], arrays.quoted[cues]
        step = np.clip(steps.step, -4, 4)
        f.add(f.term(step, signature, own))
        f.add(f.term(step, same_as_cue, same_as_inner))
        f.add(f.term(sign, same_as_cue, same_as_inner, signature))
        f.add(f.term(sign, same_as_inner, break_inner, rival, full))
        f.add(f.term(step, break_inner, rival))
        f.add(f.term(sign, breaks, own, signature))
        f.add(f.term(sign, breaks, full, rival, cue_quoted))
        f.add(f.term(sign, inner_signature, signature, own))
        f.add(f.term(sign, inner_signature, signature, break_inner))
        f.add(f.term(step, full, own, cue_quoted))
        words, mostly = arrays.words, full > 2
        lemma, opens = words[LEMMA].take(cues), np.minimum(self.first[there], arrays.n)
        f.add(f.term(sign, lemma))
        f.add(f.term(sign, lemma, mostly))
        f.add(f.term(sign, words[CUE].take(cues), full, break_inner))
        f.add(f.term(sign, words[FUNCTION].take(opens), rival))
        f.add(f.term(sign, words[COARSE].take(opens), mostly))
        f.add(f.term(sign, words[FUNCTION].take(self.final[home]), own))
        f.add(f.term(step, _place(self.last[home] - cues), own, mostly))
        f.add(f.term(step, _place(cues - self.first[home]), own, mostly))
        if arrays.reads:
            self._read(f, arrays.reads, steps, same_as_inner)

    def _read(self, f: Features, reads: Reads, steps: Steps, same_as_inner: Bools) -> None:
        """How likely the word reader finds a sentence's words content, by themselves and as linked to the cue."""
        there, sign = steps.sentences, np.sign(steps.step)
        first, sizes = self.first[there], self.last[there] - self.first[there]
        n = np.maximum(sizes, 1)
        said, sourced = (
            FINE(Sum.of(np.clip(reads.role[role], -ENOUGH, ENOUGH))(first, self.last[there]) // n)
            for role in (CONTENT, SOURCE)
        )
        starts = np.cumsum(sizes) - sizes
        tokens = np.arange(int(sizes.sum())) - np.repeat(starts - first, sizes)
        links = reads.links(np.repeat(steps.cues, sizes), tokens)[CONTENT]
        mean = Sum.of(np.clip(links, -ENOUGH, ENOUGH))(starts, starts + sizes) // n
        taken = 10 * Sum.of(links > 0)(starts, starts + sizes) // n
        apart = reads.window.take(first) != reads.window.take(steps.cues)
        linked, taken = np.where(apart, _APART, FINE(mean)), np.where(apart, _APART, taken)
        full = self.full[there]
        f.add(f.term(linked))
        f.add(f.term(said))
        f.add(f.term(linked, said, sign))
        f.add(f.term(taken, sign))
        for value in (taken, said, linked):
            f.add(f.term(value, same_as_inner, full))
        f.add(f.term(linked, np.clip(steps.step, -4, 4)))
        f.add(f.term(sourced, linked))


def reach(arrays: TokenArrays, anchors: Ints, goes_on: Callable[[Steps], Bools]) -> tuple[Ints, Ints]:
    """Follow each cue's content outward, sentence by sentence, as long as it goes on.

    Parameters
    ----------
    arrays : TokenArrays
    anchors : ndarray of shape (n_cues,)
    goes_on : callable
        Tells for each step whether the content reaches that sentence.

    Returns
    -------
    before, after : ndarray of shape (n_cues,)
        How many sentences it takes in.
    """
    taken = np.zeros((2, len(anchors)), dtype=np.int64)
    row = np.tile(np.arange(len(anchors)), 2)
    sign = np.repeat([-1, 1], len(anchors))
    for distance in range(1, REACH + 1):
        steps = step_out(arrays, anchors, row, sign * distance)
        if not len(steps.row):
            break
        yes = goes_on(steps)
        row, sign = steps.row[yes], np.sign(steps.step[yes])
        taken[(sign > 0).astype(np.int64), row] = distance
    return taken[0], taken[1]
