"""Rows of a dataset as Arrow tables: one schema for all shards, and the stamp that says which changes a shard holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....errors import SaysoError
from ...datasets.parquet_spool import schema_of
from ...records import LabelledArticle
from ...rows.columns import COLUMNS, Feature, arrow_type
from ...rows.labelled_rows import articles_of, rows_of
from ...rows.places import ABOUT_ARTICLE
from ...rows.suggestions import CODEBOOK
from ...tabular.parquet import class_names, with_names

if TYPE_CHECKING:
    import pyarrow as pa

_STAMP = b"sayso"
_FEW = 20  # sentences: of more all are written anew
_NUMBERS = {name: {label: i for i, label in enumerate(f)} for name, f in COLUMNS.items() if isinstance(f, tuple)}


def columns_with(names: Iterable[str]) -> dict[str, Feature]:
    """Give the columns of a dataset with further ones: labels and suggestions, then what tells about articles."""
    further = {*names, CODEBOOK} - {*COLUMNS}
    about = sorted(name for name in further if name.startswith(ABOUT_ARTICLE))
    return {**COLUMNS, **dict.fromkeys(sorted(further - {*about}), "string"), **dict.fromkeys(about, "string")}


def is_ours(schema: "pa.Schema") -> bool:
    """Tell whether rows can be taken as they are: with all of our columns and their labels, and others of text only."""
    names = class_names(schema.metadata or {})
    if len({*schema.names}) < len(schema.names) or not {*COLUMNS} <= {*schema.names}:
        return False
    return all(names.get(name) == list(of) for name, of in _NUMBERS.items()) and all(
        schema.field(name).type == arrow_type(COLUMNS.get(name, "string")) for name in schema.names
    )


def stamp_of(schema: "pa.Schema") -> tuple[str, int] | None:
    """Give the annotator of a shard and the number of the last change that is in it; None where no project wrote it."""
    try:
        stamp = json.loads((schema.metadata or {})[_STAMP])
        return str(stamp["annotator"]), int(stamp["change"])
    except (KeyError, ValueError, TypeError, OverflowError, RecursionError):
        return None


def read_table(path: Path, columns: Sequence[str] | None = None) -> "pa.Table":
    """Read a file, or some columns of it; bytes that are no text are an error of Arrow's."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:  # pq.read_table would load pandas
        table = file.read(columns)
    table.validate(full=True)
    return table


def write_table(table: "pa.Table", to: Any, annotator: str, change: int) -> None:
    """Write a shard, stamped with whose it is and its last change."""
    import pyarrow.parquet as pq

    metadata = {**(table.schema.metadata or {}), _STAMP: json.dumps({"annotator": annotator, "change": change}).encode()}
    pq.write_table(table.replace_schema_metadata(metadata), to)


def as_schema(table: "pa.Table", schema: "pa.Schema") -> "pa.Table":
    """Give a table with the columns of a schema; those that it does not have are empty."""
    import pyarrow as pa

    there = {*table.schema.names}
    empty = pa.nulls(len(table), pa.string())
    return pa.table([table.column(name) if name in there else empty for name in schema.names], schema=schema)


def joined(tables: Iterable["pa.Table"], schema: "pa.Schema") -> "pa.Table":
    """Put tables of one schema together."""
    import pyarrow as pa

    return pa.concat_tables([table.replace_schema_metadata(schema.metadata) for table in tables]).combine_chunks()


def joined_by_split(tables: Iterable[tuple[str, "pa.Table"]], schema: "pa.Schema") -> list[tuple[str, "pa.Table"]]:
    """Put neighbours of one split together."""
    groups = groupby(tables, key=lambda pair: pair[0])
    return [(split, joined([table for _, table in group], schema)) for split, group in groups]


def table_of(labelled: LabelledArticle, schema: "pa.Schema") -> "pa.Table":
    """Give the rows of an article.

    Raises
    ------
    SaysoError
        If it cannot be kept as it is: a label is none of ours, its text holds what is no character.
    """
    import pyarrow as pa
    from pyarrow import json as arrow_json

    lines = "\n".join([json.dumps(_coded(row)) for row in rows_of(labelled)]).encode()
    reading = arrow_json.ReadOptions(use_threads=False, block_size=len(lines) + 1)
    parsing = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    try:  # Python's own values would do as well, but pyarrow loads pandas first, for which the first change would wait
        table = arrow_json.read_json(pa.BufferReader(lines), reading, parsing)
        return as_schema(table, schema)
    except (pa.ArrowException, ValueError, TypeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise SaysoError(f"{labelled.article.id!a}: cannot be stored in a table ({reason}); correct its text.") from error


def changed_sentences(before: LabelledArticle | None, after: LabelledArticle) -> list[int] | None:
    """Give the places of the few sentences in which an article differs; None where it differs otherwise or is not known."""
    if before is None or replace(before, sentences=()) != replace(after, sentences=()):
        return None
    if len(before.sentences) != len(after.sentences):
        return None
    changed = [i for i, (a, b) in enumerate(zip(before.sentences, after.sentences, strict=True)) if a is not b]
    return changed if len(changed) <= _FEW else None


def table_with(rows: "pa.Table", labelled: LabelledArticle, changed: Sequence[int], schema: "pa.Schema") -> "pa.Table":
    """Give the rows of an article of which a few sentences changed: the others stay as they are.

    Parameters
    ----------
    rows : Table
        Those before, of ``schema``.
    labelled : LabelledArticle
    changed : sequence of int
        Places in its sentences, ascending.
    schema : Schema
    """
    if rows.column("n").to_pylist() != [s.n for s in labelled.sentences]:  # somebody's own order of rows
        return table_of(labelled, schema)
    parts, at = [], 0
    for i in changed:
        new, old = table_of(replace(labelled, sentences=(labelled.sentences[i],)), schema), rows.slice(i, 1)
        for name in ("before", "after"):  # which alone depend on the sentences around
            new = new.set_column(schema.names.index(name), schema.field(name), old.column(name))
        parts += [rows.slice(at, i - at), new]
        at = i + 1
    return joined([*parts, rows.slice(at)], schema)


def check_fits(labelled: LabelledArticle, n: int | None, schema: "pa.Schema") -> None:
    """Refuse a sentence of an article that cannot be kept in a table; `table_of` says how."""
    sentences = labelled.sentences[:1] if n is None else tuple(s for s in labelled.sentences if s.n == n)
    table_of(replace(labelled, sentences=sentences), schema)


def _coded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put numbers in the place of labels of our scheme."""
    coded = dict(row)
    for name, of in _NUMBERS.items():
        if row[name] is not None:
            if row[name] not in of:
                raise SaysoError(f"{row['article']}: {name} {row[name]!r} is not one of {', '.join(of)}.")
            coded[name] = of[row[name]]
    return coded


def articles_in(table: "pa.Table", split: str) -> list[LabelledArticle]:
    """Read the articles that rows make."""
    names = class_names(table.schema.metadata or {})
    return articles_of((row["article"], {**with_names(row, names), "split": split}) for row in table.to_pylist())


def text_of(table: "pa.Table") -> str:
    """Give the text of the article that rows make."""
    parts = zip(*(table.column(name).to_pylist() for name in ("before", "text", "after")), strict=True)
    return "".join(part or "" for row in parts for part in row)


def dataset_schema(names: Iterable[str]) -> "pa.Schema":
    """Give the schema of a dataset with further columns."""
    return schema_of(columns_with(names))
