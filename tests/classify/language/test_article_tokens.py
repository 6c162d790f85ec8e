from sayso.classify.language.article_tokens import view
from sayso.data.records import Span


def test_quotation_marks_of_other_styles_are_tokens_of_the_usual_one():
    text = "„No“, she said. ‘Never,’ he said."
    seen = view(text, [Span(0, 15), Span(16, len(text))])
    assert seen.words == ["“", "No", "”", ",", "she", "said", ".", "“", "Never", ",", "”", "he", "said", "."]
    assert [bool(number) for number in seen.inside] == [True] * 3 + [False] * 4 + [True] * 4 + [False] * 3
    assert seen.span(0, 3).of(text) == "„No“"


def test_places_of_a_word_are_given_in_order():
    seen = view("A heron left, and a heron came.", [Span(0, 31)])
    assert seen.places_by_word()["heron"] == [1, 6]
    assert seen.places_by_word()["a"] == [0, 5]
    assert "swan" not in seen.places_by_word()
    assert seen.next_place("heron", 0, 8) == 1
    assert seen.next_place("heron", 2, 8) == 6
    assert seen.next_place("heron", 2, 6) is None
    assert seen.next_place("swan", 0, 8) is None
