"""Objects within objects: the names of what is in them, with dots, and where the parts of an article are looked for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...tabular.column_names import find_column

_DEEPEST = 3  # objects above a value: Elasticsearch and the APIs of newspapers have the text one or two levels down
NO_ARTICLES = frozenset(
    "image images media photo picture video author authors user comment comments caption related associations "
    "renditions".split()
)
"""Objects whose texts are not the article's."""


def flattened(row: Mapping[Any, Any], above: str = "", depth: int = 0) -> dict[str, Any]:
    """Return the values of an object by name, and those of objects in it by a name with dots; outer ones first.

    >>> flattened({"fields": {"body": "Rain."}, "_id": {"$oid": "7f"}})
    {'fields': {'body': 'Rain.'}, '_id': '7f', 'fields.body': 'Rain.'}
    """
    outer = {f"{above}{name}": unwrapped(value) for name, value in row.items()}
    inner: dict[str, Any] = {}
    if depth < _DEEPEST:
        for name, value in outer.items():
            if isinstance(value, Mapping):
                inner |= flattened(value, f"{name}.", depth + 1)
    return {**inner, **outer} if not outer.keys().isdisjoint(inner) else {**outer, **inner}


def unwrapped(value: Any) -> Any:
    """Return the value that MongoDB writes as an object with its type: ``{"$date": …}``."""
    while isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith("$"):
        value = next(iter(value.values()))
    return value


def find_text(names: Sequence[str], usual: Iterable[str]) -> str | None:
    """Return the column of text: the first with a usual name, outer ones before those in objects."""
    usual = list(usual)
    for depth in range(_DEEPEST + 1):
        by_leaf: dict[str, str] = {}
        for name in names:
            *above, leaf = name.split(".")
            if len(above) == depth and (not above or above[-1].lower() not in NO_ARTICLES):
                by_leaf.setdefault(leaf, name)
        if chosen := find_column(list(by_leaf), usual):
            return by_leaf[chosen]
    return None


def find_beside(names: Sequence[str], text: str, usual: Iterable[str]) -> str | None:
    """Return the column of another part: beside the text, or else in the objects around it.

    A usual name may be one of two levels, as ``source_name`` for ``source.name``.
    """
    usual = list(usual)
    for above in above_of(text):
        inside = {name[len(above) :]: name for name in names if name.startswith(above) and not text.startswith(f"{name}.")}
        if chosen := find_column(list(inside), usual):
            return inside[chosen]
    return None


def above_of(name: str) -> list[str]:
    """Return the beginnings of the names that stand beside a value, and around it.

    >>> above_of("hit.source.text"), above_of("text")
    (['hit.source.', 'hit.', ''], [''])
    """
    parts = name.split(".")[:-1]
    return ["".join(f"{part}." for part in parts[:n]) for n in range(len(parts), -1, -1)]
