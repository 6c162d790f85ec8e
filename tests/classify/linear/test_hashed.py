import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.classify.linear.hashed import BITS, Buckets, Columns, Features, Table, Weights, prune


def column(*values):
    return np.array(values, dtype=np.int64)


def hashes_of(seed, *templates):
    kept = Columns()
    f = Features(kept, seed)
    for terms in templates:
        f.add(*[f.term(*values) for values in terms])
    return kept.hashes()


def weights(keys, values, scale=1.0, bias=0.0):
    table = np.array(values, dtype=np.int8)
    return Weights(np.array(keys, np.int32), table, scale, np.full(table.shape[1], bias, np.float32))


def test_equal_values_have_one_number_and_others_another():
    found = hashes_of(1, [(column(3, 4, 3),)])
    assert found[0, 0] == found[2, 0] != found[1, 0]
    assert (found >= 0).all()
    assert (found < 1 << BITS).all()


def test_templates_seeds_and_the_order_of_values_are_told_apart():
    one, two = column(3), column(8)
    found = [hashes_of(1, [(one,)], [(one,)])[0], hashes_of(2, [(one,)], [(one,)])[0]]
    assert len({int(h) for row in found for h in row}) == 4
    assert hashes_of(1, [(one, two)])[0, 0] != hashes_of(1, [(two, one)])[0, 0]


def test_truth_counts_as_one():
    kept = Columns()
    f = Features(kept, 1)
    f.add(f.term(np.array([True, False])))
    assert kept.hashes().tolist() == hashes_of(1, [(column(1, 0),)]).tolist()


@given(arrays(np.int64, 20, elements=st.integers(-5, 1 << 33)), arrays(np.int64, 30, elements=st.integers(0, 19)))
def test_a_term_laid_out_over_rows_is_the_term_of_what_is_laid_out(values, rows):
    one, two = Columns(), Columns()
    f, g = Features(one, 7), Features(two, 7)
    f.add(f.term(values).take(rows))
    g.add(g.term(values.take(rows)))
    assert one.hashes().tolist() == two.hashes().tolist()


def test_a_rows_score_is_the_sum_of_its_features_weights():
    keys = [5, 9, 1 << 20]
    table = Table.of(weights(keys, [[1, -2], [3, 4], [-5, 0]], scale=0.5, bias=1.0))
    rows = np.array([[5, 9], [9, 9], [7, 1 << 20]], dtype=np.int32)
    # (1 + 3) / 2 + 1, (-2 + 4) / 2 + 1; twice 9: 6 / 2 + 1, 8 / 2 + 1; 7 is unknown: -5 / 2 + 1, 0 + 1
    assert table.scores(rows).T.tolist() == [[3.0, 2.0], [4.0, 5.0], [-1.5, 1.0]]


def test_a_model_of_one_output_is_looked_up_at_the_hash_itself():
    table = Table.of(weights([0, 9, (1 << BITS) - 1], [[-127], [4], [127]], scale=0.5, bias=1.0))
    rows = np.array([[0, 9], [9, (1 << BITS) - 1], [7, 8]], dtype=np.int32)
    assert table.rows is None
    assert table.scores(rows).tolist() == [[-60.5, 66.5, 1.0]]  # half of -123, of 131 and of 0, and 1 each


def test_no_row_has_no_score():
    assert Table.of(weights([3], [[1]])).scores(np.zeros((0, 4), np.int32)).shape == (1, 0)


def test_pruning_keeps_what_weighs_most_in_steps_of_the_largest():
    coef = np.array([[0.0, 0.4, -1.27], [0.0, 0.2, 0.1]])
    kept = prune(coef, np.array([0.5, 0.25]), np.array([10, 30, 20], np.int32), 2)
    assert kept.keys.tolist() == [20, 30]
    assert (kept.values * kept.scale)[0].tolist() == pytest.approx([-1.27, 0.1], abs=0.01)
    assert kept.bias.tolist() == [0.5, 0.25]
    often = prune(coef, np.zeros(2), np.array([10, 30, 20], np.int32), 1, np.array([9, 16, 1]))
    assert often.keys.tolist() == [30]  # .4 times 4 is more than 1.27 once
    assert len(prune(coef, np.array([0.5, 0.25]), np.array([10, 30, 20], np.int32), 9).keys) == 2


@given(st.lists(st.integers(-50, 500), min_size=1))
def test_a_bucket_is_how_many_edges_a_number_reaches(values):
    for edges in ((1, 2, 5, 20), (3, 7), (-20, -4, 0, 9)):
        assert Buckets(edges)(np.array(values)).tolist() == [sum(v >= edge for edge in edges) for v in values]
