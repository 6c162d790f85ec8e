"""Europresse as a web page, in its present layout and in an older one."""

import re
from collections.abc import Iterator

from ...web.tree import Tree, paragraphs, words_of
from ..entries import COPYRIGHT, Entry, date_in
from .elements import all_of, has_class, words_in

_DOCUMENT = re.compile(r"news·[\w·]+")
_ISSUE = re.compile(r",? no\.? ?\d.*|\s*\n.*", re.DOTALL)
_NUMBER_LINE = re.compile(r"(?:Numéro de document|Document number|Doc\. number)\b", re.I)
_NOTE = re.compile(r"(?:Cet article est paru dans|This article appeared in|Certificat émis|Ce certificat est émis)\b")
_WEEKDAY = re.compile(
    r",?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)?[,\s]*$", re.I
)
_MOST_NAMES = 10  # words; a line of more after a title is text, not its author


def europresse_entries(tree: Tree) -> Iterator[Entry]:
    """Yield the articles of a page of Europresse; each has the name of its outlet in an element of a class."""
    seen: set[Tree] = set()
    for name in [span for span in tree.iter("span") if has_class(span, "DocPublicationName")]:
        article = next(name.iterancestors("article"), None)
        whole = article if article is not None else next(name.iterancestors("td"), None)
        if whole is not None and whole not in seen:
            seen.add(whole)
            yield _entry(whole) if article is not None else _old_entry(whole)


def _entry(article: Tree) -> Entry:
    """Read an article whose parts are named by classes."""
    known = _known(article)
    known["byline"] = (
        words_in(article, "docAuthors") or words_in(article, "sm-margin-bottomNews", "p") or _after_title(article)
    )
    known["subtitle"] = words_in(article, "rdp__subtitle")
    containers = all_of(article, "docOcurrContainer") or all_of(article, "DocText") or list(article.iter("section"))
    body: list[str] = []
    for container in containers[:1]:
        for aside in [*container.iter("aside"), *container.iter("footer"), *all_of(container, "apd-wrapper")]:
            aside.drop_tree()
        body = [part for part in paragraphs(container) if not _NOTE.match(part) and not _NUMBER_LINE.match(part)]
    return Entry(body, known)


def _old_entry(cell: Tree) -> Entry:
    """Read an article of the older layout: title and text follow each other in a cell of a table."""
    known = _known(cell)
    parts = paragraphs(cell)
    title_at = next((at for at, part in enumerate(parts) if known["title"] and known["title"] in " ".join(part.split())), 0)
    body = parts[title_at + 1 :]
    end = next((at for at, part in enumerate(body) if _NUMBER_LINE.match(part) or _NOTE.match(part)), len(body))
    body = body[:end]
    while body and COPYRIGHT.match(body[-1]):
        body.pop()
    if len(body) > 1 and len(body[0].split()) <= _MOST_NAMES and body[0][-1] not in ".!?»”":
        known["byline"] = body.pop(0)
    return Entry(body, known)


def _known(article: Tree) -> dict[str, str]:
    heads = [" ".join(element.itertext()) for element in all_of(article, "DocHeader")]
    head = " ".join(" ".join(heads).split())
    date = date_in(head)
    number = _DOCUMENT.search(" ".join(article.itertext()))
    titles = (words_in(article, name) for name in ("titreArticleVisu", "TitreArticleVisu", "titreArticle"))
    return {
        "title": next(filter(None, titles), ""),
        "outlet": _ISSUE.sub("", "\n".join(paragraphs(all_of(article, "DocPublicationName")[0]))),
        "date": date,
        "section": _WEEKDAY.sub("", head.partition(date)[0]).strip(" ,") if date else "",
        "id": number[0] if number else "",
    }


def _after_title(article: Tree) -> str:
    """Return the line below a title where it is short enough to be names."""
    for title in all_of(article, "titreArticle"):
        following = title.getnext()
        if following is not None and 0 < len(words_of(following).split()) <= _MOST_NAMES:
            return words_of(following)
    return ""
