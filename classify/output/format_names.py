"""The names of the formats, apart from what writes them: the help needs only these."""

from enum import StrEnum


class Format(StrEnum):
    """What `sayso annotate` can write."""

    TERMINAL = "terminal"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    BRAT = "brat"
    PARQUET = "parquet"
