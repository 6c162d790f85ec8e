"""JSON-LD: what sites tell search engines of the article on a page."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ...cells.entities import unescaped
from .html_text import html_text
from .tree import Tree

_IS_STORY = re.compile(r"(?:^|[/:])(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review)$")
_WRAPPING = re.compile(r"^\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*$")
_TAG = re.compile(r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|li|blockquote|q)\b[^>]*>", re.I)
_MOST_NESTED = 8  # levels of lists and @graph


def with_title(title: str | None, text: str) -> str:
    """Return a text that begins with its headline."""
    begins = " ".join(text[: 2 * len(title or "")].split()).startswith(title or "")
    return text if not title or begins else f"{title}\n\n{text}"


def stories_in_page(tree: Tree) -> list[dict[str, Any]]:
    """Return the articles that the JSON-LD of a page describes; a broken block does not hinder the others."""
    stories: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = _WRAPPING.sub("", _WRAPPING.sub("", script.text or "")).strip().rstrip(";")
        try:
            stories += stories_of(json.loads(source, strict=False))  # line ends stand in strings
        except (ValueError, RecursionError):
            continue
    return stories


def stories_of(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD that are articles, with those in lists and graphs; those of an `ItemList` are others."""
    if depth > _MOST_NESTED:
        return
    if isinstance(value, list):
        for part in value:
            yield from stories_of(part, depth + 1)
    elif isinstance(value, dict):
        types = value.get("@type")
        if any(isinstance(t, str) and _IS_STORY.search(t) for t in (types if isinstance(types, list) else [types])):
            yield value
            return
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from stories_of(value.get(key), depth + 1)


def body_of(story: dict[str, Any]) -> str:
    """Return the text of an article, empty if it has none."""
    body = story.get("articleBody") or story.get("text") or ""
    if isinstance(body, list):
        body = "\n\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str):
        return ""
    if _TAG.search(body):
        return html_text(body)
    return unescaped(body).strip()


def known_of(story: dict[str, Any]) -> dict[str, str]:
    """Return what is known of an article: title, outlet, date, url, language and byline, each only if it is there."""
    known = {
        "title": _word(story.get("headline")) or _word(story.get("name")),
        "outlet": _name(story.get("publisher")) or _name(story.get("sourceOrganization")) or _name(story.get("provider")),
        "date": _word(story.get("datePublished")) or _word(story.get("dateCreated")),
        "url": _address(story),
        "language": _word(story.get("inLanguage")),
        "byline": _name(story.get("author")) or _name(story.get("creator")),
    }
    return {part: word for part, word in known.items() if word}


def _address(story: dict[str, Any]) -> str:
    page = story.get("mainEntityOfPage")
    candidates = (story.get("url"), page.get("@id") if isinstance(page, dict) else page, story.get("@id"))
    return next((word for word in map(_word, candidates) if word.startswith(("http://", "https://"))), "")


def _name(value: Any) -> str:
    """Return the name of a person or body, or the names of several."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, value) if name))
    word = _word(value.get("name")) if isinstance(value, dict) else _word(value)
    return "" if word.startswith(("http://", "https://")) else word


def _word(value: Any) -> str:
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    if isinstance(value, dict):
        value = value.get("@value")
    return " ".join(unescaped(value).split()) if isinstance(value, str) else ""
