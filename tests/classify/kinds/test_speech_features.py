import numpy as np
from builders import tokens_of

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.kinds.speech_features import said_words


def speech(text, *candidates, measure="score"):
    rows = said_words(tokens_of(text), candidates)
    beginning = f"speech, {measure}: "
    return [name.removeprefix(beginning) for row in rows for name in row if name.startswith(beginning)]


def test_quoted_words_of_an_attribution_that_is_sure_enough_are_direct_speech():
    text = "“We wait here,” she said. Rain fell."
    #       01  2    3   4 5 6   7   8
    quoted = Candidate(7, (7, 8), (6, 7), np.arange(1, 4), chance=0.6, score=0.45)  # 3 of 5 words
    assert speech(text, quoted) == ["direct direct direct none", "none none none none"]  # surer than 0.4, not than 0.55
    assert speech(text, quoted, measure="cue") == ["direct direct none", "none none none"]  # than 0.5, not than 0.7


def test_three_tenths_of_the_words_without_marks_make_indirect_speech():
    text = "She said it would rain in the hills and on the coast."  # 12 words
    for n_said, kind in ((3, "none"), (4, "indirect")):
        found = Candidate(1, (1, 2), (0, 1), np.arange(2, 2 + n_said))
        assert speech(text, found) == [" ".join([kind] * 4)]


def test_of_two_attributions_the_surer_one_counts_and_without_any_nothing_is_said():
    text = "She said it would rain."
    weak, sure = (Candidate(1, (1, 2), (0, 1), np.arange(2, 5), score=score) for score in (0.25, 0.9))
    assert speech(text, sure, weak) == ["indirect indirect indirect indirect"]
    assert speech(text, weak) == ["indirect none none none"]
    assert speech(text) == ["none none none none"]
