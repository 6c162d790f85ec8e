"""Loaded wording: which words carry a judgement of the outlet's own, and which sentences are biased by them.

A linear model scores every word in its place; a second one judges the sentence by its highest words, what stands around
it, and how loaded the rest of the article is. Words inside quotation marks are somebody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints, sigmoid
from ...data.records import Span
from ..attribution.extractor import Candidate
from ..kinds.features import Features
from ..kinds.word_features import add_words, reads_words
from ..language.article_tokens import Layout, View
from ..linear.composed import BiasModel, WordThresholds
from ..linear.feature_matrix import Described, Vocabulary
from ..linear.hashed import Hashes, Table
from ..linear.named import SentenceModel
from .bias_features import PLAIN, QUOTED, SAID, WordFacts, word_features
from .plain_words import stands_as_name

_TOP = 3
_EDGES = (-4.0, -3.0, -2.25, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
_RANKS = {f"word {rank}": [f"word {rank}: {edge}" for edge in range(len(_EDGES) + 1)] for rank in range(1, _TOP + 1)}
_ARTICLE = [f"article: {tenth}" for tenth in range(11)]
_LOW = -6.0  # stands for a score where there is no word
_JOINS = frozenset("a an the of and or to in on at for with by its his her their own -".split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a sentence, as the word model sees them.

    Parameters
    ----------
    hashes : ndarray of shape (n_tokens, n_templates)
    whose : ndarray of shape (n_tokens,)
        See `bias_features.WordFacts.whose`.
    loaded : ndarray of bool, shape (n_tokens,)
        Marked as loaded; none where nobody marked words.
    listed : ndarray of bool, shape (n_tokens,)
        On the lists of loaded words.
    """

    hashes: Hashes
    whose: Ints
    loaded: Bools
    listed: Bools


@dataclass(slots=True)
class BiasReader:
    """Finds loaded wording with a fitted model.

    Parameters
    ----------
    table : Table
        Of the model of words.
    sentences : SentenceModel
    thresholds : WordThresholds
    by_words : bool
        A sentence is told only where words of it are; not where no words were learned.
    """

    table: Table
    sentences: SentenceModel
    thresholds: WordThresholds
    by_words: bool

    @classmethod
    def of(cls, model: BiasModel) -> "BiasReader":
        """Lay a model's weights out for looking up."""
        return cls(Table.of(model.words), model.sentences, model.thresholds, len(model.words.keys) > 0)

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return self.sentences.labels

    def chances(self, tokens: View, title: str | None, candidates: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label for the sentences of an article: shape (n_sentences, n_labels)."""
        return self.loaded_words([tokens], [title], [candidates])[0][0]

    def loaded_words(
        self, views: Sequence[View], titles: Sequence[str | None], candidates: Sequence[Sequence[Candidate]]
    ) -> list[tuple[Floats64, list[tuple[Span, ...]]]]:
        """Give for each article the chances, and the loaded words of biased sentences; titles are not looked at.

        The same as one by one, and faster.
        """
        tokens = WordFacts.of(views)
        whose, layout = tokens.whose(views, candidates), tokens.layout
        rows = np.flatnonzero(whose != PLAIN)  # nobody asks for the scores of the others, which are most
        total = self.table.sum(len(rows))
        word_features(total, tokens, whose, rows)
        scores = np.zeros(len(whose), dtype=np.float32)
        scores[rows] = total.scores()[0]
        chances = self._chances(views, layout, scores, whose)
        sure = sure_words(scores, whose, tokens.listed, self.thresholds)
        for phrase in tokens.phrases:  # told as a whole
            sure[phrase] |= sure[phrase].any() & (whose[phrase] == 0)
        sure[_names(views, layout, np.flatnonzero(sure).tolist())] = False
        n_sure = np.append(0, np.cumsum(sure))
        first, last = layout.bounds.T
        told = self._likely(chances) & (n_sure[last] > n_sure[first])
        found: list[tuple[Floats64, list[tuple[Span, ...]]]] = []
        at = 0
        for view, start in zip(views, layout.starts.tolist(), strict=True):
            n = len(view.sentences)
            words: list[tuple[Span, ...]] = [()] * n
            for i in np.flatnonzero(told[at : at + n]).tolist():
                a, b = view.sentences[i]
                words[i] = joined_spans(view, i, (a + np.flatnonzero(sure[start + a : start + b])).tolist())
            found.append((chances[at : at + n].astype(np.float64), words))
            at += n
        return found

    def _likely(self, chances: Floats32) -> Bools:
        """Tell which sentences are likely enough to be told: the likeliest label, and above the threshold."""
        biased = chances[:, self.sentences.labels.index("biased")]
        return np.asarray((biased >= chances.max(axis=1, initial=0)) & (biased >= self.sentences.threshold))

    def _chances(self, views: Sequence[View], layout: Layout, scores: Floats32, whose: Ints) -> Floats32:
        """Give the chance of each label for all sentences."""
        if not reads_words(self.sentences.features):
            return self.sentences.predict(describe(scores, whose, layout.bounds, layout.article, self.sentences.vocabulary))
        vocabulary = Vocabulary(open=True)
        rows = vocabulary.names(describe(scores, whose, layout.bounds, layout.article, vocabulary))
        at = 0
        for view in views:
            add_words(rows[at : at + len(view.sentences)], view)
            at += len(view.sentences)
        return self.sentences.predict(rows)


def _names(views: Sequence[View], layout: Layout, tokens: Sequence[int]) -> list[int]:
    """Give those of some tokens that the words next to them show to be of a name."""
    found = []
    for token in tokens:
        article = int(np.searchsorted(layout.starts, token, side="right")) - 1
        view, at = views[article], token - layout.starts.item(article)
        first, last = view.sentences[view.home[at]]
        if stands_as_name(view.words[at - 1] if at > first else "", view.words[at], view.words[at + 1 : min(at + 3, last)]):
            found.append(token)
    return found


def describe(scores: Floats32, whose: Ints, bounds: Ints, article: Ints, vocabulary: Vocabulary) -> Described:
    """Describe the sentences of articles by the scores of their words.

    Parameters
    ----------
    scores, whose : ndarray of shape (n_tokens,)
    bounds : ndarray of shape (n_sentences, 2)
        First token and the one after the last.
    article : ndarray of shape (n_sentences,)
        Which article each is of, counted from 0, ascending.
    vocabulary : Vocabulary
    """
    n = len(bounds)
    first, last = bounds.T
    size = last - first
    tops = _highest(scores, whose < QUOTED, bounds, _TOP)
    chance = _chance(tops[:, 0])
    n_others, of_all = np.maximum(np.bincount(article) - 1, 1), np.bincount(article, chance)
    rest = (of_all[article] - chance) / n_others[article]
    opens = np.diff(article, prepend=-1) > 0
    measures = {
        "article": rest,
        "words": np.log1p(size),
        "sum": _sums(np.where(whose < QUOTED, _chance(scores), 0.0), bounds),
        "quoted share": _sums((whose == QUOTED).astype(np.float64), bounds) / np.maximum(size, 1),
        "quoted word": _highest(scores, whose == QUOTED, bounds, 1)[:, 0],
        "said word": _highest(scores, whose == SAID, bounds, 1)[:, 0],
        "before": np.where(opens, 0.0, np.roll(chance, 1)),
        "after": np.where(np.roll(opens, -1), 0.0, np.roll(chance, -1)),
        **dict(zip(_RANKS, tops.T, strict=True)),
    }
    marks = [(_ARTICLE, (rest * 10).astype(np.int64))]
    marks += list(zip(_RANKS.values(), np.searchsorted(_EDGES, tops.T, side="right"), strict=True))
    every, headlines = np.arange(n), np.flatnonzero(opens)
    columns = [np.full(n, vocabulary[name]) for name in measures]
    columns += [np.array([vocabulary[name] for name in names])[level] for names, level in marks]
    column = np.concatenate([*columns, np.full(len(headlines), vocabulary["headline"])])
    value = np.concatenate([*measures.values(), np.ones(n * len(marks) + len(headlines))])
    sentence = np.concatenate([np.tile(every, len(columns)), headlines])
    seen = column != vocabulary.unseen
    return Described(n, sentence[seen], column[seen], value[seen])


def joined_rows(scored: Sequence[tuple[Floats32, Ints]]) -> list[Features]:
    """Do what `describe` does for an article, for sentences whose (scores, whose) stand by themselves."""
    ends = np.cumsum([len(scores) for scores, _ in scored])
    scores, whose = (np.concatenate(parts) for parts in zip(*scored, strict=True))
    bounds = np.stack([np.append(0, ends[:-1]), ends], axis=1)
    vocabulary = Vocabulary(open=True)
    return vocabulary.names(describe(scores, whose, bounds, np.zeros(len(scored), dtype=np.int64), vocabulary))


def _highest(scores: Floats32, among: Bools, bounds: Ints, n: int) -> Floats32:
    """Give the highest scores of each sentence, shape (n_sentences, n)."""
    tokens = np.flatnonzero(among)
    left = np.maximum(scores[tokens], _LOW)
    sentence = np.searchsorted(bounds[:, 1], tokens, side="right")
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    filled, sizes = sentence[starts], np.diff(starts, append=len(tokens))
    table = np.full((len(bounds), n), _LOW, dtype=np.float32)
    for rank in range(n if len(tokens) else 0):
        highest = table[filled, rank] = np.maximum.reduceat(left, starts)
        at = np.flatnonzero(left == np.repeat(highest, sizes))
        left[at[np.diff(sentence[at], prepend=-1) > 0]] = _LOW  # of equal ones the first
    return table


def _sums(values: Floats64, bounds: Ints) -> Floats64:
    total = np.append(0.0, np.cumsum(values))
    return np.asarray(total[bounds[:, 1]] - total[bounds[:, 0]])


def _chance(score: Floats32) -> Floats64:
    return sigmoid(score)


def sure_words(scores: Floats32, whose: Ints, listed: Bools, thresholds: WordThresholds) -> Bools:
    """Tell which tokens are sure enough to be told as loaded words of the outlet's own.

    Parameters
    ----------
    scores, whose, listed : ndarray of shape (n_tokens,)
        See `Tokens`.
    thresholds : WordThresholds
    """
    return np.asarray((whose == 0) & (scores >= np.where(listed, thresholds.listed, thresholds.unlisted)))


def loaded_spans(view: View, scores: Floats32, whose: Ints, n: int, threshold: float, least: int = 1) -> tuple[Span, ...]:
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
    return joined_spans(view, n, sorted(chosen))


def joined_spans(view: View, n: int, chosen: Sequence[int]) -> tuple[Span, ...]:
    """Join chosen words of a sentence that stand together, or with an article or a preposition between them.

    Parameters
    ----------
    view : View
    n : int
        Number of the sentence.
    chosen : sequence of int
        Tokens, ascending; those of other sentences are passed over.
    """
    first, last = view.sentences[n]
    spans: list[list[int]] = []
    for i in [i for i in chosen if first <= i < last and view.words[i][0].isalnum()]:
        if spans and (i == spans[-1][1] or (i == spans[-1][1] + 1 and view.lower[i - 1] in _JOINS)):
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return tuple(view.span(a, b) for a, b in spans)
