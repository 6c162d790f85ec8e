import pytest

from sayso.data.project.records import Entry
from sayso.train.serve.contents import taught
from sayso.train.teach import teaching


def entries(*counts):
    return [Entry(str(k), str(k), None, None, None, None, None, 99, {"kind": n}, False, 0) for k, n in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((), (0, 0, "30 more sentences in 5 more articles")),
        ((10, 0, 19, 3), (32, 3, "2 more articles")),
        ((5, 5, 5, 5, 9), (29, 5, "1 more sentence")),
        ((6, 6, 6, 6, 6), (30, 5, "")),
    ],
)
def test_what_is_lacking_is_told(counts, expected):
    given = taught.count_labels(entries(*counts), "kind")
    assert (given["sentences"], given["articles"], given["lacking"]) == expected


def result(difference, interval, settled, name="the built-in model"):
    return {"before": {"name": name}, "difference": difference, "interval": interval, "settled": settled}


@pytest.mark.parametrize(
    ("of", "words", "is_better", "has_old"),
    [
        (
            result(0.306, (0.25, 0.362), True, "no model (always the most frequent label)"),
            "The new model is better than always giving the most frequent label, by 30.6 points of macro F1 "
            "(95 %: +25.0 to +36.2).",
            True,
            False,
        ),
        (
            result(-0.12, (-0.2, -0.04), True),
            "The new model is worse than the old one, by 12.0 points of macro F1 (95 %: −20.0 to −4.0).",
            False,
            True,
        ),
        (
            result(0.05, (-0.01, 0.11), False),
            "No clear difference: the new model scores 5.0 points of macro F1 higher, which may be due to chance "
            "(95 %: −1.0 to +11.0).",
            False,
            True,
        ),
        (result(0.0, (-0.0001, 0.0), False), "No clear difference: both score the same (95 %: +0.0 to +0.0).", False, True),
    ],
)
def test_a_new_model_is_offered_first_only_where_it_is_better_beyond_doubt(of, words, is_better, has_old):
    assert taught.verdict_of(of) == (words, is_better, has_old)


def test_the_page_asks_for_as_many_labels_as_teaching_does():
    assert (taught.LEAST_ARTICLES, taught.LEAST_SENTENCES) == (teaching.LEAST_ARTICLES, teaching.LEAST_SENTENCES)
