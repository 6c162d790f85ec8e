"""Tokens with tags, a token a line: the BIO, IOB and BIOES files of many tools, with two columns or more.

The words of a text are known, but not what stood between them: spaces are put where English has them.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from ....errors import SaysoError
from ...articles.sentences import find_sentences
from ...records import Span
from ...rows.files import read_utf8
from ...system.whole_file import opened_file
from ..answers.record import Record, SpanLabel
from ..answers.rows import Export
from ..format import Format

_TAG = re.compile(r"O|_|([BIESLUM])[-_](\S.*)")
_DOCUMENT = re.compile(r"#\s*(?:newdoc(?:\s+id)?|doc_?id|document)\s*[=:]\s*(.+)", re.IGNORECASE)
_OURS = "# article = "  # begins an article in our own format
_START = "-DOCSTART-"
_LOOKED_AT = 200  # lines in which the kind of a file is looked for
_HEAD = 1 << 20  # bytes that these may have together
_LINE_END = re.compile(r"\r\n|\r|\n")
_FEWEST = 3  # lines with a tag each: fewer could be anything

_SUFFIXES = (".conll", ".bio", ".iob", ".iob2", ".bioes", ".conll2003", ".tsv", ".txt")


def looks_tagged(path: Path) -> bool:
    """Tell files of tokens and tags by their lines: the last column of each is a tag, and some begin a span."""
    first = _first_lines(path)
    if any(line.startswith(_OURS) for line in first):
        return False
    lines = [line for line in first if not line.startswith("# ")]
    rows = _without_header([_cells(line) for line in lines if not line.startswith(_START)])
    tags = [_TAG.fullmatch(cells[-1]) for cells in rows]
    if not _is_table(rows) or not all(tags):
        return False
    letters = {tag[1] or "O" for tag in tags if tag}
    return len(letters) > 1 or lines[0].startswith(_START)  # lines that all end in I-95 and the like have no tags


def _first_lines(path: Path) -> list[str]:
    """Return the first lines of a file that are not empty; none where it cannot be read."""
    try:
        with opened_file(path, "an export") as stream:
            head = stream.read(_HEAD)
        lines = _LINE_END.split(codecs.getincrementaldecoder("utf-8-sig")().decode(head))
    except (OSError, SaysoError, UnicodeDecodeError):
        return []
    if len(head) == _HEAD:
        del lines[-1]  # it may go on
    return list(islice(filter(None, map(str.rstrip, lines)), _LOOKED_AT))


def _without_header(rows: list[list[str]]) -> list[list[str]]:
    return rows[1:] if rows and not _TAG.fullmatch(rows[0][-1]) else rows


def _is_table(rows: list[list[str]]) -> bool:
    """Tell rows that all have the same number of columns, two or more."""
    return len(rows) >= _FEWEST and len(rows[0]) > 1 and len({len(cells) for cells in rows}) == 1


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split()


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    lines = read_utf8(path).removeprefix("\ufeff").splitlines()
    document = _Document(f"{path}:1", path.stem)
    n_documents = 0
    for number, line in enumerate(lines, 1):
        where = f"{path}:{number}"
        named = _DOCUMENT.fullmatch(line.strip())
        cells = _cells(line.rstrip())
        if named or (cells and cells[0] == _START):
            if document.blocks != [[]]:
                yield document.record(unused)
            n_documents += 1
            document = _Document(where, named[1] if named else f"{path.stem}-{n_documents}")
        elif not line.strip():
            document.end_block()
        elif not line.startswith("# "):
            document.add(cells, where, is_first=number == 1)
    if document.blocks != [[]]:
        yield document.record(unused)


class _Document:
    """Gathers the tokens of a text, block by block; an empty line ends a block."""

    def __init__(self, where: str, name: str) -> None:
        self._where, self._name = where, name
        self.blocks: list[list[tuple[str, str, str]]] = [[]]

    def end_block(self) -> None:
        if self.blocks[-1]:
            self.blocks.append([])

    def add(self, cells: Sequence[str], where: str, *, is_first: bool) -> None:
        if len(cells) < 2 or not _TAG.fullmatch(cells[-1]):
            if is_first:
                return  # a header
            raise SaysoError(f"{where}: {cells[-1]!r} is not a tag; each line must hold a token and O, B-LABEL or I-LABEL.")
        is_numbered = len(cells) > 2 and cells[0].isdigit()
        self.blocks[-1].append((cells[is_numbered], cells[-1], where))

    def record(self, unused: Counter[str]) -> Record:
        record = Record(self._where, "", self._name)
        spans: list[SpanLabel] = []
        for block in filter(None, self.blocks):
            words = [_PLAIN.get(word, word) for word, _, _ in block]
            text, places = joined(words)
            start = len(record.text) + bool(record.text)
            record.text += (" " if record.text else "") + text
            record.sentences += [Span(start + a, start + b) for a, b in find_sentences(text)]
            spans += _spans([tag for _, tag, _ in block], [Span(start + a, start + b) for a, b in places])
        record.answers.spans = spans
        unused["texts joined from words, with guessed spaces"] += 1
        return record


_PLAIN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_CLOSES = re.compile(r"[.,;:!?%)\]}”…]+|['’].*|n['’]t", re.IGNORECASE)
_OPENS = frozenset("([{“‘$£€")


def joined(words: Iterable[str]) -> tuple[str, list[Span]]:
    """Join words to a text, and return it with the place of each word.

    >>> joined(["“", "Rain", ",", "”", "he", "did", "n't", "say", "."])[0]
    "“Rain,” he didn't say."
    """
    text, places, is_open = "", [], False
    glued = True
    for word in words:
        is_straight = word == '"'
        closes = _CLOSES.fullmatch(word) or (is_straight and is_open)
        text += "" if glued or closes else " "
        places.append(Span(len(text), len(text) + len(word)))
        text += word
        is_open ^= is_straight
        glued = word in _OPENS or (is_straight and is_open)
    return text, places


def _spans(tags: Sequence[str], places: Sequence[Span]) -> Iterator[SpanLabel]:
    """Yield the spans that tags describe; one that goes on without a beginning begins there."""
    current: SpanLabel | None = None
    for tag, place in zip(tags, places, strict=True):
        match = _TAG.fullmatch(tag)
        letter, label = (match[1], match[2]) if match and match[1] else ("", "")
        if current and letter in ("I", "E", "L", "M") and label == current.label:
            current.end = place.end
        else:
            if current:
                yield current
            current = SpanLabel("", label, *place) if letter else None
        if current and letter in ("E", "L", "S", "U"):
            yield current
            current = None
    if current:
        yield current


FORMAT = Format(
    tool="BIO, IOB and BIOES files, CoNLL-2003",
    holds="span labels; spaces between words are guessed",
    suffixes=_SUFFIXES,
    read_rows=lambda path, notice: Export("BIO tags", path, partial(_records, path)).rows(notice),
    knows=looks_tagged,
)
