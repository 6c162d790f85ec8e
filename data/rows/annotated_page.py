"""Reading back the pages that `sayso annotate --format html` writes: the article's text and its labels."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..schemas.shown import shown
from ..system.file_names import visible
from ..system.whole_file import whole_file
from .files import read_json
from .places import ABOUT, RESERVED, Row

PAGES = frozenset((".html", ".htm"))
_LABELS = ("kind", "source_type", "attributions", "stance", "bias", "own")
_NESTED = frozenset(("attributions", "stance", "bias", "own"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_OFFSET = re.compile("[0-9]{1,9}")
_MOST_BYTES = 400_000_000  # some hundred times the page of a book
Attributes = dict[str, str]


class _Page(HTMLParser):
    """Keeps the attributes of each article and of its sentences, and the article's text without what is added to it."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[tuple[Attributes, list[Attributes], list[str]]] = []
        self._depth = self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if not self._depth and about.get("data-sayso") != "article":
            return
        if not self._depth:
            self.articles.append((about, [], []))
        elif "data-n" in about:
            self.articles[-1][1].append(about)
        if tag not in _VOID:
            self._depth += 1
            self._skipped += bool(self._skipped or "data-skip" in about)

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
            self._skipped -= bool(self._skipped)

    def handle_data(self, data: str) -> None:
        if self._depth and not self._skipped:
            self.articles[-1][2].append(data)


def pages_of(folder: Path) -> list[Path]:
    """Give the pages of a folder, in order; its index is none."""
    return [p for p in visible(folder, "*") if p.suffix.lower() in PAGES and p.stem != "index"]


def page_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Yield a row for each sentence of a page, with its place: ``file:number of the sentence``.

    Raises
    ------
    SaysoError
        If it is no page of ours, or not whole.
    """
    try:
        html = whole_file(path, most=_MOST_BYTES, what="an annotated page").decode("utf-8")
    except UnicodeDecodeError as error:
        raise SaysoError(f"{path}: not UTF-8; convert the file to UTF-8.") from error
    page = _Page()
    page.feed(html)
    page.close()
    n_sentences = 0
    for about, sentences, parts in page.articles:
        n_sentences += len(sentences)
        yield from _rows(path, about, sentences, "".join(parts))
    if not n_sentences:
        raise SaysoError(
            f"{path}: no annotated article in this page; labels can be read only from pages written by "
            "`sayso annotate -f html`."
        )


def _rows(path: Path, about: Attributes, sentences: list[Attributes], text: str) -> Iterator[tuple[str, Row]]:
    shared = {name: about.get(f"data-{name}") for name in ("article", *ABOUT)}
    at = 0
    for i, attributes in enumerate(sentences):
        where = f"{path}:{attributes['data-n'] if _OFFSET.fullmatch(attributes['data-n']) else i}"
        start, end = (_offset(attributes, name, len(text), where) for name in ("start", "end"))
        row: dict[str, Any] = {**shared, "n": attributes["data-n"], "start": start, "end": end}
        row |= {"before": text[at:start], "text": text[start:end]}
        if i == len(sentences) - 1:
            row["after"] = text[end:]
        yield where, row | _labels(attributes, where)
        at = end


def _offset(attributes: Attributes, name: str, most: int, where: str) -> int:
    value = attributes.get(f"data-{name}", "")
    if not (_OFFSET.fullmatch(value) and int(value) <= most):
        raise SaysoError(f"{where}: data-{name} is {shown(value)}, not a whole number up to {most}; write the page again.")
    return int(value)


def _labels(attributes: Attributes, where: str) -> dict[str, Any]:
    labels: dict[str, Any] = {"attributions": []}
    if sure := attributes.get("data-kind-confidence"):
        labels["kind_confidence"] = sure
    for name in _LABELS:
        value = attributes.get(f"data-{name.replace('_', '-')}")
        if value:
            labels[name] = read_json(value, f"{where}: data-{name}") if name in _NESTED else value
    own = labels.pop("own", {})
    if not (isinstance(own, dict) and all(isinstance(of, dict) for of in own.values())):
        raise SaysoError(f"{where}: data-own is {shown(own)}, not labels by column; write the page again.")
    return {column: of.get("label") for column, of in own.items() if column not in RESERVED} | labels
