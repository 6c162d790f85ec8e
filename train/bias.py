"""Loaded wording: which words carry a judgement of the outlet's own, and which sentences are biased by them.

A linear model scores every word in its place; a second one judges the sentence by its highest words, what stands around
it, and how loaded the rest of the article is. Words inside quotation marks are somebody else's.
"""

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
        rows = sentence_rows([(scores[a:b], whose[a:b]) for a, b in view.sentences])
        if reads_words(self.sentences.features):
            add_words(rows, view)
        chances = self.sentences.predict(rows)
        biased = chances[:, self.sentences.labels.index("biased")] >= chances.max(axis=1)
        words = [
            loaded_spans(view, scores, whose, n, self.word_threshold) if is_biased else ()
            for n, is_biased in enumerate(biased.tolist())
        ]
        return chances, words


def sentence_rows(scored: Sequence[tuple[NDArray[np.float32], Ints]]) -> list[Features]:
    """Describe the sentences of an article by the scores of their words.

    Parameters
    ----------
    scored : sequence of (scores, whose), length n_sentences
    """
    tops = [_highest(scores[whose < QUOTED]) for scores, whose in scored]
    first = np.array([top[0] for top in tops])
    rest = _others(_chance(first))
    rows: list[Features] = []
    for n, (top, (scores, whose)) in enumerate(zip(tops, scored, strict=True)):
        quoted = whose == QUOTED
        f: Features = {"article": float(rest[n]), "words": float(np.log1p(len(scores)))}
        for rank, score in enumerate(top):
            f[f"word {rank + 1}"] = score
            f[f"word {rank + 1}: {_level(score)}"] = 1.0
        f["sum"] = float(_chance(scores[~quoted]).sum())
        f["quoted share"] = float(quoted.mean()) if len(quoted) else 0.0
        f["quoted word"] = _highest(scores[quoted])[0]
        f["said word"] = _highest(scores[whose == SAID])[0]
        f["before"] = float(_chance(first[n - 1])) if n else 0.0
        f["after"] = float(_chance(first[n + 1])) if n + 1 < len(first) else 0.0
        f[f"article: {int(rest[n] * 10)}"] = 1.0
        if n == 0:
            f["headline"] = 1.0
        rows.append(f)
    return rows


def _highest(scores: NDArray[np.float32]) -> list[float]:
    best = np.sort(scores)[::-1][:_TOP].tolist()
    return [max(x, _LOW) for x in best] + [_LOW] * (_TOP - len(best))


def _chance(score: NDArray[np.float32] | Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.asarray(score, dtype=np.float64))))


def _others(chances: Floats) -> Floats:
    """Give for each sentence the mean of the others."""
    return np.asarray((chances.sum() - chances) / max(len(chances) - 1, 1))


def _level(score: float) -> int:
    return sum(score >= edge for edge in _EDGES)


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
