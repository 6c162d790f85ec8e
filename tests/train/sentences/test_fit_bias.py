import pytest
from builders import labelled_article

from sayso.train.sentences.fit_bias import bias_rows, fit_bias, fit_words

PLAIN = [
    ("The pool in Haug opens at eight.", {"bias": "neutral"}),
    ("Tickets went up by two crowns.", {"bias": "neutral"}),
    ("A swimming coach left in May.", {"bias": "neutral"}),
]


def rows_of(*articles):
    labelled = [labelled_article(f"a{n}", *sentences) for n, sentences in enumerate(articles)]
    return bias_rows(labelled, [[] for _ in labelled])


def test_loaded_words_that_all_stand_in_quotation_marks_teach_no_words():
    quoted = ("“This disgraceful mess must end,” said Ida Brekk.", {"bias": "biased", "loaded": ["disgraceful"]})
    assert len(fit_words(rows_of([*PLAIN, quoted])).keys) == 0


@pytest.mark.parametrize("calibrated", [True, False])
def test_biased_sentences_of_one_article_alone_can_be_learned_from(calibrated):
    biased = [
        ("The mayor’s disgraceful scheme sank at once.", {"bias": "biased", "loaded": ["disgraceful"]}),
        ("Her shameless friends cheered.", {"bias": "biased", "loaded": ["shameless"]}),
    ]
    model = fit_bias(rows_of([*PLAIN, *biased], PLAIN, PLAIN[:2], PLAIN[1:]), ("biased", "neutral"), calibrated=calibrated)
    assert model.labels == ("biased", "neutral")
