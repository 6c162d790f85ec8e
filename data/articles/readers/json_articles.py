"""Where in a JSON object the articles are: the object itself, a list in it, or one object or column a name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ....errors import SaysoError
from ..cells.nested import NO_ARTICLES, flattened
from ..cells.paragraphs import paragraphs_of
from ..notices import Notices
from ..tables import Columns, Result, article_of

Rows = list[tuple[str, Any]]
"""What tells each of several articles apart, a number or a name, and the article."""
_DEEPEST = 4  # objects and lists above the articles
_LOOKED_AT = 20  # entries of a list that tell whether it holds articles
_OF_ARTICLES = ("title", "url", "date")
"""Parts that an article has and a paragraph has not."""
_OF_STORIES = ("url", "date")
"""Parts that an article has and its sections have not."""


def articles_of(value: Any, where: str, columns: Columns, notices: Notices) -> Iterator[Result]:
    """Yield the articles of a JSON value, and an error for each that cannot be read.

    Parameters
    ----------
    value : Any
        An object that is an article, or that holds articles: in a list (``articles``, ``response.results``), by name,
        or as pandas writes tables.
    where : str
        File or row; the id of an article that has none of its own and is the only one.
    columns : Columns
    notices : Notices
        Is told where the articles were, and what was passed over.
    """
    rows = _table_rows(value, columns)
    if isinstance(value, list):
        rows = [row for place in _found(value, columns) for row in place.rows] or None
    elif rows is None and isinstance(value, Mapping) and not _is_article(value, columns):
        rows = _found_rows(value, where, columns, notices)
    for name, row in [("", value)] if rows is None else rows:
        place = f"{where}:{name}" if name else where
        try:
            yield article_of(row, place, columns, notices)
        except SaysoError as error:
            yield error


def _is_article(value: Mapping[Any, Any], columns: Columns) -> bool:
    """Tell whether an object itself has the text, not one in it."""
    text_column = _text_column(value, columns)
    if text_column is None or (columns.text is None and "." in text_column):
        return False
    has_others = any(part in _chosen(value, columns) for part in _OF_ARTICLES)  # then the objects in it are its sections
    return not _found(value.get(text_column), columns, parts=_OF_STORIES if has_others else _OF_ARTICLES)


def _text_column(value: Any, columns: Columns) -> str | None:
    return _chosen(value, columns).get("text") if isinstance(value, Mapping) else None


def _chosen(value: Mapping[Any, Any], columns: Columns) -> dict[str, str]:
    try:
        return columns.find(list(flattened(value)), "")
    except SaysoError:
        return {}


def _has_text(value: Any, columns: Columns, parts: tuple[str, ...] = ()) -> bool:
    """Tell whether an object has words as its text, and one of other parts if any are asked for."""
    if not isinstance(value, Mapping):
        return False
    chosen = _chosen(value, columns)
    if "text" not in chosen or (parts and not any(part in chosen for part in parts)):
        return False
    return bool(paragraphs_of(flattened(value)[chosen["text"]]))


@dataclass(frozen=True, slots=True)
class _Place:
    """A list or object that holds articles: its name with dots, that of what it stands in, and the articles."""

    name: str
    above: str
    rows: Rows


def _found_rows(value: Mapping[Any, Any], where: str, columns: Columns, notices: Notices) -> Rows | None:
    """Choose the place with most articles; places side by side that hold nothing else are one."""
    places = _found(value, columns)
    for key, inner in value.items() if places else ():
        if str(key).lower() in NO_ARTICLES and isinstance(inner, list) and any(_has_text(one, columns) for one in inner):
            notices.count(f"list {key!r} left out, as it holds no articles", where)
    if not places:
        return None if _text_column(value, columns) else _without_text(value, where)
    best = max(places, key=lambda place: len(place.rows))
    if len(places) == 1 and best.rows[0][0] == "":
        inner = f"{best.name}.{_text_column(best.rows[0][1], columns)}"
        return None if _text_column(value, columns) == inner else best.rows  # what is around it may have its id and date
    if _are_side_by_side(places, value):
        return [(f"{place.name}:{name}", row) for place in places for name, row in place.rows]
    for place in places:
        if place is not best:
            notices.say(
                f"{where}: the articles are read from {best.name!r} ({len(best.rows):,}); "
                f"{place.name!r} ({len(place.rows):,}) is left out."
            )
    return list(_rows_with_text(best.rows, where, columns, notices))


def _are_side_by_side(places: list[_Place], value: Mapping[Any, Any]) -> bool:
    """Tell whether there are several places, all in one object that holds nothing else."""
    above = {place.above for place in places}
    return len(places) > 1 and len(above) == 1 and _holds_nothing_else(value, above.pop())


def _rows_with_text(rows: Rows, where: str, columns: Columns, notices: Notices) -> Iterator[tuple[str, Any]]:
    """Yield the rows that have a column of text, and count the others."""
    for name, row in rows:
        if _text_column(row, columns):
            yield name, row
        else:
            notices.count("entries without a text column left out", f"{where}:{name}")


def _without_text(value: Mapping[Any, Any], where: str) -> Rows | None:
    """Return an entry of the longest list, so that the error lists its columns; None if there is no list of objects."""
    lists = [
        (name, rows)
        for name, rows in flattened(value).items()
        if isinstance(rows, list) and NO_ARTICLES.isdisjoint(name.lower().split("."))
    ]
    name, rows = max(lists, key=lambda one: len(one[1]), default=("", []))
    if lists and not rows:
        raise SaysoError(f"{where}: no articles in this JSON: {name!r} is empty; give objects, each with a text.")
    return [(name, rows[0])] if rows and isinstance(rows[0], Mapping) else None


def _holds_nothing_else(value: Any, name: str) -> bool:
    for part in filter(None, name.split(".")):
        value = value[part]
    return all(isinstance(inner, list) for inner in value.values())


def _found(value: Any, columns: Columns, name: str = "", depth: int = 0, *, parts: tuple[str, ...] = ()) -> list[_Place]:
    """Return every place in a value that holds articles; these have one of the parts asked for, if any are."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return _found_in_list(value, columns, name, depth, parts=parts)
    if not isinstance(value, Mapping):
        return []
    above, _, _ = name.rpartition(".")
    rows_by_name = [(str(key), row) for key, row in value.items()]
    if rows_by_name and all(_is_named_article(row, columns, parts) for _, row in rows_by_name[:_LOOKED_AT]):
        return [_Place(name, above, rows_by_name)]
    places = [
        place
        for key, inner in rows_by_name
        if key.lower() not in NO_ARTICLES
        for place in _found(inner, columns, f"{name}.{key}" if name else key, depth + 1, parts=parts)
    ]
    if not places and depth and _has_text(value, columns, parts or _OF_ARTICLES):
        return [_Place(name, above, [("", value)])]
    return places


def _found_in_list(values: list[Any], columns: Columns, name: str, depth: int, *, parts: tuple[str, ...]) -> list[_Place]:
    rows: list[Any] = []
    if any(_has_text(row, columns, parts) for row in values[:_LOOKED_AT]):
        rows = values
    else:
        inner = [place for row in values for place in _found(row, columns, name, depth + 1, parts=parts)]
        rows = [row for place in inner for _, row in place.rows]
    numbered = [(str(number), row) for number, row in enumerate(rows, 1)]
    return [_Place(name, name.rpartition(".")[0], numbered)] if rows else []


def _is_named_article(value: Any, columns: Columns, parts: tuple[str, ...]) -> bool:
    return _has_text(value, columns, parts) and _is_article(value, columns)


def _table_rows(value: Any, columns: Columns) -> Rows | None:
    """Read a table that pandas wrote; None where it is no such table."""
    if not isinstance(value, Mapping):
        return None
    if (rows := _rows_of_split(value)) is not None:
        return rows
    text_column = _text_column(value, columns)
    if text_column is None or "." in text_column:
        return None
    if (rows := _rows_of_lists(value)) is not None:
        return rows
    return _rows_of_objects(value, text_column)


def _rows_of_split(value: Mapping[Any, Any]) -> Rows | None:
    """Read ``{"columns": [name, …], "index": [key, …], "data": [[cell, …], …]}``, with or without the index."""
    if not {"columns", "data"} <= set(value) <= {"columns", "index", "data"}:
        return None
    names, data = value["columns"], value["data"]
    if not isinstance(names, list) or not isinstance(data, list) or not _are_all(list, data):
        return None
    keys = value.get("index") or range(1, len(data) + 1)
    return [(str(key), dict(zip(map(str, names), row, strict=False))) for key, row in zip(keys, data, strict=False)]


def _rows_of_lists(value: Mapping[Any, Any]) -> Rows | None:
    """Read ``{name: [cell, …], …}``: two columns or more, of the same length."""
    cells = list(value.values())
    if len(cells) < 2 or not _are_all(list, cells) or len(set(map(len, cells))) > 1:
        return None
    return [(str(number), dict(zip(value, row, strict=True))) for number, row in enumerate(zip(*cells, strict=True), 1)]


def _rows_of_objects(value: Mapping[Any, Any], text_column: str) -> Rows | None:
    """Read ``{name: {key: cell, …}, …}``: each column has the same keys, and the text is words."""
    cells = list(value.values())
    if not _are_all(Mapping, cells) or not all(cells):
        return None
    keys = list(cells[0])
    if any(list(column) != keys for column in cells) or not isinstance(value[text_column][keys[0]], str):
        return None
    return [(str(key), {name: column[key] for name, column in value.items()}) for key in keys]


def _are_all(kind: type, values: list[Any]) -> bool:
    return all(isinstance(value, kind) for value in values)
