"""Loaded wording: which words carry a judgement of the outlet's own, and which sentences are biased by them.

A linear model scores every word in its place; a second one judges the sentence by its highest words, what stands around
it, and how loaded the rest of the article is. Words inside quotation marks are somebody else's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..data.records import Span
from .attribution import Candidate
from .bias_features import QUOTED, SAID, somebody_elses, word_features
from .features import Features
from .hashed import Hashes, Table
from .label_models import BiasModel
from .ngrams import add_words, reads_words
from .sentence_model import SentenceModel
from .tokens import View

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_TOP = 3
_EDGES = (-4.0, -3.0, -2.25, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
_RANKS = [(f"word {rank}", [f"word {rank}: {edge}" for edge in range(len(_EDGES) + 1)]) for rank in range(1, _TOP + 1)]
_LOW = -6.0  # stands for a score where there is no word
_JOINS = frozenset("a an the of and or to in on at for with by its his her their own -".split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a sentence, as the word model sees them.

    Parameters
    ----------
    hashes : ndarray of shape (n_tokens, n_templates)
    whose : ndarray of shape (n_tokens,)
        See `bias_features.somebody_elses`.
    loaded : ndarray of bool, shape (n_tokens,)
        Marked as loaded; none where nobody marked words.
    """

    hashes: Hashes
    whose: Ints
    loaded: NDArray[np.bool_]


@dataclass(slots=True)
class BiasReader:
    """Finds loaded wording with a fitted model."""

    table: Table
    sentences: SentenceModel
    word_threshold: float

    @classmethod
    def of(cls, model: BiasModel) -> "BiasReader":
        """Lay a model's weights out for looking up."""
        return cls(Table.of(model.words), model.sentences, model.word_threshold)

    def read(self, view: View, candidates: Sequence[Candidate]) -> tuple[NDArray[np.float32], list[tuple[Span, ...]]]:
        """Judge the sentences of an article.

        Returns
        -------
        chances : ndarray of shape (n_sentences, n_labels)
        words : list of tuple of Span, length n_sentences
            The loaded words of sentences that are likelier biased than not.
        """
        whose = somebody_elses(view, candidates)
        scores = self.table.scores(word_features(view, whose))[0]
        rows = sentence_rows(scores, whose, view.sentences)
        if reads_words(self.sentences.features):
            add_words(rows, view)
        chances = self.sentences.predict(rows)
        biased = chances[:, self.sentences.labels.index("biased")] >= chances.max(axis=1)
        words = [
            loaded_spans(view, scores, whose, n, self.word_threshold) if is_biased else ()
            for n, is_biased in enumerate(biased.tolist())
        ]
        return chances, words


def sentence_rows(scores: NDArray[np.float32], whose: Ints, sentences: Sequence[tuple[int, int]]) -> list[Features]:
    """Describe the sentences of an article by the scores of their words.

    Parameters
    ----------
    scores, whose : ndarray of shape (n_tokens,)
    sentences : sequence of (int, int)
        First token and the one after the last.
    """
    if not sentences:
        return []
    tops = _highest(scores, whose < QUOTED, sentences, _TOP)
    said = _highest(scores, whose == SAID, sentences, 1)[:, 0].tolist()
    quoted = _highest(scores, whose == QUOTED, sentences, 1)[:, 0].tolist()
    chance = _chance(tops[:, 0])
    rest = ((chance.sum() - chance) / max(len(chance) - 1, 1)).tolist()
    sums = _sums(np.where(whose < QUOTED, _chance(scores), 0.0), sentences)
    shares = _sums((whose == QUOTED).astype(np.float64), sentences)
    levels, around = np.searchsorted(_EDGES, tops, side="right").tolist(), [0.0, *chance.tolist(), 0.0]
    rows: list[Features] = []
    for n, (top, level, (first, last)) in enumerate(zip(tops.tolist(), levels, sentences, strict=True)):
        size = last - first
        f: Features = {"article": rest[n], "words": math.log1p(size), f"article: {int(rest[n] * 10)}": 1.0}
        for names, score, edge in zip(_RANKS, top, level, strict=True):
            f[names[0]] = score
            f[names[1][edge]] = 1.0
        f["sum"] = sums[n]
        f["quoted share"] = shares[n] / size if size else 0.0
        f["quoted word"] = quoted[n]
        f["said word"] = said[n]
        f["before"] = around[n]
        f["after"] = around[n + 2]
        if n == 0:
            f["headline"] = 1.0
        rows.append(f)
    return rows


def joined_rows(scored: Sequence[tuple[NDArray[np.float32], Ints]]) -> list[Features]:
    """Do what `sentence_rows` does, for sentences whose (scores, whose) stand by themselves."""
    ends = np.cumsum([len(scores) for scores, _ in scored]).tolist()
    scores, whose = (np.concatenate(parts) for parts in zip(*scored, strict=True))
    return sentence_rows(scores, whose, list(zip([0, *ends[:-1]], ends, strict=True)))


def _highest(
    scores: NDArray[np.float32], among: NDArray[np.bool_], sentences: Sequence[tuple[int, int]], n: int
) -> NDArray[np.float32]:
    """Give the highest scores of each sentence, shape (n_sentences, n)."""
    longest = max(last - first for first, last in sentences)
    table = np.full((len(sentences), max(longest, n)), _LOW, dtype=np.float32)
    place = np.arange(len(scores)) - np.repeat([first for first, _ in sentences], [b - a for a, b in sentences])
    row = np.repeat(np.arange(len(sentences)), [b - a for a, b in sentences])
    table[row[among], place[among]] = np.maximum(scores[among], _LOW)
    return -np.sort(-table, axis=1)[:, :n]


def _sums(values: Floats, sentences: Sequence[tuple[int, int]]) -> list[float]:
    total = np.concatenate([[0.0], np.cumsum(values)])
    found: list[float] = (total[[b for _, b in sentences]] - total[[a for a, _ in sentences]]).tolist()
    return found


def _chance(score: NDArray[np.float32]) -> Floats:
    return np.asarray(1 / (1 + np.exp(-score.astype(np.float64))))


def loaded_spans(
    view: View, scores: NDArray[np.float32], whose: Ints, n: int, threshold: float, least: int = 1
) -> tuple[Span, ...]:
    """Join a sentence's loaded words that stand together.

    Parameters
    ----------
    view : View
    scores, whose : ndarray of shape (n_tokens,)
        Of the article.
    n : int
        Number of the sentence.
    threshold : float
    least : int
        So many words are given, the highest, also below the threshold.
    """
    first, last = view.sentences[n]
    may = [i for i in range(first, last) if whose[i] < QUOTED and view.words[i][0].isalnum() and view.lower[i] not in _JOINS]
    chosen = {i for i in may if scores[i] >= threshold} or set(sorted(may, key=lambda i: -scores[i])[:least])
    spans: list[list[int]] = []
    for i in sorted(chosen):
        if spans and (i == spans[-1][1] or (i == spans[-1][1] + 1 and view.lower[i - 1] in _JOINS)):
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return tuple(view.span(a, b) for a, b in spans)
