import numpy as np
import pytest

from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.data.corpora.own import parse_article
from sayso.data.records import Sentence, Span, label_of
from sayso.train.folds.grouped import grouped_folds
from sayso.train.sentences.calibration import calibrate
from sayso.train.sentences.fit_voice import fit_voice, fit_voice_held_out
from sayso.train.sentences.logistic import fit_plain, fit_plain_calibrated
from sayso.train.sentences.rows import Rows, voice_rows
from sayso.train.tasks.registry import TASKS

ARTICLE = """@id walkout

N none | Walkout at Lisbon docks
O state | The ministry said it would not pay.
Q individual | “We have waited {n} years,” said Rui Matos, a crane driver.
N none | Ships waited outside the port.
"""


def rows_of(n_articles=10):
    """Give rows that one feature each gives away."""
    labels = ["quote/state", "official_claim/state", "narrative/none", "independent_assessment/expert"] * n_articles
    features = [{label.split("/")[0]: 1.0, f"number {i}": 1.0} for i, label in enumerate(labels)]
    return Rows(features, np.array(labels), np.repeat(np.arange(n_articles), 4), np.ones(len(labels)))


def test_a_row_is_a_sentence_with_both_labels():
    labelled = parse_article(ARTICLE.replace("{n}", "two"), "walkout.txt")
    rows = voice_rows([labelled, labelled], [[], []], weight=0.5)
    assert rows.labels.tolist() == ["narrative/none", "official_claim/state", "quote/individual", "narrative/none"] * 2
    assert rows.groups.tolist() == [0] * 4 + [1] * 4
    assert rows.weights.tolist() == [0.5] * 8
    assert rows.features[0] == rows.features[4]


def test_rows_are_joined_without_mixing_articles():
    both = rows_of(2) + rows_of(1)
    assert both.groups.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert both.n_articles == 3
    assert (rows_of(1).take(np.array([], dtype=np.int64)) + rows_of(1)).groups.tolist() == [0] * 4
    assert both.take(np.array([0, 11])).labels.tolist() == ["quote/state", "independent_assessment/expert"]


def test_a_model_knows_no_feature_of_a_single_sentence():
    model = fit_voice(rows_of(), C=10.0)
    assert model.labels == OUTPUTS
    assert model.features == ["independent_assessment", "narrative", "official_claim", "quote"]
    kinds, types = (TASKS[name].predict(model, rows_of(1)).tolist() for name in ("kind", "source_type"))
    assert kinds == ["quote", "official_claim", "narrative", "independent_assessment"]
    assert types == ["state", "state", "none", "expert"]


def test_the_same_rows_and_seed_give_the_same_model():
    one, two = fit_voice(rows_of(), seed=4), fit_voice(rows_of(), seed=4)
    assert all(np.array_equal(getattr(one, x), getattr(two, x)) for x in ("weights", "bias", "scale", "shift"))


def test_a_single_article_is_fitted_without_calibration():
    model = fit_voice(rows_of(1))
    assert model.scale.tolist() == [1.0] * len(OUTPUTS)
    assert model.errors == ()


def test_a_model_knows_its_errors_on_held_out_articles():
    kind, source_type = fit_voice(rows_of()).errors
    assert (kind.column, source_type.column) == ("kind", "source_type")
    assert kind.given.shape == (10, 4, 4)
    assert kind.given.sum(axis=(0, 2)).tolist() == [10.0] * 4  # a sentence of each kind in ten articles
    assert kind.given[:, 0, 0].tolist() == [1.0] * 10  # the quotes were found
    (topic,) = fit_plain_calibrated(plain_rows(["a", "b"]), "topic", ["a", "b"]).errors
    assert (topic.column, topic.given.sum(axis=0).tolist()) == ("topic", [[8.0, 0.0], [0.0, 8.0]])


def test_held_out_outputs_are_calibrated():
    rows = rows_of()
    model, outputs = fit_voice_held_out(rows)
    quote = np.array([label.startswith("quote") for label in rows.labels])
    assert outputs.shape == (40, len(OUTPUTS))
    assert (outputs[quote, 0] > 0).all()
    assert (outputs[~quote, 0] < 0).all()
    assert model.scale[0] > 1  # so much regularisation is too modest where every answer is right


def test_only_the_rows_that_are_named_tell_how_sure_a_model_may_be():
    easy = rows_of()
    turned = np.array([easy.labels[i ^ 2] for i in range(40)])  # quotes are told as narrative, and narrative as quotes
    rows = easy + easy + Rows(easy.features, turned, easy.groups, easy.weights)
    is_easy, of_all = np.arange(120) < 40, np.ones(120, dtype=bool)
    by_easy, by_all, by_mixed = (fit_voice_held_out(rows, calibrate_on=of)[0].scale for of in (is_easy, of_all, ~is_easy))
    assert by_easy[0] > by_all[0] > by_mixed[0]  # of the mixed rows, every second answer is wrong
    assert by_all.tolist() == fit_voice_held_out(rows)[0].scale.tolist()


def test_calibration_finds_the_line_that_made_the_labels():
    rng = np.random.default_rng(0)
    outputs = rng.normal(0, 2, (4000, len(OUTPUTS)))
    yes = rng.random(4000) < 1 / (1 + np.exp(-(0.5 * outputs[:, 0] - 1)))
    labels = np.where(yes, "quote/state", "narrative/none")
    scale, shift = calibrate(outputs, Rows([{}] * 4000, labels, np.arange(4000), np.ones(4000)))
    assert (scale[0], shift[0]) == (pytest.approx(0.5, abs=0.05), pytest.approx(-1, abs=0.1))


def test_more_folds_than_articles_of_a_label_are_no_warning():
    labels = np.array(["common"] * 20 + ["rare"])
    folds = grouped_folds(labels, np.arange(21), 5, 0)
    assert [len(test) for _, test in folds] in ([4, 4, 4, 4, 5], *([4] * i + [5] + [4] * (4 - i) for i in range(4)))


def test_labels_are_ours_or_the_users():
    s = Sentence(0, Span(0, 1), kind="quote", extra={"topic": "war", "mood": ""})
    assert [label_of(s, c) for c in ("kind", "source_type", "topic", "mood", "n")] == ["quote", None, "war", None, None]


def plain_rows(labels, n_articles=8):
    names = labels * n_articles
    features = [{name: 1.0} for name in names]
    return Rows(features, np.array(names), np.repeat(np.arange(n_articles), len(labels)), np.ones(len(names)))


@pytest.mark.parametrize("labels", [["a", "b"], ["a", "b", "c"]])
def test_a_plain_model_is_that_of_scikit_learn(labels):
    from sklearn.linear_model import LogisticRegression

    rows = plain_rows(labels)
    model = fit_plain(rows, "topic", labels, C=2.0)
    matrix = np.array([[float(f == x) for f in labels] for x in rows.labels])
    expected = LogisticRegression(C=2.0, max_iter=2000).fit(matrix, rows.labels).predict_proba(matrix)
    assert model.predict(rows.features) == pytest.approx(expected, abs=1e-3)


def test_a_label_that_training_lacks_is_never_given():
    model = fit_plain(plain_rows(["a", "b"]), "topic", ["z", "b", "a"])
    assert model.labels == ("z", "b", "a")
    chances = model.predict([{"a": 1.0}, {"b": 1.0}])
    assert [model.labels[i] for i in chances.argmax(axis=1)] == ["a", "b"]
    assert model.scores({})[0] < 1e-6


def test_a_plain_model_is_calibrated_on_other_articles():
    rows = plain_rows(["a", "b"], 30)
    rough, fine = fit_plain(rows, "t", ["a", "b"]), fit_plain_calibrated(rows, "t", ["a", "b"])
    assert fine.scores({"a": 1.0})[0] > rough.scores({"a": 1.0})[0]  # it is always right, and may say so
    assert fit_plain_calibrated(plain_rows(["a", "b"], 1), "t", ["a", "b"]).scale.tolist() == [1.0]
