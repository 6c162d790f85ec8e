"""Parquet and Arrow: one article per row; columns that stand in the names of folders are columns."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from ....errors import SaysoError
from ...tabular.parquet import batch_rows, parquet_rows, why_damaged
from ..folder_columns import folder_columns
from ..reader import Document
from ..tables import Result, article_of

_PARQUET, _ARROW, _ARROW_STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"  # what they begin with


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    partitions = folder_columns(document.name)
    stream = document.seekable()
    first = stream.peek(4)[:4]
    if not first:
        raise SaysoError(f"{document.name}: the file is empty.")
    is_parquet = first == _PARQUET
    where = ""
    for where, row in (parquet_rows if is_parquet else _arrow_rows)(stream, document.name):
        try:
            yield article_of({**partitions, **row}, where, document.columns, document.notices)
        except SaysoError as error:
            yield error
    if not where:
        raise SaysoError(f"{document.name}: this table has no rows.")


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
            for row in batch_rows(batch, name, number):
                number += 1
                yield f"{name}:{number}", row
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise SaysoError(f"{name}: not a Parquet or Arrow table, or a damaged one ({why_damaged(error)}).") from error


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.startswith((_PARQUET, _ARROW, _ARROW_STREAM))
