"""Parquet and Arrow tables: an article a row."""

from ..reader import Reader

READER = Reader(
    "Parquet tables: an article a row", (".parquet",), lambda document: iter(()), lambda start: start.startswith(b"PAR1")
)
