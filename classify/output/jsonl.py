"""Annotations as JSON lines: a sentence a line."""

import json
from collections.abc import Sequence

from ...data.records import Article
from ..annotation.conversions import as_json
from ..annotation.records import AnnotatedSentence
from .article_columns import ArticleColumns
from .formats import OutputFormat, WriterOfEach


class JsonLines(WriterOfEach):
    """One sentence a line."""

    def __init__(self, article_columns: ArticleColumns | None = None) -> None:
        self._columns = article_columns

    def article(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> str:
        """Give a line for each sentence."""
        lines = "".join([f"{line}\n" for line in as_json(article, annotated)])
        if self._columns is None or not self._columns.types:
            return lines
        about = json.dumps(self._columns.values(article), ensure_ascii=False)[1:]
        return lines.replace("}\n", f", {about}\n")  # in a string the line's end would be escaped


FORMAT = OutputFormat(
    "jsonl",
    suffixes=(".jsonl", ".ndjson"),
    open=lambda options: JsonLines(options.article_columns),
    gives_reasons=True,
    of_archives=True,
)
