import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.train.sentences.voice_classifier import VoiceClassifier

Y = ["quote/state", "official_claim/state", "independent_assessment/expert", "narrative/none"] * 5
X = csr_matrix(np.tile(np.eye(4), (5, 1)))


@pytest.fixture(scope="module")
def fitted():
    return VoiceClassifier(C=10.0).fit(X, Y)


def test_a_clone_has_the_parameters_and_nothing_learned(fitted):
    copy = clone(fitted)
    assert copy.get_params() == {"C": 10.0, "max_iter": 2000}
    assert not hasattr(copy, "coef_")


def test_parameters_can_be_set_and_fitting_leaves_them():
    model = VoiceClassifier().set_params(C=3.0)
    assert model.fit(X, Y) is model
    assert model.get_params() == {"C": 3.0, "max_iter": 2000}


@pytest.mark.parametrize("method", ["predict", "decision_function", "pair_chances"])
def test_nothing_is_predicted_before_fitting(method):
    with pytest.raises(NotFittedError, match="not fitted yet"):
        getattr(VoiceClassifier(), method)(X)


def test_what_was_seen_is_learned(fitted):
    assert fitted.predict(X).tolist() == Y
    assert fitted.score(X, Y) == 1.0
    assert fitted.classes_.tolist() == sorted(set(Y))


def test_row_by_row_gives_the_same(fitted):
    together = fitted.pair_chances(X)
    alone = np.concatenate([fitted.pair_chances(X[i]) for i in range(X.shape[0])])
    assert np.array_equal(together, alone)


def test_a_type_that_training_lacks_is_never_likely(fitted):
    assert fitted.intercept_[OUTPUTS.index("media")] == -10
    assert not fitted.coef_[:, OUTPUTS.index("media")].any()


def test_weights_count():
    y = ["quote/state", "narrative/none"]
    x = csr_matrix(np.ones((2, 1)))
    first = VoiceClassifier().fit(x, y, np.array([9.0, 1.0]))
    assert (
        first.decision_function(x)[0, 0] > 0 > VoiceClassifier().fit(x, y, np.array([1.0, 9.0])).decision_function(x)[0, 0]
    )


@pytest.mark.parametrize(
    "y",
    [
        ["narrative/none", "narrative/none"],
        ["quote/state", "quote/state"],
        ["quote/state", "quote/expert"],
        ["official_claim/state", "narrative/none"],
        ["official_claim/state", "independent_assessment/expert"],
    ],
)
def test_labels_without_a_counterpart_are_the_only_answer(y):
    x = csr_matrix(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert VoiceClassifier(C=10.0).fit(x, y).predict(x).tolist() == y
