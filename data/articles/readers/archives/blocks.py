"""Several articles in a text that no archive wrote: between lines of signs, or numbered; and texts that only look so."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ...notices import Notices
from .entries import COPYRIGHT, Entry, Export, date_in, groups_from, plain

_SIGNS = re.compile(r"\s*([=_*#~+-])\1{2,}\s*")
_NUMBER = re.compile(
    r"\W*(?:Article|Document|Story|Item|Report|News|Artikel|Text)\s+(?:No\.? ?|#)?(\d{1,5})(?:\s*(?:of|/)\s*\d{1,5})?\W*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[\[(#]?\d{1,4}[\]).]?")
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Author:|Byline:) ?[A-ZÀ-Ý][\w.’'-]+(?: [\w.’'&-]+){1,8},?(?: [\w ]{1,40})?")
_LABEL = re.compile(r"\s*(Title|Headline|Date|Published|Publication date|Byline|Author|Source)\s*:\s*\S", re.IGNORECASE)

_EUROPRESSE = re.compile(r"\bnews·\d{8}·\w+·")

_MOST_TITLE = 25  # words
_MOST_LINE = 14  # words of a line with a day, an outlet or a name
_HEAD_LINES = 6
_FEWEST = 20  # words of a text: what stands between two lines of signs in a single article is often shorter


def _rule(line: str) -> bool:
    return line == "\f" or bool(_SIGNS.fullmatch(line))  # each article on a page of its own


def _numbered(line: str) -> bool:
    return bool(_NUMBER.fullmatch(line))


def _cut(begins: Callable[[str], bool], lines: Iterable[str]) -> Iterator[list[str]]:
    """Cut at lines that part articles, and leave these lines out."""
    for group in groups_from(lines, begins):
        yield group[1:] if begins(group[0]) else group


def _head_length(block: list[str]) -> int:
    """Count the lines of a head: a title, and below it a line with a day or a name; 0 without one."""
    filled = [at for at, line in enumerate(block) if plain(line)]
    if not filled or not _is_title(plain(block[filled[0]])):
        return 0
    dated = [at for at in filled[1:_HEAD_LINES] if _is_dated(plain(block[at]))]
    return dated[-1] + 1 if dated else 0


def _is_title(line: str) -> bool:
    return len(line.split()) <= _MOST_TITLE and not line.endswith((".", ";", ",", ":"))


def _is_dated(line: str) -> bool:
    """Tell a line of a head: short, no sentence, with a day or a name."""
    short = len(line.split()) <= _MOST_LINE
    return short and bool(_BYLINE.fullmatch(line) or (date_in(line) and not re.search(r"[a-z]{3}\.$", line)))


def _is_article(block: list[str]) -> bool:
    length = _head_length(block)
    return length > 0 and _words(block[length:]) >= _FEWEST


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _knows(begins: Callable[[str], bool], lines: Sequence[str]) -> bool:
    """Tell two blocks at least, each of them with a head and a text; the last one may be cut off."""
    if not any(map(begins, lines)):
        return False
    blocks = [block for block in _cut(begins, lines) if any(map(plain, block))]
    articles = [_is_article(block) for block in blocks]
    titles = {next(line for line in map(plain, block) if line) for block in blocks}
    if len(titles) * 2 <= len(blocks):  # pages of one article, printed with its title on each
        return False
    return sum(articles) >= 2 and all(articles[1:-1]) and (articles[0] or _words(blocks[0]) < 3 * _FEWEST)


def _entry(block: list[str]) -> Entry | None:
    length = _head_length(block)
    if _words(block) < _FEWEST and not length:
        return None
    known: dict[str, str] = {}
    for line in filter(None, map(plain, block[:length])):
        if not known:
            known["title"] = line
        elif _BYLINE.fullmatch(line):
            known["byline"] = re.sub(r"^(?:Author|Byline): ?", "", line)
        elif day := date_in(line):
            known["date"] = day
            if rest := line.replace(day, "").strip(" ,|–-·"):
                known.setdefault("outlet", rest)
        else:
            known.setdefault("outlet", line)
    return Entry(block[length:], known)


EXPORTS = tuple(
    Export(name, partial(_knows, begins), partial(_cut, begins), _entry)
    for name, begins in (("articles between separator lines", _rule), ("numbered articles", _numbered))
)
"""Texts with several articles, each of which begins with a title and a day or a byline."""


def say_if_several(text: str, where: str, notices: Notices) -> None:
    """Tell users of a text that looks like several articles, and is read as one."""
    if sign := looks_like_several(text):
        notices.say(
            f"{where}: looks like several articles ({sign}), but is read as one; save each as a file of "
            "its own, or make a table with one row per article."
        )


def looks_like_several(text: str) -> str | None:
    """Say by what a text looks like several articles; None where it looks like one."""
    lines = text.split("\n")
    for said, marks in _MARKS:
        n_marks = _spaced(lines, marks)
        if n_marks >= (3 if said == _BETWEEN else 2):
            return f"{n_marks:,} {said}"
    return _with_heads(lines)


def _with_heads(lines: list[str]) -> str | None:
    """Say by which heads a text looks like several articles, however short these are."""
    filled = [line for line in lines if line.strip()]
    n_numbered = sum(_is_numbered_head(filled[at : at + 3]) for at in range(len(filled)))
    if n_numbered > 1:
        return f"{n_numbered:,} numbers, each followed by a title and a date"
    rules = [at for at, line in enumerate(filled[:-1]) if _long_rule(line)]
    if len(rules) > 1 and all(filled[at + 1].isupper() and len(filled[at + 1].split()) > 2 for at in rules):
        return f"{len(rules):,} separator lines, each followed by a headline in capitals"
    pages = "\n".join(lines).split("\f")
    titles = {page.strip().split("\n", 1)[0] for page in pages}
    if 1 < len(pages) == len(titles) and all(map(_is_page, pages)):
        return f"{len(pages):,} pages, each with a title"
    return None


def _is_numbered_head(lines: list[str]) -> bool:
    number, *head = map(plain, lines)
    return len(head) > 1 and bool(_BARE_NUMBER.fullmatch(number)) and _is_title(head[0]) and _is_dated(head[1])


def _is_page(page: str) -> bool:
    """Tell a page that begins with a title and an empty line, and ends with a sentence."""
    title, _, rest = page.strip().partition("\n")
    return _is_title(title.strip()) and rest.startswith("\n") and rest.endswith((".", "!", "?", "”", '"'))


_APART = 60  # words between two marks: an article's own lines stand closer together
_BETWEEN = "parts between separator lines"


def _spaced(lines: list[str], marks: Callable[[str], bool]) -> int:
    """Count lines that mark an article, and are far apart."""
    n_marks, n_words = 0, _APART
    for line in lines:
        if marks(line):
            n_marks += n_words >= _APART
            n_words = 0
        else:
            n_words += len(line.split())
    return n_marks + (n_words >= _APART and n_marks > 0 and marks is _long_rule)


def _long_rule(line: str) -> bool:
    return _rule(line) and len(line.strip()) >= 5


_MARKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (_BETWEEN, _long_rule),
    ("lines with an article number", _numbered),
    ("copyright lines", lambda line: len(line.split()) <= 15 and bool(COPYRIGHT.match(line.strip()))),
    ("lines that begin with Title:, Date: or similar", lambda line: bool(_LABEL.match(line))),
    ("Europresse document numbers; export from Europresse as HTML", lambda line: bool(_EUROPRESSE.search(line))),
    ("bylines", lambda line: bool(_BYLINE.fullmatch(line.strip()))),
)
