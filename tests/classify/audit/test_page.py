from sayso.classify.audit.page import columns_of, months_between
from sayso.classify.audit.roster import Group


def test_months_without_articles_are_there():
    assert months_between(["2024-02", "2023-11"]) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert months_between([]) == []


def test_over_a_century_only_months_with_articles_are():
    assert months_between(["1899-01", "2024-02", "2024-01"]) == ["1899-01", "2024-01", "2024-02"]


def test_a_column_stacks_shares_and_has_the_number_of_articles():
    full, half = Group(articles=4, words=100), Group(articles=2, words=50)
    full.by_type["state"].add(10, 20)
    full.by_type["expert"].add(0, 10)
    first, gap, last = columns_of([("2024-01", full), ("2024-02", None), ("2024-03", half)])
    assert [tuple(bar) for bar in first.bars] == [("stake", 70.0, 30.0), ("outside", 60.0, 10.0), ("others", 60.0, 0.0)]
    assert (first.articles, first.below, first.x) == (4, 30.0, 0)
    assert (gap.bars, gap.articles, gap.below, gap.x) == ([], 0, 0.0, 12)
    assert (last.articles, last.below) == (2, 15.0)
