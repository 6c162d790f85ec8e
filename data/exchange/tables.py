"""Tables of sentences as exchange formats: they are written here, and read as any table of labelled sentences is."""

from collections.abc import Sequence
from pathlib import Path

from ..datasets.folder import write_table
from ..records import LabelledArticle
from ..rows.tables import csv_lines, json_lines
from .format import Format, write_lines


def _write_csv(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, csv_lines(articles))


def _write_excel(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, csv_lines(articles, excel=True))


def _write_json_lines(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, json_lines(articles))


CSV = Format(
    tool="spreadsheets (--excel: safe against formulas)",
    holds="everything, nested columns as JSON",
    suffixes=(".csv",),
    write=_write_csv,
    write_excel=_write_excel,
)
PARQUET = Format(tool="pandas, Arrow, DuckDB", holds="everything", suffixes=(".parquet",), write=write_table)
JSON_LINES = Format(tool="sayso itself", holds="everything", suffixes=(".jsonl",), write=_write_json_lines)
