"""Rows written as they come, whose columns are known only at the end; memory holds a few thousand of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ...errors import SaysoError
from ..rows.columns import COLUMNS, Feature, arrow_type, json_features

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_AT_ONCE = 4000  # rows held in memory; also the size of a row group
_OWN = "own"


class Spool:
    """A temporary Parquet file with our columns, and all others in one, as JSON.

    Parameters
    ----------
    path : Path
        The file; the caller removes it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[dict[str, Any]] = []
        self._writer: pq.ParquetWriter | None = None
        self._numbers = {
            name: {label: i for i, label in enumerate(f)} for name, f in COLUMNS.items() if isinstance(f, tuple)
        }
        self._schema = schema_of({**COLUMNS, _OWN: "string"})

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row."""
        ours = {name: row.get(name) for name in COLUMNS}
        for name, of in self._numbers.items():
            label = ours[name]
            ours[name] = None if label is None else _number(of, label, name, str(row["article"]))
        own = {name: value for name, value in row.items() if name not in COLUMNS and value is not None}
        self._rows.append({**ours, _OWN: json.dumps(own) if own else None})
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._schema)
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write the last rows."""
        if self._rows:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def write(self, target: Path | BinaryIO, columns: Mapping[str, Feature]) -> None:
        """Write all rows, in order, with the columns given."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = schema_of(columns)
        names = [name for name in columns if name not in COLUMNS]
        with pq.ParquetFile(self._path) as source, pq.ParquetWriter(target, schema) as writer:
            for number in range(source.num_row_groups):
                table = source.read_row_group(number)
                own = [json.loads(cell) if cell else {} for cell in table.column(_OWN).to_pylist()]
                arrays = [table.column(name).combine_chunks() for name in COLUMNS]
                arrays += [pa.array([one.get(name) for one in own], pa.string()) for name in names]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def schema_of(columns: Mapping[str, Feature]) -> "pa.Schema":
    """Give the Arrow schema of columns, with what `datasets` reads out of it."""
    import pyarrow as pa

    metadata = {"huggingface": json.dumps({"info": {"features": json_features(columns)}})}
    return pa.schema([(name, arrow_type(feature)) for name, feature in columns.items()], metadata=metadata)


def _number(of: Mapping[str, int], label: str, column: str, article: str) -> int:
    if label not in of:
        raise SaysoError(f"{article}: {column} {label!r} is not one of {', '.join(of)}.")
    return of[label]
