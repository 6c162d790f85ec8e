"""Texts that are nested in lists and objects: as parsers of articles, editors and content systems keep them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

_WORDS = (
    "plaintext", "rendered", "processed", "text", "value", "content", "body", "paragraph", "bodyHtml", "bodyTextSummary",
    "html", "data", "#text", "$t", "_text",
)  # fmt: skip
"""Keys of an object that hold its words, the likeliest first."""
_PARTS = "summary headline heading paragraphs sections blocks children items elements content_elements".split()
"""Keys of an object that hold its parts, in the order in which they are read."""
_TYPES = ("type", "nodeType", "_type", "object")
"""Keys of an object that say what it is."""
_NO_PARAGRAPHS = frozenset(
    "image img video audio gallery media embed figure kicker byline author_info author ad advertisement related "
    "interstitial_link newsletter date button code table divider horizontal-rule hr".split()
)
"""What is no paragraph of the story."""
_SPANS = frozenset("text span link hyperlink a strong em bold italic mention hard_break hardBreak".split())
"""What is a piece of a paragraph."""
_ENDS = frozenset('.!?…”’">')
_DEEPEST = 20


def paragraphs_of(value: Any, depth: int = 0) -> list[str]:
    """Return the paragraphs of a text that stands in a list or an object.

    >>> paragraphs_of({"summary": ["Rain."], "sections": [{"headline": [], "paragraphs": ["It rained.", "It poured."]}]})
    ['Rain.', 'It rained.', 'It poured.']
    >>> paragraphs_of([{"type": "paragraph", "data": {"text": "Dry."}}, {"type": "image", "text": "The pier"}, None, 3])
    ['Dry.']
    >>> paragraphs_of({"type": "doc", "content": [{"content": [{"type": "text", "text": w} for w in ("It ", "rained.")]}]})
    ['It rained.']
    """
    if isinstance(value, str):
        return [value] if value.strip() else []
    if depth > _DEEPEST:
        return []
    if isinstance(value, list | tuple):
        if words := _words_of_spans(value, depth):
            return [words]
        return [paragraph for part in _one_of(value) for paragraph in paragraphs_of(part, depth + 1)]
    if not isinstance(value, dict) or _type_of(value).lower() in _NO_PARAGRAPHS:
        return []
    for key in _WORDS:
        if paragraphs := paragraphs_of(value.get(key), depth + 1):
            return paragraphs
    return [paragraph for key in _PARTS for paragraph in paragraphs_of(value.get(key), depth + 1)]


def _words_of_spans(parts: Sequence[Any], depth: int) -> str:
    """Return the words of the pieces of one paragraph; empty where they are paragraphs of their own."""
    if not parts or not all(isinstance(part, dict) and _type_of(part) in _SPANS for part in parts):
        return ""
    words = ["".join(paragraphs_of(_words(part), depth + 1)) or _blank(part) for part in parts]
    are_whole = all(
        before[-1:] in _ENDS and (after[:1] in '<“‘"' or after[:1].isupper()) for before, after in pairwise(words)
    )
    return "" if len(words) > 1 and are_whole else "".join(words)


def _words(span: dict[str, Any]) -> Any:
    return next((span[key] for key in (*_WORDS, *_PARTS) if span.get(key)), None)


def _blank(span: dict[str, Any]) -> str:
    words = _words(span)
    return words if isinstance(words, str) else "\n" if "break" in _type_of(span).lower() else ""


def _type_of(part: dict[str, Any]) -> str:
    return next((kind for key in _TYPES if isinstance(kind := part.get(key), str)), "")


def _one_of(parts: Sequence[Any]) -> Sequence[Any]:
    """Choose among a teaser and the story, and the same in several kinds of markup, as ninjs and feeds give them."""
    kinds = [_media_type(part) for part in parts]
    if not parts or not all("/" in kind for kind in kinds):
        return parts
    stories = [n for n, part in enumerate(parts) if part.get("role", "main") in ("main", "body")] or list(range(len(parts)))
    return [parts[next((n for n in stories if "html" in kinds[n]), stories[0])]]


def _media_type(part: Any) -> str:
    if not isinstance(part, dict):
        return ""
    return str(part.get("contenttype") or part.get("contentType") or part.get("type") or "")
