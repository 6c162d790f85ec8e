import json

import pytest

from sayso.data.articles.files import read_articles
from sayso.data.articles.folder_columns import folder_columns, with_folder_columns
from sayso.data.records import Article
from sayso.errors import SaysoError

RAIN = "Rain fell on Orla. The guild met in Tolland."


def known(name, **about):
    [article] = with_folder_columns([Article("a", RAIN, **about)], name)
    return article


def test_values_are_decoded_and_what_is_not_known_is_left_out():
    assert folder_columns("x/outlet=Orla%20%26%20Tolm/section=__HIVE_DEFAULT_PARTITION__/b.csv") == {"outlet": "Orla & Tolm"}
    assert folder_columns("x/1=2/a b=c/d=/year=2024.csv") == {}


def test_articles_of_any_file_know_what_their_folders_say(tmp_path):
    folder = tmp_path / "outlet=Orla%20Post" / "year=2024" / "desk=city"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(RAIN, encoding="utf-8")
    (folder / "b.jsonl").write_text(json.dumps({"text": RAIN, "outlet": "Tolm", "desk": "port"}) + "\n", encoding="utf-8")
    of_text, of_row = read_articles([str(tmp_path)])
    assert (of_text.outlet, of_text.date, of_text.extra) == ("Orla Post", "2024", {"year": "2024", "desk": "city"})
    assert (of_row.outlet, of_row.date, of_row.extra) == ("Tolm", "2024", {"year": "2024", "desk": "port"})


@pytest.mark.parametrize(
    ("name", "date", "extra"),
    [
        ("year=2024/month=5/day=09/a", "2024-05-09", {"year": "2024"}),
        ("year=2024/month=05/a", "2024-05", {"year": "2024"}),
        ("year=2024/month=13/a", "2024", {"year": "2024", "month": "13"}),  # no month
        ("month=05/a", None, {"month": "05"}),
        ("year=old/month=05/a", None, {"year": "old", "month": "05"}),
        ("date=2024-05-09/a", "2024-05-09", {}),
    ],
)
def test_folders_of_year_month_and_day_are_a_date(name, date, extra):
    assert (known(name).date, dict(known(name).extra)) == (date, extra)


def test_a_date_of_its_own_stays():
    article = known("year=2024/month=05/a", date="2024-05-09", extra={"month": "05", "topic": "port"})
    assert (article.date, article.extra) == ("2024-05-09", {"year": "2024", "topic": "port"})


def test_errors_are_passed_on():
    error = SaysoError("a: no text; leave it out.")
    assert list(with_folder_columns([error], "outlet=Orla/a")) == [error]


def test_files_can_be_named_otherwise(tmp_path):
    path = tmp_path / "b.txt"
    path.write_text(RAIN, encoding="utf-8")
    errors = []
    paths = [str(path), str(tmp_path / "none.txt")]
    [article] = read_articles(paths, names={paths[0]: "news/b.txt", paths[1]: "news/none.txt"}, on_error=errors.append)
    assert article.id == "news/b.txt"
    assert [str(error) for error in errors] == ["news/none.txt: No such file or directory; check the path."]
