"""``--date-order`` says what comes first in dates, in every command that reads the dates of articles."""

import csv

import pytest
from builders import run_sayso

import sayso

NEWS = (
    "id,outlet,date,text\n"
    "a,Orla Post,04.05.2024,The quay at Brenning is shut. Ida Berg said so.\n"
    "b,Tolle News,05.06.2024,A heron nested on the roof of the town hall in Dorn. Nobody minds.\n"
)
ROWS = (
    "article,n,text,date,tone\n"
    "a,0,The quay at Brenning is shut.,04.05.2024,calm\n"
    "a,1,Ida Berg was cross about it.,04.05.2024,cross\n"
    "b,0,A heron nested on the roof.,05.06.2024,calm\n"
    "c,0,The tram to Dorn ran late again.,07.08.2024,cross\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.csv").write_text(NEWS, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "gold.csv").write_text(ROWS, encoding="utf-8")


def cells(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {cell for row in csv.reader(file) for cell in row}


@pytest.mark.parametrize(("order", "day"), [("day-first", "2024-05-04"), ("month-first", "2024-04-05")])
def test_annotating_reads_dates_as_asked_for(order, day):
    done = run_sayso("annotate", "own.csv", "-o", "o.csv", "--shares", "s.csv", "--by", "date", "--date-order", order)
    assert (done.exit_code, "no date" in done.stderr) == (0, False)
    assert day in cells("s.csv")


def test_without_an_order_the_notice_says_what_to_give():
    done = run_sayso("annotate", "own.csv", "-o", "o.csv")
    assert (
        "2 articles have no date: '04.05.2024' can be 4 May or 5 April (first at a). Give --date-order day-first or "
        "--date-order month-first, or write 2024-05-04."
    ) in done.stderr.splitlines()


def test_the_settings_file_gives_the_order(tmp_path, monkeypatch):
    (tmp_path / "sayso.toml").write_text('date-order = "month-first"\n', encoding="utf-8")
    monkeypatch.delenv("SAYSO_CONFIG")
    assert run_sayso("annotate", "own.csv", "-o", "o.csv", "--shares", "s.csv", "--by", "date").exit_code == 0
    assert "2024-04-05" in cells("s.csv")


def test_an_audit_groups_by_the_months_that_are_meant():
    assert run_sayso("audit", "own.csv", "-o", "audit", "--by", "month", "--date-order", "day-first").exit_code == 0
    assert cells("audit/groups.csv") >= {"2024-05", "2024-06"}


@pytest.mark.parametrize("source", ["own.csv", "rows.csv"])
def test_a_dataset_is_built_with_the_dates_that_are_meant(source):
    assert run_sayso("data", "build", source, "-o", "o", "--date-order", "month-first").exit_code == 0
    assert "2024-04-05" in {labelled.article.date for labelled in sayso.load_dataset("o")}


def test_a_split_by_date_takes_the_order():
    asked = ["data", "split", "rows.csv", "-o", "o", "--by", "date", "--shares", "50/50"]
    assert run_sayso(*asked).exit_code == 1
    assert run_sayso(*asked, "--date-order", "day-first").exit_code == 0
    assert {labelled.article.date for labelled in sayso.load_dataset("o")} == {"2024-05-04", "2024-06-05", "2024-08-07"}


def test_shares_by_month_take_the_order_for_the_dates_of_rows():
    asked = ["shares", "rows.csv", "--gold", "gold.csv", "--column", "tone", "--by", "month", "--out", "s.csv"]
    assert run_sayso(*asked, "--date-order", "month-first").exit_code == 0
    assert cells("s.csv") >= {"2024-04", "2024-05", "2024-07"}


def test_python_takes_the_order_and_names_it_as_an_argument():
    assert [article.date for article in sayso.read_articles("own.csv", date_order="day-first")] == [
        "2024-05-04",
        "2024-06-05",
    ]
    with pytest.warns(UserWarning, match=r'Give date_order="day-first" or date_order="month-first", or write 2024-05-04'):
        assert [article.date for article in sayso.read_articles("own.csv")] == [None, None]
    with pytest.raises(ValueError, match=r"date_order is one of 'day-first', 'month-first', 'year-first', not 'dmy'"):
        sayso.read_articles("own.csv", date_order="dmy")
