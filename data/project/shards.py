"""An annotator's dataset in shards of some 40 articles, so that one change rewrites a small file."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..atomic_write import replace_file
from ..datasets.parquet_spool import schema_of
from ..records import LabelledArticle
from ..rows.columns import COLUMNS, Feature
from ..rows.labelled_rows import articles_of, rows_of
from ..rows.places import ABOUT_ARTICLE
from ..rows.suggestions import CODEBOOK
from ..tabular.parquet import class_names, with_names
from .history import sync_folder

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES, ROWS = 40, 2_000
"""A shard takes no further article from so many articles or rows on."""
_STAMP = b"sayso"
_NAME = re.compile(r"(train|validation|test)-(\d{5,})\.parquet")
_NEW, _OLD = ".data.new", ".data.old"
_KEPT = 8  # shards whose tables are kept in memory


@dataclass(slots=True)
class Shard:
    """One file.

    Parameters
    ----------
    number : int
        Of all shards of the dataset, whatever their split: the order in which they arrived.
    split : str
    change : int
        The number of the last change that is in it.
    n_articles, n_rows : int
    """

    number: int
    split: str
    change: int = 0
    n_articles: int = 0
    n_rows: int = 0

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.split}-{self.number:05d}.parquet"

    @property
    def is_full(self) -> bool:
        """Tell whether a further article goes into another shard."""
        return self.n_articles >= ARTICLES or self.n_rows >= ROWS


@dataclass(slots=True)
class Place:
    """Where an article's rows stand."""

    shard: Shard
    start: int
    n_rows: int


@dataclass(slots=True)
class Found:
    """What the index tells of an article without reading its sentences."""

    id: str
    place: Place
    about: dict[str, str | None]
    labelled: dict[str, int]
    complete: frozenset[str] = field(default_factory=frozenset)


class Shards:
    """The dataset of one annotator.

    Parameters
    ----------
    folder : Path
        ``labels/NAME``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.schema: pa.Schema = schema_of(columns_with(()))
        self.shards: list[Shard] = []
        self._tables: dict[int, pa.Table] = {}

    @property
    def own(self) -> list[str]:
        """The columns that are not ours: labels of the user's own, suggestions, and what tells about articles."""
        return [name for name in self.schema.names if name not in COLUMNS]

    def recover(self) -> None:
        """Finish what a killed process had begun: a new folder of shards that was to take the place of the old one."""
        new, old = self.folder / _NEW, self.folder / _OLD
        if not self.data.exists() and new.exists():
            os.replace(new, self.data)
        elif not self.data.exists() and old.exists():
            os.replace(old, self.data)
        for rest in (new, old, self.folder / f"{_NEW}.part"):
            shutil.rmtree(rest, ignore_errors=True)
        for rest in self.data.glob(".*.part") if self.data.is_dir() else ():
            rest.unlink(missing_ok=True)

    def files(self) -> list[Path]:
        """Give the Parquet files that are there."""
        return sorted(self.data.glob("*.parquet")) if self.data.is_dir() else []

    def load(self) -> Iterator[Found]:
        """Read what the list of articles needs, shard by shard in order of arrival."""
        import pyarrow.parquet as pq

        self.shards, self._tables = [], {}
        numbered = sorted((int(m[2]), m[1], p) for p in self.files() if (m := _NAME.fullmatch(p.name)))
        for number, split, path in numbered:
            with pq.ParquetFile(path) as file:
                schema = file.schema_arrow
                shard = Shard(number, split, change_of(schema))
                self.schema = schema.with_metadata(schema_of(features_of(schema)).metadata)
                table = file.read([name for name in schema.names if name not in ("before", "text", "after", "start", "end")])
            self.shards.append(shard)
            yield from index_of(table, shard)

    def table(self, shard: Shard) -> "pa.Table":
        """Give the rows of a shard."""
        import pyarrow.parquet as pq

        if shard.number not in self._tables:
            while len(self._tables) >= _KEPT:
                self._tables.pop(next(iter(self._tables)))
            self._tables[shard.number] = pq.read_table(self.data / shard.name, partitioning=None)
        return self._tables[shard.number]

    def article(self, place: Place) -> LabelledArticle:
        """Read an article."""
        return article_of_rows(self.table(place.shard).slice(place.start, place.n_rows), place.shard.split)

    def replace(self, changed: Mapping[int, Sequence[tuple[Place, LabelledArticle]]], change: int) -> "Writing":
        """Prepare shards with changed articles; `Writing` puts them in place."""
        import pyarrow as pa

        tables: list[tuple[Shard, pa.Table]] = []
        for places in changed.values():
            shard = places[0][0].shard
            table = self.table(shard)
            parts, at = [], 0
            for place, labelled in sorted(places, key=lambda pair: pair[0].start):
                parts += [table.slice(at, place.start - at), table_of(rows_of(labelled), self.schema)]
                at = place.start + place.n_rows
            parts.append(table.slice(at))
            plain = [part.replace_schema_metadata(self.schema.metadata) for part in parts]
            tables.append((shard, pa.concat_tables(plain).combine_chunks()))
        return Writing(self, tables, change)

    def append(self, articles: Iterable[LabelledArticle], change: int) -> list[Found]:
        """Write new articles into the last shard of their split that has room, and into new ones."""
        import pyarrow as pa

        found: list[Found] = []
        waiting: dict[int, tuple[Shard, list[pa.Table]]] = {}
        for labelled in articles:
            shard = self._with_room(labelled.split, change)
            table = table_of(rows_of(labelled), self.schema)
            if shard.number not in waiting:
                waiting[shard.number] = shard, ([self.table(shard)] if shard.n_rows else [])
            waiting[shard.number][1].append(table)
            for one in index_of(table, shard, start=shard.n_rows):
                found.append(one)
        tables = [
            (shard, pa.concat_tables([t.replace_schema_metadata(self.schema.metadata) for t in of]).combine_chunks())
            for shard, of in waiting.values()
        ]
        self.data.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(Writing(self, tables, change))
        return found

    def _with_room(self, split: str, change: int) -> Shard:
        last = next((s for s in reversed(self.shards) if s.split == split), None)
        if last is None or last.is_full:
            last = Shard(max((s.number for s in self.shards), default=-1) + 1, split, change)
            self.shards.append(last)
        return last

    def keep(self, shard: Shard, table: "pa.Table") -> None:
        """Remember the rows of a shard that was written."""
        self._tables[shard.number] = table

    def widen(self, columns: Iterable[str]) -> None:
        """Give all shards further columns, which are empty; their files take the places of the old ones together."""
        features = columns_with([*self.own, *columns])
        schema = schema_of(features)
        if schema.names == self.schema.names:
            return
        staged = self.folder / f"{_NEW}.part"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        for shard in self.shards:
            write_table(as_schema(self.table(shard), schema), staged / shard.name, shard.change)
        self._tables, self.schema = {}, schema
        self.swap(staged)

    def swap(self, staged: Path) -> None:
        """Put a whole folder of shards in the place of the one that is there."""
        new, old = self.folder / _NEW, self.folder / _OLD
        os.replace(staged, new)
        if self.data.exists():
            os.replace(self.data, old)
        os.replace(new, self.data)
        sync_folder(self.folder)
        shutil.rmtree(old, ignore_errors=True)


class Writing:
    """Shards on their way to disk: written beside the old ones on entering, put in their places on leaving."""

    def __init__(self, shards: Shards, tables: Sequence[tuple[Shard, "pa.Table"]], change: int) -> None:
        self._shards, self._tables, self._change = shards, tables, change
        self._files = ExitStack()

    def __enter__(self) -> "Writing":
        with self._files:
            for shard, table in self._tables:
                file = self._files.enter_context(replace_file(self._shards.data / shard.name))
                write_table(table, file, self._change)
                file.flush()
                os.fsync(file.fileno())  # a full disk is found now, not when the log tells of the change already
            self._files = self._files.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._files.__exit__(*error)
        if error[0] is None:
            for shard, table in self._tables:
                shard.change = self._change
                self._shards.keep(shard, table)


def columns_with(names: Iterable[str]) -> dict[str, Feature]:
    """Give the columns of a dataset with further ones: labels and suggestions, then what tells about articles."""
    further = {*names, CODEBOOK} - {*COLUMNS}
    about = sorted(name for name in further if name.startswith(ABOUT_ARTICLE))
    return {**COLUMNS, **dict.fromkeys(sorted(further - {*about}), "string"), **dict.fromkeys(about, "string")}


def features_of(schema: "pa.Schema") -> dict[str, Feature]:
    """Give the columns of a file of ours."""
    return columns_with(schema.names)


def change_of(schema: "pa.Schema") -> int:
    """Give the number of the last change that is in a shard; -1 where the file is not as a project wrote it."""
    try:
        return int(json.loads((schema.metadata or {})[_STAMP])["change"])
    except (KeyError, ValueError, TypeError):
        return -1


def write_table(table: "pa.Table", to: Any, change: int) -> None:
    """Write a shard, stamped with its last change."""
    import pyarrow.parquet as pq

    metadata = {**(table.schema.metadata or {}), _STAMP: json.dumps({"change": change}).encode()}
    pq.write_table(table.replace_schema_metadata(metadata), to)


def as_schema(table: "pa.Table", schema: "pa.Schema") -> "pa.Table":
    """Give a table with the columns of a schema; those it does not have are empty."""
    import pyarrow as pa

    columns = [
        table.column(column.name).cast(column.type)
        if column.name in table.schema.names
        else pa.nulls(len(table), column.type)
        for column in schema
    ]
    return pa.table(columns, schema=schema)


def table_of(rows: Iterable[Mapping[str, Any]], schema: "pa.Schema") -> "pa.Table":
    """Give rows as a table, labels of the scheme as their numbers."""
    import pyarrow as pa

    numbers = {name: {label: i for i, label in enumerate(f)} for name, f in COLUMNS.items() if isinstance(f, tuple)}
    coded = [{**row, **{name: of[row[name]] for name, of in numbers.items() if row[name] is not None}} for row in rows]
    return pa.Table.from_pylist(coded, schema=schema)


def article_of_rows(table: "pa.Table", split: str) -> LabelledArticle:
    """Read the article that rows make."""
    names = class_names(table.schema.metadata or {})
    rows = [("", {**with_names(row, names), "split": split}) for row in table.to_pylist()]
    (labelled,) = articles_of(rows)
    return labelled


def index_of(table: "pa.Table", shard: Shard, start: int = 0) -> Iterator[Found]:
    """Give what the list needs of each article in a table, and count them into its shard."""
    import numpy as np
    import pyarrow.compute as pc

    ids = table.column("article").to_pylist()
    starts = [i for i, name in enumerate(ids) if not i or name != ids[i - 1]]
    shard.n_articles += len(starts)
    shard.n_rows += len(ids)
    if not starts:
        return
    masks = {}
    for name in table.schema.names:
        if name in ("kind", "source_type", "bias"):
            masks[name] = pc.is_valid(table.column(name))
        elif name in ("stance", "attributions", "loaded"):
            masks[name] = pc.fill_null(pc.greater(pc.list_value_length(table.column(name)), 0), False)
        elif name not in COLUMNS:
            masks[name] = pc.fill_null(pc.not_equal(table.column(name), ""), False)
    counts = {
        name: np.add.reduceat(mask.to_numpy(zero_copy_only=False).astype(np.int64), starts).tolist()
        for name, mask in masks.items()
    }
    heads = table.take(starts).select(["title", "outlet", "date", "url", "language", "complete"]).to_pylist()
    for number, (first, head) in enumerate(zip(starts, heads, strict=True)):
        n_rows = (starts[number + 1] if number + 1 < len(starts) else len(ids)) - first
        labelled = {name: of[number] for name, of in counts.items() if of[number]}
        complete = frozenset(head.pop("complete") or ())
        yield Found(ids[first], Place(shard, start + first, n_rows), head, labelled, complete)
