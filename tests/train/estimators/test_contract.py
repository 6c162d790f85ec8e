"""What holds of every estimator."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from sayso.classify.wording.recipe import Recipe
from sayso.train.estimators.bias import BiasClassifier
from sayso.train.estimators.files import load_model
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.stance import StanceClassifier
from sayso.train.estimators.text import TextClassifier

WORDS = {
    "a": ["The reckless council caved in.", "A reckless, shameful plan was passed.", "The shameful mayor lied again.",
          "“A reckless scheme,” said Ines Tolk.", "Shameful waste went on at the pier.", "The reckless port board hid it."],
    "b": ["The council met on Monday.", "The plan costs two million.", "The board votes on Friday.",
          "Rain fell on the pier at noon.", "The ferry left Aldmar at six.", "The school opens in May."],
}  # fmt: skip
TEXTS = [text for pair in zip(*WORDS.values(), strict=True) for text in pair]
PARTS = [0, 1] * 6
PAIRS = [(text, "the council") for text in TEXTS]
QUICK = Recipe(chars=(0, 0))
CASES = {
    "text": (TextClassifier(column="topic", recipe=QUICK), TEXTS, ["loud", "calm"], "C", 0.1),
    "kind": (KindClassifier(), TEXTS, ["official_claim", "narrative"], "words", True),
    "source type": (KindClassifier(column="source_type", words=True), TEXTS, ["state", "none"], "words", False),
    "bias": (BiasClassifier(recipe=QUICK), TEXTS, ["biased", "neutral"], "C", 0.1),
    "stance": (StanceClassifier(recipe=QUICK), PAIRS, ["against", "favor"], "C", 0.1),
    "stance in articles": (StanceClassifier(wording=False), PAIRS, ["against", "favor"], "seed", 7),
}  # fmt: skip


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(request):
    estimator, X, labels, name, value = CASES[request.param]
    return estimator, X, np.array([labels[part] for part in PARTS]), {name: value}


@pytest.fixture(scope="module")
def fitted(case):
    estimator, X, y, _ = case
    return clone(estimator).fit(X, y)


def test_parameters_are_given_set_and_cloned(case):
    estimator, _, _, changed = case
    other = clone(estimator)
    assert other is not estimator
    assert other.get_params() == estimator.get_params()
    assert other.set_params(**changed) is other
    assert other.get_params() == {**estimator.get_params(), **changed}
    assert clone(other).get_params() == other.get_params()
    with pytest.raises(ValueError, match="Invalid parameter 'nonsense'"):
        other.set_params(nonsense=1)


def test_nothing_is_asked_before_fitting(case, tmp_path):
    estimator, X, y, _ = case
    for ask in (lambda: clone(estimator).predict(X), lambda: clone(estimator).predict_proba(X),
                lambda: clone(estimator).score(X, y), lambda: clone(estimator).save(tmp_path / "x.sayso")):  # fmt: skip
        with pytest.raises(NotFittedError, match=r"is not fitted yet; call fit\(X, y\) first, or load_model\(path\)\."):
            ask()


def test_fit_gives_itself_and_changes_no_parameter(case):
    estimator, X, y, _ = case
    other = clone(estimator)
    assert other.fit(X, y) is other
    assert other.get_params() == estimator.get_params()
    assert not hasattr(estimator, "model_")


def test_predictions_and_chances_fit_each_other(case, fitted):
    _, X, y, _ = case
    predicted, chances = fitted.predict(X), fitted.predict_proba(X)
    assert predicted.shape == (12,)
    assert predicted.dtype.kind == y.dtype.kind
    assert set(predicted.tolist()) <= set(fitted.classes_.tolist())
    assert chances.shape == (12, len(fitted.classes_))
    assert np.allclose(chances.sum(axis=1), 1)
    assert fitted.classes_[chances.argmax(axis=1)].tolist() == predicted.tolist()
    assert fitted.score(X, y) == (predicted == y).mean()


def test_a_saved_model_says_the_same(case, fitted, tmp_path):
    _, X, _, _ = case
    fitted.save(tmp_path / "model.sayso")
    back = load_model(tmp_path / "model.sayso")
    assert type(back) is type(fitted)
    assert back.predict(X).tolist() == fitted.predict(X).astype(str).tolist()
    assert np.array_equal(back.predict_proba(X), fitted.predict_proba(X))
    back.save(tmp_path / "again.sayso")
    assert (tmp_path / "again.sayso").read_bytes() == (tmp_path / "model.sayso").read_bytes()
    with pytest.raises(FileExistsError, match=r"model\.sayso exists; give another name, or overwrite=True\."):
        fitted.save(tmp_path / "model.sayso")
    fitted.save(tmp_path / "model.sayso", overwrite=True)
    with pytest.raises(ValueError, match=r"the name of a model file ends in \.sayso; give model\.sayso\.$"):
        fitted.save(tmp_path / "model.pkl")


def test_sentences_that_stand_alone_are_labelled_one_by_one(case, fitted):
    _, X, _, _ = case
    some = X[:2]
    assert [fitted.predict([x]).tolist()[0] for x in some] == fitted.predict(X).tolist()[:2]
    assert np.allclose(np.concatenate([fitted.predict_proba([x]) for x in some]), fitted.predict_proba(X)[:2])
    assert fitted.predict(X[::-1]).tolist() == fitted.predict(X).tolist()[::-1]


def test_what_cannot_be_learned_from_is_refused(case):
    estimator, X, y, _ = case
    lone = X[0]
    for given, labels, message in (
        (lone if isinstance(lone, str) else lone[0], y, r"^X is one str; give a list of "),
        ([], [], r"^X is empty; give one or more "),
        (X, y[:5], r"^X has 12 items and y has 5 labels; give one label for each item\.$"),
        (X, None, r"^y holds no labels; give a list with one label for each item of X\.$"),
        (X, [None, *y[1:]], r"^y\[0\] has no value; label the sentence or leave it out of X and y\.$"),
        (X, [*y[1:], float("nan")], r"^y\[11\] has no value; label the sentence or leave it out of X and y\.$"),
        (X, [y[0]] * 12, r"^y has only one label, '\w+'; training needs two or more\.$"),
        ([7, *X[1:]], y, r"^X\[0\] is (a int, not a text or a SentenceIn|not a pair of text and target; give )"),
    ):
        with pytest.raises(ValueError, match=message):
            clone(estimator).fit(given, labels)
    with pytest.raises(ValueError, match=r"^X has 12 items and groups has 3; give one group for each item\.$"):
        clone(estimator).fit(X, y, groups=[1, 2, 3])


def test_a_bare_string_and_nothing_are_not_labelled(fitted):
    for ask in (fitted.predict, fitted.predict_proba):
        with pytest.raises(ValueError, match=r"^X is one str; give a list of "):
            ask("The council met on Monday.")
        with pytest.raises(ValueError, match=r"^X is empty; give one or more "):
            ask([])


def test_it_stands_in_a_pipeline(case, fitted):
    estimator, X, y, _ = case
    piped = make_pipeline(FunctionTransformer(), clone(estimator)).fit(X, y)
    assert piped.predict(X).tolist() == fitted.predict(X).tolist()
    assert np.allclose(piped.predict_proba(X), fitted.predict_proba(X))


def test_parameters_are_searched_by_groups(case):
    estimator, X, y, changed = case
    estimator = clone(estimator).set_params(calibrate=False)
    ((name, value),) = changed.items()
    groups = [n // 4 for n in range(12)]
    search = GridSearchCV(estimator, {name: [getattr(estimator, name), value]}, cv=GroupKFold(2), error_score="raise")
    search.fit(X, y, groups=groups)
    assert search.best_params_[name] in (getattr(estimator, name), value)
    assert search.best_estimator_.predict(X).shape == (12,)
    scores = cross_val_score(estimator, X, y, groups=groups, cv=GroupKFold(2), error_score="raise")
    assert scores.tolist() == [search.cv_results_[f"split{n}_test_score"][0] for n in range(2)]


@pytest.mark.parametrize(("labels", "written"), [([1, 0], ["0", "1"]), ([True, False], ["false", "true"])])
def test_numbers_and_truth_values_come_back_as_they_were_given(labels, written, tmp_path):
    y = [labels[part] for part in PARTS]
    fitted = TextClassifier(column="score", recipe=QUICK).fit(TEXTS, y)
    assert fitted.classes_.tolist() == sorted(labels)
    predicted = fitted.predict(TEXTS)
    assert predicted.dtype == np.array(labels).dtype
    assert fitted.score(TEXTS, y) == (predicted == np.array(y)).mean() > 0.8
    fitted.save(tmp_path / "score.sayso")
    assert load_model(tmp_path / "score.sayso").classes_.tolist() == written
    assert TextClassifier(column="score", recipe=QUICK, labels=labels).fit(TEXTS, y).classes_.tolist() == labels


def test_numbers_are_in_their_order_whatever_their_digits():
    fitted = TextClassifier(recipe=QUICK, calibrate=False).fit(TEXTS, [0, 10, 2, 10, 0, 2, 0, 10, 2, 10, 0, 2])
    assert fitted.classes_.tolist() == [0, 2, 10]
    assert fitted.classes_[fitted.predict_proba(TEXTS).argmax(axis=1)].tolist() == fitted.predict(TEXTS).tolist()


def test_chances_are_predicted_in_folds_though_labels_are_numbered_for_it(case):
    estimator, X, y, _ = case
    estimator = clone(estimator).set_params(calibrate=False)
    chances = cross_val_predict(estimator, X, y, cv=2, method="predict_proba")
    assert chances.shape == (12, 2)
    assert np.allclose(chances.sum(axis=1), 1)


def test_a_fitted_estimator_is_sent_to_other_processes_and_cloned(case, fitted):
    _, X, _, _ = case
    assert np.array_equal(pickle.loads(pickle.dumps(fitted)).predict_proba(X[:3]), fitted.predict_proba(X[:3]))
    assert not hasattr(clone(fitted), "model_")
