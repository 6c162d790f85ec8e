"""Fitting the model of kind and source type together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from threadpoolctl import threadpool_limits

from ...classify.kinds.features import Features
from ...classify.linear.label_pairs import OUTPUTS, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.error_arrays import TRAINED_ON, voice_errors
from ...data.arrays import Bools, Floats64
from ...data.articles.notices import Say
from ..folds.grouped import grouped_folds
from .calibration import calibrate
from .logistic import THRESHOLD, vectorise
from .rows import Rows
from .voice_classifier import VoiceClassifier

_FOLDS = 5


@dataclass(slots=True)
class FittedVoice:
    """A vectoriser and a classifier fitted together."""

    vectorizer: DictVectorizer
    classifier: VoiceClassifier

    def outputs(self, features: Sequence[Features]) -> Floats64:
        """Give the classifier's outputs, before calibration."""
        return self.classifier.decision_function(self.vectorizer.transform(features))


def fit_rows(rows: Rows, C: float = 0.1) -> FittedVoice:
    """Fit the voice classifier on rows."""
    vectorizer, matrix = vectorise(rows.features)
    return FittedVoice(vectorizer, VoiceClassifier(C=C).fit(matrix, rows.labels, rows.weights))


def fit_voice(rows: Rows, *, C: float = 0.1, seed: int = 0, notice: Say = lambda _: None) -> SentenceModel:
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
        Its labels are `label_pairs.OUTPUTS`.
    """
    model, outputs = fit_voice_held_out(rows, C=C, seed=seed, notice=notice)
    return (
        replace(model, errors=voice_errors(TRAINED_ON, rows.labels, outputs, rows.groups))
        if rows.n_held_out_together > 1
        else model
    )


def fit_voice_held_out(
    rows: Rows,
    *,
    C: float = 0.1,
    seed: int = 0,
    calibrate_on: Bools | None = None,
    notice: Say = lambda _: None,
) -> tuple[SentenceModel, Floats64]:
    """Fit as `fit_voice` does; give also the outputs, calibrated, of models that had not seen the article.

    Parameters
    ----------
    rows : Rows
    C, seed, notice
        See `fit_voice`.
    calibrate_on : ndarray of bool, shape (n_sentences,), optional
        The rows that tell how sure the model may be; all of them without it.

    Returns
    -------
    model : SentenceModel
    outputs : ndarray of shape (n_sentences, n_outputs)
    """
    with threadpool_limits(1):  # the same sums everywhere; and more threads are slower here
        notice("calibration")
        outputs = np.zeros((len(rows.labels), len(OUTPUTS)))
        scale, shift = np.ones(len(OUTPUTS)), np.zeros(len(OUTPUTS))
        n_folds = min(_FOLDS, rows.n_held_out_together)
        if n_folds > 1:
            for train, test in grouped_folds(rows.labels, rows.held_out_together, n_folds, seed):
                outputs[test] = fit_rows(rows.take(train), C).outputs([rows.features[i] for i in test])
            judged = np.arange(len(rows.labels)) if calibrate_on is None else np.flatnonzero(calibrate_on)
            scale, shift = calibrate(outputs[judged], rows.take(judged))
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
