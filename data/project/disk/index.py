"""What the list of articles needs, read from a few columns without looking at sentences one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...records import LABEL_COLUMNS
from ...rows.columns import COLUMNS
from ...rows.places import ABOUT, ABOUT_ARTICLE
from ...rows.suggestions import is_label_column

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

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
    return name not in COLUMNS and not name.startswith(ABOUT_ARTICLE) and is_label_column(name)


def index_of(table: "pa.Table", shard: Shard) -> Iterator[Found]:
    """Find the articles in rows that are at the end of a shard now, and count them into it."""
    import numpy as np

    ids = table.column("article").to_pylist()
    starts = runs_of(ids)
    before = shard.n_rows
    shard.n_articles += len(starts)
    shard.n_rows += len(ids)
    if not starts:
        return
    masks = {
        name: _is_there(table, name) for name in indexed(table.schema.names) if name not in ("article", "complete", *ABOUT)
    }
    counts = {name: np.add.reduceat(mask, starts).tolist() for name, mask in masks.items()}
    heads = table.select([*ABOUT, "complete"]).take(starts).to_pylist()
    for number, (first, head) in enumerate(zip(starts, heads, strict=True)):
        end = starts[number + 1] if number + 1 < len(starts) else len(ids)
        labelled = {name: of[number] for name, of in counts.items() if of[number]}
        complete = frozenset(head.pop("complete") or ())
        yield Found(ids[first], Place(shard, before + first, end - first), head, labelled, complete)


def _is_there(table: "pa.Table", name: str) -> "NDArray[np.int64]":
    """Tell in which rows a column holds something, as 0 and 1."""
    import numpy as np
    import pyarrow.compute as pc

    column = table.column(name)
    if name in NESTED:
        column = pc.fill_null(pc.greater(pc.list_value_length(column), 0), False)
    elif name in LABEL_COLUMNS:
        column = pc.is_valid(column)
    else:
        column = pc.fill_null(pc.not_equal(column, ""), False)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.int64)
