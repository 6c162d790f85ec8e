"""Tables of sentences as exchange formats: they are written here, and read as any table of labelled sentences is."""

from ..datasets.folder import write_table
from ..rows.tables import csv_lines, json_lines
from .format import Format, write_lines

CSV = Format(
    tool="spreadsheets (add --excel to keep cells from running as formulas)",
    holds="everything, with nested columns as JSON",
    suffixes=(".csv",),
    write=lambda articles, path: write_lines(path, csv_lines(articles)),
    write_excel=lambda articles, path: write_lines(path, csv_lines(articles, excel=True)),
)
PARQUET = Format(tool="pandas, Arrow, DuckDB", holds="everything", suffixes=(".parquet",), write=write_table)
JSON_LINES = Format(
    tool="sayso itself",
    holds="everything",
    suffixes=(".jsonl",),
    write=lambda articles, path: write_lines(path, json_lines(articles)),
)
