"""doccano's JSON lines: text labels, span labels with or without relations, or both.

Offsets count characters. Labels that are numbers are those of an old export, whose labels stand elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...rows.files import read_rows
from ...rows.places import Row
from ...schemas.shown import shown
from ..answers.record import Answers, Record, read_about, span_label
from ..answers.rows import Export
from ..format import Format
from ..passages import objects_of
from .items import JSON, knows, objects
from .prodigy_answers import likely_classes

_SPANS = ("label", "labels", "entities", "annotations", "spans")
_USED = frozenset(("id", "text", "data", "cats", "relations", "meta", *_SPANS))
_STARTS = frozenset(("start_offset", "start"))
_TELLING = _STARTS | {"user"}
_OF_OTHERS = frozenset(("answer", "_task_hash", "kind", "before"))  # fields of Prodigy and of rows of ours
_ADMINISTRATION = frozenset(("comments", "annotation_approver", "is_confirmed", "filename", "upload_name"))
_LONGEST = 60  # characters of a label; the answers of its sequence-to-sequence projects are sentences


def _fits(item: Mapping[str, Any]) -> bool:
    """Recognise a line by its labels of stretches or texts; a list of words alone counts if there is no other field."""
    if not isinstance(item.get("text", item.get("data")), str) or item.keys() & _OF_OTHERS:
        return False
    if "Comments" in item or isinstance(item.get("cats"), Mapping | list):
        return True
    labels = [label for name in _SPANS if isinstance(item.get(name), list) for label in item[name]]
    if any(map(_is_stretch, labels)):
        return True
    _, others = read_about((name, value) for name, value in item.items() if name not in _USED)
    return bool(labels) and not others and all(isinstance(label, str) for label in labels)


def _is_stretch(label: Any) -> bool:
    return isinstance(label, list) or (isinstance(label, Mapping) and not _TELLING.isdisjoint(label))


def _knows_table(path: Path) -> bool:
    """Tell doccano's tables of classes: the text is called data, and several labels stand in a cell."""
    with suppress(SaysoError, OSError):
        return any({"id", "data", "label"} <= set(row) for _, row in islice(read_rows(path), 1))
    return False


def _table_rows(path: Path) -> Iterator[tuple[str, Row]]:
    for where, row in read_rows(path):
        yield where, {**row, "label": [label for label in str(row.get("label") or "").split("#") if label]}


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    for where, item in _table_rows(path) if path.suffix.lower() == ".csv" else objects(path):
        text = item.get("text", item.get("data"))
        if not isinstance(text, str):
            raise SaysoError(f"{where}: no text; each line of a doccano export must have one.")
        record = Record(where, text)
        record.id = None if item.get("id") is None else str(item["id"])
        meta = item.get("meta")
        fields = [(name, value) for name, value in item.items() if name not in _USED]
        fields += list(meta.items()) if isinstance(meta, Mapping) else []
        record.about, left = read_about(field for field in fields if field[0].lower() not in _ADMINISTRATION)
        unused.update(f"fields named {one!r}, left out" for one in left)
        record.answers = _answers(record, item)
        unused["comments, left out"] += len(item["Comments"]) if isinstance(item.get("Comments"), list) else 0
        yield record


def _answers(record: Record, item: Mapping[str, Any]) -> Answers:
    answers = Answers()
    for name in _SPANS:
        value = item.get(name)
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            _add(record, answers, one)
    answers.whole += [("", _label(record, label)) for label in likely_classes(item.get("cats"), record.where)]
    for ends in objects_of(item.get("relations"), record.where, "relations"):
        answers.relations.append((str(ends.get("from_id")), str(ends.get("to_id"))))
    return answers


def _add(record: Record, answers: Answers, one: Any) -> None:
    """Take a label: of the text, or of a stretch, as a list ``[start, end, label]`` or an object."""
    if isinstance(one, list) and len(one) == 3:
        answers.spans.append(span_label(record, "", _label(record, one[2]), (one[0], one[1])))
    elif isinstance(one, Mapping) and _STARTS & one.keys():
        place = one.get("start_offset", one.get("start")), one.get("end_offset", one.get("end"))
        label = _label(record, one.get("label", one.get("type")))
        answers.spans.append(span_label(record, "", label, place, one.get("text")))
        answers.spans[-1].key = str(one.get("id", ""))
    elif isinstance(one, Mapping):
        answers.whole.append(("", _label(record, one.get("label", one.get("text")))))
    else:
        answers.whole.append(("", _label(record, one)))


def _label(record: Record, label: Any) -> str:
    if not isinstance(label, str):
        raise SaysoError(f"{record.where}: label {shown(label)} is not a name; export from doccano with names (JSONL).")
    if len(label) > _LONGEST:
        raise SaysoError(
            f"{record.where}: {label[:40]!r}… is a text, not a label; sequence-to-sequence projects of "
            "doccano cannot be read."
        )
    return label


_knows_lines = knows(_fits)
FORMAT = Format(
    tool="doccano (JSON lines), spaCy's training data",
    holds="text labels, span labels, relations",
    suffixes=(*JSON, ".csv"),
    read_rows=lambda path, notice: Export("doccano", path, partial(_records, path)).rows(notice),
    knows=lambda path: _knows_table(path) if path.suffix.lower() == ".csv" else _knows_lines(path),
)
