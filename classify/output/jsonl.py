"""Annotations as JSON lines: a sentence a line."""

import json
from collections.abc import Sequence
from typing import Any

from ...data.records import Article
from ..annotation.conversions import as_dict
from ..annotation.records import Annotated
from .article_columns import ArticleColumns
from .formats import OutputFormat, Writer

_ENCODER = json.JSONEncoder(  # `json.dumps` would make one a sentence; nothing here holds itself
    ensure_ascii=False, allow_nan=False, check_circular=False
)


def dump(value: Any) -> str:
    """Give a value as JSON, on one line."""
    return _ENCODER.encode(value)


class JsonLines(Writer):
    """One sentence a line."""

    def __init__(self, article_columns: ArticleColumns | None = None) -> None:
        self._columns = article_columns

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Give a line for each sentence."""
        lines = "".join([f"{dump(as_dict(article, a))}\n" for a in annotated])
        if self._columns is None or not self._columns.types:
            return lines
        about = dump(self._columns.values(article))[1:]
        return lines.replace("}\n", f", {about}\n")  # in a string the line's end would be escaped


FORMAT = OutputFormat(
    "jsonl",
    suffixes=(".jsonl", ".ndjson"),
    open=lambda options: JsonLines(options.article_columns),
    gives_reasons=True,
    of_archives=True,
)
