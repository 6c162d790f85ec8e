"""Databases of articles in XML of no standard: elements whose parts have the usual names."""

from .....errors import SaysoError
from ...notices import Notices
from ...tables import Columns, Result, article_of
from .elements import Element, inner_text, name_of, words

_PARAGRAPHS = ("p", "para", "paragraph", "P")
_BESIDE = ("title", "date", "url", "id", "outlet")
"""Parts that an article has once; its sections have at most a language."""
_NAMED = ("field", "str", "arr", "date", "property", "meta", "attribute", "element")
"""Elements whose attribute ``name`` says what they hold, as Solr writes them."""


def row_of(element: Element, columns: Columns) -> dict[str, str] | None:
    """Return the parts of an element as a row, by their names; None if it is no article.

    It is one if it has a text, and another usual part beside it.
    """
    children = [(_column(child), child) for child in element if name_of(child)]
    paragraphs = [words(child) for name, child in children if name in _PARAGRAPHS]
    parts = [(name, child) for name, child in children if name not in _PARAGRAPHS]
    attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    text_name = _text_name([*attributes, *(name for name, _ in parts)], columns, has_paragraphs=bool(paragraphs))
    if text_name is None or text_name in attributes:
        return None
    row = attributes | _row(parts, text_name, attributes)
    if paragraphs:
        row["text"] = "\n\n".join(filter(None, [row.get("text", ""), *paragraphs]))
    return row if row.get(text_name, "").strip() else None


def _text_name(names: list[str], columns: Columns, *, has_paragraphs: bool) -> str | None:
    """Return which of these names is that of the text; None where none is, or none of the other parts of an article."""
    try:
        chosen = columns.find([*names, "text"] if has_paragraphs else names, "")
    except SaysoError:
        return None
    others = ("title",) if has_paragraphs else _BESIDE
    return None if chosen.keys().isdisjoint(others) else chosen["text"]


def _row(parts: list[tuple[str, Element]], text_name: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the words of each part by its name: of the first that has any, but of every part of the text."""
    row: dict[str, str] = {}
    for name, child in parts:
        if name == text_name:
            value = inner_text(child, "")
            row[name] = f"{row[name]}\n\n{value}" if name in row else value
        else:
            row[name] = row.get(name) or attributes.get(name) or words(child) or child.get("value", "")
    return row


def record(row: dict[str, str], where: str, columns: Columns, notices: Notices) -> Result:
    """Return the article of a row, or the error that says why there is none."""
    try:
        return article_of(row, where, columns, notices)
    except SaysoError as error:
        return error


def _column(child: Element) -> str:
    name = name_of(child)
    return child.get("name") or name if name in _NAMED else name
