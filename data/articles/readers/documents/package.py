"""Zip files that are one document: .docx, .odt and .epub."""

import zipfile
import zlib
from io import BufferedIOBase
from typing import Any

from .....errors import SaysoError

_LARGEST_PART = 100_000_000  # bytes of one part when unpacked; a novel's text has a hundredth of it


class Package:
    """A document in a zip file.

    Parameters
    ----------
    stream : binary stream that can be rewound
    where : str
        File, for messages.
    kind : str
        What it is, as in "Word document".

    Raises
    ------
    SaysoError
        If it is damaged or locked by a password; so do the methods.
    """

    def __init__(self, stream: BufferedIOBase | Any, where: str, kind: str) -> None:
        self.where, self.kind = where, kind
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged(error) from error
        self._parts = {_plain(part.filename): part for part in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def damaged(self, error: object) -> SaysoError:
        """Make the error that says that the file cannot be read."""
        return SaysoError(f"{self.where}: this {self.kind} is damaged or incomplete ({error}); get the file again.")

    def locked(self) -> SaysoError:
        """Make the error that says that the file has a password."""
        return SaysoError(f"{self.where}: this {self.kind} is encrypted; save it without a password.")

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part; None if there is none of that name."""
        part = self._parts.get(_plain(name))
        if part is None:
            return None
        if part.flag_bits & 1:
            raise self.locked()
        if part.file_size > _LARGEST_PART:
            raise SaysoError(
                f"{self.where}: {name} has {part.file_size:,} bytes when unpacked, too large for a text; split it."
            )
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise self.damaged(error) from error

    def xml(self, name: str) -> Any:
        """Return the root element of a part in XML; None if there is none of that name."""
        raw = self.read(name)
        return None if raw is None else parse_xml(raw, f"{self.where}: {name}")


def parse_xml(raw: bytes, where: str) -> Any:
    """Return the root of an XML text, without its comments; what it refers to elsewhere is not looked up."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise SaysoError(f"{where}: broken XML ({reason}); save the document again.") from error


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def property_of(root: Any, *names: str) -> str | None:
    """Return the words of the first element with one of these names, in the order of the names."""
    if root is None:
        return None
    for name in names:
        element = root.find(f".//{{*}}{name}")
        if element is not None and (element.text or "").strip():
            return str(element.text).strip()
    return None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
