"""Fitting the models of loaded wording: words first, then sentences by what models of other articles say of their words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.features import Features
from ...classify.kinds.word_features import add_words, reads_words
from ...classify.language.article_tokens import view
from ...classify.linear.composed import WordThresholds
from ...classify.linear.hashed import Weights, prune
from ...classify.model_files.files import BIAS, BiasModel, SentenceModel
from ...classify.model_files.shipped_words import sentence_tokens
from ...classify.stance_bias.bias import Tokens, joined_rows, sure_words
from ...classify.stance_bias.bias_features import QUOTED
from ...classify.wording.model import word_scores
from ...data.arrays import Bools, Floats32, Floats64
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..attribution.hashed_logistic import FeatureRows
from ..folds.grouped import grouped_folds
from .logistic import fit_plain, fit_plain_calibrated
from .rows import Arrays, Rows

_FOLDS = 3
_CHANCE_FOLDS = 5  # those of the calibration
_TOKENS = ("hashes", "whose", "loaded", "listed")
_LEAST = 2  # words that must share a feature
_KEPT = 60_000  # features of the word model
_WORDS_C = 0.3
_C = 0.1
_PRECISION = 0.9  # of what is told, words and sentences, in articles held out
_LEAST_TOLD = 5  # words or sentences on which a threshold may rest
_NONE = 99.0  # a score that no word reaches; every word scores more than -99
_LONG = 4.0  # sentences an article: where there are fewer, the words themselves are features of the sentence


@dataclass(frozen=True, slots=True)
class BiasRows(Rows):
    """Sentences with their words.

    Parameters
    ----------
    tokens : list of Tokens, length n_sentences
    """

    tokens: list[Tokens] = field(default_factory=list)

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays; see `Rows`."""
        return Rows.as_arrays(self) | pack_tokens(self.tokens)

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave."""
        rows = Rows.of_arrays(arrays)
        return cls(rows.features, rows.labels, rows.groups, rows.weights, unpack_tokens(arrays))


def pack_tokens(tokens: Sequence[Tokens]) -> Arrays:
    """Give the words of sentences as arrays, one sentence behind the other."""
    lengths = np.array([len(t.whose) for t in tokens], dtype=np.int64)
    return {"tokens": lengths, **{f"tokens_{name}": np.concatenate([getattr(t, name) for t in tokens]) for name in _TOKENS}}


def unpack_tokens(arrays: Arrays) -> list[Tokens]:
    """Read what `pack_tokens` gave."""
    parts = [np.split(arrays[f"tokens_{name}"], np.cumsum(arrays["tokens"])[:-1]) for name in _TOKENS]
    return [Tokens(*token) for token in zip(*parts, strict=True)]


def bias_rows(articles: Sequence[LabelledArticle], candidates: Iterable[Sequence[Candidate]]) -> BiasRows:
    """Collect the sentences that have the label.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
    """
    features: list[Features] = []
    tokens: list[Tokens] = []
    labels: list[str] = []
    groups: list[int] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        if not any(s.bias for s in labelled.sentences):
            continue
        seen = view(labelled.article.text, [s.span for s in labelled.sentences])
        words: list[Features] = [{} for _ in labelled.sentences]
        add_words(words, seen)
        described = sentence_tokens(seen, found, [span for s in labelled.sentences for span in s.loaded])
        for s, row, own in zip(labelled.sentences, words, described, strict=True):
            if s.bias:
                features.append(row)
                tokens.append(own)
                labels.append(s.bias)
                groups.append(number)
    numbers = np.array(groups, dtype=np.int64)
    return BiasRows(features, np.array(labels, dtype=np.str_), numbers, np.ones(len(labels)), tokens)


def words_marked(articles: Iterable[LabelledArticle]) -> bool:
    """Tell whether most biased sentences have their loaded words marked: then words carry the judgement."""
    biased = [s for a in articles for s in a.sentences if s.bias == "biased"]
    return 2 * sum(bool(s.loaded) for s in biased) > len(biased)


def fit_words(rows: BiasRows, C: float = _WORDS_C) -> Weights:
    """Fit the word model on the sentences whose loaded words are known.

    Returns
    -------
    Weights
        Without features where no word outside quotation marks is marked, or no other stands there.
    """
    known = [t for t, label in zip(rows.tokens, rows.labels, strict=True) if t.loaded.any() or label != "biased"]
    if len({bool(word) for t in known for word in t.loaded[t.whose < QUOTED]}) < 2:
        return Weights(np.zeros(0, np.int32), np.zeros((0, 1), np.int8), 1.0, np.array([-4.0], np.float32))
    outside = [t.whose < QUOTED for t in known]
    hashes = np.concatenate([t.hashes[kept] for t, kept in zip(known, outside, strict=True)])
    loaded = np.concatenate([t.loaded[kept] for t, kept in zip(known, outside, strict=True)])
    matrix, columns, _ = FeatureRows.of([hashes], _LEAST).matrix(_LEAST)
    model = LogisticRegression(C=C, solver="liblinear", max_iter=500).fit(matrix, loaded)
    return prune(model.coef_, model.intercept_, columns, _KEPT)


def held_out_scores(rows: BiasRows, seed: int, n_folds: int = _FOLDS, C: float = _WORDS_C) -> list[Floats32]:
    """Score each sentence's words by a model of other articles."""
    found: list[Floats32] = [np.zeros(0, np.float32)] * len(rows.tokens)
    n_folds = min(n_folds, rows.n_held_out_together)
    if n_folds < 2:
        return word_scores(fit_words(rows, C), rows.tokens)
    for train, test in grouped_folds(rows.labels, rows.held_out_together, n_folds, seed):
        scores = word_scores(fit_words(rows.take(train), C), [rows.tokens[i] for i in test])
        for i, of in zip(test, scores, strict=True):
            found[i] = of
    return found


def judged_rows(rows: BiasRows, scores: Sequence[Floats32], words: bool) -> Rows:
    """Describe sentences by the scores of their words, and by the words themselves where asked."""
    features: list[Features] = [{} for _ in scores]
    for group in np.unique(rows.groups):
        index = np.flatnonzero(rows.groups == group).tolist()
        for i, row in zip(index, joined_rows([(scores[i], rows.tokens[i].whose) for i in index]), strict=True):
            features[i] = {**row, **rows.features[i]} if words else row
    return Rows(features, rows.labels, rows.groups, rows.weights, origins=rows.origins)


def rows_for(model: BiasModel, rows: BiasRows) -> Rows:
    """Describe sentences that the model has not seen by what it says of their words."""
    return judged_rows(rows, word_scores(model.words, rows.tokens), reads_words(model.sentences.features))


def fit_bias(
    rows: BiasRows,
    labels: Sequence[str],
    *,
    seed: int = 0,
    calibrated: bool = True,
    notice: Say = lambda _: None,
) -> BiasModel:
    """Fit both models.

    Parameters
    ----------
    rows : BiasRows
    labels : sequence of str
    seed : int
        Of the folds.
    calibrated : bool
        Learn from held-out articles how sure the sentence model may be.
    notice : callable of str
        Told what is being done.
    """
    notice("loaded words")
    scores = held_out_scores(rows, seed)
    notice("biased sentences")
    judged = judged_rows(rows, scores, words=len(rows.labels) < _LONG * rows.n_articles)
    if calibrated:
        sentences = fit_plain_calibrated(judged, BIAS, labels, C=_C, seed=seed, notice=notice)
    else:
        sentences = fit_plain(judged, BIAS, labels, C=_C)
    thresholds = word_thresholds(rows, scores)
    sentences = replace(sentences, threshold=sentence_threshold(rows, judged, scores, thresholds, sentences, seed))
    return BiasModel(fit_words(rows), sentences, thresholds)


def word_thresholds(rows: BiasRows, scores: Sequence[Floats32]) -> WordThresholds:
    """Give the scores from which on most words that would be told are marked: listed words, and the others.

    Where neither kind reaches that, both are told from the score on where F1 is highest.

    Parameters
    ----------
    rows : BiasRows
    scores : sequence of ndarray of shape (n_tokens,), length n_sentences
        By models of other articles.
    """
    given, whose, loaded, listed = (
        np.concatenate(parts) for parts in (scores, *(_of_tokens(rows, name) for name in ("whose", "loaded", "listed")))
    )
    own = whose == 0
    sure = [lowest_sure(given[own & kind], loaded[own & kind]) for kind in (listed, ~listed)]
    if sure == [None, None]:
        return WordThresholds(*[best_threshold(rows, scores)] * 2)
    return WordThresholds(*[_NONE if score is None else score for score in sure])


def _of_tokens(rows: BiasRows, name: str) -> list[NDArray[Any]]:
    return [getattr(t, name) for t in rows.tokens]


def sentence_threshold(
    rows: BiasRows,
    judged: Rows,
    scores: Sequence[Floats32],
    thresholds: WordThresholds,
    model: SentenceModel,
    seed: int,
) -> float:
    """Give the chance from which on most sentences that would be told are biased, in articles held out."""
    n_folds = min(_CHANCE_FOLDS, rows.n_held_out_together)
    if n_folds < 2:
        return model.threshold
    biased = model.labels.index("biased")
    chances = np.zeros(len(rows.labels))
    for train, test in grouped_folds(rows.labels, rows.held_out_together, n_folds, seed):
        if len(np.unique(rows.labels[train])) < 2:
            continue  # of few sentences all that are biased may stand in one fold
        part = replace(fit_plain(judged.take(train), BIAS, model.labels, C=_C), scale=model.scale)
        chances[test] = part.predict([judged.features[i] for i in test])[:, biased]
    told = [bool(sure_words(s, t.whose, t.listed, thresholds).any()) for s, t in zip(scores, rows.tokens, strict=True)]
    found = lowest_sure(chances[told], rows.labels[told] == "biased")
    return model.threshold if found is None else max(model.threshold, found)


def lowest_sure(scores: Floats32 | Floats64, right: Bools, precision: float = _PRECISION) -> float | None:
    """Give the lowest score from which on so large a share is right; None where there is none.

    It lies halfway to what scores next; where nothing does, any score will do.
    """
    order = np.argsort(-scores, kind="stable")
    n = np.arange(1, len(order) + 1)
    reached = np.flatnonzero((np.cumsum(right[order]) >= precision * n) & (n >= _LEAST_TOLD))
    if not len(reached):
        return None
    around = scores[order[reached[-1] :][:2]]
    return float(around.mean()) if len(around) > 1 else -_NONE


def best_threshold(rows: BiasRows, scores: Sequence[Floats32]) -> float:
    """Give the score from which on words are told: where F1 of the marked words is highest."""
    outside = [t.whose < QUOTED for t in rows.tokens]
    loaded = np.concatenate([t.loaded[kept] for t, kept in zip(rows.tokens, outside, strict=True)])
    given = np.concatenate([s[kept] for s, kept in zip(scores, outside, strict=True)])
    order = np.argsort(-given, kind="stable")
    right = np.cumsum(loaded[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + max(loaded.sum(), 1))
    return float(given[order[int(f1.argmax())]]) if len(order) else 0.0
