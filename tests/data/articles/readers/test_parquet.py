import io
import sys
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import json_rows, run_sayso

from sayso.data.articles.files import read_articles

RAIN, SNOW = "Rain fell on Orla. “We stay,” said Ada Brenn.", "Snow fell on Tolland. The guild met."


def read(*paths):
    errors, notices = [], []
    articles = list(read_articles(map(str, paths), on_error=errors.append, notice=notices.append))
    return articles, [str(e) for e in errors], notices


def table(path, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def test_a_row_is_an_article(tmp_path):
    path = table(
        tmp_path / "a.parquet",
        title=["Rain", None],
        body=[RAIN, f"<p>{SNOW}</p>"],
        published=[datetime(2024, 3, 4), datetime(2024, 3, 5, 10, 30)],
        day=[date(2024, 3, 4)] * 2,
        source=[{"name": "Orla Post"}, {"name": "Echo"}],
        authors=[["Ada", "Bo"], []],
    )
    articles, errors, notices = read(path)
    assert [(a.id, a.title, a.outlet, a.date, a.text) for a in articles] == [
        (f"{path}:1", "Rain", "Orla Post", "2024-03-04", RAIN),
        (f"{path}:2", None, "Echo", "2024-03-05", SNOW),
    ]
    assert articles[0].extra["authors"] == "Ada, Bo"
    assert errors == []
    assert notices == [f"tags (markup) removed from the text: once, at {path}:2."]


def test_an_index_that_pandas_left_out_of_the_columns_names_the_articles(tmp_path):
    frame = pd.DataFrame({"text": [RAIN, SNOW]}, index=pd.RangeIndex(10, 30, 10, name="id"))
    frame.to_parquet(tmp_path / "a.parquet")
    assert [a.id for a in read(tmp_path)[0]] == ["10", "20"]


def test_columns_in_the_names_of_folders_are_columns(tmp_path):
    table(tmp_path / "outlet=Orla%20Post" / "year=2024" / "part-0.parquet", text=[RAIN])
    table(tmp_path / "outlet=__HIVE_DEFAULT_PARTITION__" / "year=2023" / "part-0.parquet", text=[SNOW])
    articles, errors, _ = read(tmp_path)
    assert [(a.outlet, a.extra.get("year"), a.text) for a in articles] == [
        ("Orla Post", "2024", RAIN),
        (None, "2023", SNOW),
    ]
    assert errors == []


def test_rows_without_text_are_told_by_number(tmp_path):
    path = table(tmp_path / "a.parquet", text=[RAIN, None, ""])
    articles, errors, _ = read(path)
    assert [a.text for a in articles] == [RAIN]
    assert errors == [f"{path}:2: no text; leave it out.", f"{path}:3: no text; leave it out."]


def test_a_table_comes_from_standard_input(tmp_path, monkeypatch):
    raw = table(tmp_path / "a.parquet", text=[RAIN, SNOW]).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert [(a.id, a.text) for a in read("-")[0]] == [("-:1", RAIN), ("-:2", SNOW)]


@pytest.mark.parametrize("size", [4, 40, -1])
def test_a_broken_table_is_refused(tmp_path, size):
    path = table(tmp_path / "a.parquet", text=[RAIN])
    path.write_bytes(path.read_bytes()[:size])
    articles, errors, _ = read(path)
    assert articles == []
    assert len(errors) == 1
    assert errors[0].startswith(f"{path}: not a Parquet table, or a damaged one (")


def test_a_table_without_rows_is_refused(tmp_path):
    path = table(tmp_path / "a.parquet", text=pa.array([], pa.string()))
    assert read(path)[1] == [f"{path}: this table has no rows."]


def test_an_empty_file_is_no_table(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"")
    assert read(tmp_path / "a.parquet")[1] == [f"{tmp_path}/a.parquet: the file is empty."]


def test_a_dataset_is_built_of_articles_in_parquet(tmp_path):
    table(tmp_path / "news" / "outlet=Echo" / "a.parquet", title=["Rain", "Snow"], text=[RAIN, SNOW])
    result = run_sayso("data", "build", tmp_path / "news", "--rows", "articles", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "4 sentences in 2 articles" in result.stderr


def test_sentences_are_suggested_out_of_a_folder_of_articles(tmp_path):
    table(tmp_path / "news" / "outlet=Echo" / "a.parquet", title=["Rain", "Snow"], text=[RAIN, SNOW])
    result = run_sayso("data", "suggest", tmp_path / "news", "--out", tmp_path / "queue.jsonl")
    assert result.exit_code == 0
    assert len(json_rows((tmp_path / "queue.jsonl").read_text())) == 4


@pytest.mark.parametrize(("name", "opened"), [("a.arrow", pa.ipc.new_stream), ("a.feather", pa.ipc.new_file)])
def test_arrow_files_and_streams_are_read(tmp_path, monkeypatch, name, opened):
    rows = pa.table({"text": [RAIN, SNOW], "published": [datetime(2024, 3, 4), datetime(2024, 3, 5, 10)]})
    with opened(tmp_path / name, rows.schema) as writer:
        writer.write_table(rows, max_chunksize=1)
    expected = [(f"{tmp_path}/{name}:1", "2024-03-04", RAIN), (f"{tmp_path}/{name}:2", "2024-03-05", SNOW)]
    articles, errors, _ = read(tmp_path)
    assert [(a.id, a.date, a.text) for a in articles] == expected
    assert errors == []
    raw = (tmp_path / name).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert [a.text for a in read("-")[0]] == [RAIN, SNOW]
    (tmp_path / name).write_bytes(raw[:-300])
    assert read(tmp_path)[1][-1].startswith(f"{tmp_path}/{name}: not a Parquet or Arrow table, or a damaged one (")


def test_a_value_that_python_cannot_hold_is_named(tmp_path):
    read_at = pa.array([0, 2**40], pa.timestamp("s", "UTC"))  # the second is some 35,000 years from now
    with pa.ipc.new_file(tmp_path / "a.arrow", pa.schema({"text": pa.string(), "read": read_at.type})) as writer:
        writer.write_table(pa.table({"text": [RAIN, SNOW], "read": read_at}))
    articles, errors, _ = read(tmp_path / "a.arrow")
    assert articles == []
    assert [error.partition(" (")[0] for error in errors] == [
        f"{tmp_path}/a.arrow:2: read holds a value of type timestamp[s, tz=UTC] that cannot be read"
    ]
