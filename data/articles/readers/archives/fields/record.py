"""The parts of a record: fields, the text, and fields again."""

import re

from ..entries import COPYRIGHT, RIGHTS, date_in, plain
from .names import field_of, is_unknown_field

_NO_TEXT = re.compile(
    r"(?:full text |text )?(?:is )?(?:not available|unavailable|none available|not included)\b.{0,80}", re.IGNORECASE
)
_CREDIT = re.compile(r"\s*(?:\[?(?:Illustration|Photograph|Graph|Caption)\b.{0,80}$|Credit: |Copyright: |[-=_*#~]{3,}\s*$)")
_END = re.compile(r"\s*(?:~{4,}|Copyright of .{2,200} is the property of |Source Citation\b)")
_BUTTON = re.compile(r"\s*Enlarge this image\.?\s*")
_CAPTIONS = re.compile(r"\s*\[?(?:Photographs?|Photos?|Illustrations?|Charts?|Graphics?|Captions?|Maps?)\]?:?\s*")
_SENTENCE = re.compile(r"\w\w \w.{20,}[.!?][”\"’')]*$")
_OUTLET = re.compile(r"\s*(.{2,100}?)\s*(?:;|\.\s|\[|,\s+\d|\(\w+\.? \d|\s\d\d? \w+ \d{4}|$)")
_CITED = re.compile(r"(?:[^;]*\. )?([^;.\[]{2,80}?) ?;.*\d{4}")


def head_of(lines: list[str], free_text: bool) -> tuple[dict[str, str], list[str], int | None]:
    """Read the fields before the text; give them, the lines that name no field, and where the text begins."""
    known: dict[str, str] = {}
    free: list[str] = []
    part, after_gap = None, True
    for at, line in enumerate(lines):
        found = field_of(line)
        if found and found[0] == "body":
            return known, free, at
        if found:
            part, words = found
            if words or part not in known:
                known.setdefault(part, words)
        elif not plain(line) or (not part and (COPYRIGHT.match(plain(line)) or RIGHTS.match(plain(line)))):
            after_gap = True
            continue
        elif part is None or after_gap:
            if free_text and part is not None and len(known) >= 2:
                return known, free, at
            if part in ("abstract", "title") and not known[part]:
                known[part] = plain(line)
            else:
                free.append(plain(line))
        elif part:
            known[part] += " " + plain(line)
        after_gap = False
    return known, free, None


def closing_at(lines: list[str], start: int) -> int:
    """Find where fields follow the text: at a field after which fields are the rule, and sentences are not."""
    fields = [bool(field_of(line)) for line in lines]
    closing = len(lines)
    balance = 0
    for at in range(len(lines) - 1, start - 1, -1):
        if plain(lines[at]):
            balance += 1 if fields[at] else -3 if _SENTENCE.search(lines[at].rstrip()[-200:]) else -1
        if fields[at] and balance >= 0:
            closing = at
    return _without_unknown_fields(lines, start, closing)


def _without_unknown_fields(lines: list[str], start: int, closing: int) -> int:
    """Go back over what looks like fields whose names are not known, and over empty lines."""
    at = closing
    while closing < len(lines) and at > start and (not plain(lines[at - 1]) or is_unknown_field(lines[at - 1])):
        at -= 1
    return at


def body_of(lines: list[str], title: str) -> list[str]:
    """Take the name of the field, the title, credits and the owner's rights off a text."""
    found = field_of(lines[0])
    body = [found[1] if found and found[0] == "body" else lines[0], *lines[1:]]
    body = [line for line in body if not _BUTTON.fullmatch(line)]
    half = len(body) // 2
    ends = (at for at, line in enumerate(body) if _END.match(line) or (at >= half and _CAPTIONS.fullmatch(line)))
    body = body[: next(ends, None)]
    while body and (not plain(body[-1]) or _CREDIT.match(body[-1]) or COPYRIGHT.match(plain(body[-1]))):
        body.pop()
    if body and (plain(body[0]) == plain(title) or COPYRIGHT.match(plain(body[0]))):
        body = body[1:]
    return [] if len(body) <= 3 and _NO_TEXT.fullmatch(plain(" ".join(body)).rstrip(".")) else body


def closing_fields(lines: list[str]) -> dict[str, str]:
    """Read the fields that follow a text; a line without a name goes on with the field above it."""
    known: dict[str, str] = {}
    part = ""
    for line in lines:
        if found := field_of(line):
            part = found[0]
            known.setdefault(*found)
        elif not plain(line) or is_unknown_field(line):
            part = ""
        elif part:
            known[part] += " " + line
    return known


def complete(known: dict[str, str], free: list[str]) -> None:
    """Take title, outlet and day, where no field names them, from the place of publication or from other lines."""
    source = known.pop("info", "")
    info = [words for words in [source, *free[1:]] if words]
    if not known.get("title") and free:
        known["title"] = free[0]
    outlet = known.get("outlet", "").split(";")[0].strip()
    for line in info:
        if not outlet and "|" in line and (day := date_in(line)):
            outlet = next((piece.strip() for piece in line.split("|") if day not in piece), "")
    if not outlet and source and (found := _OUTLET.match(source)):
        outlet = found[1]
    known["outlet"] = outlet or next((found[1] for line in info if (found := _CITED.match(line))), "")
    known["date"] = date_in(known.get("date", "")) or known.get("date", "") or next(filter(None, map(date_in, info)), "")
    known.pop("", None)
