"""Annotations as JSON: one array of the objects that stand in the JSON lines."""

from collections.abc import Sequence

from ...data.records import Article
from ..annotation.conversions import as_json
from ..annotation.records import Annotated
from .formats import OutputFormat, Writer


class Json(Writer):
    """One array; its bracket comes with the first sentence."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Give the sentences, each after its comma."""
        parts = []
        for line in as_json(article, annotated):
            parts += [self._separator, line]
            self._separator = ",\n"
        return "".join(parts)

    def end(self) -> str:
        """Close the array."""
        return "\n]\n" if self._separator == ",\n" else "[]\n"


FORMAT = OutputFormat("json", suffixes=(".json",), open=lambda options: Json(), gives_reasons=True)
