import numpy as np
import pytest
from builders import build_voice
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.linear.label_pairs import combine, kind_and_type
from sayso.classify.linear.named import SentenceModel
from sayso.data.scheme import KINDS, SOURCE_TYPES_OF
from sayso.train.sentences.adapt import AdaptedRows, _change, _Design, _loss_of, adapt

PAIRS = [f"{kind}/{source_type}" for kind in KINDS for source_type in SOURCE_TYPES_OF[kind]]
PARTLY = ["quote/", "official_claim/", "narrative/", "/state", "/none", "/individual"]


def rows_of(model, *rows):
    """Make rows of (features, label, article); the model has scored them and nothing else has."""
    features = [dict.fromkeys(names, 1.0) for names, _, _ in rows]
    labels = np.array([label for _, label, _ in rows])
    groups = np.array([article for *_, article in rows])
    return AdaptedRows(features, labels, groups, np.ones(len(rows)), model.outputs(features).astype(np.float64))


def weather(scale=1.0):
    """Give a model of two labels that knows one word."""
    weights = np.array([[2, -2]], np.float32)
    scales = np.full(2, scale, np.float32)
    return SentenceModel("sky", ("wet", "dry"), ["rain"], weights, np.zeros(2, np.float32), scales)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS + PARTLY), st.lists(st.floats(-6, 6), min_size=10, max_size=10))
def test_the_slope_of_the_loss_is_that_of_its_differences(label, outputs):
    loss = _loss_of(build_voice(), np.array([label]))
    at, step = np.array([outputs]), 1e-5
    slope = loss(at)[1][0]
    for i in range(10):
        aside = np.zeros((1, 10))
        aside[0, i] = step
        by_differences = (loss(at + aside)[0] - loss(at - aside)[0])[0] / (2 * step)
        assert slope[i] == pytest.approx(by_differences, abs=1e-6)


@given(st.sampled_from(PARTLY), st.lists(st.floats(-6, 6), min_size=10, max_size=10))
def test_a_label_that_is_half_known_is_as_likely_as_all_pairs_that_it_allows_together(label, outputs):
    at = np.array([outputs])
    whole = [
        pair for pair in PAIRS if all(part in ("", of) for part, of in zip(label.split("/"), pair.split("/"), strict=True))
    ]
    one_by_one = sum(np.exp(-_loss_of(build_voice(), np.array([pair]))(at)[0][0]) for pair in whole)
    assert np.exp(-_loss_of(build_voice(), np.array([label]))(at)[0][0]) == pytest.approx(one_by_one)


@pytest.mark.parametrize("scale", [1.0, 0.4])
def test_a_change_that_is_written_into_the_weights_is_the_same_change(scale):
    model = weather(scale)
    rows = rows_of(model, (["rain"], "dry", 0), (["rain", "sun"], "wet", 1), (["sun"], "dry", 2), ([], "wet", 2))
    design = _Design.of(model, rows)
    change = _change(model, rows, design.matrix, 0.5)
    moved = design.moved(model, change)
    assert moved.outputs(rows.features) == pytest.approx(rows.base + design.matrix @ change, abs=1e-5)
    assert list(moved.features) == ["rain", "sun"]
    assert moved.labels == model.labels
    assert np.abs(change).max() > 0.1


def test_labels_that_contradict_the_model_turn_it_round():
    model = weather()
    rows = rows_of(model, *[(["rain"] if n % 2 else [], "dry" if n % 2 else "wet", n) for n in range(40)])
    turned = adapt(model, rows)
    assert [model.labels[i] for i in turned.outputs([{"rain": 1.0}, {}]).argmax(axis=1)] == ["dry", "wet"]


def test_labels_that_confirm_the_model_leave_it_as_it_is():
    model = weather()
    rows = rows_of(model, *[(["rain"], "wet", n) for n in range(40)])
    assert adapt(model, rows) is model


def test_one_article_teaches_nothing_for_there_is_no_other_to_try_it_on():
    model = weather()
    assert adapt(model, rows_of(model, *[(["rain"], "dry", 0)] * 40)) is model


def test_kinds_alone_teach_a_model_of_kind_and_source_type():
    model = build_voice()
    said = "rule type: state"
    rows = rows_of(model, *[([said], "narrative/", n) for n in range(30)])
    taught = adapt(model, rows)
    kinds = [KINDS[kind_and_type(combine(of.outputs([{said: 1.0}])))[0][0]] for of in (model, taught)]
    assert kinds == ["official_claim", "narrative"]


def test_rows_survive_being_kept_as_arrays():
    rows = rows_of(weather(), (["rain"], "dry", 0), (["sun"], "wet", 1))
    again = AdaptedRows.of_arrays(rows.as_arrays())
    assert (again.features, again.labels.tolist(), again.base.tolist()) == (
        rows.features,
        rows.labels.tolist(),
        rows.base.tolist(),
    )
