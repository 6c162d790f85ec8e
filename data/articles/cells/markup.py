"""Tags in a text that is no page: of HTML, of old corpora, of forums and of blogs."""

import re
from collections.abc import Callable

from ..readers.web.html_text import html_text
from .entities import has_entities, without_entities

_NAMES = (
    "a abbr address article aside b bdi bdo big blockquote body br caption center cite code dd del details dfn div dl dt em "
    "embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link main "
    "mark meta nav noscript object ol p picture pre q s script section small source span strike strong style sub summary sup "
    "svg table tbody td tfoot th thead time tr tt u ul video"
)
_ATTRIBUTE = r"\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))"
_KNOWN_TAG = re.compile(rf"</?(?:{'|'.join(_NAMES.split())})(?:{_ATTRIBUTE})*+\s*/?>", re.I)
_ANY_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?:{_ATTRIBUTE})*+\s*/?>")
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^<>]*>", re.I | re.S)
_CUT_TAG = re.compile(rf"</?(?:{'|'.join(_NAMES.split())})\b[^<>]*\Z", re.I)
_LINE_TAG = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|blockquote)\b[^<>]*>", re.I)
_PARTS = re.compile(r"\n\s*\n")

_SHORTCODES = re.compile(r"\[(?P<name>caption|gallery|embed|video|audio|playlist|img)\b[^\[\]]*\](?:.*?\[/(?P=name)\])?", re.S | re.I)
_BB_TAG = re.compile(r"\[(?P<end>/?)(?P<name>b|i|u|s|url|quote|size|color|center|code|list|font|em|strong|p)(?:=[^\[\]]*)?\]", re.I)
_BB_PAIR = re.compile(r"\[(?P<name>b|i|u|s|url|quote|size|color|center|list|font)(?:=[^\[\]]*)?\].*?\[/(?P=name)\]|"
                      r"\[(?:caption|gallery|embed|video|audio|playlist)\s[^\[\]]*=[^\[\]]*\]|\[img\].*?\[/img\]", re.S | re.I)


def has_tags(text: str) -> bool:
    """Tell whether a text has tags: of HTML, or any that are closed again; `x < y` and `<unnamed>` are none.

    >>> [has_tags(text) for text in ("One.<br>Two.", "<lead>One.</lead>", "If x<b and c>d, a source <unnamed> said")]
    [True, True, False]
    """
    if "<" not in text:
        return False
    if _KNOWN_TAG.search(text) or _COMMENT.search(text):
        return True
    names = {"": set[str](), "/": set[str]()}
    for tag in _ANY_TAG.finditer(text):
        names[tag["end"]].add(tag["name"].lower())
    return bool(names[""] & names["/"])
