"""Articles out of the rows of tables, whatever kind of file these stand in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from ...errors import SaysoError
from ..records import Article
from ..tabular.column_names import OF_ARTICLES, find_column
from .decode import clean
from .notices import Notices

Result = Article | SaysoError
"""An article, or why there is none; a bad row stops nobody from reading the next."""

MAX_ARTICLE = 10_000_000
"""Characters; the longest novels have a third of it."""
MAX_WORD = 200
"""Characters; what is longer groups no articles and is not kept with them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column that holds each part of an article; None stands for its usual names."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None

    def find(self, names: Sequence[str], where: str) -> dict[str, str]:
        """Return which of the columns found holds which part.

        Raises
        ------
        SaysoError
            If a column that was asked for, or any column of text, is missing.
        """
        chosen: dict[str, str] = {}
        for part in (field.name for field in fields(self)):
            wanted = getattr(self, part)
            if wanted is not None and wanted not in names:
                raise SaysoError(f"{where}: no column {wanted!r} for the {part}; it has {_listed(names)}.")
            column = wanted or find_column(names, OF_ARTICLES[part])
            if column is not None and (wanted or part in ("text", "url") or column != chosen.get("text")):
                chosen[part] = column
        if "text" not in chosen:
            raise SaysoError(
                f"{where}: no column of text (text, body, content, …); it has {_listed(names)}. Name the column."
            )
        return chosen


def parse_json(line: bytes | str, where: str) -> Any:
    """Return what a JSON text holds."""
    try:
        return json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        raise SaysoError(f"{where}: not UTF-8 at byte {error.start:,}; JSON has to be, so convert it.") from error
    except RecursionError as error:
        raise SaysoError(f"{where}: this JSON is nested too deeply; give flat objects.") from error
    except ValueError as error:
        raise SaysoError(f"{where}: broken JSON ({error}); mend or remove it.") from error


def article_of(row: Any, where: str, columns: Columns, notices: Notices) -> Article:
    """Make an article of a row; ``where`` is its id if it has none of its own."""
    if not isinstance(row, Mapping):
        raise SaysoError(f"{where}: a JSON object is needed here, not {type(row).__name__}.")
    chosen = columns.find([str(name) for name in row], where)
    text = _text_of(row[chosen["text"]], where, chosen["text"])
    known = {part: _word_of(row[column]) for part, column in chosen.items() if part not in ("text", "id")}
    own_id = _word_of(row[chosen["id"]]) if "id" in chosen else None
    own = {chosen["text"], *(column for part, column in chosen.items() if part == column)}
    return new_article(own_id or where, text, where, _others(row, own), **known)


def _others(row: Mapping[Any, Any], used: set[str]) -> dict[str, str]:
    """Give the other columns that could group articles: short words, numbers, and lists of names."""
    others: dict[str, str] = {}
    for name, value in row.items():
        if name in used or not name:
            continue
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if (word := _word_of(value)) and len(word) <= MAX_WORD:
            others[str(name)] = word
    return others


def new_article(name: str, text: str, where: str, extra: Mapping[str, str] | None = None, **known: str | None) -> Article:
    """Make an article of a decoded text, or refuse one that is empty or gigantic."""
    if len(text) > MAX_ARTICLE:
        raise SaysoError(f"{where}: {len(text):,} characters are too many for one article; split it.")
    if not text.strip("\ufeff \t\n\v\f\r") or text.isspace():
        raise SaysoError(f"{where}: no text; leave it out.")
    return Article(name, text, **known, extra=extra or {})


def _text_of(value: Any, where: str, column: str) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise SaysoError(f"{where}: column {column!r} holds {type(value).__name__}, not text.")
    return clean(value, where)


def _word_of(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if value is None or isinstance(value, bool | list | Mapping):
        return None
    try:
        return clean(str(value).replace("\0", ""), "").strip() or None
    except (SaysoError, ValueError):
        return None


def _listed(found: Sequence[str], most: int = 12) -> str:
    names = [repr(name if len(name) <= 30 else name[:29] + "…") for name in found[:most]]
    return ", ".join(names) + (f" and {len(found) - most:,} more" if len(found) > most else "") or "no columns"
