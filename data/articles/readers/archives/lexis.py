"""LexisNexis and nexis.com: articles that begin with "3 of 200 DOCUMENTS", labels in capitals."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .entries import COPYRIGHT, RIGHTS, Entry, Export, date_in, groups_from, labelled, plain
from .nexis_uni import HEADS

_BEGIN = re.compile(
    r"\s*(\d[\d.,]{0,15}) (?:of|de|von|di|van) (\d[\d.,]{0,15}) (?:DOCUMENT(?:S|OS|EN|I)?|DOKUMENTE?N?)\s*|"
    r"\s*(?:Dokument|Document|Documento) (\d[\d.,]{0,15}) (?:de|von|di|van) (\d[\d.,]{0,15})\s*"  # "of" is ProQuest's
)
_CAPITALS = re.compile(r"\s*[A-ZÀ-Ý][A-ZÀ-Ý -]+:")
_SURE = dict.fromkeys(
    "load-date|language|graphic|publication-type|journal-code|document-type|correction-date|update|sprache|grafik|langue|"
    "localisation-geo|date-chargement|type-publication|secteur-activite|symbole-boursier|pub-type|acc-no|zeitungstyp".split(
        "|"
    ),
    "",
)
_CLOSING = _SURE | dict.fromkeys(
    "subject|organization|company|ticker|industry|geographic|person|city|state|country|correction|sujet|societe|organisation|"
    "url|issn|distribution|thema|personne|pays|ville|series|type|note|notes".split("|"),
    "",
)
_LANGUAGE = dict.fromkeys(("language", "sprache", "langue"), "language")
_BODY = re.compile(r"\s*BODY:\s*")
_EDITION = re.compile(r".{0,60}\b(?:edition|ausgabe|édition|final|correction appended)\b.{0,40}", re.IGNORECASE)
_WORDS = re.compile(r"[\d.,]+ \w+")


def _knows(lines: Sequence[str]) -> bool:
    begun = any(_BEGIN.fullmatch(line) for line in lines)
    parts = {label[0] for line in lines if _CAPITALS.match(line) and (label := labelled(line, HEADS))}
    closed = any(_CAPITALS.match(line) and labelled(line, _CLOSING) for line in lines)
    return begun and ("length" in parts or closed)


def _records(lines: Iterable[str]) -> Iterator[list[str]]:
    return groups_from(lines, lambda line: bool(_BEGIN.fullmatch(line)))


@dataclass(frozen=True, slots=True)
class _Places:
    """The lines where the parts of an article begin; ``outlet`` is -1 where none stands above the day."""

    outlet: int
    day: int
    title: int
    labels: int
    body: int
    closing: int


def _entry(record: list[str]) -> Entry | None:
    begun = _BEGIN.fullmatch(record[0])
    if not begun:
        return None
    number, total = (int(re.sub(r"\D", "", digits)) for digits in begun.groups() if digits)
    lines = record[1:]
    places = _places(lines)
    known = {"title": _title(lines[places.title : places.labels])} | _labels(lines[places.labels : places.body])
    known["date"] = date_in(lines[places.day]) if lines else ""
    known["outlet"] = plain(lines[places.outlet]) if places.outlet >= 0 else ""
    known |= _language(lines[places.closing :])
    body = lines[places.body : places.closing]
    body[:1] = [_BODY.sub("", line) for line in body[:1]]
    return Entry(body, known, number, total, cut=places.closing == len(lines))


def _places(lines: list[str]) -> _Places:
    filled = [at for at, line in enumerate(lines) if plain(line) and not _is_frame(plain(line))]
    first = filled[0] if filled else 0
    above_labels = takewhile(lambda at: not _CAPITALS.match(lines[at]), filled[:12])
    day = next((at for at in above_labels if date_in(lines[at])), first)
    has_outlet = bool(filled) and (first < day or not date_in(lines[day]))
    title = _title_start(lines, day)
    labels = next((at for at in range(day, len(lines)) if _is_head(lines[at])), None)
    if labels is None:
        labels = body = _next_empty(lines, title)
    else:
        body = _head_end(lines, labels)
    return _Places(first if has_outlet else -1, day, title, labels, body, _closing_at(lines, body))


def _title(lines: list[str]) -> str:
    return " ".join(line for line in map(plain, lines) if not _is_frame(line))


def _language(closing: list[str]) -> dict[str, str]:
    return dict(label for line in closing if (label := labelled(line, _LANGUAGE)))


def _is_head(line: str) -> bool:
    return bool(_CAPITALS.match(line) and labelled(line, HEADS))


def _is_frame(line: str) -> bool:
    return bool(COPYRIGHT.match(line) or RIGHTS.match(line) or _BEGIN.fullmatch(line))


def _title_start(lines: list[str], day: int) -> int:
    """Find where the title may begin: after the day and the edition that stands below it."""
    at = day + 1
    spaced = any(not plain(line) for line in lines[: day + 6])
    while at < len(lines) and not _is_head(lines[at]) and (plain(lines[at]) if spaced else _EDITION.fullmatch(lines[at])):
        at += 1
    return at


def _next_empty(lines: list[str], at: int) -> int:
    """Find the end of a paragraph: the next empty line after one that is not."""
    while at < len(lines) and not plain(lines[at]):
        at += 1
    while at < len(lines) and plain(lines[at]):
        at += 1
    return at


def _head_end(lines: list[str], at: int) -> int:
    """Find where the labels of the head end; words that go on in the next line belong to their label."""
    spaced = any(not plain(line) for line in lines[at:])
    end, goes_on = at + 1, False
    for n in range(at, len(lines)):
        line = lines[n]
        if _BODY.match(line):
            return n
        if _is_head(line):
            end, goes_on = n + 1, spaced and not _WORDS.fullmatch(plain(line.partition(":")[2]))
        elif not plain(line):
            goes_on = False
        elif goes_on:
            end = n + 1
        else:
            break
    return end


def _labels(lines: list[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    part = ""
    for line in lines:
        if _CAPITALS.match(line) and (label := labelled(line, HEADS)):
            part, words = label
            known[part] = words
        elif part:
            known[part] += " " + line
    known.pop("", None)
    return known


def _closing_at(lines: list[str], start: int) -> int:
    """Find where labels follow the text; prose may have a line such as *NOTE: the pier is closed*, too."""
    sure = next((at for at in range(start, len(lines)) if _closes(lines, at, start)), len(lines))
    at = closing = sure
    while at > start:
        at -= 1
        if _CAPITALS.match(lines[at]) and labelled(lines[at], _CLOSING):
            closing = at
        elif plain(lines[at]) and not plain(lines[at - 1]):
            break  # a paragraph without a label
    return closing if sure < len(lines) else sure


def _closes(lines: list[str], at: int, start: int) -> bool:
    """Tell whether what follows a text surely begins here, with a label or with the owner's rights in the last lines."""
    line = lines[at]
    if _CAPITALS.match(line) and (labelled(line, _SURE) or labelled(line, {"correction": ""})):
        return bool(labelled(line, _SURE)) or any(map(plain, lines[start:at]))
    return bool(COPYRIGHT.match(plain(line))) and sum(bool(plain(later)) for later in lines[at:]) <= 4


EXPORT = Export("LexisNexis", _knows, _records, _entry)
