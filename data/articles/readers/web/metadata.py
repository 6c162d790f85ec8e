"""What a page says of its article: title, outlet, date, byline, language, address."""

import re
from typing import Any

from .dates import day_by_htmldate, day_of, in_sentence
from .json_ld import known_of
from .tree import Tree, words_of

_META = {
    "title": "og:title twitter:title dc.title dcterms.title headline title",
    "outlet": "og:site_name dc.publisher dcterms.publisher publisher application-name",
    "date": "article:published_time article:published og:article:published_time og:published_time datepublished date.issued "
    "dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date parsely-pub-date sailthru.date "
    "cxenseparse:recs:publishtime article.published publish-date publish_date published_time "
    "publication_date publicationdate pubdate pdate date",
    "url": "og:url twitter:url",
    "byline": "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl byline",
    "language": "og:locale dc.language content-language",
}
"""The names of the meta elements that hold each part, the most reliable first."""
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)")
_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+")

_LONGEST_NAME = 80  # characters
_MOST_OF = 0.4  # of a title: its headline, not the name of the outlet

Known = dict[str, str]


def metadata_of(tree: Tree, stories: list[dict[str, Any]]) -> Known:
    """Return what a page says of its one article, each part only where it is told.

    Parameters
    ----------
    tree : element
        The whole page, as it came.
    stories : list of dict
        The articles that its JSON-LD tells of.
    """
    metas = _metas_by_part(tree)
    headline = headline_of(tree)
    address = canonical_address(tree) or _plain_address(metas["url"])
    linked = known_of(_story_of_page(stories, headline or metas["title"], address)) if stories else {}
    title = headline or linked.get("title") or metas["title"] or _words(tree.find(".//title"))
    outlet = metas["outlet"] or linked.get("outlet") or _outlet_in_title(tree, headline) or _host(address)
    known = {
        "title": _without_outlet(title, outlet),
        "outlet": outlet,
        "date": _date(tree, linked, metas, address),
        "url": address or linked.get("url", ""),
        "language": _language(tree, linked, metas),
        "byline": linked.get("byline") or _byline(tree, metas),
    }
    return {part: words for part, words in known.items() if words}


def _date(tree: Tree, linked: Known, metas: Known, address: str) -> str:
    return linked.get("date") or metas["date"] or day_of(tree) or day_by_htmldate(tree, address)


def _language(tree: Tree, linked: Known, metas: Known) -> str:
    code: str = tree.get("lang") or tree.get("xml:lang") or linked.get("language") or metas["language"]
    return code.replace("_", "-")


def canonical_address(tree: Tree) -> str:
    """Return the address that a page gives as its own, or from which it was saved."""
    links = tree.xpath(".//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    return next((address for link in links if (address := _plain_address(link))), "")


def _plain_address(address: str) -> str:
    address = _ARCHIVED.sub("", address.strip())
    return address if address.startswith(("http://", "https://")) else ""


def _metas_by_part(tree: Tree) -> Known:
    """Return the content of the meta element that tells each part best; "" where none does."""
    metas = _metas(tree)
    return {part: next((metas[name] for name in names.split() if name in metas), "") for part, names in _META.items()}


def _metas(tree: Tree) -> dict[str, str]:
    """Return the content of each meta element by its name in lower case, the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if content and name:
            metas.setdefault(name.strip().lower(), content)
    return metas


def headline_of(tree: Tree) -> str:
    """Return the words of the heading that is a page's headline; "" if it shows none.

    That is the one which its title repeats, or else its one `<h1>`, or the first inside of an article.
    """
    titles = [
        _words(tree.find(".//title")),
        *(meta.get("content") or "" for meta in tree.xpath(".//meta[@property='og:title']")),
    ]
    headings = [words_of(heading) for heading in tree.iter("h1", "h2", "h3")]
    repeated = (h for h in headings if any(h in title and len(h) >= _MOST_OF * len(title) for title in titles if h))
    if longest := max(repeated, key=len, default=""):
        return longest
    inside = tree.xpath(".//article//h1|.//main//h1")
    every = list(tree.iter("h1"))
    chosen = inside[:1] or (every if len(every) == 1 else [])
    return words_of(chosen[0]) if chosen else ""


def _story_of_page(stories: list[dict[str, Any]], headline: str, address: str) -> dict[str, Any]:
    """Choose the article of JSON-LD that a page is about: sites tell of related ones, too."""
    for story in stories:
        known = known_of(story)
        if (headline and known.get("title") == headline) or (address and known.get("url") == address):
            return story
    return stories[0]


def _without_outlet(title: str, outlet: str) -> str:
    """Cut the outlet's name off a title such as `Rain stops play | The Orla Post`."""
    head, separator, tail = title.rpartition(next(reversed(_SEPARATOR.findall(title)), "\0"))
    is_outlet = bool(separator) and bool(outlet) and tail.strip().lower() == outlet.lower()
    return head.strip() if is_outlet or (separator.strip() in ("|", "·", "»") and head) else title


def _outlet_in_title(tree: Tree, headline: str) -> str:
    """Return the last part of a page's title that begins with the headline: `Rain stops play | The Orla Post`."""
    title = _words(tree.find(".//title"))
    rest = title.removeprefix(headline) if headline else title
    if rest == title:
        rest = title[title.rfind("|") :] if " | " in title else ""
    *_, last = ["", *_SEPARATOR.split(f" {rest}")] if rest else [""]
    return last.strip()


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


def _byline(tree: Tree, metas: Known) -> str:
    """Return who wrote it: by a meta element, unless that has the address of a profile, or else as the page shows it."""
    by_meta = metas["byline"]
    return by_meta if by_meta and not by_meta.startswith("http") else _shown_byline(tree)


def _shown_byline(tree: Tree) -> str:
    named = tree.xpath(".//a[@rel='author']|.//*[@itemprop='author']//*[@itemprop='name']|.//*[@itemprop='author'][not(*)]")
    names = [words_of(element) for element in named if not in_sentence(element)]
    if not names:
        lines = (words_of(e) for e in tree.xpath(".//*[contains(concat(' ', @class, ' '), ' byline ')]"))
        names = [line[3:] for line in lines if line.startswith("By ")][:1]
    return ", ".join(dict.fromkeys(name for name in names if name and len(name) < _LONGEST_NAME))


def _words(element: Tree | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""
