"""The kinds of files that hold articles: what tells each, and where it is read."""

from pathlib import Path

from .reader import PACKED, Reader
from .readers import delimited, other_formats

_ZIP, _MARKUP, _JSON = rb"PK\x03\x04", rb"<", rb"[\[{]"
READERS: dict[str, Reader] = {
    "archive-pages": Reader(
        "Exports of Factiva, Europresse, ProQuest and LexisNexis as web pages: many articles per file",
        (".html", ".htm"),
        "archives.export_pages",
        rb".{0,10}<",
    ),
    "html": Reader("Web pages (HTML): the article or articles of each", (".html", ".htm", ".xhtml"), "web.page", _MARKUP),
    "word": Reader("Word documents (.docx): one article each", (".docx", ".docm", ".dotx", ".dotm"), "documents.word", _ZIP),
    "rtf": Reader("RTF: one article each", (".rtf",), "documents.rich_text", rb"\{\\rtf", "files"),
    "opendocument": Reader(
        "OpenDocument texts (.odt): one article each",
        (".odt", ".ott", ".fodt"),
        "documents.open_document",
        rb"PK\x03\x04|<",
    ),
    "epub": Reader("EPUB: one article per chapter, or per article of a newspaper", (".epub",), "documents.epub", _ZIP),
    "pdf": Reader(
        "PDF with a text layer: one article each", (".pdf",), "documents.pdf.pdf_file", rb".{0,1024}%PDF-", "files"
    ),
    "markdown": Reader(
        "Markdown: one article each",
        (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"),
        "documents.markdown",
        rb"---|\+\+\+",
    ),
    "mailbox": Reader("Mailboxes (.mbox): one article per message", (".mbox", ".mbx"), "documents.mail.mailbox", rb"From "),
    "mail": Reader(
        "Mails, and pages saved as .mht: one article each",
        (".eml", ".emlx", ".mht", ".mhtml"),
        "documents.mail.message",
        rb"(?:\d{1,10}[ \t]*\r?\n)?[A-Za-z][A-Za-z0-9-]{1,60}:",
    ),
    "warc": Reader("WARC: the articles of a crawl’s pages", (".warc",), "crawls.warc", rb"WARC/1\.", "files"),
    "wacz": Reader("WACZ: the articles of a crawl’s pages", (".wacz",), "crawls.wacz", _ZIP, "files"),
    "har": Reader("HAR: the articles of the pages that a browser fetched", (".har",), "crawls.har", rb"\{\s*\"log\""),
    "json-lines": Reader("JSON lines: one article per line", (".jsonl", ".ndjson"), "json_lines", rb"\{"),
    "json": Reader(
        "JSON: an article, a list of them, or an object that holds them",
        (".json", ".jsonld", ".ninjs"),
        "json_document",
        _JSON,
    ),
    "transcripts": Reader("Subtitles (SubRip, WebVTT): one article each", (".srt", ".vtt"), "transcripts", rb"WEBVTT|\d"),
    "other-formats": Reader(
        "Programs, logs, LaTeX, SQL, calendars and similar: refused with the name of the format", (), other_formats, rb""
    ),
    "csv": Reader("CSV, TSV and similar: one article per row", (".csv", ".tsv", ".tab"), "delimited", rb""),
    "references": Reader(
        "References (RIS, BibTeX, EndNote): refused, as they hold no texts", (), "archives.references", rb"[A-Z%@]"
    ),
    "archive-text": Reader(
        "Exports of LexisNexis, Nexis Uni, Factiva, ProQuest, EBSCO, Gale, NewsBank and IRaMuTeQ as "
        "text: many articles per file",
        (".txt",),
        "archives.exports",
        rb"",
    ),
    "excel": Reader("Excel: one article per row", (".xlsx", ".xlsm"), "workbook", _ZIP, "files"),
    "parquet": Reader(
        "Parquet and Arrow: one article per row",
        (".parquet", ".pq", ".arrow", ".feather"),
        "parquet",
        rb"PAR1|ARROW1|\xff\xff\xff\xff",
    ),
    "compressed": Reader(
        "Compressed files (zst needs sayso[files]): the file inside, read by its own kind",
        (".gz", ".tgz", ".bz2", ".tbz2", ".tbz", ".xz", ".txz", ".zst", ".tzst"),
        "packed",
        rb"[^\x20-\x7e]|BZ|\(\xb5",
    ),
    "refused": Reader("Old Word documents, slides and similar: refused with advice", (), "documents.refused", rb""),
    "tar": Reader("Tar archives: every file inside, read by its own kind", (".tar",), "packed", rb".{100,257}ustar"),
    "zip": Reader("Zip archives: every file inside, read by its own kind", (".zip",), "packed", rb"PK"),
    "xml": Reader(
        "XML: feeds (RSS, Atom), NITF, NewsML, TEI, and lists of articles with the usual names",
        (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml", ".tei"),
        "xml.xml_file",
        _MARKUP,
    ),
    "text": Reader("Plain text: one article each", (".txt", ".text"), "plain_text"),
}
"""Every kind of file that holds articles, a special kind before the general one that shares its suffix.

What no reader knows and no suffix tells is plain text.
"""


def article_suffixes() -> frozenset[str]:
    """Return the suffixes, as of `suffix_of`, of what is read out of a folder; a file that is named itself may have any."""
    plain = {suffix for reader in READERS.values() for suffix in reader.suffixes} - set(PACKED)
    return frozenset(plain | {suffix + packed for suffix in plain for packed in PACKED})


def kinds_of_articles() -> list[tuple[str, ...]]:
    """Return the table of kinds: what it is, its suffixes, and the extra that has to be installed."""
    return [
        (reader.kind, " ".join(reader.suffixes), f"sayso[{reader.extra}]" if reader.extra else "")
        for reader in READERS.values()
    ]


def reader_of(name: str, start: bytes, text_column: str | None = None) -> Reader:
    """Tell the reader of a file or stream by its name and its beginning, at most `START` bytes.

    What its bytes surely are counts before its suffix: a page that was saved as ``.txt`` is read as a page. A column of
    text that the user named tells a table as well.
    """
    suffix = Path(name).suffix.lower()
    of_suffix = [reader for reader in READERS.values() if suffix in reader.suffixes]
    others = [reader for reader in READERS.values() if reader not in of_suffix]
    knowing = next((reader for reader in [*of_suffix, *others] if reader.knows(start)), None)
    if knowing is None and text_column is not None and delimited.knows(start, text_column):
        return READERS["csv"]
    if knowing is None and suffix in other_formats.SUFFIXES:
        return READERS["other-formats"]
    return knowing or next(reversed(of_suffix), READERS["text"])
