"""Kind and source type together: whose voice a sentence is.

Three linear decisions make both labels, and so they never contradict each other: is the sentence in
somebody's own words; if not, is it attributed at all; and of what type is the source. A sentence attributed
to a ministry is an official claim because a ministry is ``state``, not because a second model says so.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from ...classify.linear.label_pairs import OUTPUTS, combine, kind_and_type
from ...data.arrays import Bools, Floats64, Strings
from ...data.scheme import KINDS, SOURCE_TYPES
from .logistic import a_row_a_class


class VoiceClassifier(ClassifierMixin, BaseEstimator):
    """Label sentences with kind and source type by three logistic decisions.

    Parameters
    ----------
    C : float, default=0.1
        Inverse strength of the L2 penalty.
    max_iter : int, default=2000

    Attributes
    ----------
    coef_ : ndarray of shape (n_features, n_outputs)
        One column for each of `label_pairs.OUTPUTS`; a type that training did not see has none but a low constant.
    intercept_ : ndarray of shape (n_outputs,)
    classes_ : ndarray of str
        The pairs ``kind/source_type`` of training.
    """

    def __init__(self, C: float = 0.1, max_iter: int = 2000) -> None:
        self.C = C
        self.max_iter = max_iter

    def fit(self, X: csr_matrix, y: Sequence[str] | Strings, sample_weight: Floats64 | None = None) -> "VoiceClassifier":
        """Fit the three decisions.

        Parameters
        ----------
        X : sparse matrix of shape (n_sentences, n_features)
        y : sequence of str, length n_sentences
            ``kind/source_type``, such as ``quote/state``.
        sample_weight : ndarray of shape (n_sentences,), optional
        """
        pairs = np.array([pair.split("/") for pair in y]).reshape(-1, 2)
        kinds, types = pairs[:, 0], pairs[:, 1]
        weight = np.ones(len(pairs)) if sample_weight is None else np.asarray(sample_weight)
        self.classes_ = np.unique(np.asarray(y))
        self.coef_ = np.zeros((X.shape[1], len(OUTPUTS)))
        self.intercept_ = np.full(len(OUTPUTS), -10.0)
        quote, attributed = kinds == "quote", types != "none"
        self._fit_binary(0, X, quote, weight, np.ones(len(pairs), dtype=bool))
        self._fit_binary(1, X, attributed, weight, ~quote)
        self._fit_types(X, types, weight, attributed)
        return self

    def _fit_binary(self, output: int, X: csr_matrix, yes: Bools, weight: Floats64, rows: Bools) -> None:
        if len(np.unique(yes[rows])) < 2:  # nothing to learn: the one answer that was seen
            self.intercept_[output] = 10.0 if yes[rows].any() else -10.0
            return
        model = self._logistic().fit(X[rows], yes[rows], sample_weight=weight[rows])
        self.coef_[:, output], self.intercept_[output] = model.coef_[0], model.intercept_[0]

    def _fit_types(self, X: csr_matrix, types: Strings, weight: Floats64, rows: Bools) -> None:
        seen = np.unique(types[rows])
        if len(seen) < 2:
            for label in seen:
                self.intercept_[2 + SOURCE_TYPES.index(str(label))] = 0.0
            return
        model = self._logistic().fit(X[rows], types[rows], sample_weight=weight[rows])
        coef, intercept = a_row_a_class(model)
        for row, label in enumerate(model.classes_):
            output = 2 + SOURCE_TYPES.index(str(label))
            self.coef_[:, output], self.intercept_[output] = coef[row], intercept[row]

    def _logistic(self) -> LogisticRegression:
        return LogisticRegression(C=self.C, max_iter=self.max_iter)

    def decision_function(self, X: csr_matrix) -> Floats64:
        """Give the outputs before they become chances.

        Returns
        -------
        ndarray of shape (n_sentences, n_outputs)
        """
        check_is_fitted(self)
        return np.asarray(X @ self.coef_ + self.intercept_)

    def pair_chances(self, X: csr_matrix) -> Floats64:
        """Give the chance of every pair of kind and source type.

        Returns
        -------
        ndarray of shape (n_sentences, n_kinds, n_types)
            Each sentence's chances sum to 1; 0 where the two cannot go together.
        """
        return combine(self.decision_function(X))

    def predict(self, X: csr_matrix) -> Strings:
        """Give each sentence's ``kind/source_type``."""
        kinds, types = kind_and_type(self.pair_chances(X))
        return np.array([f"{KINDS[k]}/{SOURCE_TYPES[t]}" for k, t in zip(kinds, types, strict=True)])
