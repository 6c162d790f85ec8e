"""ProQuest, EBSCO, Gale and NewsBank: each line begins with the name of a field, and one field is the text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .entries import COPYRIGHT, RIGHTS, Entry, Export, date_in, groups_from, groups_to, labelled, plain


def _names(**parts: str) -> dict[str, str]:
    """Give the part that each name of a field stands for, "" for those that are dropped."""
    return {name: part if part != "other" else "" for part, names in parts.items() for name in names.split("|")}


_COMMON = _names(
    title="title|headline|titre|titel|título|document title",
    byline="author|author(s)|authors|byline|auteur|autor|verfasser|by",
    date="publication date|date|pub. date|publication date(s)|date published|publikationsdatum|date de publication|"
    "fecha de publicación",
    outlet="publication title|publication|paper|newspaper|journal|source publication|publikationstitel|titre de publication|"
    "título de publicación",
    section="section|rubrique",
    length="word count|full text word count|words|length",
    language="language of publication|language",
    url="document url|url|persistent link",
    id="proquest document id|gale document number|accession number|record number|record|document id|proquest-dokument-id|"
    "id de document proquest|id del documento de proquest",
    abstract="abstract|abstract (english)|abstract (summary)|summary|zusammenfassung|résumé|resumen",
    info="publication info|source",
    dateline="dateline",
    body="full text|full-text|text|body|article|content|story|full text from document|volltext|"
    "texte intégral|texto completo",
    other="subject|subject terms|subjects|location|people|person|company / organization|company|pages|page|page(s)|"
    "first page|publication year|year|publisher|place of publication|country of publication|publication subject|issn|e-issn|"
    "source type|document type|copyright|last updated|database|links|link|volume|issue|volume/issue|number of pages|column|"
    "edition|identifier / keyword|keyword|keywords|classification|document feature|source attribution|"
    "place published|product note|geographic terms|people|company/entity|naics/industry codes|author affiliations|notes|"
    "credit|readability|index terms|memo|caption|illustration|source citation|source citation (mla 9th edition)|"
    "document number|product/industry|geographic location|series|supplement|provider|article type|tag|city|country|"
    "business indexing term|publication frequency|full text availability|number of references|imprint|format",
)

_RULE = re.compile(r"\s*_{20,}\s*")
_NUMBERED = re.compile(r"\s*(?:Document|Dokument) (\d[\d,.]*) (?:of|sur|von|de) (\d[\d,.]*)\s*")
_HEADING = re.compile(r"\s*(FULL TEXT|ABSTRACT(?: \(ENGLISH\))?|DETAILS|LINKS|ABSTRACT|FULLTEXT)\s*")
_LINK = re.compile(r"\s*ProQuest document link\b.*", re.IGNORECASE)
_NO_TEXT = re.compile(
    r"(?:full text |text )?(?:is )?(?:not available|unavailable|none available|not included)\b.{0,80}", re.IGNORECASE
)
_CREDIT = re.compile(r"\s*(?:\[?(?:Illustration|Photograph|Graph|Caption)\b|Credit: |Copyright: |[-=_*#~]{3,}\s*$)")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_END = re.compile(r"\s*(?:~{4,}|Copyright of .{2,200} is the property of |Source Citation\b)")
_SENTENCE = re.compile(r"\w\w \w.{20,}[.!?][”\"’')]*$")
_UNKNOWN_FIELD = re.compile(r"\s*[^\W\d_][\w /().-]{1,40}: \S.*[^.!?”\"\s]\s*")
_OUTLET = re.compile(r"\s*(.{2,100}?)\s*(?:;|\.\s|\[|,\s+\d|\(\w+\.? \d|\s\d\d? \w+ \d{4}|$)")
_CITED = re.compile(r"(?:[^;]*\. )?([^;.\[]{2,80}?) ?;.*\d{4}")


_RECORD = re.compile(r"\s*Record: \d+\s*")
_FRAMES = (_RULE, _NUMBERED, _LINK, _RECORD)


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
        found = {part[0] for line in lines if (part := _named(line, _COMMON))}
        signs = any(plain(line).casefold().startswith(sign) for line in lines for sign in self.signs)
        return signs and len(found - {""}) >= 3

    def entry(self, record: list[str]) -> Entry | None:
        """Read a record: fields, the text, and fields again."""
        numbered = next((found for line in record if (found := _NUMBERED.fullmatch(line))), None)
        lines = [line for line in record if not any(frame.fullmatch(line) for frame in _FRAMES)]
        known, free, text_at = _head(lines, self.free_text)
        body: list[str] = []
        if text_at is not None:
            closing = _closing_at(lines, text_at + 1)
            body = _body(lines[text_at:closing], known.get("title", ""))
            for part, words in _fields(lines[closing:]).items():
                known.setdefault(part, words)
        if body and (byline := labelled(body[0], {"byline": "byline"})):
            known.setdefault(*byline)
            body = body[1:]
        _complete(known, free)
        if self.month_first:
            known["date"] = _MONTH_FIRST.sub(lambda day: f"{day[3]}-{day[1]:0>2}-{day[2]:0>2}", known["date"])
        if not (body or "abstract" in known or "id" in known) or not (known.get("title") or body):
            return None
        known.pop("abstract", None)
        entry = Entry(body, known)
        if numbered:
            entry.number, entry.total = (int(re.sub(r"\D", "", digits)) for digits in numbered.groups())
        return entry


def _named(line: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the part that a line names: a field with its words, or one of the headings in capitals."""
    if found := _HEADING.fullmatch(line):
        return names.get(found[1].casefold(), ""), ""
    return labelled(line, names)


def _head(lines: list[str], free_text: bool) -> tuple[dict[str, str], list[str], int | None]:
    """Read the fields before the text; give them, the lines that name no field, and where the text begins."""
    known: dict[str, str] = {}
    free: list[str] = []
    part, after_gap = None, True
    for at, line in enumerate(lines):
        found = _named(line, _COMMON)
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


def _closing_at(lines: list[str], start: int) -> int:
    """Find where fields follow the text: at a field after which fields are the rule, and sentences are not."""
    fields = [bool(_named(line, _COMMON)) for line in lines]
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
    while closing < len(lines) and at > start and (not plain(lines[at - 1]) or _UNKNOWN_FIELD.fullmatch(lines[at - 1])):
        at -= 1
    return at


def _body(lines: list[str], title: str) -> list[str]:
    """Take the name of the field, the title, credits and the owner's rights off a text."""
    found = _named(lines[0], _COMMON)
    body = [found[1] if found and found[0] == "body" else lines[0], *lines[1:]]
    body = body[: next((at for at, line in enumerate(body) if _END.match(line)), None)]
    while body and (not plain(body[-1]) or _CREDIT.match(body[-1]) or COPYRIGHT.match(plain(body[-1]))):
        body.pop()
    if body and (plain(body[0]) == plain(title) or COPYRIGHT.match(plain(body[0]))):
        body = body[1:]
    return [] if len(body) <= 3 and _NO_TEXT.fullmatch(plain(" ".join(body)).rstrip(".")) else body


def _fields(lines: list[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    part = ""
    for line in lines:
        if found := _named(line, _COMMON):
            part = found[0]
            known.setdefault(*found)
        elif not plain(line) or _UNKNOWN_FIELD.fullmatch(line):
            part = ""
        elif part:
            known[part] += " " + line
    return known


def _complete(known: dict[str, str], free: list[str]) -> None:
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


def _proquest_records(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut at rules and numbers; where an export has none of them, after the field that comes last."""
    for record in groups_from(lines, lambda line: bool(_RULE.fullmatch(line) or _NUMBERED.fullmatch(line))):
        yield from groups_to(record, lambda line: plain(line).startswith("Database:"))


def _by_first_field(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut before each line that names the field which the file begins with."""
    first = ""

    def begins(line: str) -> bool:
        nonlocal first
        name = plain(line.partition(":")[0]).casefold()
        if not first and _named(line, _COMMON):
            first = name
        return bool(first) and name == first and ":" in line

    return groups_from(lines, begins)


def _repeats_fields(lines: Sequence[str]) -> bool:
    """Tell blocks of fields that each begin with the same one, and have a title and a text."""
    filled = [line for line in lines if plain(line) and not _CREDIT.match(line)]
    first = _named(filled[0], _COMMON) if filled else None
    if not first:
        return False
    parts = [found[0] for line in filled if (found := _named(line, _COMMON))]
    least = 2 if "body" in parts else 3  # without a field for the text, the fields have to be sure
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
