"""Windows of whole sentences, and what is known of each piece."""

import numpy as np
from builders import tokens_of

from sayso.classify.language.article_tokens import view
from sayso.classify.word_reader.pieces import END, START, WINDOW, windows
from sayso.data.records import Span

ONE_EACH = {word: (200 + n,) for n, word in enumerate(["Tolk", "said", "“", "No", "”", ".", "It", "rained", "long-jump"])}


def two_paragraphs():
    text = "Tolk said “No”.\n\nIt rained."
    return view(text, [Span(0, 15), Span(17, 27)])


def test_a_window_begins_ends_and_marks_paragraphs():
    (window,) = windows(two_paragraphs(), ONE_EACH)
    tolk, said, opening, no, closing, stop, it, rained = (ONE_EACH[w][0] for w in "Tolk said “ No ” . It rained".split())
    assert window.pieces.tolist() == [START, tolk, said, opening, no, closing, stop, END, it, rained, stop, END]
    assert window.case.tolist() == [0, 2, 1, 4, 2, 4, 4, 0, 2, 1, 4, 0]
    assert window.tokens.tolist() == list(range(9))
    assert window.at.tolist() == [1, 2, 3, 4, 5, 6, 8, 9, 10]


def test_words_in_quotation_marks_are_marked():
    (window,) = windows(two_paragraphs(), ONE_EACH)
    inside = dict(zip(window.tokens.tolist(), window.quoted[window.at].tolist(), strict=True))
    assert inside[3] == 2  # No
    assert [inside[token] for token in (0, 1, 5, 6, 7, 8)] == [1] * 6


def test_a_word_of_several_pieces_stands_at_its_first():
    (window,) = windows(tokens_of("Tolk said."), {**ONE_EACH, "said": (7, 8, 9)})
    assert window.pieces.tolist() == [START, ONE_EACH["Tolk"][0], 7, 8, 9, ONE_EACH["."][0], END]
    assert window.at.tolist() == [1, 2, 5]


def test_a_sentence_that_does_not_fit_begins_the_next_window():
    sentence = "It rained. "
    text = sentence * 50  # of three pieces: 42 of them fill the 126 places between beginning and end
    spans = [Span(len(sentence) * n, len(sentence) * n + 10) for n in range(50)]
    first, second = windows(view(text, spans), ONE_EACH)
    assert len(first.pieces) <= WINDOW
    assert len(first.tokens) % 3 == 0  # whole sentences
    assert np.concatenate([first.tokens, second.tokens]).tolist() == list(range(150))


def test_a_sentence_longer_than_a_window_is_cut():
    text = "rained " * 300
    cut = windows(view(text, [Span(0, len(text))]), ONE_EACH)
    assert [len(window.tokens) for window in cut] == [126, 126, 48]


def test_a_shorter_first_window_moves_all_others():
    text = "rained. " * 100
    spans = [Span(8 * n, 8 * n + 7) for n in range(100)]
    usual, moved = (windows(view(text, spans), ONE_EACH, first) for first in (WINDOW, WINDOW - 60))
    assert len(usual[0].tokens) > len(moved[0].tokens)
    assert sum(len(w.tokens) for w in moved) == 200
