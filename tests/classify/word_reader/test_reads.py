"""Log odds of roles, links and labels, worked out by hand."""

import math

import numpy as np
import pytest

from sayso.classify.word_reader.reads import (
    APART,
    CONTENT,
    CUE,
    KIND,
    MAIN,
    N_ANSWERS,
    N_FAR,
    N_OUTPUTS,
    ROLES,
    SOURCE,
    SOURCE_TYPE,
    WIDTH,
    Read,
    Reads,
    sentence_odds,
    source_odds,
)
from sayso.data.scheme import KINDS, SOURCE_TYPES

N = len(ROLES) * WIDTH


def read_of(n_tokens, window=None):
    window = np.zeros(n_tokens, np.int64) if window is None else np.array(window)
    return Read(
        np.zeros((n_tokens, N_OUTPUTS), np.float32),
        np.zeros((n_tokens, N), np.float16),
        np.zeros((n_tokens, N_ANSWERS), np.float16),
        window,
    )


NEAR = np.zeros((N_FAR, len(ROLES)), np.float32)


def test_a_role_is_begun_or_gone_on_with():
    read = read_of(1)
    read.outputs[0, 3:6] = [0, 1, 1]  # outside, begin, inside of a cue
    reads = Reads.of([read], NEAR)
    assert reads.role[CUE, 0] == round(1000 * math.log(2 * math.e))
    assert reads.begins[CUE, 0] == round(1000 * (1 - math.log(1 + math.e)))
    assert reads.role[SOURCE, 0] == round(1000 * math.log(2))  # of three equal ones


def test_behind_the_last_token_nothing_is_likely():
    reads = Reads.of([read_of(2)], NEAR)
    assert reads.main.tolist() == [0, 0, -9000]


def test_odds_without_end_are_cut():
    read = read_of(1)
    read.outputs[0, MAIN] = 50
    assert Reads.of([read], NEAR).main[0] == 9000


def test_a_link_is_what_cue_and_word_have_in_common_and_how_far_they_are_apart():
    read, far = read_of(4), NEAR.copy()
    content = slice(CONTENT * WIDTH, (CONTENT + 1) * WIDTH)
    read.asks[1, content] = 0.5
    read.answers[3, content] = 0.25
    read.answers[3, N + CONTENT] = -2
    far[N_FAR // 2 + 2, CONTENT] = 1  # two words behind
    links = Reads.of([read], far).links(np.array([1, 1, 0]), np.array([3, 2, 3]))
    assert links[CONTENT].tolist() == [1000 - 2000 + 1000, 0, -2000]  # 64 × 0.5 × 0.25 / 8 is 1
    assert links[SOURCE].tolist() == [0, 0, 0]


@pytest.mark.parametrize(("token", "column"), [(0, N_FAR // 2 - 2), (2, N_FAR // 2), (3, N_FAR // 2 + 1)])
def test_words_before_and_behind_count_differently(token, column):
    far = NEAR.copy()
    far[column] = 3
    links = Reads.of([read_of(4)], far).links(np.array([2]), np.array([token]))
    assert links.tolist() == [[3000], [3000], [3000]]


def test_words_of_other_windows_and_other_articles_are_not_linked():
    reads = Reads.of([read_of(3, [0, 0, 1]), read_of(1)], NEAR)
    assert reads.links(np.array([0, 0, 2]), np.array([1, 2, 3]))[SOURCE].tolist() == [0, APART, APART]


def test_a_sentence_is_what_its_words_are_on_average():
    read = read_of(3)
    read.outputs[0, KIND.start] = 4  # quote
    kinds, types = sentence_odds(read, [(0, 2), (2, 3)])
    quote = math.exp(2) / (math.exp(2) + 3)
    assert kinds[0, 0] == pytest.approx(math.log(quote / (1 - quote)))
    assert kinds[1].tolist() == pytest.approx([math.log(1 / 3)] * len(KINDS))
    assert types[0].tolist() == pytest.approx([-math.log(len(SOURCE_TYPES) - 1)] * len(SOURCE_TYPES))


def test_a_sentence_without_words_is_undecided():
    kinds, _ = sentence_odds(read_of(1), [(0, 0)])
    assert kinds[0].tolist() == pytest.approx([math.log(1 / 3)] * len(KINDS))


def test_the_type_of_a_source_is_asked_of_its_cue():
    read = read_of(2)
    read.outputs[1, SOURCE_TYPE.start] = 100
    assert source_odds(read, 1)[0] == pytest.approx(math.log(0.999 / 0.001))  # never surer
    assert source_odds(read, 0).tolist() == pytest.approx([math.log(1 / 7)] * 8)
