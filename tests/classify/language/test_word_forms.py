import pickle

import numpy as np
import pytest
from builders import tokens_of

from sayso.classify.language import word_forms
from sayso.classify.language.word_forms import CUE, FIRST_MARK, NAME, WORD, FormNumbers, FormTable, form_numbers, lexicon


def lengths(words):
    return np.array([[len(word), word.count("e")] for word in words])


def test_forms_are_numbered_from_1_as_they_are_met():
    numbers = FormNumbers()
    assert numbers.of(["The", "mayor", "the", "mayor"]).tolist() == [1, 2, 3, 2]
    assert numbers.printed == ["", "The", "mayor", "the"]


def test_what_is_known_of_a_form_is_given_by_its_number():
    numbers = FormNumbers()
    lower, facts = numbers.known(numbers.of(["Oulu", "said", "Don’t", ",", "said"]))
    assert lower == ["oulu", "said", "don't", ",", "said"]
    assert [[bool(bits & fact) for fact in (WORD, NAME, CUE)] for bits in facts.tolist()] == [
        [True, True, False],
        [True, False, True],
        [True, True, False],
        [False, False, False],
        [True, False, True],
    ]


def test_more_forms_than_there_was_room_for_are_known():
    numbers = FormNumbers()
    words = [f"w{n}" for n in range(3000)]
    assert numbers.known(numbers.of(words))[0] == words


def test_a_table_gives_each_token_its_column_and_learns_each_form_once():
    learned = []

    def learn(words):
        learned.extend(words)
        return lengths(words)

    table = FormTable(2, learn)
    views = [tokens_of("Trees fell here."), tokens_of("Here trees fell.")]
    expected = [[5, 4, 4, 1, 4, 5, 4, 1, 0], [2, 1, 2, 0, 2, 2, 1, 0, 0]]
    assert table.of(views).tolist() == expected
    assert table.of(views).tolist() == expected
    assert len(learned) == len(set(learned))


@pytest.mark.parametrize("again", [False, True], ids=["numbers begun anew", "a view of another process"])
def test_a_view_is_looked_up_by_its_words_where_its_numbers_are_others(monkeypatch, again):
    table = FormTable(2, lengths)
    view = tokens_of("Ten geese met.")
    before = table.of([view]).tolist()
    if again:
        view = pickle.loads(pickle.dumps(view))
    else:
        monkeypatch.setattr(word_forms, "_MOST", 1)
        form_numbers().of(["other", "words", "met"])
    assert before == [[3, 5, 3, 1, 0], [1, 3, 1, 0, 0]]
    assert table.of([view]).tolist() == before


def test_numbers_begin_anew_when_there_are_too_many_forms(monkeypatch):
    full = form_numbers()
    full.of(["a", "word"])
    assert form_numbers() is full
    monkeypatch.setattr(word_forms, "_MOST", len(full))
    assert form_numbers() is not full


def test_words_of_a_set_are_marked_also_those_that_were_known_before():
    words = "the otter and the osprey said the osprey".split()
    assert form_numbers().known(form_numbers().of(words))[0] == words
    animals = lexicon.mark({"otter", "osprey"})
    assert lexicon.mark(frozenset({"osprey", "otter"})) == animals
    assert animals >= FIRST_MARK
    view = tokens_of("The Otter met an osprey.")
    assert [view.words[at] for at in view.places_of(animals)] == ["Otter", "osprey"]
    _, facts = form_numbers().known(form_numbers().of(words))
    assert [bool(bits & animals) for bits in facts.tolist()] == [False, True, False, False, True, False, False, True]
