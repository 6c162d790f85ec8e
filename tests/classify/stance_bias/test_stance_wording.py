import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.classify.stance_bias.stance_roles import casts, connotations, is_negated, place_of
from sayso.classify.stance_bias.stance_wording import beside_words, without_wording, wording_features
from sayso.data.lexicon import cells

WORDS = st.lists(st.sampled_from("the mayor praised , was sued by not a corrupt 's ferry".split()), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("sued", [("object", -1)]),
        ("praising", [("bearer", 1), ("object", 1)]),
        ("slammed", [("object", -1)]),
        ("corrupt", [("bearer", -1)]),
        ("award-winning", [("bearer", 1), ("object", 1), ("subject", 1)]),
        ("ferry", []),
    ],
)
def test_words_cast_whom_the_list_says(word, told):
    assert list(connotations(word)) == told


@pytest.mark.parametrize(
    ("sentence", "word", "place"),
    [
        ("Critics sued TARGET", "sued", ("<beside", 0)),
        ("critics sued the TARGET", "sued", ("<", 0)),
        ("an attack on TARGET", "attack", ("<on", 0)),
        ("TARGET sued the port", "sued", (">", 0)),
        ("TARGET was never sued", "sued", (">be", 0)),
        ("TARGET was sued by the port", "sued", (">be by", 0)),
        ("TARGET 's lies", "lies", (">own", 0)),
        ("TARGET left after the port , which failed", "failed", (">", 3)),
    ],
)
def test_a_place_is_told_from_the_mention(sentence, word, place):
    tokens = sentence.split()
    at = tokens.index("TARGET")
    how, clauses = place
    assert place_of(tokens, tokens.index(word), at, at + 1) == (how, min(clauses, 2))


@pytest.mark.parametrize(
    ("of", "sign", "word", "how", "its_own"),
    [
        ("object", -1, "sued", "<", True),
        ("object", -1, "sued", ">", False),
        ("object", -1, "sued", ">be by", True),
        ("object", -1, "suing", ">be", False),
        ("object", -1, "attack", "<on", True),
        ("object", 1, "praise", "<on", False),
        ("subject", -1, "lied", ">", True),
        ("subject", -1, "lied", "<", False),
        ("subject", -1, "lying", ">be", True),
        ("bearer", -1, "corrupt", ">be", True),
        ("bearer", -1, "corrupt", ">prep", False),
    ],
)
def test_who_is_cast_depends_on_where_the_word_stands(of, sign, word, how, its_own):
    assert casts(of, sign, word, how) is its_own


def test_a_negator_reaches_three_tokens():
    tokens = "never has he once lied to them".split()
    assert [is_negated(tokens, i) for i in (1, 3, 4)] == [True, True, False]


def test_a_target_that_was_sued_is_cast_badly():
    f = wording_features("two sued the mayor".split(), [(3, 4)], ())
    assert f["cast: object -, 0"] == 1.0
    assert f["cast: sum"] == -1.0
    assert f["run: the TARGET"] == 1.0
    assert f["left: sued"] == pytest.approx(math.exp(-2 / 4))


def test_one_that_was_never_sued_is_not():
    assert wording_features("the mayor was never sued".split(), [(1, 2)], ())["cast: sum"] == 1.0


def test_names_of_targets_stand_in_no_run():
    f = wording_features("ana roe sued tim poe".split(), [(0, 2)], {3, 4})
    assert {name for name in f if name.startswith("run: ")} == {"run: TARGET sued", "run: TARGET sued OTHER"}


def test_a_sentence_without_a_mention_has_no_such_feature():
    assert wording_features(["rain", "fell"], [], ()) == {}


def test_a_text_classifier_weighs_the_blocks():
    assert beside_words({"cast: sum": 1.0, "it is named": 1.0})["it is named"] == 1.0
    assert beside_words({"run: a TARGET": 1.0})["run: a TARGET"] > 1.0
    assert without_wording({"cast: sum": 1.0, "left: no": 1.0, "it is named": 1.0}) == {"it is named": 1.0}


@given(WORDS, st.integers(0, 11))
def test_values_are_finite_and_the_sum_is_bounded(tokens, at):
    at = at % len(tokens)
    f = wording_features(tokens, [(at, at + 1)], ())
    assert all(math.isfinite(value) for value in f.values())
    assert -3.0 <= f["cast: sum"] <= 3.0


def test_the_list_is_sorted_and_casts_nobody_both_ways():
    rows = cells("connotations.tsv")
    assert rows == sorted(rows)
    known = {f"{who}{sign}" for who in ("subject", "object", "bearer") for sign in "+-"}
    for _, classes in rows:
        told = classes.split(",")
        assert set(told) <= known
        assert len({one[:-1] for one in told}) == len(told)
