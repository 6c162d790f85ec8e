"""Word documents (.docx): paragraphs as they read with all changes accepted, without notes, headers and hidden words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from .....errors import SaysoError
from ...notices import Notices
from ...reader import Document
from ...tables import Result
from .package import Package, local_name, property_of
from .paragraphs import Headings, Properties, articles_of, tidy

_KIND = "Word document"
_LEFT_OUT = frozenset(("del", "moveFrom", "rPr", "pPr", "sectPr", "rt", "delText", "instrText", "delInstrText", "tblPr"))
_NOTE_MARKS = frozenset(("footnoteReference", "endnoteReference"))
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOT_SEEN = ("vanish", "strike", "dstrike")
_OTHER_OFFICE = (b"xl/", b"ppt/", b"visio/")
_CODE = re.compile(r"[0-9a-fA-F]{1,6}")
_FIRST_PART = re.compile(
    rb"PK\x03\x04[\x00-\xff]{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|customXml/"
    rb"|word/(?:\w+\.xml|_rels/|theme/|media/))"
)
"""The beginning of a zip whose first file belongs to an office document."""
_OFF = frozenset(("0", "false", "off"))


def docx_paragraphs(raw: bytes, where: str, notices: Notices | None = None) -> list[str]:
    r"""Return the paragraphs of a Word document; line ends within one are ``\n``.

    Parameters
    ----------
    raw : bytes
        The whole file.
    where : str
        File, for messages.
    notices : Notices, optional
        Is told what was left out.

    Raises
    ------
    SaysoError
        If it is damaged, encrypted or no Word document.
    """
    return list(tidy(_paragraphs(Package(BytesIO(raw), where, _KIND), notices or Notices(), Headings())))


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    package = Package(document.seekable(), document.name, _KIND)
    headings = Headings()
    paragraphs = list(_paragraphs(package, document.notices, headings))
    yield from articles_of(document, paragraphs, _properties(package), headings)


def knows(start: bytes) -> bool:
    """Tell by the names of the first parts; those of tables and slides begin like it, but for the folder of their text.

    The first name has to be one of an office document's: a zip archive may hold whole documents.
    """
    if not _FIRST_PART.match(start):
        return False
    return b"word/" in start or (b"[Content_Types].xml" in start and not any(part in start for part in _OTHER_OFFICE))


def _properties(package: Package) -> Properties:
    root = package.xml("docProps/core.xml")
    return Properties(property_of(root, "title"), property_of(root, "creator"), property_of(root, "created", "modified"))


def _main_part(package: Package) -> Any:
    """Return the root of the part that holds the text, which need not be called document.xml."""
    links = package.xml("_rels/.rels")
    targets = [link.get("Target", "") for link in (links if links is not None else ()) if _is_main(link.get("Type", ""))]
    for name in [*targets, "word/document.xml"]:
        if (root := package.xml(name)) is not None:
            return root
    raise SaysoError(f"{package.where}: no text part in this {_KIND}; save it as .docx again.")


def _is_main(link_type: str) -> bool:
    return link_type.endswith("/officeDocument")


def _paragraphs(package: Package, notices: Notices, headings: Headings) -> Iterator[str]:
    styles = package.xml("word/styles.xml")
    walk = _Walk(_hiding_styles(styles), _heading_styles(styles), headings)
    yield from walk.paragraphs(_main_part(package))
    if walk.n_notes:
        notices.count("Footnotes and endnotes left out", package.where)
    if walk.n_parts:
        notices.count("Files inserted into Word documents left out", package.where)
    if walk.n_pictures and not walk.n_words:
        raise SaysoError(f"{package.where}: pictures only, no text; run text recognition (OCR) on it first.")


def _hiding_styles(root: Any) -> Mapping[str, bool]:
    """Tell for each style whether its words are hidden or struck out, what it is based on included."""
    own: dict[str, bool | None] = {}
    parents: dict[str, str] = {}
    for style in root if root is not None else ():
        if local_name(style) == "style":
            name = _value(style, "styleId")
            own[name] = _hides(_child(style, "rPr"))
            parents[name] = _value(_child(style, "basedOn"), "val")

    def hidden(name: str, seen: int = 0) -> bool:
        answer = own.get(name)
        return answer if answer is not None else name in parents and seen < 50 and hidden(parents[name], seen + 1)

    return {name: hidden(name) for name in own}


def _heading_styles(root: Any) -> frozenset[str]:
    """Return the ids of the styles of titles and first-level headings, whatever the language of Word."""
    styles = [style for style in (root if root is not None else ()) if local_name(style) == "style"]
    names = {_value(style, "styleId"): _value(_child(style, "name"), "val").lower() for style in styles}
    return frozenset(key for key, name in names.items() if name in ("title", "heading 1")) or frozenset(
        ("Title", "Heading1")
    )


def _child(element: Any, name: str) -> Any:
    return None if element is None else next((child for child in element if local_name(child) == name), None)


def _value(element: Any, name: str) -> str:
    """Return an attribute by its name without the namespace."""
    return "" if element is None else next((str(v) for key, v in element.items() if key.rpartition("}")[2] == name), "")


def _hides(properties: Any) -> bool | None:
    """Tell whether run properties hide or strike out words; None if they say nothing of it."""
    marks = [mark for mark in (properties if properties is not None else ()) if local_name(mark) in _NOT_SEEN]
    return any(_value(mark, "val") not in _OFF for mark in marks) if marks else None


@dataclass(slots=True)
class _Walk:
    """Goes through a document once, and counts what it passes over."""

    hiding: Mapping[str, bool]
    heading_styles: frozenset[str]
    headings: Headings
    n_notes: int = 0
    n_parts: int = 0
    n_pictures: int = 0
    n_words: int = 0
    fields: list[bool] = field(default_factory=list)  # for each open field: whether its code is being read
    inner: list[Any] = field(default_factory=list)  # paragraphs of text boxes, to be read after the one they hang on

    def paragraphs(self, element: Any) -> Iterator[str]:
        """Yield the paragraphs below an element; one whose end was deleted goes on in the next."""
        joined = ""
        for paragraph in self._elements(element):
            joined += self._text_of(paragraph)
            boxes, self.inner = self.inner, []
            if not _goes_on(paragraph):
                self.n_words += bool(joined.strip())
                self.headings.note(joined, _style_of(paragraph) in self.heading_styles)
                yield joined
                joined = ""
            for box in boxes:
                yield from self.paragraphs(box)
        yield joined

    def _elements(self, element: Any) -> Iterator[Any]:
        """Yield the paragraphs below an element that are not inside another paragraph."""
        for child in element:
            name = local_name(child)
            if name == "p":
                yield child
            elif name == "altChunk":
                self.n_parts += 1
            elif not self._left_out(child, name):
                yield from self._elements(child)

    def _left_out(self, element: Any, name: str) -> bool:
        if name in _LEFT_OUT:
            return True
        if name == "tr":
            return _child(_child(element, "trPr"), "del") is not None
        if name == "Fallback":
            return _child(element.getparent(), "Choice") is not None
        if name == "sdt":
            return _is_contents_or_prompt(_child(element, "sdtPr"))
        return name == "r" and self._is_hidden(element)

    def _is_hidden(self, run: Any) -> bool:
        properties = _child(run, "rPr")
        own = _hides(properties)
        if own is not None:
            return own
        style = _value(_child(properties, "rStyle"), "val")
        return self.hiding.get(style, False)

    def _text_of(self, paragraph: Any) -> str:
        is_hidden = self.hiding.get(_style_of(paragraph), False)
        return "".join(self._pieces(paragraph, is_hidden))

    def _pieces(self, element: Any, hidden: bool = False) -> Iterator[str]:
        """Yield the text of an element's runs; text boxes are put aside."""
        for child in element:
            name = local_name(child)
            if name == "txbxContent":
                self.inner.append(child)
            elif name == "fldChar":
                self._pass_field(_value(child, "fldCharType"))
            elif self._left_out(child, name) or (hidden and name == "r" and _hides(_child(child, "rPr")) is not False):
                continue
            elif len(child):
                yield from self._pieces(child, hidden)
            elif not any(self.fields):
                yield self._character(child, name)

    def _character(self, element: Any, name: str) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return "\n" if _value(element, "type") in ("", "textWrapping") else "\n\n"
        if name == "sym":
            code = _CODE.fullmatch(_value(element, "char"))
            return chr(int(code[0], 16)) if code and 0x20 <= int(code[0], 16) < 0xD800 else ""
        self.n_notes += name in _NOTE_MARKS
        self.n_pictures += name in ("blip", "imagedata")
        return _CHARACTERS.get(name, "")

    def _pass_field(self, kind: str) -> None:
        """Follow a field, such as a link: its code is no text, its result is."""
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()


def _style_of(paragraph: Any) -> str:
    return _value(_child(_child(paragraph, "pPr"), "pStyle"), "val")


def _goes_on(paragraph: Any) -> bool:
    """Tell whether the next paragraph continues this one: its end was deleted, or it is a drop cap."""
    properties = _child(paragraph, "pPr")
    mark = _child(properties, "rPr")
    ends = mark is None or (
        _child(mark, "del") is None and _child(mark, "moveFrom") is None and _child(mark, "specVanish") is None
    )
    return not ends or _value(_child(properties, "framePr"), "dropCap") in ("drop", "margin")


def _is_contents_or_prompt(properties: Any) -> bool:
    """Tell a table of contents, or a field that still shows *Click to enter text*."""
    gallery = _child(_child(properties, "docPartObj"), "docPartGallery")
    return _value(gallery, "val") == "Table of Contents" or _child(properties, "showingPlcHdr") is not None
