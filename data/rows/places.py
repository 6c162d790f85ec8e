"""Which sentence of which article a row of a table is."""

import math
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...errors import SaysoError
from ..records import Span
from ..schemas.shown import shown

Row = Mapping[str, Any]
SPLITS = ("train", "validation", "test")

_SPLIT_NAMES = {"dev": "validation", "val": "validation", "valid": "validation"}
_USUAL = {
    "text": ("text", "sentence", "sentence_text"),
    "article": ("article", "article_id", "doc_id", "document_id", "document"),
    "n": ("n",),
}
ABOUT = ("title", "outlet", "date", "url", "language")
OURS = frozenset(
    "start end before after split kind source_type bias attributions stance loaded targets complete "
    "title outlet date url language".split()
)
MACHINE = frozenset(
    "kind_confidence kind_scores abstain source_type_confidence source_type_scores is_headline why context".split()
)  # what annotating and suggesting add; a label that a person gives makes it void
RESERVED = OURS | MACHINE | {name for names in _USUAL.values() for name in names} | {"source", "cue"}
"""Names that no label column of the user's own can have."""

_SURE = "_confidence"
_IN_RECORD = re.compile(r", sentence at \d+\Z")
_NO_WORDS = (bool, Mapping, list, tuple, bytes)


def is_of_machine(column: str, columns: Container[str]) -> bool:
    """Tell whether a column holds what a model says besides labels, going by its name and those that stand beside it.

    >>> is_of_machine("why", ["why"]), is_of_machine("speaker", ["speaker", "topic"])
    (True, False)
    >>> columns = ["kind", "kind_confidence", "speaker", "topic", "topic_confidence", "self_confidence"]
    >>> [column for column in columns if is_of_machine(column, columns)]
    ['kind_confidence', 'speaker', 'topic_confidence']
    """
    if column in MACHINE:
        return True
    if "kind_confidence" not in columns:
        return False
    return column == "speaker" or (column.endswith(_SURE) and column.removesuffix(_SURE) in columns)


ABOUT_ARTICLE = "article_"
"""Columns whose names begin so tell something of the article (``article_country``)."""


class RowError(SaysoError):
    """A row that cannot be read: where it stands, why, and the article and sentence as far as known.

    ``twice`` says where its sentence stands already.
    """

    def __init__(
        self, where: str, reason: str, article: str = "", n: int | None = None, text: str = "", *, twice: str = ""
    ) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason, self.article, self.n, self.text = where, reason, article, n, text
        self.twice = twice


def record_of(where: str) -> str:
    """Give the record in which a row stands: other tools have articles with many sentences in one.

    >>> record_of("tasks.json:3, sentence at 120"), record_of("labels.csv:17")
    ('tasks.json:3', 'labels.csv:17')
    """
    return _IN_RECORD.sub("", where)


def file_of(where: str) -> str:
    """Give the file in which a row stands.

    >>> file_of("labels.csv:17")
    'labels.csv'
    >>> file_of("tasks.json:3, sentence at 120"), file_of("b/01.ann, sentence at 0")
    ('tasks.json', 'b/01.ann')
    """
    where = record_of(where)
    file, colon, row = where.rpartition(":")
    return file if colon and row.isdigit() else where


NOWHERE = Span(0, 0)


@dataclass(slots=True)
class Placed:
    """A row whose text and place are known."""

    where: str
    article: str
    split: str
    n: int | None
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    span: Span = NOWHERE

    def bad(self, reason: str, twice: str = "") -> RowError:
        """Say what is wrong with it."""
        return RowError(self.where, reason, self.article, self.n, self.text, twice=twice)


def place(where: str, values: Row) -> Placed:
    """Read what says which sentence a row is."""
    plain = {str(name).strip(): value for name, value in values.items() if not is_absent(value)}
    parts = {part: next((n for n in names if n in plain), None) for part, names in _USUAL.items()}
    if parts["text"] is None:
        raise RowError(
            where, f"no text; a column text or sentence is required, but the filled columns are {_listed(plain)}."
        )
    text = plain.pop(parts["text"])
    if not isinstance(text, str):
        raise RowError(where, f"{parts['text']} is {shown(text)}; it must be text.")
    name = plain.pop(parts["article"]) if parts["article"] else where
    if not is_word(name):
        raise RowError(where, f"{parts['article']} is {shown(name)}; it must be text or a number.", text=text)
    article = value_shown(name)
    try:
        split = split_named(plain.pop("split", "train"))
        n = whole(plain.pop("n"), "n") if parts["n"] else None if parts["article"] else 0
        if "\0" in text:
            raise ValueError("the text contains a NUL character; this is not text, or it is damaged.")
    except ValueError as error:
        raise RowError(where, str(error), article, text=text) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise RowError(where, "the text is empty; leave the row out.", article, n)
    return Placed(where, article, split, n, text, plain)


def row_key(values: Row, where: str) -> tuple[str, str]:
    """Give the article and the split of a row, without judging it; the place stands for an article that is not named."""
    name = next((values[n] for n in _USUAL["article"] if n in values and not is_absent(values[n])), where)
    article = value_shown(name) if is_word(name) else where
    try:
        return article, split_named(values.get("split") or "train")
    except ValueError:
        return article, ""


def split_named(name: object) -> str:
    """Return which of `SPLITS` a name means."""
    plain = str(name).strip().lower()
    plain = _SPLIT_NAMES.get(plain, plain)
    if plain not in SPLITS:
        raise ValueError(f"split {shown(name)} is not one of {', '.join(SPLITS)}.")
    return plain


def whole(value: object, column: str) -> int:
    """Return a whole number that is not negative."""
    try:
        number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if not 0 <= number < 2**31 or number != int(number):
        raise ValueError(f"{column} is {shown(value)}; it must be a whole number, 0 or more.")
    return int(number)


def value_shown(value: object) -> str:
    """Give a cell as text: truth values in small letters, whole numbers without a point.

    >>> value_shown(True), value_shown(7.0), value_shown("7.0")
    ('true', '7', '7.0')
    """
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_word(value: object) -> bool:
    """Tell whether a value can be written out as a name: text, a number, a day."""
    if type(value) is str:
        return True
    return not (isinstance(value, _NO_WORDS) or (isinstance(value, float) and not math.isfinite(value)))


def is_absent(value: object) -> bool:
    """Tell whether a cell is empty."""
    if isinstance(value, str):
        return not value
    return value is None or (isinstance(value, float) and math.isnan(value))


def _listed(names: Iterable[str]) -> str:
    found = [repr(name[:30]) for name in names]
    return ", ".join(found[:12]) + (f" and {len(found) - 12} more" if len(found) > 12 else "") or "none"
