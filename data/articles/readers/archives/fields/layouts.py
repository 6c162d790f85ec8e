"""ProQuest, EBSCO, Gale and NewsBank, and any other text in which each article begins with the same field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..entries import Entry, Export, groups_from, groups_to, labelled, plain
from .names import field_of, is_unknown_field
from .record import body_of, closing_at, closing_fields, complete, head_of

_RULE = re.compile(r"\s*_{20,}\s*")
_NUMBERED = re.compile(r"\s*(?:Document|Dokument) (\d[\d,.]{0,15}) (?:of|sur|von|de) (\d[\d,.]{0,15})\s*")
_LINK = re.compile(r"\s*ProQuest document link\b.*", re.IGNORECASE)
_RECORD = re.compile(r"\s*Record: \d+\s*")
_FRAMES = (_RULE, _NUMBERED, _LINK, _RECORD)
_RULED = re.compile(r"\s*[-=_*#~]{3,}\s*")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class _Layout:
    """What differs between archives.

    Parameters
    ----------
    name : str
    signs : tuple of str
        Fields of which one at least must be there: no other archive and no prose has them.
    free_text : bool, default=False
        The text is no field: it follows the fields of the head.
    month_first : bool, default=False
        Days are written as 6/4/2024 for the fourth of June.
    """

    name: str
    signs: tuple[str, ...]
    free_text: bool = False
    month_first: bool = False

    def knows(self, lines: Sequence[str]) -> bool:
        parts = {part[0] for line in lines if (part := field_of(line))}
        signs = any(plain(line).casefold().startswith(sign) for line in lines for sign in self.signs)
        return signs and len(parts - {""}) >= 3

    def entry(self, record: list[str]) -> Entry | None:
        """Read a record: fields, the text, and fields again."""
        lines = [line for line in record if not any(frame.fullmatch(line) for frame in _FRAMES)]
        known, free, text_at = head_of(lines, self.free_text)
        body = [] if text_at is None else _body_and_fields(lines, text_at, known)
        complete(known, free)
        if self.month_first:
            known["date"] = _MONTH_FIRST.sub(lambda day: f"{day[3]}-{day[1]:0>2}-{day[2]:0>2}", known["date"])
        is_known = bool(known.get("title")) and not known.keys().isdisjoint(("abstract", "id"))
        if not body and not is_known:
            return None
        known.pop("abstract", None)
        return Entry(body, known, *_number_and_total(record))


def _body_and_fields(lines: list[str], text_at: int, known: dict[str, str]) -> list[str]:
    """Return the text; to what is known, add the fields behind it and the byline that it may begin with."""
    closing = closing_at(lines, text_at + 1)
    body = body_of(lines[text_at:closing], known.get("title", ""))
    for part, words in closing_fields(lines[closing:]).items():
        known.setdefault(part, words)
    if body and (byline := labelled(body[0], {"byline": "byline"})):
        known.setdefault(*byline)
        body = body[1:]
    return body


def _number_and_total(record: list[str]) -> tuple[int | None, int | None]:
    """Return the numbers of *Document 3 of 10*."""
    numbered = next(filter(None, map(_NUMBERED.fullmatch, record)), None)
    if numbered is None:
        return None, None
    return int(re.sub(r"\D", "", numbered[1])), int(re.sub(r"\D", "", numbered[2]))


def _proquest_records(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut at rules and numbers; where an export has none of them, after the field that comes last."""
    for record in groups_from(lines, lambda line: bool(_RULE.fullmatch(line) or _NUMBERED.fullmatch(line))):
        for part in groups_to(record, lambda line: plain(line).startswith("Database:")):
            yield from _cut_at_titles(part)


def _cut_at_titles(record: list[str]) -> Iterator[list[str]]:
    """Part articles that run together: the title of the next is a paragraph without a field, below an article's number."""
    named = [field_of(line) for line in record]
    start, numbered, gap = 0, False, False
    if sum(field is not None and field[0] == "body" for field in named) > 1:
        for at, line in enumerate(record):
            if plain(line) and numbered and gap and not named[at] and not is_unknown_field(line):
                yield record[start:at]
                start, numbered = at, False
            numbered = numbered or (named[at] or ("", ""))[0] == "id"
            gap = not plain(line)
    yield record[start:]


def _by_first_field(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut before each line that names the field which the file begins with."""
    first = ""

    def begins(line: str) -> bool:
        nonlocal first
        name = plain(line.partition(":")[0]).casefold()
        if not first and field_of(line):
            first = name
        return bool(first) and name == first and ":" in line

    return groups_from(lines, begins)


def _repeats_fields(lines: Sequence[str]) -> bool:
    """Tell blocks of fields that each begin with the same one, and have a title and a text."""
    filled = [line for line in lines if plain(line) and not _RULED.fullmatch(line)]
    first = field_of(filled[0]) if filled else None
    if not first:
        return False
    parts = [field[0] for line in filled if (field := field_of(line))]
    least = 2 if "body" in parts else 3  # without a field for the text, three different fields are needed
    return parts.count("title") >= 2 and parts.count(first[0]) >= 2 and len(set(parts) - {""}) >= least


_PROQUEST_SIGNS = (
    "proquest document id|proquest document link|publication info:|proquest-dokument-id|id de document proquest"
)
_PROQUEST = _Layout("ProQuest", tuple(f"{_PROQUEST_SIGNS}|id del documento de proquest".split("|")))
_GALE = _Layout("Gale", ("gale document number",))
_EBSCO = _Layout("EBSCO", ("accession number:", "database:"), free_text=True, month_first=True)
_NEWSBANK = _Layout("NewsBank", ("record number:", "record: "), free_text=True)
_FIELDS = _Layout("fields", ("title:", "headline:"), free_text=True)

PROQUEST = Export("ProQuest", _PROQUEST.knows, _proquest_records, _PROQUEST.entry)
OTHERS = (
    Export(
        "Gale",
        _GALE.knows,
        lambda lines: groups_to(lines, lambda line: plain(line).startswith("Gale Document Number")),
        _GALE.entry,
    ),
    Export(
        "EBSCO",
        lambda lines: _EBSCO.knows(lines) and any(map(_RECORD.fullmatch, lines)),
        lambda lines: groups_from(lines, lambda line: bool(_RECORD.fullmatch(line))),
        _EBSCO.entry,
    ),
    Export(
        "NewsBank",
        _NEWSBANK.knows,
        lambda lines: groups_to(lines, lambda line: plain(line).startswith(("Record Number:", "Record: "))),
        _NEWSBANK.entry,
    ),
    Export("blocks of fields", _repeats_fields, _by_first_field, _FIELDS.entry),
)
"""Archives whose exports name every field, and any other text that does."""
