import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.records import Sentence, Span
from sayso.errors import SaysoError
from sayso.train.sentences.rows import Rows
from sayso.train.sentences.soft_labels import shares_of, soften

LABELS = ("favor", "against", "neutral")


def sentence(**extra):
    return Sentence(3, Span(0, 1), extra=extra)


def test_probabilities_are_shares():
    s = sentence(stance_p_favor="0.6", stance_p_against="0.2", stance_p_neutral="0")
    assert shares_of(s, "stance", LABELS) == pytest.approx({"favor": 0.75, "against": 0.25})


def test_annotators_vote():
    s = sentence(stance_by_ann="favor", stance_by_bob="neutral", stance_by_cy="favor", stance_by_di="", tone_by_ann="x")
    assert shares_of(s, "stance", LABELS) == pytest.approx({"favor": 2 / 3, "neutral": 1 / 3})


def test_probabilities_go_before_annotators():
    assert shares_of(sentence(stance_p_favor="1", stance_by_ann="against"), "stance", LABELS) == {"favor": 1.0}


def test_without_either_there_are_no_shares():
    assert shares_of(sentence(topic="war"), "stance", LABELS) == {}
    assert shares_of(sentence(stance_p_favor="0"), "stance", LABELS) == {}


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"stance_p_favor": "much"}, r"^sentence 3: stance_p_favor is 'much'; a probability is needed there\.$"),
        ({"stance_p_favor": "-0.1"}, r"a probability is needed there"),
        ({"stance_p_favor": "nan"}, r"a probability is needed there"),
        ({"stance_by_ann": "pro"}, r"^sentence 3: stance_by_ann is 'pro', not one of favor, against, neutral\.$"),
    ],
)
def test_what_is_no_soft_label_is_refused(extra, message):
    with pytest.raises(SaysoError, match=message):
        shares_of(sentence(**extra), "stance", LABELS)


def test_a_row_counts_for_every_label_by_its_share():
    rows = Rows([{"a": 1.0}, {"b": 1.0}], np.array(["favor", "against"]), np.array([0, 1]), np.array([1.0, 0.5]))
    soft = soften(rows, [{"favor": 0.75, "neutral": 0.25}, {}])
    assert soft.labels.tolist() == ["favor", "neutral", "against"]
    assert soft.weights.tolist() == [0.75, 0.25, 0.5]
    assert soft.groups.tolist() == [0, 0, 1]
    assert soft.features == [{"a": 1.0}, {"a": 1.0}, {"b": 1.0}]


@given(st.lists(st.dictionaries(st.sampled_from(LABELS), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_softening_keeps_the_weight_of_every_row(shares):
    shares = [{label: x / sum(of.values()) for label, x in of.items()} for of in shares]
    n = len(shares)
    rows = Rows([{}] * n, np.array(["favor"] * n), np.arange(n), np.arange(1.0, n + 1))
    soft = soften(rows, shares)
    assert np.bincount(soft.groups, soft.weights) == pytest.approx(rows.weights)
