"""Exports of newspaper archives as text: their table, and how their articles are read one by one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from .....errors import SaysoError
from ...notices import Notices
from ...reader import MAX_BYTES, START, Document
from ...tables import Result
from . import blocks, factiva, iramuteq, lexis, nexis_uni
from .count import Count
from .entries import Entry, Export, article_of_entry, plain
from .fields import layouts
from .lines import first_lines, split_lines, text_lines

EXPORTS: tuple[Export, ...] = (
    iramuteq.EXPORT,
    nexis_uni.EXPORT,
    layouts.PROQUEST,
    lexis.EXPORT,
    factiva.EXPORT,
    *layouts.OTHERS,
    *blocks.EXPORTS,
)
"""Every kind of export that is read as lines of text; the first that knows a file reads it."""

_OTHER_KIND = re.compile(
    r"[{<]|\[\s*(?:[{\"\[]|$)|%PDF|PK\x03|(?:[^,;\t]*[,;\t])*[\"' ]*"
    r"(?:text|body|content|title|headline|article|fulltext|full_text|id|url)[\"' ]*[,;\t]",
    re.IGNORECASE,
)
"""How a page, JSON, or a table begins: its cells may well hold the lines of an export."""

_MANY_WORDS = 60  # a cover, a list of titles or a notice of rights between articles has fewer words that look like prose


def export_of(lines: Sequence[str]) -> Export | None:
    """Tell by its first lines what a file was exported from; None where it is no export that is known."""
    return next((export for export in EXPORTS if export.knows(lines)), None)


def archive_articles(paragraphs: Iterable[str], document: Document) -> Iterator[Result] | None:
    """Yield the articles of an export that was saved as a document of a word processor.

    Parameters
    ----------
    paragraphs : iterable of str
        Of the document, in order; cells of a table are parted by tabs, or are paragraphs of their own.
    document : Document
        Its name stands in ids and messages; its stream is not read.

    Returns
    -------
    iterator of (Article or SaysoError), or None
        None where the paragraphs are no archive's export: then they are one article.
    """
    lines = split_lines(line for paragraph in paragraphs for line in (paragraph, ""))
    start = _start_of(lines)
    export = export_of(start)
    return None if export is None else read_export(export, chain(start, lines), document.name, document.notices)


def read_export(export: Export, lines: Iterable[str], name: str, notices: Notices) -> Iterator[Result]:
    """Yield the articles of an export, and an error for each without a text.

    Parameters
    ----------
    export : Export
    lines : iterable of str
        All of the export, from its beginning.
    name : str
        File, for ids and messages.
    notices : Notices
        Is told what is missing or left out.

    Raises
    ------
    SaysoError
        After the last line, if there was no article.
    """
    count, limited = Count(name, notices), _Limited(lines, name)

    def entries() -> Iterator[Entry]:
        for record in export.records(limited):
            limited.size = 0
            if entry := export.entry(record):
                yield entry
            else:
                _tell_left_out(record, count, name, notices)

    yield from read_entries(export.name, entries(), name, notices, count=count)


def read_entries(
    export: str, entries: Iterable[Entry], name: str, notices: Notices, *, gap: str = "\n", count: Count | None = None
) -> Iterator[Result]:
    """Yield the articles of entries; each is named by the number that the archive gave it, or by its place.

    ``gap`` stands between the lines of a text.
    """
    count = count or Count(name, notices)
    ids: set[str] = set()
    last: Entry | None = None
    for entry in entries:
        last = entry
        count.add(entry)
        where = f"{name}:{count.n_found}"
        own = "".join(entry.known.get("id", "").split())
        if own in ids:
            notices.count(f"Articles whose number is used twice in this export of {export}", where)
            own = ""
        try:
            yield article_of_entry(entry, own or where, where, gap)
        except SaysoError as error:
            yield error
        if own:
            ids.add(own)
    if last is None:
        raise SaysoError(f"{name}: an export of {export} without articles; export the full texts.")
    count.finish(last)


class _Limited:
    """Lines of a text, until those since the last record are more than an article may have."""

    def __init__(self, lines: Iterable[str], name: str) -> None:
        self._lines, self._name = lines, name
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.size += len(line) + 1
            if self.size > MAX_BYTES:
                limit = MAX_BYTES // 1_000_000
                raise SaysoError(f"{self._name}: no article begins within {limit} million characters; divide the file.")
            yield line


def _tell_left_out(record: list[str], count: Count, name: str, notices: Notices) -> None:
    """Count pieces between or after articles that are long enough to be text; covers come before the first one."""
    if count.n_found and sum(len(line.split()) for line in record) > _MANY_WORDS:
        first = next(line for line in map(plain, record) if line)
        where = f"{name}, after article {count.n_found} (“{first[:40]}”)"
        notices.count("Text outside the articles left out", where)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    lines = text_lines(document)
    start = _start_of(lines)
    export = export_of(start)
    if export is None:
        raise SaysoError(f"{document.name}: unknown export format; give its articles as files or as a table.")
    yield from read_export(export, chain(start, lines), document.name, document.notices)


def _start_of(lines: Iterator[str]) -> list[str]:
    """Take lines off until there are as many bytes as a kind is told by."""
    start: list[str] = []
    size = 0
    for line in lines:
        start.append(line)
        size += len(line.encode(errors="replace")) + 1
        if size > START:
            break
    return start


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    lines = first_lines(start[:START])
    first = next((line.strip() for line in lines if line.strip()), "")
    return not _OTHER_KIND.match(first) and export_of(lines) is not None
