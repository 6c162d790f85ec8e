"""JSON: an object that is an article or holds articles, or a list of them; JSON lines that are called so are read too."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from ....errors import SaysoError
from ..decode import check_is_no_archive, decode, encoding_of_mark
from ..reader import MAX_BYTES, Document
from ..tables import Columns, Result
from .json_articles import articles_of
from .json_lines import JSON_LINES, has_lines, lines_of, read_lines
from .json_values import Value, json_values

_PIECE = 1 << 16  # bytes
_BEGINNING = re.compile(rb"\s*(?:\[\s*)?\{\s*\"[^\"\\\n]{1,200}\"\s*:\s*[\[{\"\dtfn-]|\s*\[\s*\[\s*[\[{\"]|\s*\[\s*\]\s*\Z")


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    stream = document.seekable()
    first = stream.readline(MAX_BYTES)
    called_lines = document.name.lower().endswith(JSON_LINES) and first.strip().startswith(b"{") and first.strip() != b"{"
    stream.seek(0)
    if called_lines or has_lines(stream):
        yield from read_lines(lines_of(stream, document.name), document)
        return
    yield from _read_values(document)


def _read_values(document: Document) -> Iterator[Result]:
    """Yield the articles of a list one by one, and of an object that is alone or one of several."""
    name, columns, notices = document.name, document.columns, document.notices
    values = json_values(_text(document), name)
    first = next(values, None)
    if first is None:
        raise SaysoError(f"{name}: no articles in this JSON; give an object or a list of objects, each with a text.")
    if first.listed and _is_header(first.value, columns):
        values = (Value(dict(zip(first.value, one.value, strict=False)), listed=True) for one in values)
        first = next(values, None) or Value({}, listed=True)
    if first.listed and not isinstance(first.value, Mapping) and not _is_list_of_objects(first.value):
        raise SaysoError(
            f'{name}: this is a list of {type(first.value).__name__}; give a list of objects: [{{"text": …}}, …].'
        )
    second = None if first.listed else _next_or_error(values)
    alone = not first.listed and second is None
    rest = [second] if second else []
    for number, one in enumerate(chain([first], rest, values), 1):
        if isinstance(one, SaysoError):
            yield one
            return
        yield from articles_of(one.value, name if alone else f"{name}:{number}", columns, notices)


def _is_header(value: Any, columns: Columns) -> bool:
    """Tell whether an entry of a list names the columns of those behind it."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return False
    try:
        return bool(columns.find(value, ""))
    except SaysoError:
        return False


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _next_or_error(values: Iterator[Any]) -> Any:
    try:
        return next(values, None)
    except SaysoError as error:
        return error


def _text(document: Document) -> Iterable[str]:
    """Yield the text: whole where it is no larger than an article may be, else piece by piece; it is UTF-8 then."""
    stream = document.seekable()
    start = stream.read(MAX_BYTES + 1)
    if len(start) <= MAX_BYTES:
        yield decode(start, document.name, document.notices.say)
        return
    check_is_no_archive(start[:16], document.name)
    decoder = codecs.getincrementaldecoder(encoding_of_mark(start) or "utf-8")()
    n_read = 0
    try:
        while start:
            for at in range(0, len(start), _PIECE):
                yield decoder.decode(start[at : at + _PIECE])
                n_read += _PIECE
            start = stream.read(_PIECE)
    except UnicodeDecodeError as error:
        raise SaysoError(
            f"{document.name}: not UTF-8 at byte {n_read + error.start:,}; JSON must be UTF-8, so convert the file."
        ) from error


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return bool(_BEGINNING.match(start.removeprefix(codecs.BOM_UTF8)))
