"""Annotations as a Parquet table: the keys of the JSON lines as columns."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...data.records import Article
from ...data.scheme import KINDS, STANCES
from ..annotation.conversions import as_dict
from ..annotation.records import Annotated
from .article_columns import ArticleColumns
from .formats import OutputFormat, Writer

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 5000  # of a row group: so many are held in memory


class Parquet(Writer):
    """A row a sentence; ``stance`` and ``why`` are lists, since their keys differ from row to row."""

    def __init__(self, own_columns: Sequence[str] = (), article_columns: ArticleColumns | None = None) -> None:
        self._about = article_columns or ArticleColumns()
        self._schema = _schema(own_columns, self._about.types)
        self._rows: list[dict[str, Any]] = []
        self._sink = _Sink()
        self._writer: Any = None

    def begin(self) -> bytes:
        """Open the table and give its first bytes."""
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(self._sink, self._schema)
        return self._sink.taken()

    def article(self, article: Article, annotated: Sequence[Annotated]) -> bytes:
        """Give the bytes of a row group when enough rows have come together."""
        about = self._about.values(article)
        self._rows += [_row(article, a) | about for a in annotated]
        return self._group() if len(self._rows) >= _ROWS else b""

    def end(self) -> bytes:
        """Give the last rows and the table's end."""
        rows = self._group()
        self._writer.close()
        return rows + self._sink.taken()

    def _group(self) -> bytes:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []
        return self._sink.taken()


class _Sink(io.RawIOBase):
    """Takes bytes and gives them on, once."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._n = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._n

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._n += len(self._parts[-1])
        return len(self._parts[-1])

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        taken = b"".join(self._parts)
        self._parts = []
        return taken


def _row(article: Article, a: Annotated) -> dict[str, Any]:
    row = as_dict(article, a)
    row["stance"] = [{"target": target, **label} for target, label in row["stance"].items()]
    row["why"] = [
        {"task": task, "reason": reason, "weight": weight} for task, pairs in row["why"].items() for reason, weight in pairs
    ]
    return row


def _schema(own_columns: Sequence[str], article_columns: Mapping[str, str]) -> "pa.Schema":
    """Give the columns, in the order of the JSON lines."""
    import pyarrow as pa

    text, whole, number = pa.string(), pa.int32(), pa.float64()
    place = [("start", whole), ("end", whole)]
    words = pa.struct([*place, ("text", text)])
    attribution = [
        ("source", words),
        ("speaker", text),
        ("cue", pa.struct([*place, ("text", text), ("tone", text)])),
        ("content", pa.list_(pa.struct(place))),
        ("quoted", pa.bool_()),
        ("source_type", text),
    ]
    stance = [
        *(("target", text), ("label", text), ("confidence", number)),
        ("scores", pa.struct([(label, number) for label in STANCES])),
        *(("abstain", pa.bool_()), ("named", pa.bool_())),
    ]
    return pa.schema(
        [
            *(("article", text), ("n", whole), *place, ("text", text), ("language", text)),
            *(("kind", text), ("kind_confidence", number), ("kind_scores", pa.struct([(kind, number) for kind in KINDS]))),
            *(("abstain", pa.bool_()), ("source_type", text), ("source_type_confidence", number)),
            *(("source", text), ("cue", text), ("attributions", pa.list_(pa.struct(attribution)))),
            ("stance", pa.list_(pa.struct(stance))),
            ("bias", pa.struct([("label", text), ("confidence", number), ("words", pa.list_(words))])),
            *(pair for column in own_columns for pair in ((column, text), (f"{column}_confidence", number))),
            ("why", pa.list_(pa.struct([("task", text), ("reason", text), ("weight", number)]))),
            *((name, whole if kind == "number" else text) for name, kind in article_columns.items()),
        ]
    )


FORMAT = OutputFormat(
    "parquet",
    suffixes=(".parquet",),
    open=lambda options: Parquet(options.own_columns, options.article_columns),
    gives_reasons=True,
    of_archives=True,
    is_binary=True,
)
