import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.classify.linear.label_pairs import OUTPUTS, combine, kind_and_type
from sayso.data.scheme import KINDS, SOURCE_TYPES, go_together


def outputs(quote, attributed, **scores):
    """Give the outputs of one sentence: two chances, and source types that are e to the power of their score."""
    row = np.full(len(OUTPUTS), -40.0)
    row[:2] = np.log(quote / (1 - quote)), np.log(attributed / (1 - attributed))
    for name, score in scores.items():
        row[OUTPUTS.index(name)] = score
    return row[None]


def chance(chances, kind, source_type):
    return chances[0, KINDS.index(kind), SOURCE_TYPES.index(source_type)]


def test_chances_are_combined_as_by_hand():
    chances = combine(outputs(0.2, 0.75, state=np.log(3), expert=0.0))
    assert chance(chances, "quote", "state") == pytest.approx(0.2 * 0.75)
    assert chance(chances, "quote", "expert") == pytest.approx(0.2 * 0.25)
    assert chance(chances, "official_claim", "state") == pytest.approx(0.8 * 0.75 * 0.75)
    assert chance(chances, "independent_assessment", "expert") == pytest.approx(0.8 * 0.75 * 0.25)
    assert chance(chances, "narrative", "none") == pytest.approx(0.8 * 0.25)
    assert chance(chances, "narrative", "state") == 0


def test_the_likeliest_kind_decides_before_the_type():
    # state is the likeliest pair (0.36), but narrative has 0.2 + 0.34 with individual and none
    chances = combine(outputs(0.01, 0.66, state=np.log(0.36 / 0.66), individual=np.log(0.3 / 0.66)))
    kinds, types = kind_and_type(chances)
    assert (KINDS[kinds[0]], SOURCE_TYPES[types[0]]) == ("narrative", "none")


def test_the_type_fits_the_kind():
    kinds, types = kind_and_type(combine(outputs(0.9, 0.001, expert=1.0)))
    assert (KINDS[kinds[0]], SOURCE_TYPES[types[0]]) == ("quote", "expert")


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, (3, len(OUTPUTS)), elements=st.floats(-1e6, 1e6)))
def test_chances_sum_to_one_and_never_go_to_impossible_pairs(found):
    chances = combine(found)
    assert chances.sum(axis=(1, 2)) == pytest.approx(np.ones(3))
    for k, kind in enumerate(KINDS):
        for t, source_type in enumerate(SOURCE_TYPES):
            assert go_together(kind, source_type) or not chances[:, k, t].any()


def test_no_sentence_has_no_chances():
    assert combine(np.zeros((0, len(OUTPUTS)))).shape == (0, len(KINDS), len(SOURCE_TYPES))
