"""Names of fields, and what each of them stands for."""

import re

from ..entries import labelled


def _parts_by_name(**parts: str) -> dict[str, str]:
    """Return the part that each name of a field stands for, "" for those that are dropped."""
    return {name: part if part != "other" else "" for part, names in parts.items() for name in names.split("|")}


NAMES = _parts_by_name(
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
"""The part that a field stands for by its name in lower case; "" for fields that are dropped."""

_HEADING = re.compile(r"\s*(FULL TEXT|ABSTRACT(?: \(ENGLISH\))?|DETAILS|LINKS|FULLTEXT)\s*")
_UNKNOWN = re.compile(r"\s*[^\W\d_][\w /().-]{1,40}: \S.*[^.!?”\"\s]\s*")


def field_of(line: str) -> tuple[str, str] | None:
    """Return the part that a line stands for, and its words; None for a line that begins with no name of a field."""
    if heading := _HEADING.fullmatch(line):
        return NAMES.get(heading[1].casefold(), ""), ""
    return labelled(line, NAMES)


def is_unknown_field(line: str) -> bool:
    """Tell a line that looks like a field, and like no sentence."""
    return bool(_UNKNOWN.fullmatch(line))
