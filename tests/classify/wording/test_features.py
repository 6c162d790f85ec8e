import numpy as np
import pytest

from sayso.classify.wording.features import (
    IS_AROUND,
    IS_CHARS,
    IS_KNOWN,
    IS_SEEN,
    IS_TOWARDS,
    IS_VECTOR,
    IS_WORDS,
    OTHER,
    plain_text,
    run_length,
    sort_of,
    text_features,
)
from sayso.classify.wording.recipe import Recipe
from sayso.train.sentences.sparse_features import lay_out


def test_words_and_pairs_have_length_one_together():
    found = text_features("Prices fell.", (1, 2), (0, 0))
    assert set(found) == {"gram: prices", "gram: fell", "gram: .", "gram: prices fell", "gram: fell ."}
    assert found["gram: prices"] == pytest.approx(1 / 5**0.5)


def test_a_word_that_stands_twice_counts_once_and_its_logarithm():
    found = text_features("no no", (1, 1), (0, 0))
    assert found == {"gram: no": 1.0}
    both = text_features("no no way", (1, 1), (0, 0))
    assert both["gram: no"] / both["gram: way"] == pytest.approx(1 + np.log(2))


def test_characters_run_over_the_ends_of_a_word_and_no_further():
    assert set(text_features("Ab c", (0, 0), (3, 3))) == {"chars:  ab", "chars: ab ", "chars:  c "}


def test_runs_of_characters_may_go_on_over_the_ends_of_words():
    found = text_features("Ab  c", (0, 0), (3, 3), across=True)
    assert set(found) == {"chars:  ab", "chars: ab ", "chars: b c", "chars:  c "}


def test_a_tag_stands_for_itself_and_for_its_words():
    found = text_features("#SaveTheBees", (1, 1), (0, 0))
    assert set(found) == {"gram: #savethebees", "gram: save", "gram: the", "gram: bees"}


def test_an_encoder_reads_tags_as_words_and_no_handles():
    assert plain_text("@user Thanks, @user! #NoMoreLies#Ever (#G20)") == "Thanks, ! No More Lies Ever (G 20 )"


def test_an_encoder_reads_any_other_sentence_as_it_stands():
    assert plain_text("Two  spaces, write to us@example.org") == "Two spaces, write to us@example.org"
    assert plain_text("Two  spaces.") == "Two  spaces."


def test_numbers_case_and_spaces_do_not_count():
    assert text_features("In  1994", (1, 2), (2, 3)) == text_features("in 2007", (1, 2), (2, 3))


def test_no_words_give_no_features():
    assert text_features("", (1, 2), (0, 0)) == {}


def test_a_name_tells_its_block_and_its_length():
    names = ["gram: a b", "chars: ab ", "at first: quote", "seen: it is named", "towards: the mayor", "around: headline"]
    assert sort_of(names).tolist() == [IS_WORDS, IS_CHARS, OTHER, IS_SEEN, IS_TOWARDS, IS_AROUND]
    assert [run_length(name) for name in names[:2]] == [2, 3]


def test_rows_laid_out_are_read_back_by_name():
    rows = [{"a": 1.0, "b": 2.0}, {}, {"c": 0.5, "a": 3.0}]
    laid = lay_out(rows)
    assert [dict(row) for row in laid] == rows
    assert dict(laid.take(np.array([2]))[0]) == rows[2]
    assert dict(laid[-1]) == rows[2]


def test_what_stands_below_keeps_its_names():
    laid = lay_out([{"a": 1.0}]).below(lay_out([{"b": 2.0, "a": 3.0}]))
    assert [dict(row) for row in laid] == [{"a": 1.0}, {"a": 3.0, "b": 2.0}]


def test_a_recipe_survives_its_file():
    recipe = Recipe(words=(1, 3), also=("topic",), again=True)
    assert Recipe.of_json(recipe.as_json()) == recipe


def test_a_setting_that_older_files_name_is_passed_over():
    assert Recipe.of_json({**Recipe(C=2.0).as_json(), "last": True}) == Recipe(C=2.0)


def test_a_setting_that_older_files_do_not_name_is_off():
    older = {name: value for name, value in Recipe(C=2.0).as_json().items() if name not in ("known", "judged")}
    assert Recipe.of_json(older) == Recipe(C=2.0, known=False, judged=False)


def test_blocks_of_knowledge_and_dimensions_are_known_by_name():
    names = ["tense: past", "kind: quote", "vector 12", "gram: tense: past", "tense", "around: kind: quote"]
    assert sort_of(names).tolist() == [IS_KNOWN, IS_KNOWN, IS_VECTOR, IS_WORDS, OTHER, IS_AROUND]


@pytest.mark.parametrize(
    ("change", "message"),
    [({"C": "1"}, "C is"), ({"words": [1, 99]}, "two small numbers"), ({"more": 1}, "missing or unknown")],
)
def test_a_recipe_from_a_bent_file_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Recipe.of_json({**Recipe().as_json(), **change})
