"""Rows of JSON documents: a list of objects, and the other shapes in which programs write a table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .column_names import OF_SENTENCES, find_column

Rows = list[Any]
_SCALARS = (str, int, float, bool, type(None))
_PARTS = ("sentences", "sents", "segments", "statements", "utterances")
"""Names of a list in which an article's sentences stand as objects."""


def rows_of_json(value: Any) -> Rows | None:
    """Give the rows of a JSON document; None where it holds no table.

    These are read: a list of objects; an object with one list of objects in it (``{"data": [...]}``); the columns of
    pandas (``{"text": {"0": ...}}``, ``{"text": [...]}``), its rows by index, and its split form; the rows of the hub's
    viewer (``{"rows": [{"row": {...}}]}``).

    >>> rows_of_json({"text": {"0": "It rained.", "1": "It froze."}, "label": {"0": "a", "1": "b"}})
    [{'text': 'It rained.', 'label': 'a'}, {'text': 'It froze.', 'label': 'b'}]
    """
    if isinstance(value, list):
        return [_inner(row) for row in value]
    if not isinstance(value, Mapping):
        return None
    for shape in (_split_form, _by_column, _by_index, _only_list):
        rows = shape(value)
        if rows is not None:
            return rows
    return None


def _inner(row: Any) -> Any:
    """Take a row out of what the hub's viewer puts around it."""
    if isinstance(row, Mapping) and isinstance(row.get("row"), Mapping) and "row_idx" in row:
        return row["row"]
    return row


def _split_form(value: Mapping[str, Any]) -> Rows | None:
    columns, data = value.get("columns"), value.get("data")
    if not (isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data)):
        return None
    index = value.get("index")
    rows = [dict(zip(map(str, columns), row, strict=False)) for row in data]
    if isinstance(index, list) and len(index) == len(rows) and index != list(range(len(rows))):
        rows = [{"index": i, **row} for i, row in zip(index, rows, strict=True)]
    return rows


def _by_column(value: Mapping[str, Any]) -> Rows | None:
    """Read a table by its columns: each a list, or an object with a value for each row."""
    columns = list(value.values())
    if find_column(list(value), OF_SENTENCES["text"]) is None or not columns:
        return None
    if all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns):
        return [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)]
    if all(isinstance(column, Mapping) and set(column) == set(columns[0]) for column in columns):
        return [{name: column[row] for name, column in value.items()} for row in columns[0]]
    return None


def _by_index(value: Mapping[str, Any]) -> Rows | None:
    """Read rows by their ids: ``{"17": {"text": ...}}``."""
    rows = list(value.values())
    if not rows or not all(isinstance(row, Mapping) and find_column(list(row), OF_SENTENCES["text"]) for row in rows):
        return None
    return [row if "id" in row else {"id": name, **row} for name, row in value.items()]


def _only_list(value: Mapping[str, Any]) -> Rows | None:
    if find_column(list(value), _PARTS):
        return [value]
    lists = [[_inner(row) for row in inner] for inner in value.values() if _is_list_of_objects(inner)]
    with_text = [rows for rows in lists if find_column(list(rows[0]), (*OF_SENTENCES["text"], *_PARTS))]
    found = with_text if len(with_text) == 1 else lists
    return found[0] if len(found) == 1 else None


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def sentences_of(row: Mapping[str, Any], where: str) -> Iterator[Mapping[str, Any]]:
    """Give a row, or the rows of the sentences that stand in it as a list of objects.

    What is told of the article (all that is no list and no object) is told of each of its sentences; its id becomes
    theirs, and its text, if it has one, is theirs together.

    >>> list(sentences_of({"id": 7, "sentences": [{"text": "It rained.", "kind": "narrative"}]}, "x:1"))
    [{'article': 7, 'text': 'It rained.', 'kind': 'narrative'}]
    """
    column = find_column(list(row), _PARTS)
    parts = row.get(column) if column is not None else None
    if not _is_list_of_objects(parts) or not isinstance(parts, list):
        yield row
        return
    about = {name: cell for name, cell in row.items() if isinstance(cell, _SCALARS)}
    text = find_column(list(about), OF_SENTENCES["text"])
    if text is not None:
        del about[text]
    known = find_column(list(about), ("article", *_ARTICLE_IDS))
    article = about.pop(known) if known is not None else where
    for part in parts:
        yield {**about, "article": article, **part}


_ARTICLE_IDS: Sequence[str] = (*OF_SENTENCES["article"], "id", "url")
