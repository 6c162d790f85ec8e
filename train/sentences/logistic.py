"""One label of sentences by a plain logistic regression."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from ...classify.kinds.features import Features
from ...classify.model_files.error_arrays import plain_errors
from ...classify.model_files.files import SentenceModel
from ...data.arrays import Floats64
from ...data.articles.notices import Say
from ..folds.grouped import grouped_folds
from .calibration import temperature
from .rows import Rows
from .sparse_features import LaidOut

THRESHOLD = 0.5  # a label less likely than this is not given without a warning
_FOLDS = 5
_LEAST = 2  # sentences that must share a feature
_NEVER = -30.0  # the bias of a label that training did not hold


def vectorise(features: Sequence[Features]) -> tuple[DictVectorizer, csr_matrix]:
    """Lay features out as a matrix; those of a single sentence are left out, unless all are."""
    vectorizer = DictVectorizer()
    matrix: csr_matrix = vectorizer.fit_transform(features)
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    kept = counts >= min(_LEAST, counts.max(initial=0))
    vectorizer.restrict(kept)
    return vectorizer, matrix[:, np.flatnonzero(kept)]


def columns_of(features: Sequence[Features]) -> tuple[list[str], csr_matrix]:
    """Do what `vectorise` does, at once where the features are laid out; the names are sorted."""
    if not isinstance(features, LaidOut):
        vectorizer, matrix = vectorise(features)
        return list(vectorizer.get_feature_names_out()), matrix
    counts = np.bincount(features.matrix.indices, minlength=len(features.names))
    kept = np.flatnonzero(counts >= min(_LEAST, counts.max(initial=0))).tolist()
    kept.sort(key=features.names.__getitem__)
    return [features.names[c] for c in kept], features.matrix[:, kept].astype(np.float64)


def logits_of(model: SentenceModel, rows: Rows) -> Floats64:
    """Score rows, all at once where their features are laid out; shape (n_rows, n_labels)."""
    if isinstance(rows.features, LaidOut):
        return rows.features.logits(model)
    return np.asarray(model.logits(rows.features), dtype=np.float64)


def a_row_a_class(model: LogisticRegression) -> tuple[Floats64, Floats64]:
    """Give the weights of each class; scikit-learn gives one row for two classes, which share it evenly here.

    Returns
    -------
    coef : ndarray of shape (n_classes, n_features)
    intercept : ndarray of shape (n_classes,)
    """
    coef, intercept = model.coef_, model.intercept_
    if len(model.classes_) > 2:
        return coef, intercept
    return np.concatenate([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2


def fit_plain(rows: Rows, task: str, labels: Sequence[str], *, C: float = 0.1) -> SentenceModel:
    """Fit a model of one label.

    Parameters
    ----------
    rows : Rows
        With two labels or more.
    task : str
        What the model calls itself.
    labels : sequence of str
        In the order that the model shall have; one that the rows do not hold is never predicted.
    C : float
        Inverse strength of the L2 penalty.

    Returns
    -------
    SentenceModel
        Its chances are not calibrated.
    """
    names, matrix = columns_of(rows.features)
    with threadpool_limits(1):
        model = LogisticRegression(C=C, max_iter=2000).fit(matrix, rows.labels, sample_weight=rows.weights)
    coef, bias = a_row_a_class(model)
    weights, biases = np.zeros((coef.shape[1], len(labels))), np.full(len(labels), _NEVER)
    columns = [labels.index(str(label)) for label in model.classes_]
    weights[:, columns], biases[columns] = coef.T, bias
    return SentenceModel(
        task,
        tuple(labels),
        names,
        weights.astype(np.float32),
        biases.astype(np.float32),
        threshold=THRESHOLD,
    )


def fit_plain_calibrated(
    rows: Rows,
    task: str,
    labels: Sequence[str],
    *,
    C: float = 0.1,
    seed: int = 0,
    notice: Say = lambda _: None,
) -> SentenceModel:
    """Fit a model of one label; how sure it may be is learned from articles that were held out.

    Parameters
    ----------
    rows : Rows
    task : str
    labels : sequence of str
    C : float
    seed : int
        Of the folds.
    notice : callable of str
        Told what is being done.
    """
    notice("final fit")
    model = fit_plain(rows, task, labels, C=C)
    n_folds = min(_FOLDS, rows.n_held_out_together)
    if n_folds < 2:
        return model
    notice("calibration")
    number = {label: i for i, label in enumerate(model.labels)}
    n_known = len(np.unique(rows.labels))
    outputs, judged = np.zeros((len(rows.labels), len(number))), np.zeros(len(rows.labels), dtype=bool)
    for train, test in grouped_folds(rows.labels, rows.held_out_together, n_folds, seed):
        if len(np.unique(rows.labels[train])) < n_known:
            continue  # a label that stands in one article only
        part = fit_plain(rows.take(train), task, labels, C=C)
        outputs[test], judged[test] = logits_of(part, rows.take(test)), True
    if not judged.any():
        return model
    target = np.array([number[label] for label in rows.labels], dtype=np.int64)
    factor = temperature(outputs[judged], target[judged], rows.weights[judged])
    errors = plain_errors(task, model.labels, rows.labels[judged], outputs[judged] * factor, rows.groups[judged])
    return replace(model, scale=np.full(len(number), factor, dtype=np.float32), errors=errors)
