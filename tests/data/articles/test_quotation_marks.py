import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.quotation_marks import quotations


def quoted(text):
    return [span.of(text) for span in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody spoke.", []),
        ("", []),
        ("“Rain,” she said.", ["“Rain,”"]),
        ('"Rain," she said, "and hail."', ['"Rain,"', '"and hail."']),
        ("``Rain,'' she said.", ["``Rain,''"]),
        ("«Rain», she said.", ["«Rain»"]),
        ("„Rain,” she said.", ["„Rain,”"]),
        ("‘Rain,’ she said.", ["‘Rain,’"]),
        ("'Rain,' she said.", ["'Rain,'"]),
    ],
)
def test_every_style_of_marks_is_known(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the dockers' last day.",
        "The ’90s weren’t dry.",
        "The port's boats and the boats' ports.",
        "He is 6' 2",
    ],
)
def test_an_apostrophe_quotes_nothing(text):
    assert quoted(text) == []


def test_an_apostrophe_does_not_end_a_single_quotation():
    assert quoted("‘It’s the dockers’ day,’ she said.") == ["‘It’s the dockers’ day,’"]


@pytest.mark.parametrize(
    "text",
    [
        "“He told me ‘no’ twice,” she said.",
        "“He told me “no” twice,” she said.",
        "\"He told me 'no' twice,\" she said.",
    ],
)
def test_a_quotation_inside_another_is_part_of_it(text):
    assert quoted(text) == [text.removesuffix(" she said.")]


def test_a_quotation_that_reopens_each_paragraph_is_found_in_each():
    text = "“It rained.\n\n“It hailed.\n\n“It stopped,” she said.\n\nThe end."
    assert quoted(text) == ["“It rained.", "“It hailed.", "“It stopped,”"]


def test_a_quotation_can_run_over_paragraphs_without_new_marks():
    text = "“It rained.\n\nIt hailed,” she said."
    assert quoted(text) == ["“It rained.\n\nIt hailed,”"]


def test_a_missing_closing_mark_ends_the_quotation_with_its_paragraph():
    text = "“It rained, she said.\n\nNobody “cared” then."
    assert quoted(text)[0] == "“It rained, she said."
    assert quoted(text)[-1] == "“cared”"


def test_a_missing_opening_mark_begins_the_quotation_with_its_paragraph():
    assert quoted("Nobody came.\n\nIt rained,” she said.") == ["It rained,”"]


def test_a_closing_mark_alone_after_a_word_is_passed_over():
    assert quoted("Nobody came.\n\nThe board was 6” wide.") == []


def test_marks_glued_to_words_are_told_by_their_shape():
    assert quoted("He left.“It rained,”she said.“It hailed.”") == ["“It rained,”", "“It hailed.”"]


def test_curly_marks_that_all_close_are_put_right():
    assert quoted("”It rained,” she said.") == ["”It rained,”"]


TEXTS = st.text(st.sampled_from("ab .,\n\t“”\"'‘’«»„`(—s"), max_size=80) | st.text(max_size=60)


@given(TEXTS)
def test_quotations_are_ordered_disjoint_and_inside_the_text(text):
    at = 0
    for start, end in quotations(text):
        assert at <= start < end <= len(text)
        at = end
