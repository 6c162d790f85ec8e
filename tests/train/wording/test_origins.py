import numpy as np
import pytest
from builders import labelled_article

from sayso.data.corpora.reader import GROUP
from sayso.train.tasks.registry import task_of
from sayso.train.wording.rows import TextRows, origins_of


def article(number, **about):
    return labelled_article(f"a{number}", (f"Sentence {number}.", {"extra": {"topic": "ab"[number % 2]}}), **about)


@pytest.mark.parametrize(
    ("outlets", "dates", "expected"),
    [
        ("PQRSTPQRST", None, list("PQRSTPQRST")),  # five outlets
        ("PQRSPQRSPQ", None, [f"a{n}" for n in range(10)]),  # four are too few
        ("PPPPPPQRST", None, [f"a{n}" for n in range(10)]),  # one has more than half
        ("PQPQPQPQPQ", range(10), [f"2031-{n + 1:02}" for n in range(10)]),  # two outlets, ten months
    ],
)
def test_outlets_then_months_then_articles_are_held_out_together(outlets, dates, expected):
    articles = [
        article(n, outlet=outlet, **({"date": f"2031-{dates[n] + 1:02}-05"} if dates else {}))
        for n, outlet in enumerate(outlets)
    ]
    assert origins_of(articles) == expected


def test_articles_on_one_event_are_held_out_together():
    articles = [article(n, meta={GROUP: f"event {n // 2}"}) for n in range(4)]
    assert origins_of(articles) == ["event 0", "event 0", "event 1", "event 1"]


def test_one_article_without_an_outlet_leaves_the_choice_to_articles():
    articles = [article(n, outlet="PQRST"[n % 5]) for n in range(10)] + [article(10)]
    assert origins_of(articles)[-1] == "a10"


def test_rows_carry_their_origins_into_folds_and_files():
    articles = [article(n, outlet="PQRST"[n % 5]) for n in range(10)]
    task = task_of("topic", articles)
    rows = task.rows(articles, [[] for _ in articles])
    assert rows.held_out_together.tolist() == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    kept = TextRows.of_arrays(rows.take(np.array([1, 6, 2])).as_arrays())
    assert kept.origins == ["Q", "Q", "R"]
