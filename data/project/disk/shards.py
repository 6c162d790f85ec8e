"""An annotator's dataset in shards of some 40 articles, so that one change rewrites a small file."""

import os
import re
import shutil
import stat
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ....errors import SaysoError
from ...atomic_write import replace_file
from ...records import LabelledArticle
from ...rows.columns import COLUMNS
from ...system.file_systems import remove_folder, replace
from .history import sync_folder
from .index import Found, Place, Shard, index_of, indexed, runs_of
from .tables import (
    articles_in,
    as_schema,
    changed_sentences,
    dataset_schema,
    is_ours,
    joined,
    read_table,
    stamp_of,
    table_of,
    table_with,
    write_table,
)

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES, ROWS = 40, 2_000
"""So many articles and rows has a shard at most, but for one long article: writing it anew takes some 10 ms."""
CARD = "README.md"
_NAME = re.compile(r"(train|validation|test)-(\d{5,})\.parquet")
_NEW, _OLD, _PART = ".data.new", ".data.old", ".data.part"
_KEPT = 8  # shards whose rows are kept in memory
Changed = tuple[Place, LabelledArticle | None, LabelledArticle]
"""Where an article stands, the article before if it is known, and as it is to be."""
Signature = dict[str, tuple[int, int, int]]
"""Of each file: when it was written, its size and its number in the file system."""


class ForeignError(Exception):
    """The dataset is not in the shards that a project writes; somebody put it there by other means."""


class Shards:
    """The dataset of one annotator.

    Parameters
    ----------
    folder : Path
        ``labels/NAME``.
    publishing : context manager, optional
        Is entered while files take the places of others, so that readers keep away.
    """

    def __init__(self, folder: Path, publishing: AbstractContextManager[Any] | None = None) -> None:
        self.folder, self.data = folder, folder / "data"
        self._publishing = publishing or nullcontext()
        self.schema: pa.Schema = dataset_schema(())
        self.shards: list[Shard] = []
        self.signature: Signature = {}
        self._tables: dict[int, pa.Table] = {}
        self._table_lock = threading.Lock()

    @property
    def own(self) -> list[str]:
        """The columns that are not ours: labels of the user's own, suggestions, and what tells about articles."""
        return [name for name in self.schema.names if name not in COLUMNS]

    @property
    def newest(self) -> int:
        """The number of the last change that is in any of them."""
        return max((shard.change for shard in self.shards), default=0)

    def recover(self) -> None:
        """Finish what a killed process had begun: a new folder of shards that was to take the place of the old one."""
        for there in (self.folder / _NEW, self.folder / _OLD):
            if not self.data.exists() and there.exists():
                replace(there, self.data)
        for rest in (_NEW, _OLD, _PART):
            remove_folder(self.folder / rest)
        for folder in (self.folder, self.data):
            for rest_of_file in folder.glob(".*.part") if folder.is_dir() else ():
                with suppress(OSError):  # where nothing can be written, it does no harm
                    rest_of_file.unlink()

    def look(self) -> Signature:
        """Give what the files look like now; who compares this with ``signature`` sees whether somebody else wrote."""
        found: Signature = {}
        if self.data.is_dir():
            with os.scandir(self.data) as entries:
                for entry in entries:
                    if entry.name.endswith(".parquet") and not entry.name.startswith("."):
                        about = entry.stat()
                        found[entry.name] = about.st_mtime_ns, about.st_size, about.st_ino
        return found

    def load(self) -> list[Found]:
        """Read what the list of articles needs, in order of arrival.

        Raises
        ------
        ForeignError
            If there are files that no project wrote.
        SaysoError
            If a file is broken.
        """
        seen = self.look()
        shards: list[Shard] = []
        found: list[Found] = []
        matches = [(_NAME.fullmatch(name), name) for name in seen]
        if not all(match for match, _ in matches) or self.has_other_tables():
            raise ForeignError
        numbered = sorted((int(match[2]), match[1], name) for match, name in matches if match)
        schemas = []
        for number, split, name in numbered:
            of_file, table = self._read(name)
            stamp = stamp_of(of_file)
            if stamp is None or stamp[0] != self.folder.name or table is None:
                raise ForeignError
            shard = Shard(number, split, stamp[1])
            shards.append(shard)
            found += index_of(table, shard)
            schemas.append(of_file.names)
        schema = dataset_schema(schemas[0] if schemas else ())
        if any(names != schema.names for names in schemas) or len({f.id for f in found}) < len(found):
            raise ForeignError
        with self._table_lock:
            self._tables, self.shards, self.schema, self.signature = {}, shards, schema, seen
        return found

    def has_other_tables(self) -> bool:
        """Tell whether there are tables outside the folder of shards."""
        if self._holds_only_its_own():
            return False
        from ...datasets.folder import files_below  # with it comes all that reads tables, for which a start need not wait
        from ...rows.files import TABLES

        return any(p.parent != self.data for p in files_below(self.folder) if p.suffix in TABLES)

    def _holds_only_its_own(self) -> bool:
        """Tell whether there is nothing but the card and the folder of shards, which holds no folders."""
        beside = {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        return beside <= {CARD, self.data.name} and not (
            self.data.is_dir() and any(path.is_dir() for path in self.data.iterdir())
        )

    def _read(self, name: str) -> "tuple[pa.Schema, pa.Table | None]":
        """Read the columns of a file that the list is made of; none where it is not as we write it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.data / name) as file:
                schema = file.schema_arrow
            return schema, read_table(self.data / name, indexed(schema.names)) if is_ours(schema) else None
        except (pa.ArrowException, OSError, ValueError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise SaysoError(f"{self.data / name}: not a Parquet table, or a damaged one ({reason}).") from error

    def table(self, shard: Shard) -> "pa.Table":
        """Give the rows of a shard.

        Raises
        ------
        SaysoError
            If its file cannot be read.
        """
        with self._table_lock:
            if shard.number not in self._tables:
                while len(self._tables) >= _KEPT:
                    self._tables.pop(next(iter(self._tables)))
                read = self.read_columns(shard)
                self._tables[shard.number] = read.replace_schema_metadata(self.schema.metadata)
            return self._tables[shard.number]

    def read_columns(self, shard: Shard, columns: Sequence[str] | None = None) -> "pa.Table":
        """Read a shard, or some columns of it.

        Raises
        ------
        SaysoError
            If its file cannot be read.
        """
        import pyarrow as pa

        try:
            return read_table(self.data / shard.name, columns)
        except (pa.ArrowException, OSError, ValueError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise SaysoError(f"{self.data / shard.name}: cannot be read ({reason}).") from error

    def sentences(self, shard: Shard) -> tuple[list[int], list[str]]:
        """Give the numbers and words of a shard's sentences, without reading what else is in it."""
        with self._table_lock:
            table = self._tables.get(shard.number)
        table = table if table is not None else self.read_columns(shard, ["n", "text"])
        return table.column("n").to_pylist(), table.column("text").to_pylist()

    def rows(self, place: Place) -> "pa.Table":
        """Give the rows of an article."""
        return self.table(place.shard).slice(place.start, place.n_rows)

    def article(self, place: Place) -> LabelledArticle:
        """Read an article."""
        (labelled,) = articles_in(self.rows(place), place.shard.split)
        return labelled

    def replacing(self, changed: Sequence[Changed], change: int) -> "Writing":
        """Prepare shards with changed articles; see `Writing`."""
        by_shard: dict[int, list[Changed]] = {}
        for one in changed:
            by_shard.setdefault(one[0].shard.number, []).append(one)
        tables, before = [], {}
        for places in by_shard.values():
            shard = places[0][0].shard
            table, parts, at = self.table(shard), [], 0
            before[shard.number] = table
            for place, earlier, labelled in sorted(places, key=lambda of: of[0].start):
                rows, sentences = table.slice(place.start, place.n_rows), changed_sentences(earlier, labelled)
                new = (
                    table_of(labelled, self.schema)
                    if sentences is None
                    else table_with(rows, labelled, sentences, self.schema)
                )
                parts += [table.slice(at, place.start - at), new]
                at = place.start + place.n_rows
            tables.append((shard, joined([*parts, table.slice(at)], self.schema)))
        return Writing(self, tables, change, before)

    def append(self, articles: "Sequence[tuple[str, pa.Table]]", change: int) -> list[Found]:
        """Add new articles: a few to the last shard while it has room, others in new shards.

        Parameters
        ----------
        articles : sequence of (str, Table)
            The split, and the rows of whole articles with the columns of ``schema``.
        change : int
            The number of the last change.
        """
        cut = self._with_last(sharded(articles, self.shards[-1].number + 1 if self.shards else 0, change))
        found = [one for shard, table in cut for one in index_of(table.slice(shard.n_rows), shard)]
        if not self.shards:
            self.replace_all(cut)
        else:
            with Writing(self, cut, change) as writing, self._publishing:
                writing.place()
            self._sync_new_names()
        self.shards = list({shard.number: shard for shard in (*self.shards, *(shard for shard, _ in cut))}.values())
        return found

    def _sync_new_names(self) -> None:
        try:
            sync_folder(self.data)
        except OSError as error:
            raise SaysoError(
                f"{self.data}: the disk did not confirm that the new articles are saved "
                f"({error.strerror or error}); check whether they are in the list."
            ) from error

    def _with_last(self, cut: "list[tuple[Shard, pa.Table]]") -> "list[tuple[Shard, pa.Table]]":
        """Put what is one shard into the last one that is there, if it has room for it."""
        if len(cut) != 1 or not self.shards:
            return cut
        last, (new, table) = self.shards[-1], cut[0]
        n_articles = len(runs_of(table.column("article").to_pylist()))
        if last.split != new.split or last.n_articles + n_articles > ARTICLES or last.n_rows + len(table) > ROWS:
            return cut
        return [(last, joined([self.table(last), table], self.schema))]

    def written(self, shard: Shard, table: "pa.Table") -> None:
        """Remember a shard that was written."""
        with self._table_lock:
            self._tables[shard.number] = table
        about = os.stat(self.data / shard.name)
        self.signature[shard.name] = about.st_mtime_ns, about.st_size, about.st_ino

    def widen(self, columns: Iterable[str]) -> None:
        """Give all shards further columns, which are empty; all files are written anew, and take their places together."""
        schema = dataset_schema([*self.own, *columns])
        if schema.names == self.schema.names:
            return
        with self._publishing:
            if self.shards:
                self.replace_all([(shard, as_schema(self.table(shard), schema)) for shard in self.shards])
            self.schema = schema
            with self._table_lock:
                self._tables.clear()

    def replace_all(self, shards: Iterable[tuple[Shard, "pa.Table"]]) -> None:
        """Put a whole folder of shards in the place of the one that is there; `recover` ends it after a kill."""
        part, new, old = (self.folder / name for name in (_PART, _NEW, _OLD))
        remove_folder(part)
        was_there = self.data.exists()
        try:
            part.mkdir(parents=True)
            for shard, table in shards:
                with open(part / shard.name, "wb") as file:
                    write_table(table, file, self.folder.name, shard.change)
                    file.flush()
                    os.fsync(file.fileno())
            for other in self.data.glob("*") if self.data.is_dir() else ():
                if other.is_file() and other.suffix != ".parquet":
                    shutil.copy2(other, part)  # somebody's own file stays
            self._give_rights(part)
            sync_folder(part)
            replace(part, new)
            if was_there:
                replace(self.data, old)
            replace(new, self.data)
            sync_folder(self.folder)
        except OSError as error:
            self._put_back(was_there)
            raise SaysoError(f"{self.data}: cannot be written ({error.strerror or error}); nothing was changed.") from error
        remove_folder(old)
        self.signature = self.look()

    def _give_rights(self, part: Path) -> None:
        """Give a new folder and its files the rights of those that they replace: who closed these to others meant it."""
        for there in (self.data, *(self.data.iterdir() if self.data.is_dir() else ())):
            new = part if there == self.data else part / there.name
            if there.exists() and new.exists():
                os.chmod(new, stat.S_IMODE(there.stat().st_mode))

    def _put_back(self, was_there: bool) -> None:
        """Put the old folder of shards back into its place after an error."""
        part, new, old = (self.folder / name for name in (_PART, _NEW, _OLD))
        with suppress(OSError):
            if self.data.exists() and (old.exists() or not was_there):
                replace(self.data, part)
            remove_folder(new)
            if old.exists():
                replace(old, self.data)
        self.recover()


def sharded(tables: Iterable[tuple[str, "pa.Table"]], first: int, change: int) -> "list[tuple[Shard, pa.Table]]":
    """Cut tables of whole articles into shards.

    Parameters
    ----------
    tables : iterable of (str, Table)
        With their splits.
    first : int
        The number of the first shard.
    change : int
        The number of the last change.
    """
    cut: list[tuple[Shard, pa.Table]] = []
    for split, table in tables:
        starts = [*runs_of(table.column("article").to_pylist()), len(table)]
        begin = 0
        while begin < len(starts) - 1:
            end = begin + 1
            while end < len(starts) - 1 and end - begin < ARTICLES and starts[end + 1] - starts[begin] <= ROWS:
                end += 1
            part = table.slice(starts[begin], starts[end] - starts[begin])
            cut.append((Shard(first + len(cut), split, change), part))
            begin = end
    return cut


class Writing:
    """Shards on their way to disk: written beside the old ones on entering; `place` puts them in their places.

    Parameters
    ----------
    shards : Shards
    tables : sequence of (Shard, Table)
    change : int
        The last change that is in them.
    before : mapping of int to Table, optional
        What stood in them, by their numbers: it is put back where only some of the files can take their places.
    """

    def __init__(
        self,
        shards: Shards,
        tables: "Sequence[tuple[Shard, pa.Table]]",
        change: int,
        before: "Mapping[int, pa.Table] | None" = None,
    ) -> None:
        self._shards, self._tables, self._change, self._before = shards, tables, change, before or {}
        self._files = ExitStack()

    def __enter__(self) -> Self:
        try:
            self._shards.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SaysoError(f"{self._shards.data}: cannot be written ({error.strerror or error}).") from error
        with ExitStack() as files:
            for shard, table in self._tables:
                file = files.enter_context(replace_file(self._shards.data / shard.name))
                write_table(table, file, self._shards.folder.name, self._change)
                file.flush()
                os.fsync(file.fileno())  # a full disk is found now, not when the log tells of the change already
            self._files = files.pop_all()
        return self

    def place(self) -> None:
        """Let the new files take the places of the old ones."""
        try:
            self._files.close()
        except BaseException:
            self._put_back()
            raise
        for shard, table in self._tables:
            shard.change = self._change
            self._shards.written(shard, table)

    def _put_back(self) -> None:
        """Put back what stood in the files that took their places before another could not."""
        now = self._shards.look()
        for shard, _ in self._tables:
            path, earlier = self._shards.data / shard.name, self._shards.signature.get(shard.name)
            with suppress(SaysoError, OSError):  # otherwise reading anew tells what is there
                if earlier is None:
                    path.unlink(missing_ok=True)
                elif now.get(shard.name) != earlier and shard.number in self._before:
                    with replace_file(path) as file:
                        write_table(self._before[shard.number], file, self._shards.folder.name, shard.change)

    def __exit__(self, *error: Any) -> None:
        self._files.__exit__(*error)
