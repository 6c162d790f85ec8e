"""Parquet files as pandas and `datasets` write them."""

import io
from datetime import datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.data.tabular.parquet import parquet_rows


def read(write):
    """Give the cells of the rows of what a function writes."""
    stream = io.BytesIO()
    write(stream)
    stream.seek(0)
    return [row for _, row in parquet_rows(stream, "x.parquet")]


@pytest.mark.parametrize(
    ("index", "column", "values"),
    [
        (pd.RangeIndex(10, 40, 10, name="article"), "article", [10, 20, 30]),  # pandas writes no column for it
        (pd.RangeIndex(10, 40, 10), "index", [10, 20, 30]),
        (pd.RangeIndex(3, name="article"), "article", [0, 1, 2]),
        (pd.Index([10, 20, 50], name="article"), "article", [10, 20, 50]),
        (pd.Index(["a", "b", "c"]), "__index_level_0__", ["a", "b", "c"]),
    ],
)
def test_an_index_of_pandas_is_a_column(index, column, values):
    frame = pd.DataFrame({"text": ["Rain.", "Hail.", "Snow."]}, index=index)
    rows = read(frame.to_parquet)
    assert [row[column] for row in rows] == values
    assert [row["text"] for row in rows] == ["Rain.", "Hail.", "Snow."]


def test_an_index_that_only_counts_the_rows_is_none():
    assert read(pd.DataFrame({"text": ["Rain."]}).to_parquet) == [{"text": "Rain."}]


def test_days_times_and_decimals_are_written_plainly():
    table = pa.table(
        {
            "day": [datetime(2024, 3, 1), datetime(2024, 3, 1, 8, 30)],
            "n": [Decimal("3.00"), Decimal("0.50")],
        }
    )
    assert read(lambda stream: pq.write_table(table, stream)) == [
        {"day": "2024-03-01", "n": 3},
        {"day": "2024-03-01T08:30:00", "n": 0.5},
    ]
