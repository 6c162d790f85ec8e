"""The objects of a JSON document or of JSON lines, whichever a tool wrote."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...articles.readers.json_lines import has_lines
from ...articles.tables import parse_json
from ...rows.files import check_characters, decode_once, json_rows, read_json, read_utf8
from ...schemas.shown import shown
from ...system.whole_file import opened_file

JSON = (".json", ".jsonl", ".ndjson", ".json1")
"""Suffixes of files that may hold a list of objects, or an object a line."""

_LINES = (".jsonl", ".ndjson", ".json1")
_LOOKED_AT = 50  # objects in which the tool is looked for
_HEAD = 20_000_000  # bytes of a document in which these are looked for
_HALF = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # NUL, or half of a pair that may have lost the other
_LIST_BEGINS = re.compile(r"\s*\[\s*")
_COMMA = re.compile(r"\s*,\s*")


def items(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the objects of a file, each with its place: those of the list that it holds, or those of its lines.

    Raises
    ------
    SaysoError
        If it is not UTF-8, or no JSON.
    """
    if _has_lines(path):
        yield from json_rows(path)
        return
    if _has_pairs(path):
        yield from _pairs(path)
        return
    text = read_utf8(path).removeprefix("\ufeff")
    whole = parse_json(text, str(path), decode_once)
    is_odd = bool(_HALF.search(text))
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        if is_odd:
            check_characters(item, f"{path}:{number}")
        yield f"{path}:{number}", item


def objects(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of a file; anything else is refused."""
    for where, item in items(path):
        if not isinstance(item, Mapping):
            raise SaysoError(f"{where}: this is {shown(item)}; it must be an object with a text.")
        yield where, item


def first_items(path: Path, most: int = _LOOKED_AT) -> list[Any]:
    """Return the first objects, as far as they can be read; errors are raised when all of them are read."""
    if path.suffix.lower() not in JSON:
        return []
    try:
        status = path.stat()
    except OSError:
        return []
    return _first_items(path, status.st_mtime_ns, status.st_size)[:most]


@lru_cache(maxsize=2)
def _first_items(path: Path, _changed: int, size: int) -> list[Any]:
    """Read the first objects once, though each tool is asked whether it knows them."""
    items: list[Any] = []
    with suppress(SaysoError, OSError, ValueError, RecursionError):
        if _has_lines(path):
            for _, row in islice(json_rows(path), _LOOKED_AT):
                items.append(row)
            return items
        if _has_pairs(path):
            return [pair for _, pair in islice(_pairs(path), 1)]
        with opened_file(path, "an export") as stream:
            text = stream.read(_HEAD).decode("utf-8-sig", errors="ignore")
        begin = _LIST_BEGINS.match(text)
        if not begin:
            return [json.loads(text)] if size < _HEAD else []
        at, decoder = begin.end(), json.JSONDecoder()
        while len(items) < _LOOKED_AT:
            item, at = decoder.raw_decode(text, at)
            items.append(item)
            comma = _COMMA.match(text, at)
            if not comma:
                break
            at = comma.end()
    return items


def knows(fits: Callable[[Mapping[str, Any]], bool]) -> Callable[[Path], bool]:
    """Return a function that recognises a tool's files by their first objects: one that fits is enough."""
    return lambda path: any(isinstance(item, Mapping) and fits(item) for item in first_items(path))


def _has_lines(path: Path) -> bool:
    """Tell whether a file holds an object a line, whatever it is called."""
    with opened_file(path, "an export") as stream:
        head = stream.read(4).removeprefix(b"\xef\xbb\xbf").lstrip()
        stream.seek(0)
        if head.startswith(b"["):
            return False
        if path.suffix.lower() in _LINES:
            return True
        return has_lines(stream)


def is_pair(item: Any) -> bool:
    """Tell whether an item is a text and its labels, as spaCy is trained with."""
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) and isinstance(item[1], Mapping)


def _has_pairs(path: Path) -> bool:
    """Tell whether a file of lines holds a pair of a text and its labels a line."""
    if path.suffix.lower() not in _LINES:
        return False
    with suppress(SaysoError):
        return is_pair(next((pair for _, pair in _pairs(path)), None))
    return False


def _pairs(path: Path) -> Iterator[tuple[str, Any]]:
    with opened_file(path, "an export") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                where = f"{path}:{number}"
                yield where, read_json(line, where)
