"""Fitting the sentence tasks: rows of features out of labelled articles, and calibrated models out of rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import StratifiedGroupKFold

from ..data.records import LabelledArticle
from .attribution import Candidate
from .features import Features, sentence_features, voices
from .models import SentenceModel
from .pairs import OUTPUTS
from .rule import apply_rule
from .tokens import view
from .voice import VoiceClassifier

Floats = NDArray[np.float64]
VOICE = "voice"
THRESHOLD = 0.5  # a kind less likely than this is not given without a warning
_FOLDS = 5
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences ready for fitting.

    Parameters
    ----------
    features : list of dict of str to float, length n_sentences
    labels : ndarray of str, shape (n_sentences,)
        For the voice tasks ``kind/source_type``.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article: folds never part an article.
    weights : ndarray of shape (n_sentences,)
    """

    features: list[Features]
    labels: NDArray[np.str_]
    groups: NDArray[np.int64]
    weights: Floats

    def take(self, index: NDArray[np.int64]) -> "Rows":
        """Give some of the rows."""
        return Rows(
            [self.features[i] for i in index], self.labels[index], self.groups[index], self.weights[index]
        )

    def __add__(self, other: "Rows") -> "Rows":
        shift = int(self.groups.max(initial=-1)) + 1
        return Rows(
            self.features + other.features,
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.groups, other.groups + shift]),
            np.concatenate([self.weights, other.weights]),
        )


def article_features(labelled: LabelledArticle, candidates: Sequence[Candidate]) -> list[Features]:
    """Describe the sentences of one article.

    Parameters
    ----------
    labelled : LabelledArticle
        Its labels are not looked at.
    candidates : sequence of Candidate
        The attributions found in it by a model that did not see it.
    """
    seen = view(labelled.article.text, [s.span for s in labelled.sentences])
    return sentence_features(seen, apply_rule(seen), voices(seen, candidates))


def voice_rows(
    articles: Sequence[LabelledArticle], candidates: Iterable[Sequence[Candidate]], weight: float = 1.0
) -> Rows:
    """Collect the sentences that have both kind and source type."""
    features: list[Features] = []
    labels: list[str] = []
    groups: list[int] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        for s, row in zip(labelled.sentences, article_features(labelled, found), strict=True):
            if s.kind and s.source_type:
                features.append(row)
                labels.append(f"{s.kind}/{s.source_type}")
                groups.append(number)
    return Rows(features, np.array(labels), np.array(groups, dtype=np.int64), np.full(len(labels), weight))


def grouped_folds(rows: Rows, n_folds: int, seed: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Part the rows by article, the labels spread evenly.

    Returns
    -------
    list of (train, test)
        Row numbers; no article stands on both sides.
    """
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed)
    return list(splitter.split(np.zeros(len(rows.labels)), rows.labels, rows.groups))


@dataclass(slots=True)
class FittedVoice:
    """A vectoriser and a classifier fitted together."""

    vectorizer: DictVectorizer
    classifier: VoiceClassifier

    def outputs(self, features: Sequence[Features]) -> Floats:
        """Give the classifier's outputs, before calibration."""
        return self.classifier.decision_function(self.vectorizer.transform(features))


def fit_rows(rows: Rows, C: float = 0.1) -> FittedVoice:
    """Fit the voice classifier on rows."""
    vectorizer = DictVectorizer()
    matrix: csr_matrix = vectorizer.fit_transform(rows.features)
    vectorizer.restrict(np.asarray((matrix != 0).sum(axis=0)).ravel() >= _LEAST)
    matrix = vectorizer.transform(rows.features)
    return FittedVoice(vectorizer, VoiceClassifier(C=C).fit(matrix, rows.labels, rows.weights))


def fit_voice(
    rows: Rows, *, C: float = 0.1, seed: int = 0, notice: Callable[[str], None] = lambda _: None
) -> SentenceModel:
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
    notice("calibration")
    held_out = np.zeros((len(rows.labels), len(OUTPUTS)))
    for train, test in grouped_folds(rows, _FOLDS, seed):
        held_out[test] = fit_rows(rows.take(train), C).outputs([rows.features[i] for i in test])
    scale, shift = calibrate(held_out, rows)
    notice("final fit")
    fitted = fit_rows(rows, C)
    return SentenceModel(
        VOICE,
        OUTPUTS,
        list(fitted.vectorizer.get_feature_names_out()),
        fitted.classifier.coef_.astype(np.float32),
        fitted.classifier.intercept_.astype(np.float32),
        scale.astype(np.float32),
        shift.astype(np.float32),
        THRESHOLD,
    )


def calibrate(outputs: Floats, rows: Rows) -> tuple[Floats, Floats]:
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
    scale[2:] = _temperature(outputs[named, 2:], target, rows.weights[named])
    return scale, shift


def _line(odds: Floats, yes: NDArray[np.bool_], weights: Floats) -> tuple[float, float]:
    """Fit Platt's line by the log loss."""
    if len(np.unique(yes)) < 2:
        return 1.0, 0.0
    sign = np.where(yes, 1.0, -1.0)

    def loss(line: Floats) -> float:
        return float(np.average(np.logaddexp(0, -sign * (line[0] * odds + line[1])), weights=weights))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7})
    return float(found.x[0]), float(found.x[1])


def _temperature(scores: Floats, target: NDArray[np.int64], weights: Floats) -> float:
    """Fit one factor for scores by the log loss."""
    if len(np.unique(target)) < 2:
        return 1.0

    def loss(factor: float) -> float:
        scaled = scores * factor
        top = scaled.max(axis=1)
        normal = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float(np.average(normal - scaled[np.arange(len(target)), target], weights=weights))

    return float(minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x)
