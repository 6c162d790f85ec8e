"""Factiva: fields with codes of two or three letters (HD, BY, WC, PD …), or the same lines without their codes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .entries import COPYRIGHT, Entry, Export, date_in, groups_to, plain

_CODES = (
    "HD SE CLM BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD ART CT RF CO IN NS RE IPC IPD PUB AN TXT DLN RST".split()
)
_CODE = re.compile(rf"\s{{0,4}}({'|'.join(_CODES)})(?:\s*\||\t|\s{{2,}}|\s*:\s|\s*$| )\s*(.*)", re.DOTALL)
_SURE = re.compile(rf"\s{{0,4}}(?:{'|'.join(_CODES)})(?:\s*\||\t|\s{{2,}}|\s*$)")
_VALUE_OF = {  # codes that prose might hold as words: with one space only these values make fields of them
    "CT": r".*(?:Contact|@|\d{3}).*",
    "CO": r"\w+ : .*",
    "IN": r"\w+ : .*",
    "NS": r"\w+ : .*",
    "RE": r"\w+ : .*",
    "AN": r"(?:Document|Dokument) .*",
    "PUB": r".{1,80}",
    "IPC": r"[A-Z]\w+(?: \| .*)?",
    "IPD": r".{1,200}",
    "RF": r".{1,60}",
}
_PARTS = {
    **{"HD": "title", "SN": "outlet", "PD": "date", "BY": "byline", "SE": "section", "WC": "length", "LA": "language"},
    **{"ED": "edition", "AN": "id"},
}
_HEAD = ("HD", "BY", "SE", "ED", "PG", "LA", "CR", "SC", "SN", "PD", "WC", "ET", "CY", "CLM", "VOL")
_TEXT = ("LP", "TD", "TXT")
_NUMBER = re.compile(r"\s*(?:AN\b[\s|:]*)?(?:Document|Dokument|Documento)\s+(?=\w*\d{6})([A-Za-z]\w{14,34})\s*\|?\s*")
NUMBER = re.compile(r"(?=\w*\d{6})[A-Za-z]\w{14,34}")
"""The number that Factiva gives an article: its source's code, its day, and others."""
_WORDS = re.compile(r"\s*[\d.,]+ (?:words?|mots|Wörter|palabras|parole|woorden|palavras)\s*", re.IGNORECASE)
TIME = re.compile(r"\d\d?:\d\d(?: ?[AP]M)?(?: \w{2,5})?")
BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Door)\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*Page \d+ of \d+.*(?:Factiva|rights reserved).*|.{0,80}© \d{4} Factiva, Inc\..*", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"\s*(?:[\w&.,'’()-]+ ){0,7}"
    r"\(?(?:Inc|Ltd|Limited|GmbH|LLC|AG|Co|Corp|Corporation|Company|Group|plc|Text|Verlag|B\.V|S\.A)\.?\)?\s*"
)
_MOST_HEAD = 29  # lines between the number of words and the rights, with empty ones
_LANGUAGE = re.compile(r"(?:English|Deutsch|Français|Español|Italiano|Português|Nederlands|[A-Z]\w+ \(\w+\))")


def _knows(lines: Sequence[str]) -> bool:
    codes = {code[1] for line in lines if _SURE.match(line) and (code := _CODE.match(line))}
    heads = {code[1] for line in lines if (code := _CODE.match(line)) and code[1] in ("HD", "WC", "PD", "SN", "LP", "TD")}
    coded = len(codes | heads) >= 5 and "HD" in heads and bool(heads & {"LP", "TD"})
    return coded or (any(map(_NUMBER.fullmatch, lines)) and any(map(_WORDS.fullmatch, lines)))


def _records(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut after the number of each article; where numbers were left out of the export, before the next headline."""
    printed = (line for line in lines if not _PAGE.fullmatch(line))
    for record in groups_to(printed, lambda line: bool(_NUMBER.fullmatch(line))):
        yield from _cut_at_headlines(record)


def _cut_at_headlines(record: list[str]) -> Iterator[list[str]]:
    start, codes, loose = 0, set[str](), _is_loose(record)
    for at, line in enumerate(record):
        code = _code_of(line, loose)[0]
        if code in ("HD", "SE", "CLM") and codes & {"LP", "TD"}:
            yield record[start:at]
            start, codes = at, set()
        codes.add(code)
    yield record[start:]


def _is_loose(record: list[str]) -> bool:
    """Tell whether codes have but one space behind them: then prose is less easily told from them."""
    return not any(_SURE.match(line) and line.lstrip().startswith("HD") for line in record)


def _code_of(line: str, loose: bool) -> tuple[str, str]:
    """Return the code that a line begins with and its words; no code where it is but a line of text."""
    field = _CODE.match(line)
    if not field:
        return "", line
    code, words = field[1], field[2].strip(" |\t")
    if not _SURE.match(line) and not (loose and re.fullmatch(_VALUE_OF.get(code, r"[\s\S]*"), words)):
        return "", line
    return code, words


def _entry(record: list[str]) -> Entry | None:
    loose = _is_loose(record)
    codes = {_code_of(line, loose)[0] for line in record}
    if "HD" in codes and codes & {"WC", "PD", "SN", *_TEXT}:
        return _coded_entry(record, loose)
    length_at = next((at for at, line in enumerate(record) if _WORDS.fullmatch(line)), None)
    return None if length_at is None else _bare_entry(record, length_at)


def _coded_entry(record: list[str], loose: bool) -> Entry:
    fields: dict[str, list[str]] = {}
    code, in_text = "", False
    for line in record:
        new, words = _code_of(line, loose)
        if in_text and (new in _HEAD or new in fields):
            new, words = "", line  # no field stands twice, and those of the head never follow the text
        code = new or code
        in_text = code in _TEXT
        fields.setdefault(code, []).append(words.strip(" |\t") if new else line.strip(" |\t"))
    known = {part: " ".join(fields[code]) for code, part in _PARTS.items() if code in fields}
    known["date"] = date_in(known.get("date", "")) or known.get("date", "")
    number = _NUMBER.fullmatch(plain(known.get("id", "")))
    known["id"] = number[1] if number else ""
    body = [line for code in _TEXT if code in fields for line in ["", *fields[code]]]
    return Entry(body, known, cut="AN" not in fields)


def _bare_entry(record: list[str], length_at: int) -> Entry:
    """Read an article by the order of its lines: section, headline, byline, words, day, time, outlet … rights, text."""
    number = _NUMBER.fullmatch(record[-1])
    lines = record[:-1] if number else record
    after_length = lines[length_at + 1 :]
    known, text_at = _after_length(after_length)
    known |= _before_length([plain(line) for line in lines[:length_at]])
    known["length"] = plain(lines[length_at])
    known["id"] = number[1] if number else ""
    return Entry(_without_publisher(after_length[text_at:]), known, cut=not number)


def _after_length(lines: list[str]) -> tuple[dict[str, str], int]:
    """Read day, outlet and language, and tell where the text begins: after the rights, or the language without them."""
    known: dict[str, str] = {}
    head = [plain(line) for line in lines[:_MOST_HEAD]]
    for at, line in enumerate(head):
        if COPYRIGHT.match(line):
            return known, at + 1
        if "date" not in known and (day := date_in(line)):
            known["date"] = day
        elif "date" in known and "outlet" not in known and line and not TIME.fullmatch(line):
            known["outlet"] = line
        elif _LANGUAGE.fullmatch(line):
            known["language"] = line
            if not any(COPYRIGHT.match(plain(later)) for later in lines[at + 1 : at + 4]):
                return known, at + 1
    return known, len(head)


def _without_publisher(body: list[str]) -> list[str]:
    while body and (not plain(body[-1]) or _PUBLISHER.fullmatch(body[-1])):
        body.pop()
    return body


def _before_length(lines: list[str]) -> dict[str, str]:
    """Tell headline, byline and section apart; of what stands before them nothing is kept."""
    while lines and not lines[-1]:
        lines.pop()
    near = [line for line in lines[-6:] if line]
    known: dict[str, str] = {}
    by = next((at for at, line in enumerate(near) if at and BYLINE.match(line)), None)
    if by is not None:
        known["byline"] = near[by]
        near = near[:by]
    elif len(near) > 1 and _is_names(near[-1]):
        known["byline"] = near.pop()
    if near:
        known["title"] = near.pop()
    if near and len(near[-1]) <= 40:
        known["section"] = near[-1]
    return known


def _is_names(line: str) -> bool:
    """Tell a line that is but names: four words at most, all of them with a capital."""
    words = line.replace(",", " ").split()
    return len(words) <= 4 and all(word[:1].isupper() or word in ("and", "und", "et") for word in words)


EXPORT = Export("Factiva", _knows, _records, _entry)
