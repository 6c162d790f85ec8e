"""HAR: the pages among all that a browser fetched."""

import base64
import re
from collections.abc import Iterator
from typing import Any

from .....errors import SaysoError
from ...decode import decode
from ...reader import Document
from ...tables import Result, parse_json
from .pages import Crawl

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{\s*\"(?:version|creator|browser|pages|entries)\"")


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    log = parse_json(decode(document.whole(), document.name, document.notices.say), document.name)
    entries = log.get("log", {}).get("entries") if isinstance(log, dict) and isinstance(log.get("log"), dict) else None
    if not isinstance(entries, list):
        raise SaysoError(f"{document.name}: no log.entries in this HAR file; save it from the browser again.")
    crawl = Crawl(document)
    for entry in entries:
        yield from _entry(entry, crawl)
    crawl.tell_rest("HAR")


def _entry(entry: Any, crawl: Crawl) -> Iterator[Result]:
    response, request = _object(entry, "response"), _object(entry, "request")
    content = _object(response, "content")
    content_type = str(content.get("mimeType") or "")
    if not crawl.is_page(str(response.get("status") or ""), content_type):
        return
    text = content.get("text")
    if not isinstance(text, str) or not text:
        crawl.left_out["pages saved without their content"] += 1
        return
    try:
        raw = (
            base64.b64decode(text, validate=True) if content.get("encoding") == "base64" else text.encode("utf-8", "replace")
        )
    except ValueError:  # other letters are another error than a wrong length
        crawl.left_out["broken base64"] += 1
        return
    day = _object({"entry": entry}, "entry").get("startedDateTime")
    yield from crawl.articles(raw, content_type, str(request.get("url") or ""), str(day or ""))


def _object(value: Any, key: str) -> dict[str, Any]:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return bool(_START.match(start))
