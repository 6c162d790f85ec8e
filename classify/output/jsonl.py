"""Annotations as JSON lines: a sentence a line."""

import json
from collections.abc import Sequence
from typing import Any

from ...data.records import Article
from ..annotation.conversions import as_dict
from ..annotation.records import Annotated
from .formats import OutputFormat, WriterOfEach

_ENCODER = json.JSONEncoder(  # `json.dumps` would make one a sentence; nothing here holds itself
    ensure_ascii=False, allow_nan=False, check_circular=False
)


def dump(value: Any) -> str:
    """Give a value as JSON, on one line."""
    return _ENCODER.encode(value)


class JsonLines(WriterOfEach):
    """One sentence a line."""

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Give a line for each sentence."""
        return "".join([f"{dump(as_dict(article, a))}\n" for a in annotated])


FORMAT = OutputFormat("jsonl", suffixes=(".jsonl", ".ndjson"), open=lambda options: JsonLines(), gives_reasons=True)
