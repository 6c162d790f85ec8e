"""Annotations as a Parquet table: the keys of the JSON lines as columns."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ...data.records import Article, Span
from ...data.scheme import KINDS, STANCES
from ..annotation.conversions import rounded
from ..annotation.records import AnnotatedSentence, BiasLabel, FoundAttribution, StanceLabel
from ..speakers.headline import n_in_headline
from .article_columns import ArticleColumns
from .formats import OutputFormat, Writer

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 5000  # of a row group: so many are held in memory


class Parquet(Writer):
    """A row a sentence; ``stance`` and ``why`` are lists, since their keys differ from row to row."""

    def __init__(self, own_columns: Sequence[str] = (), article_columns: ArticleColumns | None = None) -> None:
        self._own_columns = tuple(own_columns)
        self._about = article_columns or ArticleColumns()
        self._types = tuple(self._about.types.items())
        self._batches: list[Any] = []
        self._n_rows = 0
        self._sink = _Sink()
        self._writer: Any = None

    def begin(self) -> bytes:
        """Open the table and give its first bytes."""
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(self._sink, _schema(self._own_columns, self._types))
        return self._sink.taken()

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> bytes:
        """Give the article's rows, in Arrow's own bytes."""
        import pyarrow as pa

        columns = _columns(article, annotated, self._own_columns)
        batch = pa.RecordBatch.from_pydict(
            columns | self._about_article(article, len(annotated)), schema=_schema(self._own_columns, self._types)
        )
        return bytes(batch.serialize())

    def _about_article(self, article: Article, n: int) -> dict[str, Sequence[Any]]:
        known = self._about.values(article)
        return {
            name: [int(value) if value is not None and self._about.types[name] == "number" else value] * n
            for name, value in known.items()
        }

    def add(self, part: bytes) -> bytes:
        """Give the bytes of a row group when enough rows have come together."""
        import pyarrow as pa

        self._batches.append(pa.ipc.read_record_batch(pa.py_buffer(part), _schema(self._own_columns, self._types)))
        self._n_rows += self._batches[-1].num_rows
        return self._group() if self._n_rows >= _ROWS else b""

    def end(self) -> bytes:
        """Give the last rows and the table's end."""
        rows = self._group()
        self._writer.close()
        return rows + self._sink.taken()

    def _group(self) -> bytes:
        import pyarrow as pa

        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches).combine_chunks())
            self._batches, self._n_rows = [], 0
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


def _columns(
    article: Article, annotated: Sequence[AnnotatedSentence], own_columns: Sequence[str]
) -> dict[str, Sequence[Any]]:
    """Give the values of an article's sentences, column by column."""
    text, n, n_headline = article.text, len(annotated), n_in_headline(article, annotated)
    own = {column: [a.own[column] for a in annotated] for column in own_columns}
    return {
        "article": [article.id] * n,
        "n": [a.n for a in annotated],
        "start": [a.span.start for a in annotated],
        "end": [a.span.end for a in annotated],
        "text": [a.span.of(text) for a in annotated],
        "language": [article.language] * n,
        "is_headline": [i < n_headline for i in range(n)],
        "kind": [a.kind for a in annotated],
        "kind_confidence": [rounded(a.kind_scores[a.kind]) for a in annotated],
        "kind_scores": [_rounded_scores(a.kind_scores) for a in annotated],
        "abstain": [a.abstain for a in annotated],
        "source_type": [a.source_type for a in annotated],
        "source_type_confidence": [rounded(a.source_type_scores[a.source_type]) for a in annotated],
        "source": [a.source for a in annotated],
        "cue": [a.cue for a in annotated],
        "attributions": [[_attribution(text, found) for found in a.attributions] for a in annotated],
        "stance": [_stances(a.stance) for a in annotated],
        "bias": [_bias(text, a.bias) for a in annotated],
        **{column: [label.label for label in labels] for column, labels in own.items()},
        **{f"{column}_confidence": [rounded(label.confidence) for label in labels] for column, labels in own.items()},
        "why": [_reasons(a.why) for a in annotated],
    }


def _rounded_scores(scores: Mapping[str, float]) -> dict[str, float]:
    return {label: rounded(score) for label, score in scores.items()}


def _place(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.of(text)} if span else None


def _attribution(text: str, a: FoundAttribution) -> dict[str, Any]:
    return _flat_attribution(text, a) | {"nested": [_flat_attribution(text, inner) for inner in a.nested]}


def _flat_attribution(text: str, a: FoundAttribution) -> dict[str, Any]:
    """Give an attribution without those within it: what is nested holds none, and Arrow has no type that holds itself."""
    cue = _place(text, a.cue)
    return {
        "source": _place(text, a.source),
        "speaker": a.speaker,
        "cue": cue and {**cue, "tone": a.tone},
        "content": [{"start": start, "end": end} for start, end in a.content],
        "quoted": a.quoted,
        "source_type": a.source_type,
        "via": a.via.of(text) if a.via else None,
    }


def _stances(stances: Mapping[str, StanceLabel]) -> list[dict[str, Any]]:
    return [
        {
            "target": target,
            "label": stance.label,
            "confidence": rounded(stance.confidence),
            "scores": _rounded_scores(stance.scores),
            "abstain": not stance.told,
            "named": stance.named,
        }
        for target, stance in stances.items()
    ]


def _bias(text: str, bias: BiasLabel | None) -> dict[str, Any] | None:
    if bias is None:
        return None
    words = [_place(text, span) for span in bias.words]
    return {"label": bias.label, "confidence": rounded(bias.confidence), "words": words}


def _reasons(why: Mapping[str, Sequence[tuple[str, float]]]) -> list[dict[str, Any]]:
    return [
        {"task": task, "reason": reason, "weight": rounded(weight)}
        for task, reasons in why.items()
        for reason, weight in reasons
    ]


@cache
def _schema(own_columns: tuple[str, ...], article_columns: tuple[tuple[str, str], ...]) -> "pa.Schema":
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
        *(("source_type", text), ("via", text)),
    ]
    attributions = pa.list_(pa.struct([*attribution, ("nested", pa.list_(pa.struct(attribution)))]))
    stance = [
        *(("target", text), ("label", text), ("confidence", number)),
        ("scores", pa.struct([(label, number) for label in STANCES])),
        *(("abstain", pa.bool_()), ("named", pa.bool_())),
    ]
    return pa.schema(
        [
            *(("article", text), ("n", whole), *place, ("text", text), ("language", text), ("is_headline", pa.bool_())),
            *(("kind", text), ("kind_confidence", number), ("kind_scores", pa.struct([(kind, number) for kind in KINDS]))),
            *(("abstain", pa.bool_()), ("source_type", text), ("source_type_confidence", number)),
            *(("source", text), ("cue", text), ("attributions", attributions)),
            ("stance", pa.list_(pa.struct(stance))),
            ("bias", pa.struct([("label", text), ("confidence", number), ("words", pa.list_(words))])),
            *(pair for column in own_columns for pair in ((column, text), (f"{column}_confidence", number))),
            ("why", pa.list_(pa.struct([("task", text), ("reason", text), ("weight", number)]))),
            *((name, whole if kind == "number" else text) for name, kind in article_columns),
        ]
    )


FORMAT = OutputFormat(
    "parquet",
    suffixes=(".parquet",),
    open=lambda options: Parquet(options.own_columns, options.article_columns),
    gives_reasons=True,
    is_binary=True,
    of_archives=True,
)
