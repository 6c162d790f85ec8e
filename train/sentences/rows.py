"""Fitting the sentence tasks: rows of features out of labelled articles, calibrated models out of rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.article_features import article_features
from ...classify.kinds.features import Features
from ...classify.linear.label_pairs import OUTPUTS, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.error_arrays import TRAINED_ON, voice_errors
from ...data.arrays import Bools, Floats64, Ints, Strings
from ...data.records import LabelledArticle, Sentence
from .voice_classifier import VoiceClassifier

Fold = tuple[Ints, Ints]
THRESHOLD = 0.5  # a kind less likely than this is not given without a warning
_FOLDS = 5
_LEAST = 2  # sentences that must share a feature


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences ready for fitting.

    Parameters
    ----------
    features : sequence of dict of str to float, length n_sentences
    labels : ndarray of str, shape (n_sentences,)
        For the voice tasks ``kind/source_type``.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article: folds never part an article.
    weights : ndarray of shape (n_sentences,)
    """

    features: Sequence[Features]
    labels: Strings
    groups: Ints
    weights: Floats64

    @property
    def n_articles(self) -> int:
        """How many articles the sentences come from."""
        return len(np.unique(self.groups))

    def take(self, index: Ints) -> "Rows":
        """Give some of the rows."""
        features = [self.features[i] for i in index] if len(self.features) else []
        return Rows(features, self.labels[index], self.groups[index], self.weights[index])

    def __add__(self, other: "Rows") -> "Rows":
        shift = int(self.groups.max(initial=-1)) + 1
        return Rows(
            [*self.features, *other.features],
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.groups, other.groups + shift]),
            np.concatenate([self.weights, other.weights]),
        )


def voice_label(s: Sentence) -> str | None:
    """Give kind and source type as one label, of a sentence that has both."""
    return f"{s.kind}/{s.source_type}" if s.kind and s.source_type else None


def make_rows(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    label: Callable[[Sentence], str | None],
    *,
    words: bool = False,
    weight: float = 1.0,
) -> Rows:
    """Collect the sentences that have a label.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
    label : callable
        Gives a sentence's label, None where it has none.
    words : bool
        See `article_features`.
    weight : float
        Of each of these sentences, beside others.
    """
    features: list[Features] = []
    labels: list[str] = []
    groups: list[int] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        given = [label(s) for s in labelled.sentences]
        if not any(given):
            continue
        for of, row in zip(given, article_features(labelled, found, words), strict=True):
            if of:
                features.append(row)
                labels.append(of)
                groups.append(number)
    numbers = np.array(groups, dtype=np.int64)
    return Rows(features, np.array(labels, dtype=np.str_), numbers, np.full(len(labels), weight))


def voice_rows(articles: Sequence[LabelledArticle], candidates: Iterable[Sequence[Candidate]], weight: float = 1.0) -> Rows:
    """Collect the sentences that have both kind and source type."""
    return make_rows(articles, candidates, voice_label, weight=weight)


def grouped_folds(labels: Strings, groups: Ints, n_folds: int, seed: int) -> list[Fold]:
    """Part sentences by article, the labels spread evenly.

    Parameters
    ----------
    labels : ndarray of str, shape (n_sentences,)
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article; at least ``n_folds`` different ones.
    n_folds : int
    seed : int

    Returns
    -------
    list of (train, test)
        Row numbers; no article stands on both sides, and no side is empty.
    """
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    folds = list(splitter.split(np.zeros(len(labels)), strata(labels, n_folds), groups))
    if all(len(test) for _, test in folds):
        return folds
    articles = np.random.default_rng(seed).permutation(np.unique(groups))  # articles so unlike that a fold got none
    sides = [np.isin(groups, articles[k::n_folds]) for k in range(n_folds)]
    return [(np.flatnonzero(~side), np.flatnonzero(side)) for side in sides]


def strata(labels: Strings, n_folds: int) -> Ints:
    """Give every label a number for spreading; labels too rare to stand in every fold share one."""
    names, numbers, counts = np.unique(labels, return_inverse=True, return_counts=True)
    rare = counts < n_folds
    numbers = np.where(rare[numbers], len(names), numbers)
    if 0 < counts[rare].sum() < n_folds:
        numbers[numbers == len(names)] = counts.argmax()
    return np.asarray(numbers, dtype=np.int64)


@dataclass(slots=True)
class FittedVoice:
    """A vectoriser and a classifier fitted together."""

    vectorizer: DictVectorizer
    classifier: VoiceClassifier

    def outputs(self, features: Sequence[Features]) -> Floats64:
        """Give the classifier's outputs, before calibration."""
        return self.classifier.decision_function(self.vectorizer.transform(features))


def vectorise(features: Sequence[Features]) -> tuple[DictVectorizer, csr_matrix]:
    """Lay features out as a matrix; those of a single sentence are left out, unless all are."""
    vectorizer = DictVectorizer()
    matrix: csr_matrix = vectorizer.fit_transform(features)
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    kept = counts >= min(_LEAST, counts.max(initial=0))
    vectorizer.restrict(kept)
    return vectorizer, matrix[:, np.flatnonzero(kept)]


def fit_rows(rows: Rows, C: float = 0.1) -> FittedVoice:
    """Fit the voice classifier on rows."""
    vectorizer, matrix = vectorise(rows.features)
    return FittedVoice(vectorizer, VoiceClassifier(C=C).fit(matrix, rows.labels, rows.weights))


def fit_voice(rows: Rows, *, C: float = 0.1, seed: int = 0, notice: Callable[[str], None] = lambda _: None) -> SentenceModel:
    """Fit, and calibrate on articles that were held out.

    Parameters
    ----------
    rows : Rows
    C : float
        Inverse strength of the penalty.
    seed : int
        Of the folds.
    notice : callable of str
        Told what is being done.

    Returns
    -------
    SentenceModel
        Its labels are `pairs.OUTPUTS`.
    """
    model, outputs = fit_voice_held_out(rows, C=C, seed=seed, notice=notice)
    return (
        replace(model, errors=voice_errors(TRAINED_ON, rows.labels, outputs, rows.groups)) if rows.n_articles > 1 else model
    )


def fit_voice_held_out(
    rows: Rows, *, C: float = 0.1, seed: int = 0, notice: Callable[[str], None] = lambda _: None
) -> tuple[SentenceModel, Floats64]:
    """Fit as `fit_voice` does; give also the outputs, calibrated, of models that had not seen the article.

    Returns
    -------
    model : SentenceModel
    outputs : ndarray of shape (n_sentences, n_outputs)
    """
    with threadpool_limits(1):  # the same sums everywhere; and more threads are slower here
        notice("calibration")
        outputs = np.zeros((len(rows.labels), len(OUTPUTS)))
        scale, shift = np.ones(len(OUTPUTS)), np.zeros(len(OUTPUTS))
        n_folds = min(_FOLDS, rows.n_articles)
        if n_folds > 1:
            for train, test in grouped_folds(rows.labels, rows.groups, n_folds, seed):
                outputs[test] = fit_rows(rows.take(train), C).outputs([rows.features[i] for i in test])
            scale, shift = calibrate(outputs, rows)
        notice("final fit")
        fitted = fit_rows(rows, C)
    return voice_model(fitted, scale, shift), outputs * scale + shift


def voice_model(fitted: FittedVoice, scale: Floats64 | None = None, shift: Floats64 | None = None) -> SentenceModel:
    """Put what was fitted, and its calibration, into the form that annotating reads."""
    n = len(OUTPUTS)
    return SentenceModel(
        VOICE,
        OUTPUTS,
        list(fitted.vectorizer.get_feature_names_out()),
        fitted.classifier.coef_.astype(np.float32),
        fitted.classifier.intercept_.astype(np.float32),
        (np.ones(n) if scale is None else scale).astype(np.float32),
        (np.zeros(n) if shift is None else shift).astype(np.float32),
        THRESHOLD,
    )


def calibrate(outputs: Floats64, rows: Rows) -> tuple[Floats64, Floats64]:
    """Learn from held-out outputs how sure to be: a line for each log odds, one temperature for the types.

    Returns
    -------
    scale, shift : ndarray of shape (n_outputs,)
        For ``scale * output + shift``.
    """
    kinds, types = np.array([label.split("/") for label in rows.labels]).T
    scale, shift = np.ones(len(OUTPUTS)), np.zeros(len(OUTPUTS))
    quote = kinds == "quote"
    scale[0], shift[0] = _line(outputs[:, 0], quote, rows.weights)
    scale[1], shift[1] = _line(outputs[~quote, 1], types[~quote] != "none", rows.weights[~quote])
    named = types != "none"
    target = np.array([OUTPUTS.index(t) - 2 for t in types[named]], dtype=np.int64)
    scale[2:] = temperature(outputs[named, 2:], target, rows.weights[named])
    return scale, shift


def _line(odds: Floats64, yes: Bools, weights: Floats64) -> tuple[float, float]:
    """Fit Platt's line by the log loss."""
    if len(np.unique(yes)) < 2:
        return 1.0, 0.0
    sign = np.where(yes, 1.0, -1.0)

    def loss(line: Floats64) -> float:
        return float(np.average(np.logaddexp(0, -sign * (line[0] * odds + line[1])), weights=weights))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7})
    return float(found.x[0]), float(found.x[1])


def temperature(scores: Floats64, target: Ints, weights: Floats64) -> float:
    """Fit one factor for scores by the log loss."""
    if len(np.unique(target)) < 2:
        return 1.0

    def loss(factor: float) -> float:
        scaled = scores * factor
        top = scaled.max(axis=1)
        normal = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float(np.average(normal - scaled[np.arange(len(target)), target], weights=weights))

    return float(minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x)
