"""Tags in a text that is no page: of HTML, and of old corpora."""

import re
from collections.abc import Iterator

from ....errors import SaysoError
from ..notices import Notices
from .entities import is_known

_NAMES = (
    "a abbr address article aside b bdi bdo big blockquote body br caption center cite code dd del details dfn div dl dt em "
    "embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link main "
    "mark meta nav noscript object ol p picture pre q s script section small span strike strong style sub summary sup "
    "svg table tbody td tfoot th thead time tr tt u ul video"
).split()
_KNOWN = frozenset(_NAMES)
_ALONE = frozenset("br div h1 h2 h3 h4 h5 h6 hr img li ol p script style table td th tr ul".split())
"""Tags that are markup where nothing closes them; ``<b>`` could be a letter between signs."""
_ATTRIBUTE = r"\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?>(?:{_ATTRIBUTE})*)\s*/?>")
_NAMED = re.compile(r"[ \t]+(?:HTML[ \t]+)?(?:tag|element)s?\b", re.I)
"""Stands behind a tag that a sentence is about."""
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<!DOCTYPE[^<>]{0,500}>|<\?xml[^<>]{0,500}>", re.I)
_PAGE = re.compile(r"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b[^<>]*>", re.I)
_SURELY_CUT = re.compile(r"<[A-Za-z]\w*\s+[\w-]+=[\"'][^<>]*\Z")
_CUT = re.compile(rf"</?(?:{'|'.join(_NAMES)})\b[^<>]*\Z", re.I)
_PARAGRAPHS = re.compile(r"<(?:p|br|div|li)\b", re.I)
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", re.I)
_EMPTY_LINE = re.compile(r"\n\s*\n")
_LINE_END = re.compile(r"(?P<before>[^\s>])[ \t]*+\n\s*(?=[^\s<])")
_SENTENCE_END = frozenset(".!?…:”\"’'")
_AMPERSAND = re.compile(r"&(?:#?\w{1,32};)?")


def has_tags(text: str) -> bool:
    """Tell whether a text has tags: of HTML, or any that are closed again.

    >>> [has_tags(text) for text in ("One.<br>Two.", "<lead>One.</lead>", "If x<b and c>d, a source <unnamed> said")]
    [True, True, False]
    """
    if "<" not in text:
        return False
    return bool(_SURELY_CUT.search(text) or _DECLARATION.search(text) or _without_comments(text) != text or _tag_names(text))


def has_whole_paragraphs(text: str) -> bool:
    """Tell whether a text has tags that end a paragraph or line."""
    return bool(_BLOCK_END.search(text))


def without_tags(text: str, where: str = "", notices: Notices | None = None) -> str:
    r"""Return the words of a text with tags, an empty line between paragraphs.

    Of a whole page the story is read, without navigation. Where no tag ends a paragraph or line, or most line ends are
    ends of sentences, they count. What only looks like a tag stays. Passages that were struck out are counted.

    Raises
    ------
    SaysoError
        If it is nested too deeply to be read whole, or a page without a story.

    Examples
    --------
    >>> without_tags("<p>Roe <b>left</b>.</p><p>Poe <unnamed> stayed.</p>"), without_tags("One <i>word</i>.\n\nTwo.")
    ('Roe left.\n\nPoe <unnamed> stayed.', 'One word.\n\nTwo.')
    """
    if _PAGE.match(text):
        return _story(text, where, notices or Notices())
    text = _CUT.sub("", _DECLARATION.sub("", _without_comments(text)))
    names = _tag_names(text)
    pieces: list[str] = []
    at = 0
    for tag in _tags(text):
        if tag["name"].lower() not in names:
            continue
        pieces += [_escaped(text[at : tag.start()]), _as_html(tag, text)]
        at = tag.end()
    html = "".join([*pieces, _escaped(text[at:])])
    if _line_ends_count(html):
        html = _EMPTY_LINE.sub("<br><br>", html).replace("\n", "<br>")
    from ..readers.web.html_text import html_text  # the HTML reader is loaded for the first text with tags only

    return html_text(html, where, notices)


def _story(page: str, where: str, notices: Notices) -> str:
    from ..readers.web.clutter import TABLES, drop_clutter
    from ..readers.web.mend import STRUCK, mend
    from ..readers.web.story import story_of
    from ..readers.web.tree import parse_html

    tree = parse_html(page, where)
    notices.count(STRUCK, where, mend(tree))
    notices.count(TABLES, where, drop_clutter(tree))
    if not (paragraphs := story_of(tree)):
        raise SaysoError(f"{where}: a web page instead of text, and no article found in it; leave this entry out.")
    return "\n\n".join(paragraphs)


def _line_ends_count(html: str) -> bool:
    """Tell whether line ends between words are meant, as in a text with a tag here and there, and not only in its source."""
    if not _PARAGRAPHS.search(html):
        return True
    ends = [line_end["before"] in _SENTENCE_END for line_end in _LINE_END.finditer(html)]
    return sum(ends) * 2 > len(ends)


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Find what is written like tags, but not the tags that a sentence is about: *the <b> tag*."""
    for tag in _TAG.finditer(text):
        if not (text[max(0, tag.start() - 1) : tag.start()] == " " and _NAMED.match(text, tag.end())):
            yield tag


def _tag_names(text: str) -> set[str]:
    """Name the tags of a text: those of HTML, and others that are opened and closed."""
    opened, closed, sure = set[str](), set[str](), set[str]()
    for tag in _tags(text):
        name = tag["name"].lower()
        (closed if tag["end"] else opened).add(name)
        if name in _KNOWN and (tag["end"] or name in _ALONE or "=" in tag[0]):
            sure.add(name)
    return sure | (opened & closed)


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces.append(text[at:start])
        at = end + len("-->")
    return "".join([*pieces, text[at:]])


def _as_html(tag: re.Match[str], text: str) -> str:
    """Return a tag as HTML; one that HTML does not know is a block where it stands alone at the side of its line."""
    if tag["name"].lower() in _KNOWN:
        return tag[0]
    before, after = text[max(0, tag.start() - 40) : tag.start()], text[tag.end() : tag.end() + 40]
    beside = after.lstrip(" \t")[:1] if tag["end"] else before.rstrip(" \t")[-1:]
    is_block = beside in ("", "\n", "<", ">")
    return f"<{tag['end']}{'div' if is_block else 'span'}>"


def _escaped(text: str) -> str:
    """Return the text between tags as HTML that means the same: only known entities are entities."""
    text = _AMPERSAND.sub(lambda entity: entity[0] if is_known(entity[0]) else f"&amp;{entity[0][1:]}", text)
    return text.replace("<", "&lt;")
