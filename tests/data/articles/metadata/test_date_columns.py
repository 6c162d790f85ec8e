import json

import pytest

from sayso.data.articles.files import read_articles
from sayso.data.articles.metadata.date_columns import AS_WRITTEN, DateOrder, labelled_with_iso_dates, with_iso_dates
from sayso.data.articles.metadata.dates import DMY, MDY, YMD
from sayso.data.articles.notices import Notices
from sayso.data.records import Article, LabelledArticle
from sayso.errors import SaysoError


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["04/03/2024", "23/03/2024"], DMY),
        (["04/03/2024", "03/23/2024", "01/02/2024"], MDY),
        (["24-03-04", "99-12-31"], YMD),
        (["4 March 2024", "2024-03-05", "Wed 04/03/2024", "01/02/2024"], MDY),
        (["04/03/2024", "05/03/2024"], None),
        (["23/03/2024", "03/23/2024"], None),
        (["4 March 2024", "soon", ""], None),
        ([], None),
    ],
)
def test_the_order_is_the_one_that_fits_all(dates, order):
    seen = DateOrder()
    for words in dates:
        seen.add(words)
    assert seen.order == order


def articles_of(dates):
    return [Article(f"a{k}", "It rained.", date=words) for k, words in enumerate(dates)]


def days(results):
    return [result.date for result in results]


@pytest.fixture
def told():
    return []


@pytest.fixture
def notices(told):
    return Notices(told.append)


def test_dates_come_out_in_iso(notices, told):
    assert days(with_iso_dates(articles_of(["May 2, 2023 Tuesday", None, "2023-05-02"]), notices)) == [
        "2023-05-02",
        None,
        "2023-05-02",
    ]
    notices.tell_counts()
    assert told == []


@pytest.mark.parametrize("can_be_read_again", [True, False])
@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["04/03/2024", "05/03/2024", "23/03/2024"], ["2024-03-04", "2024-03-05", "2024-03-23"]),
        (["03/23/2024", "04/03/2024"], ["2024-03-23", "2024-04-03"]),
        (["04/03/2024", "03/23/2024", "23/03/2024"], [None, "2024-03-23", "2024-03-23"]),
        (["04/03/2024"], [None]),
    ],
)
def test_the_other_dates_of_a_file_decide(notices, dates, expected, can_be_read_again):
    articles = articles_of(dates)
    again = (lambda: iter(articles)) if can_be_read_again else None
    assert days(with_iso_dates(iter(articles), notices, again)) == expected


def test_a_file_of_a_single_article_is_not_read_twice(notices):
    def again():
        raise AssertionError

    assert days(with_iso_dates(articles_of(["04/03/2024"]), notices, again)) == [None]


def test_the_last_of_many_dates_decides_in_a_file(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = [{"text": "It rained.", "date": words} for words in [*["04/03/2024"] * 2000, "30/03/2024"]]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = days(read_articles([str(path)]))
    assert (found[0], found[1999], found[2000]) == ("2024-03-04", "2024-03-04", "2024-03-30")


def test_what_cannot_be_read_is_told_and_kept_as_written(notices, told):
    articles = articles_of(["soon", "2 May 2023", "04/03/2024", "05/03/2024", "n.d."])
    found = list(with_iso_dates(articles, notices))
    assert days(found) == [None, "2023-05-02", None, None, None]
    assert [article.extra.get(AS_WRITTEN) for article in found] == ["soon", None, "04/03/2024", "05/03/2024", None]
    notices.tell_counts()
    assert told == [
        "dates not understood, left out: once, at a0 ('soon').",
        "2 articles have no date: '04/03/2024' can be 4 March or 3 April (first at a2). Give --date-order day-first or "
        "--date-order month-first, or write 2024-03-04.",
    ]


def test_errors_pass(notices):
    error = SaysoError("news.csv:2: no text; leave it out.")
    assert list(with_iso_dates([error], notices)) == [error]


def test_labelled_articles_keep_their_sentences_and_their_words_for_a_date(notices):
    labelled = [LabelledArticle(article, (), meta={"topic": "rain"}) for article in articles_of(["soon", "2 May 2023"])]
    found = list(labelled_with_iso_dates(labelled, notices))
    assert days([one.article for one in found]) == [None, "2023-05-02"]
    assert [one.meta for one in found] == [{"topic": "rain", AS_WRITTEN: "soon"}, {"topic": "rain"}]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (DMY, ["2024-05-04", "2024-05-23", "2024-04-30"]),
        (MDY, ["2024-04-05", "2024-05-23", "2024-04-30"]),
    ],
)
def test_the_order_that_the_user_gives_decides(notices, told, order, expected):
    articles = articles_of(["04.05.2024", "23.05.2024", "30 April 2024"])
    assert days(with_iso_dates(articles, notices, order=order)) == expected
    notices.tell_counts()
    against = "dates that cannot be read month first, read as they can be: once, at a1 ('23.05.2024')."
    assert told == ([against] if order == MDY else [])


def test_a_date_that_can_be_days_of_several_years_is_said_with_them(notices, told):
    assert days(with_iso_dates(articles_of(["04-03-24"]), notices)) == [None]
    notices.tell_counts()
    assert told == [
        "1 article has no date: '04-03-24' can be 4 March 2024, 3 April 2024 or 24 March 2004 (at a0). Give --date-order "
        "day-first, --date-order month-first or --date-order year-first, or write 2024-03-04."
    ]
