"""Pages: that of an odd article is well-formed, runs no script of it, and gives the text back; and pages, changed."""

import json
import random
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sayso.classify.annotation.annotation import Annotation
from sayso.data.rows.annotated_page import page_rows

from .. import command, mutations, samples
from ..case import Case, FaultError
from . import articles

_LIVE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "</script><script>", "</style>")
_MORE = ('" onmouseover="alert(1)', "'><svg onload=alert(1)>", "<!--", "]]>", "&lt;script&gt;", "<base href=//x.example>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr path circle rect line".split())
_LIVE_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data:(?!,$))", re.IGNORECASE)  # an empty one is no icon
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href")


def make(draw: random.Random) -> Case:
    """Make an article with markup in it; or its page, changed."""
    case = articles.make(draw)
    given = json.loads(case.files["article.json"])
    for name in draw.sample(("text", "text", "title", "outlet", "url", "id", "date"), 2):
        given[name] = _with_markup(draw, given.get(name) or "The bridge of Tolm")
    if draw.random() < 0.7:
        return Case("pages", {"article.json": json.dumps(given).encode()}, ())
    page = mutations.file(draw, _page_of(draw.randrange(len(samples.ARTICLES))))
    words = ("data", "show") if draw.random() < 0.8 else ("data", "build", "--out", "out")
    return Case("pages", {"page.html": page}, (*words, "page.html"))


def _with_markup(draw: random.Random, words: str) -> str:
    at = draw.randint(0, len(words))
    return words[:at] + draw.choice((*_LIVE, *_MORE)) + words[at:]


@cache
def _page_of(n: int) -> bytes:
    return _annotated({"title": "Bridge", "text": samples.ARTICLES[n]}).to_html().encode()


def _annotated(given: Mapping[str, Any]) -> Annotation:
    article = articles.article_of(given)
    return articles.annotator().annotate(article, 2, ["Roe"] if len(article.text) % 4 == 0 else ())


def run(case: Case) -> bytes:
    """Write the page and judge it; or read the changed page."""
    if case.words:
        return command.run(case)
    annotation = _annotated(json.loads(case.files["article.json"]))
    html = annotation.to_html()
    page = _seen(html)
    if page.fault or page.open:
        raise FaultError("page not well-formed", "to_html", page.fault or f"not closed: {page.open[-3:]}")
    if page.live or page.n_scripts != _usual_scripts():
        raise FaultError("live script in a page", "to_html", page.live or f"{page.n_scripts} scripts")
    if annotation.sentences:
        _check_text(annotation, html)
    return html.encode()


def _seen(html: str) -> "_Page":
    page = _Page()
    page.feed(html)
    page.close()
    return page


@cache
def _usual_scripts() -> int:
    """Give the number of scripts that a page has of its own."""
    return _seen(_page_of(0).decode()).n_scripts


def _check_text(annotation: Annotation, html: str) -> None:
    """Check that the page gives the article's text back."""
    Path("out.html").write_text(html, encoding="utf-8", newline="")
    rows = [row for _, row in page_rows(Path("out.html"))]
    text = "".join(f"{row['before']}{row['text']}" for row in rows) + rows[-1]["after"]
    if text.split() != annotation.article.text.split():
        raise FaultError("page with another text", "page_rows", ascii(text[:200]))
    for row, sentence in zip(rows, annotation.sentences, strict=True):
        if (row["start"], row["end"], row["kind"]) != (*sentence.span, sentence.kind):
            raise FaultError("page with another sentence", "page_rows", repr(row)[:300])


class _Page(HTMLParser):
    """Looks at the tags of a page: what is open, what runs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = self.live = ""
        self.n_scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.n_scripts += tag == "script"
        for name, value in attrs:
            if name.startswith("on") or (name in _ADDRESSES and _LIVE_ADDRESS.match(value or "")):
                self.live = f"{tag} {name}={value!r}"
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or f"</{tag}> at line {self.getpos()[0]} closes nothing"
