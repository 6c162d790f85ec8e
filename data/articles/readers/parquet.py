"""Parquet and Arrow: an article a row; columns that stand in the names of folders are columns."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO
from urllib.parse import unquote

from ....errors import SaysoError
from ...tabular.parquet import parquet_rows
from ..reader import Document
from ..tables import Result, article_of

_PARTITION = re.compile(r"(?P<column>[A-Za-z_]\w*)=(?P<value>.+)")
_PARQUET, _ARROW, _ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"  # what they begin with
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    partitions = partition_columns(document.name)
    stream = document.seekable()
    is_parquet = stream.peek(4)[:4] == _PARQUET
    where = ""
    for where, row in (parquet_rows if is_parquet else _arrow_rows)(stream, document.name):
        try:
            yield article_of({**partitions, **row}, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not where:
        raise SaysoError(f"{document.name}: no rows in this table; there is nothing to read.")


def _arrow_rows(stream: BinaryIO, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of an Arrow file or stream (Feather, datasets on disk), each with its place, batch by batch."""
    import pyarrow as pa

    is_file = stream.read(len(_ARROW)) == _ARROW
    stream.seek(0)
    number = 0
    try:
        reader = pa.ipc.open_file(stream) if is_file else pa.ipc.open_stream(stream)
        batches = map(reader.get_batch, range(reader.num_record_batches)) if is_file else iter(reader)
        for batch in batches:
            for row in batch.to_pylist():
                number += 1
                yield f"{name}:{number}", row
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise SaysoError(f"{name}: no Parquet or Arrow table, or a broken one ({reason}).") from error


def partition_columns(name: str) -> dict[str, str]:
    """Return the columns in the names of folders, by which Spark, Arrow and pandas divide tables.

    >>> partition_columns("news/outlet=Orla%20Post/year=2024/part-0.parquet")
    {'outlet': 'Orla Post', 'year': '2024'}
    """
    partitions = filter(None, (_PARTITION.fullmatch(folder) for folder in PurePath(name).parts[:-1]))
    return {folder["column"]: unquote(folder["value"]) for folder in partitions if folder["value"] != _NO_VALUE}


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith((_PARQUET, _ARROW, _ARROW_STREAM))
