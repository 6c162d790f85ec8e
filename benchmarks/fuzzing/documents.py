"""Whole files of every kind that articles are read from, as small as they can be; all is invented."""

import base64
import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable, Mapping
from functools import cache

from .mutations import zipped
from .samples import ARTICLES

_TITLE, _DATE, _URL = "The bridge of Tolm", "2031-04-02", "https://gull.example/1"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "text", "meta", "table"))
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
Make = Callable[[str], bytes]
"""Gives a file that holds an article's text."""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _paragraphs(text: str, begin: str, end: str) -> str:
    return "".join(f"{begin}{_escaped(line)}{end}" for line in text.split("\n") if line)


def _html(text: str) -> bytes:
    about = json.dumps({"@type": "NewsArticle", "headline": _TITLE, "datePublished": _DATE, "articleBody": text})
    head = f'<title>{_TITLE} | The Gull</title><meta property="article:published_time" content="{_DATE}">'
    script = f'<script type="application/ld+json">{about}</script>' if len(text) % 2 else ""
    body = f"<article><h1>{_TITLE}</h1>{_paragraphs(text, '<p>', '</p>')}<table><tr><td>7</td></tr></table></article>"
    return f"<!doctype html><html lang=en><head>{head}{script}</head><body><nav>Menu</nav>{body}</body></html>".encode()


def _docx(text: str) -> bytes:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del>'
    body = _paragraphs(text, '<w:p><w:pPr/><w:r><w:t xml:space="preserve">', f"</w:t></w:r>{note}</w:p>")
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    core = f"<dc:title>{_TITLE}</dc:title><dcterms:created>{_DATE}T10:00:00Z</dcterms:created>"
    names = f'xmlns:cp="urn:core" {_DC} xmlns:dcterms="http://purl.org/dc/terms/"'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}{table}</w:body></w:document>',
            "docProps/core.xml": f"<cp:coreProperties {names}>{core}</cp:coreProperties>",
        }
    )


def _odt(text: str) -> bytes:
    mime = "application/vnd.oasis.opendocument.text"
    spaced = '<text:s text:c="3"/><text:note><text:p>n</text:p></text:note>'
    body = _paragraphs(text, "<text:p>", f"{spaced}</text:p>")
    meta = f"<dc:title>{_TITLE}</dc:title><meta:creation-date>{_DATE}T10:00:00.5</meta:creation-date>"
    return zipped(
        {
            "mimetype": mime,
            "content.xml": f"<office:document-content {_OPEN}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {_OPEN} {_DC}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def _epub(text: str) -> bytes:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>One</h1>{_paragraphs(text, "<p>", "</p>")}</body></html>'
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in "ab")
    items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    package = (
        f"<package {_DC}><metadata><dc:title>Trains</dc:title><dc:date>{_DATE}</dc:date></metadata><manifest>{items}"
        '</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    point = '<navPoint><navLabel><text>The first</text></navLabel><content src="a.xhtml"/></navPoint>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
            "c.opf": package,
            "a.xhtml": page,
            "b.xhtml": page.replace("One", "Two"),
            "toc.ncx": f"<ncx><navMap>{point}</navMap></ncx>",
        }
    )


def _rtf(text: str) -> bytes:
    def written(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        return character if character.isascii() else "".join(f"\\u{n}?" for n in _units(character))

    body = "".join(map(written, text)).replace("\n", "\\par ")
    about = r"{\info{\title Caf\'e9}{\creatim\yr2031\mo4\dy2\hr9}}{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}"
    return rf"{{\rtf1\ansi\ansicpg1252{about}\f0 {body}{{\footnote n}}{{\f1 \'9a}}{{\pict\bin4 abcd}}\par}}".encode()


def _units(character: str) -> list[int]:
    raw = character.encode("utf-16-le")
    return [int.from_bytes(raw[n : n + 2], "little", signed=True) for n in range(0, len(raw), 2)]


def _mail(text: str) -> bytes:
    encoded = base64.encodebytes(text.encode()).decode()
    return (
        "From: Ada Moor <ada@gull.example>\r\nSubject: =?utf-8?q?The_br=C3=AFdge?=\r\n"
        "Date: Wed, 02 Apr 2031 10:00:00 +0100\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; '
        f"charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        f"{_paragraphs(text, '<p>', '</p>')}\r\n--b--\r\n"
    ).encode()


def _mailbox(text: str) -> bytes:
    mail = _mail(text).replace(b"\r\n", b"\n")
    return b"".join(b"From ada@gull.example Wed Apr  2 10:00:00 2031\n" + mail + b"\n" for _ in range(2))


def _pdf(text: str) -> bytes:
    lines = [line[n : n + 70] for line in text.split("\n") for n in range(0, len(line), 70)]
    drawn = "\n".join(f"BT /F1 11 Tf 50 {760 - 14 * n} Td ({_in_pdf(line)}) Tj ET" for n, line in enumerate(lines[:50]))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({_TITLE}) /CreationDate (D:20310402100000+01'00') >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    raw, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    trailer = f"trailer << /Size 7 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    return raw + f"xref\n0 7\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def _in_pdf(line: str) -> str:
    plain = line.encode("cp1252", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _rss(text: str) -> bytes:
    content = _escaped(_paragraphs(text, "<p>", "</p>"))
    item = f"<item><title>{_TITLE}</title><link>{_URL}</link><pubDate>Wed, 02 Apr 2031 23:30:00 -0500</pubDate>"
    item += f"<description>It fell…</description><content:encoded>{content}</content:encoded></item>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>G</title>{item * 2}</channel></rss>'.encode()


def _atom(text: str) -> bytes:
    entry = f'<entry><title>{_TITLE}</title><link href="{_URL}"/><id>tag:1</id><published>{_DATE}T23:30:00-05:00</published>'
    entry += f'<content type="xhtml"><div>{_paragraphs(text, "<p>", "</p>")}</div></content></entry>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>G</title>{entry}</feed>'.encode()


def _nitf(text: str) -> bytes:
    head = f'<docdata><doc-id id-string="d1"/><date.issue norm="20310402T2330-0500"/></docdata><pubdata name="{_TITLE}"/>'
    body = f"<body.head><hedline><hl1>{_TITLE}</hl1></hedline></body.head><body.content>{_paragraphs(text, '<p>', '</p>')}"
    nitf = f"<nitf><head>{head}</head><body>{body}</body.content></body></nitf>"
    if len(text) % 2:
        return nitf.encode()
    item = f'<newsItem guid="u1"><contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem>'
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{item}</itemSet></newsMessage>'.encode()


def _tei(text: str) -> bytes:
    head = f"<fileDesc><titleStmt><title>{_TITLE}</title></titleStmt></fileDesc>"
    body = _paragraphs(text, "<p>", "</p>")
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{head}</teiHeader><text><body>{body}</body></text></TEI>'
    ).encode()


def _records(text: str) -> list[dict[str, object]]:
    row: dict[str, object] = {
        "id": "a",
        "title": _TITLE,
        "outlet": "Gull",
        "date": _DATE,
        "url": _URL,
        "text": text,
        "topic": "water",
    }
    return [row, row | {"id": "b", "text": f"{text} It fell.", "date": "04/03/2031"}]


def _json_lines(text: str) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _records(text)).encode()


def _json(text: str) -> bytes:
    if len(text) % 2:
        return json.dumps({"response": {"results": _records(text)}}).encode()
    return json.dumps(_records(text)).encode()


def _csv(text: str) -> bytes:
    rows = [[str(cell) for cell in row.values()] for row in _records(text)]
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    return "\n".join([",".join(_records("")[0]), *lines, ""]).encode()


def _xlsx(text: str) -> bytes:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rows = [list(_records(text)[0]), *([str(cell) for cell in row.values()] for row in _records(text))]
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{_escaped(cell)}</t></is></c>' for c, cell in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
            f'"{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
            f'"{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {names} xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
            f'"{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {names}><sheetData>{cells}</sheetData></worksheet>",
        }
    )


def _parquet(text: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out, rows = io.BytesIO(), _records(text)
    table = pa.table({name: [row[name] for row in rows] for name in rows[0]})
    table = table.append_column("added", pa.array([1] * len(rows), pa.timestamp("s", "UTC")))
    if len(text) % 4 == 0:
        with pa.ipc.new_file(out, table.schema) as writer:
            writer.write_table(table)
    else:
        pq.write_table(table, out)
    return out.getvalue()


def _warc(text: str) -> bytes:
    def record(kind: str, block: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {_URL}\r\nWARC-Date: {_DATE}T10:00:00Z\r\n"
        return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"

    page = gzip.compress(_html(text), mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    return record("warcinfo", b"software: x\r\n") + record("response", head + page) + record("response", head + page)


def _wacz(text: str) -> bytes:
    return zipped({"archive/data.warc": _warc(text), "datapackage.json": "{}", "pages/pages.jsonl": f'{{"url":"{_URL}"}}\n'})


def _har(text: str) -> bytes:
    content = {"mimeType": "text/html", "text": _html(text).decode(), "size": 7}
    if len(text) % 2:
        content |= {"text": base64.b64encode(_html(text)).decode(), "encoding": "base64"}
    entry = {
        "startedDateTime": f"{_DATE}T10:00:00Z",
        "request": {"url": _URL},
        "response": {"status": 200, "content": content},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [entry, entry]}}).encode()


def _nexis_uni(text: str) -> bytes:
    one = (
        f"{_TITLE}\nQuillmouth Courier\nJune 4, 2031 Tuesday\n\nSection: LOCAL\nLength: 29 words\nByline: Ada Moor\nBody\n\n"
    )
    return (f"{one}{text}\n\nLoad-Date: June 5, 2031\n\nEnd of Document\n\n" * 2).encode()


def _lexis(text: str) -> bytes:
    def one(n: int) -> str:
        return (
            f"                    {n} of 2 DOCUMENTS\n\n                   Quillmouth Courier\n\n"
            f"                   June 4, 2031 Tuesday\n\n{_TITLE}\n\nBYLINE: Ada Moor\n\nSECTION: LOCAL; Pg. 3\n\n"
            f"LENGTH: 29 words\n\n{text}\n\nLOAD-DATE: June 5, 2031\n\n        Copyright 2031 Courier Press\n\n"
        )

    return (one(1) + one(2)).encode()


def _factiva(text: str) -> bytes:
    codes = f"HD   {_TITLE}\nBY   Ada Moor\nWC   29 words\nPD   4 June 2031\nSN   Quillmouth Courier\n"
    codes += "SC   QUILLC\nLA   English\n"
    return (f"{codes}\nLP\n{text}\n\nTD\n{text}\n\nAN   Document QUILLC0020310604ek640000a\n\n" * 2).encode()


def _iramuteq(text: str) -> bytes:
    return f"**** *outlet_gull *date_2031\n{text}\n\n**** *outlet_post *date_2032\n{text}\n".encode()


def _europresse(text: str) -> bytes:
    article = (
        f'<article><header><div class="rdp__DocPublicationName">Gull</div><span class="DocHeader">2 avril 2031</span>'
        f'<div class="titreArticle"><p class="titreArticleVisu">{_TITLE}</p></div></header>'
        f'<section class="DocText"><div>{_paragraphs(text, "<p>", "</p>")}</div></section></article>'
    )
    return f"<html><head><title>Europresse</title></head><body>{article * 2}</body></html>".encode()


def _subtitles(text: str) -> bytes:
    lines = [line for line in text.split("\n") if line]
    times = (f"00:00:{n:02},000 --> 00:00:{n + 1:02},000" for n in range(60))
    cues = [f"{n}\n{time}\n{line}\n" for n, (line, time) in enumerate(zip(lines, times, strict=False), 1)]
    if len(text) % 2:
        return ("WEBVTT\n\n" + "\n".join(cues).replace(",000", ".000")).encode()
    return "\n".join(cues).encode()


def _markdown(text: str) -> bytes:
    return (
        f"---\ntitle: {_TITLE}\ndate: {_DATE}\ntags: [a, b]\n---\n# {_TITLE}\n\n{text}\n\n> {text}\n\n[a](b) `c`\n".encode()
    )


def _plain(text: str) -> bytes:
    return text.encode()


def _zip(text: str) -> bytes:
    return zipped({"a.txt": text, "b/b.html": _html(text), "c.zip": zipped({"d.txt": text, "e.jsonl": _json_lines(text)})})


def _tar(text: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, raw in (("a.txt", text.encode()), ("b.csv", _csv(text))):
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def _gz(text: str) -> bytes:
    return gzip.compress(_json_lines(text), mtime=0)


def _references(text: str) -> bytes:
    return f"TY  - NEWS\nTI  - {_TITLE}\nAB  - {text}\nER  - \n".encode()


DOCUMENTS: Mapping[str, Make] = {
    "a.txt": _plain,
    "a.md": _markdown,
    "a.html": _html,
    "a.docx": _docx,
    "a.odt": _odt,
    "a.epub": _epub,
    "a.rtf": _rtf,
    "a.eml": _mail,
    "a.mbox": _mailbox,
    "a.pdf": _pdf,
    "a.rss": _rss,
    "a.atom": _atom,
    "a.xml": _nitf,
    "tei.xml": _tei,
    "a.jsonl": _json_lines,
    "a.json": _json,
    "a.csv": _csv,
    "a.xlsx": _xlsx,
    "a.parquet": _parquet,
    "a.warc": _warc,
    "a.wacz": _wacz,
    "a.har": _har,
    "nexis.txt": _nexis_uni,
    "lexis.txt": _lexis,
    "factiva.txt": _factiva,
    "iramuteq.txt": _iramuteq,
    "europresse.html": _europresse,
    "a.srt": _subtitles,
    "a.zip": _zip,
    "a.tar": _tar,
    "a.jsonl.gz": _gz,
    "a.ris": _references,
}
"""What makes a file of each kind, by the name of the file."""


@cache
def _whole(name: str, n: int) -> bytes:
    return DOCUMENTS[name](ARTICLES[n])


def document(draw: random.Random) -> tuple[str, bytes]:
    """Give the name and the bytes of a whole file."""
    name = draw.choice(list(DOCUMENTS))
    return name, _whole(name, draw.randrange(len(ARTICLES)))
