import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.agreement.coefficients import (
    Figure,
    cohen_kappa,
    expected_disagreement,
    gwet_ac1,
    krippendorff_alpha,
    ratings_of,
    same,
    span_f1,
)

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, some missing
OBSERVERS = "1 2 3 3 2 1 4 1 2 . . .|1 2 3 3 2 2 4 1 2 5 . 3|. 3 3 3 2 3 4 2 2 5 1 .|1 2 3 3 2 4 4 1 2 5 1 ."


def read(words):
    rows = zip(*(observer.split() for observer in words.split("|")), strict=True)
    return ratings([[None if label == "." else label for label in row] for row in rows])


def ratings(given_labels, articles=None):
    return ratings_of(given_labels, articles or [0] * len(given_labels))


def table(*rows):
    """Give the ratings behind a table of two annotators, the first in rows."""
    return ratings([(str(i), str(j)) for i, row in enumerate(rows) for j, n in enumerate(row) for _ in range(n)])


@pytest.mark.parametrize(
    ("words", "alpha"),
    [
        ("0 1 0 0 0 0 0 0 1 0|1 1 1 0 0 1 0 0 0 0", 0.095),  # section A: two observers, two labels
        ("a a b b d c c c e d d a|b a b b b c c c e d d d", 0.692),  # section B: two observers, five labels
        (OBSERVERS, 0.743),
    ],
)
def test_alpha_is_that_of_krippendorffs_examples(words, alpha):
    assert krippendorff_alpha(read(words)).value == pytest.approx(alpha, abs=0.0005)


def test_kappa_is_that_of_cohens_example():
    # Cohen, A coefficient of agreement for nominal scales (1960), table 1: 200 cases
    assert cohen_kappa(table([88, 14, 18], [10, 40, 10], [2, 6, 12])).value == pytest.approx(0.492, abs=0.0005)


def test_ac1_and_kappa_are_those_of_gwets_example():
    # Gwet, Computing inter-rater reliability … in the presence of high agreement (2008): 94.4 % of 125 agree
    found = table([118, 5], [2, 0])
    assert gwet_ac1(found).value == pytest.approx(0.941, abs=0.0005)
    assert cohen_kappa(found).value == pytest.approx(-0.023, abs=0.0005)


def test_coefficients_are_those_of_gwets_own_package():
    # R package irrCAC, vignette: cont3x3abstractors and cac.raw4raters (which are Krippendorff's observers)
    found = table([13, 0, 0], [0, 20, 7], [0, 4, 56])
    assert cohen_kappa(found).value == pytest.approx(0.7964094)
    assert gwet_ac1(found).value == pytest.approx(0.8493305)
    assert gwet_ac1(read(OBSERVERS)).value == pytest.approx(0.77544, abs=0.000005)


def test_kappa_of_three_is_the_mean_over_pairs():
    a, b, c = "x x y y x", "x x y x x", "y x y y x"
    pairs = [cohen_kappa(read(f"{one}|{other}")).value for one, other in ((a, b), (a, c), (b, c))]
    assert cohen_kappa(read(f"{a}|{b}|{c}")).value == pytest.approx(sum(pairs) / 3)


def test_the_agreement_observed_counts_pairs():
    # all three agree; one of three pairs agrees; one label only, which counts nothing
    assert same(read("a a b|a a .|a b .")).value == pytest.approx((1 + 1 / 3) / 2)


def test_one_label_alone_tells_nothing_about_chance():
    found = read("a a a|a a a")
    assert same(found).value == 1
    for coefficient in (cohen_kappa, krippendorff_alpha, gwet_ac1):
        assert coefficient(found) == Figure(None, None, None)
    assert expected_disagreement(found) == 0


def test_expected_disagreement_is_that_of_two_labels_drawn():
    # labels a a a b: of 12 ordered pairs 6 differ
    assert expected_disagreement(read("a a|a b")) == pytest.approx(0.5)


def test_one_article_has_no_interval_many_equal_ones_have_none_to_speak_of():
    assert cohen_kappa(read("a b a|a b b"))[1:] == (None, None)
    rows = [("a", "a"), ("b", "b"), ("a", "b")] * 10
    figure = cohen_kappa(ratings(rows, [i // 3 for i in range(30)]))
    assert figure.value == pytest.approx(figure.low) == pytest.approx(figure.high)


def test_the_interval_is_over_articles_not_sentences():
    rng = np.random.default_rng(3)
    bad = rng.random(40) < 0.3  # in some articles one annotator has the same value, wrong, in all rows
    articles = [i for i in range(40) for _ in range(20)]
    rows = [("a" if k % 2 else "b", "b" if k % 2 == bad[i] else "a") for i in range(40) for k in range(20)]
    clustered, alone = (krippendorff_alpha(ratings(rows, of)) for of in (articles, list(range(800))))
    assert clustered.value == alone.value
    assert clustered.high - clustered.low > 3 * (alone.high - alone.low)


def test_span_f1_counts_over_all_articles():
    assert span_f1([(1, 4), (3, 6)]).value == pytest.approx(2 * 4 / 10)
    assert span_f1([(0, 0)]).value is None


labels = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=2, max_size=30)


@settings(deadline=None)
@given(labels)
def test_names_and_order_of_annotators_do_not_matter(rows):
    renamed = [tuple(label and {"a": "z", "b": "y", "c": "x"}[label] for label in reversed(row)) for row in rows]
    for coefficient in (same, cohen_kappa, krippendorff_alpha, gwet_ac1):
        one, other = coefficient(ratings(rows)).value, coefficient(ratings(renamed)).value
        assert one == (None if other is None else pytest.approx(other))


@settings(deadline=None)
@given(labels)
def test_nothing_is_above_perfect_agreement(rows):
    for coefficient in (same, cohen_kappa, krippendorff_alpha, gwet_ac1):
        value = coefficient(ratings(rows)).value
        assert value is None or value <= 1 + 1e-9


def test_a_label_against_all_others_is_a_coefficient_of_two_labels():
    found = read("a b c a|a c c b").of_label(0)
    assert found.codes.tolist() == [[1, 1], [0, 0], [0, 0], [1, 0]]
    assert read("a .|b a").of_label(1).codes.tolist() == [[0, 1], [-1, 0]]
