"""Lists of references (RIS, BibTeX, EndNote, Web of Science): refused, since they hold no texts of articles."""

import codecs
import re
from collections.abc import Iterator

from .....errors import SaysoError
from ...reader import Document
from ...tables import Result

_KINDS = {
    "RIS": re.compile(rb"(?:Provider:.*\n(?:.*\n){0,5})?\s*TY  ?- \w+", re.I),
    "BibTeX": re.compile(
        rb"(?:[ \t]*%.*\n|[ \t]*\n)*[ \t]*@(?:article|misc|book|online|newspaper|inproceedings)\s*\{", re.I
    ),
    "EndNote": re.compile(rb"%0 \w+(?: \w+)*\s*\n%\w "),
    "Web of Science": re.compile(rb"FN .*\nVR .*\n", re.I),
    "PubMed": re.compile(rb"PMID- ?\d+"),
}


def _kind_of(start: bytes) -> str | None:
    start = start[:4_096].removeprefix(codecs.BOM_UTF8).lstrip().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return next((kind for kind, begins in _KINDS.items() if begins.match(start)), None)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    kind = _kind_of(document.stream.peek(4_096))
    yield SaysoError(
        f"{document.name}: references only ({kind}), without article texts; export the full texts (as text, RTF or HTML)."
    )


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return _kind_of(start) is not None
