"""What the package of an EPUB says of the book: its pages in reading order, and its table of contents."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from .....errors import SaysoError
from .package import Package, property_of
from .paragraphs import believable_author, believable_title

_FONT_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;:]*:[^;]*line-through")
_CLASS = re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says of the book, its pages in reading order, and which of them begin a chapter."""

    title: str | None
    author: str | None
    date: str | None
    is_newspaper: bool
    pages: list[str]
    chapters: dict[str, str]
    hidden_classes: frozenset[str]


def check_is_open(package: Package) -> None:
    """Raise a `SaysoError` for a book whose pages are encrypted; only fonts may be."""
    locks = package.xml("META-INF/encryption.xml")
    methods = {method.get("Algorithm") for method in locks.iter("{*}EncryptionMethod")} if locks is not None else set()
    if methods - set(_FONT_ONLY):
        raise SaysoError(
            f"{package.where}: this EPUB is encrypted against copying; only one without protection can be read."
        )


def read_book(package: Package) -> Book:
    """Return what the package says of the book.

    Raises
    ------
    SaysoError
        If it does not list its pages.
    """
    container = package.xml("META-INF/container.xml")
    rootfile = container.find(".//{*}rootfile") if container is not None else None
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    root = package.xml(path)
    if root is None:
        raise SaysoError(f"{package.where}: no list of its pages in this EPUB; make it anew.")
    folder = posixpath.dirname(path)
    items: dict[str, Any] = {item.get("id"): item for item in root.iter("{*}item")}
    pages: list[str] = []
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"), {})
        is_menu = "nav" in (item.get("properties") or "").split() or reference.get("linear") == "no"
        if not is_menu and "html" in (item.get("media-type") or ""):
            pages.append(_path(folder, item.get("href", "")))
    kinds = " ".join(f"{meta.get('name')} {meta.get('content')} {meta.text}" for meta in root.iter("{*}meta"))
    return Book(
        believable_title(property_of(root, "title")),
        believable_author(property_of(root, "creator")),
        property_of(root, "date"),
        "periodical" in kinds or (property_of(root, "type") or "").lower() in ("newspaper", "magazine", "periodical"),
        pages,
        _contents(package, folder, items),
        frozenset(name for item in items.values() for name in _hidden_classes(package, folder, item)),
    )


def _hidden_classes(package: Package, folder: str, item: Any) -> Iterator[str]:
    """Yield the classes of a style sheet whose words are hidden or struck out."""
    if item.get("media-type") != "text/css":
        return
    style = (package.read(_path(folder, item.get("href", ""))) or b"").decode("utf-8", "replace")
    for rule in _RULE.finditer(style):
        if _HIDES.search(rule[2]):
            yield from _CLASS.findall(rule[1].strip())


def _path(folder: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(reference.partition("#")[0])))


def _contents(package: Package, folder: str, items: dict[str, Any]) -> dict[str, str]:
    """Return the pages that the table of contents names, with their titles."""
    chapters: dict[str, str] = {}
    for item in items.values():
        place = _path(folder, item.get("href", ""))
        within = posixpath.dirname(place)
        if "nav" in (item.get("properties") or "").split():
            tree = package.xml(place)
            lists = [nav for nav in tree.iter("{*}nav") if "toc" in kinds_of(nav)] if tree is not None else []
            links = [(a.get("href", ""), "".join(a.itertext())) for nav in lists for a in nav.iter("{*}a")]
        elif "dtbncx" in (item.get("media-type") or ""):
            tree = package.xml(place)
            points = tree.iter("{*}navPoint") if tree is not None else ()
            links = [(_source(point), "".join(point.find("{*}navLabel").itertext())) for point in points]
        else:
            continue
        for reference, title in links:
            chapters.setdefault(_path(within, reference), " ".join(title.split()))
    return chapters


def _source(point: Any) -> str:
    content = point.find("{*}content")
    return content.get("src", "") if content is not None else ""


def kinds_of(element: Any) -> frozenset[str]:
    """Return what an element is said to be by ``epub:type`` and ``role``."""
    said = [value for key, value in element.items() if key.rpartition("}")[2] in ("type", "epub:type", "role")]
    return frozenset(kind.removeprefix("doc-") for kind in " ".join(said).lower().split())
