"""OpenDocument texts (.odt, .fodt): paragraphs as they read, without deleted words, notes, comments and hidden words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .....errors import SaysoError
from ...reader import Document
from ...tables import Result
from .package import Package, local_name, parse_xml, property_of
from .paragraphs import Headings, Properties, articles_of

_KIND = "OpenDocument text"
_MIME = b"application/vnd.oasis.opendocument.text"
_LEFT_OUT = frozenset(
    "tracked-changes note annotation annotation-end table-of-content illustration-index table-index object-index "
    "alphabetical-index bibliography forms sequence-decls variable-decls user-field-decls title desc ruby-text hidden-text "
    "binary-data scripts master-styles event-listeners".split()
)
_PARAGRAPHS = frozenset(("p", "h"))
_FRAMES = frozenset(("frame", "custom-shape", "text-box", "rect", "g", "line", "path", "polygon", "ellipse", "object"))
_SPACE = re.compile(r"[ \t\r\n]+")


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    if document.stream.peek(4)[:2] == b"PK":
        content, meta, styles = _from_package(document)
    else:
        content = meta = styles = parse_xml(document.whole(), document.name)
    body = next((element for element in content.iter("{*}text") if local_name(element.getparent()) == "body"), None)
    if body is None:
        raise SaysoError(f"{document.name}: not a text document; save it as .odt or plain text.")
    headings = Headings()
    walk = _Walk(_hiding_styles(styles, content), _deletions(body), headings)
    paragraphs = [*walk.paragraphs(body), walk.unfinished]
    if walk.n_notes:
        document.notices.count("Footnotes and endnotes left out", document.name)
    if walk.n_pictures and not any(paragraph.strip() for paragraph in paragraphs):
        raise SaysoError(f"{document.name}: pictures only, no text; run text recognition (OCR) on it first.")
    yield from articles_of(document, paragraphs, _properties(meta), headings)


def _from_package(document: Document) -> tuple[Any, Any, Any]:
    """Return the roots of a package's content, properties and styles."""
    package = Package(document.seekable(), document.name, _KIND)
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise package.locked()
    content = package.xml("content.xml")
    if content is None:
        raise SaysoError(f"{document.name}: no content.xml in this {_KIND}; save it as .odt again.")
    return content, package.xml("meta.xml"), package.xml("styles.xml")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    if start.startswith(b"PK\x03\x04"):
        return b"mimetype" + _MIME in start[:200]
    return b"<office:document" in start[:2000] and b'mimetype="' + _MIME in start


def _properties(meta: Any) -> Properties:
    written = property_of(meta, "creation-date", "date")
    return Properties(property_of(meta, "title"), property_of(meta, "initial-creator", "creator"), written)


def _attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without the namespace."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _hiding_styles(*roots: Any) -> Mapping[str, bool]:
    """Tell for each style whether its words are hidden or struck out, what it is based on included."""
    own: dict[str, bool | None] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in root.iter("{*}style") if root is not None else ():
            name = _attribute(style, "name")
            own[name] = _hides(style)
            parents[name] = _attribute(style, "parent-style-name")

    def hidden(name: str, depth: int = 0) -> bool:
        answer = own.get(name)
        return answer if answer is not None else name in parents and depth < 50 and hidden(parents[name], depth + 1)

    return {name: hidden(name) for name in own}


def _hides(style: Any) -> bool | None:
    """Tell whether a style hides or strikes out words; None if it says nothing of it."""
    said = [
        _attribute(properties, name)
        for properties in style
        for name in ("display", "text-line-through-style", "text-line-through-type")
    ]
    if said[0::3] and "none" in said[0::3]:
        return True
    lines = [value for value in said[1::3] + said[2::3] if value]
    return any(value != "none" for value in lines) if lines else None


def _deletions(body: Any) -> frozenset[str]:
    """Return the ids of deletions whose words stand in the text, between two marks, as in flat files of LibreOffice."""
    return frozenset(
        _attribute(region, "id") for region in body.iter("{*}changed-region") if region.find("{*}deletion") is not None
    )


@dataclass(slots=True)
class _Walk:
    """Goes through a document once, and counts what it passes over."""

    hiding: Mapping[str, bool]
    deletions: frozenset[str]
    headings: Headings
    deleting: set[str] = field(default_factory=set)
    unfinished: str = ""  # a paragraph whose end was deleted
    n_notes: int = 0
    n_pictures: int = 0
    boxes: list[Any] = field(default_factory=list)  # text boxes, to be read after the paragraph they hang on

    def paragraphs(self, element: Any) -> Iterator[str]:
        """Yield the paragraphs below an element."""
        for child in element:
            name = local_name(child)
            if name in _PARAGRAPHS:
                if not self._is_hidden(child):
                    yield from self._paragraph(child)
            elif not self._passes_over(child, name):
                yield from self.paragraphs(child)

    def _paragraph(self, element: Any) -> Iterator[str]:
        text = self.unfinished + "".join(self._pieces(element)).replace("\n ", "\n")
        self.unfinished = text if self.deleting else ""
        if not self.deleting:
            is_heading = local_name(element) == "h" and _attribute(element, "outline-level") in ("", "1")
            self.headings.note(text, is_heading or _attribute(element, "style-name") == "Title")
            yield text
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.paragraphs(box)

    def _is_hidden(self, element: Any) -> bool:
        return self.hiding.get(_attribute(element, "style-name"), False) or _attribute(element, "is-hidden") == "true"

    def _passes_over(self, element: Any, name: str) -> bool:
        """Tell what is no text; sections are hidden by themselves."""
        self.n_notes += name == "note"
        self.n_pictures += name == "image"
        return name in _LEFT_OUT or (name in ("section", "hidden-paragraph") and _attribute(element, "display") == "none")

    def _pieces(self, element: Any) -> Iterator[str]:
        """Yield the text of an element; what stands behind a part that is left out is kept."""
        yield self._words(element.text)
        for child in element:
            name = local_name(child)
            if name in ("change-start", "change-end"):
                self._pass_change(_attribute(child, "change-id"), name == "change-start")
            elif name in _FRAMES:
                self.boxes.append(child)
            elif name == "s":
                yield " "
            elif name in ("tab", "line-break"):
                yield "\t" if name == "tab" else "\n"
            elif not self._passes_over(child, name) and not self._is_hidden(child):
                yield from self._pieces(child)
            yield self._words(child.tail)

    def _words(self, text: str | None) -> str:
        return "" if self.deleting else _SPACE.sub(" ", text or "")

    def _pass_change(self, change: str, begins: bool) -> None:
        if begins and change in self.deletions:
            self.deleting.add(change)
        else:
            self.deleting.discard(change)
