"""Elements of a page by their class, and their words."""

from ...web.tree import Tree, words_of


def has_class(element: Tree, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in (element.get("class") or "").split()


def all_of(element: Tree, name: str) -> list[Tree]:
    """Return the elements below one that have a class."""
    return [below for below in element.iter("*") if has_class(below, name)]


def words_in(element: Tree, name: str, tag: str | None = None) -> str:
    """Return the words of the first element of a class that has any."""
    return next((words_of(inner) for inner in all_of(element, name) if tag in (None, inner.tag) and words_of(inner)), "")
