"""Columns that stand in the names of folders (``outlet=Orla/year=2024``), by which Spark, Arrow and DuckDB divide tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from ..records import Article
from ..tabular.column_names import OF_ARTICLES, find_column
from .tables import Result

_COLUMN = re.compile(r"(?P<column>[A-Za-z_]\w*)=(?P<value>.+)")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_PARTS = ("title", "outlet", "date", "url", "language")
_OF_DATE = {"year": "[0-9]{4}", "month": "0?[1-9]|1[0-2]", "day": "0?[1-9]|[12][0-9]|3[01]"}


def folder_columns(name: str) -> dict[str, str]:
    """Return the columns in the names of a file's folders.

    >>> folder_columns("news/outlet=Orla%20Post/year=2024/part-0.parquet")
    {'outlet': 'Orla Post', 'year': '2024'}
    """
    columns = filter(None, (_COLUMN.fullmatch(folder) for folder in PurePath(name).parts[:-1]))
    return {folder["column"]: unquote(folder["value"]) for folder in columns if folder["value"] != _NO_VALUE}


def with_folder_columns(results: Iterable[Result], name: str) -> Iterator[Result]:
    """Pass the articles of a file on, each with what its folders say and it does not say itself.

    Folders of year, month and day are the date of articles that have none; month and day are then no columns of their own,
    since ``05`` of every year is no month to count by.
    """
    columns = folder_columns(name)
    if not columns:
        yield from results
        return
    known = {part: columns.pop(found) for part in _PARTS if (found := find_column(list(columns), OF_ARTICLES[part]))}
    date = _date_of(columns)
    for result in results:
        yield _with_columns(result, known, date, columns) if isinstance(result, Article) else result


def _with_columns(article: Article, known: Mapping[str, str], date: str | None, columns: Mapping[str, str]) -> Article:
    about: dict[str, Any] = {part: value for part, value in known.items() if getattr(article, part) is None}
    if date and article.date is None:
        about.setdefault("date", date)
    in_date = ("month", "day")[: date.count("-")] if date else ()
    extra = {name: value for name, value in columns.items() if name not in in_date}
    its_own = {name: value for name, value in article.extra.items() if name not in in_date or columns.get(name) != value}
    return replace(article, extra=extra | its_own, **about)


def _date_of(columns: Mapping[str, str]) -> str | None:
    """Give the date that folders of year, month and day tell, in ISO 8601 as far as they go."""
    parts: list[str] = []
    for part, form in _OF_DATE.items():
        if not re.fullmatch(form, columns.get(part, "")):
            break
        parts.append(columns[part].zfill(2))
    return "-".join(parts) or None
