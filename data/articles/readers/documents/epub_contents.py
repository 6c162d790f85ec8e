"""What the package of an EPUB says of the book: its pages in reading order, and its table of contents."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from .....errors import SaysoError
from .package import Package, parse_xml, property_of
from .paragraphs import believable_author, believable_title

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?),?\s+(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
)
_ISSUE = re.compile(
    rf"\A(?P<name>.*?\w\W?)[\s,:|–—\[(-]*(?:\b[a-z]{{2,6}}day,?\s+|\b[a-z]{{3}},?\s+)?(?P<day>{_DAY})[\])]?\s*\Z", re.I
)
_FONT_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;:]*:[^;]*line-through")
_CLASS = re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")


class _Entry(NamedTuple):
    """An entry of the table of contents: a page, or an id on it, and how deeply it is nested."""

    page: str
    place: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says of the book, its pages in reading order, and which of them begin a chapter.

    ``chapters`` has a title by page; ``places``, for pages that several chapters stand on, a title by page and id.
    """

    title: str | None
    author: str | None
    date: str | None
    is_newspaper: bool
    pages: list[str]
    chapters: dict[str, str]
    places: dict[str, dict[str, str]]
    hidden_classes: frozenset[str]


def check_is_open(package: Package) -> None:
    """Raise a `SaysoError` for a book whose pages are encrypted; only fonts may be."""
    locks = package.xml("META-INF/encryption.xml")
    methods = {method.get("Algorithm") for method in locks.iter("{*}EncryptionMethod")} if locks is not None else set()
    if methods - set(_FONT_ONLY):
        raise SaysoError(f"{package.where}: this EPUB is copy-protected; only EPUBs without protection can be read.")


def read_book(package: Package) -> Book:
    """Return what the package says of the book.

    Raises
    ------
    SaysoError
        If it does not list its pages.
    """
    root, folder = _list_of_parts(package)
    items: dict[str, Any] = {item.get("id"): item for item in root.iter("{*}item")}
    entries = list(_entries(package, folder, items))
    title, date, is_newspaper = _issue(root)
    return Book(
        title,
        believable_author(property_of(root, "creator")),
        date,
        is_newspaper,
        list(_pages(root, folder, items)),
        _chapters(entries),
        _places(entries, is_newspaper),
        frozenset(name for item in items.values() for name in _hidden_classes(package, folder, item)),
    )


def _list_of_parts(package: Package) -> tuple[Any, str]:
    """Return the root of the package document, which lists all parts of the book, and the folder that it is in."""
    container = package.xml("META-INF/container.xml")
    rootfile = container.find(".//{*}rootfile") if container is not None else None
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    root = package.xml(path)
    if root is None:
        raise SaysoError(f"{package.where}: this EPUB has no list of its pages; create it again.")
    return root, posixpath.dirname(path)


def _pages(root: Any, folder: str, items: dict[str, Any]) -> Iterator[str]:
    """Yield the paths of the pages in reading order, but for the table of contents and what stands apart."""
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"), {})
        is_menu = "nav" in (item.get("properties") or "").split() or reference.get("linear") == "no"
        if not is_menu and "html" in (item.get("media-type") or ""):
            yield _path(folder, item.get("href", ""))


def _issue(root: Any) -> tuple[str | None, str | None, bool]:
    """Return title and date, and whether this is the issue of a newspaper or magazine."""
    title, date = believable_title(property_of(root, "title")), property_of(root, "date")
    if issue := _ISSUE.match(title or ""):  # Orla Post, 2 May 2023
        return issue["name"].strip(" ,:|–—-"), date or issue["day"], True
    kinds = " ".join(f"{meta.get('name')} {meta.get('content')} {meta.text}" for meta in root.iter("{*}meta"))
    kind = (property_of(root, "type") or "").lower()
    return title, date, "periodical" in kinds or kind in ("newspaper", "magazine", "periodical")


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


def _entries(package: Package, folder: str, items: dict[str, Any]) -> Iterator[_Entry]:
    """Yield the entries of the table of contents."""
    for item in items.values():
        place = _path(folder, item.get("href", ""))
        if "nav" in (item.get("properties") or "").split():
            links = _links(_tree(package, place))
        elif "dtbncx" in (item.get("media-type") or ""):
            links = _points(_tree(package, place))
        else:
            continue
        for reference, title, depth in links:
            page, _, place_in_page = reference.partition("#")
            yield _Entry(_path(posixpath.dirname(place), page), unquote(place_in_page), " ".join(title.split()), depth)


def _chapters(entries: list[_Entry]) -> dict[str, str]:
    """Return the pages that the table of contents names, with their titles."""
    chapters: dict[str, str] = {}
    for entry in entries:
        if not entry.place or entry.page not in chapters:  # an article counts before the section that it is the first of
            chapters[entry.page] = entry.title
    return chapters


def _places(entries: list[_Entry], is_newspaper: bool) -> dict[str, dict[str, str]]:
    """Return the places of chapters, or of a newspaper's articles, on pages that hold several."""
    depths = [entry.depth for entry in entries]
    depth = (max if is_newspaper else min)(depths, default=0)
    places: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.depth == depth and entry.place:
            places.setdefault(entry.page, {}).setdefault(entry.place, entry.title)
    return {page: titles for page, titles in places.items() if len(titles) > 1}


def _tree(package: Package, name: str) -> Any:
    """Return the root of a part; an empty one where it is broken, since the text can be read without it."""
    try:
        root = package.xml(name)
    except SaysoError:
        root = None
    return parse_xml(b"<none/>", name) if root is None else root


def _links(root: Any) -> list[tuple[str, str, int]]:
    lists = [nav for nav in root.iter("{*}nav") if "toc" in kinds_of(nav)]
    return [(a.get("href", ""), "".join(a.itertext()), _depth(a, "ol")) for nav in lists for a in nav.iter("{*}a")]


def _points(root: Any) -> list[tuple[str, str, int]]:
    links = []
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if content is not None:
            title = "" if label is None else "".join(label.itertext())
            links.append((content.get("src", ""), title, _depth(point, "navPoint")))
    return links


def _depth(element: Any, name: str) -> int:
    return sum(1 for _ in element.iterancestors(f"{{*}}{name}"))


def kinds_of(element: Any) -> frozenset[str]:
    """Return what an element is said to be by ``epub:type`` and ``role``."""
    said = [value for key, value in element.items() if key.rpartition("}")[2] in ("type", "epub:type", "role")]
    return frozenset(kind.removeprefix("doc-") for kind in " ".join(said).lower().split())
