import base64
import gzip
import io
import json
import zipfile

import pytest

from sayso.data.articles.files import read_articles
from sayso.data.articles.kinds import reader_of

PAGE = (
    "<html><head><title>Ferry | The Gull</title></head><body><article><h1>Ferry</h1><p>The café “Gull” is open "
    "to all who wait for the ferry, the harbour office said.</p></article></body></html>"
)
DATED = PAGE.replace("<head>", '<head><meta property="article:published_time" content="2024-03-01">')
TEXT = "Ferry\n\nThe café “Gull” is open to all who wait for the ferry, the harbour office said."
LIST = "<html><body>" + "<article><h2><a href='/b'>A</a></h2><p>The council met…</p></article>" * 5 + "</body></html>"


def chunked(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:40], body[40:])) + b"0\r\n\r\n"


def record(kind, block, url=None):
    address = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{address}WARC-Date: 2024-03-04T10:00:00Z\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def answer(number, body, *headers, status="200 OK"):
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers]).encode()
    return record("response", head + b"\r\n\r\n" + body, f"https://gull.example/{number}")


HTML = "Content-Type: text/html"
PACKED = ("Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
RECORDS = (
    record("warcinfo", b"software: crawler\r\n"),
    answer(1, PAGE.encode(), HTML),
    answer(2, chunked(gzip.compress(DATED.encode())), *PACKED),
    answer(3, PAGE.encode(), HTML, status="404 Not Found"),
    answer(4, b"\x89PNG", "Content-Type: image/png"),
    answer(5, LIST.encode(), HTML),
    answer(6, PAGE.encode("cp1252"), "Content-Type: text/html; charset=windows-1252"),
)
WARC = b"".join(RECORDS)
WARC_GZ = b"".join(map(gzip.compress, RECORDS))


def read(tmp_path, raw, name):
    path = tmp_path / name
    path.write_bytes(raw)
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    found = [(a.id.replace(f"{tmp_path}/", ""), a.text, a.date, a.url) for a in articles]
    return found, [str(e).replace(f"{tmp_path}/", "") for e in errors], [n.replace(f"{tmp_path}/", "") for n in notices]


def expected(name):
    return (
        [
            (f"{name}:1", TEXT, "2024-03-04", "https://gull.example/1"),
            (f"{name}:2", TEXT, "2024-03-01", "https://gull.example/2"),
            (f"{name}:4", TEXT, "2024-03-04", "https://gull.example/6"),
        ],
        [],
        [
            f"{name}: left out: 3 records (status 404 1, image/png 1, lists of teasers 1).",
            f"pages without a date, dated by the day they were downloaded: 2 times, first at {name}:1.",
        ],
    )


@pytest.mark.parametrize("name", ["a.warc", "a"])
def test_the_pages_of_a_warc_that_were_found_are_articles(tmp_path, name):
    assert read(tmp_path, WARC, name) == expected(name)


def test_a_compressed_warc_is_read_whole_whatever_its_members(tmp_path):
    assert read(tmp_path, WARC_GZ, "a.warc.gz") == expected("a.warc")
    assert read(tmp_path, gzip.compress(WARC), "a.warc.gz") == expected("a.warc")


@pytest.mark.parametrize("n_bytes", [1, 300, 900, 1600])
def test_a_warc_that_is_cut_off_says_so(tmp_path, n_bytes):
    _, (error,), _ = read(tmp_path, WARC[:-n_bytes], "a.warc")
    assert error.startswith("a.warc: cut off in or after record ")


def test_a_broken_warc_is_read_as_far_as_it_goes(tmp_path):
    articles, (error,), _ = read(tmp_path, b"".join(RECORDS[:3]) + b"rubbish\r\n" * 50, "a.warc")
    assert [text for _, text, _, _ in articles] == [TEXT, TEXT]
    assert error.startswith("a.warc: damaged after record 3 (")


def test_a_warc_without_articles_says_what_it_has(tmp_path):
    raw = record("resource", b"127.0.0.1", "dns:gull.example")
    assert read(tmp_path, raw, "a.warc")[1] == ["a.warc: no articles in this WARC (it has resource records 1)."]


def test_only_the_crawls_of_a_wacz_are_read(tmp_path):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(
            "pages/pages.jsonl", '{"url": "https://gull.example/1", "text": "Ferry and the rest of the page"}\n'
        )
        archive.writestr("archive/data.warc.gz", WARC_GZ)
        archive.writestr("datapackage.json", "{}")
    assert read(tmp_path, raw.getvalue(), "a.wacz") == expected("a.wacz/archive/data.warc")


def entry(status, mime, **content):
    request = {"url": "https://gull.example/1"}
    return {
        "startedDateTime": "2024-03-04T10:00:00Z",
        "request": request,
        "response": {"status": status, "content": {"mimeType": mime, **content}},
    }


def test_the_pages_of_a_har_are_articles(tmp_path):
    packed = base64.b64encode(DATED.encode()).decode()
    entries = [
        entry(200, "text/html", text=PAGE),
        entry(200, "text/html; charset=utf-8", text=packed, encoding="base64"),
        entry(200, "text/html", text="*", encoding="base64"),
        entry(200, "text/html", text="Zoë", encoding="base64"),
        entry(200, "text/html"),
        entry(200, "image/png"),
        entry(404, "text/html", text=PAGE),
        None,
    ]
    articles, errors, notices = read(tmp_path, json.dumps({"log": {"version": "1.2", "entries": entries}}).encode(), "a.har")
    assert [(text, date) for _, text, date, _ in articles] == [(TEXT, "2024-03-04"), (TEXT, "2024-03-01")]
    assert errors == []
    assert notices[0] == (
        "a.har: left out: 6 records (broken base64 2, pages saved without their content 1, image/png 1, status 404 1, "
        "status unknown 1)."
    )


@pytest.mark.parametrize("content", ['{"log": {"version": "1.2"}}', '{"log": {"entries": 7}}'])
def test_a_har_without_entries_is_refused(tmp_path, content):
    assert read(tmp_path, content.encode(), "a.har")[1] == [
        "a.har: no log.entries in this HAR file; save it from the browser again."
    ]


def test_each_kind_is_known_by_its_beginning():
    assert reader_of("a", b"WARC/1.1\r\n").kind.startswith("WARC")
    assert reader_of("a", b'{"log": {"version": "1.2"').kind.startswith("HAR")
    assert reader_of("a", b"WARC is an old word").kind.startswith("Plain text")
