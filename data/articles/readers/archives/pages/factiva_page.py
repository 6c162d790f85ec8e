"""Factiva as a web page: a table of codes for each article, or lines that are told by their places."""

import re

from ...web.tree import Tree, paragraphs, words_of
from .. import factiva
from ..entries import Entry, date_in
from .elements import all_of, words_in

_ARTICLE = re.compile(r"(?:^|\s)[a-z]{2,4}Article(?:\s|$)")
_LANGUAGE = re.compile(r"\b([a-z]{2})(?:[a-z]{2})?Article\b")
_COUNTED = re.compile(r"^\d+\) ")


def factiva_entries(tree: Tree) -> list[Entry]:
    """Return the articles of a page of Factiva; none where it has none."""
    return [entry for element in _articles(tree) if (entry := _entry(element))]


def _articles(tree: Tree) -> list[Tree]:
    """Find the articles of Factiva by their class; pages that were saved in other ways have lost the language in it."""
    articles = [element for element in tree.iter("div") if _ARTICLE.search(element.get("class") or "")]
    return articles or [element for element in all_of(tree, "article") if all_of(element, "articleParagraph")]


def _entry(element: Tree) -> Entry | None:
    """Read an article of Factiva: a table of codes, or the same lines without them."""
    record: list[str] = []
    for row in element.iter("tr"):
        cells = row.findall("td")
        if len(cells) >= 2:
            record.append(f"{words_of(cells[0])}\t")
            record += [line for cell in cells[1:] for line in paragraphs(cell)]
    entry = factiva.EXPORT.entry(record) if record else _without_codes(element)
    return entry or factiva.EXPORT.entry([line for part in paragraphs(element) for line in part.split("\n")])


def _without_codes(element: Tree) -> Entry | None:
    """Read an article of Factiva whose lines are told by their places: section, headline, author, words, day, outlet …."""
    head = [below for below in element.iter("div") if below is not element and words_of(below)]
    title_at = next((at for at, below in enumerate(head) if below.get("id") == "hd"), None)
    if title_at is None:
        return None
    lines = [words_of(below) for below in head]
    known = _after_title(lines[title_at + 1 :])
    known["title"] = _COUNTED.sub("", lines[title_at])
    known["section"] = lines[title_at - 1] if title_at else ""
    known["byline"] = words_in(element, "author") or known["byline"]
    known["language"] = next(iter(_LANGUAGE.findall(element.get("class") or "")), "")
    last = words_of(element).split()[-1]
    known["id"] = last if factiva.NUMBER.fullmatch(last) else ""
    return Entry([part for below in all_of(element, "articleParagraph") for part in paragraphs(below)], known)


def _after_title(lines: list[str]) -> dict[str, str]:
    """Read byline, number of words, day and outlet."""
    day_at = next((at for at, line in enumerate(lines) if date_in(line)), len(lines))
    above_day = lines[:day_at]
    return {
        "byline": next(filter(factiva.BYLINE.match, above_day), ""),
        "length": next((line for line in above_day[-1:] if line[0].isdigit()), ""),
        "date": next(map(date_in, lines[day_at:]), ""),
        "outlet": next((line for line in lines[day_at + 1 :] if not factiva.TIME.fullmatch(line)), ""),
    }
