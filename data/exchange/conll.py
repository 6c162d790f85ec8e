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
from typing import Any

from ...errors import SaysoError
from ..articles.tables import parse_json
from ..corpora.reader import read_raw
from ..records import LabelledArticle
from .format import Format, write_lines
from .passages import CONTENT, CUE, LOADED, SENTENCE, SOURCE, Judged, Mark, Passage, Said, as_line, mapping, passage_of

_ROLES = (SOURCE, CUE, CONTENT, LOADED)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_COMMENT = re.compile(r"# (article|about|said|before|text|after|labels) = (.*)")
_HEADER = "# columns = number form start end source cue content loaded\n"


def conll(labelled: LabelledArticle) -> str:
    """Give the lines of an article; an empty line ends each sentence."""
    passage = passage_of(labelled)
    said = {str(n): one.values for n, one in enumerate(passage.said) if one.values}
    lines = [f"# article = {as_line(passage.id)}", f"# about = {as_line(passage.about)}", f"# said = {as_line(said)}"]
    spans = [(m.role, str(n), m) for n, one in enumerate(passage.said) for m in one.marks]
    spans += [(LOADED, str(n), mark) for n, mark in enumerate(passage.loaded)]
    edges = sorted({edge for _, _, mark in spans for edge in (mark.start, mark.end)})
    at = 0
    for mark in passage.sentences:
        lines += [f"# before = {as_line(passage.text[at : mark.start])}", f"# text = {as_line(mark.words)}"]
        lines.append(f"# labels = {as_line(mark.values)}")
        if mark is passage.sentences[-1]:
            lines.append(f"# after = {as_line(passage.text[mark.end :])}")
        for number, (start, end) in enumerate(_tokens(passage.text, mark, edges), 1):
            cells = [_cell(start, end, [(key, m) for r, key, m in spans if r == role]) for role in _ROLES]
            lines.append("\t".join([str(number), passage.text[start:end], str(start), str(end), *cells]))
        lines.append("")
        at = mark.end
    return _HEADER + "\n".join(lines) + "\n"


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
    found: _Reader | None = None
    for number, line in enumerate(read_raw(path).replace("\r\n", "\n").split("\n"), 1):
        where = f"{path}:{number}"
        comment = _COMMENT.fullmatch(line)
        if comment and comment[1] == "article":
            if found:
                yield found.passage(), None
            found = _Reader(str(parse_json(comment[2], where)), where)
        elif found and comment:
            found.comment(comment[1], parse_json(comment[2], where), where)
        elif found and line.strip() and not line.startswith("# "):
            found.token(line.split("\t"), where)
        elif line.strip() and not line.startswith("# "):
            raise SaysoError(f'{where}: a token before any article; a line such as # article = "a1" comes first.')
    if not found:
        raise SaysoError(f'{path}: no article; a line such as # article = "a1" is needed.')
    yield found.passage(), None


class _Reader:
    """Puts an article together from its lines."""

    def __init__(self, name: str, where: str) -> None:
        self._passage = Passage(name, "", where)
        self._values: dict[str, Any] = {}
        self._tokens: list[tuple[str, int, int, list[str], str]] = []

    def comment(self, name: str, value: Any, where: str) -> None:
        found = self._passage
        if name == "about":
            found.about = dict(mapping(value, where, "about"))
        elif name == "said":
            self._values = dict(mapping(value, where, "said"))
        elif name in ("before", "after"):
            found.text += str(value)
        elif name == "text":
            found.sentences.append(Mark(SENTENCE, len(found.text), len(found.text) + len(str(value)), None, {"extra": {}}))
            found.text += str(value)
        elif found.sentences:
            found.sentences[-1].values = {"extra": {}, **mapping(value, where, "labels")}

    def token(self, cells: list[str], where: str) -> None:
        if len(cells) != 8:
            raise SaysoError(
                f"{where}: {len(cells)} columns; eight are needed: number, form, start, end, {', '.join(_ROLES)}."
            )
        try:
            start, end = int(cells[2]), int(cells[3])
        except ValueError as error:
            raise SaysoError(
                f"{where}: start and end are {cells[2]!r} and {cells[3]!r}; whole numbers are needed."
            ) from error
        self._tokens.append((cells[1], start, end, cells[4:], where))

    def passage(self) -> Passage:
        found = self._passage
        if not found.sentences:
            raise SaysoError(f'{found.where}: no sentence; a line such as # text = "It rained." is needed.')
        said: dict[str, Said] = {}
        open_: dict[tuple[str, str], Mark] = {}
        for form, start, end, cells, where in self._tokens:
            if found.text[start:end] != form or start < 0:
                there = found.text[max(start, 0) : max(end, 0)]
                raise SaysoError(
                    f"{where}: {start} to {end} is {there[:40]!r}, not {form[:40]!r}; offsets count characters."
                )
            open_ = self._step(open_, start, end, cells, where, said)
        found.said = [said[key] for key in sorted(said, key=lambda key: (len(key), key))]
        for key, values in self._values.items():
            if key in said:
                said[key].values = dict(mapping(values, found.where, "said"))
        return found

    def _step(
        self, before: dict[tuple[str, str], Mark], start: int, end: int, cells: list[str], where: str, said: dict[str, Said]
    ) -> dict[tuple[str, str], Mark]:
        """Go on with the spans that the token belongs to, and begin those that begin with it."""
        now: dict[tuple[str, str], Mark] = {}
        for role, cell in zip(_ROLES, cells, strict=True):
            for tag in cell.split("|") if cell not in ("O", "_") else ():
                letter, dash, key = tag.partition("-")
                if letter not in ("B", "I") or not dash or not key:
                    raise SaysoError(
                        f"{where}: {role} is {tag!r}; O, B-0 or I-0 is needed, 0 being an attribution's number."
                    )
                mark = before.get((role, key)) if letter == "I" else None
                if mark is None:
                    mark = Mark(role, start, end)
                    (self._passage.loaded if role == LOADED else said.setdefault(key, Said()).marks).append(mark)
                mark.end = end
                now[role, key] = mark
        return now


def _write(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, map(conll, articles))


FORMAT = Format(
    tool="CoNLL with spans",
    holds="everything, spans cut to tokens",
    suffixes=(".conll",),
    write=_write,
    read=_read,
)
