"""CoNLL with spans: a token a line, and for each role the attributions that it belongs to (``B-0``, ``I-0``, ``O``).

A token is a run of letters and digits or one other sign, cut where a span begins or ends in it. Columns: number, form,
start, end, source, cue, content, loaded; offsets are characters of the article's text. What is no token stands in
comments, as JSON: the sentence with what stands before it, its labels, and what is known of the article. Spans begin and
end at tokens of sentences.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import SaysoError
from ..records import LabelledArticle
from ..rows.files import read_json, read_utf8
from ..schemas.shown import shown
from .exports.bio import looks_tagged
from .format import Format, write_lines
from .passages import (
    CONTENT,
    CUE,
    LOADED,
    SENTENCE,
    SOURCE,
    Judged,
    Mark,
    MarkedAttribution,
    Passage,
    about_of,
    as_line,
    mapping,
    name_of,
    passage_of,
    text_of,
)

_ROLES = ROLES_OF_TOKENS = (SOURCE, CUE, CONTENT, LOADED)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_COMMENT = re.compile(r"# (article|about|said|before|text|after|labels) = (.*)")
_HEADER = "# columns = number form start end source cue content loaded\n"


class Token(NamedTuple):
    """A token's line: its form, place and tags, and where the line stands."""

    form: str
    start: int
    end: int
    cells: list[str]
    where: str = ""


Tags = Sequence[tuple[str, str, Mark]]
"""Role, number of the attribution, and place of each span."""


def conll(labelled: LabelledArticle) -> str:
    """Give the lines of an article; an empty line ends each sentence."""
    passage = passage_of(labelled)
    values = {str(n): attribution.values for n, attribution in enumerate(passage.attributions) if attribution.values}
    lines = [f"# article = {as_line(passage.id)}", f"# about = {as_line(passage.about)}", f"# said = {as_line(values)}"]
    spans, at = tags(passage), 0
    for mark in passage.sentences:
        lines += [f"# before = {as_line(passage.text[at : mark.start])}", f"# text = {as_line(mark.words)}"]
        lines.append(f"# labels = {as_line(mark.values)}")
        if mark is passage.sentences[-1]:
            lines.append(f"# after = {as_line(passage.text[mark.end :])}")
        for n, token in enumerate(tokens(passage.text, mark, spans), 1):
            lines.append("\t".join([str(n), token.form, str(token.start), str(token.end), *token.cells]))
        lines.append("")
        at = mark.end
    return _HEADER + "\n".join(lines) + "\n"


def tags(passage: Passage) -> Tags:
    """Give the spans of a passage, each with the number of its attribution, or of the loaded words."""
    spans = [(m.role, str(n), m) for n, attribution in enumerate(passage.attributions) for m in attribution.marks]
    return spans + [(LOADED, str(n), mark) for n, mark in enumerate(passage.loaded)]


def tokens(text: str, sentence: Mark, spans: Tags) -> Iterator[Token]:
    """Give the tokens of a sentence with their tags, cut where a span begins or ends."""
    near = [(role, key, m) for role, key, m in spans if m.start < sentence.end and sentence.start < m.end]
    edges = sorted({edge for _, _, m in near for edge in (m.start, m.end)})
    for start, end in _tokens(text, sentence, edges):
        cells = [_cell(start, end, [(key, m) for r, key, m in near if r == role]) for role in _ROLES]
        yield Token(text[start:end], start, end, cells)


def _tokens(text: str, sentence: Mark, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text, sentence.start, sentence.end):
        cuts = [match.start(), *(e for e in edges if match.start() < e < match.end()), match.end()]
        yield from pairwise(cuts)


def _cell(start: int, end: int, spans: Sequence[tuple[str, Mark]]) -> str:
    inside = [(key, mark) for key, mark in spans if mark.start <= start and end <= mark.end]
    return "|".join([f"{'B' if _is_first(mark, start) else 'I'}-{key}" for key, mark in inside]) or "O"


def _is_first(mark: Mark, start: int) -> bool:
    """Tell whether a token is the first of a span, which may begin with white space."""
    return not (mark.words or "")[: start - mark.start].strip()


def _read(path: Path) -> Iterator[Judged]:
    """Yield the articles of a file.

    Raises
    ------
    SaysoError
        If a line has not eight columns, or a form is not what stands at its offsets.
    """
    article: Reader | None = None
    for number, line in enumerate(read_utf8(path).replace("\r\n", "\n").split("\n"), 1):
        where = f"{path}:{number}"
        comment = _COMMENT.fullmatch(line)
        if comment and comment[1] == "article":
            if article:
                yield article.passage(), None
            article = Reader(name_of(read_json(comment[2], where), where, "article"), where)
        elif article and comment:
            article.comment(comment[1], read_json(comment[2], where), where)
        elif article and line.strip() and not line.startswith("# "):
            article.token(_row_token(line.split("\t"), where))
        elif line.strip() and not line.startswith("# "):
            raise SaysoError(f'{where}: a token before the first article; start with a line such as # article = "a1".')
    if not article:
        raise SaysoError(f'{path}: no article; add a line such as # article = "a1".')
    yield article.passage(), None


def _row_token(cells: Sequence[str], where: str) -> Token:
    if len(cells) != 8:
        raise SaysoError(f"{where}: {len(cells)} columns instead of eight: number, form, start, end, {', '.join(_ROLES)}.")
    return token_of(cells[1], (cells[2], cells[3]), cells[4:], where)


def token_of(form: str, place: tuple[str, str], cells: Sequence[str], where: str) -> Token:
    """Make a token of what its line says; ``place`` is where it begins and ends."""
    start, end = (_offset(cell, key, where) for key, cell in zip(("start", "end"), place, strict=True))
    return Token(form, start, end, list(cells), where)


def _offset(cell: str, key: str, where: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", cell):
        raise SaysoError(f"{where}: {key} is {shown(cell)}; it must be a whole number, 0 or more.")
    return int(cell)


class Reader:
    """Puts an article together from its lines."""

    def __init__(self, name: str, where: str) -> None:
        self._passage = Passage(name, "", where)
        self._values: dict[str, Any] = {}
        self._tokens: list[Token] = []
        self._has_end = False
        self._attributions: dict[str, MarkedAttribution] = {}

    def comment(self, name: str, value: Any, where: str) -> None:
        """Take what a comment says."""
        passage = self._passage
        if name == "about":
            passage.about = about_of(value, where, "about")
        elif name == "said":
            self._values = dict(mapping(value, where, "said"))
        elif name in ("before", "after"):
            self._has_end |= name == "after"
            passage.text += text_of(value, where, name)
        elif name == "text":
            start = len(passage.text)
            passage.text += text_of(value, where, name)
            passage.sentences.append(Mark(SENTENCE, start, len(passage.text), None, {"extra": {}}))
        elif passage.sentences:
            passage.sentences[-1].values = {"extra": {}, **mapping(value, where, "labels")}

    def token(self, token: Token) -> None:
        """Take a token."""
        self._tokens.append(token)

    def passage(self) -> Passage:
        """Give the article, when all of its lines are read."""
        passage = self._passage
        if not passage.sentences:
            raise SaysoError(f'{passage.where}: no sentence; add a line such as # text = "It rained.".')
        open_marks: dict[tuple[str, str], Mark] = {}
        for token in self._tokens:
            there = passage.text[max(token.start, 0) : max(token.end, 0)]
            if there != token.form or token.start < 0:
                raise SaysoError(
                    f"{token.where}: {token.start} to {token.end} is {there[:40]!r}, not {token.form[:40]!r}; "
                    "offsets count characters."
                )
            open_marks = self._step(open_marks, token)
        end = self._tokens[-1].end if self._tokens else 0
        if not self._has_end or passage.text[end : passage.sentences[-1].end].strip():
            raise SaysoError(f"{passage.where}: article {passage.id!r} is cut off; its last lines are missing.")
        by_number = sorted(self._attributions.items(), key=lambda item: (len(item[0]), item[0]))
        passage.attributions = [attribution for _, attribution in by_number]
        for key, values in self._values.items():
            if key in self._attributions:
                self._attributions[key].values = dict(mapping(values, passage.where, "said"))
        return passage

    def _step(self, before: dict[tuple[str, str], Mark], token: Token) -> dict[tuple[str, str], Mark]:
        """Go on with the marks that the token belongs to, and begin those that begin with it."""
        now: dict[tuple[str, str], Mark] = {}
        for role, cell in zip(_ROLES, token.cells, strict=True):
            for tag in cell.split("|") if cell not in ("O", "_") else ():
                letter, _, key = tag.partition("-")
                if letter not in ("B", "I") or not key:
                    raise SaysoError(
                        f"{token.where}: {role} is {shown(tag)}; it must be O, B-N or I-N, N being the attribution's number."
                    )
                mark = before.get((role, key)) if letter == "I" else None
                now[role, key] = mark or self._begin(role, key, token.start)
                now[role, key].end = token.end
        return now

    def _begin(self, role: str, key: str, start: int) -> Mark:
        mark = Mark(role, start, start)
        if role == LOADED:
            self._passage.loaded.append(mark)
        else:
            self._attributions.setdefault(key, MarkedAttribution()).marks.append(mark)
        return mark


def _write(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, map(conll, articles))


FORMAT = Format(
    tool="CoNLL with spans",
    holds="everything, with spans cut to tokens",
    suffixes=(".conll",),
    write=_write,
    read=_read,
    knows=lambda path: not looks_tagged(path),
)
