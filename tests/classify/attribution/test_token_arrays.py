from functools import cache

import numpy as np
import pytest
from builders import tokens_of, tokens_of_sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.attribution.token_arrays import STEPS, beside, token_arrays
from sayso.classify.attribution.word_features import (
    CUE,
    FLAGS,
    GRAMMATICAL,
    LIGHT,
    PRIOR,
    PRONOUN,
    SHAPE,
    SOURCE,
    UNSEEN,
    WORD,
    Words,
)
from sayso.data.articles.sentences import find_sentences

TEXT = "The mayor said that it rained, and he left. “We wait,” she said. “Not long.”"


@cache
def words(**priors):
    return Words({word: (1, 1) for word in "the mayor said that it rained and he left we wait she".split()}, priors)


def arrays(*texts):
    return token_arrays([tokens_of(text) for text in texts], words(said=6))


def printed(found, text, name):
    """Give for each token the word that an array points to, None where it points nowhere."""
    tokens = tokens_of(text).words
    return [tokens[t] if t < found.n else None for t in getattr(found, name)[:-1].tolist()]


def test_tokens_point_to_subject_next_function_word_opener_and_that():
    text = "The mayor also said on Monday that it rained."
    found = arrays(text)
    assert printed(found, text, "subject") == [*[None, "The", "mayor", "mayor", "said", "on", "on"], "that", "it", "rained"]
    assert printed(found, text, "function")[:4] == ["also", "also", "on", "on"]
    assert printed(found, text, "opener") == [None] * 7 + ["that"] * 3
    assert printed(found, text, "that")[:6] == ["that"] * 6
    text = "It rained. He left."
    assert printed(arrays(text), text, "subject") == [None, "It", "rained", None, "He", "left"]


def test_that_is_looked_for_six_tokens_far():
    text = "He said a b c d e that."
    assert printed(arrays(text), text, "that")[:3] == [None, "that", "that"]


def test_what_stands_before_a_token_is_counted():
    found = arrays(TEXT)
    tokens = tokens_of(TEXT).words
    left = tokens.index("left")
    assert found.commas[left] == 1
    assert found.conjunctions[left] == 1
    assert found.marks[len(tokens)] == 4
    assert found.cues[tokens.index("that")] == 1  # said; inside quotation marks none would count


def test_signatures_tell_how_a_sentence_stands_to_quotations():
    # begins inside an earlier quotation 1, has quoted words 2, has others 4, ends inside one 8
    found = arrays("“We wait. We hope,” she told the men. It rained.")
    assert found.signature.tolist() == [2 + 8, 1 + 2 + 4, 4, 0]


def test_steps_end_with_the_sentence():
    found = arrays("It rained. He left.")
    assert found.at[1][:3].tolist() == [1, 2, found.n]
    assert found.at[-1][3:6].tolist() == [found.n, 3, 4]
    assert all(found.at[step][found.n] == found.n for step in STEPS)


def test_only_an_articles_first_sentence_is_its_opening():
    assert arrays("It rained. He left.", "She wept. It rained.").opening.tolist() == [1, 1, 1, 0, 0, 0] * 2 + [0]


POINTERS = ("opener", "subject", "function", "that")


def told(found, tokens, sentences):
    """Tell everything of an article's tokens and sentences in numbers of its own."""
    start, n = tokens.start, sentences.start
    points = {name: [p - start if p < found.n else None for p in getattr(found, name)[tokens].tolist()] for name in POINTERS}
    flags = {name: getattr(found, name)[tokens].tolist() for name in ("quoted", "phrase", "opening")}
    bounds = [(found.first[tokens] - start).tolist(), (found.last[tokens] - start).tolist()]
    return (
        points,
        flags,
        bounds,
        (found.sentence[tokens] - n).tolist(),
        found.signature[sentences].tolist(),
        (found.words[:, tokens].tolist()),
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([TEXT, "It rained.", "“No. ", "Never,” he said.", "\n\n"]), min_size=1), min_size=1)
)
def test_articles_together_are_what_they_are_alone(parts):
    texts = [text for text in ("".join(part) for part in parts) if find_sentences(text)]
    together = arrays(*texts) if texts else None
    start = n = 0
    for text in texts:
        alone = arrays(text)
        tokens, sentences = slice(start, start + alone.n), slice(n, n + len(alone.bounds))
        assert told(together, tokens, sentences) == told(alone, slice(0, alone.n), slice(0, len(alone.bounds)))
        start, n = tokens.stop, sentences.stop


@pytest.mark.parametrize(
    ("word", "column", "value"),
    [("said", PRIOR, 6), ("mayor", PRIOR, 0), ("zogged", PRIOR, UNSEEN), ("Rain", SHAPE, 1), ("7th", SHAPE, 4)],
)  # fmt: skip
def test_a_word_has_its_attributes(word, column, value):
    assert words(said=6).attributes([tokens_of_sentence(word)])[column].tolist() == [value, 0]


def test_words_have_flags_and_lists():
    found = words().attributes([tokens_of_sentence("he quickly"), tokens_of_sentence("ministry said")])
    assert [bool(flags & PRONOUN) for flags in found[FLAGS]] == [True, False, False, False, False]
    assert [bool(flags & LIGHT) for flags in found[FLAGS]] == [False, True, False, False, False]
    assert [bool(flags & GRAMMATICAL) for flags in found[FLAGS]] == [True, False, False, False, False]
    assert found[SOURCE][2] > 0
    assert found[CUE][3] > 0
    assert found[WORD][1] == 10  # never seen, in lower case


def test_the_nearest_marked_tokens_are_found_in_the_same_sentence():
    there = arrays("He said she left. They knew.")  # he 0, said 1, she 2, left 3, the stop 4, they 5, knew 6, the stop 7
    before, after = beside(np.isin(np.arange(8), [1, 3, 6]), there.first, there.last)
    assert before.tolist() == [8, 8, 1, 1, 3, 8, 8, 6, 8]
    assert after.tolist() == [1, 3, 3, 8, 8, 6, 8, 8, 8]
