"""Markdown: the text as it is shown, without its marks; a block between lines of dashes gives title, author and date."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from ....tabular.column_names import OF_ARTICLES, find_column
from ...decode import clean, decode
from ...reader import Document
from ...tables import Result, new_article
from ...text.divided_words import between, words_of
from .paragraphs import believable_author, believable_title

_FRONT = re.compile(r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<lines>.*?)\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADER = re.compile(r"\A(?P<lines>(?:(?:title|author|date|tags|url|source|slug|category)[ \t]*:[ \t].*\n){2,})\s*\n", re.I)
_FIELD = re.compile(r"^[\"']?(?P<name>[A-Za-z_][\w-]*)[\"']?[ \t]*[:=][ \t]*(?P<value>.*)$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?:name:[ \t]*)?(?P<value>.+)$")
_FIELDS = {
    **{part: OF_ARTICLES[part] for part in ("title", "outlet", "url", "language")},
    "date": (*OF_ARTICLES["date"], "created"),
    "byline": ("author", "authors", "byline", "creator"),
}
_FENCED = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_NOTE = re.compile(r"^\[\^[^\]\s]+\]:[^\n]*(?:\n(?:[ \t]+[^\n]+|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)")
_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|(?:^|[ \t]+)\{[:#.][^{}\n]*\}[ \t]*$", re.DOTALL | re.MULTILINE)
_EMBEDDED = re.compile(r"!\[\[[^\]\n]*\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]")
_CALLOUT = re.compile(r"^([ \t]*>[ \t]*)\[![\w-]+\][+-]?[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^([ \t]*[-*+][ \t]+)\[[ xX]\][ \t]+", re.MULTILINE)
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")  # 2*3*4
_MARKED = re.compile(r"==(?=\S)([^=\n]+)(?<=\S)==")
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)|<!|<\?")
_TAGS = frozenset(
    "a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code col "
    "data dd del details dfn div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i "
    "iframe img input ins kbd label li link main mark nav noscript object ol option p picture pre q rp rt ruby s "
    "samp script section select small source span strike strong style sub summary sup svg table tbody td template "
    "tfoot th thead time tr tt u ul var video wbr".split()
)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    name = document.name
    known, body = _front_matter(decode(document.whole(), name, document.notices.say))
    byline = believable_author(known.pop("byline", None))
    title, url = believable_title(known.pop("title", None)), known.pop("url", None)
    if known.get("outlet", "").startswith("http"):
        url = url or known.pop("outlet")
    body, n_code, n_notes = _prose(body)
    if n_code:
        document.notices.count("Code in Markdown left out", name)
    if n_notes:
        document.notices.count("Footnotes and endnotes left out", name)
    text, heading = _shown(body, name)
    yield new_article(
        name, clean(text, name), name, {"byline": byline} if byline else None, title=title or heading, url=url, **known
    )


def knows(start: bytes) -> bool:
    """Tell by the lines of dashes, with a title or the like between, that articles of site generators begin with."""
    found = _FRONT.match(start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n"))
    lines = (found["lines"] if found else "").split("\n")
    names = list({field["name"].lower() for line in lines if (field := _FIELD.match(line))})
    return len(names) > 1 and any(find_column(names, _FIELDS[part]) for part in ("title", "date", "byline"))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what is said above the text (title, byline, date …), and the text below."""
    text = text.removeprefix("\ufeff")
    found = _FRONT.match(text) or _HEADER.match(text)
    if not found or not any(_FIELD.match(line) for line in found["lines"].split("\n")):
        return {}, text
    fields: dict[str, str] = {}
    name = ""
    for line in found["lines"].split("\n"):
        if field := _FIELD.match(line):
            name = field["name"].lower()
            fields.setdefault(name, _value(field["value"]))
        elif name and (item := _ITEM.match(line)):
            fields[name] = ", ".join(filter(None, (fields[name], _value(item["value"]))))
    told = [name for name, value in fields.items() if value]
    known = {part: fields[own] for part, usual in _FIELDS.items() if (own := find_column(told, usual))}
    return known, text[found.end() :]


def _value(words: str) -> str:
    """Return a value without its quotation marks; a list as words with commas between."""
    words = words.strip()
    if words.startswith("[") and words.endswith("]"):
        return ", ".join(part.strip(" \"'") for part in words[1:-1].split(",") if part.strip())
    if words[:1] in ("'", '"') and words[-1:] == words[:1] and len(words) > 1:
        return words[1:-1].replace('\\"', '"').replace("''", "'")
    return "" if words in ("|", ">", "null", "~") else words.split(" #")[0].strip()


def _prose(body: str) -> tuple[str, int, int]:
    """Take out code, notes, and what templates and note-taking programs add; give how many blocks of code and notes."""
    body, n_code = _FENCED.subn("", body)
    body, n_notes = _NOTE.subn("", body)
    body = _NOTE_MARK.sub("", body)
    body = _EMBEDDED.sub("", _TEMPLATE.sub("", body))
    for pattern, kept in ((_TIMES, r"\\*"), (_WIKI_LINK, r"\1"), (_CALLOUT, r"\1"), (_TASK, r"\1"), (_MARKED, r"\1")):
        body = pattern.sub(kept, body)
    return body, n_code, n_notes


def _shown(body: str, where: str) -> tuple[str, str | None]:
    """Return the paragraphs of Markdown as they are shown, and the heading that they begin with."""
    from markdown_it import MarkdownIt

    from ..web.html_text import html_text

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")  # prose may be set in
    tokens = parser.parse(body)
    words = cache(lambda: words_of(body))
    _keep_numbers(tokens)
    for token in tokens:
        _mend_inline(token.children or [], words)
    heading = None
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag in ("h1", "h2"):
        heading = " ".join(html_text(parser.renderer.render(tokens[:3], parser.options, {}), where).split())
    return html_text(parser.renderer.render(tokens, parser.options, {}), where), believable_title(heading)


def _mend_inline(tokens: Sequence[Any], words: Callable[[], frozenset[str]]) -> None:
    """Make words divided at a line's end whole, and keep words in angle brackets that are no tags."""
    for token in tokens:
        token.tag = "del" if token.tag == "s" else token.tag  # never a corpus's sentence
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag and tag[1] and tag[1].lower() not in _TAGS:
            token.type = "text"  # a source <unnamed> said
    for above, line_end, below in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if line_end.type == "softbreak" and above.type == below.type == "text" and above.content.endswith("-"):
            cut, line_end.content = between(above.content, below.content, words)
            above.content = above.content[: len(above.content) - cut]
            line_end.type = "text"


def _keep_numbers(tokens: Sequence[Any]) -> None:
    """Write the numbers that number nothing: a line that begins with *1984. That was the year* is no list."""
    for n, token in enumerate(tokens):
        if token.type != "ordered_list_open":
            continue
        items = _items_of(tokens, n)
        if not _is_numbering([int(tokens[item].info or 0) for item in items]):
            for item in items:
                _write_number(tokens[item], tokens[item + 1 : item + 3])


def _items_of(tokens: Sequence[Any], at: int) -> list[int]:
    """Return where the items of a list begin; those of lists within it stand deeper."""
    level = tokens[at].level
    end = next(n for n in range(at, len(tokens)) if tokens[n].type == "ordered_list_close" and tokens[n].level == level)
    return [n for n in range(at, end) if tokens[n].type == "list_item_open" and tokens[n].level == level + 1]


def _is_numbering(numbers: list[int]) -> bool:
    """Tell numbers that count up by one, or are all the same, as many write them."""
    first, n = numbers[0], len(numbers)
    return n > 1 and numbers in ([first] * n, list(range(first, first + n)))


def _write_number(item: Any, inside: Sequence[Any]) -> None:
    """Put the number of an item before its first words."""
    words = inside[1].children if inside[0].type == "paragraph_open" else None
    if words and words[0].type == "text":
        words[0].content = f"{item.info}{item.markup} {words[0].content}"
