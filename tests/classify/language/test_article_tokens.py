from sayso.classify.language.article_tokens import view
from sayso.data.records import Span


def test_quotation_marks_of_other_styles_are_tokens_of_the_usual_one():
    text = "„No“, she said. ‘Never,’ he said."
    seen = view(text, [Span(0, 15), Span(16, len(text))])
    assert seen.words == ["“", "No", "”", ",", "she", "said", ".", "“", "Never", ",", "”", "he", "said", "."]
    assert [bool(number) for number in seen.inside] == [True] * 3 + [False] * 4 + [True] * 4 + [False] * 3
    assert seen.span(0, 3).of(text) == "„No“"
