from dataclasses import replace

import numpy as np
import pytest
from builders import build_voice
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.classify.linear.quantification import (
    LEAST_ARTICLES,
    MOST_CLUSTERS,
    Errors,
    HeldOutLabels,
    adjusted_shares,
    estimate_shares,
    measure_errors,
    nearest_shares,
)
from sayso.classify.model_files.error_arrays import pack_errors, plain_errors, unpack_errors, voice_errors
from sayso.classify.model_files.files import load, save
from sayso.data.arrays import to_simplex
from sayso.data.scheme import SOURCE_TYPES
from sayso.errors import SaysoError

# Of ten true a's eight are called a, of ten true b's nine are called b; in each of two articles alike.
KNOWN = np.array([[[4.0, 1.0], [0.5, 4.5]]] * 2)


def errors_of(known, labels="ab", chances=None):
    return Errors("invented", "kind", tuple(labels), known, known if chances is None else chances)


def test_counts_are_turned_round_through_the_error_rates():
    # counted: 45 of 100 are called a. 0.8 a + 0.1 (1 - a) = 0.45, so half are.
    estimate = adjusted_shares(np.array([[45.0, 55.0]]), KNOWN)
    assert estimate.shares == pytest.approx([0.5, 0.5])


def test_three_labels_are_turned_round_together():
    # true shares 0.5, 0.3, 0.2: called a 0.5*0.8 + 0.3*0.2 = 0.46, b 0.05 + 0.21 + 0.02 = 0.28, c 0.05 + 0.03 + 0.18 = 0.26
    known = np.array([[[8.0, 1, 1], [2, 7, 1], [0, 1, 9]]])
    assert adjusted_shares(np.array([[46.0, 28, 26]]), known).shares == pytest.approx([0.5, 0.3, 0.2])


def test_what_no_shares_explain_is_explained_as_well_as_shares_can():
    # fewer are called a (0.05) than if none were (0.1): none are
    estimate = adjusted_shares(np.array([[5.0, 95.0]]), KNOWN)
    assert estimate.shares == pytest.approx([0.0, 1.0])


def test_the_interval_is_the_jackknife_s():
    # Called a: 2, 4, 4, 4, 6 of 10. Share 0.4, without an article 0.45, 0.4, 0.4, 0.4, 0.35: variance 4/5 * 2 * 0.05^2.
    # Two articles weigh in alike: two degrees of freedom, t = 4.303. The error rates are the same in both articles.
    # True share (0.4 - 0.1) / 0.7 = 0.4286. One more sentence called a: 21/51, so 0.0118 / 0.7 = 0.0168 more; one more not
    # called a: 31/51, 0.0112 more. Half the intervals: 4.303 * sqrt(0.004 / 0.49 + 0.0168^2) = 0.3954, with 0.0112 0.3917.
    counted = np.array([[n, 10.0 - n] for n in (2, 4, 4, 4, 6)])
    estimate = adjusted_shares(counted, KNOWN)
    assert estimate.shares == pytest.approx([0.4286, 0.5714], abs=1e-4)
    assert estimate.low == pytest.approx([0.0332, 0.1797], abs=2e-4)
    assert estimate.high == pytest.approx([0.8240, 0.9632], abs=2e-4)


def test_a_label_that_no_article_has_may_still_have_a_share():
    counted = np.array([[0.0, 10.0]] * 5)
    known = np.array([[[10.0, 0.0], [0.0, 10.0]], [[10.0, 0.0], [0.0, 10.0]]])  # without errors
    # nothing varies, so that only one more sentence in 51 does: 12.7 * 1 / 51 = 0.25 with one degree of freedom
    assert adjusted_shares(counted, known).high[0] == pytest.approx(0.249, abs=1e-3)


def test_uncertain_error_rates_widen_the_interval():
    counted = np.array([[n, 10.0 - n] for n in (2, 4, 4, 4, 6)] * 20)
    unequal = np.array([[[5.0, 0.0], [0.5, 4.5]], [[3.0, 2.0], [0.5, 4.5]]] * 5)  # the same rates on the whole
    sure, unsure = adjusted_shares(counted, KNOWN), adjusted_shares(counted, unequal)
    assert unsure.shares == pytest.approx(sure.shares)
    assert unsure.high[0] - unsure.low[0] > 1.5 * (sure.high[0] - sure.low[0])


def test_few_articles_get_no_interval_and_empty_ones_do_not_count():
    counted = np.array([[4.0, 6.0]] * (LEAST_ARTICLES - 1) + [[0.0, 0.0]] * 9)
    estimate = adjusted_shares(counted, KNOWN)
    assert (estimate.low, estimate.high) == (None, None)
    assert estimate.as_json(0) == {"share": pytest.approx(3 / 7), "interval": None}


def one_article_knows():
    """Give errors of thirty articles: b is found right in one of them only."""
    known = np.zeros((30, 2, 2))
    known[:, 0, 0] = 3  # an a is always called a
    known[:5, 1, 0] = known[7, 1, 1] = 1  # of six b's one is called b
    return known


def test_a_label_found_right_in_one_article_only_has_no_interval():
    # Counted as the model counts where it was measured: 95 a's and one b. True then: one b in six is called b, so six of 96.
    known = one_article_knows()
    estimate = adjusted_shares(known.sum(axis=1), known)
    assert estimate.shares == pytest.approx([90 / 96, 6 / 96])
    assert [estimate.as_json(k)["interval"] for k in range(2)] == [None, None]  # of two labels each tells the other's share


def test_the_other_labels_keep_their_intervals():
    known = np.zeros((30, 4, 4))
    known[:, :2, :2] = one_article_knows()
    known[:, 2:, 2:] = [[3, 1], [1, 3]]  # c and d are confused with each other, never for a or b
    estimate = adjusted_shares(known.sum(axis=1), known)
    assert [estimate.interval(k) is None for k in range(4)] == [True, True, False, False]
    for k in (2, 3):
        low, high = estimate.interval(k)
        assert low < estimate.shares[k] < high


def test_a_label_that_stands_in_one_article_only_has_no_interval():
    known = np.array([[[4.0, 1, 0], [1, 4, 0], [0, 0, 0]]] * 9)
    known[3, 2, 2] = 5
    estimate = adjusted_shares(known.sum(axis=1), known)
    assert [estimate.interval(k) is None for k in range(3)] == [False, False, True]


def test_errors_measured_on_one_article_give_no_interval():
    counted = np.array([[n, 10.0 - n] for n in (2, 4, 4, 4, 6)])
    estimate = adjusted_shares(counted, KNOWN[:1])
    assert [estimate.interval(k) for k in range(2)] == [None, None]


def test_a_missing_interval_is_told():
    known = one_article_knows()
    found = estimate_shares("kind", "ab", known.sum(axis=1), known.sum(axis=1), errors_of(known))
    assert found.note.endswith(" No interval for 'a', 'b': the error rates for it come from a single article.")
    assert found.as_json()["labels"]["b"]["adjusted"] == {"share": pytest.approx(6 / 96), "interval": None}


def test_labels_that_are_never_told_apart_are_refused():
    with pytest.raises(ValueError, match="nothing can be corrected"):
        adjusted_shares(np.array([[4.0, 6.0]]), np.array([[[2.0, 2.0], [3.0, 3.0]]] * 2))


@settings(max_examples=60, deadline=None)
@given(n_labels=st.integers(2, 5), n_articles=st.integers(2, 12), seed=st.integers(0, 10_000))
def test_any_errors_give_shares_and_intervals_or_a_reason(n_labels, n_articles, seed):
    rng = np.random.default_rng(seed)
    known = rng.poisson(0.4, (n_articles, n_labels, n_labels)) + np.eye(n_labels) * rng.poisson(
        0.8, (n_articles, 1, n_labels)
    )
    labels = "abcde"[:n_labels]
    counted = rng.poisson(2.0, (9, n_labels)) + np.eye(9, n_labels)
    found = estimate_shares("kind", labels, counted, counted, errors_of(known, labels))
    if found.adjusted is None:
        assert found.note.startswith("Not corrected for the model's errors: ")
        return
    assert found.adjusted.shares.sum() == pytest.approx(1)
    for k, label in enumerate(labels):
        interval = found.adjusted.interval(k)
        if interval is None:
            assert repr(label) in found.note
        else:
            assert 0 <= interval[0] <= found.adjusted.shares[k] + 1e-9
            assert found.adjusted.shares[k] - 1e-9 <= interval[1] <= 1


def test_shares_come_as_counted_and_corrected():
    counted = np.array([[n, 10.0 - n] for n in (2, 4, 4, 4, 6)])
    chances = np.array([[5.0, 5.0]] * 5)
    known = errors_of(KNOWN, chances=np.array([[[4.0, 1.0], [1.0, 4.0]]] * 2))
    found = estimate_shares("kind", "ab", counted, chances, known)
    record = found.as_json()
    assert (record["articles"], record["sentences"]) == (5, 50)
    assert record["labels"]["a"]["raw"] == pytest.approx(0.4)
    assert record["labels"]["a"]["adjusted"]["share"] == pytest.approx(3 / 7)
    assert record["labels"]["a"]["probabilistic"]["share"] == pytest.approx(0.5)  # mean chances 0.8 and 0.2 of either label
    assert "2 held-out articles of invented" in record["note"]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (None, "has no error rates"),
        (np.array([[[4.0, 1.0], [0, 0]], [[4.0, 1.0], [1.0, 4.0]]]), "'b' occurs in fewer than two"),
        (np.array([[[2.0, 2.0], [3.0, 3.0]]] * 2), "confuses"),
    ],
)
def test_where_nothing_can_be_corrected_it_is_said_why(known, reason):
    counted = np.array([[4.0, 6.0]] * 9)
    found = estimate_shares("kind", "ab", counted, counted, None if known is None else errors_of(known))
    assert (found.adjusted, found.probabilistic) == (None, None)
    assert reason in found.note
    assert found.as_json()["labels"]["b"] == {"sentences": 54, "raw": 0.6, "adjusted": None, "probabilistic": None}


def test_few_articles_are_not_corrected():
    counted = np.array([[4.0, 6.0]] * (LEAST_ARTICLES - 1))
    found = estimate_shares("kind", "ab", counted, counted, errors_of(KNOWN))
    assert (found.adjusted, found.note) == (None, "Not corrected for the model's errors: fewer than 5 articles.")


def test_no_sentences_are_no_error():
    found = estimate_shares("kind", "ab", np.zeros((0, 2)), np.zeros((0, 2)), errors_of(KNOWN))
    assert found.as_json()["labels"]["a"]["raw"] == 0
    assert found.note == "No sentences."


def test_errors_of_other_labels_are_refused():
    with pytest.raises(ValueError, match="errors are of"):
        estimate_shares("kind", "ac", np.zeros((1, 2)), np.zeros((1, 2)), errors_of(KNOWN))
    with pytest.raises(ValueError, match="3 labels do not fit"):
        errors_of(KNOWN, "abc")


def test_errors_are_counted_by_article():
    truth, said = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])
    chances = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.3, 0.7]])
    found = measure_errors("invented", "kind", "ab", HeldOutLabels(truth, said, chances, np.array([7, 7, 7, 9])))
    assert found.given.tolist() == [[[1, 1], [0, 1]], [[0, 0], [0, 1]]]
    assert found.chances[0] == pytest.approx(np.array([[1.3, 0.7], [0.2, 0.8]]))


def test_of_many_articles_some_share_a_place():
    n = MOST_CLUSTERS + 5
    zeros = np.zeros(n, dtype=int)
    found = measure_errors("invented", "kind", "ab", HeldOutLabels(zeros, zeros, np.tile([0.9, 0.1], (n, 1)), np.arange(n)))
    assert found.given.shape == (MOST_CLUSTERS, 2, 2)
    assert found.given[:, 0, 0].tolist() == [2.0] * 5 + [1.0] * (MOST_CLUSTERS - 5)


def test_of_many_labels_more_articles_share_a_place():
    zeros, labels = np.zeros(150, dtype=int), [f"label {n}" for n in range(200)]
    held_out = HeldOutLabels(zeros, zeros, np.full((150, 200), 1 / 200), np.arange(150))
    assert measure_errors("invented", "kind", labels, held_out).given.shape == (100, 200, 200)  # 4,000,000 cells


@settings(max_examples=25, deadline=None)
@given(n=st.integers(2, 8), seed=st.integers(0, 10_000))
def test_constrained_shares_are_no_worse_than_a_general_optimiser_s(n, seed):
    rng = np.random.default_rng(seed)
    rates = 0.5 * rng.dirichlet(np.ones(n), n).T + 0.5 * np.eye(n)
    share = rng.dirichlet(np.full(n, 0.3))

    def loss(shares):
        return float(((rates @ shares - share) ** 2).sum())

    ours = nearest_shares(rates, share)
    sums_to_1 = {"type": "eq", "fun": lambda shares: shares.sum() - 1}
    theirs = minimize(loss, np.full(n, 1 / n), bounds=[(0, 1)] * n, constraints=sums_to_1, method="SLSQP")
    assert ours.sum() == pytest.approx(1)
    assert ours.min() >= 0
    assert loss(ours) <= loss(to_simplex(theirs.x)) + 1e-9


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9))
def test_the_nearest_shares_are_shares(values):
    found = to_simplex(np.array(values))
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)


def voice_outputs(pairs):
    """Give outputs that say these kinds and types for sure."""
    outputs = np.zeros((len(pairs), len(OUTPUTS)))
    for row, pair in zip(outputs, pairs, strict=True):
        kind, source_type = pair.split("/")
        row[0], row[1] = 9 if kind == "quote" else -9, -9 if source_type == "none" else 9
        if source_type != "none":
            row[OUTPUTS.index(source_type)] = 9
    return outputs


def test_errors_of_a_voice_model_are_those_of_kinds_and_of_types():
    true = ["quote/state", "official_claim/state", "narrative/none"]
    said = ["quote/state", "narrative/none", "narrative/none"]
    kind, source_type = voice_errors("invented", true, voice_outputs(said), np.array([0, 0, 1]))
    assert (kind.column, source_type.column) == ("kind", "source_type")
    assert kind.given[0].tolist() == [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]]
    state, none = SOURCE_TYPES.index("state"), SOURCE_TYPES.index("none")
    assert source_type.given[0, state].tolist() == [1.0, *[0] * 7, 1.0]
    assert source_type.given[1, none, none] == 1
    assert source_type.chances[0, state].sum() == pytest.approx(2)


def test_a_model_file_keeps_the_errors(tmp_path):
    true = ["quote/state", "official_claim/state", "narrative/none"]
    errors = voice_errors("invented", true, voice_outputs(true), np.array([0, 0, 1]))
    save(replace(build_voice(), errors=errors), tmp_path / "voice.sayso")
    found = load(tmp_path / "voice.sayso").errors
    assert [(e.data, e.column, e.labels) for e in found] == [("invented", e.column, e.labels) for e in errors]
    for kept, was in zip(found, errors, strict=True):
        assert (kept.given == was.given).all()
        assert kept.chances == pytest.approx(was.chances, abs=1e-3)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"labels": ["a"]}, r"the array errors_0_given must be an array of the shape \(articles, 1, 1\), not \(2, 2, 2\)"),
        ({"column": 1}, r"the key errors\[0\]\.column must be a string"),
        ({"labels": ["a\n", "b"]}, r"the key errors\[0\]\.labels\[0\] must be a name without line breaks"),
    ],
)
def test_errors_that_do_not_fit_are_refused(wrong, message):
    listed, arrays = pack_errors([errors_of(KNOWN)])
    with pytest.raises(SaysoError, match=message):
        unpack_errors([listed[0] | wrong], arrays)


def test_negative_errors_are_refused():
    listed, arrays = pack_errors([errors_of(KNOWN)])
    with pytest.raises(SaysoError, match=r"errors_0_chances must be an array of numbers from 0 to 65,504, not -4\.5"):
        unpack_errors(listed, arrays | {"errors_0_chances": -arrays["errors_0_chances"]})


def test_errors_of_a_plain_model_come_from_its_outputs():
    outputs = np.log(np.array([[0.9, 0.1], [0.3, 0.7], [0.2, 0.8]]))
    (found,) = plain_errors("topic", ("x", "y"), ["x", "x", "y"], outputs, np.array([0, 0, 1]))
    assert found.given.tolist() == [[[1, 1], [0, 0]], [[0, 0], [0, 1]]]
    assert found.chances[0, 0] == pytest.approx([1.2, 0.8])
