"""Feeds: RSS 0.9 to 2.0 and Atom; an item is an article."""

import re

from ...cells.cell_text import cell_word
from .elements import Element, Entry, anywhere, attribute, below, first, inner_text, known_words, language_of, name_of, words

_BODIES = ("encoded", "content", "description", "summary", "body", "div", "fulltext", "full-text", "text")
_MEDIA = "search.yahoo.com/mrss"
_BESIDES = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_template "
    "wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face".split()
)
"""What an export of WordPress has as items besides articles."""
_UNSEEN = ("draft", "auto-draft", "pending", "trash", "future")
_TEASER = 500  # characters; an item with no other text than a short description is one
_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|(?:read|continue reading|read the)\s+(?:more|full \w+).{0,80})\W*$", re.I
)
_LAST_LINE = re.compile(
    r"\n+\s*(?:The post .{1,300} (?:first appeared on|appeared first on) .{1,100}"
    r"|(?:Read more|Continue reading|Comments).{0,120})\s*$",
    re.I,
)


def item(element: Element, where: str) -> Entry:
    """Read an item of RSS or an entry of Atom: the longest of its texts, the day in the words of the feed."""
    bodies = [child for child in element if name_of(child) in _BODIES and not _is_of_media(child)]
    texts = {body: _LAST_LINE.sub("", inner_text(body, where)) for body in bodies if body.get("src") is None}
    longest = max(texts, key=lambda body: len(texts[body]), default=None)
    text = texts[longest] if longest is not None else ""
    is_short = longest is not None and name_of(longest) in ("description", "summary") and len(text) < _TEASER
    return Entry(text, _known(element), is_teaser=is_short or bool(_GOES_ON.search(text[-120:])))


def not_published(element: Element) -> str:
    """Tell what an item of an export of WordPress is that readers never see as an article; "" of all others."""
    kind, status = _of_blog(element, "post_type"), _of_blog(element, "status")
    if kind in _BESIDES:
        return kind
    return status if status in _UNSEEN else ""


def _of_blog(element: Element, name: str) -> str:
    return next((words(child) for child in below(element, name) if "wordpress.org/export" in child.tag), "")


def _known(element: Element) -> dict[str, str]:
    feed = element.getparent()
    channel = next(below(feed, "channel"), feed) if feed is not None else element
    return known_words(
        id=first(below(element, "guid"), below(element, "id")),
        title=cell_word(first(child for child in below(element, "title") if not _is_of_media(child))),
        outlet=first(below(element, "source", "title"), below(element, "source"), below(channel, "title")),
        date=first(
            below(element, "pubDate"), below(element, "published"), below(element, "date"), below(element, "issued"),
            below(element, "created"), below(element, "updated"), below(element, "modified"),
        ),
        url=_address(element),
        language=language_of(element) or first(below(channel, "language")),
        byline=_authors(element),
    )  # fmt: skip


def _address(element: Element) -> str:
    links = [link for link in below(element, "link") if link.get("rel", "alternate") == "alternate"]
    return attribute(iter(links), "href") or next((words(link) for link in links if words(link)), "")


def _authors(element: Element) -> str:
    names = [first(below(author, "name")) or words(author) for author in anywhere(element, "author", "creator")]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _is_of_media(element: Element) -> bool:
    """Tell the caption or title of a picture, which stands under the name of the text's own."""
    return _MEDIA in element.tag
