"""Texts with stretches by their offsets: spaCy's training data as pairs, and GATE's JSON."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...schemas.shown import shown
from ..answers.record import Answers, Record, read_about, span_label
from ..answers.rows import Export
from ..format import Format
from ..passages import listed, mapping
from .items import JSON, first_items, is_pair, items
from .prodigy_answers import likely_classes


def _knows_pairs(path: Path) -> bool:
    return any(is_pair(item) for item in first_items(path))


def _pairs(path: Path, unused: Counter[str]) -> Iterator[Record]:
    for where, item in items(path):
        if not is_pair(item):
            raise SaysoError(
                f'{where}: not a pair of a text and its labels, such as ["It rained.", {{"cats": {{"rain": 1}}}}].'
            )
        record = Record(where, item[0])
        classes = likely_classes(item[1].get("cats"), where)
        record.answers = Answers([("", label) for label in classes])
        for one in listed(item[1].get("entities"), where, "entities"):
            if not isinstance(one, list) or len(one) < 3:
                raise SaysoError(f"{where}: an entity is {shown(one)}; it must have start, end and label.")
            record.answers.spans.append(span_label(record, "", one[2], (one[0], one[1])))
        unused.update(f"fields named {name!r}, left out" for name in item[1] if name not in ("entities", "cats"))
        yield record


def _is_gate(item: Any) -> bool:
    """Tell GATE's JSON: a text, and for each label the stretches that have it."""
    if not isinstance(item, Mapping) or not isinstance(item.get("text"), str):
        return False
    entities = item.get("entities")
    return isinstance(entities, Mapping) and all(isinstance(of, list) for of in entities.values())


def _gate(path: Path, unused: Counter[str]) -> Iterator[Record]:
    for where, item in items(path):
        if not _is_gate(item):
            raise SaysoError(f"{where}: not a GATE document, which has a text and entities by label.")
        fields = [(name, value) for name, value in item.items() if name not in ("text", "entities", "id")]
        about, left = read_about(fields)
        unused.update(f"fields named {name!r}, left out" for name in left)
        record = Record(where, item["text"], None if item.get("id") is None else str(item["id"]), about)
        for label, of in item["entities"].items():
            for one in of:
                place = listed(mapping(one, where, f"entities.{label}").get("indices"), where, f"indices of {label}")
                start, end = place if len(place) == 2 else (None, None)
                record.answers.spans.append(span_label(record, "", label, (start, end)))
        yield record


SPACY = Format(
    tool="spaCy's training data (pairs of text and labels)",
    holds="text labels, span labels",
    suffixes=JSON,
    read_rows=lambda path, notice: Export("spaCy", path, partial(_pairs, path)).rows(notice),
    knows=_knows_pairs,
)
GATE = Format(
    tool="GATE (JSON)",
    holds="span labels",
    suffixes=JSON,
    read_rows=lambda path, notice: Export("GATE", path, partial(_gate, path)).rows(notice),
    knows=lambda path: any(map(_is_gate, first_items(path))),
)
