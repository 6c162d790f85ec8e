"""Annotations as JSON: one array of the objects that stand in the JSON lines."""

from collections.abc import Sequence

from ...data.records import Article
from ..annotation.conversions import as_json
from ..annotation.records import AnnotatedSentence
from .formats import OutputFormat, Writer


class Json(Writer):
    """One array; its bracket comes with the first sentence."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> str:
        """Give the sentences with commas between them."""
        return ",\n".join(as_json(article, annotated))

    def add(self, part: str) -> str:
        """Give the sentences behind the bracket or another comma."""
        separator, self._separator = self._separator, ",\n"
        return separator + part

    def end(self) -> str:
        """Close the array."""
        return "\n]\n" if self._separator == ",\n" else "[]\n"


FORMAT = OutputFormat("json", suffixes=(".json",), open=lambda options: Json(), gives_reasons=True)
