"""JSON: an object that is an article, or a list of them; JSON lines under the wrong suffix are read too."""

from collections.abc import Iterator

from ....errors import SaysoError
from ..decode import decode
from ..reader import Document, Reader
from ..tables import Result, article_of, parse_json
from .json_lines import is_object, read_lines


def _read(document: Document) -> Iterator[Result]:
    raw = document.whole()
    lines = raw.splitlines()
    if len(lines) > 1 and is_object(lines[0]):
        yield from read_lines(lines, document)
    else:
        yield from _read_whole(decode(raw, document.name, document.notices.say), document)


def _read_whole(text: str, document: Document) -> Iterator[Result]:
    name = document.name
    value = parse_json(text, name)
    if isinstance(value, dict):
        yield article_of(value, name, document.columns, document.notices)
        return
    if not isinstance(value, list) or not value:
        raise SaysoError(f"{name}: no articles in this JSON; give an object or a list of objects with a text each.")
    for number, row in enumerate(value, 1):
        try:
            yield article_of(row, f"{name}:{number}", document.columns, document.notices)
        except SaysoError as error:
            yield error


READER = Reader("JSON: an article, or a list of them", (".json",), _read)
