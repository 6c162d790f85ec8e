"""Rows of datasets as we write them, taken as they are."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...datasets.folder import dataset_tables
from ...rows.given import without_version
from ...rows.suggestions import CODEBOOK
from .index import counted, runs_of
from .tables import as_schema, dataset_schema, is_ours

if TYPE_CHECKING:
    import pyarrow as pa


def whole_tables(folder: Path) -> "list[tuple[str, pa.Table]] | None":
    """Give the tables of a dataset as we write it without looking at single rows; None where it is not so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables: list[tuple[str, pa.Table]] = []
    seen: set[str] = set()
    for split, path in dataset_tables(folder):
        if path.suffix != ".parquet":
            return None
        try:
            with pq.ParquetFile(path) as file:
                if not is_ours(file.schema_arrow):
                    return None
                table = file.read()
            table.validate(full=True)
        except (pa.ArrowException, OSError, ValueError):
            return None  # reading it row by row tells what is wrong
        ids = table.column("article").to_pylist()
        names = [ids[i] for i in runs_of(ids)]
        if not ids or None in names or len({*names}) < len(names) or not seen.isdisjoint(names):
            return None
        seen.update(names)
        tables.append((split, table))
    schema = dataset_schema({name for _, table in tables for name in table.schema.names})
    return [(split, as_schema(table, schema)) for split, table in tables]


def without_versions(tables: "Iterable[tuple[str, pa.Table]]") -> "Iterator[tuple[str, pa.Table]]":
    """Forget under which version of another project's codebook labels were given; what was accepted stays so."""
    return ((split, _without_version(table)) for split, table in tables)


def _without_version(table: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    cells = table.column(CODEBOOK)
    kept = {cell: without_version(cell) for cell in cells.unique().to_pylist()}
    if not any(kept.values()):
        return _emptied(table, [CODEBOOK])
    at, field = table.schema.names.index(CODEBOOK), table.schema.field(CODEBOOK)
    return table.set_column(at, field, pa.array([kept[cell] for cell in cells.to_pylist()], field.type))


def without_labels(tables: "Iterable[tuple[str, pa.Table]]") -> "Iterator[tuple[str, pa.Table]]":
    """Give the articles alone, with what models suggest."""
    return ((split, _emptied(table, [*counted(table.schema.names), CODEBOOK, "complete"])) for split, table in tables)


def _emptied(table: "pa.Table", columns: Sequence[str]) -> "pa.Table":
    import pyarrow as pa

    for name in columns:
        field = table.schema.field(name)
        table = table.set_column(table.schema.names.index(name), field, pa.nulls(len(table), field.type))
    return table
