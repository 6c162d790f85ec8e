"""Mailboxes (.mbox): one article per message."""

import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader
from itertools import chain

from ......errors import SaysoError
from ....reader import MAX_BYTES, MAX_PASSED, Document
from ....tables import Result
from .message import message_articles

_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_POSTMARK = re.compile(rb"From \S.{0,200}?\s(%s,?\s.{3,40}?\d\d:\d\d.{0,30}?\b(?:19|20)\d\d\b.{0,20}?)\s*\Z" % _WEEKDAY)
_ESCAPED = re.compile(rb">+From ")
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")


def _messages(stream: BufferedReader) -> Iterator[tuple[str, bytes]]:
    """Yield the postmark's day and the bytes of each message; a message that is gigantic comes cut.

    What stands before the first postmark has no day. A line such as *From Paris she wrote* begins no message: a postmark
    has a weekday, a time and a year, and stands after an empty line or before a header. A message without an end is the
    last one, and what has no postmark is no mailbox: neither is read through.
    """
    message: list[bytes] = []
    day, size, is_after_empty = "", 0, True
    lines = iter(partial(stream.readline, MAX_BYTES), b"")  # a line without an end does not fill the memory
    before = next(lines, b"")
    for line in chain(lines, [None]):
        match = _POSTMARK.match(before)
        if match and (is_after_empty or (line and _HEADER_LINE.match(line))):
            if size or day:
                yield day, b"".join(message)
            day, message, size = match[1].decode("ascii", "replace"), [], 0
        else:
            size += len(before)
            if size > (MAX_PASSED if day else MAX_BYTES):
                break
            if size <= MAX_BYTES + len(before):
                message.append(before[1:] if _ESCAPED.match(before) else before)
        is_after_empty = not before.strip()
        before = line or b""
    if size or day:
        yield day, b"".join(message)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    name, number = document.name, 0
    for day, raw in _messages(document.stream):
        if not day and not raw.strip():
            continue
        number += 1
        where = f"{name}:{number}"
        if not day:
            yield SaysoError(
                f"{where}: not a mailbox: it does not begin with a line such as “From roe@example.org "
                "Tue May 2 08:00:00 2023”; leave it out."
            )
        elif len(raw) > MAX_BYTES:
            yield SaysoError(f"{where}: more than {MAX_BYTES // 1_000_000} MB, too large for one mail; leave it out.")
        else:
            yield from message_articles(raw, where, document.notices, day)
    if not number:
        raise SaysoError(f"{name}: no messages in this mailbox.")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    first, _, rest = start.partition(b"\n")
    return bool(_POSTMARK.match(first) and _HEADER_LINE.match(rest))
