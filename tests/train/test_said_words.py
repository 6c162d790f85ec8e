import numpy as np

from sayso.data.sentences import find_sentences
from sayso.train.attribution import Candidate
from sayso.train.said_words import said_words
from sayso.train.tokens import view

SEEN = view("“We wait here,” she said. Rain fell.", find_sentences("“We wait here,” she said. Rain fell."))
#            01  2    3   4 5 6   7    8  9    10  11
QUOTED = Candidate(7, (7, 8), (6, 7), np.arange(1, 4), chance=0.6, score=0.45)


def told(rows, beginning):
    return [sorted(name.removeprefix(beginning) for name in row if name.startswith(beginning)) for row in rows]


def test_quoted_words_of_an_attribution_that_is_sure_enough_are_direct_speech():
    rows = said_words(SEEN, [QUOTED])
    # 3 of 5 words: in the bucket from 0.6 on, the seventh; surer than 0.4, not than 0.55
    assert told(rows, "said, score 0.4: ") == [["7"], ["0"]]
    assert told(rows, "said in quotation marks, score 0.4: ") == [["7"], ["0"]]
    assert told(rows, "said, score 0.55: ") == [["0"], ["0"]]
    assert told(rows, "speech, score: ") == [["direct direct direct none"], ["none none none none"]]
    assert told(rows, "speech, cue: ") == [["direct direct none"], ["none none none"]]  # by its cue's chance, 0.6


def test_sentences_know_those_before_and_behind():
    rows = said_words(SEEN, [QUOTED])
    assert told(rows, "+1, speech, cue: ") == [["none none none"], []]
    assert told(rows, "-1, speech, cue: ") == [[], ["direct direct none"]]


def test_three_tenths_of_the_words_without_marks_make_indirect_speech():
    text = "She said it would rain in the hills and on the coast."  # 12 words
    seen = view(text, find_sentences(text))
    for n_said, speech in ((3, "none"), (4, "indirect")):
        found = Candidate(1, (1, 2), (0, 1), np.arange(2, 2 + n_said))
        assert told(said_words(seen, [found]), "speech, score 0.4: ") == [[speech]]


def test_of_two_attributions_the_surer_one_counts_and_without_any_nothing_is_said():
    text = "She said it would rain."
    seen = view(text, find_sentences(text))
    weak, sure = (Candidate(1, (1, 2), (0, 1), np.arange(2, 5), score=score) for score in (0.25, 0.9))
    assert told(said_words(seen, [sure, weak]), "said, score 0.55: ") == [["7"]]  # 3 of 5
    assert told(said_words(seen, []), "speech, score: ") == [["none none none none"]]
