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


def test_the_page_asks_for_as_many_labels_as_teaching_does():
    assert (taught.LEAST_ARTICLES, taught.LEAST_SENTENCES) == (teaching.LEAST_ARTICLES, teaching.LEAST_SENTENCES)
