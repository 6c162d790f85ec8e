"""Parquet: an article a row; columns that stand in the names of folders are columns."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import unquote

from ....errors import SaysoError
from ...tabular.parquet import parquet_rows
from ..reader import Document, Reader
from ..tables import Result, article_of

_PARTITION = re.compile(r"(?P<column>[A-Za-z_]\w*)=(?P<value>.+)")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def _read(document: Document) -> Iterator[Result]:
    partitions = partition_columns(document.name)
    where = ""
    for where, row in parquet_rows(document.seekable(), document.name):
        try:
            yield article_of({**partitions, **row}, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not where:
        raise SaysoError(f"{document.name}: no rows in this table; there is nothing to read.")


def partition_columns(name: str) -> dict[str, str]:
    """Give the columns that stand in the folders of a file, as Spark, Arrow and pandas part tables.

    >>> partition_columns("news/outlet=Orla%20Post/year=2024/part-0.parquet")
    {'outlet': 'Orla Post', 'year': '2024'}
    """
    found = filter(None, (_PARTITION.fullmatch(folder) for folder in PurePath(name).parts[:-1]))
    return {folder["column"]: unquote(folder["value"]) for folder in found if folder["value"] != _NO_VALUE}


READER = Reader("Parquet: an article a row", (".parquet", ".pq"), _read, lambda start: start.startswith(b"PAR1"))
