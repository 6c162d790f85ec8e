"""Annotations as JSON lines: a sentence a line."""

from collections.abc import Sequence

from ...data.records import Article
from ..annotation.conversions import as_json
from ..annotation.records import Annotated
from .formats import OutputFormat, WriterOfEach


class JsonLines(WriterOfEach):
    """One sentence a line."""

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Give a line for each sentence."""
        return "".join([f"{line}\n" for line in as_json(article, annotated)])


FORMAT = OutputFormat("jsonl", suffixes=(".jsonl", ".ndjson"), open=lambda options: JsonLines(), gives_reasons=True)
