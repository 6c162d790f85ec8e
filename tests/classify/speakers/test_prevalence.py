import pytest

from sayso.classify.speakers.prevalence import group_of
from sayso.data.records import Article


@pytest.mark.parametrize(
    ("date", "month", "year"),
    [
        ("2024-05-19", "2024-05", "2024"),
        ("May 19, 2024", "2024-05", "2024"),
        ("2024-05", "2024-05", "2024"),
        ("2024", "", "2024"),
        ("04/05/2024", "", ""),
        (None, "", ""),
    ],
)
def test_months_and_years_are_those_that_a_date_tells(date, month, year):
    article = Article("a", "It rained.", date=date)
    assert (group_of(article, "month"), group_of(article, "year")) == (month, year)


def test_a_column_of_the_table_counts_before_the_date():
    assert group_of(Article("a", "It rained.", date="2024-05-19", extra={"month": "May"}), "month") == "May"
