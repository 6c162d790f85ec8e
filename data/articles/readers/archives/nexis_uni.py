"""Nexis Uni and Lexis+: a cover page with a list of titles, then articles that end with "End of Document"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from .entries import COPYRIGHT, RIGHTS, Entry, Export, date_in, groups_to, labelled, plain

_END = re.compile(r"\s*(?:End of Document|Ende des Dokuments?|Fin du document|Fin del documento)\s*", re.IGNORECASE)
_GLUED_END = re.compile(r"(?<=[.!?”\"’')\]])\s*End of Document\s*$")  # a text of a PDF may lack the line end
_BODY = re.compile(r"\s*(?:Body|Text|Texte|Corps|Cuerpo)\s*")
_LENGTH = re.compile(r"\s*(?:Length|Länge|Longueur|Longitud|Lengte)\s*:\s*[\d.,]+ \w+\s*")
_PAGE = re.compile(r"\s*(?:Page|Seite) \d+ (?:of|de|von|sur) \d+\s*")
_COUNT = re.compile(r"\s*(?:Documents|Dokumente|Documentos|Document)\s*\((\d[\d.,]{0,15})\)\s*")
_LISTED = re.compile(r"\s*(\d+)\.\s+(.+)")
_COVER = re.compile(
    r"\s*(?:(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Sources?|"
    r"Quellen|Timeline|Publication Type|Sender|Benutzername|Datum und Uhrzeit|Auftragsnummer|Suchbegriffe|Kunde/Mandat|"
    r"Inhaltstyp|Client/Dossier|Termes de recherche)\s*:|(?:Content Type|Narrowed by|News|Inhaltstyp|Nachrichten)\s*$|"
    r"About LexisNexis\b)",
)
HEADS = {
    **dict.fromkeys(("headline", "titel", "titre"), "title"),
    **dict.fromkeys(("distribution", "edition", "url", "doi"), ""),
    **dict.fromkeys(("byline", "autor", "auteur", "author", "by-line"), "byline"),
    **dict.fromkeys(("section", "rubrik", "rubrique", "sección", "seccion", "sectie", "ressort"), "section"),
    **dict.fromkeys(("length", "länge", "longueur", "longitud", "lengte"), "length"),
    **dict.fromkeys(("dateline", "datum-zeile", "ort"), "dateline"),
    **dict.fromkeys(("highlight", "encart", "insert", "zusammenfassung"), "highlight"),
}
"""Labels before the text, in the languages of the interface, and the part that each names."""

_CLOSING_HEADS = re.compile(r"\s*(?:Classification|Klassifizierung|Klassifikation|Classement|Graphic|Grafik)\s*")
_PICTURE = re.compile(r"\s*(?:PHOTO|GRAPHIC|CHART|DRAWING|MAP|DIAGRAM|ILLUSTRATION|TABLE|PHOTOGRAPH)S?\b[^a-z]{0,30}:")
_LINK = re.compile(r"\s*https?://\S+\s*")
_AFTER_TEXT = re.compile(r"\s*(?:Notes?|Correction)\s*")
_LOADED = dict.fromkeys(("load-date", "date de chargement"), "")
_DATED = _LOADED | {"correction-date": ""}
_CLOSING_LABELS = _DATED | dict.fromkeys(
    "update|language|sprache|langue|publication-type|publication type|zeitungstyp|journal code|subject|company|organization|"
    "person|geographic|industry|ticker|document-type|graphic".split("|"),
    "",
)
_MOST_LABELS = 12  # lines, with empty ones
_LANGUAGE = {"language": "language", "sprache": "language", "langue": "language"}


def _knows(lines: Sequence[str]) -> bool:
    """Tell by its cover page, or by the marks around a text."""
    cover = any(_COUNT.fullmatch(line) for line in lines) and any("Client/Matter" in line for line in lines)
    ended = any(_END.fullmatch(line) or _GLUED_END.search(line) for line in lines)
    marks = sum(any(mark.fullmatch(line) for line in lines) for mark in (_BODY, _LENGTH)) + ended
    loaded = any(line.lstrip().startswith("Load-Date:") for line in lines)
    return cover or marks + loaded >= 3 or (marks == 2 and ended)


def _records(lines: Iterable[str]) -> Iterator[list[str]]:
    for record in groups_to(_printed(lines), lambda line: bool(_END.fullmatch(line))):
        if sum(bool(_BODY.fullmatch(line)) for line in record) > 1:  # the ends were left out
            yield from groups_to(record, lambda line: bool(labelled(line, _LOADED)))
        else:
            yield record


def _printed(lines: Iterable[str]) -> Iterator[str]:
    """Leave out the numbers of pages, and part the end of a document from its last sentence."""
    for line in lines:
        if _GLUED_END.search(line):
            yield _GLUED_END.sub("", line)
            yield "End of Document"
        elif not _PAGE.fullmatch(line):
            yield line


def _entry(record: list[str]) -> Entry | None:
    ended = bool(_END.fullmatch(record[-1]) or labelled(record[-1], _LOADED))
    lines = record[:-1] if _END.fullmatch(record[-1]) else record
    body_at = next((at for at, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    is_marked = body_at is not None or any(map(_LENGTH.fullmatch, lines))
    if not is_marked and not (ended and any(map(date_in, lines))):
        return None
    head, rest = _parted(lines, body_at)
    body, closing = _until_closing(rest)
    known = _head(_after_cover(head)) | _language(closing)
    return Entry(_without_title_and_pictures(body, known["title"]), known, total=_total(lines), cut=not ended)


def _total(lines: list[str]) -> int | None:
    """Return the number of documents that a cover page tells."""
    count = next(filter(None, map(_COUNT.fullmatch, lines)), None)
    return int(re.sub(r"\D", "", count[1])) if count else None


def _without_title_and_pictures(body: list[str], title: str) -> list[str]:
    """Take out of a text its title and the captions of pictures, and the links at its end."""
    no_text = {plain(title)} - {""}
    body = [line for line in body if not _PICTURE.match(line) and plain(line) not in no_text]
    while body and (not plain(body[-1]) or _LINK.fullmatch(body[-1])):
        body.pop()
    return body


def _parted(lines: list[str], body_at: int | None) -> tuple[list[str], list[str]]:
    """Part head and text; without the line "Body" the text begins after the last label of the head."""
    if body_at is not None:
        return lines[:body_at], lines[body_at + 1 :]
    labels = [at for at, line in enumerate(lines) if labelled(line, HEADS)]
    near = [at for at in labels if at <= labels[0] + _MOST_LABELS]  # a text may have such lines, too
    at = near[-1] + 1 if near else len(lines)
    return lines[:at], lines[at:]


def _after_cover(head: list[str]) -> list[str]:
    """Take the cover page off: the first article begins with the title that is listed first."""
    covered = [at for at, line in enumerate(head) if _COVER.match(line) or _COUNT.fullmatch(line)]
    if not covered:
        return head
    listed = {at: entry for at, line in enumerate(head) if (entry := _LISTED.fullmatch(line))}
    first = next((plain(entry[2]) for entry in listed.values() if entry[1] == "1"), None)
    begin = max({*covered, *listed}) + 1
    again = [at for at in range(begin, len(head)) if first and plain(head[at]) and first.startswith(plain(head[at]))]
    return head[again[-1] if again else begin :]


def _head(head: list[str]) -> dict[str, str]:
    """Read title, outlet, day, and labelled lines."""
    known: dict[str, str] = {}
    for part, words in filter(None, (labelled(line, HEADS) for line in head)):
        known.setdefault(part, words)
    known.pop("", None)
    above_labels = takewhile(lambda line: not labelled(line, HEADS), head)
    return known | _title_outlet_day(_without_frame(above_labels))


def _without_frame(lines: Iterable[str]) -> list[str]:
    """Leave out empty lines, rights, marks of corrections, and a title that stands twice, as that of the page."""
    kept: list[str] = []
    for words in filter(None, map(plain, lines)):
        if not (COPYRIGHT.match(words) or RIGHTS.match(words) or words in kept[-1:]):
            kept.append(words)
    return [words for words in kept if words != "Correction Appended"]


def _title_outlet_day(lines: list[str]) -> dict[str, str]:
    """Tell the lines above the labels apart: the title on one or more, the outlet, the day."""
    known: dict[str, str] = {}
    day = next((at for at, line in enumerate(lines) if at and date_in(line)), None)
    if day is not None:
        known["date"] = date_in(lines[day])
        lines = lines[:day]
    if len(lines) > 2 and lines[-1].startswith("("):  # the blog of an outlet
        lines = lines[:-1]
    known["title"] = " ".join(lines[:-1] or lines)
    if len(lines) > 1:
        known["outlet"] = lines[-1]
    return known


def _until_closing(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the text from what follows it: captions, corrections, classification, day of loading."""
    begun = False
    for at, line in enumerate(lines):
        closes = _CLOSING_HEADS.fullmatch(line) or labelled(line, _DATED) or (begun and _AFTER_TEXT.fullmatch(line))
        if closes or (labelled(line, _CLOSING_LABELS) and _only_labels(lines[at:])):
            return lines[:at], lines[at:]
        begun = begun or bool(plain(line))
    return lines, []


def _only_labels(lines: list[str]) -> bool:
    """Tell whether nothing but labels follows: a text, too, may have a line such as *Update: the road is open*."""
    return all(labelled(line, _CLOSING_LABELS) for line in lines if plain(line))


def _language(closing: list[str]) -> dict[str, str]:
    return dict(label for line in closing if (label := labelled(line, _LANGUAGE)))


EXPORT = Export("Nexis Uni", _knows, _records, _entry)
