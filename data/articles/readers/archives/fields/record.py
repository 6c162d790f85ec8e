"""The parts of a record: fields, the text, and fields again."""

import re
from dataclasses import dataclass, field

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
    head = _Head(free_text)
    text_at = next((at for at, line in enumerate(lines) if not head.takes(line)), None)
    return head.known, head.free, text_at


@dataclass(slots=True)
class _Head:
    """The fields before the text as far as they were read, and the lines that name none.

    ``part`` is what the last field stands for; ``after_gap`` tells whether an empty line came last.
    """

    free_text: bool
    known: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    part: str | None = None
    after_gap: bool = True

    def takes(self, line: str) -> bool:
        """Take the next line; False for the one with which the text begins."""
        words = plain(line)
        if named := field_of(line):
            if named[0] == "body":
                return False
            self._begin_field(*named)
        elif not words or (not self.part and _is_rights(words)):
            self.after_gap = True
            return True
        elif self.part is None or self.after_gap:
            if self.free_text and self.part is not None and len(self.known) >= 2:
                return False
            self._take_paragraph(words)
        elif self.part:
            self.known[self.part] += " " + words
        self.after_gap = False
        return True

    def _begin_field(self, part: str, words: str) -> None:
        self.part = part
        self.known.setdefault(part, words)

    def _take_paragraph(self, words: str) -> None:
        """Take a paragraph that names no field: what a heading such as *Abstract* stands above, or a free line."""
        if self.part in ("abstract", "title") and not self.known[self.part]:
            self.known[self.part] = words
        else:
            self.free.append(words)


def _is_rights(words: str) -> bool:
    return bool(COPYRIGHT.match(words) or RIGHTS.match(words))


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
    named = field_of(lines[0])
    first = named[1] if named and named[0] == "body" else lines[0]
    body = _without_end([line for line in [first, *lines[1:]] if not _BUTTON.fullmatch(line)])
    if body and (plain(body[0]) == plain(title) or COPYRIGHT.match(plain(body[0]))):
        body = body[1:]
    says_none = len(body) <= 3 and _NO_TEXT.fullmatch(plain(" ".join(body)).rstrip("."))
    return [] if says_none else body


def _without_end(body: list[str]) -> list[str]:
    """Cut what follows the text of a field: captions, credits, and whose property it is."""
    half = len(body) // 2
    ends = (at for at, line in enumerate(body) if _END.match(line) or (at >= half and _CAPTIONS.fullmatch(line)))
    body = body[: next(ends, None)]
    while body and (not plain(body[-1]) or _CREDIT.match(body[-1]) or COPYRIGHT.match(plain(body[-1]))):
        body.pop()
    return body


def closing_fields(lines: list[str]) -> dict[str, str]:
    """Read the fields that follow a text; a line without a name goes on with the field above it."""
    known: dict[str, str] = {}
    part = ""
    for line in lines:
        if named := field_of(line):
            part = named[0]
            known.setdefault(*named)
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
    known["outlet"] = known.get("outlet", "").split(";")[0].strip() or _outlet_in(source, info)
    date = known.get("date", "")
    known["date"] = date_in(date) or date or next(filter(None, map(date_in, info)), "")
    known.pop("", None)


def _outlet_in(source: str, info: list[str]) -> str:
    """Find the outlet in lines such as *Orla Post | May 2, 2023 | A3*, or in the place of publication."""
    for line in info:
        day = date_in(line)
        outlet = next((piece.strip() for piece in line.split("|") if day not in piece), "") if day and "|" in line else ""
        if outlet:
            return outlet
    if begin := _OUTLET.match(source):
        return begin[1]
    return next((cited[1] for line in info if (cited := _CITED.match(line))), "")
