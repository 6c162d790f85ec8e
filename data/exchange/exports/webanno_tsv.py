"""WebAnno TSV 3.x, as INCEpTION and WebAnno write it: a token a line, a column for each feature of each layer.

Offsets count UTF-16 units, as Java does.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ....errors import SaysoError
from ...records import Span
from ...rows.files import read_utf8
from ...system.whole_file import opened_file
from ..answers.record import Record, SpanLabel
from ..answers.rows import Export
from ..format import Format

_BEGINS = "#FORMAT=WebAnno TSV 3"
_TOKEN = re.compile(r"(\d+)-(\d+)(\.\d+)?")
_PLACE = re.compile("([0-9]{1,9})-([0-9]{1,9})")
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SEPARATOR = re.compile(r"(?<!\\)\|")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_NOTHING = ("_", "")
_OF_PARSERS = ("POS", "Lemma", "MorphologicalFeatures", "Dependency", "Token", "Stem", "PosValue", "NamedEntityLinking")
"""Layers of grammar, which parsers fill."""


class _Column(NamedTuple):
    """A feature of a layer: the layer's short name, its own, and whether the layer joins two others."""

    layer: str
    feature: str
    is_relation: bool

    @property
    def control(self) -> str:
        """The question that it answers: a feature called value says nothing of it."""
        return self.layer if self.feature in ("", "value", "label", "identifier") else self.feature


@dataclass(slots=True)
class _Document:
    """The text as far as it was read: its characters, and by which number of units each sentence begins."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    pending: str | None = None
    shift: int = 0  # how far the tool's offsets, in UTF-16 units, are ahead of characters

    def place(self, start: int, end: int, words: str) -> Span:
        """Return the characters of a token; the first token of a sentence puts its text where it stands."""
        if self.pending is not None:
            lead = len(self.pending) - len(self.pending.lstrip()) if not words[:1].isspace() else 0
            at = max(start - self.shift - lead, len(self.text))
            self.text += "\n" * (at - len(self.text)) + self.pending
            self.sentences.append(Span(at, at + len(self.pending)))
            self.pending = None
        first = self.sentences[-1].start
        units = self.text[first:].encode("utf-16-le", "surrogatepass")
        before = first + self.shift
        a = first + len(units[: 2 * (start - before)].decode("utf-16-le", "replace"))
        b = first + len(units[: 2 * (end - before)].decode("utf-16-le", "replace"))
        return Span(a, b)

    def add_text(self, text: str) -> None:
        """Begin a sentence with its text, or go on with that of one that has no token yet."""
        if self.pending is not None:
            self.pending += f"\n{text}"
            return
        self._end_sentence()
        self.pending = text

    def _end_sentence(self) -> None:
        """Count the characters that are two units."""
        if self.sentences:
            sentence = self.sentences[-1].of(self.text)
            self.shift += sum(ord(c) > 0xFFFF for c in sentence)


@dataclass(slots=True)
class _Labels:
    """The columns of the file, and the labels and relations that the tokens so far have.

    ``spans`` are kept by column, key and label: a label of several tokens has a key of its own, as in ``Person[2]``.
    """

    columns: list[_Column] = field(default_factory=list)
    spans: dict[tuple[int, str, str], SpanLabel] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)

    def add(self, token: str, span: Span, cells: Sequence[str]) -> None:
        """Take the cells of a token; several values of one cell stand between vertical bars."""
        for n, (column, cell) in enumerate(zip(self.columns, cells, strict=False)):
            for number, value in enumerate(_SEPARATOR.split(cell) if cell not in _NOTHING else ()):
                label, own_number = _label_and_number(value)
                if not column.is_relation:
                    key = f"{column.layer}[{own_number}]" if own_number else f"{token}#{number}"
                    self._add_span(n, key, label, SpanLabel(column.control, "", *span, key=token))
                elif other := _TOKEN.match(label):
                    self.relations.append((token, other[0]))

    def _add_span(self, n: int, key: str, label: str, span: SpanLabel) -> None:
        """Add a label to a token, or lengthen the one that goes on there."""
        column = self.columns[n]
        if label == "*" and any(other.layer == column.layer and other is not column for other in self.columns):
            return  # another feature of this layer has the value
        span.label = column.layer if label in ("*", "_") else _unescaped(label)
        known = self.spans.setdefault((n, key, span.label), span)
        known.end = max(known.end, span.end)


def _label_and_number(value: str) -> tuple[str, str | None]:
    """Part ``Person[2]``, the second label of its layer that takes in several tokens."""
    match = _VALUE.fullmatch(value)
    return (match[1], match[2]) if match else (value, None)


def _knows(path: Path) -> bool:
    try:
        with opened_file(path, "an export") as stream:
            return stream.read(len(_BEGINS) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_BEGINS.encode())
    except (OSError, SaysoError):
        return False


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    labels = _Labels()
    document = _Document()
    for number, line in enumerate(read_utf8(path).removeprefix("\ufeff").split("\n"), 1):
        where, line = f"{path}:{number}", line.removesuffix("\r")
        if line.startswith(("#T_SP=", "#T_RL=", "#T_CH=")):
            labels.columns += _columns_of(line)
        elif line.startswith("#Text="):
            document.add_text(_unescaped(line.removeprefix("#Text=")))
        elif line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            labels.add(cells[0], _place_of(cells, document, where), cells[3:])
    record = Record(f"{path}:1", document.text, path.stem, sentences=document.sentences)
    grammar = Counter(span.control for span in labels.spans.values() if _is_grammar(span.control))
    unused.update({f"labels of layer {name}, left out": n for name, n in grammar.items()})
    record.answers.spans = [span for span in labels.spans.values() if not _is_grammar(span.control)]
    record.answers.relations = labels.relations
    yield record


def _is_grammar(control: str) -> bool:
    return control in _OF_PARSERS or control in ("PosValue", "coarseValue", "DependencyType")


def _columns_of(line: str) -> list[_Column]:
    """Return the columns of a layer; the first column of a relation layer holds what the relation is called."""
    name, *features = line.partition("=")[2].split("|")
    layer = name.rpartition(".")[2]
    is_relation = not line.startswith("#T_SP=")
    slots = {n for n, feature in enumerate(features) if feature.startswith("ROLE_")}  # two columns: roles, and whose
    slots |= {n + 1 for n in slots}
    return [
        _Column(layer, feature.rpartition(".")[2], is_relation or n in slots) for n, feature in enumerate(features or [""])
    ]


def _place_of(cells: Sequence[str], document: _Document, where: str) -> Span:
    """Return where the token of a line stands in the text."""
    place = _PLACE.fullmatch(cells[1]) if len(cells) > 2 else None
    has_text = document.pending is not None or bool(document.sentences)
    if not _TOKEN.fullmatch(cells[0]) or not place or not has_text:
        raise SaysoError(
            f"{where}: not a line of WebAnno TSV 3: after #Text=, expected a line with 1-1, 0-3, a word and its labels."
        )
    span = document.place(int(place[1]), int(place[2]), cells[2])
    if span.of(document.text) != cells[2]:
        raise SaysoError(f"{where}: {cells[1]} is {span.of(document.text)[:40]!r} in the text, not {cells[2][:40]!r}.")
    return span


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: _LETTERS.get(match[1], match[1]), text)


FORMAT = Format(
    tool="INCEpTION and WebAnno (WebAnno TSV 3)",
    holds="span labels, relations",
    suffixes=(".tsv", ".txt"),
    read_rows=lambda path, notice: Export("WebAnno TSV", path, partial(_records, path)).rows(notice),
    knows=_knows,
)
