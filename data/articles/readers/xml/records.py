"""Databases of articles in XML of no standard: elements whose parts have the usual names."""

from .....errors import SaysoError
from ...notices import Notices
from ...tables import Columns, Result, article_of
from .elements import Element, inner_text, name_of, words

_PARAGRAPHS = ("p", "para", "paragraph", "P")
_BESIDE = ("title", "date", "url", "id", "outlet")
"""Parts of which an article has one; sections of an article have at most a language."""
_NAMED = ("field", "str", "arr", "date", "property", "meta", "attribute", "element")
"""Elements whose attribute ``name`` says what they hold, as Solr writes them."""


def row_of(element: Element, columns: Columns) -> dict[str, str] | None:
    """Return the parts of an element as a row, by their names; None if it is no article.

    It is one if it has a text, and another usual part beside it.
    """
    names = [_column(child) for child in element if name_of(child)]
    n_paragraphs = sum(name in _PARAGRAPHS for name in names)
    attributes = [name.rpartition("}")[2] for name in element.attrib]
    every = [*attributes, *(name for name in names if name not in _PARAGRAPHS), *(["text"] if n_paragraphs else [])]
    try:
        chosen = columns.find(every, "")
    except SaysoError:
        return None
    others = ("title",) if n_paragraphs else _BESIDE
    if chosen["text"] in attributes or not any(part in chosen for part in others):
        return None
    row = dict(zip(attributes, element.attrib.values(), strict=True))
    for child in element:
        name = _column(child)
        if not name or name in _PARAGRAPHS:
            continue
        value = inner_text(child, "") if name == chosen["text"] else words(child) or child.get("value", "")
        row[name] = f"{row[name]}\n\n{value}" if name == chosen["text"] and name in row else row.get(name) or value
    if n_paragraphs:
        paragraphs = "\n\n".join(words(child) for child in element if name_of(child) in _PARAGRAPHS)
        row["text"] = "\n\n".join(filter(None, [row.get("text", ""), paragraphs]))
    return row if row.get(chosen["text"], "").strip() else None


def record(row: dict[str, str], where: str, columns: Columns, notices: Notices) -> Result:
    """Make an article of a row, or the error that says why there is none."""
    try:
        return article_of(row, where, columns, notices)
    except SaysoError as error:
        return error


def _column(child: Element) -> str:
    name = name_of(child)
    return child.get("name") or name if name in _NAMED else name
