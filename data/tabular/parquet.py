"""Rows of Parquet files, with the index that pandas keeps beside its columns."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from ...errors import SaysoError
from ..schemas.shown import shown

if TYPE_CHECKING:
    import pyarrow as pa

Cells = dict[str, Any]
_BATCH = 500  # rows
_MOST = 2**53  # an index beyond is none of a table's
_AS_IT_IS = frozenset((str, int, float, bool, list, dict, type(None)))
_BUFFER = 1 << 20  # bytes of a column that are read at once, however large its row group


def parquet_rows(file: "str | BinaryIO", name: str) -> Iterator[tuple[str, Cells]]:
    """Yield the rows of a Parquet file, each with its place: ``name:number``, from 1.

    Parameters
    ----------
    file : str or binary file
        What is read; a file can be rewound.
    name : str
        How messages name it.

    Yields
    ------
    str, dict
        Where a row stands, and its cells. Numbers of a ClassLabel column get their names, a time at midnight is a day. An
        index that pandas left out of the columns, since it goes up in equal steps, is a column again.

    Raises
    ------
    SaysoError
        If it is no Parquet file, or a broken one.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        # read ahead, it would keep the bytes of every row group up to the end of the file
        with pq.ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER) as table:
            metadata = table.schema_arrow.metadata or {}
            twice = next((column for column, n in Counter(table.schema_arrow.names).items() if n > 1), None)
            if twice is not None:
                raise SaysoError(f"{name}: two columns have the name {shown(twice)}; rename one.")
            names, index = class_names(metadata), _index_steps(metadata, table.metadata.num_rows)
            for batch in table.iter_batches(batch_size=_BATCH):
                for row in batch_rows(batch, name, number):
                    row = {column: value if type(value) in _AS_IT_IS else _plain(value) for column, value in row.items()}
                    if index and index[0] not in row:
                        row = {index[0]: index[1][number], **row}
                    number += 1
                    yield f"{name}:{number}", with_names(row, names)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise SaysoError(f"{name}: not a Parquet table, or a damaged one ({why_damaged(error)}).") from error


def why_damaged(error: Exception) -> str:
    """Give the reason in one line; a damaged file may ask for more bytes than there are in any memory.

    >>> why_damaged(ValueError("Bad thrift")), why_damaged(MemoryError())
    ('Bad thrift', 'it asks for more memory than there is')
    """
    if isinstance(error, MemoryError):
        return "it asks for more memory than there is"
    return (str(error).splitlines() or [type(error).__name__])[0]


def batch_rows(batch: "pa.RecordBatch", name: str, before: int) -> list[Cells]:
    """Give the rows of a batch; ``before`` is the number of rows before it.

    Raises
    ------
    SaysoError
        If a value cannot be read; the message names its row and column.
    """
    try:
        batch.validate(full=True)  # a damaged table may say that a text lies outside its bytes
        rows: list[Cells] = batch.to_pylist()
    except Exception:  # whatever a value that Python cannot hold meets: a day in the year 100,000, an unknown time zone
        for column, values in zip(batch.schema.names, batch.columns, strict=True):
            for at in range(len(values)):
                value = values.slice(at, 1)
                try:
                    value.validate(full=True)
                    value.to_pylist()
                except Exception as error:
                    reason = (str(error).splitlines() or [type(error).__name__])[0][:100]
                    raise SaysoError(
                        f"{name}:{before + at + 1}: {column} holds a value of type {values.type} that cannot be read "
                        f"({reason}); write the column as text."
                    ) from error
        raise
    return rows


def _index_steps(metadata: dict[bytes, bytes], n_rows: int) -> tuple[str, range] | None:
    """Give the name and the values of an index that stands only in pandas' own notes; None for 0, 1, 2 … without a name."""
    try:
        index = next(one for one in json.loads(metadata[b"pandas"])["index_columns"] if isinstance(one, dict))
        values = range(index["start"], index["stop"], index["step"])
        name = index.get("name")
    except (KeyError, ValueError, TypeError, StopIteration, RecursionError):
        return None
    if values[-1:] and abs(values[-1]) > _MOST:
        return None
    if len(values) != n_rows or (name is None and values == range(n_rows)):
        return None
    return ("index" if name is None else str(name)), values


def _plain(value: Any) -> Any:
    """Give a day or a time as ISO, and decimals as numbers; pandas keeps days as times at midnight."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def class_names(metadata: dict[bytes, bytes]) -> dict[str, list[str]]:
    """Return the labels behind the numbers of a column, as `datasets` writes them down."""
    try:
        features = json.loads(metadata.get(b"huggingface", b"{}")).get("info", {}).get("features", {})
        return {
            name: [str(label) for label in feature["names"]]
            for name, feature in features.items()
            if isinstance(feature, dict) and feature.get("_type") == "ClassLabel"
        }
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return {}


def with_names(row: Cells, names: dict[str, list[str]]) -> Cells:
    """Put the labels of ClassLabel columns in the place of their numbers; None for a number without one."""
    for column, labels in names.items():
        number = row.get(column)
        if isinstance(number, int):
            row[column] = labels[number] if 0 <= number < len(labels) else None
    return row
