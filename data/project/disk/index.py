"""What the list of articles needs, read from a few columns without looking at sentences one by one."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ...records import LABEL_COLUMNS
from ...rows.columns import COLUMNS
from ...rows.places import ABOUT, ABOUT_ARTICLE
from ...rows.suggestions import is_counted

if TYPE_CHECKING:
    import pyarrow as pa

NESTED = ("stance", "attributions", "loaded")


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
    change: int
    n_articles: int = 0
    n_rows: int = 0

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.split}-{self.number:05d}.parquet"


@dataclass(slots=True)
class Place:
    """Where an article's rows stand."""

    shard: Shard
    start: int
    n_rows: int


@dataclass(slots=True)
class Found:
    """What is known of an article without reading its sentences.

    Parameters
    ----------
    id : str
    place : Place
    about : dict
        Title, outlet, date, url, language.
    labelled : dict of str to int
        Column to the number of sentences that have something in it.
    complete : frozenset of str
    """

    id: str
    place: Place
    about: dict[str, str | None]
    labelled: dict[str, int]
    complete: frozenset[str] = field(default_factory=frozenset)


def runs_of(ids: Sequence[str]) -> list[int]:
    """Give where in a column of ids each article begins."""
    return [i for i, name in enumerate(ids) if not i or name != ids[i - 1]]


def indexed(names: Sequence[str]) -> list[str]:
    """Give those of the columns that the list is made of."""
    return ["article", "complete", *ABOUT, *counted(names)]


def counted(names: Sequence[str]) -> list[str]:
    """Give those of the columns in which it is counted how many sentences have something."""
    return [name for name in names if name in (*LABEL_COLUMNS, *NESTED) or _is_own_label(name)]


def _is_own_label(name: str) -> bool:
    return name not in COLUMNS and not name.startswith(ABOUT_ARTICLE) and is_counted(name)


def index_of(table: "pa.Table", shard: Shard) -> Iterator[Found]:
    """Find the articles in rows that are at the end of a shard now, and count them into it."""
    ids = table.column("article").to_pylist()
    starts = runs_of(ids)
    before = shard.n_rows
    shard.n_articles += len(starts)
    shard.n_rows += len(ids)
    if not starts:
        return
    ends = [start - 1 for start in starts[1:]] + [len(ids) - 1]
    at_ends = _numbers(ends)
    counts = {name: _counts(table, name, at_ends) for name in counted(table.schema.names)}
    heads = table.select([*ABOUT, "complete"]).take(_numbers(starts)).to_pylist()
    for number, (start, end, head) in enumerate(zip(starts, ends, heads, strict=True)):
        labelled = {name: of[number] for name, of in counts.items() if of[number]}
        complete = frozenset(head.pop("complete") or ())
        yield Found(ids[start], Place(shard, before + start, end + 1 - start), head, labelled, complete)


def _numbers(numbers: Sequence[int]) -> "pa.Array":
    """Give numbers to Arrow as bytes: where it takes Python's own, it loads pandas first, which takes half a second."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(array("q", numbers))])


def _counts(table: "pa.Table", name: str, ends: "pa.Array") -> list[int]:
    """Count in which rows a column holds something, from one end of an article to the next."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = table.column(name)
    if name in LABEL_COLUMNS:
        there = pc.is_valid(column)
    else:
        length = pc.list_value_length(column) if name in NESTED else pc.utf8_length(column)
        none = _numbers([0])[0]
        there = pc.greater(pc.fill_null(length.cast(pa.int64()), none), none)
    sums = pc.cumulative_sum(there.cast(pa.int64())).take(ends).to_pylist()
    return [after - before for before, after in pairwise([0, *sums])]
