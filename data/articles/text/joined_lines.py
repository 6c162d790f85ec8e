"""Text as it was before its lines were broken: wrapped lines joined, divided words whole, marks of quoted mail gone."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import groupby

from ...display import counted
from ...records import Article
from ..notices import Notices
from .divided_words import between, words_of
from .line_breaks import Line, may_run_on, running_on
from .pasted_posts import with_posts_as_quotations

_QUOTED = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+|(?:\|[ \t])(?!.*\|)|\|$)")
_MAY_BE_QUOTED = re.compile(r"^[ \t]{0,3}[>|]", re.MULTILINE)
_WORDS = re.compile(r"[ \t]{0,3}>+ [^\W\d_]|[ \t]{0,3}>+ [“\"‘'„«]")
_DIVIDED = re.compile(r"[-‐\u00ad](?<=\w.)\n[ \t]*(?=[^\W_A-Z])")
_SOFT_HYPHEN = "\u00ad"
_LOOKED_AT = 60  # characters behind a line end; no word is longer
_NO_SPACE_BEHIND = ("—", "/")


def with_joined_lines(article: Article, notices: Notices) -> Article:
    """Return an article with its broken lines joined and pasted posts as quotations, with a notice; or the same one."""
    with_posts = with_posts_as_quotations(article.text)
    if with_posts != article.text:
        _count("pasted posts were put in quotation marks", article, notices)
    text = joined_lines(with_posts)
    if text != with_posts:
        _count("broken lines were joined", article, notices)
    if _SOFT_HYPHEN in text:
        text = text.replace(_SOFT_HYPHEN, "")
        _count("soft hyphens (invisible) were removed", article, notices)
    return article if text == article.text else replace(article, text=text)


def _count(what: str, article: Article, notices: Notices) -> None:
    """Count an article whose text was changed."""

    def line(n: int, first: str) -> str:
        places = f"{counted(n, 'article')} (first {first})" if n > 1 else f"1 article ({first})"
        return f"In {places}, {what}; start and end count in the changed text."

    notices.count(what, article.id, line=line)


def joined_lines(text: str) -> str:
    r"""Return a text with its broken lines joined; the same text where none is.

    Parameters
    ----------
    text : str
        Line ends are newlines.

    Returns
    -------
    str
        Where lines were wrapped at a column, they are joined by a space, and words divided at their ends are whole.
        Marks that a mail program sets before quoted lines are gone. Headings, items of lists, tables and verse keep
        their lines.

    Examples
    --------
    >>> joined_lines("> The board will open the rail-\n> way station again from the\n> first of June.\n>\n> Nobody came.")
    'The board will open the railway station again from the first of June.\n\nNobody came.'
    """
    if (">" in text or "|" in text) and _MAY_BE_QUOTED.search(text):
        text = _unquoted(text)
    if may_run_on(text):
        text = _joined(text, running_on(text))
    return _mended(text) if _DIVIDED.search(text) else text


def _unquoted(text: str) -> str:
    """Take the marks of quoted mail off; where their number changes, a paragraph ends."""
    lines = text.split("\n")
    kept: list[str] = []
    for depth, group in groupby(lines, _depth):
        run = list(group)
        if not depth or (len(run) == 1 and not _WORDS.match(run[0])):
            kept += run
            continue
        bare = [_QUOTED.sub("", line, count=1) for line in run]
        if kept and kept[-1].strip():
            kept.append("")
        kept += [*bare, ""]
    if len(kept) > len(lines) and not kept[-1] and lines[-1]:
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)) if kept != lines else text


def _depth(line: str) -> int:
    m = _QUOTED.match(line)
    return 0 if m is None else m[1].count(">") + m[1].count("|")


def _joined(text: str, lines: list[tuple[Line, bool]]) -> str:
    words = cache(lambda: words_of(text))
    parts: list[str] = []
    at = 0
    for i, (line, goes_on) in enumerate(lines):
        if goes_on:
            above = lines[i - 1][0]
            cut, join = _between(text[above.start : above.end], text[line.start : line.end], words)
            parts += [text[at : above.end - cut], join]
            at = line.start
    return "".join([*parts, text[at:]])


def _between(above: str, below: str, words: Callable[[], frozenset[str]]) -> tuple[int, str]:
    if above.endswith(_NO_SPACE_BEHIND) and not above[-2:-1].isspace():
        return 0, ""
    if above[-1] in "-‐\u00ad":
        return between(above, below, words)
    return 0, " "


def _mended(text: str) -> str:
    """Make divided words whole in a text that is not wrapped."""
    words = cache(lambda: words_of(text))

    def whole(m: re.Match[str]) -> str:
        start = text.rfind("\n", 0, m.start()) + 1
        cut, join = between(text[start : m.start() + 1], text[m.end() : m.end() + _LOOKED_AT], words)
        return m[0][: 1 - cut] + join

    return _DIVIDED.sub(whole, text)
