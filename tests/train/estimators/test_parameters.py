"""Parameters that cannot be meant are refused where an estimator is fitted, by their names in Python."""

import numpy as np
import pytest

import sayso
from sayso.data.records import Article, Span
from sayso.train.estimators.attribution import AttributionExtractor
from sayso.train.estimators.cross_validation import cross_validate
from sayso.train.estimators.files import load_model
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.sentence_in import SentenceIn
from sayso.train.estimators.stance import StanceClassifier
from sayso.train.estimators.text import TextClassifier

X = ["Soup was dear.", "Bread ran out.", "Cheese sold well.", "Shares fell.", "Bonds fell too.", "Shares and bonds rose."]
Y = ["food"] * 3 + ["money"] * 3


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"column": 3}, r"^column must be the name of a column \(str\), not 3\.$"),
        ({"column": ""}, r"^column must be the name of a column \(str\), not ''\.$"),
        ({"column": "a\nb"}, r"^column 'a\\nb' is empty, or holds a line break .*, such as name='my_ab'\.$"),
        ({"column": "=x"}, r"^column '=x' would be run as a formula by a spreadsheet; .* name='my_x'\.$"),
        ({"name": 3}, r"^name must be a name \(str\), or None, not 3\.$"),
        ({"C": 0}, r"^C must be a number above 0, or None, not 0\.$"),
        ({"C": float("nan")}, r"^C must be a number above 0, or None, not nan\.$"),
        ({"C": True}, r"^C must be a number above 0, or None, not True\.$"),
        ({"seed": "x"}, r"^seed must be a whole number, 0 or more, not 'x'\.$"),
        ({"seed": -1}, r"^seed must be a whole number, 0 or more, not -1\.$"),
        ({"also": "kind"}, r"^also must be a list of column names, such as \['topic'\], not 'kind'\.$"),
        ({"search": "yes"}, r"^search must be True or False, not 'yes'\.$"),
        ({"calibrate": None}, r"^calibrate must be True or False, not None\.$"),
        ({"encoder": 3}, r"^encoder must be a name, a folder, or None, not 3\.$"),
        ({"recipe": "words"}, r"^recipe must be a Recipe, or None, not 'words'\.$"),
        ({"labels": "food"}, r"^labels must be a list of labels, such as \['food', 'money'\], not 'food'\.$"),
        ({"labels": ["food", "money", "food"]}, r"^labels has 'food' twice; give each label once\.$"),
        ({"labels": ["food"]}, r"^labels has only 1 label; training needs two or more\.$"),
        ({"labels": ["food", "mo\nney"]}, r"^the label 'mo\\nney' holds a line break"),
    ],
)  # fmt: skip
def test_parameters_are_checked_by_fit_and_by_cross_validation(given, message):
    with pytest.raises(ValueError, match=message):
        TextClassifier(**given).fit(X, Y)
    if "column" not in given or not str(given["column"]).strip():
        with pytest.raises(ValueError, match=message):
            cross_validate(TextClassifier(**given), X, Y, n_folds=2)


@pytest.mark.parametrize("column", ["kind", "text", "language", "bias", "bias_confidence", "why", "voice", "attribution"])
def test_a_name_of_annotations_is_refused_by_fit(column):
    with pytest.raises(
        ValueError, match=rf"^column '{column}' is the name of something else in annotations; .*'my_{column}'"
    ):
        TextClassifier(column=column).fit(X, Y)
    assert TextClassifier(column=column, name=f"my_{column}", calibrate=False).task_name == f"my_{column}"


def test_values_of_numpy_are_parameters():
    classifier = TextClassifier(
        C=np.float64(0.5), seed=np.int64(3), calibrate=np.bool_(False), labels=np.array(["food", "money"])
    )
    assert classifier.fit(X, Y).classes_.tolist() == ["food", "money"]


def test_other_estimators_check_theirs():
    with pytest.raises(ValueError, match=r"^together must be True, False or None, not 'yes'\.$"):
        KindClassifier(together="yes").fit(X, Y)
    with pytest.raises(ValueError, match=r"^aliases must be a dict of names and lists of other names"):
        StanceClassifier(aliases={"Halm": "the town"}).fit([(x, "Halm") for x in X], ["favor", "against"] * 3)
    with pytest.raises(ValueError, match=r"^seed must be a whole number, 0 or more, not None\.$"):
        AttributionExtractor(seed=None).fit([], [])


def test_labels_that_no_line_can_hold_are_refused():
    with pytest.raises(ValueError, match=r"^the label 'fo\\nod' holds a line break or another character"):
        TextClassifier().fit(X, ["fo\nod" if label == "food" else label for label in Y])


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("\u202efood", r"^the label '\\u202efood' holds a line break or another character"),
        ("\u200b", r"^the label '\\u200b' holds a line break"),
        ("x" * 1001, r"^the label 'x{58}… has 1,001 characters; a label can have 1,000\.$"),
    ],
)
def test_labels_that_no_model_file_can_hold_are_refused(label, message):
    with pytest.raises(ValueError, match=message):
        TextClassifier().fit(X, [label if one == "food" else one for one in Y])


def test_labels_as_people_write_them_are_learned_saved_and_loaded(tmp_path):
    names = {"food": "می\u200cشود", "money": "👩\u200d🚀 tax\xa0cut mo\u200bney"}
    TextClassifier().fit(X, [names[label] for label in Y]).save(tmp_path / "a.sayso")
    assert sorted(load_model(tmp_path / "a.sayso").classes_) == sorted(names.values())


def test_a_sentence_stands_in_an_article():
    with pytest.raises(TypeError, match=r"^An Article is needed, not str\. For a text use sayso\.annotate\(text\)"):
        SentenceIn("abc", Span(0, 1))
    for span in (3, (1,), ("0", "1"), None):
        with pytest.raises(
            TypeError, match=r"^span is a pair of whole numbers, the start and the end of the sentence, not "
        ):
            SentenceIn(Article("a", "It rained."), span)


@pytest.mark.parametrize("path", [None, 3, b"topic.sayso"])
def test_a_model_is_loaded_from_a_path(path):
    with pytest.raises(TypeError, match=r"^load_model\(\) takes the path of a model file \(NAME\.sayso\), not \w+\.$"):
        load_model(path)
    assert sayso.load_model is load_model


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"n_folds": 1}, r"^n_folds must be a whole number, 2 or more, not 1\.$"),
        ({"n_folds": "3"}, r"^n_folds must be a whole number, 2 or more, not '3'\.$"),
        ({"repeats": 0}, r"^repeats must be a whole number, 1 or more, not 0\.$"),
        ({"seed": "x"}, r"^seed must be a whole number, 0 or more, not 'x'\.$"),
        ({"n_jobs": 0}, r"^n_jobs must be a whole number, 1 or more, or -1 for all processors, not 0\.$"),
        ({"similar": "yes"}, r"^similar must be True or False, not 'yes'\.$"),
    ],
)
def test_cross_validation_checks_its_own(given, message):
    with pytest.raises(ValueError, match=message):
        cross_validate(TextClassifier(), X, Y, **given)


def test_cross_validation_says_how_a_column_with_a_name_of_annotations_is_learned(our_corpus):
    with pytest.raises(sayso.SaysoError, match=r"as in cross_validate\('my_speaker', data, label='speaker'\)\.$"):
        cross_validate("speaker", our_corpus)
    with pytest.raises(ValueError, match=r"^a task needs labelled articles or a dataset"):
        cross_validate("kind", None)


def test_half_a_character_is_refused():
    with pytest.raises(ValueError, match=r"^X\[1\] holds half a character \(a lone surrogate\); replace it, or leave"):
        TextClassifier().fit([X[0], "Bread\ud83d.", *X[2:]], Y)
    with pytest.raises(TypeError, match=r"^target is a name \(str\) or None, not int\.$"):
        SentenceIn(Article("a", "It rained."), (0, 10), 3)
